"""What the ledgers of actions tell a local authority: what is stuck, and what was done without the rating moving."""

from collections.abc import Iterator, Mapping

from pipeline.model.assessment import Assessment
from pipeline.model.ledger import ActionLife, Ledger
from pipeline.model.level import Level
from pipeline.model.profile import ProfileLife

STUCK_AFTER = 3  # cycles


def find_stuck(ledger: Ledger, cycles: int = STUCK_AFTER) -> Iterator[ActionLife]:
    """Open actions that were carried forward `cycles` times or more, those carried longest first."""
    stuck = (life for life in ledger.lives if life.is_open and life.carried >= cycles)
    return iter(sorted(stuck, key=lambda life: -life.carried))


def find_done_unmoved(
    ledger: Ledger, cycle: str, before: Mapping[str, Level], now: Mapping[str, Level]
) -> Iterator[ActionLife]:
    """Actions done in `cycle` whose criterion stands no higher than before. `before` and `now` map criteria to levels; one that
    has no level in either tells nothing."""
    for life in ledger.lives:
        key = life.criterion
        if life.closed_in == cycle and not life.dropped and key in before and key in now and now[key] <= before[key]:
            yield life


def list_lives(ledger: Ledger | None, assessment: Assessment, cycle: str, before: Mapping[str, Level]) -> Iterator[ProfileLife]:
    """What the LA's papers say of a school's ledger. `cycle` is the last one, `before` its levels by criterion."""
    if ledger is None:
        return
    now = {one.criterion: one.level for area in assessment.areas for one in area.standings if one.level is not None}
    for done, lives in ((False, find_stuck(ledger)), (True, find_done_unmoved(ledger, cycle, before, now))):
        yield from (ProfileLife(one.ref, one.criterion, one.area, one.opened, one.carried, done) for one in lives)

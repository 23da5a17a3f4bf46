"""What the ledgers of actions tell a local authority: what is stuck, what was done without the rating moving, and the rest."""

from collections.abc import Iterator, Mapping

from pipeline.model.assessment import Assessment
from pipeline.model.ledger import ActionLife, Ledger
from pipeline.model.level import Level
from pipeline.model.profile import ActionState, ProfileLife

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
    """What the LA's papers say of a school's ledger: actions that are open, and those closed in the last cycle, as they were
    opened. `cycle` is the last one, `before` its levels by criterion."""
    if ledger is None:
        return
    now = {one.criterion: one.level for area in assessment.areas for one in area.standings if one.level is not None}
    told = dict.fromkeys((one.ref for one in find_stuck(ledger)), ActionState.STUCK)
    told |= dict.fromkeys((one.ref for one in find_done_unmoved(ledger, cycle, before, now)), ActionState.NOT_HIGHER)
    for life in ledger.lives:
        if life.is_open or life.closed_in == cycle:
            state, due = told.get(life.ref) or _state(life), life.due.isoformat() if life.due else ""
            about = (life.ref, life.criterion, life.area, life.opened, life.carried)
            yield ProfileLife(*about, state.value, life.status.value if life.status else "", due)


def _state(life: ActionLife) -> ActionState:
    if life.is_open:
        return ActionState.OPEN
    return ActionState.DROPPED if life.dropped else ActionState.DONE

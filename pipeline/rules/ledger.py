"""What the ledgers of actions tell a local authority: what is stuck, and what was done without the rating moving."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.ledger import ActionLife, Ledger
from pipeline.model.level import Level

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


def count_open(ledgers: Iterable[Ledger]) -> int:
    """How many actions stand in plans."""
    return sum(life.is_open for ledger in ledgers for life in ledger.lives)

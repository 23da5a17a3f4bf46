"""What an earlier cycle says beside this one, and whether the two may be set side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.ledger import Ledger
from pipeline.model.level import Level


@dataclass(frozen=True)
class Earlier:
    """A school's levels in an earlier cycle and the edition they were rated under: criterion id → level and area number →
    level, None where there was none. `ledger` has its actions as they then stood, and `made_on` is the day of its plan. All
    empty where there is no record."""

    edition: str
    levels: Mapping[str, Level | None]
    areas: Mapping[int, Level | None]
    ledger: Ledger | None = None
    made_on: date | None = None


class Movement(StrEnum):
    """Which way an area went since the last cycle. `BETWEEN`: of several areas that stood apart, it stands neither above nor
    below them all."""

    HIGHER = "Higher"
    SAME = "The same"
    LOWER = "Lower"
    BETWEEN = "Between"
    UNKNOWN = "Not compared"


@dataclass(frozen=True)
class AreaComparison:
    """An area now and what it is compared with: `since` are the earlier areas that it took in or came from, `lowest` and
    `highest` the levels they had (None where none of them was rated). `crosses_break` marks levels that came about by other
    criteria or rules; `sentence` says all of it."""

    area: int
    since: tuple[int, ...]
    lowest: Level | None
    highest: Level | None
    crosses_break: bool
    movement: Movement
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """All areas beside the last cycle. `is_comparable` is whether ratings under its `edition` may be set beside today's."""

    edition: str
    is_comparable: bool
    areas: tuple[AreaComparison, ...]

    def of(self, area: int) -> AreaComparison | None:
        """What is said of one area."""
        return next((one for one in self.areas if one.area == area), None)

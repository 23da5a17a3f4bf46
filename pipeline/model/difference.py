"""What changed between two versions of a rubric."""

from dataclasses import dataclass
from enum import StrEnum


class Moves(StrEnum):
    """Which number of the version `N-X` a change moves: the first where ratings stop being comparable, else the second."""

    FIRST = "N"
    SECOND = "X"


@dataclass(frozen=True)
class Difference:
    """One change. `part` is what it stands under, such as "Rules" or "Area 5"; `sentence` says it in words."""

    part: str
    sentence: str
    moves: Moves


@dataclass(frozen=True)
class Comparison:
    """All changes, part by part, and what the version must do. `is_enough` says whether it has done so."""

    differences: tuple[Difference, ...]
    verdict: str
    is_enough: bool

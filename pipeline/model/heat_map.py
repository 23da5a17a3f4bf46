"""The heat map: schools by areas, each level with how it moved and why it is what it is. No free text of a school."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

OVERALL = 0  # the number of the overall rating, beside those of the areas


class Way(StrEnum):
    """How a rating stands beside that of the last cycle. `BREAK` is one that came about by other criteria or rules."""

    NONE = ""
    UP = "up"
    DOWN = "down"
    SAME = "same"
    BREAK = "break"


@dataclass(frozen=True)
class Cell:
    """One rating: `key` is the level's, or the state's where there is none, and `label` its word.

    `before` is the word for the last cycle's level, where it moved; `moved` says how it moved as a sentence, empty where
    nothing is known. `lines` say why, as `inclusion explain` prints them, indents included: the title first."""

    number: int
    key: str
    label: str
    has_gap: bool
    lines: tuple[str, ...]
    movement: Way = Way.NONE
    before: str = ""
    moved: str = ""


@dataclass(frozen=True)
class Row:
    """One school. `cells` are those of the areas it was rated in, the overall's among them, and none where it was not rated:
    then `state` says why, such as "Not returned". `apart` is the edition it was rated under, where its levels are not those of
    the edition in use. `told` is what stands above its explanations."""

    urn: str
    name: str
    phase: str
    district: str
    cells: tuple[Cell, ...] = ()
    state: str = ""
    apart: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeatMap:
    """The whole map. `rows` stand in the register's order; `columns` are number and name of what is rated, the overall first
    where it is given; `levels` are the keys and words of every level and state, the highest first. `remark` says what the
    movement compares, or why there is none."""

    authority: str
    cycle: str
    edition: str
    made_on: str
    columns: tuple[tuple[int, str], ...]
    levels: tuple[tuple[str, str], ...]
    remark: str
    rows: Sequence[Row] = field(default_factory=tuple)

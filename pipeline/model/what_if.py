"""What would become of a cycle's ratings under a draft rubric. The fields of `Paper` and its parts are the names that a
template author writes in Word, letter for letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.level import Level, State
from pipeline.model.plan import PlanAuthority
from pipeline.model.school import School
from pipeline.model.submission import Submission


@dataclass(frozen=True)
class Rated:
    """A rating as a record keeps it."""

    level: Level | None
    state: State


@dataclass(frozen=True)
class Stored:
    """A school's record, as far as it is rated again: what it gave, and what that came to under its `edition`. `overall` is
    None where the LA had switched it off."""

    edition: str
    school: School
    submission: Submission
    areas: Mapping[int, Rated]
    overall: Rated | None


class Direction(StrEnum):
    """Which way a rating would move. `BETWEEN`: areas that stood apart are one now, which stands between them, or with some."""

    HIGHER = "Higher"
    LOWER = "Lower"
    BETWEEN = "Between"
    NOW_RATED = "Now rated"
    NOT_RATED = "No longer rated"


@dataclass(frozen=True)
class Shift:
    """A rating that would change. `area` is 0 for the overall rating; `since` are the areas it is compared with. `before` and
    `after` are levels in words, `rule` is the new rating's reason, `cause` what decides it, short enough to be counted by."""

    area: int
    since: tuple[int, ...]
    before: str
    after: str
    direction: Direction
    rule: str
    cause: str


@dataclass(frozen=True)
class Again:
    """A school rated again: what would change, the overall rating first."""

    school: School
    shifts: tuple[Shift, ...]

    def shift_of(self, area: int) -> Shift | None:
        """What would change of one area; of the overall rating, for 0."""
        return next((shift for shift in self.shifts if shift.area == area), None)


@dataclass(frozen=True)
class WhatIf:
    """A cycle under a draft. `editions` are those it was rated under, `merged` the draft's criteria that take over several
    answers, `new` those that no answer was ever given for; `sources` is area → the areas it is compared with."""

    draft: str
    editions: tuple[str, ...]
    schools: tuple[Again, ...]
    sources: Mapping[int, tuple[int, ...]]
    merged: tuple[str, ...]
    new: tuple[str, ...]
    has_overall: bool


@dataclass(frozen=True)
class Tally:
    """How many schools of a kind there are, and how many of their ratings would go which way. `change` is all of them."""

    name: str
    schools: int
    higher: int
    lower: int
    between: int
    change: int

    @property
    def other(self) -> int:
        """Rated that were not, and the reverse."""
        return self.change - self.higher - self.lower - self.between


@dataclass(frozen=True)
class PaperMove:
    """A line of the paper: from what to what, how many schools, and what decides most of them. Small numbers are in words."""

    before: str
    after: str
    schools: str
    cause: str


@dataclass(frozen=True)
class PaperArea:
    """An area in the paper, the earlier areas it is compared with, and how many schools would rate higher or lower in it, stand
    between where those stood apart, or be rated where they were not, or not where they were."""

    area: str
    since: str
    higher: str
    lower: str
    between: str
    other: str


@dataclass(frozen=True)
class PaperPlace:
    """A district and a phase side by side, with how many schools each has and how many would change; empty where there are no
    more of one."""

    district: str
    district_schools: str
    district_change: str
    phase: str
    phase_schools: str
    phase_change: str


@dataclass(frozen=True)
class Paper:
    """Everything the template of the paper may name. No school is named in it."""

    authority: PlanAuthority
    cycle: str
    made_on: str
    draft: str
    in_use: str
    summary: str
    moves: tuple[PaperMove, ...]
    areas: tuple[PaperArea, ...]
    places: tuple[PaperPlace, ...]
    assumptions: tuple[str, ...]

"""A school's profile: one school in one cycle, as the LA's papers read it: levels, places and figures, no words of its own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pipeline.model.level import LEVELS, Level
from pipeline.model.school import School


class ProfileArea(NamedTuple):
    """One rating, `number` 0 for the overall. `key` is the level's, or the state's where there is none.

    `reason`, `shortfall` and `lift` are the sentences of plan and `explain`. `next_key` is the level that the smallest change
    gives, `decided_by` the criteria (or areas) that decided, `gates` its statutory gaps, `blanks` what keeps it open. `own` and
    `moderated` are the keys of the school's own view and of the adviser's level, empty where there is none. `before` is the
    label of what it is compared with in the last cycle, `movement` which way it went, `across` the break between the two.
    """

    number: int
    key: str
    reason: str
    shortfall: str
    lift: str
    next_key: str
    decided_by: tuple[str, ...]
    gates: tuple[str, ...]
    blanks: tuple[str, ...]
    own: str = ""
    moderated: str = ""
    before: str = ""
    movement: str = ""
    across: str = ""

    @property
    def level(self) -> Level | None:
        """The level; None where there is only a state."""
        return LEVELS.get(self.key)


class ProfileAnswer(NamedTuple):
    """One criterion. `key` is how it counts and `answered` what was chosen, before the evidence rule: a level's key or a
    state's. `sheet`, `cell` and `evidence_cell` are where answer and evidence stand in the return."""

    criterion: str
    key: str
    answered: str
    has_evidence: bool
    sheet: str
    cell: str
    evidence_cell: str

    @property
    def level(self) -> Level | None:
        """The level it counts at; None where it is blank or not applicable."""
        return LEVELS.get(self.key)


class ProfileOpportunity(NamedTuple):
    """One opportunity: `ref` as people say it, `kind` the word for why it is one. `to` says which of the rubric's steps it is:
    a level's key, `evidence`, or nothing for the school's own, whose words stay in its plan."""

    ref: str
    criterion: str
    area: int
    kind: str
    to: str


class ActionState(StrEnum):
    """What became of an action of a plan that came back. Stuck ones are open and were carried forward three times or more;
    of those done or dropped, a profile has the last cycle's alone."""

    OPEN = "Open"
    STUCK = "Stuck"
    DONE = "Done"
    NOT_HIGHER = "Done, not higher"  # its criterion stands where it stood, or lower
    DROPPED = "Dropped"


class ProfileLife(NamedTuple):
    """An action of a plan that came back: `criterion` is empty for one that the school added, `opened` is the cycle of its
    first plan, `carried` how many times it went into a next one. `state` is an `ActionState`, `status` how far the school says
    it is, empty where that could not be read, and `due` its date (ISO), empty where there is none."""

    ref: str
    criterion: str
    area: int
    opened: str
    carried: int
    state: str
    status: str = ""
    due: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its date is past."""
        return self.state in (ActionState.OPEN, ActionState.STUCK) and "" < self.due < today.isoformat()


class ProfileFigure(NamedTuple):
    """One measure of the Outcomes sheet; None where there is no figure, or none that can be one."""

    measure: str
    this_year: float | None
    last_year: float | None


class Outline(NamedTuple):
    """What a trend needs of a school in an earlier cycle: its levels and figures. `areas` are numbers and keys."""

    urn: str
    edition: str
    overall: str
    areas: tuple[tuple[int, str], ...]
    figures: tuple[ProfileFigure, ...]


@dataclass(frozen=True)
class Profile:
    """One school in one cycle. `edition` is that of the rubric it was rated under, `file` its return; `priorities` are refs.

    `overall` is None where the LA has switched it off. Areas, answers and figures stand in rubric order, opportunities in order
    of importance. `lives` are the actions of its plans that came back: those open, and those closed in the last cycle.
    """

    school: School
    file: str
    edition: str
    completed_on: date | None
    shares_practice: bool
    overall: ProfileArea | None
    areas: tuple[ProfileArea, ...]
    answers: tuple[ProfileAnswer, ...]
    opportunities: tuple[ProfileOpportunity, ...]
    priorities: tuple[str, ...]
    figures: tuple[ProfileFigure, ...]
    lives: tuple[ProfileLife, ...] = ()

    @property
    def outline(self) -> Outline:
        """The same in a few words, for later cycles to look back on."""
        areas = tuple((area.number, area.key) for area in self.areas)
        return Outline(self.school.urn, self.edition, self.overall.key if self.overall else "", areas, self.figures)

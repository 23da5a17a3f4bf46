"""A completed workbook as it came back: every answer with the cell it stood in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.model.finding import Place
from pipeline.model.level import Answer, Level


@dataclass(frozen=True)
class Response:
    """What a school gave for one criterion. `answer` is None where the cell was blank or could not be understood;
    `typed` is what the cell held. Evidence and the school's own opportunity are kept letter for letter.
    `place` is the answer's cell, `evidence_cell` the A1 address of the evidence on the same sheet."""

    criterion: str
    answer: Answer | None
    typed: str
    evidence: str
    own_opportunity: str
    place: Place
    evidence_cell: str


@dataclass(frozen=True)
class Identity:
    """The sheet "Your school", as typed."""

    urn: str
    laestab: str
    name: str
    completed_by: str
    role: str
    completed_on: date | None
    governor: str
    signed_on: date | None
    shares_practice: bool


@dataclass(frozen=True)
class Figure:
    """One measure of the Outcomes sheet, as typed; empty where no figure was given."""

    this_year: str
    last_year: str


@dataclass(frozen=True)
class ChecklistNote:
    """What a school put beside one line of the Ofsted checklist."""

    ready: str
    note: str


@dataclass(frozen=True)
class Extra:
    """Text that stood outside the answer cells and is not in the blank workbook. `kind` is text, comment or text box."""

    place: Place
    kind: str
    text: str


@dataclass(frozen=True)
class OwnView:
    """The level a school itself sees an area at, and the cell that says so."""

    area: int
    level: Level
    place: Place


@dataclass(frozen=True)
class OldAnswer:
    """A row of a pre-filled workbook: the answer it was sent out with (None where there was none), whether the school says that
    it is still true, and the cell that says so. `is_told` is whether the workbook still shows what was pre-filled, `is_held`
    whether the answer was left as it was without a word, and so does not count."""

    criterion: str
    answer: Answer | None
    is_told: bool
    is_confirmed: bool
    place: Place
    is_held: bool = False


@dataclass(frozen=True)
class Submission:
    """One return. `responses` are in rubric order: as read, those found in the workbook; after intake, every criterion the
    school is asked. `views` are of the areas for which the school gave one, in rubric order; `old_answers` has a row for each
    response of a workbook that was pre-filled, and none otherwise."""

    file: str
    edition: str
    identity: Identity
    responses: tuple[Response, ...]
    outcomes: Mapping[str, Figure]
    checklist: Mapping[str, ChecklistNote]
    extras: tuple[Extra, ...] = ()
    views: tuple[OwnView, ...] = ()
    old_answers: tuple[OldAnswer, ...] = ()

    @cached_property
    def held(self) -> frozenset[str]:
        """The criteria whose old answers were left as they were, and do not count."""
        return frozenset(row.criterion for row in self.old_answers if row.is_held)

    @property
    def answered(self) -> int:
        """How many criteria have a usable answer."""
        return sum(response.answer is not None for response in self.responses)

"""A school's record as moderation reads it: levels, answers and cells, and of the evidence only what can be counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.finding import Place
from pipeline.model.level import Answer, Level


@dataclass(frozen=True)
class Evidence:
    """What can be said of evidence without keeping it: its words, a mark that the same wording shares wherever it stands
    (empty where there is none), and whether it says when."""

    words: int
    mark: str
    is_dated: bool


@dataclass(frozen=True)
class Answered:
    """One criterion as the school answered it. `answer` is None where it is blank; `place` is the answer's cell and
    `evidence_cell` the evidence's, on the same sheet."""

    criterion: str
    area: int
    answer: Answer | None
    place: Place
    evidence_cell: str
    evidence: Evidence

    @property
    def level(self) -> Level | None:
        """The rung answered; None for a blank and for *Not applicable*."""
        return self.answer.level if self.answer else None


@dataclass(frozen=True)
class Review:
    """One school in one cycle. `edition` is the rubric it was rated under; `areas` maps the number of each area it was asked to
    the key of its level, or of its state where there is none; `own` to the school's own view, where given."""

    urn: str
    file: str
    edition: str
    areas: Mapping[int, str]
    own: Mapping[int, Level]
    answers: tuple[Answered, ...]

    @cached_property
    def by_criterion(self) -> Mapping[str, Answered]:
        """Criterion id → its answer."""
        return {answered.criterion: answered for answered in self.answers}

    def level_of(self, area: int) -> Level | None:
        """An area's level, or None."""
        key = self.areas.get(area, "")
        return next((level for level in Level if level.key == key), None)

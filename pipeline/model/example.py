"""A completed example: a school's return, its edits to its plan, its next return. Field names are the keys of the YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from pipeline.model.edited_plan import PlanEdits
from pipeline.model.level import Answer, Level
from pipeline.model.school import Phase
from pipeline.model.submission import ChecklistNote, Figure

_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class ExampleSchool:
    """The school's row of the register, under our own names. `spoken` is its name as neighbours say it, `ages` the lowest and
    the highest; `with_plan` and `sen_support` are numbers of pupils."""

    __pydantic_config__: ClassVar = _STRICT
    urn: str
    laestab: str
    name: str
    spoken: str
    phase: Phase
    gias_phase: str
    kind: str
    district: str
    town: str
    pupils: int
    capacity: int
    ages: tuple[int, int]
    gender: str
    religion: str
    with_plan: int
    sen_support: int


@dataclass(frozen=True)
class ExampleSigning:
    """Who completed a return and who agreed it."""

    __pydantic_config__: ClassVar = _STRICT
    completed_by: str
    role: str
    completed_on: date
    governor: str
    signed_on: date
    shares_practice: bool


@dataclass(frozen=True)
class ExampleAnswer:
    """One row of an area sheet. Beside Not applicable, `evidence` is the reason."""

    __pydantic_config__: ClassVar = _STRICT
    answer: Answer
    evidence: str
    own: str = ""


@dataclass(frozen=True)
class ExampleReturn:
    """What stands in one workbook. `answers` are of every criterion asked; `checklist` and `outcomes` of what was filled in."""

    identity: ExampleSigning
    answers: Mapping[str, ExampleAnswer]
    views: Mapping[int, Level]
    outcomes: Mapping[str, Figure]
    checklist: Mapping[str, ChecklistNote]


@dataclass(frozen=True)
class NextTerm:
    """What changes in the workbook of the next cycle: new answers or new evidence, views, figures and notes. Every other answer
    was ticked as still true, and all else stands as it was filled in."""

    __pydantic_config__: ClassVar = _STRICT
    cycle: str
    identity: ExampleSigning
    answers: Mapping[str, ExampleAnswer]
    views: Mapping[int, Level]
    outcomes: Mapping[str, Figure]
    checklist: Mapping[str, ChecklistNote]


@dataclass(frozen=True)
class Example:
    """One file of `config/examples/`. `story` is what all of its texts have in common, for whoever changes them;
    `worth_copying` are the answers that the toolkit document shows, each with why its evidence is good."""

    __pydantic_config__: ClassVar = _STRICT
    story: str
    register: ExampleSchool
    identity: ExampleSigning
    answers: Mapping[str, ExampleAnswer]
    views: Mapping[int, Level]
    outcomes: Mapping[str, Figure]
    checklist: Mapping[str, ChecklistNote]
    edits: PlanEdits
    next_term: NextTerm
    worth_copying: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> ExampleReturn:
        """The return of the first cycle."""
        return ExampleReturn(self.identity, self.answers, self.views, self.outcomes, self.checklist)

    @property
    def second(self) -> ExampleReturn:
        """The return of the next cycle, whole: what changed, and what was still true. A next step of the school's own stays
        until another takes its place."""
        later = self.next_term
        changed = {key: replace(new, own=new.own or self.answers[key].own) for key, new in later.answers.items()}
        return ExampleReturn(
            identity=later.identity,
            answers={**self.answers, **changed},
            views={**self.views, **later.views},
            outcomes={**self.outcomes, **later.outcomes},
            checklist={**self.checklist, **later.checklist},
        )

    @property
    def still_true(self) -> tuple[str, ...]:
        """The criteria that were ticked as still true in the next cycle: their answers stand, some with new evidence."""
        now = self.second.answers
        return tuple(key for key, before in self.answers.items() if now[key].answer is before.answer)

"""The rubric: areas, criteria and the rules that turn answers into ratings. Field names are the keys of the YAML files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Literal

from pipeline.model.level import Answer, Level, State
from pipeline.model.school import Phase

# Read by the configuration reader: a key that is not a field is a mistake, never ignored.
_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class Step:
    """What lifts a criterion to its next level: the opportunity, a suggested action, and how one would know."""

    __pydantic_config__: ClassVar = _STRICT
    opportunity: str
    action: str
    success: str


@dataclass(frozen=True)
class Steps:
    """One step to each level."""

    __pydantic_config__: ClassVar = _STRICT
    emerging: Step
    established: Step
    advanced: Step

    def to(self, level: Level) -> Step:
        """The step that reaches `level`."""
        step: Step = getattr(self, level.key)
        return step


@dataclass(frozen=True)
class Gate:
    """The statutory duty behind a criterion; `source` names an entry of the rubric's sources."""

    __pydantic_config__: ClassVar = _STRICT
    duty: str
    source: str


@dataclass(frozen=True)
class Criterion:
    """One row of the self-evaluation. `id` is the area's number, a point and a number, such as `5.2`; `formerly` are the ids it
    had, or took over, in the versions that the rubric's frame says it comes from."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    title: str
    themes: tuple[str, ...]
    lead: str
    emerging: str
    established: str
    advanced: str
    steps: Steps
    phases: Literal["all"] | tuple[Phase, ...] = "all"
    gate: Gate | None = None
    formerly: tuple[str, ...] = ()

    def applies_to(self, phase: Phase) -> bool:
        """Whether a school of this phase is asked the criterion at all."""
        return self.phases == "all" or phase in self.phases

    @property
    def allows_not_applicable(self) -> bool:
        """A gate may be waved away only where the rubric itself limits it to some phases."""
        return self.gate is None or self.phases != "all"

    @property
    def area_number(self) -> int:
        """The number before the point."""
        return int(self.id.split(".")[0])


@dataclass(frozen=True)
class Area:
    """An Area of Focus. `retiring` areas are still asked; `retired` ones are not, and `crosswalk` says where they went."""

    __pydantic_config__: ClassVar = _STRICT
    number: int
    name: str
    status: Literal["active", "retiring", "retired"]
    crosswalk: tuple[int, ...]
    definition: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class LevelWords:
    """How a level is named and what it means."""

    __pydantic_config__: ClassVar = _STRICT
    label: str
    name: str
    meaning: str


@dataclass(frozen=True)
class AnswerWords:
    """How an answer is offered in the workbook, and what people type instead."""

    __pydantic_config__: ClassVar = _STRICT
    label: str
    meaning: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class LevelRule:
    """A level is reached when `share` of the applicable ones stand at `at_least` or better and none below `none_below`."""

    __pydantic_config__: ClassVar = _STRICT
    level: Level
    share: Fraction
    at_least: Level
    none_below: Level = Level.NOT_YET
    areas_at_least: Mapping[int, Level] = field(default_factory=dict)

    def needed(self, count: int) -> int:
        """How many of `count` the share asks for: three quarters of 7 are 6. Exact, as the share is a fraction."""
        return -(-self.share.numerator * count // self.share.denominator)


@dataclass(frozen=True)
class EvidenceRule:
    """An answer at `required_for` without evidence counts as `counts_as`."""

    __pydantic_config__: ClassVar = _STRICT
    required_for: Level
    counts_as: Level
    step: Step


@dataclass(frozen=True)
class GateRule:
    """What a gate answered *Not yet in place* caps."""

    __pydantic_config__: ClassVar = _STRICT
    caps_area_at: Level
    caps_overall_at: Level


@dataclass(frozen=True)
class OverallRule:
    """How the areas make the overall rating; `lowest` is given where no rule is met."""

    __pydantic_config__: ClassVar = _STRICT
    enabled: bool
    lowest: Level
    levels: tuple[LevelRule, ...]


@dataclass(frozen=True)
class PriorityRule:
    """How many opportunities follow the statutory gaps on the plan's first page."""

    __pydantic_config__: ClassVar = _STRICT
    most: int
    most_in_one_area: int


@dataclass(frozen=True)
class Rules:
    """The arithmetic of the rubric. Level rules stand highest first."""

    __pydantic_config__: ClassVar = _STRICT
    evidence: EvidenceRule
    area: tuple[LevelRule, ...]
    gate: GateRule
    overall: OverallRule
    priorities: PriorityRule


@dataclass(frozen=True)
class Source:
    """Where a statutory criterion comes from, and how far that has been checked."""

    __pydantic_config__: ClassVar = _STRICT
    title: str
    in_force: str
    address: str
    checked_on: date
    standing: str


@dataclass(frozen=True)
class Frame:
    """The file `rubric.yaml`: everything of the rubric but its areas. `follows` is the edition it succeeds, such as
    `inclusive-practice 1-0`: the one whose ids its criteria had `formerly`; empty for a first."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    version: str
    title: str
    levels: Mapping[Level, LevelWords]
    states: Mapping[str, str]
    answers: Mapping[Answer, AnswerWords]
    rules: Rules
    themes: Mapping[str, str]
    sources: Mapping[str, Source]
    follows: str = ""


@dataclass(frozen=True)
class Rubric:
    """The whole rubric. `areas` are those that are asked; `retired` ones are kept for what they say of where they went."""

    frame: Frame
    areas: tuple[Area, ...]
    retired: tuple[Area, ...] = ()

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """Criterion id → criterion, in rubric order."""
        return {criterion.id: criterion for area in self.areas for criterion in area.criteria}

    def heirs(self, key: str) -> tuple[str, ...]:
        """The criteria that answer for an id of this edition or of the one it follows: itself, or what took it over."""
        return self._heirs.get(key) or ((key,) if key in self.criteria else ())

    @cached_property
    def _heirs(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for criterion in self.criteria.values():
            for key in criterion.formerly:
                found[key] = (*found.get(key, ()), criterion.id)
        return found

    def criteria_for(self, phase: Phase) -> Iterator[Criterion]:
        """The criteria a school of this phase is asked, in rubric order."""
        return (criterion for criterion in self.criteria.values() if criterion.applies_to(phase))

    @property
    def edition(self) -> str:
        """Id and version as printed on workbooks and plans."""
        return f"{self.frame.id} {self.frame.version}"

    def label(self, level: Level | None, state: State = State.RATED) -> str:
        """The word for a rating."""
        if level is None:
            return self.frame.states[state.value]
        return self.frame.states["not-yet"] if level is Level.NOT_YET else self.frame.levels[level].label

    def answer_label(self, level: Level) -> str:
        """The word for an answer at this level."""
        return self._answer_labels[level]

    @cached_property
    def _answer_labels(self) -> Mapping[Level, str]:
        return {answer.level: words.label for answer, words in self.frame.answers.items() if answer.level is not None}

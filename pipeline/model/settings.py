"""What the LA configures beside the rubric. Field names are the keys of the YAML files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, Literal

from pipeline.model.level import Level
from pipeline.model.moderation import Cause
from pipeline.model.school import Phase

_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class Authority:
    """Whose name stands on workbooks and plans."""

    __pydantic_config__: ClassVar = _STRICT
    name: str
    team: str
    email: str


@dataclass(frozen=True)
class Cycle:
    """One termly review and its dates."""

    __pydantic_config__: ClassVar = _STRICT
    label: str
    returns_due: date
    gaps_closed_by: date
    review_on: date


@dataclass(frozen=True)
class Intake:
    """When a return is too thin to rate, and whether one that seems to hold personal data is stopped."""

    __pydantic_config__: ClassVar = _STRICT
    send_back_below: Fraction
    stop_for_personal_data: bool


@dataclass(frozen=True)
class Settings:
    """The file `settings.yaml`. `cycle` is a key of `cycles`; `rubric` a folder beside the file; `packing` the library that
    packs Word documents, of which each gives bytes of its own; after `stale_after_days` a source wants looking at again."""

    __pydantic_config__: ClassVar = _STRICT
    authority: Authority
    rubric: str
    cycle: str
    cycles: Mapping[str, Cycle]
    intake: Intake
    packing: Literal["zlib", "isal"] = "zlib"
    stale_after_days: int = 365


@dataclass(frozen=True)
class Measure:
    """One figure of the Outcomes sheet; one outside `least` and `most` is asked about."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    label: str
    unit: Literal["percent", "points", "count"]
    meaning: str
    least: int | None = None
    most: int | None = None

    def may_be(self, value: float) -> bool:
        """Whether a figure is within the limits."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Outcomes:
    """The file `outcomes.yaml`."""

    __pydantic_config__: ClassVar = _STRICT
    note: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class GuidanceStep:
    """One step of "How to complete this workbook"."""

    __pydantic_config__: ClassVar = _STRICT
    title: str
    text: str


@dataclass(frozen=True)
class Term:
    """One entry of the glossary."""

    __pydantic_config__: ClassVar = _STRICT
    term: str
    meaning: str


@dataclass(frozen=True)
class Guidance:
    """The file `guidance.yaml`: what schools read. `steps_again` stand before the others in a pre-filled workbook."""

    __pydantic_config__: ClassVar = _STRICT
    vision: str
    steps: tuple[GuidanceStep, ...]
    privacy: str
    how_ratings_are_made: tuple[str, ...]
    glossary: tuple[Term, ...]
    steps_again: tuple[GuidanceStep, ...] = ()


@dataclass(frozen=True)
class Resource:
    """One entry of the resource library. `standing` says whether its address has been opened."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    title: str
    publisher: str
    address: str
    standing: str
    checked_on: date
    helps_with: str
    areas: tuple[int, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Resources:
    """The file `resources.yaml`."""

    __pydantic_config__: ClassVar = _STRICT
    resources: tuple[Resource, ...]


@dataclass(frozen=True)
class Prompt:
    """One line of the Ofsted checklist: a question leaders should be able to answer."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    text: str


@dataclass(frozen=True)
class EvaluationArea:
    """One of Ofsted's evaluation areas and the criteria that bear on it."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    title: str
    looks_at: str
    criteria: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    phases: Literal["all"] | tuple[Phase, ...] = "all"

    def applies_to(self, phase: Phase) -> bool:
        """Whether schools of this phase are shown it."""
        return self.phases == "all" or phase in self.phases


@dataclass(frozen=True)
class Checklist:
    """The file `ofsted.yaml`. It never predicts a grade."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    title: str
    in_force_from: date
    address: str
    checked_on: date
    standing: str
    areas: tuple[EvaluationArea, ...]


@dataclass(frozen=True)
class Stratified:
    """The part of a moderation sample that is drawn by lot: a share of the schools, and never fewer than `least`."""

    __pydantic_config__: ClassVar = _STRICT
    share: Fraction = Fraction(1, 10)
    least: int = 5


@dataclass(frozen=True)
class ThinEvidence:
    """When evidence is thin: `least` Established or Advanced answers, and `share` of them, have fewer than `words` words."""

    __pydantic_config__: ClassVar = _STRICT
    words: int = 8
    least: int = 6
    share: Fraction = Fraction(1, 3)


@dataclass(frozen=True)
class Contradiction:
    """Two answers that can hardly both be true: `high` at `at_least` or better, `low` at `at_most` or worse. `why` is a
    sentence."""

    __pydantic_config__: ClassVar = _STRICT
    high: str
    low: str
    why: str
    at_least: Level = Level.ADVANCED
    at_most: Level = Level.NOT_YET


@dataclass(frozen=True)
class ModerationSettings:
    """The file `moderation.yaml`, which may be left out.

    `size_bands` are the numbers of pupils at which a band begins, none for thirds of the register; a cause with weight 0 is not
    looked for. Evidence counts as copied where it has `copied_words` and one other school has `copied_answers` of it; Advanced
    answers count as undated where `undated_answers` or more have evidence and none says when. One reason names `most_cells`
    at most."""

    __pydantic_config__: ClassVar = _STRICT
    stratified: Stratified = Stratified()
    risk: int = 10
    size_bands: tuple[int, ...] = ()
    weights: Mapping[Cause, int] = field(default_factory=dict)
    thin: ThinEvidence = ThinEvidence()
    copied_words: int = 6
    copied_answers: int = 3
    undated_answers: int = 4
    most_cells: int = 8
    contradictions: tuple[Contradiction, ...] = ()

    def weight(self, cause: Cause) -> int:
        """How much a cause counts; 1 unless the file says otherwise."""
        return self.weights.get(cause, 1)

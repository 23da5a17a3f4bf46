"""What the LA configures beside the rubric. Field names are the keys of the YAML files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, Literal

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
    """The file `guidance.yaml`: what schools read."""

    __pydantic_config__: ClassVar = _STRICT
    vision: str
    steps: tuple[GuidanceStep, ...]
    privacy: str
    how_ratings_are_made: tuple[str, ...]
    glossary: tuple[Term, ...]


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

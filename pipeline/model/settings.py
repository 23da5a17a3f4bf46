"""What the LA configures beside the rubric. Field names are the keys of the YAML files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, Literal

from pipeline.model.level import Level
from pipeline.model.moderation import Cause
from pipeline.model.paper import PAPERS, Matter, Paper
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
class Service:
    """A service or forum of the area, by the name that schools know; `meaning` and `contact` are sentences of the glossary."""

    __pydantic_config__: ClassVar = _STRICT
    name: str
    meaning: str
    contact: str = ""


@dataclass(frozen=True)
class PairingRule:
    """How schools are paired: how often one may be named at `most`, and whether only schools of one district are."""

    __pydantic_config__: ClassVar = _STRICT
    most: int = 2
    same_district: bool = True


@dataclass(frozen=True)
class InclusionStrategy:
    """How a draft inclusion strategy is made of a plan. `principles` are names by key; a criterion belongs to the one that
    `criteria` names for it, or for an id that it had formerly, and else to its area's. Schools of these `phases` publish one.

    `source` is a key of the rubric's sources, `standing` says how far names and form were checked there."""

    __pydantic_config__: ClassVar = _STRICT
    publish_by: date
    source: str
    standing: str
    principles: Mapping[str, str]
    areas: Mapping[int, str]
    criteria: Mapping[str, str] = field(default_factory=dict)
    phases: tuple[Phase, ...] = (Phase.PRIMARY, Phase.MIDDLE, Phase.SECONDARY, Phase.ALL_THROUGH)


@dataclass(frozen=True)
class Settings:
    """The file `settings.yaml`. `cycle` is a key of `cycles`; `rubric` a folder beside the file; `packing` the library that
    packs Word documents, of which each gives bytes of its own; after `stale_after_days` a source wants looking at again;
    `extracts` names templates of `templates/extracts` that are filled beside each plan;
    wording refers to the `services` by their keys, as in {lift};
    `papers` are the LA's papers that are made, and what each may show; without an `inclusion_strategy` no drafts of one are."""

    __pydantic_config__: ClassVar = _STRICT
    authority: Authority
    rubric: str
    cycle: str
    cycles: Mapping[str, Cycle]
    intake: Intake
    packing: Literal["zlib", "isal"] = "zlib"
    stale_after_days: int = 365
    extracts: tuple[str, ...] = ()
    services: Mapping[str, Service] = field(default_factory=dict)
    pairing: PairingRule = PairingRule()
    inclusion_strategy: InclusionStrategy | None = None
    papers: Mapping[Paper, tuple[Matter, ...]] = field(default_factory=lambda: dict(PAPERS))


@dataclass(frozen=True)
class Measure:
    """One figure of the Outcomes sheet; one outside `least` and `most`, or further than `jump` from the year before, is asked
    about; so is one of more pupils than the measure it is `part_of`. `areas` are those it is set beside, `better` which way is
    better."""

    __pydantic_config__: ClassVar = _STRICT
    id: str
    label: str
    unit: Literal["percent", "points", "count"]
    meaning: str
    least: int | None = None
    most: int | None = None
    jump: int | None = None
    part_of: str = ""
    better: Literal["higher", "lower", "neither"] = "neither"
    areas: tuple[int, ...] = ()

    def is_better(self, now: float, before: float) -> bool:
        """Whether a figure is better than the year before's."""
        return now > before if self.better == "higher" else now < before if self.better == "lower" else False

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
class OutcomeSought:
    """What the toolkit is for: `themes` of the rubric and `measures` of the outcomes show whether it comes about, `later`
    whether that takes years."""

    __pydantic_config__: ClassVar = _STRICT
    outcome: str
    themes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    later: bool = False


@dataclass(frozen=True)
class Strategy:
    """The LA's own strategy for vulnerable learners; the title is empty where it has none."""

    __pydantic_config__: ClassVar = _STRICT
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Guidance:
    """The file `guidance.yaml`: what schools read. `steps_again` stand before the others in a pre-filled workbook; the last
    four are for the toolkit document."""

    __pydantic_config__: ClassVar = _STRICT
    vision: str
    steps: tuple[GuidanceStep, ...]
    privacy: str
    how_ratings_are_made: tuple[str, ...]
    glossary: tuple[Term, ...]
    steps_again: tuple[GuidanceStep, ...] = ()
    definition: str = ""
    why_it_matters: str = ""
    strategy: Strategy = Strategy()
    outcomes_sought: tuple[OutcomeSought, ...] = ()


@dataclass(frozen=True)
class Resource:
    """One entry of the resource library. `standing` says whether its address has been opened; `dead` that nothing is there."""

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

    @property
    def is_dead(self) -> bool:
        """Whether its address leads nowhere any more: it is shown to nobody."""
        return self.standing.strip().casefold() == "dead"


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
    """One version of the Ofsted checklist, a file of the folder `ofsted`. It never predicts a grade."""

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

"""The toolkit document: what the template prints. Field names are the names that its author writes in Word."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ToolkitAuthority:
    """Whose toolkit it is."""

    name: str
    team: str
    email: str


@dataclass(frozen=True)
class ToolkitAbout:
    """What stands on the cover."""

    title: str
    edition: str
    cycle: str
    made_on: str


@dataclass(frozen=True)
class ToolkitWords:
    """The authority's own words, from its guidance; each may be empty."""

    vision: str
    definition: str
    why_it_matters: str
    strategy: str
    strategy_address: str
    privacy: str


@dataclass(frozen=True)
class ToolkitOutcome:
    """An outcome that is sought, the criteria that bear on it and the figures that would show it."""

    outcome: str
    criteria: str
    figures: str


@dataclass(frozen=True)
class ToolkitFigure:
    """A figure of the workbook's Outcomes sheet."""

    label: str
    meaning: str
    better: str
    areas: str


@dataclass(frozen=True)
class ToolkitStep:
    """A step of completing the workbook."""

    title: str
    text: str


@dataclass(frozen=True)
class ToolkitLevel:
    """One of the levels at which a school may be working, the lowest first."""

    label: str
    name: str
    meaning: str


@dataclass(frozen=True)
class ToolkitCriterion:
    """A criterion and its descriptions. `duty` and `source` are empty unless it is statutory, `asked_of` where every school is
    asked it."""

    id: str
    title: str
    emerging: str
    established: str
    advanced: str
    duty: str
    source: str
    asked_of: str
    evaluation_areas: str


@dataclass(frozen=True)
class ToolkitArea:
    """An Area of Focus; `note` says that it is to go, and where to."""

    number: int
    name: str
    definition: str
    note: str
    criteria: tuple[ToolkitCriterion, ...]


@dataclass(frozen=True)
class ToolkitPrompt:
    """A question of the Ofsted checklist."""

    text: str


@dataclass(frozen=True)
class ToolkitEvaluationArea:
    """One of Ofsted's evaluation areas; `shown_to` is empty where every school is shown it."""

    title: str
    looks_at: str
    criteria: str
    shown_to: str
    prompts: tuple[ToolkitPrompt, ...]


@dataclass(frozen=True)
class ToolkitChecklist:
    """The Ofsted checklist in force."""

    title: str
    address: str
    standing: str
    checked_on: str
    areas: tuple[ToolkitEvaluationArea, ...]


@dataclass(frozen=True)
class ToolkitResource:
    """An entry of the library."""

    title: str
    publisher: str
    helps_with: str
    address: str
    criteria: str
    checked_on: str


@dataclass(frozen=True)
class ToolkitShelf:
    """The entries of the library that belong first of all to one area."""

    title: str
    resources: tuple[ToolkitResource, ...]


@dataclass(frozen=True)
class ToolkitSource:
    """The law or guidance behind statutory criteria."""

    title: str
    in_force: str
    address: str
    checked_on: str
    standing: str
    criteria: str


@dataclass(frozen=True)
class ToolkitAnswer:
    """An answer of a completed example, and why its evidence is good."""

    criterion: str
    title: str
    answer: str
    evidence: str
    why: str


@dataclass(frozen=True)
class ToolkitExampleArea:
    """An area of a completed example with some of its answers."""

    number: int
    name: str
    level: str
    reason: str
    answers: tuple[ToolkitAnswer, ...]


@dataclass(frozen=True)
class ToolkitLine:
    """A line of an example's plan; `progress` is what the school had written by the time it came back."""

    ref: str
    opportunity: str
    action: str
    lead: str
    by_when: str
    progress: str


@dataclass(frozen=True)
class ToolkitChange:
    """What an example answered the next time, where something had changed."""

    criterion: str
    title: str
    before: str
    now: str
    evidence: str


@dataclass(frozen=True)
class ToolkitExample:
    """A school's work from start to finish. The school is invented."""

    name: str
    kind: str
    level: str
    reason: str
    edition: str
    story: str
    areas: tuple[ToolkitExampleArea, ...]
    lines: tuple[ToolkitLine, ...]
    returned_on: str
    next_level: str
    changes: tuple[ToolkitChange, ...]


@dataclass(frozen=True)
class ToolkitTerm:
    """An entry of the glossary."""

    term: str
    meaning: str


@dataclass(frozen=True)
class Toolkit:
    """Everything that the toolkit document says."""

    authority: ToolkitAuthority
    about: ToolkitAbout
    words: ToolkitWords
    outcomes: tuple[ToolkitOutcome, ...]
    later_outcomes: tuple[ToolkitOutcome, ...]
    figures: tuple[ToolkitFigure, ...]
    steps: tuple[ToolkitStep, ...]
    levels: tuple[ToolkitLevel, ...]
    rules: tuple[str, ...]
    areas: tuple[ToolkitArea, ...]
    criteria_count: int
    checklist: ToolkitChecklist
    shelves: tuple[ToolkitShelf, ...]
    resource_count: int
    sources: tuple[ToolkitSource, ...]
    examples: tuple[ToolkitExample, ...]
    glossary: tuple[ToolkitTerm, ...]

"""The board's paper on a cycle. Its fields and those of its parts are the names that a template author writes in Word, letter
for letter. Every number is a text, as a small one is not shown."""

from dataclasses import dataclass

from pipeline.model.plan import PlanAuthority


@dataclass(frozen=True)
class ReportTurnout:
    """A district, phase or type: its schools on the register, and how many returned."""

    group: str
    schools: str
    returned: str
    share: str


@dataclass(frozen=True)
class ReportLevels:
    """How many schools stand at each level of an area. `bars` are the same for the chart, the lowest band last and what is not
    shown behind it; `number` is empty for the overall rating."""

    number: str
    area: str
    advanced: str
    established: str
    emerging: str
    not_yet: str
    not_rated: str
    bars: tuple[int, ...]


@dataclass(frozen=True)
class ReportMovement:
    """How many schools' rating of an area went which way since the last cycle, like with like."""

    area: str
    higher: str
    same: str
    lower: str
    not_compared: str


@dataclass(frozen=True)
class ReportAcross:
    """The same of schools whose last rating came about by other criteria or rules; `care` names those."""

    area: str
    higher: str
    same: str
    lower: str
    between: str
    care: str


@dataclass(frozen=True)
class ReportQuestion:
    """How many schools answer one question higher or lower than in the last cycle."""

    criterion: str
    title: str
    higher: str
    same: str
    lower: str
    not_compared: str


@dataclass(frozen=True)
class ReportNeed:
    """An opportunity that many schools share."""

    criterion: str
    title: str
    opportunity: str
    schools: str


@dataclass(frozen=True)
class ReportDuty:
    """A statutory duty, and how many schools say that it is not yet met."""

    criterion: str
    title: str
    duty: str
    schools: str


@dataclass(frozen=True)
class ReportActions:
    """What became of the actions of plans that came back, in one area or in all; each action is in one of the numbers, and
    `all` is all of them."""

    area: str
    in_time: str
    overdue: str
    stuck: str
    done: str
    not_higher: str
    dropped: str
    all: str


@dataclass(frozen=True)
class ReportOutcome:
    """One outcome figure of the schools that gave it for both years; `what` says whether it is the one in the middle or all
    together."""

    measure: str
    what: str
    schools: str
    last_year: str
    this_year: str
    better: str


@dataclass(frozen=True)
class ReportPractice:
    """Schools that are Advanced in an area and share what they do: as advisers have seen, and by their own answers."""

    area: str
    seen: str
    by_answers: str


@dataclass(frozen=True)
class ReportSpare:
    """A question that told nothing this cycle."""

    criterion: str
    title: str
    why: str


@dataclass(frozen=True)
class Report:
    """Everything the template of the board's paper may name. No school is named in it but those that share good practice."""

    authority: PlanAuthority
    cycle: str
    made_on: str
    edition: str
    rated: str
    points: tuple[str, ...]
    districts: tuple[ReportTurnout, ...]
    phases: tuple[ReportTurnout, ...]
    kinds: tuple[ReportTurnout, ...]
    bands: tuple[str, ...]
    spread: tuple[ReportLevels, ...]
    since: str
    movement: tuple[ReportMovement, ...]
    across: tuple[ReportAcross, ...]
    changed: tuple[ReportQuestion, ...]
    questions: tuple[ReportQuestion, ...]
    needs: tuple[ReportNeed, ...]
    duties: tuple[ReportDuty, ...]
    duties_met: str
    followed: str
    actions: tuple[ReportActions, ...]
    outcomes: tuple[ReportOutcome, ...]
    caution: str
    practice: tuple[ReportPractice, ...]
    spare: tuple[ReportSpare, ...]
    limits: tuple[str, ...]

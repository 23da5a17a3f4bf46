"""What a plan says. The field names are the names a template author writes in Word, letter for letter."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanAuthority:
    """The local authority whose plan it is."""

    name: str
    team: str
    email: str


@dataclass(frozen=True)
class PlanSchool:
    """The school, as the register has it."""

    name: str
    urn: str
    laestab: str
    phase: str
    kind: str
    district: str
    town: str


@dataclass(frozen=True)
class PlanAbout:
    """What stands on the cover beside the school. Dates read like 4 December 2026. `plan_id` differs from that of every other
    plan: it changes with the return and the rubric."""

    reference: str
    plan_id: str
    cycle_id: str
    edition: str
    cycle: str
    status: str
    rubric: str
    made_on: str
    completed: str
    agreed: str
    review_on: str
    answered: str
    shares_practice: bool


@dataclass(frozen=True)
class PlanOverall:
    """The overall rating. `shown` is False where the LA has switched it off."""

    shown: bool
    level: str
    reason: str
    lift: str


@dataclass(frozen=True)
class PlanEvidence:
    """What the school wrote for one criterion."""

    criterion: str
    title: str
    answer: str
    text: str


@dataclass(frozen=True)
class PlanBeside:
    """What a school put beside an action in its last plan: a comment, a column of its own."""

    label: str
    text: str


@dataclass(frozen=True)
class PlanAction:
    """One row of an action table. `duty` and `source` are filled for a statutory gap only; `evaluation_areas` names what it
    bears on in the Ofsted checklist. `carried` counts how many times it was carried forward, `history` says so in words, `note`
    is what else there is to say of it, and `beside` what the school put beside it; a new action has none of these."""

    ref: str
    criterion: str
    area: str
    kind: str
    opportunity: str
    action: str
    lead: str
    by_when: str
    success: str
    cost: str
    progress: str
    duty: str
    source: str
    evaluation_areas: str
    carried: int = 0
    history: str = ""
    note: str = ""
    beside: tuple[PlanBeside, ...] = ()


@dataclass(frozen=True)
class PlanClosed:
    """An action of the last plan that is not carried forward. `words` is what the school wrote of it."""

    ref: str
    action: str
    why: str
    words: str


@dataclass(frozen=True)
class PlanUnplaced:
    """Text of the last plan that belongs to no action, and where it stood."""

    where: str
    text: str


@dataclass(frozen=True)
class PlanArea:
    """One Area of Focus. `unanswered` names the criteria that keep it from being rated; `working_well` holds evidence at
    Established and above, `so_far` the rest of what was written.

    `level` is always what the answers come to. Beside it stand `own_view`, the level that the school itself sees, with a note
    on how the two compare, and `moderated`, an adviser's level, with who gave it, when and why; empty where there is none.
    `rung` is the level as a number for charts, 1 to 3, None where it is none of the three; `change` how it has moved since the
    last cycle, in words.
    """

    number: int
    name: str
    definition: str
    level: str
    rung: int | None
    change: str
    reason: str
    lift: str
    own_view: str
    own_view_note: str
    moderated: str
    moderated_by: str
    moderated_on: str
    moderated_reason: str
    gaps: int
    unanswered: str
    opportunities: tuple[PlanAction, ...]
    working_well: tuple[PlanEvidence, ...]
    so_far: tuple[PlanEvidence, ...]


@dataclass(frozen=True)
class PlanPrompt:
    """One question of the Ofsted checklist, with what the school put beside it."""

    text: str
    ready: str
    note: str


@dataclass(frozen=True)
class PlanEvaluationArea:
    """One of Ofsted's evaluation areas and the references in this plan that bear on it."""

    title: str
    looks_at: str
    refs: str
    prompts: tuple[PlanPrompt, ...]


@dataclass(frozen=True)
class PlanChecklist:
    """The Ofsted checklist."""

    title: str
    standing: str
    areas: tuple[PlanEvaluationArea, ...]


@dataclass(frozen=True)
class PlanResource:
    """Something to read for one or more lines of the plan."""

    refs: str
    title: str
    publisher: str
    helps_with: str
    address: str


@dataclass(frozen=True)
class PlanFigure:
    """One outcome figure as the school gave it."""

    label: str
    meaning: str
    this_year: str
    last_year: str


@dataclass(frozen=True)
class PlanAnswer:
    """One answer and where it was read."""

    criterion: str
    title: str
    answer: str
    remark: str
    cell: str


@dataclass(frozen=True)
class PlanSource:
    """A statutory source the plan relies on."""

    title: str
    in_force: str
    address: str
    checked_on: str
    standing: str


@dataclass(frozen=True)
class Plan:
    """Everything a plan template may name. `rungs` are the words for the three levels, the lowest first; `strengths` is what
    stands out in the school's own words. `closed` and `unplaced` come from the school's last plan, where it came back."""

    authority: PlanAuthority
    school: PlanSchool
    about: PlanAbout
    overall: PlanOverall
    areas: tuple[PlanArea, ...]
    gaps: tuple[PlanAction, ...]
    priorities: tuple[PlanAction, ...]
    checklist: PlanChecklist
    resources: tuple[PlanResource, ...]
    figures: tuple[PlanFigure, ...]
    answers: tuple[PlanAnswer, ...]
    sources: tuple[PlanSource, ...]
    rules: tuple[str, ...]
    opportunity_count: int
    rungs: tuple[str, str, str]
    strengths: tuple[PlanEvidence, ...]
    closed: tuple[PlanClosed, ...] = ()
    unplaced: tuple[PlanUnplaced, ...] = ()

"""What an adviser's visit form says. The field names are the names a template author writes in Word, letter for letter.

Nothing that a school wrote is quoted: the form says where it stands."""

from dataclasses import dataclass

from pipeline.model.plan import PlanAuthority


@dataclass(frozen=True)
class VisitSchool:
    """The school, as the register has it; `pupils` is empty where it is not known."""

    name: str
    urn: str
    laestab: str
    phase: str
    kind: str
    district: str
    pupils: str


@dataclass(frozen=True)
class VisitCell:
    """One answer to look at: the criterion's reference and title, what the school answered, where the answer and its evidence
    stand, and why it is looked at."""

    ref: str
    title: str
    answer: str
    sheet: str
    answer_cell: str
    evidence_cell: str
    why: str


@dataclass(frozen=True)
class VisitArea:
    """One area: its level from the answers, and the school's own view, empty where none was given."""

    number: int
    name: str
    level: str
    own: str


@dataclass(frozen=True)
class Visit:
    """Everything the template of a visit form may name. `area_levels` and `answer_levels` are what an adviser may choose,
    lowest first; `part` is why the school is in the sample, `reasons` are sentences."""

    authority: PlanAuthority
    school: VisitSchool
    cycle: str
    drawn_on: str
    returned_file: str
    part: str
    reasons: tuple[str, ...]
    cells: tuple[VisitCell, ...]
    areas: tuple[VisitArea, ...]
    area_levels: tuple[str, ...]
    answer_levels: tuple[str, ...]

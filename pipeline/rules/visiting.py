"""From a school in the sample to what its adviser takes along: the cells to look at, each with why, and each area's level."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.level import LEVELS
from pipeline.model.moderation import Cause, Part, Reason, Sampled
from pipeline.model.plan import PlanAuthority
from pipeline.model.project import Configuration
from pipeline.model.review import Answered, Review
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.visit import Visit, VisitArea, VisitCell, VisitSchool
from pipeline.rules.judging import level_words
from pipeline.rules.moderation import draw_criteria
from pipeline.rules.planning import written_date

_PARTS = {Part.STRATIFIED: "Drawn by lot", Part.RISK: "Chosen for what its answers say"}
_BLANK = "No answer"


@dataclass(frozen=True)
class Visited:
    """A school in the sample with its record, and the answers to look at, in rubric order, each with why."""

    school: School
    sampled: Sampled
    review: Review
    looks: tuple[tuple[Answered, str], ...]


def prepare_visit(school: School, sampled: Sampled, review: Review, seed: int) -> Visited:
    """What is looked at because of every reason. A school drawn by lot has one answer of each area drawn as well."""
    why: dict[str, list[str]] = {}
    for reason in sampled.reasons:
        for criterion in _criteria_of(reason, review, seed):
            cues = why.setdefault(criterion, [])
            if reason.cue not in cues:
                cues.append(reason.cue)
    looks = tuple((one, "; ".join(why[one.criterion])) for one in review.answers if one.criterion in why)
    return Visited(school, sampled, review, looks)


def _criteria_of(reason: Reason, review: Review, seed: int) -> tuple[str, ...]:
    return draw_criteria(review, seed) if reason.cause is Cause.DRAWN else reason.criteria


def visit_for(visited: Visited, configuration: Configuration, cycle: str, today: date) -> Visit:
    """The form's words. Nothing a school wrote is among them."""
    authority, rubric, school = configuration.settings.authority, configuration.rubric, visited.school
    return Visit(
        authority=PlanAuthority(authority.name, authority.team, authority.email),
        school=VisitSchool(
            name=school.name,
            urn=school.urn,
            laestab=school.laestab,
            phase=school.phase.label,
            kind=school.kind,
            district=school.district,
            pupils="" if school.pupils is None else f"{school.pupils}",
        ),
        cycle=configuration.cycle(cycle).label,
        drawn_on=written_date(today),
        returned_file=visited.review.file,
        part=_PARTS[visited.sampled.part],
        reasons=tuple(reason.sentence for reason in visited.sampled.reasons),
        cells=tuple(_cell(answered, why, rubric) for answered, why in visited.looks),
        areas=areas_of(visited.review, rubric),
        area_levels=level_words(rubric, is_area=True),
        answer_levels=level_words(rubric, is_area=False),
    )


def _cell(answered: Answered, why: str, rubric: Rubric) -> VisitCell:
    return VisitCell(
        ref=answered.criterion,
        title=title_of(answered.criterion, rubric),
        answer=answer_of(answered, rubric),
        sheet=answered.place.sheet,
        answer_cell=answered.place.cell,
        evidence_cell=answered.evidence_cell,
        why=f"{why[:1].upper()}{why[1:]}",
    )


def title_of(criterion: str, rubric: Rubric) -> str:
    """A criterion's title; empty for one of another rubric."""
    known = rubric.criteria.get(criterion)
    return known.title if known else ""


def answer_of(answered: Answered, rubric: Rubric) -> str:
    """The word for an answer."""
    return rubric.frame.answers[answered.answer].label if answered.answer else _BLANK


def areas_of(review: Review, rubric: Rubric) -> tuple[VisitArea, ...]:
    """Every area that the school was rated in."""
    names = {area.number: area.name for area in rubric.areas}
    return tuple(
        VisitArea(number, names.get(number, ""), rated_label(key, rubric), _own(review, number, rubric))
        for number, key in review.areas.items()
    )


def _own(review: Review, number: int, rubric: Rubric) -> str:
    return rubric.label(review.own[number]) if number in review.own else ""


def rated_label(key: str, rubric: Rubric) -> str:
    """The word for an area's level, or for its state where it has none."""
    return rubric.label(LEVELS[key]) if key in LEVELS else rubric.frame.states[key]


def name_cells(visited: Visited) -> str:
    """The cells to look at in a line a sheet: `5 Safeguarding: 5.2 in G5 and H5`."""
    by_sheet: dict[str, list[str]] = {}
    for answered, _ in visited.looks:
        where = f"{answered.criterion} in {answered.place.cell}, {answered.evidence_cell}"
        by_sheet.setdefault(answered.place.sheet, []).append(where)
    return "\n".join(f"{sheet}: {'; '.join(cells)}" for sheet, cells in by_sheet.items())

"""What the first pages of a plan show: how each area has moved, and what stands out in the school's own words."""

from pipeline.model.assessment import Assessment, Rating
from pipeline.model.level import Level
from pipeline.model.plan import PlanEvidence
from pipeline.model.rubric import Rubric
from pipeline.model.submission import Submission

_STRENGTHS, _IN_ONE_AREA = 6, 2  # they fill one page, and no area takes it all


def tell_rungs(rubric: Rubric) -> tuple[str, str, str]:
    """The words for the three levels, the lowest first."""
    return rubric.label(Level.EMERGING), rubric.label(Level.ESTABLISHED), rubric.label(Level.ADVANCED)


def tell_change(rating: Rating, before: Level | None, is_first: bool, rubric: Rubric) -> str:
    """How an area has moved since `before`, its level in the last cycle; None where it had none then."""
    if is_first:
        return "First review"
    if rating.level is None or before is None:
        return "Cannot be compared"
    if rating.level is before:
        return "No change"
    return f"{'Up' if rating.level > before else 'Down'} from {rubric.label(before)}"


def find_strengths(submission: Submission, assessment: Assessment, rubric: Rubric) -> tuple[PlanEvidence, ...]:
    """Criteria at Established or better for which the school says how it knows: Advanced ones first, then in rubric order, at
    most two of an area and six in all."""
    evidence = {response.criterion: response.evidence for response in submission.responses if response.evidence.strip()}
    strong = [
        (standing, area.area)
        for area in assessment.areas
        for standing in area.standings
        if standing.level is not None and standing.level >= Level.ESTABLISHED and standing.criterion in evidence
    ]
    found: list[PlanEvidence] = []
    taken: dict[int, int] = {}
    for standing, area in sorted(strong, key=lambda one: one[0].level is not Level.ADVANCED):
        if len(found) < _STRENGTHS and taken.get(area, 0) < _IN_ONE_AREA and standing.level is not None:
            taken[area] = taken.get(area, 0) + 1
            key = standing.criterion
            found.append(PlanEvidence(key, rubric.criteria[key].title, rubric.answer_label(standing.level), evidence[key]))
    return tuple(found)

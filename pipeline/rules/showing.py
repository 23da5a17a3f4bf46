"""What the first pages of a plan show: how each area has moved, and what stands out in the school's own words."""

from pipeline.model.assessment import Assessment
from pipeline.model.comparison import Comparison, Movement
from pipeline.model.level import Level
from pipeline.model.plan import PlanEvidence
from pipeline.model.rubric import Rubric
from pipeline.model.submission import Submission
from pipeline.rules.comparison import say_before

_MOVED = {
    Movement.SAME: "No change",
    Movement.HIGHER: "Up from {before}",
    Movement.LOWER: "Down from {before}",
    Movement.BETWEEN: "Was {before}",
}
_STRENGTHS, _IN_ONE_AREA = 6, 2  # they fill one page, and no area takes it all


def tell_rungs(rubric: Rubric) -> tuple[str, str, str]:
    """The words for the three levels, the lowest first."""
    return rubric.label(Level.EMERGING), rubric.label(Level.ESTABLISHED), rubric.label(Level.ADVANCED)


def tell_change(compared: Comparison | None, area: int, rubric: Rubric) -> str:
    """How an area has moved since the last cycle, in a few words; levels that came about under another rubric say so."""
    if compared is None:
        return "First review"
    one = compared.of(area)
    if one is None or one.movement is Movement.UNKNOWN:
        return "Cannot be compared"
    told = _MOVED[one.movement].format(before=say_before(one, rubric))
    return f"{told} (rubric changed)" if one.crosses_break else told


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

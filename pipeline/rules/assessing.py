"""From a submission to its assessment: every answer weighed, every area rated, every opportunity found."""

from collections.abc import Mapping

from pipeline.model.assessment import AreaRating, Assessment, Standing
from pipeline.model.finding import Finding
from pipeline.model.level import Level
from pipeline.model.rubric import Rubric
from pipeline.model.submission import Submission
from pipeline.rules.opportunity import choose_priorities, find_opportunities
from pipeline.rules.rating import rate_area, rate_overall
from pipeline.rules.standing import stand


def assess(submission: Submission, rubric: Rubric, previous: Mapping[str, Level]) -> tuple[Assessment, tuple[Finding, ...]]:
    """Rates a submission. `previous` maps criterion ids to last cycle's levels; empty for a school's first.

    Findings: RT311, RT313, RT314, RT315.
    """
    areas, findings = rate_areas(submission, rubric)
    opportunities = find_opportunities(areas, submission.responses, rubric, previous)
    assessment = Assessment(areas, rate_overall(areas, rubric), opportunities, choose_priorities(opportunities, rubric))
    return assessment, findings


def rate_areas(submission: Submission, rubric: Rubric) -> tuple[tuple[AreaRating, ...], tuple[Finding, ...]]:
    """Every area of the rubric, and what is wrong with single answers. Findings: RT311, RT313, RT314, RT315."""
    standings: dict[str, Standing] = {}
    findings: list[Finding] = []
    for response in submission.responses:
        standing, found = stand(response, rubric.criteria[response.criterion], rubric)
        standings[response.criterion] = standing
        findings.extend(found)
    areas = tuple(
        rate_area(area, [standings[criterion.id] for criterion in area.criteria if criterion.id in standings], rubric)
        for area in rubric.areas
    )
    return areas, tuple(findings)

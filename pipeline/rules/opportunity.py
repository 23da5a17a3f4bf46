"""Opportunities: what a school may improve, in the order in which it matters."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.assessment import AreaRating, Kind, Opportunity, Standing
from pipeline.model.level import Level
from pipeline.model.rubric import Criterion, LevelRule, Rubric, Step
from pipeline.model.submission import Response

_ORDER = {kind: place for place, kind in enumerate(Kind)}


def find_opportunities(
    areas: Sequence[AreaRating],
    responses: Sequence[Response],
    rubric: Rubric,
    previous: Mapping[str, Level],
) -> tuple[Opportunity, ...]:
    """Every opportunity, most important first.

    Statutory gaps; criteria not yet in place; criteria that hold their area below its next level; criteria that have fallen
    since `previous` (criterion id → level of the last cycle); the school's own. Gaps stand in rubric order; within the other
    kinds comes first what the area's smallest change names, then the lowest-rated areas, then rubric order.
    """
    own = {response.criterion: response.own_opportunity for response in responses if response.own_opportunity.strip()}
    found = [(area, opportunity) for area in areas for opportunity in _for_area(area, rubric, own, previous)]
    ranked = sorted(found, key=lambda pair: _rank(*pair))
    return tuple(opportunity for _, opportunity in ranked)


def choose_priorities(opportunities: Sequence[Opportunity], rubric: Rubric) -> tuple[str, ...]:
    """The references that follow the statutory gaps on the plan's first page, no area taking more than its share."""
    rule = rubric.frame.rules.priorities
    chosen: list[str] = []
    taken: Counter[int] = Counter()
    for opportunity in opportunities:
        if len(chosen) >= rule.most:
            break
        if opportunity.kind is not Kind.STATUTORY_GAP and taken[opportunity.area] < rule.most_in_one_area:
            taken[opportunity.area] += 1
            chosen.append(opportunity.ref)
    return tuple(chosen)


def _rank(area: AreaRating, opportunity: Opportunity) -> tuple[int, bool, int]:
    if opportunity.kind is Kind.STATUTORY_GAP:  # the law does not rank its duties
        return (0, False, 0)
    return (_ORDER[opportunity.kind], not opportunity.in_smallest_change, area.rating.lowest or 0)


def _for_area(area: AreaRating, rubric: Rubric, own: Mapping[str, str], previous: Mapping[str, Level]) -> Iterator[Opportunity]:
    """Of each criterion the rubric's step, if it is an opportunity, and then the school's own."""
    rule = _next_rule(area, rubric)
    named = {change.key for change in area.rating.changes}
    for standing in area.standings:
        key = standing.criterion
        criterion = rubric.criteria[key]
        kind = _kind(standing, rule, previous)
        if kind:
            yield _opportunity(area.area, criterion, "a", kind, _step(standing, criterion, rubric), key in named)
        if key in own:
            yield _opportunity(area.area, criterion, "b" if kind else "a", Kind.OWN, Step(own[key], "", ""), False)


def _kind(standing: Standing, rule: LevelRule | None, previous: Mapping[str, Level]) -> Kind | None:
    """Why a criterion is an opportunity, or None where it is not; `rule` is that of its area's next level."""
    if standing.level is None:
        return None
    if standing.level is Level.NOT_YET:
        return Kind.STATUTORY_GAP if standing.is_gate else Kind.NOT_YET
    if rule and standing.level < rule.at_least:
        return Kind.HOLDING
    return Kind.FELL if standing.level < previous.get(standing.criterion, Level.NOT_YET) else None


def _next_rule(area: AreaRating, rubric: Rubric) -> LevelRule | None:
    return next((rule for rule in rubric.frame.rules.area if rule.level is area.rating.next_level), None)


def _step(standing: Standing, criterion: Criterion, rubric: Rubric) -> Step:
    assert standing.level is not None
    if standing.lacks_evidence:
        return rubric.frame.rules.evidence.step
    return criterion.steps.to(Level(standing.level + 1))


def _opportunity(area: int, criterion: Criterion, letter: str, kind: Kind, step: Step, named: bool) -> Opportunity:
    return Opportunity(
        ref=f"{criterion.id}-{letter}",
        criterion=criterion.id,
        area=area,
        kind=kind,
        opportunity=step.opportunity,
        action=step.action,
        success=step.success,
        lead="" if kind is Kind.OWN else criterion.lead,
        in_smallest_change=named,
    )

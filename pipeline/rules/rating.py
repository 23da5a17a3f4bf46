"""Ratings: how levels of criteria make the level of an area, and areas the overall.

Nothing here knows a threshold: `LevelRule` carries them. Levels are counted in whole numbers and exact fractions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.assessment import AreaRating, Change, Rating, Standing
from pipeline.model.level import Level, State
from pipeline.model.rubric import Area, LevelRule, Rubric
from pipeline.rules.sentence import Wording

Levels = Mapping[str, Level]


def meets(levels: Levels, rule: LevelRule) -> bool:
    """Whether levels satisfy a rule: its share, its floor and the areas it names (those absent are not asked for)."""
    return (
        sum(level >= rule.at_least for level in levels.values()) >= rule.needed(len(levels))
        and all(level >= rule.none_below for level in levels.values())
        and all(levels.get(area, least) >= least for area, least in _named(rule).items())
    )


def derive(levels: Levels, rules: Sequence[LevelRule], lowest: Level, cap: Level) -> Level:
    """The level of the first rule met, highest first; `lowest` where none is; never above `cap`."""
    reached = next((rule.level for rule in rules if meets(levels, rule)), lowest)
    return min(reached, cap)


def smallest_change(levels: Levels, rule: LevelRule, must_rise: Sequence[str] = ()) -> tuple[tuple[str, Level], ...]:
    """The fewest one-step rises that satisfy `rule` and lift every key of `must_rise` off the lowest rung.

    Gives (key, level to reach) in the order of `levels`. It is exact: each key's floor must be met whatever else is done, and
    after that every key costs what it lacks to `at_least`, independently of the others, so taking the cheapest is minimal.
    """
    named = _named(rule)
    floors = {key: max(level, rule.none_below, named.get(key, level)) for key, level in levels.items()}
    floors |= {key: max(floors[key], Level.EMERGING) for key in must_rise if key in floors}
    missing = rule.needed(len(levels)) - sum(level >= rule.at_least for level in floors.values())
    below = sorted((key for key in floors if floors[key] < rule.at_least), key=lambda key: rule.at_least - floors[key])
    raised = floors | dict.fromkeys(below[: max(0, missing)], rule.at_least)
    return tuple((key, raised[key]) for key in levels if raised[key] > levels[key])


def _named(rule: LevelRule) -> Levels:
    return {str(area): least for area, least in rule.areas_at_least.items()}


def rate_area(area: Area, standings: Sequence[Standing], rubric: Rubric) -> AreaRating:
    """An area's rating from how its criteria stand.

    Blanks are counted twice, all at the lowest and all at the highest answer: where both give one level it is the rating,
    otherwise the area is not rated. Criteria that are not applicable are left out; an area of nothing else has no rating.
    """
    counted = [standing for standing in standings if standing.state is not State.NOT_APPLICABLE]
    if not counted:
        return AreaRating(area.number, _not_applicable(), tuple(standings))
    rules, words = rubric.frame.rules, Wording(rubric, "criterion", "criteria")
    worst = _fill(counted, Level.NOT_YET)
    gates = tuple(standing.criterion for standing in counted if standing.is_statutory_gap)
    blanks = tuple(standing.criterion for standing in counted if standing.is_blank)
    unmet = [standing.criterion for standing in counted if standing.is_gate and worst[standing.criterion] is Level.NOT_YET]
    best = _fill(counted, Level.ADVANCED) if blanks else worst
    cap = rules.gate.caps_area_at
    caps = (cap if unmet else Level.ADVANCED, cap if gates else Level.ADVANCED)
    bounds = _bound(worst, best, rules.area, Level.NOT_YET, caps)
    next_rule = _rule_above(bounds.low, rules.area)
    must_rise = unmet if next_rule and next_rule.level > cap else ()
    steps = smallest_change(worst, next_rule, must_rise) if next_rule else ()
    by_key = {standing.criterion: standing for standing in counted}
    changes = tuple(_change(by_key[key], to) for key, to in steps)
    lift = words.lift(changes, next_rule.level if next_rule else None, bounds.low is bounds.high)
    rating = _explain(bounds, worst, next_rule, words, gates, blanks, lift, changes)
    return AreaRating(area.number, rating, tuple(standings))


def rate_overall(areas: Sequence[AreaRating], rubric: Rubric) -> Rating | None:
    """The overall rating, or None where the LA has switched it off. Open areas are counted twice, as blanks are."""
    rules, words = rubric.frame.rules, Wording(rubric, "area", "areas")
    if not rules.overall.enabled:
        return None
    counted = [area for area in areas if area.rating.state is not State.NOT_APPLICABLE]
    if not counted:
        return _not_applicable()
    worst = {str(area.area): area.rating.lowest or Level.NOT_YET for area in counted}
    best = {str(area.area): area.rating.highest or Level.NOT_YET for area in counted}
    gates = tuple(gate for area in counted for gate in area.rating.gates)
    cap_high = rules.gate.caps_overall_at if gates else Level.ADVANCED
    cap_low = rules.gate.caps_overall_at if _has_open_gate(counted) else cap_high
    bounds = _bound(worst, best, rules.overall.levels, rules.overall.lowest, (cap_low, cap_high))
    blanks = tuple(str(area.area) for area in counted if area.rating.state is State.NOT_RATED)
    next_rule = _rule_above(bounds.low, rules.overall.levels)
    changes = tuple(Change(key, worst[key], to) for key, to in smallest_change(worst, next_rule)) if next_rule else ()
    lift = words.lift_overall(changes, next_rule, gates, bounds.low is bounds.high)
    return _explain(bounds, worst, next_rule, words, gates, blanks, lift, changes)


@dataclass(frozen=True)
class Bounds:
    """The level with every blank at its lowest, with every blank at its highest, and the lowest had no gate bitten; and the
    rule that decided the lowest, if one was met."""

    low: Level
    high: Level
    without_gates: Level
    deciding: LevelRule | None


def _bound(worst: Levels, best: Levels, rules: Sequence[LevelRule], lowest: Level, caps: tuple[Level, Level]) -> Bounds:
    """`caps` are what gates allow at the worst and at the best."""
    met = [rule for rule in rules if meets(worst, rule)]
    reached = met[0].level if met else lowest
    low = min(reached, caps[0])
    top = reached if best == worst else derive(best, rules, lowest, caps[1])
    return Bounds(low, min(top, caps[1]), reached, next((rule for rule in met if rule.level <= low), None))


def _explain(
    bounds: Bounds,
    worst: Levels,
    next_rule: LevelRule | None,
    words: Wording,
    gates: tuple[str, ...],
    blanks: tuple[str, ...],
    lift: str,
    changes: tuple[Change, ...],
) -> Rating:
    low, high = bounds.low, bounds.high
    is_rated, bitten = low is high, bounds.without_gates > low
    return Rating(
        state=State.RATED if is_rated else State.NOT_RATED,
        level=low if is_rated else None,
        lowest=low,
        highest=high,
        reason=words.reason(low, high, worst, bounds.deciding, gates if bitten else (), bounds.without_gates, blanks),
        lift=lift,
        next_level=next_rule.level if next_rule else None,
        changes=changes,
        decided_by=_deciding_keys(worst, bounds.deciding),
        gates=gates,
        without_gates=bounds.without_gates if bitten else None,
        blanks=blanks,
    )


def _rule_above(level: Level, rules: Sequence[LevelRule]) -> LevelRule | None:
    return next((rule for rule in reversed(rules) if rule.level > level), None)


def _fill(standings: Sequence[Standing], blank: Level) -> dict[str, Level]:
    return {standing.criterion: blank if standing.level is None else standing.level for standing in standings}


def _has_open_gate(areas: Sequence[AreaRating]) -> bool:
    return any(standing.is_gate and standing.is_blank for area in areas for standing in area.standings)


def _deciding_keys(levels: Levels, rule: LevelRule | None) -> tuple[str, ...]:
    """What met the deciding rule; where none was met, what stood at the bottom."""
    if rule is None:
        return tuple(key for key, level in levels.items() if level is Level.NOT_YET)
    return tuple(key for key, level in levels.items() if level >= rule.at_least)


def _change(standing: Standing, to: Level) -> Change:
    evidence_only = standing.answered is not None and standing.answered >= to
    return Change(standing.criterion, standing.level, to, evidence_only)


def _not_applicable() -> Rating:
    reason = "Nothing here applies to this school, so there is no rating."
    return Rating(State.NOT_APPLICABLE, None, None, None, reason, "", None, (), (), (), None, ())

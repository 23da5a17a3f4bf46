"""Ratings: how levels of criteria make the level of an area, and areas the overall.

Nothing here knows a threshold: `LevelRule` carries them. Levels are counted in whole numbers and exact fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.model.assessment import AreaRating, Change, Rating, Standing
from pipeline.model.level import Level, State
from pipeline.model.rubric import Area, LevelRule, Rubric, Rules
from pipeline.rules.lift import Levels, change_of, effort_of, level_above, named_areas, reach
from pipeline.rules.sentence import Wording

_MUCH = 1000


def meets(levels: Levels, rule: LevelRule) -> bool:
    """Whether levels satisfy a rule: its share, its floor and the areas it names (those absent are not asked for)."""
    return (
        sum(level >= rule.at_least for level in levels.values()) >= rule.needed(len(levels))
        and all(level >= rule.none_below for level in levels.values())
        and all(levels.get(area, least) >= least for area, least in named_areas(rule).items())
    )


def derive(levels: Levels, rules: Sequence[LevelRule], lowest: Level, cap: Level) -> Level:
    """The level of the first rule met, highest first; `lowest` where none is; never above `cap`."""
    reached = next((rule.level for rule in rules if meets(levels, rule)), lowest)
    return min(reached, cap)


@dataclass(frozen=True)
class Gates:
    """What may hold a rating at `cap`: the statutory gaps, and with them (`unmet`) the gates that are not answered."""

    gaps: tuple[str, ...]
    unmet: tuple[str, ...]
    cap: Level

    @property
    def caps(self) -> tuple[Level, Level]:
        """The highest level with every blank at its lowest, and with every blank at its highest."""
        return self.cap if self.unmet else Level.ADVANCED, self.cap if self.gaps else Level.ADVANCED

    def to_close(self, target: Level | None) -> tuple[str, ...]:
        """Those that must be in place before `target` can be given."""
        return self.unmet if target is not None and target > self.cap else ()


def rate_area(area: Area, standings: Sequence[Standing], rubric: Rubric) -> AreaRating:
    """An area's rating from how its criteria stand.

    Blanks are counted twice, all at the lowest and all at the highest answer: where both give one level it is the rating,
    otherwise the area is not rated. Criteria that are not applicable are left out; an area of nothing else has no rating.
    """
    counted = _counted(standings)
    if not counted:
        return AreaRating(area.number, _not_applicable(), tuple(standings))
    rules, words = rubric.frame.rules, Wording(rubric, "criterion", "criteria")
    worst = _fill(counted, Level.NOT_YET)
    blanks = tuple(standing.criterion for standing in counted if standing.is_blank)
    best = _fill(counted, Level.ADVANCED) if blanks else worst
    gates = _gates(counted, rules.gate.caps_area_at)
    bounds = _bound(worst, best, rules.area, Level.NOT_YET, gates)
    if bounds.may_be_held:
        bounds = replace(bounds, without_gates=_with_gates_in_place(counted, gates.gaps, rules, Level.ADVANCED))
    changes, target = _area_changes(counted, worst, bounds.low, gates, rules)
    lift = words.lift(changes, target, bounds.low is bounds.high)
    rating = _explain(bounds, worst, target, words, blanks, lift, changes)
    return AreaRating(area.number, rating, tuple(standings))


def _area_changes(
    counted: Sequence[Standing], worst: Levels, low: Level, gates: Gates, rules: Rules
) -> tuple[tuple[Change, ...], Level | None]:
    """The smallest change that lifts an area, and the level that it gives; none where there is nothing above."""
    target = level_above(low, rules.area, Level.NOT_YET, gates.caps[0])
    if target is None:
        return (), None
    standings = {standing.criterion: standing for standing in counted}
    steps = dict(reach(worst, rules.area, target, gates.to_close(target), effort_of(standings, rules.evidence)))
    left = [key for key in gates.unmet if key not in steps]
    given = derive({**worst, **steps}, rules.area, Level.NOT_YET, gates.cap if left else Level.ADVANCED)
    return tuple(change_of(standings[key], to, rules.evidence) for key, to in steps.items()), given


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
    gates = _gates([standing for area in counted for standing in area.standings], rules.gate.caps_overall_at)
    bounds = _bound(worst, best, rules.overall.levels, rules.overall.lowest, gates)
    if bounds.may_be_held:
        closed = _close_gates(counted, best, gates.gaps, rules, Level.ADVANCED)
        without = derive(closed, rules.overall.levels, rules.overall.lowest, Level.ADVANCED)
        bounds = replace(bounds, without_gates=without)
    closing, rises, target = _overall_changes(counted, worst, bounds.low, gates, rules)
    lift = words.lift_overall(closing, rises, target, bounds.low is bounds.high)
    blanks = tuple(str(area.area) for area in counted if area.rating.state is State.NOT_RATED)
    return _explain(bounds, worst, target, words, blanks, lift, closing + rises)


def _overall_changes(
    counted: Sequence[AreaRating], worst: Levels, low: Level, gates: Gates, rules: Rules
) -> tuple[tuple[Change, ...], tuple[Change, ...], Level | None]:
    """The gates that must close, and then the fewest one-step rises of areas, counted from where closing those leaves them: a
    gap that is closed may lift its area by itself. Of equally few, the areas whose next level takes the fewest answers. Last
    the level that this gives: closing a gap may lift the overall by more than one."""
    levels, lowest = rules.overall.levels, rules.overall.lowest
    target = level_above(low, levels, lowest, gates.caps[0])
    if target is None:
        return (), (), None
    to_close = gates.to_close(target)
    standings = {standing.criterion: standing for area in counted for standing in area.standings}
    ratings = {str(area.area): area.rating for area in counted}
    begun = _close_gates(counted, worst, to_close, rules)
    otherwise = LevelRule(lowest, Fraction(0), Level.NOT_YET)  # asks for nothing
    steps = dict(
        reach(begun, (*levels, otherwise), target, (), lambda key, _: _answers_to_rise(ratings[key], begun[key], to_close))
    )
    closing = tuple(change_of(standings[key], Level.EMERGING, rules.evidence) for key in to_close)
    given = derive({**begun, **steps}, levels, lowest, Level.ADVANCED if to_close else gates.caps[0])
    return closing, tuple(Change(key, ratings[key].level, to) for key, to in steps.items()), given


def _answers_to_rise(rating: Rating, begun: Level, to_close: Sequence[str]) -> int:
    """How many rises of criteria the next level of an area takes, beside those of gates that close anyway. Where closing them
    gives that level already, what the level after takes is not known, and taken to be much."""
    if rating.next_level is None or rating.next_level <= begun:
        return _MUCH
    steps = sum(change.to - (change.now or Level.NOT_YET) for change in rating.changes)
    return steps - sum(change.key in to_close for change in rating.changes)


def _close_gates(
    areas: Sequence[AreaRating], levels: Levels, gates: Sequence[str], rules: Rules, blank: Level = Level.NOT_YET
) -> Levels:
    """`levels` of areas, where those with one of `gates` stand as if it were in place."""
    touched = [area for area in areas if any(standing.criterion in gates for standing in area.standings)] if gates else []
    closed = {str(area.area): _with_gates_in_place(_counted(area.standings), gates, rules, blank) for area in touched}
    return {**levels, **closed}


def _with_gates_in_place(counted: Sequence[Standing], gates: Sequence[str], rules: Rules, blank: Level) -> Level:
    """The level of an area, were these gates of it at Emerging, its blanks at `blank` and all else as it is."""
    levels = _fill(counted, blank)
    levels |= {key: Level.EMERGING for key in levels if key in gates}
    left = any(one.is_gate and levels[one.criterion] is Level.NOT_YET for one in counted)
    return derive(levels, rules.area, Level.NOT_YET, rules.gate.caps_area_at if left else Level.ADVANCED)


@dataclass(frozen=True)
class Bounds:
    """The level with every blank at its lowest and at its highest; the rule that decided the lowest, if one was met; and the
    highest level there would be without the statutory gaps."""

    low: Level
    high: Level
    deciding: LevelRule | None
    gates: Gates
    without_gates: Level

    @property
    def may_be_held(self) -> bool:
        """Whether there is a rating where statutory gaps can hold it."""
        return bool(self.gates.gaps) and self.low is self.high is self.gates.cap

    @property
    def biting(self) -> tuple[str, ...]:
        """The statutory gaps that hold the rating where it is."""
        return self.gates.gaps if self.without_gates > self.low else ()


def _bound(worst: Levels, best: Levels, rules: Sequence[LevelRule], lowest: Level, gates: Gates) -> Bounds:
    met = [rule for rule in rules if meets(worst, rule)]
    reached = met[0].level if met else lowest
    cap_low, cap_high = gates.caps
    low = min(reached, cap_low)
    top = reached if best == worst else derive(best, rules, lowest, cap_high)
    return Bounds(low, min(top, cap_high), next((rule for rule in met if rule.level <= low), None), gates, low)


def _explain(
    bounds: Bounds,
    worst: Levels,
    target: Level | None,
    words: Wording,
    blanks: tuple[str, ...],
    lift: str,
    changes: tuple[Change, ...],
) -> Rating:
    low, high = bounds.low, bounds.high
    is_rated, biting = low is high, bounds.biting
    return Rating(
        state=State.RATED if is_rated else State.NOT_RATED,
        level=low if is_rated else None,
        lowest=low,
        highest=high,
        reason=words.reason(low, high, worst, bounds.deciding, biting, bounds.without_gates, blanks),
        lift=lift,
        next_level=target,
        changes=changes,
        decided_by=_deciding_keys(worst, bounds.deciding),
        gates=bounds.gates.gaps,
        without_gates=bounds.without_gates if biting else None,
        blanks=blanks,
    )


def _counted(standings: Sequence[Standing]) -> list[Standing]:
    return [standing for standing in standings if standing.state is not State.NOT_APPLICABLE]


def _gates(standings: Sequence[Standing], cap: Level) -> Gates:
    gates = [standing for standing in standings if standing.is_gate]
    gaps = tuple(standing.criterion for standing in gates if standing.is_statutory_gap)
    return Gates(gaps, tuple(one.criterion for one in gates if one.is_statutory_gap or one.is_blank), cap)


def _fill(standings: Sequence[Standing], blank: Level) -> dict[str, Level]:
    return {standing.criterion: blank if standing.level is None else standing.level for standing in standings}


def _deciding_keys(levels: Levels, rule: LevelRule | None) -> tuple[str, ...]:
    """What met the deciding rule; where none was met, what stood at the bottom."""
    if rule is None:
        return tuple(key for key, level in levels.items() if level is Level.NOT_YET)
    return tuple(key for key, level in levels.items() if level >= rule.at_least)


def _not_applicable() -> Rating:
    reason = "Nothing here applies to this school, so there is no rating."
    return Rating(State.NOT_APPLICABLE, None, None, None, reason, "", None, (), (), (), None, ())

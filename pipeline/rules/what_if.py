"""Stored returns under a draft rubric: each answer where the draft asks for it, every area rated again, what would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model.assessment import AreaRating, Rating
from pipeline.model.finding import Place
from pipeline.model.level import Answer, Level, State
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase
from pipeline.model.submission import Response, Submission
from pipeline.model.what_if import Again, Direction, Rated, Shift, Stored
from pipeline.rules.assessing import rate_areas
from pipeline.rules.rating import rate_overall
from pipeline.rules.sentence import share_in_words
from pipeline.rules.succession import Trace

Sources = Mapping[int, tuple[int, ...]]


def recast(submission: Submission, way: Trace, draft: Rubric, phase: Phase) -> Submission:
    """The return as if it had been made for the draft, which asks the schools of a phase its own criteria. `way` is criterion
    of the draft → those it took over. One that took over several has the lowest answer; one that is new is a blank."""
    given = {response.criterion: response for response in submission.responses}
    responses = tuple(
        _recast(criterion.id, [given[one] for one in way[criterion.id] if one in given], submission.file)
        for criterion in draft.criteria_for(phase)
    )
    return replace(submission, responses=responses)


def _recast(key: str, given: Sequence[Response], file: str) -> Response:
    if not given:
        return Response(key, None, "", "", "", Place(file), "")
    applicable = [response for response in given if response.answer is not Answer.NOT_APPLICABLE] or given
    return replace(min(applicable, key=_rank), criterion=key)


def _rank(response: Response) -> tuple[int, bool]:
    """A blank is lowest, since it may be anything; of two answers alike, the one without evidence."""
    level = response.answer.level if response.answer else None
    return (-1 if level is None else level, bool(response.evidence.strip()))


def rate_again(stored: Stored, way: Trace, sources: Sources, draft: Rubric) -> Again:
    """A school under the draft. An area is compared with all of `sources` (area of the draft → earlier ones): it changes where
    it does not stand where every one of them stood."""
    areas, _ = rate_areas(recast(stored.submission, way, draft, stored.school.phase), draft)
    overall = rate_overall(areas, draft)
    found = [_shift_overall(stored, areas, overall, draft)] if stored.overall and overall else []
    found += [_shift_area(stored, area, sources[area.area], draft) for area in areas]
    return Again(stored.school, tuple(shift for shift in found if shift))


def _shift_overall(stored: Stored, areas: Sequence[AreaRating], overall: Rating, draft: Rubric) -> Shift | None:
    levels = [area.rating.lowest or Level.NOT_YET for area in areas if area.rating.state is not State.NOT_APPLICABLE]
    before = [stored.overall] if stored.overall else []
    return _shift(0, (), before, overall, levels, draft)


def _shift_area(stored: Stored, area: AreaRating, since: tuple[int, ...], draft: Rubric) -> Shift | None:
    levels = [one.level or Level.NOT_YET for one in area.standings if one.state is not State.NOT_APPLICABLE]
    return _shift(area.area, since, [stored.areas[one] for one in since if one in stored.areas], area.rating, levels, draft)


def _shift(
    area: int, since: tuple[int, ...], before: Sequence[Rated], after: Rating, levels: Sequence[Level], draft: Rubric
) -> Shift | None:
    direction = _direction([rated.level for rated in before], after)
    if direction is None:
        return None
    return Shift(
        area=area,
        since=since,
        before=say_levels(before, draft),
        after=draft.label(after.level, after.state),
        direction=direction,
        rule=after.reason,
        cause=_cause(after, direction, levels, draft, of_areas=area == 0),
    )


def _direction(before: Sequence[Level | None], after: Rating) -> Direction | None:
    known = [level for level in before if level is not None]
    if after.level is None:
        return Direction.NOT_RATED if known and after.state is State.NOT_RATED else None
    if not known:
        return Direction.NOW_RATED if before else None
    lowest, highest = min(known), max(known)
    if lowest <= after.level <= highest:
        return Direction.BETWEEN if lowest < highest else None
    return Direction.HIGHER if after.level > highest else Direction.LOWER


def say_levels(before: Iterable[Rated], rubric: Rubric) -> str:
    """One level, or from the lowest to the highest of several: `Emerging to Established`."""
    ratings = list(before)
    known = [rated.level for rated in ratings if rated.level is not None]
    if not known:
        return rubric.label(None, ratings[0].state)
    lowest, highest = rubric.label(min(known)), rubric.label(max(known))
    return lowest if lowest == highest else f"{lowest} to {highest}"


def _cause(after: Rating, direction: Direction, levels: Sequence[Level], draft: Rubric, *, of_areas: bool) -> str:
    """What decides the new rating: the cap, the part of the next rule that is missed, or the rule that is met."""
    rules = draft.frame.rules.overall.levels if of_areas else draft.frame.rules.area
    one, many = ("area", "areas") if of_areas else ("criterion", "criteria")
    name = draft.label if of_areas else draft.answer_label
    if direction is Direction.NOT_RATED:
        return "Too many areas are not rated" if of_areas else "Too many criteria have no answer"
    if after.without_gates is not None:
        return "A statutory duty is not yet in place"
    wanted = after.next_level if direction is Direction.LOWER else after.level
    rule = next((rule for rule in rules if rule.level is wanted), None)
    if rule is None:
        return "No higher rule is met"
    better = "" if rule.at_least is Level.ADVANCED else " or better"
    share = f"{share_in_words(rule.share)} of {many} at {name(rule.at_least)}{better}"
    if direction is not Direction.LOWER:
        return f"{share[:1].upper()}{share[1:]}"
    if sum(level >= rule.at_least for level in levels) < rule.needed(len(levels)):
        return f"Fewer than {share}"
    if any(level < rule.none_below for level in levels):
        return f"One {one} or more below {name(rule.none_below)}"
    return f"Area {', '.join(map(str, rule.areas_at_least))} below what {draft.label(rule.level)} asks of it"

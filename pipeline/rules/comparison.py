"""This cycle beside an earlier one, across editions of the rubric: what is compared with what, and where the break is."""

from collections.abc import Mapping, Sequence

from pipeline.model.comparison import AreaComparison, Comparison, Earlier, Movement
from pipeline.model.edition import is_comparable
from pipeline.model.level import Level, State
from pipeline.model.rubric import Rubric
from pipeline.rules.sentence import join_words
from pipeline.rules.succession import Trace, trace

Levels = Mapping[int, Level | None]

_WITH_CARE = "The criteria or the rules have changed since, so set the levels side by side with care."


def levels_before(earlier: Earlier, rubric: Rubric, kept: Mapping[str, Rubric]) -> Mapping[str, Level]:
    """Criterion id of `rubric` → its earlier level, where it is known. One that took over several has the lowest of theirs, so
    that none falls by being merged."""
    way = trace(rubric, earlier.edition, earlier.levels, kept) or {}
    found = {key: [earlier.levels[one] for one in before] for key, before in way.items()}
    known = {key: [level for level in told if level is not None] for key, told in found.items()}
    return {key: min(levels) for key, levels in known.items() if levels and len(levels) == len(found[key])}


def compare(earlier: Earlier, now: Levels, rubric: Rubric, kept: Mapping[str, Rubric]) -> Comparison | None:
    """Every area of `rubric` beside the earlier cycle; None where there is none. `now` is area number → level."""
    if not earlier.edition:
        return None
    way = trace(rubric, earlier.edition, earlier.levels, kept)
    sources = find_sources(rubric, earlier.areas, way, find_crosswalk(rubric, earlier.edition, kept))
    areas = tuple(
        _compare_area(area.number, sources[area.number], now.get(area.number), earlier, rubric) for area in rubric.areas
    )
    return Comparison(earlier.edition, is_comparable(rubric.edition, earlier.edition), areas)


def find_sources(
    rubric: Rubric, before: Levels, way: Trace | None, crosswalk: Mapping[int, Sequence[int]]
) -> Mapping[int, tuple[int, ...]]:
    """Area of `rubric` → the areas `before` that it is compared with: itself, those that were merged into it, or, for one that
    is new, those its criteria came from. Nothing where no way leads back."""
    numbers = [area.number for area in rubric.areas]
    if way is None:
        return dict.fromkeys(numbers, ())
    came_from = {
        area.number: {_area_of(one) for criterion in area.criteria for one in way[criterion.id]} for area in rubric.areas
    }
    found: dict[int, set[int]] = {
        number: {number} if number in before else came_from[number] & before.keys() for number in numbers
    }
    for gone in before.keys() - set(numbers):
        led = [number for number in numbers if gone in came_from[number]]
        for number in led or crosswalk.get(gone, ()):
            if number in found:
                found[number].add(gone)
    return {number: tuple(sorted(found[number])) for number in numbers}


def _area_of(criterion: str) -> int:
    return int(criterion.split(".", maxsplit=1)[0])


def find_crosswalk(rubric: Rubric, edition: str, kept: Mapping[str, Rubric]) -> Mapping[int, Sequence[int]]:
    """Area that is no longer asked → where it went, as either edition says."""
    earlier = next((other for name, other in kept.items() if is_comparable(name, edition)), None)
    areas = (*(earlier.areas if earlier else ()), *rubric.retired)
    return {area.number: area.crosswalk for area in areas}


def _compare_area(number: int, since: tuple[int, ...], now: Level | None, earlier: Earlier, rubric: Rubric) -> AreaComparison:
    levels = [level for one in since if (level := earlier.areas[one]) is not None]
    lowest, highest = min(levels, default=None), max(levels, default=None)
    crosses = since != (number,) or not is_comparable(rubric.edition, earlier.edition)
    sentence = _say(number, since, lowest, highest, earlier.edition, rubric) if crosses else _say_plainly(lowest, now, rubric)
    return AreaComparison(number, since, lowest, highest, crosses, _movement(lowest, highest, now), sentence)


def _movement(lowest: Level | None, highest: Level | None, now: Level | None) -> Movement:
    if lowest is None or highest is None or now is None:
        return Movement.UNKNOWN
    if now > highest:
        return Movement.HIGHER
    if now < lowest:
        return Movement.LOWER
    return Movement.SAME if lowest is highest else Movement.BETWEEN


def say_before(compared: AreaComparison, rubric: Rubric) -> str:
    """What an area is compared with, as a label: `Emerging`, or of several areas `Emerging to Established`."""
    lowest, highest = compared.lowest, compared.highest
    if lowest is None or highest is None:
        return rubric.label(None, State.NOT_RATED) if compared.since else ""
    return rubric.label(lowest) if lowest is highest else f"{rubric.label(lowest)} to {rubric.label(highest)}"


def say_break(compared: AreaComparison, edition: str) -> str:
    """Across which break an area is compared, in a few words; nothing where it is like with like."""
    if not compared.crosses_break:
        return ""
    if not compared.since:
        return f"Nothing to compare it with in {edition}"
    if compared.since == (compared.area,):
        return f"Rated under {edition}"
    return f"{_name_areas(compared.since)} of {edition}"


def _name_areas(numbers: Sequence[int]) -> str:
    return f"{'Area' if len(numbers) == 1 else 'Areas'} {join_words([f'{one}' for one in numbers])}"


def _say_plainly(before: Level | None, now: Level | None, rubric: Rubric) -> str:
    told = f"{rubric.label(before, State.NOT_RATED)} last cycle"
    if before is None or now is None:
        return f"{told}."
    return f"{told}, and again now." if before is now else f"{told}, {rubric.label(now)} now."


def _say(number: int, since: tuple[int, ...], lowest: Level | None, highest: Level | None, edition: str, rubric: Rubric) -> str:
    if not since:
        return f"Last cycle was rated under {edition}, and nothing there can be compared with Area {number}."
    stood = _stood(lowest, highest, rubric)
    if since == (number,):
        return f"Area {number} {stood} last cycle, under {edition}. {_WITH_CARE}"
    verb = "takes in" if number in since else "comes from"
    return f"Area {number} {verb} {_name_areas(since)} of {edition}, which {stood} last cycle. {_WITH_CARE}"


def _stood(lowest: Level | None, highest: Level | None, rubric: Rubric) -> str:
    if lowest is None or highest is None:
        return "had no rating"
    if lowest is highest:
        return f"stood at {rubric.label(lowest)}"
    return f"stood between {rubric.label(lowest)} and {rubric.label(highest)}"

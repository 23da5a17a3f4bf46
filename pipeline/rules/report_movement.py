"""The board's tables of what moved since the last cycle: areas, with the break marked, and questions."""

from collections import Counter
from collections.abc import Collection, Sequence

from pipeline.model.comparison import Movement
from pipeline.model.profile import Profile, ProfileArea
from pipeline.model.report import ReportAcross, ReportMovement, ReportQuestion
from pipeline.model.rubric import Area, Rubric
from pipeline.rules.criterion_trend import CriterionTrend
from pipeline.rules.sentence import join_words
from pipeline.rules.small_number import read_shown, say_list

_WAYS = (Movement.HIGHER, Movement.SAME, Movement.LOWER)
_MOST = 10  # questions in the paper's own table; the appendix has all
_Slot = tuple[Movement, bool]  # which way, and whether across a break
_SLOTS: tuple[_Slot, ...] = (
    *((way, False) for way in _WAYS),
    *((way, True) for way in (*_WAYS, Movement.BETWEEN)),
    (Movement.UNKNOWN, False),
)


def tabulate_moves(profiles: Sequence[Profile], rubric: Rubric) -> tuple[tuple[ReportMovement, ...], tuple[ReportAcross, ...]]:
    """A line an area like with like, and one for each area in which some schools are compared across a break; nothing where no
    school is compared with anything. The numbers of an area are protected together."""
    counts: Counter[tuple[int, _Slot]] = Counter()
    breaks: dict[int, set[str]] = {}
    for profile in profiles:
        for area in profile.areas:
            slot = _slot_of(area)
            counts[area.number, slot] += 1
            if slot[1]:
                breaks.setdefault(area.number, set()).add(area.across)
    told = {area.number: say_list([counts[area.number, slot] for slot in _SLOTS]) for area in rubric.areas}
    alike = any(not is_across and way is not Movement.UNKNOWN for _, (way, is_across) in counts)
    return (
        tuple(_tell_alike(area, told[area.number]) for area in rubric.areas if alike),
        tuple(_tell_across(area, told[area.number], breaks[area.number]) for area in rubric.areas if area.number in breaks),
    )


def _tell_alike(area: Area, told: Sequence[str]) -> ReportMovement:
    higher, same, lower = told[:3]
    return ReportMovement(_name(area), higher, same, lower, not_compared=told[-1])


def _tell_across(area: Area, told: Sequence[str], breaks: Collection[str]) -> ReportAcross:
    higher, same, lower, between = told[3:7]
    return ReportAcross(_name(area), higher, same, lower, between, join_words(sorted(breaks)))


def _name(area: Area) -> str:
    return f"{area.number} {area.name}"


def _slot_of(area: ProfileArea) -> _Slot:
    way = Movement(area.movement) if area.movement else Movement.UNKNOWN
    return (way, way is not Movement.UNKNOWN and bool(area.across or way is Movement.BETWEEN))


def tabulate_questions(trends: Sequence[CriterionTrend], rubric: Rubric) -> tuple[ReportQuestion, ...]:
    """Every question; nothing where none is compared with anything."""
    if not any(one.higher or one.same or one.lower for one in trends):
        return ()
    return tuple(
        ReportQuestion(
            one.criterion,
            rubric.criteria[one.criterion].title,
            *say_list([one.higher, one.same, one.lower, one.not_compared]),
        )
        for one in trends
    )


def pick_changed(questions: Sequence[ReportQuestion]) -> tuple[ReportQuestion, ...]:
    """Those that most schools answer otherwise than before, most first, as far as it may be shown."""
    moved = {one: sum(ways) for one in questions if (ways := _read_ways(one))}
    return tuple(sorted((one for one, count in moved.items() if count), key=lambda one: -moved[one])[:_MOST])


def _read_ways(told: ReportQuestion | ReportMovement) -> tuple[int, int] | None:
    """How many higher and lower; None where either is not shown."""
    higher, lower = read_shown(told.higher), read_shown(told.lower)
    return None if higher is None or lower is None else (higher, lower)


def say_moves(moves: Sequence[ReportMovement], since: str) -> str:
    """In which areas more schools rose than fell, and the reverse, like with like and as far as it may be shown."""
    told = [(one, *ways) for one in moves if (ways := _read_ways(one))]
    up = [_number(one) for one, higher, lower in told if higher > lower]
    down = [_number(one) for one, higher, lower in told if higher < lower]
    said = [f"more schools rose than fell in {_areas(up)}"] if up else []
    said += [f"more fell than rose in {_areas(down)}"] if down else []
    return f"Since {since}, {join_words(said)}." if said else ""


def _number(move: ReportMovement) -> str:
    return move.area.partition(" ")[0]


def _areas(numbers: Sequence[str]) -> str:
    return f"{'Area' if len(numbers) == 1 else 'Areas'} {join_words(numbers)}"

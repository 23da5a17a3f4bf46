"""From explanations to the rows of the heat map: each school's levels, how they moved, and why they are what they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.comparison import AreaComparison, Comparison, Movement
from pipeline.model.edition import is_comparable
from pipeline.model.explanation import Explanation, RatingTold
from pipeline.model.heat_map import OVERALL, Cell, Row, Way
from pipeline.model.level import Level, State
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.rules.telling import tell_origin, tell_rating

NOT_RETURNED, SENT_BACK, UNREADABLE = "Not returned", "Sent back to the school", "Its record cannot be read"
_WAYS = {Movement.HIGHER: Way.UP, Movement.LOWER: Way.DOWN, Movement.SAME: Way.SAME}


@dataclass(frozen=True)
class Move:
    """How a rating moved since the last cycle: `before` is the word for its level then, where it rose or fell."""

    way: Way = Way.NONE
    before: str = ""
    sentence: str = ""


_UNKNOWN = Move()


def chart_school(school: School, explanation: Explanation, rubric: Rubric, moves: Mapping[int, Move], in_use: str) -> Row:
    """The row of a rated school. `rubric` is the one it was rated under, `moves` are as `find_moves` gives them, `in_use` the
    edition of the map's columns."""
    keys = {word: key for key, word in list_levels(rubric)}
    cells = tuple(_chart(rating, keys[rating.level], moves.get(rating.area, _UNKNOWN)) for rating in explanation.ratings)
    told = (tell_origin(explanation), explanation.standing)
    apart = "" if is_comparable(rubric.edition, in_use) else rubric.edition
    return Row(school.urn, school.name, school.phase.label, school.district, cells, apart=apart, told=told)


def chart_without(school: School, state: str) -> Row:
    """The row of a school that has no ratings; `state` says why."""
    return Row(school.urn, school.name, school.phase.label, school.district, state=state)


def _chart(rating: RatingTold, key: str, move: Move) -> Cell:
    return Cell(
        number=rating.area,
        key=key,
        label=rating.level,
        has_gap=bool(rating.gates),
        lines=tuple(tell_rating(rating)),
        movement=move.way,
        before=move.before,
        moved=move.sentence,
    )


def list_levels(rubric: Rubric) -> tuple[tuple[str, str], ...]:
    """Key and word of every level, the highest first, and then of every state in which there is none."""
    levels = ((level.key, rubric.label(level)) for level in sorted(Level, reverse=True))
    states = ((state.value, rubric.label(None, state)) for state in State if state is not State.RATED)
    return (*levels, *states)


def list_columns(rubric: Rubric) -> tuple[tuple[int, str], ...]:
    """Number and name of what is rated, the overall first where it is given."""
    areas = tuple((area.number, area.name) for area in rubric.areas)
    return ((OVERALL, "Overall"), *areas) if rubric.frame.rules.overall.enabled else areas


def find_moves(compared: Comparison | None, rubric: Rubric) -> Mapping[int, Move]:
    """How each area of a school moved, by its number; the overall rating is not compared."""
    return {area.area: _move(area, rubric) for area in compared.areas} if compared else {}


def _move(area: AreaComparison, rubric: Rubric) -> Move:
    if area.crosses_break:
        return Move(Way.BREAK, "", area.sentence)
    way = _WAYS.get(area.movement, Way.NONE)
    before = rubric.label(area.lowest) if way in (Way.UP, Way.DOWN) else ""
    return Move(way, before, area.sentence)

"""From explanations to the rows of the heat map: each school's levels, how they moved, and why they are what they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.explanation import Explanation, RatingTold
from pipeline.model.heat_map import OVERALL, Cell, Movement, Row
from pipeline.model.level import Level, State
from pipeline.model.profile import Profile, ProfileArea
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.rules.telling import tell_origin, tell_rating

NOT_RETURNED, SENT_BACK, UNREADABLE = "Not returned", "Sent back to the school", "Its record cannot be read"
_WITH_CARE = "The criteria or the rules have changed since, so set the levels side by side with care."


@dataclass(frozen=True)
class Move:
    """How a rating moved since the last cycle: `before` is the word for its level then, where the two differ."""

    movement: Movement = Movement.NONE
    before: str = ""
    sentence: str = ""


_UNKNOWN = Move()


def chart_school(school: School, explanation: Explanation, rubric: Rubric, moves: Mapping[int, Move]) -> Row:
    """The row of a rated school. `rubric` is the one it was rated under; `moves` are as `find_moves` gives them."""
    cells = tuple(_chart(rating, rubric, moves.get(rating.area, _UNKNOWN)) for rating in explanation.ratings)
    told = (tell_origin(explanation), explanation.standing)
    return Row(school.urn, school.name, school.phase.label, school.district, cells, told=told)


def chart_without(school: School, state: str) -> Row:
    """The row of a school that has no ratings; `state` says why."""
    return Row(school.urn, school.name, school.phase.label, school.district, state=state)


def _chart(rating: RatingTold, rubric: Rubric, move: Move) -> Cell:
    return Cell(
        number=rating.area,
        key=_key(rating.level, rubric),
        label=rating.level,
        has_gap=bool(rating.gates),
        lines=tuple(tell_rating(rating)),
        movement=move.movement,
        before=move.before,
        moved=move.sentence,
    )


def _key(label: str, rubric: Rubric) -> str:
    return next((key for key, word in list_levels(rubric) if word == label), State.NOT_RATED.value)


def list_levels(rubric: Rubric) -> tuple[tuple[str, str], ...]:
    """Key and word of every level, the highest first, and then of every state in which there is none."""
    levels = ((level.key, rubric.label(level)) for level in sorted(Level, reverse=True))
    states = ((state.value, rubric.label(None, state)) for state in State if state is not State.RATED)
    return (*levels, *states)


def list_columns(rubric: Rubric) -> tuple[tuple[int, str], ...]:
    """Number and name of what is rated, the overall first where it is given."""
    areas = tuple((area.number, area.name) for area in rubric.areas)
    return ((OVERALL, "Overall"), *areas) if rubric.frame.rules.overall.enabled else areas


def find_moves(profile: Profile, rubric: Rubric) -> Mapping[int, Move]:
    """How each rating of a school moved, where the last cycle has one to set beside it: by area, the overall's under 0."""
    ratings = (*((profile.overall,) if profile.overall else ()), *profile.areas)
    return {rating.number: _move(rating, rubric) for rating in ratings if rating.before}


def _move(rating: ProfileArea, rubric: Rubric) -> Move:
    then, now = rating.before, rating.level
    if rating.across:
        return Move(Movement.BREAK, "", f"{then} last cycle. {_WITH_CARE}")
    levels = {rubric.label(level): level for level in Level}
    if now is None or then not in levels:
        return Move(Movement.NONE, "", f"{then} last cycle.")
    if now is levels[then]:
        return Move(Movement.SAME, "", f"{then} last cycle, and again now.")
    movement = Movement.UP if now > levels[then] else Movement.DOWN
    return Move(movement, then, f"{then} last cycle, {rubric.label(now)} now.")

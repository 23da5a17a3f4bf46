"""What others make of an area, set beside what the answers come to: the school's own view and an adviser's level.

Neither changes the rating. A difference is told in words, and where there is nothing to compare, that is told too.
"""

from pipeline.model.assessment import Rating
from pipeline.model.level import Level, State
from pipeline.model.rubric import Rubric
from pipeline.rules.sentence import join_words

HIGHER, LOWER, SAME, NOT_COMPARED = "higher than the answers", "lower than the answers", "the same", "no rating to compare"


def compare(label: str, rated: str, rubric: Rubric) -> str:
    """How a level stands to what the answers came to, both as labels; `NOT_COMPARED` where the answers gave no level."""
    levels = {rubric.label(level): level for level in Level}
    if label == rated:
        return SAME
    if label not in levels or rated not in levels:
        return NOT_COMPARED
    return HIGHER if levels[label] > levels[rated] else LOWER


def tell_own_view(own: Level, rating: Rating, rubric: Rubric) -> str:
    """What follows “Your own view: Established.” in a plan, below the area's reason and its smallest change."""
    if rating.state is State.NOT_APPLICABLE:
        return "By your answers nothing in this area applies to your school, so there is no rating to set beside it."
    if rating.level is None:
        return _tell_beside_open(own, rating, rubric)
    reached = rubric.label(rating.level)
    if own is rating.level:
        return "Your answers come to the same."
    if own < rating.level:
        return f"Your answers come to {reached}, which is higher. Talk over which of the two a visitor would recognise."
    return f"Your answers come to {reached}{_tell_way(own, rating, rubric)}."


def _tell_way(own: Level, rating: Rating, rubric: Rubric) -> str:
    """What the area's smallest change has to do with a view above the rating. It leads to the next level, and no further."""
    target = rating.next_level
    if target is None or target > own or not rating.lift:
        return ", which is lower"
    if target is own:
        return "; what separates the two is named above"
    return f"; the way to {rubric.label(target)}, the next level, is named above"


def _tell_beside_open(own: Level, rating: Rating, rubric: Rubric) -> str:
    """An area that waits for answers: whatever they will be, a view may lie outside what they can come to."""
    if rating.highest is not None and own > rating.highest:
        most = rubric.label(rating.highest)
        return f"There is no rating yet to set beside it; with the highest answers to what is missing it would be {most}."
    if rating.lowest is not None and own < rating.lowest:
        least = rubric.label(rating.lowest)
        return f"There is no rating yet to set beside it; with the lowest answers to what is missing it would be {least}."
    return "There is no rating to set beside it until you answer what is missing."


def tell_reason(reason: str) -> str:
    """An adviser's reason as the end of a sentence."""
    plain = reason.strip()
    return plain if plain.endswith((".", "!", "?", "…")) else f"{plain}."


def tell_status(moderated: int) -> str:
    """What a plan says of itself on its cover and at its foot; `moderated` counts the areas that an adviser has looked at."""
    if not moderated:
        return "Self-evaluated"
    return f"Self-evaluated, moderated in {moderated} {'area' if moderated == 1 else 'areas'}"


def tell_beside(*, has_views: bool, is_moderated: bool) -> tuple[str, ...]:
    """What stands beside the ratings of a plan, as the last of its rules; nothing where nothing does."""
    views = ("your own view of an area, where you gave one",) if has_views else ()
    adviser = ("an adviser's level, where an adviser has looked",) if is_moderated else ()
    told = (*views, *adviser)
    if not told:
        return ()
    verb = "stand" if len(told) > 1 else "stands"
    return (
        f"Beside the ratings {verb} {join_words(told)}. A rating is what the answers come to; nothing beside it changes it.",
    )

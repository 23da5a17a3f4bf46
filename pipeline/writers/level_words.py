"""Levels and states as tables head them and tint them: the word first, and a background behind it."""

from pipeline.model.level import LEVELS, Level
from pipeline.model.rubric import Rubric
from pipeline.writers import style
from pipeline.writers.excel_table import Tinted

KEYS = ("advanced", "established", "emerging", "not-yet", "not-rated", "not-applicable")  # from the best, then the states


def tint(label: str, key: str) -> Tinted:
    """A word of a rating on its background."""
    return Tinted(label, style.TINTS.get(key, style.TINTS["none"]))


def tint_key(key: str, rubric: Rubric) -> Tinted | str:
    """The same from the key alone; nothing for none."""
    return tint(rating_word(key, rubric), key) if key else ""


def rating_word(key: str, rubric: Rubric) -> str:
    """The word for an area's or the overall level or state."""
    return rubric.label(LEVELS[key]) if key in LEVELS else rubric.frame.states[key]


def rating_words(rubric: Rubric) -> tuple[str, ...]:
    """The words for `KEYS`, of areas."""
    return tuple(rating_word(key, rubric) for key in KEYS)


def answer_words(rubric: Rubric) -> tuple[str, ...]:
    """The words for `KEYS`, of criteria."""
    levels = (rubric.answer_label(level) for level in reversed(Level))
    return (*levels, "Not answered", rubric.frame.states["not-applicable"])

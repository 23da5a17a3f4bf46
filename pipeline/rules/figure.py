"""The figures of the Outcomes sheet: which of what schools type there can be one, and which go together."""

import re
from collections.abc import Iterator

from pipeline.model.settings import Measure
from pipeline.model.submission import Figure

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,9})?")


def read_figure(typed: str) -> float | None:
    """The number somebody typed: `94.3`, `94.3%`, `1,204`. None for an empty cell. Raises: ValueError where it is no number."""
    if not typed:
        return None
    plain = typed.rstrip("% ").replace(",", "").replace("\u2212", "-").strip()
    if not _NUMBER.fullmatch(plain):
        raise ValueError("not a number")
    return float(plain)


def take_figure(typed: str, measure: Measure) -> float | None:
    """The same, and None as well where it is no number or cannot be right."""
    try:
        value = read_figure(typed)
    except ValueError:
        return None
    return value if value is not None and not find_fault(value, measure) else None


def find_fault(value: float, measure: Measure) -> str:
    """What is wrong with a figure by itself, in a few words; empty where nothing is."""
    if measure.unit == "count" and not value.is_integer():
        return "not a whole number"
    return "" if measure.may_be(value) else "out of range"


def find_disagreements(figure: Figure, measure: Measure, whole: Figure, wholes: Measure | None) -> Iterator[tuple[str, str]]:
    """What is odd about a measure's figures together, in a few words, each with what mends it. `whole` are the figures of
    `wholes`, the measure it is part of, if it is of any."""
    now, before = take_figure(figure.this_year, measure), take_figure(figure.last_year, measure)
    if now is not None and before is not None and measure.jump is not None and abs(now - before) > measure.jump:
        yield f"are further apart than {measure.jump}", f"Check both years of “{measure.label}”, and correct what is wrong."
    if wholes is None:
        return
    years = ((now, take_figure(whole.this_year, wholes)), (before, take_figure(whole.last_year, wholes)))
    if any(part is not None and every is not None and part > every for part, every in years):
        yield (
            f"are higher than {wholes.label.lower()}",
            f"Check “{measure.label}” and “{wholes.label}”: the first counts some of the pupils of the second.",
        )

"""The figures of the Outcomes sheet: which of what schools type there can be one."""

from pipeline.model.settings import Measure


def read_figure(typed: str) -> float | None:
    """The number somebody typed: `94.3`, `94.3%`, `1,204`. None for an empty cell. Raises: ValueError where it is no number."""
    return float(typed.rstrip("% ").replace(",", "")) if typed else None


def take_figure(typed: str, measure: Measure) -> float | None:
    """The same, and None as well where it is no number or cannot be right."""
    try:
        value = read_figure(typed)
    except ValueError:
        return None
    return value if value is not None and measure.may_be(value) else None

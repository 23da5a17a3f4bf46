"""The board's table of outcome figures: the same schools in two years, with no word of cause."""

from collections.abc import Iterator, Sequence
from statistics import median

from pipeline.model.profile import Profile
from pipeline.model.report import ReportOutcome
from pipeline.model.settings import Measure
from pipeline.rules.small_number import NOT_SHOWN, say_part, say_shown
from pipeline.rules.suppression import SMALLEST

_MIDDLE, _TOGETHER = "the school in the middle", "all together"


def tabulate_outcomes(profiles: Sequence[Profile], measures: Sequence[Measure]) -> tuple[ReportOutcome, ...]:
    """One line a measure that five schools or more gave for both years."""
    return tuple(_tell(profiles, measures))


def _tell(profiles: Sequence[Profile], measures: Sequence[Measure]) -> Iterator[ReportOutcome]:
    figures = [one for profile in profiles for one in profile.figures]
    for measure in measures:
        pairs = [
            (one.last_year, one.this_year)
            for one in figures
            if one.measure == measure.id and one.last_year is not None and one.this_year is not None
        ]
        if len(pairs) < SMALLEST:
            continue
        better = sum(measure.is_better(now, before) for before, now in pairs)
        before, now = ([pair[at] for pair in pairs] for at in (0, 1))
        yield ReportOutcome(
            measure=measure.label,
            what=_TOGETHER if measure.unit == "count" else _MIDDLE,
            schools=say_shown(len(pairs)),
            last_year=_figure(before, measure),
            this_year=_figure(now, measure),
            better="not judged" if measure.better == "neither" else say_part(better, len(pairs)),
        )


def _figure(values: Sequence[float], measure: Measure) -> str:
    """Pupils are added up, and few of them are not told; for shares, the one in the middle."""
    if measure.unit != "count":
        return f"{round(median(values), 2):g}"
    total = round(sum(values))
    return NOT_SHOWN if 0 < total < SMALLEST else f"{total:,}"

"""The figures of the Outcomes sheet beside the ratings: how many schools of each level gave one, and the one in the middle.

Beside, and no more: schools differ in far more than these ratings, which are their own. Nothing here says that one thing made
another happen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model.level import Level
from pipeline.model.profile import Profile
from pipeline.model.settings import Measure

CAUTION = (
    "These figures stand beside the ratings and say nothing of cause: schools differ in much else, "
    "and both are the schools' own."
)


@dataclass(frozen=True)
class OutcomeRow:
    """One measure for the schools at one level of one area. `schools` is how many gave a figure for both years; medians are of
    those schools; `better` is how many of them did better this year than last, by what the measure calls better."""

    measure: Measure
    area: int
    level: Level
    schools: int
    this_year: float | None
    last_year: float | None
    better: int


def compare_outcomes(profiles: Sequence[Profile], measures: Sequence[Measure]) -> Iterator[OutcomeRow]:
    """For each measure, each area it is set beside and each level, highest first: the schools in the middle."""
    levels = [{area.number: area.level for area in profile.areas} for profile in profiles]
    for measure in measures:
        given = [next((one for one in profile.figures if one.measure == measure.id), None) for profile in profiles]
        both = [
            (at, figure.this_year, figure.last_year)
            for at, figure in enumerate(given)
            if figure and figure.this_year is not None and figure.last_year is not None
        ]
        for area in measure.areas:
            by_level: dict[Level, list[tuple[float, float]]] = {level: [] for level in reversed(Level)}
            for at, this_year, last_year in both:
                level = levels[at].get(area)
                if level is not None:
                    by_level[level].append((this_year, last_year))
            yield from (_row(measure, area, level, found) for level, found in by_level.items())


def _row(measure: Measure, area: int, level: Level, found: Sequence[tuple[float, float]]) -> OutcomeRow:
    now, before = ([pair[at] for pair in found] for at in (0, 1))
    better = sum(measure.is_better(this_year, last_year) for this_year, last_year in found)
    return OutcomeRow(measure, area, level, len(found), _middle(now), _middle(before), better)


def _middle(values: Sequence[float]) -> float | None:
    return round(median(values), 2) if values else None

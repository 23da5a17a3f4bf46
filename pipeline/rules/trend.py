"""How a county went from cycle to cycle: levels by area, and figures, each cycle as its own returns said."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model.profile import Outline


@dataclass(frozen=True)
class Trend:
    """One area (0 for the overall) in one cycle: how many schools stood at each level or state (key → number). `edition` is
    that of the rubric; levels under editions that cannot be compared stand in rows of their own."""

    area: int
    cycle: str
    edition: str
    levels: Counter[str]


@dataclass(frozen=True)
class FigureTrend:
    """One measure in one cycle: how many schools gave last school year's figure, and the one in the middle."""

    measure: str
    cycle: str
    schools: int
    middle: float


def trend_levels(cycles: Mapping[str, Sequence[Outline]]) -> Iterator[Trend]:
    """By area, then by cycle in the order given, then by edition."""
    counts: dict[tuple[int, str, str], Counter[str]] = {}
    for cycle, outlines in cycles.items():
        for one in outlines:
            for number, key in ((0, one.overall), *one.areas):
                if key:
                    counts.setdefault((number, cycle, one.edition), Counter())[key] += 1
    order = list(cycles)
    for number, cycle, edition in sorted(counts, key=lambda key: (key[0] == 0, key[0], order.index(key[1]), key[2])):
        yield Trend(number, cycle, edition, counts[number, cycle, edition])


def trend_figures(cycles: Mapping[str, Sequence[Outline]], measures: Sequence[str]) -> Iterator[FigureTrend]:
    """By measure, then by cycle. Only schools that gave the figure in every one of the cycles count, so that like is set beside
    like: otherwise a trend could be no more than who returned."""
    for measure in measures:
        given = {
            cycle: {one.urn: figure.this_year for one in outlines for figure in one.figures if figure.measure == measure}
            for cycle, outlines in cycles.items()
        }
        known = {cycle: {urn: value for urn, value in found.items() if value is not None} for cycle, found in given.items()}
        always = set.intersection(*(set(found) for found in known.values())) if known else set()
        for cycle, found in known.items() if always else ():
            values = [value for urn, value in found.items() if urn in always]
            yield FigureTrend(measure, cycle, len(values), round(median(values), 2))

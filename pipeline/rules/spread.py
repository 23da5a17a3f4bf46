"""How schools spread over the levels of each area, by district and in all, as it may be shown.

One table an area, districts by levels, protected as a whole with all its totals: so that the papers of the districts and the
board's, laid side by side, tell no more than that table.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.profile import Profile
from pipeline.model.school import School
from pipeline.rules.suppression import SMALLEST, suppress

BANDS = ("advanced", "established", "emerging", "not-yet", "not-rated")  # what is neither is not rated
Line = tuple[int | None, ...]


@dataclass(frozen=True)
class Spread:
    """One area (0 for the overall rating): a number for each band, None where it is not shown, of each group and of all."""

    area: int
    groups: Mapping[str, Line]
    everywhere: Line


def district_of(school: School) -> str:
    """The district that a school is counted in."""
    return school.district


def spread_levels(
    profiles: Sequence[Profile], areas: Sequence[int], group_of: Callable[[School], str] = district_of
) -> tuple[Spread, ...]:
    """One an area, in the order given. A group of fewer than five rated schools shows nothing of its own."""
    sizes = Counter(group_of(profile.school) for profile in profiles)
    names = sorted(sizes)
    counts = _count(profiles, group_of)
    return tuple(_protect(area, names, sizes, counts) for area in areas)


def _count(profiles: Sequence[Profile], group_of: Callable[[School], str]) -> Counter[tuple[int, str, str]]:
    counts: Counter[tuple[int, str, str]] = Counter()
    for profile in profiles:
        group = group_of(profile.school)
        counts.update((area.number, group, _band(area.key)) for area in profile.areas)
        if profile.overall:
            counts[0, group, _band(profile.overall.key)] += 1
    return counts


def _band(key: str) -> str:
    return key if key in BANDS else BANDS[-1]


def _protect(area: int, names: Sequence[str], sizes: Counter[str], counts: Counter[tuple[int, str, str]]) -> Spread:
    published = suppress([[counts[area, name, band] for band in BANDS] for name in names])
    nothing: Line = (None,) * len(BANDS)
    groups = {name: nothing if sizes[name] < SMALLEST else cells for name, cells in zip(names, published.cells, strict=True)}
    return Spread(area, groups, published.column_totals if names else (0,) * len(BANDS))

"""How schools spread over the levels of each area, by group and in all, as it may be shown.

One table an area, groups by levels, protected as a whole with all its totals, so that the papers of all districts and the
board's, laid side by side, tell no more than that table. How many schools of a group are rated is the same in every area, so
readers know it: groups of fewer than five are joined, and the totals of rows are not what is left out.

Where all schools of a group stand at one level, or all but one, the group's numbers would be each school's level to whoever
knows who is in it: in that area neither they are shown, zeros included, nor those of the group with which they would be joined;
nor those of all schools, where these stand alike.

Where schools are grouped in more than one way (districts, trusts), what any of the ways leaves out of the totals, all do; and a
group that is nearly a sum of groups of another way shows nothing of its own, as the difference would be single schools.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.profile import Profile
from pipeline.rules.suppression import SMALLEST, Published, suppress

BANDS = ("advanced", "established", "emerging", "not-yet", "not-rated")  # what is neither is not rated
Line = tuple[int | None, ...]
_NOTHING: Line = (None,) * len(BANDS)
_APART = 2  # how many schools of a group must stand elsewhere than the most: a head knows of one
Joined = tuple[str, ...]  # the names of groups that are counted as one


@dataclass(frozen=True)
class Grouping:
    """One way to group schools: what a group is called, and URN → group, for those that are in one."""

    kind: str
    group_of: Mapping[str, str]


@dataclass(frozen=True)
class Spread:
    """How the groups of one way spread: the joined groups with how many rated schools each has; area (0 for the overall rating)
    → joined groups → a number for each band, None where it is not shown; and area → the same of all schools."""

    sizes: Mapping[Joined, int]
    groups: Mapping[int, Mapping[Joined, Line]]
    everywhere: Mapping[int, Line]

    def find(self, group: str) -> Joined:
        """The groups that one is counted with, itself among them; empty where none of its schools is rated."""
        return next((joined for joined in self.sizes if group in joined), ())


def spread_levels(profiles: Sequence[Profile], areas: Sequence[int], groupings: Sequence[Grouping]) -> tuple[Spread, ...]:
    """One for each way of grouping, in their order."""
    spreads = [_spread(profiles, areas, grouping) for grouping in groupings]
    together = {
        area: tuple(
            None if None in numbers else numbers[0] for numbers in zip(*(one.everywhere[area] for one in spreads), strict=True)
        )
        for area in areas
    }
    return tuple(replace(spread, everywhere=together) for spread in spreads)


def _spread(profiles: Sequence[Profile], areas: Sequence[int], grouping: Grouping) -> Spread:
    groups = {profile.school.urn: grouping.group_of.get(profile.school.urn, "") for profile in profiles}
    counts = _count(profiles, groups)
    sizes = _join_small({(name,): size for name, size in sorted(Counter(groups.values()).items())})
    while True:
        parted = {area: _join_alike(sizes, area, counts) for area in areas}
        told = {area: suppress([_row(joined, area, counts) for joined in parted[area]], rows_known=True) for area in areas}
        rows = ((joined, total) for area in areas for joined, total in zip(parted[area], told[area].row_totals, strict=True))
        telling = next((joined for joined, total in rows if total is None), None)
        if telling is None or len(sizes) < 2:
            break
        sizes = _join(sizes, [joined for joined in sizes if set(joined) <= set(telling)])
    if telling is not None or not sizes:  # so few schools that a zero would tell as well
        return Spread(sizes, {area: dict.fromkeys(sizes, _NOTHING) for area in areas}, dict.fromkeys(areas, _NOTHING))
    return Spread(
        sizes,
        {area: _find_lines(sizes, parted[area], told[area]) for area in areas},
        {area: told[area].column_totals if parted[area] else _NOTHING for area in areas},
    )


def _find_lines(sizes: Iterable[Joined], parted: Iterable[Joined], told: Published) -> Mapping[Joined, Line]:
    """The lines of groups: of those that are counted with others in this area alone, nothing."""
    lines = dict(zip(parted, told.cells, strict=True))
    return {joined: lines.get(joined, _NOTHING) for joined in sizes}


def _join_alike(sizes: Mapping[Joined, int], area: int, counts: Counter[tuple[int, str, str]]) -> Mapping[Joined, int]:
    """With the groups joined that would tell how each of their schools stands in an area; none where all together would."""
    while alike := [joined for joined in sizes if sum(row := _row(joined, area, counts)) - max(row) < _APART]:
        if len(sizes) < 2:
            return {}
        sizes = _join(sizes, alike)
    return sizes


def _count(profiles: Sequence[Profile], groups: Mapping[str, str]) -> Counter[tuple[int, str, str]]:
    counts: Counter[tuple[int, str, str]] = Counter()
    for profile in profiles:
        group = groups[profile.school.urn]
        counts.update((area.number, group, _band(area.key)) for area in profile.areas)
        if profile.overall:
            counts[0, group, _band(profile.overall.key)] += 1
    return counts


def _band(key: str) -> str:
    return key if key in BANDS else BANDS[-1]


def _row(joined: Joined, area: int, counts: Counter[tuple[int, str, str]]) -> list[int]:
    return [sum(counts[area, name, band] for name in joined) for band in BANDS]


def _join_small(sizes: Mapping[Joined, int]) -> Mapping[Joined, int]:
    """With the groups of fewer than five schools as one, and the next smallest with them where they are still too few."""
    small = [joined for joined, size in sizes.items() if size < SMALLEST]
    return _join(sizes, small) if small else sizes


def _join(sizes: Mapping[Joined, int], chosen: Iterable[Joined]) -> Mapping[Joined, int]:
    """With some groups as one; alone or too few, those in no group go with them, and then the next smallest."""
    chosen = list(chosen)
    others = sorted(
        (joined for joined in sizes if joined not in chosen), key=lambda joined: ("" not in joined, sizes[joined], joined)
    )
    while others and (len(chosen) < 2 or sum(sizes[one] for one in chosen) < SMALLEST):
        chosen.append(others.pop(0))
    joined = tuple(sorted(name for one in chosen for name in one))
    kept = {one: size for one, size in sizes.items() if one not in chosen}
    return dict(sorted({**kept, joined: sum(sizes[one] for one in chosen)}.items()))


def is_telling(group: str, grouping: Grouping, others: Iterable[Grouping], profiles: Sequence[Profile]) -> bool:
    """Whether a group's schools are nearly those of some groups of another way, so that subtracting would tell of a few."""
    mine = {profile.school.urn for profile in profiles if grouping.group_of.get(profile.school.urn) == group}
    for other in others:
        sizes = Counter(other.group_of.get(profile.school.urn, "") for profile in profiles)
        shared = Counter(other.group_of.get(urn, "") for urn in mine)
        if sum(min(shared[name], sizes[name] - shared[name]) for name in shared) < SMALLEST:
            return True
    return False

"""What a school would mention of itself: its neighbours, its rooms, its clubs, its people."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from random import Random
from typing import Any

from pipeline.demo.establishment import Establishment
from pipeline.demo.seasons import Seasons

# Key stages by the ages at which they begin and end.
_GROUPS = (
    ("early years", 3, 5),
    ("Key Stage 1", 5, 7),
    ("Key Stage 2", 7, 11),
    ("Key Stage 3", 11, 14),
    ("Key Stage 4", 14, 16),
    ("post-16", 16, 19),
)
_YEAR_1, _YEAR_13 = 5, 17  # ages at which they begin
_SHARED_AGES = 2  # year groups that partners have in common


@dataclass(frozen=True)
class Particulars:
    """The words one school puts into the slots of an evidence text, each a choice of one or more."""

    roll: int
    place: str
    base: str
    pupils: str
    partners: tuple[str, ...]
    years: tuple[str, ...]
    groups: tuple[str, ...]
    roles: tuple[str, ...]
    subjects: tuple[str, ...]
    clubs: tuple[str, ...]
    services: tuple[str, ...]
    seasons: Seasons


def invent_particulars(
    establishment: Establishment,
    county: Sequence[Establishment],
    life: Any,
    seasons: Seasons,
    rng: Random,
) -> Particulars:
    """A school's particulars: `life` is `school_life.yaml`, `seasons` those of the day it wrote."""
    own = life["phases"][establishment.school.phase.value]
    return Particulars(
        roll=establishment.roll,
        place=establishment.school.town,
        base=rng.choice(life["rooms"]),
        pupils=rng.choice(own["pupils"]),
        partners=_find_partners(establishment, county, rng),
        years=tuple(own.get("years") or _years(*establishment.ages)),
        groups=tuple(own.get("groups") or _groups(*establishment.ages)),
        roles=_some(own["roles"], 2, rng),
        subjects=tuple(own["subjects"]),
        clubs=_some(own["clubs"], 3, rng),
        services=_some(life["services"], 5, rng),
        seasons=seasons,
    )


def _some(choices: Sequence[str], count: int, rng: Random) -> tuple[str, ...]:
    return tuple(rng.sample(choices, min(count, len(choices))))


def _years(low: int, high: int) -> tuple[str, ...]:
    """Year groups of compulsory age and the sixth form: "Year 1" begins at five."""
    return tuple(f"Year {age - 4}" for age in range(max(low, _YEAR_1), min(high, _YEAR_13 + 1)))


def _groups(low: int, high: int) -> tuple[str, ...]:
    return tuple(name for name, begins, ends in _GROUPS if begins < high and ends > low)


def _find_partners(establishment: Establishment, county: Sequence[Establishment], rng: Random) -> tuple[str, ...]:
    """Three other schools as neighbours call them: with pupils of the same ages first, and of the same district among those."""
    nearest: list[tuple[int, str]] = []
    for other in rng.sample(county, len(county)):
        if other is not establishment:
            insort(nearest, (_distance(establishment, other), other.spoken), key=itemgetter(0))
            del nearest[3:]
            if len(nearest) == 3 and nearest[2][0] == 0:
                break  # none can be nearer
    return tuple(spoken for _, spoken in nearest) or ("a school across the county border",)


def _distance(one: Establishment, other: Establishment) -> int:
    """0 to 7; ages weigh more than the district, and the district more than the phase."""
    shares_ages = min(one.ages[1], other.ages[1]) - max(one.ages[0], other.ages[0]) >= _SHARED_AGES
    same_district = one.school.district == other.school.district
    return 4 * (not shares_ages) + 2 * (not same_district) + (one.school.phase is not other.school.phase)

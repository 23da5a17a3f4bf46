"""The invented schools: how many of each kind, and what the county knows of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from pipeline.demo.material import load_material
from pipeline.demo.names import Kind, NameBook, load_kinds
from pipeline.model.school import Phase, School

_FIRST_URN = 900_001  # above every URN given out so far
_NUMBERS = range(1000, 10_000)


@dataclass(frozen=True)
class Establishment:
    """A school of the register, its name as neighbours say it, its lowest and highest age, and further columns of GIAS."""

    school: School
    spoken: str
    ages: tuple[int, int]
    gias_phase: str
    gender: str
    religion: str
    capacity: int
    with_plan: int
    sen_support: int

    @property
    def roll(self) -> int:
        """The number on roll."""
        return self.school.pupils or 0


def invent_establishments(count: int, rng: Random) -> tuple[Establishment, ...]:
    """`count` schools in the order of their URNs, in the mix of kinds that `county.yaml` asks for, every name given once.

    Raises: ValueError where the forms of a kind are used up.
    """
    county = load_material("county.yaml")
    kinds = [kind for kind, share in share_out(load_kinds(county), count) for _ in range(share)]
    rng.shuffle(kinds)
    districts = {place: district for district, places in county["districts"].items() for place in places}
    founder = _Founder(county["authority"]["code"], districts, rng)
    return tuple(founder.found(kind) for kind in kinds)


def share_out(kinds: Sequence[Kind], count: int) -> tuple[tuple[Kind, int], ...]:
    """How many of each kind make up `count` schools: by largest remainder, then one of each kind that must not be absent,
    at the commonest's cost."""
    total = sum(kind.share for kind in kinds)
    exact = [Fraction(kind.share * count, total) for kind in kinds]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(kinds)), key=lambda place: shares[place] - exact[place])
    for place in by_remainder[: count - sum(shares)]:
        shares[place] += 1
    for place, kind in enumerate(kinds):
        if shares[place] == 0 and count >= kind.always_from:
            shares[shares.index(max(shares))] -= 1
            shares[place] += 1
    return tuple(zip(kinds, shares, strict=True))


class _Founder:
    """Founds one school after another; what must be given once (names, URNs, numbers) is given once."""

    def __init__(self, authority: str, districts: Mapping[str, str], rng: Random) -> None:
        self._authority = authority
        self._districts = districts
        self._rng = rng
        self._names = NameBook(rng)
        self._urns = _count_up(_FIRST_URN, rng)
        self._taken: set[int] = set()

    def found(self, kind: Kind) -> Establishment:
        """A new school of a kind."""
        rng = self._rng
        place, name = self._names.take(kind, rng.sample(list(self._districts), len(self._districts)))
        roll = rng.randint(*name.form.rolls)
        school = School(
            urn=f"{next(self._urns)}",
            laestab=f"{self._authority}/{self._number(kind.number)}",
            name=name.full,
            phase=kind.phase,
            kind=rng.choice(name.form.types),
            district=self._districts[place],
            town=place,
            pupils=roll,
        )
        with_plan, sen_support = _sen(kind.phase, roll, rng)
        return Establishment(
            school=school,
            spoken=name.spoken,
            ages=rng.choice(name.form.ages),
            gias_phase=kind.gias,
            gender=name.form.gender,
            religion=name.form.religion,
            capacity=(roll * rng.randint(101, 118) // 100 + 4) // 5 * 5,
            with_plan=with_plan,
            sen_support=sen_support,
        )

    def _number(self, begin: int) -> int:
        """An establishment number not yet taken, from near where the kind's begin."""
        number = begin + self._rng.randint(0, 900)
        while number in self._taken or number not in _NUMBERS:
            number = number + 1 if number < _NUMBERS[-1] else _NUMBERS[0]
        self._taken.add(number)
        return number


def _count_up(first: int, rng: Random) -> Iterator[int]:
    urn = first
    while True:
        yield urn
        urn += rng.randint(2, 15)


def _sen(phase: Phase, roll: int, rng: Random) -> tuple[int, int]:
    """Pupils with an EHC plan and on SEN support; never one to five, which could point to a child."""
    if phase is Phase.SPECIAL:
        return roll, 0
    with_plan = roll * rng.randint(20, 60) // 1000
    return 0 if with_plan < 3 else max(6, with_plan), max(6, roll * rng.randint(90, 220) // 1000)

"""What a school is like, and so what it answers. Scores are hundredths of a level: 100 is Emerging, 300 Advanced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from pipeline.model.level import Level
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.school import Phase

STRONGEST = 1000

# Where a school of a given quality stands on the whole; between two points, in proportion.
_STANDING = ((0, 55), (200, 142), (430, 218), (700, 236), (830, 270), (STRONGEST, 345))
_NOISE = 34  # half the width of one criterion's own ups and downs
_LEANING = 26  # the same for an area
_STRENGTH, _WEAKNESS = 55, -70
_LOWEST = 46  # even where a school is weakest, about half of an area has begun
_WEAK = 260  # below this quality, something may not have begun at all


@dataclass(frozen=True)
class Character:
    """A school's quality from 0 to 1000, area → how much better or worse it is there, and the gates it does not meet."""

    quality: int
    leanings: Mapping[int, int]
    gaps: frozenset[str]


def invent_characters(phases: Sequence[Phase], rubric: Rubric, rng: Random) -> tuple[Character, ...]:
    """A character for a school of each of `phases`: spread evenly from weak to strong, in no order; one in five, the weaker the
    likelier, has a statutory gap or two."""
    count = len(phases)
    qualities = [(STRONGEST * place + rng.randrange(STRONGEST)) // count for place in range(count)]
    rng.shuffle(qualities)
    with_gaps = _choose_weaker(qualities, round(count / 5), rng)
    return tuple(
        _invent(quality, place in with_gaps, phase, rubric, rng)
        for place, (quality, phase) in enumerate(zip(qualities, phases, strict=True))
    )


def _choose_weaker(qualities: Sequence[int], count: int, rng: Random) -> frozenset[int]:
    """Positions of `count` schools; the weakest is some eight times as likely to be among them as the strongest."""
    left = list(range(len(qualities)))
    chosen: set[int] = set()
    for _ in range(count):
        weights = [STRONGEST * 8 // 7 - qualities[place] for place in left]
        chosen.add(left.pop(rng.choices(range(len(left)), weights)[0]))
    return frozenset(chosen)


def _invent(quality: int, has_gaps: bool, phase: Phase, rubric: Rubric, rng: Random) -> Character:
    leanings = {area.number: _spread(_LEANING, rng) for area in rubric.areas}
    if len(leanings) > 1:
        better, worse = rng.sample(list(leanings), 2)
        leanings[better] += _STRENGTH
        leanings[worse] += _WEAKNESS
    gates = [criterion.id for criterion in rubric.criteria_for(phase) if criterion.gate]
    gaps = rng.sample(gates, min(rng.choice((1, 1, 2)), len(gates))) if has_gaps else ()
    return Character(quality, leanings, frozenset(gaps))


def invent_levels(character: Character, criteria: Iterable[Criterion], rng: Random) -> Mapping[str, Level]:
    """Criterion id → the level the school answers, for the criteria it is asked, in their order."""
    return {criterion.id: _level(character, criterion, rng) for criterion in criteria}


def _level(character: Character, criterion: Criterion, rng: Random) -> Level:
    if criterion.id in character.gaps:
        return Level.NOT_YET
    standing = max(_LOWEST, _standing(character.quality) + character.leanings[criterion.area_number])
    score = standing + _spread(_NOISE, rng)
    lowest = Level.EMERGING if criterion.gate or character.quality >= _WEAK else Level.NOT_YET
    return Level(max(lowest, min(Level.ADVANCED, (score + 50) // 100)))


def _standing(quality: int) -> int:
    for (low, least), (high, most) in pairwise(_STANDING):
        if quality <= high:
            return least + (most - least) * (quality - low) // (high - low)
    return _STANDING[-1][1]


def _spread(half: int, rng: Random) -> int:
    """Around nothing, never further off than twice `half`; in whole numbers, so that every machine draws the same."""
    return rng.randint(-half, half) + rng.randint(-half, half)

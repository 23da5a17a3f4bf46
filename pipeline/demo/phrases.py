"""The texts that invented schools write, and the filling of their slots."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from pipeline.demo.material import list_material, load_material
from pipeline.demo.particulars import Particulars
from pipeline.demo.seasons import Term
from pipeline.model.rubric import Rubric

Texts = Mapping[str, Mapping[str, Sequence[str]]]

_SLOT = re.compile(r"\{(\w+)\}")
_LEAVERS = re.compile(r"leav\w+ (from )?\{year\}")
_TOO_SOON = 3  # months: nothing has a record behind it sooner
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SMALL_SCHOOL = 120
# Slot → the least and the greatest number drawn for it.
_NUMBERS = {"few": (6, 14), "some": (15, 39), "many": (40, 120), "low": (3, 12), "high": (78, 97)}
_NUMBERS_OF_SMALL_SCHOOLS = {"some": (15, 24), "many": (40, 60)}
_MINUTES = (15, 20, 25, 30, 35, 40, 45)

# What a slot may say, given the school alone.
_CHOICES: Mapping[str, Callable[[Particulars], Sequence[object]]] = {
    "roll": lambda own: (own.roll,),
    "year": lambda own: own.years,
    "phase_group": lambda own: own.groups,
    "place": lambda own: (own.place,),
    "partner": lambda own: own.partners,
    "month": lambda own: own.seasons.months,
    "recent": lambda own: own.seasons.recent,
    "last_year": lambda own: own.seasons.years,
    "role": lambda own: own.roles,
    "base": lambda own: (own.base,),
    "subject": lambda own: own.subjects,
    "club": lambda own: own.clubs,
    "service": lambda own: own.services,
    "day": lambda own: _DAYS,
    "pupils": lambda own: (own.pupils,),
    "minutes": lambda own: _MINUTES,
}


def load_evidence(rubric: Rubric) -> Texts:
    """Criterion id → answer (or `own`) → the texts to choose from; a criterion that took over others has theirs."""
    texts: dict[str, dict[str, list[str]]] = {}
    for name in list_material("evidence"):
        for key, told in load_material(name).items():
            for heir in rubric.heirs(key):
                own = texts.setdefault(heir, {})
                for answer, choices in told.items():
                    own.setdefault(answer, []).extend(choices)
    return texts


def fill(text: str, own: Particulars, rng: Random) -> str:
    """A text with every slot filled from a school's particulars: no two slots alike, a month and a term of one text in step."""
    term = rng.choice(own.seasons.terms)
    said: set[object] = set()

    def say(found: re.Match[str]) -> str:
        choices = _choices(found[1], text, own, term)
        word = rng.choice([choice for choice in choices if choice not in said] or choices)
        said.add(word)
        return f"{word}"

    # “St Osyth's” is already a possessive.
    return _SLOT.sub(say, text).replace("'s's", "'s")


def _choices(slot: str, text: str, own: Particulars, term: Term) -> Sequence[object]:
    """What a slot may say beside what else the text says."""
    if slot == "term":
        return (term.name,)
    if slot == "month" and "{term}" in text:
        return term.months
    if slot == "month" and "since {month}" in text:
        return own.seasons.months[:-_TOO_SOON]
    if slot == "year" and _LEAVERS.search(text):
        return own.years[-1:]
    if slot in _NUMBERS:
        small = _NUMBERS_OF_SMALL_SCHOOLS if own.roll < _SMALL_SCHOOL else {}
        least, most = small.get(slot, _NUMBERS[slot])
        return range(least, most + 1)
    return _CHOICES[slot](own)

"""Kinds of school, and the forms their names take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from pipeline.model.school import Phase


@dataclass(frozen=True)
class Form:
    """One form of name, such as `{word} CofE Primary School, {place}`, and what goes with it. `spoken` is what neighbours
    say; `types`, `ages`, `gender` and `religion` are in GIAS's terms."""

    name: str
    spoken: str
    words: tuple[str, ...]
    weight: int
    types: tuple[str, ...]
    ages: tuple[tuple[int, int], ...]
    rolls: tuple[int, int]
    gender: str
    religion: str

    def names(self, place: str) -> tuple["Name", ...]:
        """Every name of this form at a place."""
        return tuple(
            Name(self.name.format(place=place, word=word), self.spoken.format(place=place, word=word), self)
            for word in self.words
        )


@dataclass(frozen=True)
class Name:
    """A school's full name, its name as neighbours say it, and the form they follow."""

    full: str
    spoken: str
    form: Form


@dataclass(frozen=True)
class Kind:
    """A kind of school: its share of a hundred, the size of register from which there is always one, and its forms."""

    phase: Phase
    gias: str
    share: int
    always_from: int
    number: int
    forms: tuple[Form, ...]


def load_kinds(county: Mapping[str, Any]) -> tuple[Kind, ...]:
    """The kinds of `county.yaml`, in its order."""
    return tuple(
        Kind(
            phase=Phase(kind["phase"]),
            gias=kind["gias"],
            share=kind["share"],
            always_from=kind["always_from"],
            number=kind["number"],
            forms=tuple(_load_form(form, kind["rolls"], county["words"]) for form in kind["forms"]),
        )
        for kind in county["kinds"]
    )


def _load_form(form: Mapping[str, Any], rolls: Sequence[int], words: Mapping[str, Sequence[str]]) -> Form:
    least, most = form.get("rolls", rolls)
    return Form(
        name=form["name"],
        spoken=form["spoken"],
        words=tuple(words[form["words"]]) if "words" in form else ("",),
        weight=form["weight"],
        types=tuple(form["types"]),
        ages=tuple((low, high) for low, high in form["ages"]),
        rolls=(least, most),
        gender=form.get("gender", "Mixed"),
        religion=form.get("religion", "Does not apply"),
    )


class NameBook:
    """Gives each school a name, and never one, written or spoken, twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def take(self, kind: Kind, places: Sequence[str]) -> tuple[str, Name]:
        """A place and a name there, the first of `places` where this kind has one left.

        Raises: ValueError where every form is used up.
        """
        for place in places:
            name = self._find(kind, place)
            if name:
                self._taken.update((name.full.casefold(), name.spoken.casefold()))
                return place, name
        raise ValueError(f"the county has no more names for the phase {kind.phase.label}; ask for fewer schools")

    def _find(self, kind: Kind, place: str) -> Name | None:
        left = [(form, [name for name in form.names(place) if self._is_free(name)]) for form in kind.forms]
        open_forms = [(form, names) for form, names in left if names]
        if not open_forms:
            return None
        _, names = self._rng.choices(open_forms, [form.weight for form, _ in open_forms])[0]
        return self._rng.choice(names)

    def _is_free(self, name: Name) -> bool:
        return name.full.casefold() not in self._taken and name.spoken.casefold() not in self._taken

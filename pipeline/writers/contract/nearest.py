"""The nearest right name to a wrong one, and how an officer is told."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.model.contract import CONTRACTS, each_of, names_of

_LISTED = 12  # names that a sentence can hold
_DEEPEST = 3


def say_nearest(wrong: str, known: Sequence[str], start: str, prefix: str = "", scope: Mapping[str, Any] | None = None) -> str:
    """What to write instead of a wrong word: the nearest of those known or, where none is near, what there is."""
    near = _find_near(wrong, known)
    if near:
        return f"Write “{prefix}{near}”: {start[:1].lower()}{start[1:]} “{wrong}”."
    elsewhere = _find_elsewhere(wrong, scope or {})
    if elsewhere:
        return f"Write “{elsewhere}”: {start[:1].lower()}{start[1:]} “{wrong}”."
    if len(known) > _LISTED:
        return f"Choose another: {start[:1].lower()}{start[1:]} “{wrong}”."
    return f"Choose one of {', '.join(known)}: {start[:1].lower()}{start[1:]} “{wrong}”."


def say_unknown(wrong: str, scope: Mapping[str, Any]) -> str:
    """What to write instead of a name that nothing begins with."""
    loops = sorted(name for name, each in _lists(scope) if each == wrong)
    if loops:
        over = " or ".join(f"{{%p for {wrong} in {name} %}}" for name in loops[:3])
        return f"Put it between {over} and {{%p endfor %}}: only there does “{wrong}” stand for one of them."
    near = _find_near(wrong, list(scope), 0.7) or _find_elsewhere(wrong, scope)
    if near:
        return f"Write “{near}”: there is nothing called “{wrong}” here."
    known = [name for name in scope if name != "loop"]
    return f"Choose one of {', '.join(known)}: there is nothing called “{wrong}” here."


def _find_near(wrong: str, known: Sequence[str], likeness: float = 0.6) -> str:
    """The likeliest word: one spelt alike, or the only one that goes on where the wrong one ends."""
    near = difflib.get_close_matches(wrong, known, 1, likeness)
    longer = [name for name in known if len(wrong) > 2 and name.startswith(wrong)]
    return near[0] if near else longer[0] if len(longer) == 1 else ""


def _lists(scope: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Dotted name of each list that can be named here → what one of it is usually called."""
    for contract in CONTRACTS:
        context = contract.context
        if all(scope.get(name) == kind for name, kind in names_of(context).items()):
            yield from ((name, _each(context, name)) for name, kind in names_of(context).items() if each_of(kind))
    for name, kind in scope.items():
        yield from ((f"{name}.{field}", _each(kind, field)) for field, inner in names_of(kind).items() if each_of(inner))


def _each(owner: type[Any], name: str) -> str:
    key = f"{owner.__name__}.{name}"
    return next((contract.names[key].each for contract in CONTRACTS if key in contract.names), "")


def _find_elsewhere(wrong: str, scope: Mapping[str, Any]) -> str:
    """The full name of something that ends in this word, or nearly; the shortest."""
    reached = {full.rpartition(".")[2]: full for full in sorted(_reach(scope, _DEEPEST), key=len, reverse=True)}
    near = difflib.get_close_matches(wrong, list(reached), 1, 0.8)
    return reached[near[0]] if near else ""


def _reach(scope: Mapping[str, Any], depth: int) -> Iterator[str]:
    for name, kind in scope.items():
        yield name
        if depth:
            yield from (f"{name}.{inner}" for inner in _reach(names_of(kind), depth - 1))

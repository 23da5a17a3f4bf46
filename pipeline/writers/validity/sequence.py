"""What may come first, last and next among the children of an element, conditions and loops among them.

Sound and complete for rules about neighbours: any two names in `pairs` stand side by side in some document, and no others do,
whatever the values, as far as each condition may go either way.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from pipeline.writers.proof import word_of

OPENS, PARTS, CLOSES = frozenset({"for", "if"}), frozenset({"elif", "else"}), frozenset({"endfor", "endif"})
NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Sequence:
    """What children there may be, by name. `pairs` are those that may stand side by side, in their order."""

    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    may_be_empty: bool = True

    def then(self, other: "Sequence") -> "Sequence":
        """This, and the other behind it."""
        return Sequence(
            self.first | (other.first if self.may_be_empty else frozenset()),
            other.last | (self.last if other.may_be_empty else frozenset()),
            self.pairs | other.pairs | {(before, after) for before in self.last for after in other.first},
            self.may_be_empty and other.may_be_empty,
        )

    def either(self, other: "Sequence") -> "Sequence":
        """This or the other."""
        may_be_empty = self.may_be_empty or other.may_be_empty
        return Sequence(self.first | other.first, self.last | other.last, self.pairs | other.pairs, may_be_empty)

    def again(self) -> "Sequence":
        """This, once or more."""
        around = {(before, after) for before in self.last for after in self.first}
        return Sequence(self.first, self.last, self.pairs | around, self.may_be_empty)


def children_of(parent: etree._Element, *, without: Set[str] = frozenset()) -> Sequence:
    """What children an element may have, by name: bare in Word's own namespace, with their namespace in others; those named in
    `without` do not count."""
    tags = [node.tag for node in parent]
    if all(type(tag) is str for tag in tags):
        return _all_of(tuple(name for tag in tags if (name := _bare(tag)) not in without))
    return _read(iter(parent), without)[0]


def name_of(element: etree._Element) -> str:
    """Its name, bare in Word's own namespace."""
    return _bare(element.tag)


@lru_cache(maxsize=1024)
def _bare(tag: str) -> str:
    return tag.removeprefix(NAMES)


@lru_cache(maxsize=4096)
def _all_of(names: tuple[str, ...]) -> Sequence:
    if not names:
        return Sequence()
    return Sequence(frozenset(names[:1]), frozenset(names[-1:]), frozenset(pairwise(names)), False)


def _read(nodes: Iterator[etree._Element], without: Set[str]) -> tuple[Sequence, str]:
    """As far as the block goes that `nodes` is in, and the word that ends it there; empty at the end of the children."""
    found = Sequence()
    for node in nodes:
        if isinstance(node.tag, str):
            name = name_of(node)
            found = found if name in without else found.then(_all_of((name,)))
        elif isinstance(node, etree._ProcessingInstruction):
            word = word_of(node)
            if word in OPENS:
                found = found.then(_read_block(word, nodes, without))
            elif word in PARTS | CLOSES:
                return found, word
    return found, ""


def _read_block(word: str, nodes: Iterator[etree._Element], without: Set[str]) -> Sequence:
    branches: list[Sequence] = []
    ended = word
    has_else = False
    while ended not in CLOSES and ended:
        has_else = ended == "else"
        branch, ended = _read(nodes, without)
        branches.append(branch)
    if word == "for":
        branches[0] = branches[0].again()
    return _any_of(branches if has_else else [*branches, Sequence()])


def _any_of(branches: Iterable[Sequence]) -> Sequence:
    found, *others = branches
    for other in others:
        found = found.either(other)
    return found

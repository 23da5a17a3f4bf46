"""The tags of a part, found where docxtpl would find them, and those that it would not."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from textwrap import shorten
from typing import Literal

from lxml import etree

from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.outline import Paragraph, W

_END = "\n"  # between two paragraphs
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KINDS: dict[str, Literal["value", "block", "comment"]] = {"{{": "value", "{%": "block", "{#": "comment"}
_OPENER = re.compile(r"\{[{%#]")
_STRAY = re.compile(r"[%}]\}")
_ONE_BRACE = re.compile(r"(?<![{%#_])\{\s*[a-z_]+(\.[a-z_]+)+\s*\}(?!\})")
_PREFIXED = re.compile(r"(tr|tc|p|r)\s")
_WORD = re.compile(r"[^\W\d]\w*")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOST = {f"{W}{name}" for name in ("drawing", "pict", "object", "fldChar", "footnoteReference", "endnoteReference")}
_SHOWN = 60


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag as it is written. `prefix` is `p`, `tr`, `tc`, `r` or nothing; `code` what stands between, without prefix and
    signs that take blanks away; `start` and `end` are places in its paragraph's text, or -1 in an attribute."""

    written: str
    paragraph: Paragraph
    start: int = -1
    end: int = -1

    @property
    def kind(self) -> Literal["value", "block", "comment"]:
        """Whether it prints, decides or says nothing."""
        return _KINDS[self.written[:2]]

    @cached_property
    def _inner(self) -> str:
        return self.written[2:-2].removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+")

    @cached_property
    def prefix(self) -> str:
        """What it takes away round it."""
        found = _PREFIXED.match(self._inner)
        return found[1] if found else ""

    @cached_property
    def code(self) -> str:
        """The expression or statement, its quotes made straight as docxtpl does."""
        return self._inner[len(self.prefix) :].translate(_STRAIGHT).strip()

    @cached_property
    def word(self) -> str:
        """The first word of a statement: `if`, `endfor` ..."""
        found = _WORD.match(self.code)
        return found[0] if found and self.kind == "block" else ""

    @property
    def is_unreadable(self) -> bool:
        """Whether it holds a character that looks like nothing, or like the space that ought to stand behind its prefix."""
        if self.kind == "comment":
            return False
        behind = self._inner[len(self.prefix) :][:1]
        return bool(_UNSEEN.search(self.written)) or (self.prefix != "" and behind != " ")

    @property
    def shown(self) -> str:
        """The tag in quotation marks, with a mark for each character that cannot be seen."""
        return f"“{shorten(_UNSEEN.sub('▯', self.written), _SHOWN, placeholder=' …')}”"


_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def find_tags(paragraphs: Sequence[Paragraph]) -> tuple[list[Tag], list[Fault]]:
    """Every whole tag of a part in order, and what is wrong with how tags are written: TP403, TP404, TP416, TP417."""
    tags, faults = _scan(paragraphs)
    for paragraph in paragraphs:
        tags.extend(_find_in_attributes(paragraph))
    for tag in tags:
        faults.extend(_check(tag))
    return _in_order(tags, paragraphs), faults


def _in_order(tags: Sequence[Tag], paragraphs: Sequence[Paragraph]) -> list[Tag]:
    """Tags in the order in which they are filled, so that one in an attribute is in the loops round its paragraph and, where a
    loop begins in the paragraph, in that one."""
    numbers = {paragraph: number for number, paragraph in enumerate(paragraphs)}
    begins = {tag.paragraph: tag.end for tag in reversed(tags) if tag.word == "for" and tag.start >= 0}
    return sorted(
        tags, key=lambda tag: (numbers[tag.paragraph], tag.start if tag.start >= 0 else begins.get(tag.paragraph, -1))
    )


def _scan(paragraphs: Sequence[Paragraph]) -> tuple[list[Tag], list[Fault]]:
    text = "".join(paragraph.text.replace(_END, " ") + _END for paragraph in paragraphs)
    starts = [0, *accumulate(len(paragraph.text) + 1 for paragraph in paragraphs)]
    tags: list[Tag] = []
    faults: list[Fault] = []
    done = 0
    while found := _OPENER.search(text, done):
        start, opener = found.start(), found[0]
        faults.extend(_find_strays(text, done, start, paragraphs, starts))
        number = bisect_right(starts, start) - 1
        paragraph, end = paragraphs[number], text.find(_CLOSERS[opener], start + 2)
        following = _OPENER.search(text, start + 2) if opener != "{#" else None  # a note may hold anything
        if end < 0 or (following and following.start() < end):
            rest = text[start : starts[number + 1] - 1]
            remedy = f"Close it with {_CLOSERS[opener]}, on the same line of the same cell."
            faults.append(fault("TP403", paragraph, f"“{shorten(rest, _SHOWN, placeholder=' …')}”", remedy=remedy))
            done = start + 2
            continue
        done = end + 2
        last = bisect_right(starts, end) - 1
        if last > number:
            faults.append(_torn(text[start:done], paragraph, paragraphs[last]))
            continue
        tags.append(Tag(text[start:done], paragraph, start - starts[number], done - starts[number]))
        if tags[-1].word == "raw":
            done = max(done, text.find("{% endraw", done))
    faults.extend(_find_strays(text, done, len(text), paragraphs, starts))
    return tags, faults


def _torn(written: str, first: Paragraph, last: Paragraph) -> Fault:
    apart = "cells" if first.cell is not last.cell else "paragraphs"
    remedy = f"Write the whole tag in one place; it begins in {first.where} and ends in {last.where}, two different {apart}."
    return fault("TP404", first, f"“{' ⏎ '.join(written.split(_END))}”", remedy=remedy)


def _find_strays(text: str, start: int, end: int, paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> Iterator[Fault]:
    """Ends that close nothing, and names between single braces: both would be printed as they stand."""
    for found in _STRAY.finditer(text, start, end):
        at = paragraphs[bisect_right(starts, found.start()) - 1]
        opener = "{{" if found[0] == "}}" else "{%"
        yield fault("TP403", at, f"“{found[0]}”", remedy=f"Write {opener} where the tag begins, or delete the {found[0]}.")
    for found in _ONE_BRACE.finditer(text, start, end):
        at = paragraphs[bisect_right(starts, found.start()) - 1]
        name = found[0].strip("{} ")
        yield fault("TP403", at, f"“{found[0]}”", remedy=f"Write two braces on each side: {{{{ {name} }}}}.")


def _find_in_attributes(paragraph: Paragraph) -> Iterator[Tag]:
    """Tags in what a picture's description or a link says; they are filled like any others."""
    for node in (paragraph.element, *paragraph.nodes):
        for value in node.attrib.values():
            if "{" in str(value):
                for found in re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", str(value)):
                    yield Tag(found[0], paragraph)


def _check(tag: Tag) -> Iterator[Fault]:
    if tag.is_unreadable:
        remedy = "Delete the tag and type it anew with ordinary spaces: it holds a character that cannot be seen."
        yield fault("TP417", tag.paragraph, tag.shown, remedy=remedy)
    if tag.start < 0:
        return
    pieces = _pieces_of(tag)
    if any(_is_tracked(node) for node in pieces):
        yield fault("TP416", tag.paragraph, tag.shown)
    elif _is_torn(tag, pieces):
        remedy = "Delete the tag and type it anew in one go: a link, a field or a picture begins or ends inside it."
        yield fault("TP404", tag.paragraph, tag.shown, remedy=remedy)


def _pieces_of(tag: Tag) -> list[etree._Element]:
    """The elements of text that a tag stands in."""
    found, place = [], 0
    for piece in tag.paragraph.pieces:
        length = len(piece.text or "")
        if place < tag.end and place + length > tag.start:
            found.append(piece)
        place += length
    return found


def _is_tracked(node: etree._Element) -> bool:
    return any(True for _ in node.iterancestors(f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo"))


def _is_torn(tag: Tag, pieces: Sequence[etree._Element]) -> bool:
    """Whether docxtpl, which drops what stands between two pieces of a tag, would drop half of something."""
    if len(pieces) < 2:
        return False
    if any(piece.tag != f"{W}t" for piece in pieces):
        return True
    first, last = pieces[0].getparent(), pieces[-1].getparent()
    if first is None or last is None:
        return True
    if first.getparent() is not last.getparent():
        return True
    nodes = list(tag.paragraph.element.iter("*"))
    between = nodes[nodes.index(pieces[0]) : nodes.index(pieces[-1])]
    return any(node.tag in _LOST for node in between)

"""Conditions and loops: which end belongs to which beginning, and whether both stand where leaving out or repeating works."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.tag import Tag

_PARTS = {"else": ("if", "for"), "elif": ("if",)}
_OPENERS = ("for", "if", "macro", "call", "filter", "with", "block", "raw", "autoescape", "set")
_WORDS = {"for": "loop", "if": "condition"}


@dataclass(eq=False)
class Block:
    """A condition, loop or other block: its tag, those of its parts, its end (None where there is none), the block round it,
    and in which part of that one it stands, 0 being the first."""

    opener: Tag
    around: "Block | None"
    branch: int = 0
    parts: list[Tag] = field(default_factory=list)
    end: Tag | None = None

    @property
    def what(self) -> str:
        """`loop`, `condition` or `block`."""
        return _WORDS.get(self.opener.word, "block")

    @property
    def tags(self) -> list[Tag]:
        """Its tags in order."""
        return [self.opener, *self.parts, *([self.end] if self.end else [])]


@dataclass(frozen=True)
class Nesting:
    """The blocks of a part in the order in which they begin, and for each tag the innermost block that it stands in."""

    blocks: Sequence[Block]
    around: dict[Tag, Block | None]


def opens(tag: Tag) -> bool:
    """Whether a tag begins a block; a `set` with a value is one by itself."""
    return tag.word in _OPENERS and not (tag.word == "set" and "=" in tag.code)


def nest(tags: Sequence[Tag]) -> tuple[Nesting, list[Fault]]:
    """Finds the blocks, and every beginning and end that has no counterpart: TP405, TP406, TP407."""
    blocks: list[Block] = []
    around: dict[Tag, Block | None] = {}
    faults: list[Fault] = []
    open_blocks: list[Block] = []
    for tag in tags:
        inner = open_blocks[-1] if open_blocks else None
        around[tag] = inner
        if tag.kind != "block":
            continue
        if opens(tag):
            open_blocks.append(Block(tag, inner, len(inner.parts) if inner else 0))
            blocks.append(open_blocks[-1])
        elif tag.word in _PARTS:
            faults.extend(_divide(tag, open_blocks))
        elif tag.word.startswith("end"):
            faults.extend(_close(tag, open_blocks))
    faults.extend(_unclosed(block) for block in open_blocks)
    return Nesting(blocks, around), faults


def _divide(tag: Tag, open_blocks: Sequence[Block]) -> Iterator[Fault]:
    if open_blocks and open_blocks[-1].opener.word in _PARTS[tag.word]:
        open_blocks[-1].parts.append(tag)
    else:
        remedy = f"Write the “if” that it belongs to in front of {tag.shown}, or delete it."
        yield fault("TP406", tag.paragraph, tag.shown, remedy=remedy)


def _close(tag: Tag, open_blocks: list[Block]) -> Iterator[Fault]:
    word = tag.word.removeprefix("end")
    place = next((n for n in range(len(open_blocks) - 1, -1, -1) if open_blocks[n].opener.word == word), None)
    if place is None:
        wanted = f"the “{word}” that it ends" if word in _OPENERS else "what it ends"
        yield fault("TP406", tag.paragraph, tag.shown, remedy=f"Write {wanted} in front of {tag.shown}, or delete it.")
        return
    block = open_blocks.pop(place)
    block.end = tag
    for inner in open_blocks[place:]:
        opener = inner.opener
        begun = f"{inner.what} {opener.shown} (in {opener.paragraph.where})"
        remedy = f"End the {begun} before {tag.shown}: what begins last ends first."
        yield fault("TP407", tag.paragraph, tag.shown, remedy=remedy)


def _unclosed(block: Block) -> Fault:
    opener = block.opener
    end = f"{{%{opener.prefix} end{opener.word} %}}"
    return fault("TP405", opener.paragraph, opener.shown, remedy=f"Write {end} where the {block.what} should end.")


def find_displaced(nesting: Nesting) -> Iterator[Fault]:
    """Blocks whose tags stand in different places: TP408; those that only leave an empty paragraph behind: TP435."""
    for block in nesting.blocks:
        opener = block.opener
        home = stands_in(opener)
        for tag in block.tags[1:]:
            if stands_in(tag) is home and bool(tag.prefix in _WHOLE) == bool(opener.prefix in _WHOLE):
                continue
            if _joins(opener, tag):
                if tag is block.end:
                    yield fault("TP435", opener.paragraph, opener.shown, remedy=_whole_remedy(block))
                continue
            yield fault("TP408", tag.paragraph, tag.shown, remedy=_same_place(opener, tag))


_WHOLE = ("p", "tr", "tc")


def stands_in(tag: Tag) -> etree._Element | None:
    """The element whose children a tag stands among once docxtpl has taken away what it takes."""
    paragraph = tag.paragraph
    if tag.prefix == "tr":
        return paragraph.row.getparent() if paragraph.row is not None else None
    if tag.prefix == "tc":
        return paragraph.row
    return paragraph.element.getparent() if tag.prefix == "p" else paragraph.element


def _joins(opener: Tag, tag: Tag) -> bool:
    """Whether both stand inside paragraphs of the same container: Word can open what comes of it."""
    apart = opener.paragraph.element.getparent() is not tag.paragraph.element.getparent()
    return not apart and opener.prefix not in _WHOLE and tag.prefix not in _WHOLE


def _whole_remedy(block: Block) -> str:
    opener, end = block.opener, block.end
    assert end is not None
    alone = all(tag.paragraph.text.strip() == tag.written for tag in block.tags)
    if alone:
        return f"Write p behind the % of each of its tags: {{%p {opener.code} %}} … {{%p {end.code} %}}."
    return "Begin and end it in the same paragraph, or put each of its tags, with a p behind the %, in a paragraph of its own."


def _same_place(opener: Tag, tag: Tag) -> str:
    there = f"{opener.shown} in {opener.paragraph.where}"
    if opener.prefix != tag.prefix:
        return f"Write the same letters behind the % as in {there}: “%{opener.prefix}”."
    if opener.prefix == "tr":
        return f"Put it into the table in which it begins: {there}."
    if opener.prefix == "tc":
        return f"Put it into the row in which it begins: {there}."
    if opener.paragraph.cell is tag.paragraph.cell:
        return f"Put it beside its beginning: {there}."
    return f"Put it into the cell in which it begins ({there}), or use %tr tags in rows of their own."

"""Tables whose rows or cells are repeated or left out: something must be repeated, and at least one must stay."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lxml import etree

from pipeline.writers.contract.block import Block, Nesting
from pipeline.writers.contract.fault import Fault, fault, fault_at
from pipeline.writers.contract.outline import Part, W, cells_of, rows_of
from pipeline.writers.contract.tag import Tag

_REMEDIES = {
    "tr": "Give it a heading row above the loop, or write {%p if … %} in front of the table and {%p endif %} behind it.",
    "tc": "Give the row a cell that is always there.",
}
_WHOLES = {"tr": "row", "tc": "cell"}


def find_rowless(part: Part, nesting: Nesting) -> Iterator[Fault]:
    """Loops over no row or cell, and tables and rows that may end with none: TP412."""
    tags = [tag for tag in nesting.around if tag.prefix in _WHOLES]
    if not tags:
        return
    for table, where in part.tables:
        rows = rows_of(table)
        yield from _check(_Line("tr", rows, tags, nesting), where, table)
        for number, row in enumerate(rows, 1):
            yield from _check(_Line("tc", cells_of(row), tags, nesting), f"{where}, row {number}", row)


class _Line:
    """The rows of a table, or the cells of a row, with the tags that stand for some of them."""

    def __init__(self, prefix: str, items: Sequence[etree._Element], tags: Sequence[Tag], nesting: Nesting) -> None:
        self.prefix, self._items = prefix, items
        held = {tag: _item_of(tag) for tag in tags if tag.prefix == prefix}
        self.marks: Mapping[etree._Element, Tag] = {
            item: tag for tag, item in held.items() if item is not None and item in items
        }
        mine = set(self.marks.values())
        self.blocks = [block for block in nesting.blocks if block.end and mine.issuperset(block.tags)]

    def place(self, tag: Tag) -> int:
        """Where a tag stands in the line."""
        return next(number for number, item in enumerate(self._items) if self.marks.get(item) is tag)

    def holds(self, first: int, last: int) -> bool:
        """Whether anything but tags stands between two places."""
        return any(item not in self.marks for item in self._items[first + 1 : last])

    def is_certain(self, first: int = -1, last: int | None = None) -> bool:
        """Whether something stands between two places however the template is filled."""
        place, last = first + 1, len(self._items) if last is None else last
        while place < last:
            tag = self.marks.get(self._items[place])
            block = next((block for block in self.blocks if block.opener is tag), None)
            if tag is None or (block and self._always(block)):
                return True
            place = self.place(block.end) + 1 if block and block.end else place + 1
        return False

    def _always(self, block: Block) -> bool:
        """Whether each of a block's parts leaves something; one without an `else` may leave nothing."""
        has_else = any(part.word == "else" for part in block.parts)
        return has_else and all(self.is_certain(*pair) for pair in pairwise(map(self.place, block.tags)))


def _item_of(tag: Tag) -> etree._Element | None:
    return tag.paragraph.row if tag.prefix == "tr" else tag.paragraph.cell


def _check(line: _Line, where: str, element: etree._Element) -> Iterator[Fault]:
    whole = _WHOLES[line.prefix]
    loops = [block for block in line.blocks if block.what == "loop" and block.end]
    empty = [loop for loop in loops if loop.end and not line.holds(line.place(loop.opener), line.place(loop.end))]
    for loop in empty:
        remedy = f"Put the {whole} to be repeated between this {whole} and the one with its end."
        yield fault("TP412", loop.opener.paragraph, loop.opener.shown, remedy=remedy)
    if line.marks and not empty and not line.is_certain() and not _is_guarded(line.blocks):
        first = next(element.iter(f"{W}p"), None)
        yield fault_at("TP412", where, first, f"no {whole} that is always there", remedy=_REMEDIES[line.prefix])


def _is_guarded(blocks: Sequence[Block]) -> bool:
    """Whether a condition round the table asks for what its loop goes over."""
    return any(block.opener.word == "for" and _is_asked_for(block) for block in blocks)


def _is_asked_for(loop: Block) -> bool:
    over, inner = loop.opener.code.partition(" in ")[2].strip(), loop
    while inner.around is not None:
        if inner.branch == 0 and inner.around.opener.code.split() == ["if", *over.split()]:
            return True
        inner = inner.around
    return False

"""Tables whose rows are repeated or left out: something must be repeated, and at least one row must stay."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from pipeline.writers.contract.block import Block, Nesting
from pipeline.writers.contract.fault import Fault, fault, fault_at
from pipeline.writers.contract.outline import Part, W, rows_of
from pipeline.writers.contract.tag import Tag


def find_rowless(part: Part, nesting: Nesting) -> Iterator[Fault]:
    """Loops over no row, and tables that may end with none: TP412."""
    blocks = [block for block in nesting.blocks if block.opener.prefix == "tr" and block.end is not None]
    for table, where in part.tables:
        rows = rows_of(table)
        marks = {_row_of(tag): tag for tag in nesting.around if tag.prefix == "tr" and _row_of(tag) in rows}
        own = [block for block in blocks if _row_of(block.opener) in rows and _row_of(block.end) in rows]
        empty = [block for block in own if block.what == "loop" and not _between(block, rows, marks)]
        for block in empty:
            remedy = "Put the row to be repeated between this row and the one with its end."
            yield fault("TP412", block.opener.paragraph, block.opener.shown, remedy=remedy)
        if marks and not empty and not _has_certain_row(rows, marks, own) and not _is_guarded(own):
            first = next(table.iter(f"{W}p"), None)
            remedy = (
                "Give it a heading row above the loop, or write {%p if … %} in front of the table and {%p endif %} behind it."
            )
            yield fault_at("TP412", where, first, "no row that is always there", remedy=remedy)


def _row_of(tag: Tag | None) -> etree._Element | None:
    return tag.paragraph.row if tag else None


def _between(block: Block, rows: Sequence[etree._Element], marks: Mapping[etree._Element | None, Tag]) -> list[etree._Element]:
    """The rows that a block holds, its tags' own left out."""
    first, last = (next(n for n, row in enumerate(rows) if row is _row_of(tag)) for tag in (block.opener, block.end))
    return [row for row in rows[first + 1 : last] if row not in marks]


def _has_certain_row(
    rows: Sequence[etree._Element], marks: Mapping[etree._Element | None, Tag], blocks: Sequence[Block]
) -> bool:
    """Whether a row is there however the table is filled; a block with an `else` always leaves one of its parts."""
    optional = [block for block in blocks if not any(part.word == "else" for part in block.parts)]
    inside = {row for block in optional for row in _between(block, rows, marks)}
    return any(row not in marks and row not in inside for row in rows)


def _is_guarded(blocks: Sequence[Block]) -> bool:
    """Whether a condition round the table asks for what its loop goes over."""
    for block in blocks:
        over = block.opener.code.partition(" in ")[2].strip()
        around = block.around
        while around is not None:
            if around.what == "condition" and over and over in around.opener.code:
                return True
            around = around.around
    return False

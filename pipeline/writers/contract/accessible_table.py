"""Tables that a screen reader can follow: a heading row, the same cells in every row, a title, and whole rows on a page.

Source: the councils' checklists in facts.md 7.4.
"""

from collections.abc import Collection, Iterator

from lxml import etree

from pipeline.writers.contract.fault import Fault, fault_at
from pipeline.writers.contract.outline import Paragraph, Part, W, cells_of, rows_of

_LABELLED = 2  # columns of a table of facts: a label and what it is, without a heading row


def check_tables(part: Part, taken: Collection[Paragraph]) -> Iterator[Fault]:
    """Each table, but for the rows that vanish when the template is filled: TP445 to TP448."""
    gone = {paragraph.row for paragraph in taken if paragraph.row is not None and _holds_tag(paragraph)}
    for table, where in part.tables:
        anchor = next(table.iter(f"{W}p"), None)
        rows = [row for row in rows_of(table) if row not in gone]
        repeats = len(rows) < len(rows_of(table))
        if rows and (repeats or len(cells_of(rows[0])) > _LABELLED or _shows_heading(table)) and not _has(rows[0], "tblHeader"):
            yield fault_at("TP445", where, anchor, "a first row that is not marked")
        if merged := _merged(table, rows):
            yield fault_at("TP446", where, anchor, merged)
        missing = [
            word for name, word in (("tblCaption", "title"), ("tblDescription", "description")) if not _says(table, name)
        ]
        if missing:
            yield fault_at("TP447", where, anchor, f"no {' and no '.join(missing)}")
        split = [f"{rows_of(table).index(row) + 1}" for row in rows if not _has(row, "cantSplit")]
        if split:
            yield fault_at("TP448", where, anchor, f"{'rows' if len(split) > 1 else 'row'} {', '.join(split)}")


def _holds_tag(paragraph: Paragraph) -> bool:
    return "{%tr " in paragraph.text


def _has(row: etree._Element, name: str) -> bool:
    found = row.find(f"{W}trPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _shows_heading(table: etree._Element) -> bool:
    look = table.find(f"{W}tblPr/{W}tblLook")
    return look is not None and look.get(f"{W}firstRow") in ("1", "true")


def _merged(table: etree._Element, rows: list[etree._Element]) -> str:
    cells = [cell for row in rows for cell in cells_of(row)]
    if any(cell.find(f"{W}tcPr/{W}vMerge") is not None for cell in cells):
        return "cells merged downwards"
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells)
    if any(span is not None and span.get(f"{W}val") != "1" for span in spans):
        return "cells merged across"
    return "a table inside a cell" if any(cell.find(f".//{W}tbl") is not None for cell in cells) else ""


def _says(table: etree._Element, name: str) -> str:
    said = table.find(f"{W}tblPr/{W}{name}")
    return "" if said is None else said.get(f"{W}val", "").strip()

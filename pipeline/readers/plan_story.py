"""One story of a Word document (its body, a header, a note) read whole: paragraphs, tables, and what stands beside them.

Text is read through every wrapper, at any depth: content controls, tracked insertions, links, fields, custom tags. What a
tracked change took away is not part of the text, and is kept as a remark; a text box is read once, though a document holds it
twice for older programs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from pipeline.model.returned_plan import PlanRow, PlanTable, PlanText, Remark, Source
from pipeline.readers.plan_inline import Inline, Notes
from pipeline.readers.plan_markup import (
    CELL,
    COME,
    CONTROL,
    GONE,
    MC,
    NOTABLE,
    PROPERTIES,
    ROW,
    STYLE,
    TABLE,
    VAL,
    Beside,
    P,
    T,
    W,
    count_columns,
    count_skipped,
    goes_on,
    show,
    take_plain,
)
from pipeline.readers.plan_rows import read_plain_rows

_AREA = re.compile(r"\s*Area\s+(\d{1,2})\s*([:.–—-]|$)", re.IGNORECASE)
_LONGEST_HEADING, _AREA_RANK = 160, 2  # characters; the headings of areas are second to those of the plan's pages


class Story(Inline):
    """Reads one story. `headings` are the styles that make a heading: id → its rank, 1 the highest."""

    def __init__(self, headings: Mapping[str, int], notes: Notes | None = None) -> None:
        super().__init__(notes)
        self.texts: list[PlanText] = []
        self.tables: list[PlanTable] = []
        self._headings, self._heading, self._area, self._count = headings, "", 0, 0
        self._waiting: list[str] = []  # bookmarks that begin between rows or paragraphs belong to what comes next

    def read(self, root: Iterable[etree._Element]) -> None:
        """Takes in the blocks of a story, in their order."""
        for block in root:
            tag = block.tag
            if tag == P:
                self._take_paragraph(block)
            elif tag == TABLE:
                self.tables.append(self._read_table(block))
            elif tag == W + "bookmarkStart":
                self._waiting.append(block.get(W + "name", ""))
            elif tag in GONE:
                self._take_away(block, beside := Beside())
                self._add("", beside)
            elif tag not in PROPERTIES:
                self.changes += tag in COME
                self.read(block)

    def _take_paragraph(self, paragraph: etree._Element) -> None:
        beside = Beside()
        style = ""
        texts: list[str] = []
        for found in paragraph.iter():
            tag = found.tag
            if tag == T:
                texts.append(found.text or "")
            elif tag == STYLE:
                style = style or found.get(VAL, "")
            elif tag in NOTABLE and not take_plain(tag, found, texts, beside):
                beside = Beside()
                texts = [self._read_paragraph(paragraph, beside)]
                break
        text = show("".join(texts))
        rank = self._headings.get(style, 0)
        area = _AREA.match(text) if len(text) < _LONGEST_HEADING else None
        if text.strip() and (rank or area):
            self._heading = text.strip()
            self._area = int(area[1]) if area else self._area if rank > _AREA_RANK else 0
        self._add(text, beside)

    def _add(self, text: str, beside: Beside) -> None:
        if text.strip() or beside.remarks:
            self.texts.append(PlanText(text, self._heading, tuple(beside.remarks)))
        self.tables.extend(beside.tables)

    def _read_drawing(self, node: etree._Element, beside: Beside) -> None:
        """The text boxes of a drawing, of which an older program's copy is left out."""
        for box in _find_boxes(node):
            story = Story(self._headings, self._notes)
            story.used = self.used
            story.read(box)
            self.changes += story.changes
            for text in story.texts:
                beside.remarks += [Remark(Source.TEXT_BOX, text.text)] if text.text.strip() else []
                beside.remarks += text.remarks
            beside.tables += story.tables

    def _read_table(self, table: etree._Element) -> PlanTable:
        self._count += 1
        number, heading, area = self._count, self._heading, self._area
        rows = None if self._waiting else read_plain_rows(table)
        if rows is None:
            rows = [(row, None, marks) for row, marks in self._find_rows(table)]
        read = (
            self._read_row(place, row, marks)
            if cells is None
            else PlanRow(place, tuple(map(show, cells)), tuple(marks.tags), tuple(marks.bookmarks))
            for place, (row, cells, marks) in enumerate(rows, 1)
        )
        return PlanTable(number, heading, area, tuple(read))

    def _find_rows(self, node: etree._Element) -> Iterator[tuple[etree._Element, Beside]]:
        """The rows, through wrappers, each with the tags and bookmarks of what wraps it or stands before it."""
        marks = Beside(bookmarks=self._waiting)
        self._waiting = []
        for child in node:
            tag = child.tag
            if tag == ROW:
                yield child, marks
                marks = Beside()
            elif tag == W + "bookmarkStart":
                marks.bookmarks.append(child.get(W + "name", ""))
            elif tag == CONTROL:
                self._note_tag(child.find(W + "sdtPr"), marks)
                yield from self._wrapped(child, marks)
                marks = Beside()
            elif tag not in PROPERTIES:
                yield from self._wrapped(child, marks)
                marks = Beside()

    def _wrapped(self, node: etree._Element, marks: Beside) -> Iterator[tuple[etree._Element, Beside]]:
        for place, (row, own) in enumerate(self._find_rows(node)):
            if not place:
                own.tags[:0], own.bookmarks[:0] = marks.tags, marks.bookmarks
            yield row, own

    def _read_row(self, number: int, row: etree._Element, beside: Beside) -> PlanRow:
        """A row that is read with care."""
        properties = row.find(W + "trPr")
        deleted = properties is not None and properties.find(W + "del") is not None
        inserted = properties is not None and properties.find(W + "ins") is not None
        self.changes += deleted + inserted
        cells: list[str | None] = [None] * count_skipped(properties, "gridBefore")
        for cell in self._find_cells(row, beside):
            text, kept = self._read_cell(cell, beside)
            if deleted and not (text or "").strip():
                text = _bring_back(beside.remarks, kept) or text
            cells.append(text)
            cells.extend([None] * (count_columns(cell) - 1))
        return PlanRow(
            number=number,
            cells=tuple(cells),
            tags=tuple(beside.tags),
            bookmarks=tuple(beside.bookmarks),
            remarks=tuple(beside.remarks),
            tables=tuple(beside.tables),
            inserted=inserted,
            deleted=deleted,
        )

    def _find_cells(self, node: etree._Element, beside: Beside) -> Iterator[etree._Element]:
        for child in node:
            tag = child.tag
            if tag == CELL:
                yield child
            elif tag == W + "bookmarkStart":
                beside.bookmarks.append(child.get(W + "name", ""))
            elif tag not in PROPERTIES:
                if tag == CONTROL:
                    self._note_tag(child.find(W + "sdtPr"), beside)
                yield from self._find_cells(child, beside)

    def _read_cell(self, cell: etree._Element, beside: Beside) -> tuple[str | None, int]:
        """Its paragraphs, a line each, and how many remarks there were before it. A cell that goes on from the row above is
        None unless it has text of its own."""
        before = len(beside.remarks)
        lines: list[str] = []
        self._read_blocks(cell, lines, beside)
        text = "\n".join(lines) if len(lines) != 1 else lines[0]
        if not text.strip() and goes_on(cell):
            return None, before
        return text, before

    def _read_blocks(self, node: etree._Element, lines: list[str], beside: Beside) -> None:
        for block in node:
            tag = block.tag
            if tag == P:
                lines.append(self._read_paragraph(block, beside))
            elif tag == TABLE:
                beside.tables.append(self._read_table(block))
            elif tag in GONE:
                self._take_away(block, beside)
            elif tag == W + "bookmarkStart":
                beside.bookmarks.append(block.get(W + "name", ""))
            elif tag not in PROPERTIES:
                if tag == CONTROL:
                    self._note_tag(block.find(W + "sdtPr"), beside)
                self.changes += tag in COME
                self._read_blocks(block, lines, beside)


def _find_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes: of an alternative, the newer program's, unless only the older one has any."""
    for child in node:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == MC + "Fallback" and any(True for _ in node.iterfind(f"{MC}Choice//{W}txbxContent")):
            continue
        elif isinstance(child.tag, str):
            yield from _find_boxes(child)


def _bring_back(remarks: list[Remark], before: int) -> str:
    """In a row that was deleted as a whole, what its cells held is their text again, and no remark."""
    gone = [remark for remark in remarks[before:] if remark.source in GONE.values()]
    for remark in gone:
        remarks.remove(remark)
    return "\n".join(remark.text.strip() for remark in gone)

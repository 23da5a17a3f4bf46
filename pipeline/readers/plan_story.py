"""One story of a Word document (its body, a header, a note) read whole: paragraphs, tables, and what stands beside them.

Text is read through every wrapper, at any depth: content controls, tracked insertions, links, fields, custom tags. What a
tracked change took away is not part of the text, and is kept as a remark; a text box is read once, though a document holds it
twice for older programs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.model.returned_plan import PlanRow, PlanTable, PlanText, Remark, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _R, _T, _TBL, _TR, _TC, _SDT = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
_PROPERTIES = {W + name for name in ("pPr", "rPr", "tcPr", "tblPr", "tblGrid", "trPr", "sectPr", "sdtPr", "sdtEndPr", "tblPrEx", "instrText", "delInstrText")}
_DRAWN = {W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"}
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}  # fmt: skip
_GONE = {W + "del": Source.DELETED, W + "moveFrom": Source.MOVED}
_COME = {W + "ins", W + "moveTo"}
_TC_PROPERTIES, _SPAN = W + "tcPr", W + "gridSpan"
_VAL, _AUTHOR, _ID, _STYLE = W + "val", W + "author", W + "id", W + "pStyle"
# What is read at once wherever it stands, and what makes a paragraph or a row one to be read with care.
_PLAIN = (*_MARKS, W + "tag", W + "bookmarkStart")
_UNUSUAL = (
    *_DRAWN, *_GONE, *_COME, _MATH + "t",
    *(W + name for name in (
        "showingPlcHdr", "delText", "sym", "commentReference", "footnoteReference", "endnoteReference", "gridSpan", "vMerge",
        "gridBefore", "txbxContent",
    )),
)  # fmt: skip
_NOTABLE = frozenset((*_PLAIN, *_UNUSUAL))
_IN_TABLES = (_T, _P, _TC, _TR, _TBL, _SDT, *_PLAIN, *_UNUSUAL)
_AROUND = {_TBL, _SDT, W + "bookmarkStart"}
_HOLD_ROWS = {_TBL, W + "sdtContent", W + "customXml", W + "ins", W + "del", W + "moveTo", W + "moveFrom"}
# Symbols of Wingdings, which people choose as ticks and boxes: what they look like.
_SYMBOLS = {"F0FC": "✔", "F0FE": "☑", "F0FB": "✘", "F0FD": "☒", "F0A8": "☐", "F06F": "☐"}
_AREA = re.compile(r"\s*Area\s+(\d{1,2})\s*([:.–—-]|$)", re.IGNORECASE)
_LONGEST_HEADING, _AREA_RANK = 160, 2  # characters; the headings of areas are second to those of the plan's pages
_PROMPT = re.compile(r"(Click|Tap|Choose|Enter)\b.{0,60}\.?", re.IGNORECASE | re.DOTALL)
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


@dataclass
class Beside:
    """What is met beside the text while a paragraph or a row is read."""

    remarks: list[Remark] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    tables: list[PlanTable] = field(default_factory=list)


@dataclass(frozen=True)
class Notes:
    """What a reference in the text leads to, by its id."""

    comments: Mapping[str, Remark] = field(default_factory=dict)
    footnotes: Mapping[str, Remark] = field(default_factory=dict)
    endnotes: Mapping[str, Remark] = field(default_factory=dict)


class Story:
    """Reads one story. `headings` are the styles that make a heading: id → its rank, 1 the highest."""

    def __init__(self, headings: Mapping[str, int], notes: Notes | None = None) -> None:
        self.texts: list[PlanText] = []
        self.tables: list[PlanTable] = []
        self.changes = 0
        self.used: set[tuple[str, str]] = set()
        self._headings, self._heading, self._area, self._count = headings, "", 0, 0
        self._notes = notes or Notes()
        self._waiting: list[str] = []  # bookmarks that begin between rows or paragraphs belong to what comes next

    def read(self, root: Iterable[etree._Element]) -> None:
        """Takes in the blocks of a story, in their order."""
        for block in root:
            tag = block.tag
            if tag == _P:
                self._take_paragraph(block)
            elif tag == _TBL:
                self.tables.append(self._read_table(block))
            elif tag == W + "bookmarkStart":
                self._waiting.append(block.get(W + "name", ""))
            elif tag in _GONE:
                self._take_away(block, beside := Beside())
                self._add("", beside)
            elif tag not in _PROPERTIES:
                self.changes += tag in _COME
                self.read(block)

    def _take_paragraph(self, paragraph: etree._Element) -> None:
        beside = Beside()
        style = ""
        texts: list[str] = []
        for found in paragraph.iter():
            tag = found.tag
            if tag == _T:
                texts.append(found.text or "")
            elif tag == _STYLE:
                style = style or found.get(_VAL, "")
            elif tag in _NOTABLE and not _take_plain(tag, found, texts, beside):
                beside = Beside()
                texts = [self._read_paragraph(paragraph, beside)]
                break
        text = _show("".join(texts))
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

    def _read_paragraph(self, paragraph: etree._Element, beside: Beside) -> str:
        pieces: list[str] = []
        self._read_inline(paragraph, pieces, beside)
        return _show("".join(pieces))

    def _read_inline(self, node: etree._Element, pieces: list[str], beside: Beside) -> None:
        for child in node:
            tag = child.tag
            if tag == _R:
                for piece in child:
                    if piece.tag == _T:
                        pieces.append(piece.text or "")
                    else:
                        self._read_piece(piece, pieces, beside)
            elif tag not in _PROPERTIES:
                self._read_piece(child, pieces, beside)

    def _read_piece(self, node: etree._Element, pieces: list[str], beside: Beside) -> None:
        """Whatever is no run of text."""
        tag = node.tag
        if tag in _PROPERTIES:
            return
        if tag in _MARKS:
            pieces.append(_MARKS[tag])
        elif tag == _T or tag == W + "delText" or tag == _MATH + "t":
            pieces.append(node.text or "")
        elif tag == _SDT:
            self._read_control(node, pieces, beside)
        elif tag in _GONE:
            self._take_away(node, beside)
        elif tag == W + "bookmarkStart":
            beside.bookmarks.append(node.get(W + "name", ""))
        elif tag == W + "commentReference":
            self._refer(self._notes.comments, "comment", node, beside)
        elif tag == W + "footnoteReference":
            self._refer(self._notes.footnotes, "footnote", node, beside)
        elif tag == W + "endnoteReference":
            self._refer(self._notes.endnotes, "endnote", node, beside)
        elif tag in _DRAWN:
            self._read_drawing(node, beside)
        elif tag == W + "sym":
            pieces.append(_SYMBOLS.get(node.get(W + "char", "").upper(), "\ufffd"))
        else:
            self.changes += tag in _COME
            self._read_inline(node, pieces, beside)

    def _read_control(self, control: etree._Element, pieces: list[str], beside: Beside) -> None:
        """A content control within a paragraph. Its prompt is not text, and is kept as what it is."""
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        inner: list[str] = []
        self._note_tag(properties, beside)
        if content is not None:
            self._read_inline(content, inner, beside)
        text = "".join(inner)
        prompts = properties is not None and properties.find(W + "showingPlcHdr") is not None
        if prompts and _PROMPT.fullmatch(text.strip()):
            beside.remarks.append(Remark(Source.PLACEHOLDER, text.strip()))
        else:
            pieces.append(text)

    def _note_tag(self, properties: etree._Element | None, beside: Beside) -> None:
        tag = None if properties is None else properties.find(W + "tag")
        if tag is not None:
            beside.tags.append(tag.get(_VAL, ""))

    def _take_away(self, node: etree._Element, beside: Beside) -> None:
        """What a tracked change took away: it is told, and is no part of the text."""
        self.changes += 1
        pieces: list[str] = []
        held = Beside()
        for paragraph in [*node.iter(_P)] or [node]:
            self._read_inline(paragraph, pieces, held)
            pieces.append(" ")
        text = "".join(pieces).strip()
        if text:
            beside.remarks.append(Remark(_GONE[node.tag], text, node.get(_AUTHOR, "")))
        beside.remarks += held.remarks
        beside.bookmarks += held.bookmarks

    def _refer(self, notes: Mapping[str, Remark], kind: str, node: etree._Element, beside: Beside) -> None:
        key = node.get(_ID, "")
        if key in notes and (kind, key) not in self.used:
            self.used.add((kind, key))
            beside.remarks.append(notes[key])

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
        rows = None if self._waiting else _read_plain_rows(table)
        if rows is None:
            rows = [(row, None, marks) for row, marks in self._find_rows(table)]
        read = (
            self._read_row(place, row, marks)
            if cells is None
            else PlanRow(place, tuple(map(_show, cells)), tuple(marks.tags), tuple(marks.bookmarks))
            for place, (row, cells, marks) in enumerate(rows, 1)
        )
        return PlanTable(number, heading, area, tuple(read))

    def _find_rows(self, node: etree._Element) -> Iterator[tuple[etree._Element, Beside]]:
        """The rows, through wrappers, each with the tags and bookmarks of what wraps it or stands before it."""
        marks = Beside(bookmarks=self._waiting)
        self._waiting = []
        for child in node:
            tag = child.tag
            if tag == _TR:
                yield child, marks
                marks = Beside()
            elif tag == W + "bookmarkStart":
                marks.bookmarks.append(child.get(W + "name", ""))
            elif tag == _SDT:
                self._note_tag(child.find(W + "sdtPr"), marks)
                yield from self._wrapped(child, marks)
                marks = Beside()
            elif tag not in _PROPERTIES:
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
        cells: list[str | None] = [None] * _count_skipped(properties, "gridBefore")
        for cell in self._find_cells(row, beside):
            text, kept = self._read_cell(cell, beside)
            if deleted and not (text or "").strip():
                text = _bring_back(beside.remarks, kept) or text
            cells.append(text)
            cells.extend([None] * (_span(cell) - 1))
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
            if tag == _TC:
                yield child
            elif tag == W + "bookmarkStart":
                beside.bookmarks.append(child.get(W + "name", ""))
            elif tag not in _PROPERTIES:
                if tag == _SDT:
                    self._note_tag(child.find(W + "sdtPr"), beside)
                yield from self._find_cells(child, beside)

    def _read_cell(self, cell: etree._Element, beside: Beside) -> tuple[str | None, int]:
        """Its paragraphs, a line each, and how many remarks there were before it. A cell that goes on from the row above is None
        unless it has text of its own."""
        before = len(beside.remarks)
        lines: list[str] = []
        self._read_blocks(cell, lines, beside)
        text = "\n".join(lines) if len(lines) != 1 else lines[0]
        if not text.strip() and _goes_on(cell):
            return None, before
        return text, before

    def _read_blocks(self, node: etree._Element, lines: list[str], beside: Beside) -> None:
        for block in node:
            tag = block.tag
            if tag == _P:
                lines.append(self._read_paragraph(block, beside))
            elif tag == _TBL:
                beside.tables.append(self._read_table(block))
            elif tag in _GONE:
                self._take_away(block, beside)
            elif tag == W + "bookmarkStart":
                beside.bookmarks.append(block.get(W + "name", ""))
            elif tag not in _PROPERTIES:
                if tag == _SDT:
                    self._note_tag(block.find(W + "sdtPr"), beside)
                self.changes += tag in _COME
                self._read_blocks(block, lines, beside)


def _read_plain_rows(table: etree._Element) -> list[tuple[etree._Element, list[str] | None, Beside]] | None:
    """The rows of a table, each with its cells and what stands beside them. Where a row holds more than text, breaks, tags and
    bookmarks, it has no cells here, and must be read with care; where the table does, there are no rows.

    One walk by lxml over a table's hundreds of elements, which gives the same in a fifth of the time."""
    rows: list[tuple[etree._Element, list[str] | None, Beside]] = []
    cells: list[str] = []
    beside = Beside()
    texts: list[str] = []
    is_plain = True
    for found in table.iter(*_IN_TABLES):
        tag = found.tag
        if tag == _T:
            texts.append(found.text or "")
        elif tag == _P:
            texts.append("\n")
        elif tag == _TC:
            cells.append("".join(texts))
            texts = []
        elif tag == _TR:
            _finish_row(rows, cells, texts, is_plain)
            cells, texts, beside, is_plain = [], [], Beside(), True
            rows.append((found, cells, beside))
        elif tag in _AROUND and found is not table and (tag == _TBL or _stands_between_rows(found)):
            return None
        elif tag in _NOTABLE and not _take_plain(tag, found, texts, beside):
            is_plain = False
    _finish_row(rows, cells, texts, is_plain)
    return rows


def _finish_row(
    rows: list[tuple[etree._Element, list[str] | None, Beside]], cells: list[str], texts: list[str], is_plain: bool
) -> None:
    """Gives the last row its cells. Each one's text begins with the break of its first paragraph, and came to the list with the
    start of the next; the first of the list is what stood before any cell."""
    if rows and is_plain:
        cells.append("".join(texts))
        rows[-1] = (rows[-1][0], [cell[1:] for cell in cells[1:]], rows[-1][2])
    elif rows:
        rows[-1] = (rows[-1][0], None, Beside())


def _stands_between_rows(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag in _HOLD_ROWS


def _take_plain(tag: str, found: etree._Element, texts: list[str], beside: Beside) -> bool:
    """Takes in what needs no care; whether it did."""
    if tag in _MARKS:
        texts.append(_MARKS[tag])
    elif tag == W + "tag":
        beside.tags.append(found.get(_VAL, ""))
    elif tag == W + "bookmarkStart":
        beside.bookmarks.append(found.get(W + "name", ""))
    else:
        return False
    return True


def _show(text: str) -> str:
    """Text without what nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _find_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes: of an alternative, the newer program's, unless only the older one has any."""
    for child in node:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == _MC + "Fallback" and any(True for _ in node.iterfind(f"{_MC}Choice//{W}txbxContent")):
            continue
        elif isinstance(child.tag, str):
            yield from _find_boxes(child)


def _bring_back(remarks: list[Remark], before: int) -> str:
    """In a row that was deleted as a whole, what its cells held is their text again, and no remark."""
    gone = [remark for remark in remarks[before:] if remark.source in _GONE.values()]
    for remark in gone:
        remarks.remove(remark)
    return "\n".join(remark.text for remark in gone)


def _span(cell: etree._Element) -> int:
    span = _property(cell, _SPAN)
    return _number(span.get(_VAL, "1")) or 1 if span is not None else 1


def _property(cell: etree._Element, name: str) -> etree._Element | None:
    """A property of a cell. Looked for by hand: a plan has a thousand cells, and a path takes three times as long."""
    for child in cell:
        if child.tag == _TC_PROPERTIES:
            return next((found for found in child if found.tag == name), None)
    return None


def _goes_on(cell: etree._Element) -> bool:
    merge = _property(cell, W + "vMerge")
    return merge is not None and merge.get(_VAL) != "restart"


def _count_skipped(properties: etree._Element | None, name: str) -> int:
    skipped = None if properties is None else properties.find(W + name)
    return 0 if skipped is None else _number(skipped.get(_VAL, "0"))


def _number(text: str) -> int:
    """A whole number of at most 63, which is as many columns as Word allows; Google writes fractions, and others nonsense."""
    try:
        return max(0, min(63, int(float(text))))
    except (ValueError, OverflowError):
        return 0

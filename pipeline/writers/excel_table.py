"""Native Excel tables of any length: openpyxl lays out the headings, and the rows are poured into its file one after another,
because by way of openpyxl's cells they would take thirty times as long."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, islice
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.writers import style
from pipeline.writers.archive import settle
from pipeline.writers.cell import encode
from pipeline.writers.package import Member, join, read_members
from pipeline.writers.page import Asked, Page, Tint
from pipeline.writers.parts import make_part, unpack
from pipeline.writers.shared_texts import SharedTexts
from pipeline.writers.sheet import FORMULA_MARKS, Wardrobe, draw
from pipeline.writers.style import Look

_LINE = 13.5  # points for a line of 10-point text
_HEADING = Look(bold=True, colour=style.WHITE, background=style.BRAND, vertical="center")
_NOTE = Look(colour=style.QUIET, vertical="center", wraps=False)
_NOTE_HEIGHT = 22
_ROWS_END = b"</sheetData>"
_AT_ONCE = 200  # rows that are packed together


class Tinted(NamedTuple):
    """A text on a background of its own."""

    text: str
    colour: str


Value = str | int | float | Tinted
Cells = Sequence[Value]


class Parts(tuple[tuple[Value, ...], ...]):
    """A row in parts, each shared with other rows."""

    __slots__ = ()


Row = Cells | Parts
Looks = Mapping[tuple[str, bool], int]  # a background, and whether text looks like a formula → the look's number


@dataclass(frozen=True)
class ExcelTable:
    """A sheet that holds one table. `widths` are those of the columns, in characters; `name` is the table's own; `asked` is
    what may be typed where, `tints` are backgrounds that cells take by what they hold (conditional formats), and `note` is
    printed above the table."""

    title: str
    name: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Row]
    height: float = 32
    asked: Sequence[Asked] = ()
    tints: Sequence[Tint] = ()
    note: str = ""

    @property
    def top(self) -> int:
        """The row of the headings."""
        return 2 if self.note else 1

    @property
    def cells(self) -> str:
        """All of the table; one with no rows has one that says so."""
        return f"A{self.top}:{get_column_letter(len(self.headings))}{self.bottom}"

    @property
    def bottom(self) -> int:
        """The last row."""
        return max(1, len(self.rows)) + self.top

    def shade(self, heading: str, test: str, colour: str) -> "ExcelTable":
        """The same, where a cell below a heading takes a background while a test such as `>0` holds of it."""
        letter = get_column_letter(self.headings.index(heading) + 1)
        first = f"{letter}{self.top + 1}"
        tint = Tint(f"{first}:{letter}{self.bottom}", f"{first}{test}", colour)
        return replace(self, tints=(*self.tints, tint))


def write_tables(front: Page, tables: Sequence[ExcelTable], title: str, author: str) -> bytes:
    """A workbook of a first page and a sheet for each table: filters, its headings and the first two columns in view. `title`
    and `author` are what it says of itself."""
    workbook, wardrobe = Workbook(), Wardrobe()
    workbook.worksheets[0].title = front.title
    draw(front, workbook.worksheets[0], wardrobe)
    workbook.properties.title, workbook.properties.creator = title, author
    added = {}
    for table in tables:
        sheet = workbook.create_sheet(table.title)
        _lay_out(table, sheet, wardrobe)
        added[f"xl/worksheets/sheet{len(workbook.worksheets)}.xml"] = table
    looks = _number_looks(workbook.worksheets[0], wardrobe)
    result = BytesIO()
    workbook.save(result)
    parts = read_members(settle(result.getvalue()))
    texts = SharedTexts()
    poured = [_pour(part, added[part.name], looks, texts) if part.name in added else part for part in parts]
    return join(list(texts.join(poured)))


def _lay_out(table: ExcelTable, sheet: Worksheet, wardrobe: Wardrobe) -> None:
    top = table.top
    freeze = f"{'C' if len(table.headings) > 8 else 'A'}{top + 1}"
    page = Page(table.title, table.widths, table.title, freeze=freeze, repeat_rows=f"{top}:{top}", is_protected=False)
    if table.note:
        page.put("A1", table.note, _NOTE)
        page.heights[1] = _NOTE_HEIGHT
    for column, heading in enumerate(table.headings, 1):
        page.put(f"{get_column_letter(column)}{top}", heading, _HEADING)
    page.heights[top] = table.height
    page.asked.extend(table.asked)
    page.tints.extend(table.tints)
    draw(page, sheet, wardrobe)
    native = Table(displayName=table.name, ref=table.cells, autoFilter=AutoFilter(table.cells))
    # Named here, or openpyxl asks the sheet for the headings and makes every cell of the table for it.
    native.tableColumns = [TableColumn(id=number, name=heading) for number, heading in enumerate(table.headings, 1)]
    native.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(native)


def _number_looks(sheet: Worksheet, wardrobe: Wardrobe) -> Looks:
    looks = {colour: Look(background=colour, boxed=True) for colour in ("", style.OPEN_CELL, *style.TINTS.values())}
    return {
        (colour, quoted): wardrobe.number(sheet, look, quoted=quoted)
        for colour, look in looks.items()
        for quoted in (False, True)
    }


def _pour(part: Member, table: ExcelTable, looks: Looks, texts: SharedTexts) -> Member:
    """A table's sheet with its rows below the headings."""
    head, _, tail = unpack(part).partition(_ROWS_END)
    size = f"A1:{table.cells.partition(':')[2]}"
    head = re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"' + size.encode() + b'"', head, count=1)
    return make_part(part.name, chain((head,), _write_rows(table, looks, texts), (_ROWS_END, tail)), fast=True)


def _write_rows(table: ExcelTable, looks: Looks, texts: SharedTexts) -> Iterator[bytes]:
    """The rows, some hundred at a time. Cells follow one another and name no address, as the format allows: so what several
    rows share is written once, and stands in each."""
    writer = _Writer([_Column(width, looks, texts) for width in table.widths])
    rows = iter(table.rows or (("None", *[""] * (len(table.widths) - 1)),))
    number = table.top
    while several := list(islice(rows, _AT_ONCE)):
        lines = []
        for row in several:
            number += 1
            cells, tallest = writer.write(row)
            # Set by hand: a height is worked out only by the program that opens the file, and not by every one of them.
            lines.append(f'<row r="{number}" ht="{_LINE * tallest + 5:.16g}" customHeight="1">{cells}</row>')
        yield encode("".join(lines))


class _Writer:
    """Puts rows in cells: each with the lines that its tallest takes."""

    def __init__(self, columns: Sequence["_Column"]) -> None:
        self._columns = columns
        self._shared: dict[tuple[int, Cells], tuple[str, int]] = {}

    def write(self, row: Row | Parts) -> tuple[str, int]:
        """The cells of a row. Of one in parts, each part is put in cells once."""
        if not isinstance(row, Parts):
            return self._fill(row, 0, len(self._columns))
        at, cells, tallest = 0, "", 1
        for part in row:
            found = self._shared.get((at, part))
            if found is None:
                found = self._shared[at, part] = self._fill(part, at, at + len(part))
            cells += found[0]
            tallest = max(tallest, found[1])
            at += len(part)
        assert at == len(self._columns)
        return cells, tallest

    def _fill(self, values: Cells, first: int, end: int) -> tuple[str, int]:
        filled = [column[value] for column, value in zip(self._columns[first:end], values, strict=True)]
        return "".join([cell for cell, _ in filled]), max([lines for _, lines in filled])


class _Column(dict[Value, tuple[str, int]]):
    """Value → its cell, and how many lines it takes."""

    def __init__(self, width: float, looks: Looks, texts: SharedTexts) -> None:
        self._width, self._looks, self._texts = width * 1.1, looks, texts

    def __missing__(self, value: Value) -> tuple[str, int]:
        shown, colour = value if isinstance(value, Tinted) else (value, "")
        if isinstance(shown, str):
            look = self._looks[colour, shown.startswith(FORMULA_MARKS)]
            cell = f'<c s="{look}" t="s"><v>{self._texts.number(shown)}</v></c>' if shown else f'<c s="{look}"/>'
        else:
            cell = f'<c s="{self._looks[colour, False]}" t="n"><v>{shown:.16g}</v></c>'
        self[value] = cell, style.lines(f"{shown}", self._width)
        return self[value]

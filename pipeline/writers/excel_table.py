"""Native Excel tables of any length: openpyxl lays out the headings, and the rows are poured into its file one after another,
because by way of openpyxl's cells they would take thirty times as long."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


Row = Sequence[str | int | float | Tinted]
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

    def below(self, heading: str) -> str:
        """The cells below a heading, such as `C2:C80`."""
        letter = get_column_letter(self.headings.index(heading) + 1)
        return f"{letter}{self.top + 1}:{letter}{self.bottom}"


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
    """The rows, some hundred at a time. What a column holds more than once is worked out once."""
    columns = [_Column(get_column_letter(at), width, looks, texts) for at, width in enumerate(table.widths, 1)]
    rows = iter(table.rows or (("None", *[""] * (len(columns) - 1)),))
    number = table.top
    while several := list(islice(rows, _AT_ONCE)):
        lines = []
        for row in several:
            number += 1
            cells, tallest = [], 1
            for column, value in zip(columns, row, strict=True):
                rest, lines_high = column[value]
                cells.append(f"{column.opening}{number}{rest}")
                tallest = max(tallest, lines_high)
            # Set by hand: a height is worked out only by the program that opens the file, and not by every one of them.
            height = f"{_LINE * tallest + 5:.16g}"
            lines.append(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>')
        yield encode("".join(lines))


class _Column(dict[str | int | float | Tinted, tuple[str, int]]):
    """Value → the rest of its cell after the row's number, and how many lines it takes."""

    def __init__(self, letter: str, width: float, looks: Looks, texts: SharedTexts) -> None:
        self.opening = f'<c r="{letter}'
        self._width, self._looks, self._texts = width * 1.1, looks, texts

    def __missing__(self, value: str | int | float | Tinted) -> tuple[str, int]:
        shown, colour = value if isinstance(value, Tinted) else (value, "")
        if isinstance(shown, str):
            look = self._looks[colour, shown.startswith(FORMULA_MARKS)]
            rest = f'" s="{look}" t="s"><v>{self._texts.number(shown)}</v></c>' if shown else f'" s="{look}"/>'
        else:
            rest = f'" s="{self._looks[colour, False]}" t="n"><v>{shown:.16g}</v></c>'
        self[value] = rest, style.lines(f"{shown}", self._width)
        return self[value]

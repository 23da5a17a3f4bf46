"""Native Excel tables of any length: openpyxl lays out the headings, and the rows are poured into its file one after another,
because by way of openpyxl's cells they would take thirty times as long."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.writers import style
from pipeline.writers.archive import settle
from pipeline.writers.cell import encode, write_cell
from pipeline.writers.package import Member, join, read_members
from pipeline.writers.page import Asked, Page
from pipeline.writers.parts import make_part, unpack
from pipeline.writers.sheet import FORMULA_MARKS, Wardrobe, draw
from pipeline.writers.style import Look

_LINE = 13.5  # points for a line of 10-point text
_HEADING = Look(bold=True, colour=style.WHITE, background=style.BRAND, vertical="center")
_ROWS_END = b"</sheetData>"


class Tinted(NamedTuple):
    """A text on a background of its own."""

    text: str
    colour: str


Row = Sequence[str | int | Tinted]
Looks = Mapping[tuple[str, bool], int]  # a background, and whether text looks like a formula → the look's number


@dataclass(frozen=True)
class ExcelTable:
    """A sheet that holds one table. `widths` are those of the columns, in characters; `name` is the table's own; `asked` is
    what may be typed where."""

    title: str
    name: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Row]
    height: float = 32
    asked: Sequence[Asked] = ()

    @property
    def cells(self) -> str:
        """All of the table; one with no rows has one that says so."""
        return f"A1:{get_column_letter(len(self.headings))}{max(2, len(self.rows) + 1)}"


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
    return join([_pour(part, added[part.name], looks) if part.name in added else part for part in parts])


def _lay_out(table: ExcelTable, sheet: Worksheet, wardrobe: Wardrobe) -> None:
    freeze = "C2" if len(table.headings) > 8 else "A2"
    page = Page(table.title, table.widths, table.title, freeze=freeze, repeat_rows="1:1", is_protected=False)
    for column, heading in enumerate(table.headings, 1):
        page.put(f"{get_column_letter(column)}1", heading, _HEADING)
    page.heights[1] = table.height
    page.asked.extend(table.asked)
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


def _pour(part: Member, table: ExcelTable, looks: Looks) -> Member:
    """A table's sheet with its rows below the headings."""
    head, _, tail = unpack(part).partition(_ROWS_END)
    head = re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"' + table.cells.encode() + b'"', head, count=1)
    return make_part(part.name, chain((head,), _write_rows(table, looks), (_ROWS_END, tail)))


def _write_rows(table: ExcelTable, looks: Looks) -> Iterator[bytes]:
    letters = [get_column_letter(column) for column in range(1, len(table.headings) + 1)]
    nothing = ("None", *[""] * (len(letters) - 1))
    for number, row in enumerate(table.rows or (nothing,), 2):
        cells, tallest = [], 1
        for letter, width, value in zip(letters, table.widths, row, strict=True):
            shown, colour = value if isinstance(value, Tinted) else (value, "")
            quoted = isinstance(shown, str) and shown.startswith(FORMULA_MARKS)
            cells.append(write_cell(f"{letter}{number}", looks[colour, quoted], shown))
            tallest = max(tallest, style.lines(f"{shown}", width * 1.1))
        # Set by hand: a height is worked out only by the program that opens the file, and not by every one of them.
        height = f"{_LINE * tallest + 5:.16g}"
        yield encode(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>')

"""A native Excel table: headings, filters, and text that stays text."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.writers import style
from pipeline.writers.sheet import put, set_up

_LINE = 13.5  # points for a line of 10-point text
Row = Sequence[str | int]


def fill_table(
    sheet: Worksheet, name: str, headings: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str | int]]
) -> None:
    """A native Excel table with filters, its first row and first two columns kept in view."""
    set_up(sheet, (), freeze="C2" if len(headings) > 8 else "A2", repeat_rows="1:1", footer=sheet.title)
    letters = [get_column_letter(column) for column in range(1, len(headings) + 1)]
    for letter, heading, width in zip(letters, headings, widths, strict=True):
        sheet.column_dimensions[letter].width = width
        put(
            sheet,
            f"{letter}1",
            heading,
            style.font(10, bold=True, colour=style.WHITE),
            background=style.BRAND,
            alignment=style.wrap(vertical="center"),
        )
    sheet.row_dimensions[1].height = 32
    for row, values in enumerate(rows or [["None", *[""] * (len(headings) - 1)]], 2):
        for letter, value in zip(letters, values, strict=True):
            put(sheet, f"{letter}{row}", value, boxed=True)
        # Set by hand: a height is worked out only by the program that opens the file, and not by every one of them.
        tallest = max(style.lines(str(value), width * 1.1) for value, width in zip(values, widths, strict=True))
        sheet.row_dimensions[row].height = _LINE * tallest + 5
    table = Table(displayName=name, ref=f"A1:{letters[-1]}{max(2, len(rows) + 1)}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)

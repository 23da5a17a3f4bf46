"""The cells of a workbook that calamine refuses or dies of, read by openpyxl within bounds."""

import warnings
from contextlib import closing
from io import BytesIO
from itertools import dropwhile

from openpyxl import load_workbook
from openpyxl.cell import Cell as ReadCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.readers.grid import Cell, Sheet
from pipeline.readers.second_look import decode_escapes

_BLANK_ROWS = 5_000  # after so many rows without content, what stands further down is a stray cell
_COLUMNS = 200


def read_far_corner(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx or .xlsm, to its 200th column and down to 5,000 rows without content.

    An error, and a formula never worked out, come as empty text: the second look tells of them. A DOCTYPE must have been
    refused before: openpyxl would read it.
    Raises: ValueError with a plain reason where openpyxl cannot read the workbook either.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they tell of rules and drawings, which are not read here in any case
            with closing(load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)) as workbook:
                sheets = tuple(Sheet(sheet.title, _read_rows(sheet)) for sheet in workbook.worksheets)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers raise; it is this file's trouble alone
        raise ValueError(f"openpyxl cannot read the workbook ({type(error).__name__})") from error
    if not sheets:  # strict OOXML looks so to openpyxl
        raise ValueError("openpyxl finds no sheets in the workbook")
    return sheets


def _read_rows(sheet: Worksheet) -> list[tuple[Cell, ...]]:
    """Rows from the first to the last with content, each to its last cell with content."""
    # What a file says of its own size is sometimes wrong, and would cut it short. The types know no read-only sheet.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    rows: list[tuple[Cell, ...]] = []
    blank = 0
    for cells in sheet.iter_rows(max_col=_COLUMNS):
        backwards = dropwhile(lambda value: value == "", map(_plain, reversed(cells)))
        rows.append(tuple(backwards)[::-1])
        blank = 0 if rows[-1] else blank + 1
        if blank >= _BLANK_ROWS:
            break
    return rows[: len(rows) - blank]


def _plain(cell: ReadCell | MergedCell) -> Cell:
    if cell.value is None or cell.data_type == "e":
        return ""
    return decode_escapes(cell.value) if isinstance(cell.value, str) else cell.value

"""A spreadsheet as plain cells, and the two ways of finding something in it: by heading and by label."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook

Cell = object  # what calamine gives: str, float, int, bool, date, datetime, time or timedelta

# Characters that XML cannot carry, and the escape Mac Excel leaves for a carriage return.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x000[dD]_")
_LONGEST_HEADING = 120
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def to_text(value: Cell) -> str:
    """A cell as its reader would see it: whole numbers without a point, dates as 4 December 2026, text as typed."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    text = value if isinstance(value, str) else str(value)
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fold(text: str) -> str:
    """Text as it is compared: spaces, quotes, dashes, capitals and a full stop at the end make no difference."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(plain.split()).casefold().rstrip(".").rstrip()


def to_date(value: Cell) -> date | None:
    """A date from a date cell, an Excel serial (20000 to 80000) or the ways people type one; None where it is not one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 20_000 <= value <= 80_000:
        return date(1899, 12, 30) + timedelta(days=int(value))
    typed = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", to_text(value), flags=re.IGNORECASE).replace(",", " ")
    for pattern in ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(" ".join(typed.split()), pattern).date()
        except ValueError:
            continue
    return None


def address(row: int, column: int) -> str:
    """The A1 address of a zero-based row and column."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its cells, row by row from A1. `claimed` are the places that some reader has made sense of."""

    name: str
    rows: Sequence[Sequence[Cell]]
    claimed: set[tuple[int, int]] = field(default_factory=set, compare=False)
    _headings: dict[int, Mapping[str, int]] = field(default_factory=dict, compare=False, repr=False)

    def cell(self, row: int, column: int | None) -> Cell:
        """The value at a zero-based place; empty text outside the sheet."""
        if column is None or row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def text(self, row: int, column: int | None) -> str:
        """The same as text."""
        return to_text(self.cell(row, column))

    def claim(self, row: int, column: int | None) -> str:
        """The text of a cell that is now accounted for."""
        if column is not None:
            self.claimed.add((row, column))
        return self.text(row, column)

    def unclaimed(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of every cell that holds something and is not accounted for."""
        for row, values in enumerate(self.rows):
            for column, value in enumerate(values):
                if value != "" and (row, column) not in self.claimed and (text := to_text(value)):
                    yield row, column, text

    def tables(self, *headings: str) -> Iterator["Table"]:
        """The tables under rows that hold all of these headings, each to the next such row or the sheet's end."""
        wanted = [fold(heading) for heading in headings]
        starts = [(row, columns) for row in range(len(self.rows)) if set(wanted) <= set(columns := self.headings(row))]
        for place, (row, columns) in enumerate(starts):
            end = starts[place + 1][0] if place + 1 < len(starts) else len(self.rows)
            yield Table(self, columns, range(row + 1, end))

    def headings(self, row: int) -> Mapping[str, int]:
        """Folded text → column, for the short texts of a row; a heading is never a paragraph."""
        if row in self._headings:
            return self._headings[row]
        found: dict[str, int] = {}
        for column, value in enumerate(self.rows[row]):
            if isinstance(value, str) and 0 < len(value) <= _LONGEST_HEADING:
                found.setdefault(fold(to_text(value)), column)
        self._headings[row] = found
        return found

    def labels(self) -> Iterator[tuple[str, int, int]]:
        """Every short text cell, folded, with the place of the cell to its right."""
        for row in range(len(self.rows)):
            for folded, column in self.headings(row).items():
                yield folded, row, column + 1


@dataclass(frozen=True)
class Table:
    """Rows under headings. `columns` maps a folded heading to its zero-based column."""

    sheet: Sheet
    columns: Mapping[str, int]
    rows: range

    def column(self, heading: str) -> int | None:
        """Where a heading stands, if it does."""
        return self.columns.get(fold(heading))

    def text(self, row: int, heading: str) -> str:
        """What stands in a row under a heading, which is now accounted for."""
        return self.sheet.claim(row, self.column(heading))

    def address(self, row: int, heading: str) -> str:
        """The A1 address in a row under a heading; the row alone where the heading is gone."""
        column = self.column(heading)
        return f"row {row + 1}" if column is None else address(row, column)


def read_sheets(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a workbook.

    Raises: ValueError with a plain reason where the file cannot be opened as one.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(set(workbook.sheet_names)) < len(workbook.sheet_names):
            raise ValueError("two sheets of one name")  # calamine gives the first of them twice
        return tuple(
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names
        )
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # calamine's panics are BaseExceptions; whatever it is, it is this file's trouble alone
        raise ValueError(type(error).__name__) from error

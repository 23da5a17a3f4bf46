"""A spreadsheet as plain cells, and the two ways of finding something in it: by heading and by label."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from io import BytesIO
from itertools import pairwise

from python_calamine import CalamineWorkbook

Cell = object  # what calamine gives: str, float, int, bool, date, datetime, time or timedelta

# Characters that XML cannot carry, and the escape Mac Excel leaves for a carriage return.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x000[dD]_")
_LONGEST_HEADING = 120
# Our own workbook prints some 650 texts of at most 350 characters. Every school sends them back, so what they come to is kept.
_LONGEST_PRINTED, _KEPT = 400, 4_096
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def to_text(value: Cell) -> str:
    """A cell as its reader would see it: whole numbers without a point, dates as 4 December 2026, text as typed."""
    text = value if isinstance(value, str) else _spell(value)
    if text.isprintable() and "_x000" not in text:  # then it has no line break and nothing unprintable
        return text.strip()
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _spell(value: Cell) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)


def fold(text: str) -> str:
    """Text as it is compared: spaces, quotes, dashes, capitals and a full stop at the end make no difference."""
    return _fold_short(text) if len(text) <= _LONGEST_PRINTED else _fold(text)


def _fold(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(plain.split()).casefold().rstrip(".").rstrip()


@lru_cache(_KEPT)
def _fold_short(text: str) -> str:
    return _fold(text)


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


@lru_cache(_KEPT)
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
    """One sheet: its name and its cells, row by row from A1; a row that holds nothing may have none. `claimed` are the columns
    of each row that some reader has made sense of."""

    name: str
    rows: Sequence[Sequence[Cell]]
    claimed: defaultdict[int, set[int | None]] = field(default_factory=lambda: defaultdict(set), compare=False)

    def cell(self, row: int, column: int | None) -> Cell:
        """The value at a zero-based place; empty text outside the sheet."""
        values = self.rows[row] if row < len(self.rows) else ()
        return "" if column is None or column >= len(values) else values[column]

    def text(self, row: int, column: int | None) -> str:
        """The same as text."""
        value = self.cell(row, column)
        return "" if value == "" else to_text(value)

    def texts(self, row: int, columns: Iterable[int | None]) -> list[str]:
        """Several cells of a row as text."""
        values = self.rows[row]
        width = len(values)
        return [
            "" if column is None or column >= width or values[column] == "" else to_text(values[column]) for column in columns
        ]

    def claim(self, row: int, *columns: int | None) -> None:
        """These cells are now accounted for."""
        self.claimed[row].update(columns)

    def take(self, row: int, column: int | None) -> str:
        """The text of a cell that is now accounted for."""
        self.claimed[row].add(column)
        return self.text(row, column)

    def unclaimed(self) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and value of every cell that holds something and is not accounted for."""
        for row, values in enumerate(self.rows):
            claimed = self.claimed.get(row, ())
            for column, value in enumerate(values):
                if value != "" and column not in claimed:
                    yield row, column, value

    @cached_property
    def headings(self) -> Sequence[Mapping[str, int]]:
        """For each row, folded text → column for its short texts; a heading is never a paragraph."""
        return [_find_headings(values) for values in self.rows]

    @cached_property
    def _headed(self) -> Sequence[int]:
        """The rows with any short text: few, where something was typed a million rows down."""
        return [row for row, found in enumerate(self.headings) if found]

    def find(self, wanted: Mapping[str, object], rows: range | None = None) -> Iterator[tuple[str, int, int]]:
        """Every short text, in `rows` or anywhere, that is one of these folded texts, with its row and column."""
        words = wanted.keys()
        for row in self._headed if rows is None else rows:
            found = self.headings[row]
            if not words.isdisjoint(found):
                yield from ((folded, row, column) for folded, column in found.items() if folded in wanted)

    def tables(self, *headings: str) -> Iterator["Table"]:
        """The tables under rows that hold all of these headings, each to the next such row or the sheet's end."""
        wanted = set(map(fold, headings))
        starts = [row for row in self._headed if self.headings[row].keys() >= wanted]
        for start, end in pairwise((*starts, len(self.rows))):
            yield Table(self, self.headings[start], range(start + 1, end))


def _find_headings(values: Sequence[Cell]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for column, value in enumerate(values):
        if value and isinstance(value, str) and len(value) <= _LONGEST_HEADING:
            found.setdefault(_fold_cell(value), column)
    return found


@lru_cache(_KEPT)
def _fold_cell(value: str) -> str:
    return fold(to_text(value))


@dataclass(frozen=True)
class Table:
    """Rows under headings. `columns` maps a folded heading to its zero-based column."""

    sheet: Sheet
    columns: Mapping[str, int]
    rows: range

    def column(self, heading: str) -> "Column":
        """What stands under a heading."""
        return Column(self.sheet, self.columns.get(fold(heading)))


@dataclass(frozen=True)
class Column:
    """One column of a table. `place` is its zero-based place; None where its heading is gone."""

    sheet: Sheet
    place: int | None

    def take(self, row: int) -> str:
        """What stands in a row, which is now accounted for."""
        return self.sheet.take(row, self.place)

    def address(self, row: int) -> str:
        """The A1 address in a row; the row alone where the heading is gone."""
        return f"row {row + 1}" if self.place is None else address(row, self.place)


def read_sheets(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a workbook.

    Raises: ValueError with a plain reason where the file cannot be opened as one.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(set(workbook.sheet_names)) < len(workbook.sheet_names):
            raise ValueError("two sheets of one name")  # calamine gives the first of them twice
        return tuple(
            Sheet(name, _without_blanks(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)))
            for name in workbook.sheet_names
        )
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # calamine's panics are BaseExceptions; whatever it is, it is this file's trouble alone
        raise ValueError(type(error).__name__) from error


def _without_blanks(rows: Iterable[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    return [() if row.count("") == len(row) else row for row in rows]

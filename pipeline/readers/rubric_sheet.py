"""The tables of the rubric's workbook, found by their headings, and their cells as values; each mistake with its cell."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from pipeline.model import rubric_form as form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.rubric_form import Form
from pipeline.model.school import Phase
from pipeline.readers.grid import Cell, Sheet, address, fold, to_date, to_text

Value = TypeVar("Value")

_LEVELS = {fold(form.level_word(level.key)): level for level in Level}
_PHASES = {fold(word): phase for phase in Phase for word in (phase.label, phase.value)}
_NAMED = re.compile(r"(?:area\s*)?([0-9]+)\s*[:=]\s*(.+)", re.IGNORECASE)
_AS_TEXT = "Format the cell as text (Home, Number, Text) and type it again"


class Table:
    """The rows of one form. `findings` gathers what is wrong with its cells."""

    def __init__(self, file: str, one: Form, sheet: Sheet, heading_row: int, findings: list[Finding]) -> None:
        self.file, self.form, self.sheet, self.findings = file, one, sheet, findings
        found = sheet.headings[heading_row]
        self.columns = {heading: found[fold(heading)] for heading in one.headings if fold(heading) in found}
        self._heading_row = heading_row

    def rows(self) -> Iterator["Row"]:
        """Every row below the headings with something under one of them."""
        read = [place for heading, place in self.columns.items() if heading != form.TITLE_SHOWN]
        for row in range(self._heading_row + 1, len(self.sheet.rows)):
            if any(_is_given(self.sheet.cell(row, column)) for column in read):
                yield Row(self, row)

    def tell_strays(self) -> None:
        """Tells of text that stands under no heading. Findings: RB953."""
        for row in range(self._heading_row, len(self.sheet.rows)):
            for column, value in enumerate(self.sheet.rows[row]):
                if _is_given(value) and column not in self.columns.values():
                    self.findings.append(find("RB953", self.place(row, column), "text under none of the headings"))

    def place(self, row: int, column: int | None) -> Place:
        """A cell of the sheet."""
        return Place(self.file, self.sheet.name, f"row {row + 1}" if column is None else address(row, column))


def find_table(file: str, one: Form, sheets: Sequence[Sheet], findings: list[Finding]) -> Table | None:
    """The table of a form, on the sheet of its name or, where that was renamed, on the one with its headings.

    Findings: RB951 (no such sheet, a column gone)."""
    wanted = [fold(heading) for heading in one.headings if heading != form.TITLE_SHOWN]
    named = [sheet for sheet in sheets if fold(sheet.name) == fold(one.sheet)]
    best = _find_headings(named, wanted, at_least=2) or _find_headings(sheets, wanted, at_least=len(wanted))
    if best is None:
        remedy = f"Put back the sheet “{one.sheet}” with its headings: {', '.join(one.headings)}."
        findings.append(find("RB951", Place(file, one.sheet), "no such sheet, or no headings on it", remedy=remedy))
        return None
    sheet, row = best
    missing = [heading for heading in one.headings if fold(heading) in wanted and fold(heading) not in sheet.headings[row]]
    for heading in missing:
        remedy = f"Put back the column “{heading}” in the row of headings."
        findings.append(find("RB951", Place(file, sheet.name, f"row {row + 1}"), f"no column “{heading}”", remedy=remedy))
    return None if missing else Table(file, one, sheet, row, findings)


def _find_headings(sheets: Sequence[Sheet], wanted: Sequence[str], *, at_least: int) -> tuple[Sheet, int] | None:
    found = [
        (sum(heading in headings for heading in wanted), -row, sheet)
        for sheet in sheets
        for row, headings in enumerate(sheet.headings)
    ]
    best = max(found, key=lambda one: one[:2], default=None)
    return (best[2], -best[1]) if best and best[0] >= at_least else None


@dataclass(frozen=True)
class Row:
    """One row of a table, its cells by heading."""

    table: Table
    number: int

    def place(self, heading: str) -> Place:
        """Where a cell stands."""
        return self.table.place(self.number, self.table.columns.get(heading))

    def refuse(self, heading: str, seen: str, remedy: str) -> None:
        """Tells of a cell that cannot be used. Findings: RB952."""
        self.table.findings.append(find("RB952", self.place(heading), seen, remedy=remedy))

    def raw(self, heading: str) -> Cell:
        """A cell as the file holds it; empty text where it holds nothing."""
        return self.table.sheet.cell(self.number, self.table.columns.get(heading))

    def text(self, heading: str) -> str:
        """Wording, letter for letter. Findings: RB952 where Excel made something else of what was typed."""
        value = self.raw(heading)
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(heading, "Excel has made a date or a true/false of it", f"{_AS_TEXT}.")
            return ""
        return to_text(value)

    def wording(self, heading: str, what: str) -> str:
        """The same, where something must stand. Findings: RB952."""
        text = self.text(heading)
        if not text.strip():
            self.refuse(heading, "empty", f"Write {what}.")
        return text

    def id(self, heading: str, what: str) -> str:
        """An id, without spaces at its ends. Findings: RB952."""
        value = self.raw(heading)
        if value and not isinstance(value, str):
            self.refuse(heading, "Excel has made a number or a date of it", f"{_AS_TEXT}, such as {what}.")
            return ""
        text = str(value).strip()
        if not text:
            self.refuse(heading, "empty", f"Write an id, such as {what}.")
        return text

    def level(self, heading: str, *, otherwise: Level | None = None) -> Level:
        """A level by its fixed word. Findings: RB952."""
        typed = fold(to_text(self.raw(heading)))
        level = _LEVELS.get(typed.replace("-", " "), otherwise if not typed else None)
        if level is None:
            words = ", ".join(form.level_word(one.key) for one in Level)
            self.refuse(heading, to_text(self.raw(heading))[:40] or "empty", f"Choose one of: {words}.")
        return level or Level.NOT_YET

    def share(self, heading: str) -> Fraction:
        """A fraction; also a percentage, and a number that Excel keeps exactly. Findings: RB952."""
        value = self.raw(heading)
        share = None if isinstance(value, bool | date) else to_fraction(value)
        if share is None or not 0 < share <= 1:
            seen = "Excel has made a date of it" if isinstance(value, date) else to_text(value)[:40] or "empty"
            remedy = "Write a fraction above 0 and not above 1, such as 3/4"
            remedy += ", in a cell formatted as text." if isinstance(value, date) else "."
            self.refuse(heading, seen, remedy)
            return Fraction(1)
        return share

    def whole(self, heading: str) -> int:
        """A whole number. Findings: RB952."""
        typed = to_text(self.raw(heading))
        if not re.fullmatch(r"-?[0-9]{1,6}", typed):
            self.refuse(heading, typed[:40] or "empty", "Write a whole number.")
            return 0
        return int(typed)

    def day(self, heading: str) -> date:
        """A date. Findings: RB952."""
        value = self.raw(heading)
        day = to_date(value)
        if day is None:
            self.refuse(heading, to_text(value)[:40] or "empty", "Write a date, such as 4 December 2026.")
        return day or date.min

    def choice(self, heading: str, choices: Mapping[str, Value]) -> Value:
        """One of a few words. Findings: RB952."""
        typed = to_text(self.raw(heading))
        chosen = {fold(word): value for word, value in choices.items()}
        if fold(typed) not in chosen:
            self.refuse(heading, typed[:40] or "empty", f"Choose one of: {', '.join(choices)}.")
        return chosen.get(fold(typed), next(iter(chosen.values())))

    def items(self, heading: str, known: Callable[[str], bool] | None = None) -> tuple[str, ...]:
        """A list with one entry a line; where `known` says which entries there are, commas between them will do."""
        items: list[str] = []
        for line in self.text(heading).split("\n"):
            item = _unquote(line.strip())
            if item is None:
                continue
            parted = [part.strip() for part in re.split("[,;]", item)]
            items.extend(parted if known and len(parted) > 1 and not known(item) else [item])
        return tuple(items)

    def numbers(self, heading: str) -> tuple[int, ...]:
        """Numbers of areas. Findings: RB952."""
        items = [to_text(self.raw(heading))] if not isinstance(self.raw(heading), str) else self.items(heading, lambda _: False)
        for item in items:
            if not item.isdecimal():
                self.refuse(heading, item[:40], "Write numbers of areas, one a line.")
        return tuple(int(item) for item in items if item.isdecimal())

    def phases(self, heading: str) -> tuple[Phase, ...] | None:
        """The phases named; None for all of them. Findings: RB952."""
        items = self.items(heading, lambda item: fold(item) in _PHASES)
        if [fold(item) for item in items] == [fold(form.ALL_PHASES)]:
            return None
        unknown = [item for item in items if fold(item) not in _PHASES]
        if unknown or not items:
            words = ", ".join(phase.label for phase in Phase)
            self.refuse(heading, unknown[0][:40] if unknown else "empty", f"Write All, or phases, one a line: {words}.")
        return tuple(_PHASES[fold(item)] for item in items if fold(item) in _PHASES)

    def named_areas(self, heading: str) -> dict[int, Level]:
        """Numbers of areas with the least level asked of each, as `5: Established`. Findings: RB952."""
        named: dict[int, Level] = {}
        for item in self.items(heading):
            found = _NAMED.fullmatch(item)
            level = _LEVELS.get(fold(found[2]).replace("-", " ")) if found else None
            if found is None or level is None or int(found[1]) in named:
                remedy = "Write an area's number, a colon and a level, such as 5: Established; each area once."
                self.refuse(heading, item[:40], remedy)
            else:
                named[int(found[1])] = level
        return named


def to_fraction(value: Cell) -> Fraction | None:
    """An exact share; None where it is none. A decimal that stands for no simple fraction is not guessed at."""
    typed = to_text(value).replace(" ", "")
    try:
        share = Fraction(typed[:-1]) / 100 if typed.endswith("%") else Fraction(typed)
    except (ValueError, ZeroDivisionError):
        return None
    return share if share.denominator <= 1000 else None


def _unquote(line: str) -> str | None:
    """An entry as its line has it; None for a blank line."""
    if len(line) > 1 and line[0] == line[-1] == '"':
        try:
            return str(json.loads(line, strict=False))
        except ValueError:
            return line
    return line or None


def _is_given(value: Cell) -> bool:
    return value != "" and not (isinstance(value, str) and not value.strip())

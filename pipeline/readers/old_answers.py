"""What a pre-filled workbook says of its old answers: which they were, and whether the school has said Yes beside them.

A row is told by the reference in the text that we put beside it, so that rows may be sorted and columns moved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Answer
from pipeline.model.submission import OldAnswer, Response
from pipeline.readers.grid import Sheet, address, fold

_LAST_TIME = re.compile(
    rf"(?P<criterion>\d+\.\d+): (?:(?P<answer>.+?){form.FROM}|{form.NEW}|{form.NOT_ANSWERED})", re.IGNORECASE
)
_STILL_TRUE, _BESIDE = fold(form.STILL_TRUE), fold(form.LAST_TIME)
_FIGURES = frozenset("0123456789")
_YES = frozenset({"yes", "y", "true", "still true", "tick", "✓", "✔", "☑"})
_ANSWERED = _YES | {"no", "n", "false"}


class _Row(NamedTuple):
    """A row that still shows what it was sent out with."""

    sheet: Sheet
    row: int
    column: int
    answer: Answer | None


def read_origin(stated: str) -> tuple[str, str]:
    """What a workbook says of itself: its edition without the cycle that it was pre-filled from, and that cycle."""
    edition, _, cycle = stated.partition(f", {form.PREFILLED_FROM} ")
    return edition, cycle.strip()


def read_old_answers(
    sheets: Sequence[Sheet], responses: Sequence[Response], answers: Mapping[str, Answer], name: str
) -> tuple[tuple[OldAnswer, ...], tuple[Finding, ...]]:
    """A row for each response of a pre-filled workbook. `answers` are folded words → answers. Findings: RT331, RT332."""
    asked = {response.place.sheet for response in responses}
    by_name = {sheet.name: sheet for sheet in sheets if sheet.name in asked}
    told = {key: row for sheet in by_name.values() for key, row in _find_rows(sheet, answers)}
    columns = {title: _find_column(sheet, told.values()) for title, sheet in by_name.items()}
    old, findings = [], []
    for response in responses:
        known = told.get(response.criterion)
        sheet = known.sheet if known else by_name[response.place.sheet]
        row = known.row if known else int(response.place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
        column = columns[sheet.name]
        place = Place(name, sheet.name, response.place.cell if column is None else address(row, column))
        typed = fold(sheet.text(row, column))
        if not typed or typed in _ANSWERED:
            sheet.claim(row, column)
        else:  # kept as text outside the answer cells, so that no word is lost
            findings.append(find("RT332", place, "neither Yes nor empty", cell=place.cell))
        old.append(OldAnswer(response.criterion, known.answer if known else None, known is not None, typed in _YES, place))
    return tuple(old), (*_miss_columns(columns, name), *findings)


def _find_rows(sheet: Sheet, answers: Mapping[str, Answer]) -> Iterator[tuple[str, _Row]]:
    """The rows of a sheet that show what they were sent out with; the last such cell of a row counts."""
    for row, values in enumerate(sheet.rows):
        for column in range(len(values) - 1, -1, -1):
            value = values[column]
            found = _LAST_TIME.match(value) if isinstance(value, str) and value[:1] in _FIGURES and value else None
            answer = answers.get(fold(found["answer"])) if found and found["answer"] else None
            if found and (answer or not found["answer"]):
                sheet.claim(row, column)
                yield found["criterion"], _Row(sheet, row, column, answer)
                break


def _find_column(sheet: Sheet, rows: Iterable[_Row]) -> int | None:
    """The column headed “Still true?”; where every heading is gone, the one before what was pre-filled."""
    for headings in sheet.headings:
        if _STILL_TRUE in headings:
            return headings[_STILL_TRUE]
        if _BESIDE in headings:
            return None
    return next((row.column - 1 for row in rows if row.sheet is sheet and row.column), None)


def _miss_columns(columns: Mapping[str, int | None], name: str) -> Iterator[Finding]:
    for sheet, column in columns.items():
        if column is None:
            yield find("RT331", Place(name, sheet), f"no column “{form.STILL_TRUE}”", sheet=sheet)

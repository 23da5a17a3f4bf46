"""Completing a workbook: what a school typed, into the cells that are open to it."""

from collections.abc import Iterator, Mapping
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import form
from pipeline.model.settings import Checklist, Outcomes
from pipeline.model.submission import Submission

Value = str | int | float | date | None


def complete(workbook: Workbook, submission: Submission, outcomes: Outcomes, checklist: Checklist) -> None:
    """Types a whole return into the school's own blank workbook; rows and columns are found by their wording."""
    responses = {response.criterion: response for response in submission.responses}
    figures = {measure.label: submission.outcomes[measure.id] for measure in outcomes.measures}
    prompts = {prompt.text: prompt.id for area in checklist.areas for prompt in area.prompts}
    notes = {text: submission.checklist[id] for text, id in prompts.items() if id in submission.checklist}
    for sheet in workbook.worksheets:
        for cells in _rows_under(sheet, form.REF, form.ANSWER, form.EVIDENCE, form.OWN):
            if response := responses.get(f"{cells[form.REF].value}"):
                _type(cells[form.ANSWER], response.typed)
                _type(cells[form.EVIDENCE], response.evidence)
                _type(cells[form.OWN], response.own_opportunity)
        for cells in _rows_under(sheet, form.MEASURE, form.THIS_YEAR, form.LAST_YEAR):
            if figure := figures.get(f"{cells[form.MEASURE].value}"):
                _type(cells[form.THIS_YEAR], _number(figure.this_year))
                _type(cells[form.LAST_YEAR], _number(figure.last_year))
        for cells in _rows_under(sheet, form.PROMPT, form.READY, form.NOTE):
            if note := notes.get(f"{cells[form.PROMPT].value}"):
                _type(cells[form.READY], note.ready)
                _type(cells[form.NOTE], note.note)
    _sign(workbook[form.SCHOOL], submission)


def _rows_under(sheet: Worksheet, *headings: str) -> Iterator[Mapping[str, Cell]]:
    """Heading → cell, for each row below the one that holds all of `headings`."""
    columns: dict[str, int] = {}
    for row in sheet.iter_rows():
        if columns:
            yield {heading: cell for heading, column in columns.items() if isinstance(cell := row[column], Cell)}
        else:
            found = {cell.value: place for place, cell in enumerate(row) if isinstance(cell.value, str)}
            columns = {heading: found[heading] for heading in headings} if set(headings) <= set(found) else {}


def _sign(sheet: Worksheet, submission: Submission) -> None:
    """The sheet "Your school", below what the LA filled in: each value in the cell to the right of its label."""
    identity = submission.identity
    entries: dict[str, Value] = {
        form.COMPLETED_BY: identity.completed_by,
        form.ROLE: identity.role,
        form.COMPLETED_ON: identity.completed_on,
        form.GOVERNOR: identity.governor,
        form.SIGNED_ON: identity.signed_on,
        form.CONSENT: form.YES if identity.shares_practice else form.NO,
    }
    for label, entry, *_ in sheet.iter_rows():
        if isinstance(entry, Cell) and isinstance(label.value, str) and label.value in entries:
            _type(entry, entries[label.value])


def _type(cell: Cell, value: Value) -> None:
    """Puts a value into an open cell as typing would: nothing leaves it blank, and text stays text."""
    cell.value = value if value != "" else None
    if isinstance(value, str) and value:
        cell.data_type = "s"


def _number(figure: str) -> Value:
    return float(figure) if figure else None

"""Completing a workbook: what a school typed, and the open cell that each of it belongs into."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from pipeline.model import form
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist, Outcomes
from pipeline.model.submission import Submission
from pipeline.writers.blank import Entries
from pipeline.writers.cell import Value
from pipeline.writers.page import Page

Places = Mapping[tuple[str, str], tuple[str, str]]

# Each table's first heading, under which a row is told, and those under which a school types.
_TABLES = (
    (form.REF, (form.ANSWER, form.EVIDENCE, form.OWN)),
    (form.REF, (form.STILL_TRUE,)),
    (form.MEASURE, (form.THIS_YEAR, form.LAST_YEAR)),
    (form.PROMPT, (form.READY, form.NOTE)),
)
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


def find_places(pages: Sequence[Page]) -> Places:
    """What a row is told by and the heading → sheet and A1 address; rows and columns are found by their wording.

    On the sheet "Your school" a row is told by its label, and the heading is that of the sheet. The cell for an area's own view
    is told by its name."""
    places: dict[tuple[str, str], tuple[str, str]] = {}
    for page in pages:
        rows = _rows(page)
        for told_by, headings in _TABLES:
            for row, columns in _rows_under(rows, told_by, headings):
                key = rows[row].get(columns[told_by], "")
                places.update({(key, heading): (page.title, f"{columns[heading]}{row}") for heading in headings})
        places.update({(name, form.VIEW): (page.title, place) for name, place in page.names.items()})
        if page.title == form.SCHOOL:
            places.update({(cells["A"], form.SCHOOL): (page.title, f"B{row}") for row, cells in rows.items() if "A" in cells})
    return places


def _rows(page: Page) -> Mapping[int, Mapping[str, str]]:
    """Row → column → text, in the page's order."""
    rows: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for place, (value, _) in page.cells.items():
        if isinstance(value, str) and (found := _PLACE.fullmatch(place)):
            rows[int(found[2])][found[1]] = value
    return rows


def _rows_under(
    rows: Mapping[int, Mapping[str, str]], told_by: str, headings: Sequence[str]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row below the one that holds all of the headings, with heading → column."""
    columns: dict[str, str] = {}
    for row, cells in rows.items():
        if columns:
            yield row, columns
        else:
            found = {text: column for column, text in cells.items()}
            columns = found if {told_by, *headings} <= found.keys() else {}


def complete(
    places: Places,
    submission: Submission,
    outcomes: Outcomes,
    checklist: Checklist,
    rubric: Rubric,
    more: Iterable[tuple[tuple[str, str], Value]] = (),
) -> Entries:
    """A whole return, ready to be typed into the school's own workbook. Where that is pre-filled, what is empty here stays as
    it was filled in, and `more` is what is typed to confirm it."""
    entries: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    views = [((form.view_name(view.area), form.VIEW), rubric.label(view.level)) for view in submission.views]
    for key, value in chain(_values(submission, outcomes, checklist), views, more):
        if value not in (None, ""):
            sheet, place = places[key]
            entries[sheet][place] = value
    return entries


def _values(submission: Submission, outcomes: Outcomes, checklist: Checklist) -> Iterator[tuple[tuple[str, str], Value | None]]:
    """What a row is told by and the heading, with what was typed there."""
    for response in submission.responses:
        yield (response.criterion, form.ANSWER), response.typed
        yield (response.criterion, form.EVIDENCE), response.evidence
        yield (response.criterion, form.OWN), response.own_opportunity
    for measure in outcomes.measures:
        figure = submission.outcomes[measure.id]
        yield (measure.label, form.THIS_YEAR), _number(figure.this_year)
        yield (measure.label, form.LAST_YEAR), _number(figure.last_year)
    for prompt in (prompt for area in checklist.areas for prompt in area.prompts):
        if note := submission.checklist.get(prompt.id):
            yield (prompt.text, form.READY), note.ready
            yield (prompt.text, form.NOTE), note.note
    identity = submission.identity
    signed: Mapping[str, str | date | None] = {
        form.COMPLETED_BY: identity.completed_by,
        form.ROLE: identity.role,
        form.COMPLETED_ON: identity.completed_on,
        form.GOVERNOR: identity.governor,
        form.SIGNED_ON: identity.signed_on,
        form.CONSENT: form.YES if identity.shares_practice else form.NO,
    }
    for label, value in signed.items():
        yield (label, form.SCHOOL), value


def _number(figure: str) -> float | None:
    return float(figure) if figure else None

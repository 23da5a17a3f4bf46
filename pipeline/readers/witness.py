"""The third witness: an answer cell's defined name moves with the cell, so it tells when cells were moved and rows were not."""

from collections.abc import Container, Iterator, Mapping, Sequence

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.submission import OwnView, Response
from pipeline.readers.views import ASKED

Cell = tuple[str, str]  # sheet and A1 address


def check_names(
    responses: Sequence[Response], names: Mapping[str, Cell], sheets: Container[str], file: str
) -> Iterator[Finding]:
    """RT324 for every answer that is not where its name points.

    A name that points to no sheet was lost by the program that saved the file, and witnesses nothing. Rows that were sorted
    leave their names behind: there the wording moved with the answer, and there is nothing to tell.
    """
    named = {response.criterion: names.get(form.answer_name(response.criterion), ("", "")) for response in responses}
    moved = [response for response in responses if named[response.criterion] != (response.place.sheet, response.place.cell)]
    sorted_sheets = set(_find_sorted(responses, named)) if moved else ()
    for response in moved:
        cell, place = named[response.criterion], response.place
        if cell[0] in sheets and place.sheet not in sorted_sheets:
            seen = f"the name of {response.criterion}"
            yield find("RT324", Place(file, *cell), seen, criterion=response.criterion, cell=place.cell)


def check_view_names(
    views: Sequence[OwnView], names: Mapping[str, Cell], sheets: Container[str], file: str
) -> Iterator[Finding]:
    """The same for every view that a school gave."""
    for view in views:
        cell = names.get(form.view_name(view.area), ("", ""))
        if cell[0] in sheets and cell != (view.place.sheet, view.place.cell):
            yield find("RT324", Place(file, *cell), f"the name of {ASKED}", criterion=ASKED, cell=cell[1])


def _find_sorted(responses: Sequence[Response], named: Mapping[str, Cell]) -> Iterator[str]:
    """Sheets whose rows stand in another order than ours, while the names still cover exactly their answer cells."""
    for sheet in {response.place.sheet for response in responses}:
        ours = [response for response in responses if response.place.sheet == sheet]
        rows = [int("".join(mark for mark in response.place.cell if mark.isdigit())) for response in ours]
        cells = {(sheet, response.place.cell) for response in ours}
        if rows != sorted(rows) and cells == {named[response.criterion] for response in ours}:
            yield sheet

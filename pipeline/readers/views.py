"""A school's own view of each area: found by its label, on whichever sheet the area's criteria stand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.submission import Extra, OwnView
from pipeline.readers.faults import TWICE
from pipeline.readers.grid import Sheet, address, fold
from pipeline.readers.layout import Vocabulary

ASKED = f"“{form.VIEW}”"  # what the cell is called in findings that usually name a criterion

_LABEL = {fold(form.VIEW): form.VIEW}
_HINT = fold(form.VIEW_HINT)
_ANSWER = fold(form.ANSWER)


@dataclass(frozen=True)
class ViewCell:
    """The cell beside a label. `level` is None where it is blank or holds something else, `typed` is what it holds."""

    area: int
    typed: str
    level: Level | None
    place: Place


def find_view_cells(sheets: Sequence[Sheet], name: str, words: Vocabulary) -> tuple[ViewCell, ...]:
    """Every cell for an own view, blank ones too, in the order of the sheets. None in a workbook of an edition without them."""
    return tuple(cell for sheet in sheets for cell in _find_on(sheet, name, words))


def _find_on(sheet: Sheet, name: str, words: Vocabulary) -> Iterator[ViewCell]:
    labels = [(row, column) for _, row, column in sheet.find(_LABEL)]
    ends = [-1, *(row for row, _ in labels), len(sheet.rows)]
    for place, (row, label) in enumerate(labels, 1):
        above, below = range(ends[place - 1] + 1, row), range(row + 1, ends[place + 1])
        area = _find_area(sheet, above, words) or _find_area(sheet, below, words) or _area_by_name(sheet, words)
        column = _find_column(sheet, row, label, words)
        if area and column is not None:
            typed = sheet.take(row, column)
            yield ViewCell(area, typed, words.views.get(fold(typed)), Place(name, sheet.name, address(row, column)))


def _find_area(sheet: Sheet, rows: range, words: Vocabulary) -> int | None:
    """The area that most of these rows are about: by wording, or, where no wording is ours, by reference or heading."""
    numbers = [words.areas[words.titles[title]] for title, _, _ in sheet.find(words.titles, rows)]
    numbers = numbers or [words.areas[text] for text, _, _ in sheet.find(words.areas, rows)]
    return Counter(numbers).most_common(1)[0][0] if numbers else None


def _area_by_name(sheet: Sheet, words: Vocabulary) -> int | None:
    """By the number with which the sheet's name begins: the rest of it is cut short."""
    number = sheet.name.partition(" ")[0]
    return int(number) if number.isdecimal() and int(number) in words.areas.values() else None


def _find_column(sheet: Sheet, row: int, label: int, words: Vocabulary) -> int | None:
    """Where the view stands: under the answers, or, where nothing does, the one level to the right of the label."""
    answer = _answer_column(sheet, row)
    if answer is not None and answer > label and sheet.text(row, answer):
        return answer
    texts = {column: fold(sheet.text(row, column)) for column in range(label + 1, len(sheet.rows[row]))}
    levels = {column: words.views[text] for column, text in texts.items() if text in words.views}
    if levels:
        return min(levels) if len(set(levels.values())) == 1 else None
    if answer is not None:
        return answer if answer > label else None
    return next((column for column, text in texts.items() if text and text != _HINT), None)


def _answer_column(sheet: Sheet, row: int) -> int | None:
    """The column of the last heading above a row that says “Your answer”; where there is none above, of the first below."""
    rows = (*range(row - 1, -1, -1), *range(row + 1, len(sheet.rows)))
    return next((sheet.headings[one][_ANSWER] for one in rows if _ANSWER in sheet.headings[one]), None)


def read_views(
    cells: Sequence[ViewCell], faults: Mapping[tuple[str, str], str], allowed: Sequence[str]
) -> tuple[tuple[OwnView, ...], tuple[Extra, ...], tuple[Finding, ...]]:
    """The views that count, in order of area; what was typed and does not count, so that no word is lost; and why.

    Two different views of one area count as none. Findings: RT320, RT327, RT328.
    """
    views: list[OwnView] = []
    extras: list[Extra] = []
    findings: list[Finding] = []
    given: dict[int, list[ViewCell]] = {}
    for cell in cells:
        fault = faults.get((cell.place.sheet, cell.place.cell), "")
        if fault and (not cell.typed or fault == TWICE):
            findings.append(find("RT320", cell.place, fault, criterion=ASKED, cell=cell.place.cell))
        elif cell.level is not None:
            given.setdefault(cell.area, []).append(cell)
        elif cell.typed:
            findings.append(find("RT327", cell.place, "not one of the levels", allowed=", ".join(allowed)))
            extras.append(_keep(cell))
    for area, found in sorted(given.items()):
        first = found[0]
        other = next((cell for cell in found if cell.level is not first.level), None)
        if other:
            where = f"{other.place.sheet} {other.place.cell}"
            findings.append(find("RT328", first.place, f"Area {area} seen in two ways", cell=where))
            extras.extend(map(_keep, found))
        elif first.level is not None:
            views.append(OwnView(area, first.level, first.place))
    return tuple(views), tuple(extras), tuple(findings)


def _keep(cell: ViewCell) -> Extra:
    return Extra(cell.place, "text", cell.typed)

"""The moderation sheet as an adviser filled it in, read by its headings in whatever order and on whatever sheet they stand."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model import moderation_sheet as headings
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.moderation import FilledRow
from pipeline.model.rubric import Rubric
from pipeline.readers.container import Kind, open_safely
from pipeline.readers.grid import Sheet, Table, fold, read_sheets, to_date

_SAVE = "Save the sheet in Excel as an Excel Workbook (.xlsx), without a password, and import that."
_OF_AREAS = (headings.URN, headings.AREA, headings.LEVEL, headings.REASON, headings.ADVISER, headings.VISITED)
_OF_CRITERIA = (headings.URN, headings.CRITERION, headings.LEVEL, headings.WHY)


def read_moderation_sheet(
    content: bytes, name: str, rubrics: Iterable[Rubric]
) -> tuple[tuple[FilledRow, ...], tuple[Finding, ...]]:
    """Every row with something in an adviser's column, of all tables of areas first and then of criteria. Levels are told by
    the words of any of `rubrics`, and where two of them disagree by those of the first.

    Findings: MD801 (cannot be opened), MD802 (no such tables); either way there are no rows.
    """
    opened, refused = open_safely(content, name)
    if opened is None:
        return (), (find("MD801", Place(name), refused[0].seen, remedy=_SAVE),)
    try:
        sheets = _open(content, opened.kind)
    except ValueError:
        return (), (find("MD801", Place(name), "a workbook that does not open", remedy=_SAVE),)
    of_areas = [table for sheet in sheets for table in sheet.tables(*_OF_AREAS)]
    of_criteria = [table for sheet in sheets for table in sheet.tables(*_OF_CRITERIA)]
    if not of_areas and not of_criteria:
        return (), (find("MD802", Place(name), f"{len(sheets)} sheets, none with the moderation sheet's headings"),)
    words = _words(rubrics)
    rows = [row for table in of_areas for row in _read_areas(table, name, words)]
    rows += [row for table in of_criteria for row in _read_criteria(table, name, words)]
    return tuple(rows), ()


def _open(content: bytes, kind: Kind) -> tuple[Sheet, ...]:
    """openpyxl for a workbook of today, since it stays within bounds and this is one file; calamine for every other kind.

    Raises: ValueError."""
    if kind is Kind.BUNDLE:
        raise ValueError("a zip file")
    if kind is not Kind.XLSX:
        return read_sheets(content)
    from pipeline.readers.by_openpyxl import read_far_corner  # noqa: PLC0415 - slow to load

    return read_far_corner(content)


def _words(rubrics: Iterable[Rubric]) -> Mapping[str, Level]:
    """Everything that counts as a level, folded: the labels of areas and of answers, and what people type instead."""
    words: dict[str, Level] = {}
    for rubric in reversed(tuple(rubrics)):
        words |= {fold(rubric.label(level)): level for level in Level}
        for answer, told in rubric.frame.answers.items():
            if answer.level is not None:
                words |= {fold(word): answer.level for word in (told.label, *told.also)}
    return words


def _read_areas(table: Table, name: str, words: Mapping[str, Level]) -> Iterator[FilledRow]:
    for row in table.rows:
        visited = table.columns[fold(headings.VISITED)]
        filled = FilledRow(
            urn=table.column(headings.URN).take(row),
            key=table.column(headings.AREA).take(row),
            is_area=True,
            typed_level=(typed := table.column(headings.LEVEL).take(row)),
            level=words.get(fold(typed)),
            reason=table.column(headings.REASON).take(row),
            by=table.column(headings.ADVISER).take(row),
            typed_on=table.column(headings.VISITED).take(row),
            on=to_date(table.sheet.cell(row, visited)),
            cells=_places(table, row, name, _OF_AREAS),
        )
        if filled.is_filled or filled.by or filled.typed_on:
            yield filled


def _read_criteria(table: Table, name: str, words: Mapping[str, Level]) -> Iterator[FilledRow]:
    for row in table.rows:
        filled = FilledRow(
            urn=table.column(headings.URN).take(row),
            key=table.column(headings.CRITERION).take(row),
            is_area=False,
            typed_level=(typed := table.column(headings.LEVEL).take(row)),
            level=words.get(fold(typed)),
            reason=table.column(headings.WHY).take(row),
            by="",
            typed_on="",
            on=None,
            cells=_places(table, row, name, _OF_CRITERIA),
        )
        if filled.is_filled:
            yield filled


def _places(table: Table, row: int, name: str, columns: tuple[str, ...]) -> Mapping[str, Place]:
    return {heading: Place(name, table.sheet.name, table.column(heading).address(row)) for heading in columns}

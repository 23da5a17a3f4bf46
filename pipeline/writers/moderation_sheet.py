"""`sample.xlsx`: the schools to visit, and the tables that an adviser fills in. No free text of a school is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import moderation_sheet as headings
from pipeline.model.project import Configuration
from pipeline.rules.judging import level_words
from pipeline.rules.moderation import say_sample
from pipeline.rules.visiting import Visited, answer_of, areas_of, name_cells, title_of
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row, Tinted, write_tables
from pipeline.writers.page import Asked, Page

_OPEN = Tinted("", style.OPEN_CELL)
_STEPS = (
    f"1. The sheet “{headings.SCHOOLS}” says which schools are visited, why, and which cells of their return to look at.",
    f"2. On “{headings.AREAS}”, choose a level for each area you looked at, and say why, who you are and when you visited. "
    "Leave the others blank.",
    f"3. On “{headings.CRITERIA}”, do the same for each answer you looked at; who and when are taken from “{headings.AREAS}”.",
    "4. Save the workbook and run: inclusion moderation import FILE.xlsx",
    "Yellow cells are yours. A level without a reason is not taken. Your reasons stand in the school's record beside its own "
    "rating: please write about the school, never about a child.",
)


@dataclass(frozen=True)
class SampleFacts:
    """What the first sheet says of the sample: the cycle, how many schools of each part, and the seed."""

    cycle: str
    stratified: int
    risk: int
    seed: int


def write_sample(visits: Sequence[Visited], configuration: Configuration, facts: SampleFacts) -> bytes:
    """The workbook: how to use it, the schools, their areas, and the criteria to look at."""
    tables = (_list_schools(visits), _list_areas(visits, configuration), _list_criteria(visits, configuration))
    title, author = f"Moderation sample: {facts.cycle}", configuration.settings.authority.name
    return write_tables(_compose_front(facts), tables, title, author)


def _compose_front(facts: SampleFacts) -> Page:
    page = Page("How to use this", (112,), f"Moderation sample, {facts.cycle}", is_protected=False)
    page.put("A1", "Moderation sample", replace(style.ONE_LINE, size=18, bold=True, colour=style.BRAND))
    page.heights[1] = 30
    lines = (
        f"{facts.cycle}. {say_sample(facts.stratified, facts.risk, facts.seed)}",
        *_STEPS,
        "For the local authority's advisers only; not to be left with a school.",
    )
    for row, line in enumerate(lines, 2):
        page.put(f"A{row}", line, replace(style.TEXT, size=11, indent=0))
        page.heights[row] = 15 * style.lines(line, 112) + 8
    return page


def _list_schools(visits: Sequence[Visited]) -> ExcelTable:
    rows: list[Row] = [
        (
            *(one.school.urn, one.school.name, one.school.district, one.school.phase.label, one.sampled.part.value),
            "\n".join(reason.sentence for reason in one.sampled.reasons),
            name_cells(one),
            one.review.file,
        )
        for one in visits
    ]
    titles = (headings.URN, headings.SCHOOL, "District", "Phase", "Part", "Reasons", "Cells to look at", "Return")
    return ExcelTable(headings.SCHOOLS, "Schools", titles, (10, 34, 20, 14, 12, 60, 60, 34), rows)


def _list_areas(visits: Sequence[Visited], configuration: Configuration) -> ExcelTable:
    rubric = configuration.rubric
    rows: list[Row] = [
        (one.school.urn, one.school.name, area.number, area.name, area.level, area.own, _OPEN, _OPEN, _OPEN, _OPEN)
        for one in visits
        for area in areas_of(one.review, configuration.under(one.review.edition).rubric)
    ]
    titles = (
        *(headings.URN, headings.SCHOOL, headings.AREA, headings.AREA_NAME, headings.RATED, headings.OWN),
        *(headings.LEVEL, headings.REASON, headings.ADVISER, headings.VISITED),
    )
    asked = _ask(len(rows), (("G", headings.LEVEL, level_words(rubric, is_area=True)), ("J", headings.VISITED, ())))
    return ExcelTable(headings.AREAS, "Areas", titles, (10, 32, 7, 36, 16, 16, 18, 60, 20, 14), rows, asked=asked)


def _list_criteria(visits: Sequence[Visited], configuration: Configuration) -> ExcelTable:
    rubric = configuration.rubric
    rows: list[Row] = [
        (
            *(one.school.urn, one.school.name, answered.criterion, title_of(answered.criterion, own)),
            *(answer_of(answered, own), answered.place.sheet, answered.place.cell, _OPEN, _OPEN),
        )
        for one in visits
        for own in (configuration.under(one.review.edition).rubric,)
        for answered, _ in one.looks
    ]
    titles = (
        *(headings.URN, headings.SCHOOL, headings.CRITERION, headings.TITLE, headings.ANSWER, headings.SHEET, headings.CELL),
        *(headings.LEVEL, headings.WHY),
    )
    asked = _ask(len(rows), (("H", headings.LEVEL, level_words(rubric, is_area=False)),))
    return ExcelTable(headings.CRITERIA, "Criteria", titles, (10, 32, 10, 44, 16, 26, 8, 18, 60), rows, asked=asked)


def _ask(rows: int, columns: Sequence[tuple[str, str, Sequence[str]]]) -> tuple[Asked, ...]:
    if not rows:
        return ()
    return tuple(Asked(f"{column}2:{column}{rows + 1}", title, choices) for column, title, choices in columns)

"""`agreement.xlsx`: how far advisers and schools agree, by area and by criterion. The advisers' own paper."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.project import Configuration
from pipeline.rules.agreement import Agreement
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row, write_tables
from pipeline.writers.page import Page

_COUNTS = ("Looked at", "Same", "Adviser higher", "Adviser lower", "Answers gave no level", "Exact agreement")
_NOTES = (
    "Each judgement is compared with what the school's record said on the day it was imported. Where a school was visited "
    "twice, the latest visit counts.",
    "Exact agreement is the share of judgements that are the same, of those with two levels to compare. Nothing is left out "
    "for being small: three judgements are no trend.",
    "Schools were not all drawn by lot, so this does not say how all schools would compare. It says where the wording of a "
    "criterion is read differently, and is worth a conversation.",
)


def write_agreement(
    areas: Sequence[Agreement], criteria: Sequence[Agreement], configuration: Configuration, cycle: str
) -> bytes:
    """The workbook: how to read it, areas in rubric order, criteria with those that differ most often first."""
    names, titles = configuration.area_names, configuration.titles
    by_area: list[Row] = [(int(one.key), names.get(int(one.key), ""), *_counts(one)) for one in areas]
    by_criterion: list[Row] = [(one.key, titles.get(one.key, ""), *_counts(one)) for one in criteria]
    widths = (10, 52, *([12] * 4), 14, 14)
    tables = (
        ExcelTable("By area", "AgreementByArea", ("Area", "Area of Focus", *_COUNTS), widths, by_area),
        ExcelTable("By criterion", "AgreementByCriterion", ("Criterion", "What it is about", *_COUNTS), widths, by_criterion),
    )
    title, author = f"Moderation agreement: {cycle}", configuration.settings.authority.name
    return write_tables(_compose_front(cycle), tables, title, author)


def _compose_front(cycle: str) -> Page:
    page = Page("How to read this", (112,), f"Moderation agreement, {cycle}", is_protected=False)
    page.put("A1", "Where advisers and schools agree", replace(style.ONE_LINE, size=18, bold=True, colour=style.BRAND))
    page.heights[1] = 30
    for row, line in enumerate((cycle, *_NOTES), 2):
        page.put(f"A{row}", line, replace(style.TEXT, size=11, indent=0))
        page.heights[row] = 15 * style.lines(line, 112) + 8
    return page


def _counts(one: Agreement) -> tuple[str | int, ...]:
    return (one.looked_at, one.same, one.higher, one.lower, one.unrated, one.share)

"""The officer's table of what a draft rubric would change: school by school, and counted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model.rubric import Rubric
from pipeline.model.what_if import Tally, WhatIf
from pipeline.rules.what_if_tally import (
    COUNTS,
    count_ways,
    district_of,
    list_assumptions,
    list_moves,
    phase_of,
    summarise_change,
    tally_areas,
    tally_by,
)
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row, write_tables
from pipeline.writers.page import Page

_WIDE = (52, 12, *([14] * len(COUNTS)))


def write_what_if(what_if: WhatIf, draft: Rubric, cycle: str, author: str) -> bytes:
    """`what-if.xlsx`: summary, schools that change, from what to what, by area, by district, by phase."""
    moves: list[Row] = [(before, after, count, cause) for (before, after), count, cause in list_moves(what_if)]
    tables = (
        _list_schools(what_if, draft),
        ExcelTable("From and to", "FromAndTo", ("From", "To", "Schools", "Most often because"), (26, 26, 12, 70), moves),
        _count("By area", "ByArea", "Area of Focus", tally_areas(what_if, draft)),
        _count("By district", "ByDistrict", "District", tally_by(what_if, district_of)),
        _count("By phase", "ByPhase", "Phase", tally_by(what_if, phase_of)),
    )
    return write_tables(_compose_summary(what_if, cycle), tables, f"What if {what_if.draft}, {cycle}", author)


def _compose_summary(what_if: WhatIf, cycle: str) -> Page:
    page = Page("Summary", (120,), f"What if, {cycle}", is_protected=False)
    page.put("A1", f"What if {what_if.draft}", replace(style.ONE_LINE, size=18, bold=True, colour=style.BRAND))
    page.put("A2", f"{cycle} · rated under {', '.join(what_if.editions)}", replace(style.ONE_LINE, size=11))
    page.heights[1] = 30
    told = (summarise_change(what_if), "For the officer: schools are named here, and small numbers are not hidden.")
    for row, text in enumerate((*told, *list_assumptions(what_if)), 4):
        page.put(f"A{row}", text, replace(style.BOXED, vertical="center"))
        page.heights[row] = 13.5 * style.lines(text, 130) + 6
    return page


def _list_schools(what_if: WhatIf, draft: Rubric) -> ExcelTable:
    names = {0: "Overall", **{area.number: f"{area.number} {area.name}" for area in draft.areas}}
    headings = ("URN", "School", "Phase", "District", "Area", "Compared with", "From", "To", "Change", "By which rule")
    widths = (10, 38, 14, 22, 36, 14, 22, 18, 14, 90)
    return ExcelTable("Schools that change", "SchoolsThatChange", headings, widths, list(_rows(what_if, names)))


def _rows(what_if: WhatIf, names: dict[int, str]) -> Iterator[Row]:
    for again in what_if.schools:
        school = again.school
        for shift in again.shifts:
            since = ", ".join(f"{area}" for area in shift.since) or "Overall"
            yield (
                *(school.urn, school.name, school.phase.label, school.district, names[shift.area], since),
                *(shift.before, shift.after, shift.direction.value, shift.rule),
            )


def _count(title: str, name: str, what: str, tallies: Sequence[Tally]) -> ExcelTable:
    rows: list[Row] = [(tally.name, tally.schools, *count_ways(tally)) for tally in tallies]
    return ExcelTable(title, name, (what, "Schools", *COUNTS), _WIDE, rows)

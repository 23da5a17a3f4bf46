"""The self-evaluation workbook that goes out to a school."""

from io import BytesIO

from openpyxl import Workbook

from pipeline.model import form
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers import front_sheets, other_sheets
from pipeline.writers.archive import settle
from pipeline.writers.area_sheet import write_area


def build_workbook(school: School, configuration: Configuration, cycle: str) -> Workbook:
    """A blank workbook for one school: only the criteria of its phase, its identity filled in, answer cells open."""
    workbook = Workbook()
    start = workbook.active
    assert start is not None
    start.title = form.START
    rubric = configuration.rubric
    front_sheets.write_school(workbook.create_sheet(form.SCHOOL), school)
    ranges = [
        write_area(workbook.create_sheet(form.area_sheet(area.number, area.name)), area, school, rubric)
        for area in rubric.areas
        if any(criterion.applies_to(school.phase) for criterion in area.criteria)
    ]
    other_sheets.write_checklist(workbook.create_sheet(form.CHECKLIST), school, configuration.checklist)
    other_sheets.write_outcomes(workbook.create_sheet(form.OUTCOMES), configuration.outcomes)
    front_sheets.write_start(start, school, configuration, cycle, ranges)
    workbook.properties.title = f"Inclusive practice self-evaluation: {school.name}"
    workbook.properties.creator = configuration.settings.authority.name
    workbook.properties.language = "en-GB"
    return workbook


def save_workbook(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file, the same bytes whenever it is made."""
    result = BytesIO()
    workbook.save(result)
    return settle(result.getvalue())

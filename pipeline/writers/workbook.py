"""The self-evaluation workbook that goes out to a school."""

from io import BytesIO

from openpyxl import Workbook

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers.archive import settle
from pipeline.writers.contents import compose_pages
from pipeline.writers.sheet import Wardrobe, draw


def build_workbook(school: School, configuration: Configuration, cycle: str, prefilled_from: str = "") -> Workbook:
    """A blank workbook for one school: only the criteria of its phase, its identity filled in, answer cells open.

    One with room for the answers of `prefilled_from`, an earlier cycle, has cells that confirm them."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    start, *others = [
        (page, workbook.create_sheet(page.title)) for page in compose_pages(school, configuration, cycle, prefilled_from)
    ]
    wardrobe = Wardrobe()
    for page, sheet in (*others, start):  # fonts are kept in the order in which they are met: another order, other bytes
        draw(page, sheet, wardrobe)
    workbook.properties.title = f"Inclusive practice self-evaluation: {school.name}"
    workbook.properties.creator = configuration.settings.authority.name
    workbook.properties.language = "en-GB"
    return workbook


def save_workbook(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file, the same bytes whenever it is made."""
    result = BytesIO()
    workbook.save(result)
    return settle(result.getvalue())

"""The rubric's workbook as an officer gives it back: read by headings, every mistake told with sheet and cell."""

from collections.abc import Sequence

from pipeline.model import rubric_form as form
from pipeline.model.draft import Draft
from pipeline.model.finding import Finding, Place, find
from pipeline.readers.container import open_safely
from pipeline.readers.grid import Sheet, read_sheets
from pipeline.readers.rubric_area_sheets import read_areas
from pipeline.readers.rubric_frame_sheets import read_frame
from pipeline.readers.rubric_gathering import Gathering
from pipeline.readers.rubric_sheet import find_table
from pipeline.rules.rubric_soundness import check_soundness


def read_rubric_workbook(content: bytes, name: str) -> tuple[Draft | None, tuple[Finding, ...]]:
    """The rubric a workbook holds, if it is sound, and everything that is wrong with it, by sheet and cell.

    Findings: RB950-RB953, CF104.
    """
    opened, refused = open_safely(content, name)
    try:
        sheets = read_sheets(content) if opened else ()
    except ValueError as error:
        opened, refused = None, (find("RT304", Place(name), str(error)),)
    if opened is None:
        remedy = "Give the Excel workbook that “inclusion rubric export” wrote, saved in Excel."
        return None, (find("RB950", Place(name), refused[0].seen, remedy=remedy),)
    gathering = Gathering(name)
    draft = _read_draft(gathering, sheets)
    return draft, tuple(gathering.findings)


def _read_draft(gathering: Gathering, sheets: Sequence[Sheet]) -> Draft | None:
    found = {one.sheet: find_table(gathering.name, one, sheets, gathering.findings) for one in form.FORMS}
    tables = {sheet: table for sheet, table in found.items() if table}
    if len(tables) < len(found):
        return None
    for table in tables.values():
        table.tell_strays()
    frame = read_frame(gathering, tables)
    areas = read_areas(gathering, tables, set(frame.themes) if frame else set())
    if frame is None or gathering.has_error:
        return None
    draft = Draft(frame, areas)
    gathering.findings.extend(check_soundness(draft, gathering.where))
    return None if gathering.has_error else draft

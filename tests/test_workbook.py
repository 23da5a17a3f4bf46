"""The blank workbook: the right criteria, open cells, lists, print set-up, and text that stays text."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import CYCLE, Convert, complete, rows_of

from pipeline.model import form
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.writers.workbook import build_workbook, save_workbook


def school_of(phase: Phase, name: str = "Fennacre School") -> School:
    return School("900101", "999/2001", name, phase, "Community school", "Brackmarsh", "Fennacre", 100)


@pytest.mark.parametrize(
    ("phase", "count"), [(Phase.PRIMARY, 63), (Phase.SPECIAL, 62), (Phase.NURSERY, 61), (Phase.SIXTEEN_PLUS, 61)]
)
def test_a_school_is_asked_the_criteria_of_its_phase(phase: Phase, count: int, configuration: Configuration) -> None:
    workbook = build_workbook(school_of(phase), configuration, CYCLE)
    assert len(rows_of(workbook)) == count
    assert f" of {count} answered" in str(workbook[form.START]["A4"].value)


def test_only_answer_cells_are_open_and_offer_what_is_allowed(configuration: Configuration) -> None:
    workbook = build_workbook(school_of(Phase.PRIMARY), configuration, CYCLE)
    for criterion, (sheet, row) in rows_of(workbook).items():
        assert sheet.protection.sheet
        unlocked = [cell.coordinate for cell in sheet[row] if not cell.protection.locked]
        assert unlocked == [f"G{row}", f"H{row}", f"I{row}"]
        lists = [one.formula1 for one in sheet.data_validations.dataValidation if f"G{row}" in one.cells]
        assert len(lists) == 1
        assert ("Not applicable" in str(lists[0])) == configuration.rubric.criteria[criterion].allows_not_applicable


def test_every_sheet_prints_on_a4_landscape_with_repeated_headings(configuration: Configuration) -> None:
    workbook = build_workbook(school_of(Phase.PRIMARY), configuration, CYCLE)
    assert [sheet.title for sheet in workbook][:3] == [form.START, form.SCHOOL, "1 Leadership, Governance"]
    assert len({sheet.title for sheet in workbook}) == 13
    for sheet in workbook.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_view.zoomScale == 100
        if sheet["G3"].value == form.ANSWER:
            assert sheet.print_title_rows == "$3:$3"
            assert sheet.freeze_panes == "C4"
            assert all(merged.max_row < 3 for merged in sheet.merged_cells.ranges)
    names = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert all("answered" in name or " of " in name for name in names)  # no formula but the progress lines


def test_text_that_looks_like_a_formula_stays_text(configuration: Configuration) -> None:
    name = '=HYPERLINK("http://x","y") +1 @SUM'
    content = save_workbook(build_workbook(school_of(Phase.PRIMARY, name), configuration, CYCLE))
    cell = openpyxl.load_workbook(BytesIO(content))[form.SCHOOL]["B3"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_the_same_school_gives_the_same_bytes(configuration: Configuration) -> None:
    one, two = (save_workbook(build_workbook(school_of(Phase.SPECIAL), configuration, CYCLE)) for _ in range(2))
    assert one == two


def test_the_progress_line_counts_as_the_school_goes(
    convert: Convert, tmp_path: Path, school: School, configuration: Configuration
) -> None:
    """Worked out by a spreadsheet program: 38 of 63 answered."""
    answered = dict.fromkeys(list(configuration.rubric.criteria)[:38], "S")
    (tmp_path / "return.xlsx").write_bytes(complete(school, configuration, answered, otherwise="?"))
    saved = convert(tmp_path / "return.xlsx", "ods")
    from pipeline.readers.grid import read_sheets

    start = read_sheets(saved.read_bytes())[0]
    assert start.text(3, 0) == "38 of 63 answered"
    assert start.text(6, 2) == "7 of 7"
    assert start.text(11, 2) == "3 of 7"


def test_words_that_do_not_change_a_workbook_are_shared_by_its_reader() -> None:
    headings = [
        form.REF,
        form.CRITERION,
        form.DUTY,
        form.ANSWER,
        form.EVIDENCE,
        form.OWN,
        form.PROMPT,
        form.READY,
        form.NOTE,
        form.MEASURE,
    ]
    assert len({heading.casefold() for heading in headings}) == len(headings)

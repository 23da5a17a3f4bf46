"""The blank workbook: the right criteria, open cells, lists, print set-up, and text that stays text."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import CYCLE, ROOT, Convert, complete, rows_of

from pipeline.model import form
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.readers.grid import fold, to_text
from pipeline.readers.register import load_register
from pipeline.runner.expecting import expect
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.cell import Value
from pipeline.writers.other_sheets import compose_checklist
from pipeline.writers.workbook import build_workbook, save_workbook

NAMES = (
    "St Mary & St John's <CofE> School, Fennacre (Infants)",
    "Ysgol Tŷ Gwyn · Thérèse",
    '=HYPERLINK("http://x","y")',
    " -5 ",
    "&[Tab] &L",
    "#N/A",
    "⟦&urn⟧",
    "",
)


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


@pytest.mark.parametrize("phase", Phase)
def test_a_return_is_read_against_every_text_of_the_blanks_and_of_older_checklists_and_no_other(
    phase: Phase, configuration: Configuration
) -> None:
    school = school_of(phase)
    kinds = (build_workbook(replace(school, name=""), configuration, CYCLE, before) for before in ("", "2025-26-summer"))
    books = [openpyxl.load_workbook(BytesIO(save_workbook(kind))) for kind in kinds]
    sheets = [sheet for book in books for sheet in book.worksheets]
    values = [value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    assert all(isinstance(value, str) for value in values)
    older = [compose_checklist(school, version, configuration.rubric) for version in configuration.checklists[:-1]]
    values += [cell.value for page in older for cell in page.cells.values() if isinstance(cell.value, str)]
    assert expect([school], configuration, CYCLE).printed == {"", *(fold(to_text(value)) for value in values)}


def test_returns_are_read_against_the_blanks_of_all_phases_together(configuration: Configuration) -> None:
    schools = [school_of(phase) for phase in Phase]
    printed = expect(schools, configuration, CYCLE).printed
    assert printed == frozenset().union(*(expect([school], configuration, CYCLE).printed for school in schools))


@pytest.mark.parametrize(
    "school",
    [*(school_of(phase) for phase in Phase), *(school_of(Phase.PRIMARY, name) for name in NAMES)],
    ids=lambda school: f"{school.phase} {school.name}",
)
def test_a_blank_filled_in_is_the_workbook_of_that_school(school: School, configuration: Configuration) -> None:
    built = save_workbook(build_workbook(school, configuration, CYCLE))
    assert fill_in(Blanks(configuration, CYCLE).of(school), school) == built


def test_schools_of_a_phase_share_a_blank(configuration: Configuration) -> None:
    register, _ = load_register(ROOT / "config" / "schools.csv", "config/schools.csv")
    blanks = Blanks(configuration, CYCLE)
    made = {id(blanks.of(school)) for school in register.values()}
    assert len(made) == len({school.phase for school in register.values()})


def test_what_is_typed_stays_what_was_typed(school: School, configuration: Configuration) -> None:
    area = next(title for title in build_workbook(school, configuration, CYCLE).sheetnames if title.startswith("1 "))
    typed: dict[str, dict[str, Value]] = {
        form.SCHOOL: {"B8": "⟦&name⟧", "B10": date(2026, 10, 9)},
        area: {"G4": "Advanced", "H4": "=1+1", "H5": " <b> & 'two'\nlines ", "I4": ""},
        form.OUTCOMES: {"C4": 95.5, "D4": 7.0},
    }
    workbook = openpyxl.load_workbook(BytesIO(fill_in(Blanks(configuration, CYCLE).of(school), school, typed)))
    for sheet, cells in typed.items():
        for place, value in cells.items():
            cell = workbook[sheet][place]
            assert (cell.value.date() if cell.is_date else cell.value or "") == value
            assert cell.data_type == ("d" if isinstance(value, date) else "n" if isinstance(value, float) or not value else "s")
            assert not cell.protection.locked


@pytest.mark.parametrize("place", ["G3", "B4", "Z99"])
def test_nothing_can_be_typed_where_no_cell_is_open(place: str, school: School, configuration: Configuration) -> None:
    area = next(title for title in build_workbook(school, configuration, CYCLE).sheetnames if title.startswith("1 "))
    with pytest.raises(KeyError):
        fill_in(Blanks(configuration, CYCLE).of(school), school, {area: {place: "Advanced"}})

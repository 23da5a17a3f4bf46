"""Reading returns: by visible wording and reference, whatever moved; anything odd is told with its cell."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Convert, complete, rows_of
from openpyxl import Workbook

from pipeline.model.finding import Finding
from pipeline.model.level import Answer
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.grid import address, fold, to_date, to_text
from pipeline.readers.returns import Expectations, read_return

ANSWERS = {"1.1": "A", "1.2": "E", "5.1": "N", "9.7": "x"}
MEANT = {"1.1": Answer.ADVANCED, "1.2": Answer.EMERGING, "5.1": Answer.NOT_YET, "9.7": Answer.NOT_APPLICABLE}
EVIDENCE = {"1.1": "Minutes of 3 March.", "9.7": "Not a school with neighbours.", "1.2": "Draft only."}


def read(content: bytes, expected: Expectations) -> tuple[Submission, tuple[Finding, ...]]:
    submission, findings = read_return(content, "return.xlsx", expected)
    assert submission is not None, findings
    return submission, findings


def assert_as_meant(submission: Submission) -> None:
    answers = {response.criterion: response for response in submission.responses}
    assert len(answers) == 63
    for key, response in answers.items():
        assert response.answer is MEANT.get(key, Answer.ESTABLISHED), key
        assert response.evidence == EVIDENCE.get(key, ""), key


def insert_rows_and_columns(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)


def rename_and_reorder(workbook: Workbook) -> None:
    for number, sheet in enumerate(workbook.worksheets):
        sheet.title = f"Tabelle {number}"
    workbook._sheets.reverse()  # type: ignore[attr-defined]


def sort_rows(workbook: Workbook) -> None:
    sheet = workbook.worksheets[2]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=10)]
    for row, values in zip(sheet.iter_rows(min_row=4, max_row=10), reversed(rows), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value


def delete_other_sheets(workbook: Workbook) -> None:
    for name in ("Start here", "Ofsted checklist", "Outcomes"):
        del workbook[name]


def shout(workbook: Workbook) -> None:
    for sheet, row in rows_of(workbook).values():
        sheet[f"B{row}"].value = f"  {str(sheet[f'B{row}'].value).upper().replace(' ', chr(0xA0))}. "
        if sheet[f"G{row}"].value:
            sheet[f"G{row}"].value = f" {sheet[f'G{row}'].value}.".lower()


def answer_otherwise(workbook: Workbook) -> None:
    words = {
        "Advanced": "3 - Advanced",
        "Established": "2",
        "Emerging": "emerg.",
        "Not yet in place": "No",
        "Not applicable": "N/A",
    }
    for sheet, row in rows_of(workbook).values():
        sheet[f"G{row}"].value = words[str(sheet[f"G{row}"].value)]


@pytest.mark.parametrize(
    "edit", [None, insert_rows_and_columns, rename_and_reorder, sort_rows, delete_other_sheets, shout, answer_otherwise]
)
def test_answers_are_found_wherever_they_moved(
    edit: Callable[[Workbook], None] | None, school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(complete(school, configuration, ANSWERS, evidence=EVIDENCE, edit=edit), expected)
    assert_as_meant(submission)
    # The edition stands on a sheet that may be gone, and openpyxl does not move the names of cells as Excel does.
    assert {finding.code for finding in findings} <= {"RT303", "RT324"}
    assert submission.identity.urn == "900101"
    assert submission.identity.completed_on == date(2026, 10, 9)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_return_saved_by_another_program_reads_the_same(
    suffix: str, convert: Convert, tmp_path: Path, school: School, configuration: Configuration, expected: Expectations
) -> None:
    (tmp_path / "return.xlsm").write_bytes(complete(school, configuration, ANSWERS, evidence=EVIDENCE))
    saved = convert(tmp_path / "return.xlsm", suffix)
    submission, findings = read(saved.read_bytes(), expected)
    assert_as_meant(submission)
    assert findings == ()
    assert submission.identity.completed_on == date(2026, 10, 9)
    assert submission.identity.shares_practice


def test_wording_and_reference_that_disagree_are_told(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    def swap(workbook: Workbook) -> None:
        sheet = workbook.worksheets[2]
        sheet["A4"].value, sheet["A5"].value = sheet["A5"].value, sheet["A4"].value

    submission, findings = read(complete(school, configuration, {"1.1": "A", "1.2": "E"}, edit=swap), expected)
    answers = {response.criterion: response.answer for response in submission.responses}
    assert (answers["1.1"], answers["1.2"]) == (Answer.ADVANCED, Answer.EMERGING)  # the wording decides
    assert [(one.code, one.place.cell) for one in findings] == [("RT318", "G4"), ("RT318", "G5")]


def test_edited_wording_is_read_by_its_reference_and_told(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    def edit(workbook: Workbook) -> None:
        workbook.worksheets[2]["B4"].value = "Our vision"

    submission, findings = read(complete(school, configuration, {"1.1": "A"}, edit=edit), expected)
    assert submission.responses[0].answer is Answer.ADVANCED
    assert [(one.code, one.place.cell) for one in findings] == [("RT318", "G4")]


def test_two_answers_to_one_criterion_count_as_none(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    def copy(workbook: Workbook) -> None:
        twin = workbook.copy_worksheet(workbook.worksheets[2])
        twin["G4"].value = "Emerging"
        twin["H4"].value = "Seen again."

    submission, findings = read(complete(school, configuration, {"1.1": "A"}, evidence={"1.1": "Seen."}, edit=copy), expected)
    first = submission.responses[0]
    assert first.answer is None
    assert first.evidence == "Seen.\nSeen again."
    assert [one.code for one in findings] == ["RT317"]
    assert "Copy G4" in findings[0].fix


@pytest.mark.parametrize("typed", ["Nearly there", "Emerging/Established", "Level 9", "Advanced?", "TRUE"])
def test_an_answer_that_is_not_offered_is_told_and_never_guessed(
    typed: str, school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(complete(school, configuration, {"4.4": typed}), expected)
    told = next(one for one in findings if one.code == "RT312")
    assert (told.place.sheet, told.place.cell) == ("4 Data and Analysis", "G7")
    assert "Not yet in place, Emerging, Established, Advanced, Not applicable" in told.fix
    assert typed not in told.seen
    assert {response.criterion: response.answer for response in submission.responses}["4.4"] is None


def test_sign_off_dates_and_figures_are_checked(school: School, configuration: Configuration, expected: Expectations) -> None:
    def edit(workbook: Workbook) -> None:
        workbook["Your school"]["B10"].value = "soon"
        workbook["Your school"]["B11"].value = None
        workbook["Outcomes"]["C4"].value = 940
        workbook["Outcomes"]["D4"].value = "about 94"
        workbook["Outcomes"]["C5"].value = "12.5%"

    submission, findings = read(complete(school, configuration, edit=edit), expected)
    told = sorted((one.code, one.place.sheet, one.place.cell) for one in findings)
    assert told == [
        ("RT321", "Outcomes", "C4"),
        ("RT321", "Outcomes", "D4"),
        ("RT322", "Your school", "B11"),
        ("RT323", "Your school", "B10"),
    ]
    assert submission.outcomes["persistent-absence"].this_year == "12.5%"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"C4": 94.3, "D4": 93.1, "C5": 14.2, "C6": 2.1, "C7": 31, "C9": 0}, []),
        ({"C4": 100.1}, [("RT321", "C4")]),
        ({"C4": "nan"}, [("RT321", "C4")]),
        ({"C4": "ninety"}, [("RT321", "C4")]),
        ({"C7": 3.5}, [("RT321", "C7")]),  # suspensions
        ({"C7": -1}, [("RT321", "C7")]),
        ({"C4": 94.3, "D4": 83.0}, [("RT341", "C4")]),  # ten points in a year
        ({"C5": 9.5, "C6": 12.0}, [("RT341", "C6")]),  # more severely than persistently absent
        ({"D5": 9.5, "D6": 12.0}, [("RT341", "C6")]),
        ({"C12": "−12"}, []),  # a minus as Word writes it
    ],
)
def test_figures_are_checked_for_range_and_sense(
    cells: dict[str, str | float],
    told: list[tuple[str, str]],
    school: School,
    configuration: Configuration,
    expected: Expectations,
) -> None:
    def edit(workbook: Workbook) -> None:
        for cell, value in cells.items():
            workbook["Outcomes"][cell].value = value

    _, findings = read(complete(school, configuration, edit=edit), expected)
    assert [(one.code, one.place.cell) for one in findings] == told
    assert not any(str(value) in one.seen for one in findings for value in cells.values())


def test_the_checklist_is_read(school: School, configuration: Configuration, expected: Expectations) -> None:
    def edit(workbook: Workbook) -> None:
        workbook["Ofsted checklist"]["E4"].value = "Partly"
        workbook["Ofsted checklist"]["F4"].value = "In the DSL's log"

    submission, _ = read(complete(school, configuration, edit=edit), expected)
    first = configuration.checklists[-1].areas[0].prompts[0].id
    assert (submission.checklist[first].ready, submission.checklist[first].note) == ("Partly", "In the DSL's log")


def test_another_workbook_is_told(configuration: Configuration, expected: Expectations) -> None:
    from pipeline.writers.workbook import save_workbook

    workbook = Workbook()
    workbook.worksheets[0]["A1"].value = "Dinner money"
    submission, findings = read_return(save_workbook(workbook), "return.xlsx", expected)
    assert submission is None
    assert [one.code for one in findings] == ["RT302"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4 December 2026", date(2026, 12, 4)),
        ("4th Dec 2026", date(2026, 12, 4)),
        ("04/12/2026", date(2026, 12, 4)),
        ("4.12.26", date(2026, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)),
        (46360.0, date(2026, 12, 4)),
        ("31/02/2027", None),
        ("end of term", None),
        (12.0, None),
        (True, None),
    ],
)
def test_to_date_reads_what_people_type(typed: object, meant: date | None) -> None:
    assert to_date(typed) == meant


def test_cells_are_read_as_people_see_them() -> None:
    assert to_text(3.0) == "3"
    assert to_text(3.25) == "3.25"
    assert to_text(True) == "Yes"
    assert to_text(date(2026, 12, 4)) == "4 December 2026"
    assert to_text(" a\r\nb\x0b_x000D_\ud800 ") == "a\nb"
    assert fold(" ‘Not\xa0 yet’ – In Place. ") == "'not yet' - in place"


def test_address_counts_as_excel_does() -> None:
    assert [address(0, 0), address(9, 25), address(0, 26), address(1048575, 16383)] == ["A1", "Z10", "AA1", "XFD1048576"]

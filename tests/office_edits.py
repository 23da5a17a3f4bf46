"""What people do to a workbook in a spreadsheet program, done by one: LibreOffice, driven over UNO.

Run by the system's Python, which has `uno`: `/usr/bin/python3 office_edits.py job.json`. The job names a completed return (`source`),
the edits wanted (`edits`), where the edited files go (`folder`) and the pipe of a running office (`pipe`). Each edit is saved as
`<edit>.xlsx`, `.xls` and `.ods`; `done.json` says of each edit what went wrong with it, or nothing.
"""

import json
import sys
import time
import traceback
from pathlib import Path
from typing import Any

Document = Any  # UNO objects have no types
Sheet = Any

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
EDITION = "inclusive-practice 1-0, 2026-27-autumn"
OLDER_RUBRIC = "inclusive-practice 0-9, 2026-27-autumn"
LAST_TERM = "inclusive-practice 1-0, 2025-26-summer"
ADDED = "continued: and again in the spring visit"  # what `continue_evidence_on_the_next_row` types
NOTES = ("Ask the governors about this row", "Agreed with the trust in October")  # what `type_notes` types

# Counted from 0. A criteria table has its headings in row 2 and its criteria in rows 3 to 9, the answers in column 6.
HEADINGS, FIRST, LAST, ANSWER, EVIDENCE = 2, 3, 9, 6, 7
ROWS, CONTENTS = "A4:I10", 1 | 2 | 4 | 16  # numbers, dates, texts and formulas
LOOSE = {
    "Advanced": (" Advanced ", "ADVANCED", "3 - Advanced", "adv.", "Advanced\xa0\xa0", "\xa0advanced."),
    "Established": ("established", "2 - Established ", "ESTABLISHED", "\xa0Established", "Estab.", " 2 "),
    "Emerging": ("emerging", "1 - emerging", "EMERGING ", "Emerging\xa0", "emerg.", "1"),
    "Not yet in place": ("not yet in place", "Not\xa0yet\xa0in\xa0place", "NOT YET", "0 - not yet in place", "Not yet.", "no"),
    "Not applicable": ("n/a", "N/A ", "NOT APPLICABLE", "na", "Not\xa0applicable", "N/A."),
}
NUMBERS = {"Advanced": 3, "Established": 2, "Emerging": 1, "Not yet in place": 0}


def areas(document: Document) -> list[Sheet]:
    return [sheet for sheet in document.Sheets if sheet.getCellByPosition(ANSWER, HEADINGS).String == "Your answer"]


def answers(document: Document) -> list[Any]:
    """Every answer cell, area by area."""
    return [sheet.getCellByPosition(ANSWER, row) for sheet in areas(document) for row in range(FIRST, LAST + 1)]


def write(sheet: Sheet, cell: str, text: str) -> None:
    sheet.getCellRangeByName(cell).String = text


def other_answer(cell: Any) -> str:
    return "Emerging" if cell.String != "Emerging" else "Advanced"


def struct(name: str, **fields: object) -> Any:
    import uno  # type: ignore[import-not-found]

    made = uno.createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def settings(**values: object) -> tuple[Any, ...]:
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def choice(kind: str, value: str) -> Any:
    import uno

    return uno.Enum(f"com.sun.star.sheet.{kind}", value)


def sort(cells: Any, column: int) -> None:
    """Sorts rows, by the column that many to the right of the range's first. Lists and names stay behind, as in Excel."""
    import uno

    field = struct("table.TableSortField", Field=column, IsAscending=True)
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    cells.sort(settings(SortFields=fields, IsSortColumns=False, ContainsHeader=False, BindFormatsToContent=False))


def move(sheet: Sheet, source: str, target: str) -> None:
    sheet.moveRange(sheet.getCellRangeByName(target).CellAddress, sheet.getCellRangeByName(source).RangeAddress)


def copy(sheet: Sheet, source: str, target: str) -> None:
    sheet.copyRange(sheet.getCellRangeByName(target).CellAddress, sheet.getCellRangeByName(source).RangeAddress)


def set_edition(document: Document, edition: str) -> None:
    search = document.Sheets.getByIndex(0).createSearchDescriptor()
    search.SearchString = EDITION
    document.Sheets.getByIndex(0).findFirst(search).String = edition


# Rows.


def insert_a_row_above_the_table(document: Document) -> None:
    for sheet in areas(document):
        sheet.Rows.insertByIndex(HEADINGS, 1)


def insert_a_row_between_criteria(document: Document) -> None:
    for sheet in areas(document):
        sheet.Rows.insertByIndex(FIRST + 2, 1)


def insert_ten_rows(document: Document) -> None:
    for sheet in areas(document):
        sheet.Rows.insertByIndex(FIRST + 1, 10)


def delete_a_criterion(document: Document) -> None:
    areas(document)[0].Rows.removeByIndex(FIRST + 2, 1)


def cut_a_row_and_paste_it_at_the_end(document: Document) -> None:
    move(areas(document)[0], "A4:I4", "A11")


def continue_evidence_on_the_next_row(document: Document) -> None:
    sheet = areas(document)[0]
    sheet.Rows.insertByIndex(FIRST + 1, 1)
    write(sheet, "H5", ADDED)


def delete_the_heading_row(document: Document) -> None:
    areas(document)[0].Rows.removeByIndex(HEADINGS, 1)


def delete_every_heading_row(document: Document) -> None:
    for sheet in areas(document):
        sheet.Rows.removeByIndex(HEADINGS, 1)


# Columns.


def insert_a_column_before_the_answers(document: Document) -> None:
    for sheet in areas(document):
        sheet.Columns.insertByIndex(ANSWER, 1)


def insert_a_column_at_the_far_left(document: Document) -> None:
    for sheet in areas(document):
        sheet.Columns.insertByIndex(0, 1)


def insert_a_column_of_other_answers(document: Document) -> None:
    for sheet in areas(document):
        sheet.Columns.insertByIndex(ANSWER, 1)
        write(sheet, "G3", "Last year")
        for row in range(FIRST, LAST + 1):
            sheet.getCellByPosition(ANSWER, row).String = other_answer(sheet.getCellByPosition(ANSWER + 1, row))


def delete_the_statutory_column(document: Document) -> None:
    for sheet in areas(document):
        sheet.Columns.removeByIndex(2, 1)


def delete_the_evidence_column(document: Document) -> None:
    areas(document)[1].Columns.removeByIndex(EVIDENCE, 1)


def hide_columns_and_rows(document: Document) -> None:
    for sheet in areas(document):
        for column in (0, 3, 4, 5):
            sheet.Columns.getByIndex(column).IsVisible = False
        for row in (FIRST, FIRST + 3):
            sheet.Rows.getByIndex(row).IsVisible = False


def clear_the_references(document: Document) -> None:
    for sheet in areas(document):
        sheet.getCellRangeByName("A4:A10").clearContents(CONTENTS)


def turn_references_into_numbers(document: Document) -> None:
    for sheet in areas(document):
        for row in range(FIRST, LAST + 1):
            cell = sheet.getCellByPosition(0, row)
            cell.Value = float(cell.String)


# Sorting.


def sort_rows_by_criterion(document: Document) -> None:
    for sheet in areas(document):
        sort(sheet.getCellRangeByName(ROWS), 1)


def sort_rows_by_answer(document: Document) -> None:
    for sheet in areas(document):
        sort(sheet.getCellRangeByName(ROWS), ANSWER)


def sort_all_but_the_references(document: Document) -> None:
    for sheet in areas(document):
        sort(sheet.getCellRangeByName("B4:I10"), 0)


def sort_the_answers_alone(document: Document) -> None:
    sort(areas(document)[0].getCellRangeByName("G4:G10"), 0)


def leave_a_filter_on(document: Document) -> None:
    sheet = areas(document)[0]
    filters = document.getPropertyValue("UnnamedDatabaseRanges")
    filters.setByTable(sheet.getCellRangeByName("A3:I10").RangeAddress)
    answers_only = filters.getByTable(sheet.RangeAddress.Sheet)
    answers_only.AutoFilter = True
    equal = choice("FilterOperator", "EQUAL")
    advanced = struct("sheet.TableFilterField", Field=ANSWER, Operator=equal, IsNumeric=False, StringValue="Advanced")
    answers_only.getFilterDescriptor().setFilterFields((advanced,))
    answers_only.refresh()


# Sheets.


def rename_every_sheet(document: Document) -> None:
    for number, sheet in enumerate(list(document.Sheets), 1):
        sheet.Name = f"Sheet{number}"


def reverse_the_sheets(document: Document) -> None:
    for name in document.Sheets.ElementNames:
        document.Sheets.moveByName(name, 0)


def copy_a_sheet(document: Document) -> None:
    document.Sheets.copyByName(areas(document)[0].Name, "Copy", 3)


def copy_a_sheet_and_change_an_answer(document: Document) -> None:
    copy_a_sheet(document)
    changed = document.Sheets.getByName("Copy").getCellRangeByName("G4")
    changed.String = other_answer(changed)


def delete_a_sheet(document: Document) -> None:
    document.Sheets.removeByName(areas(document)[2].Name)


def paste_values_into_a_new_workbook(document: Document) -> Document:
    frame = document.CurrentController.Frame
    new = frame.loadComponentFromURL("private:factory/scalc", "_blank", 0, settings(Hidden=True))
    for number, sheet in enumerate(document.Sheets):
        name = f"Sheet{number + 1}"
        if not new.Sheets.hasByName(name):
            new.Sheets.insertNewByName(name, number)
        used = sheet.createCursor()
        used.gotoEndOfUsedArea(False)
        end = used.RangeAddress
        values = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
        new.Sheets.getByName(name).getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).setDataArray(values)
    return new


def empty(document: Document, numbers: range) -> None:
    for number in numbers:
        areas(document)[number].getCellRangeByName("G4:I10").clearContents(CONTENTS)


def fill_in_the_first_four_areas_only(document: Document) -> None:
    empty(document, range(4, 9))


def fill_in_the_last_five_areas_only(document: Document) -> None:
    empty(document, range(4))


# Cells.


def cut_an_answer_and_paste_it_two_rows_down(document: Document) -> None:
    move(areas(document)[0], "G4", "G6")


def delete_an_answer_cell_and_shift_up(document: Document) -> None:
    sheet = areas(document)[0]
    sheet.removeRange(sheet.getCellRangeByName("G5").RangeAddress, choice("CellDeleteMode", "UP"))


def insert_a_cell_above_an_answer(document: Document) -> None:
    sheet = areas(document)[0]
    sheet.insertCells(sheet.getCellRangeByName("G5").RangeAddress, choice("CellInsertMode", "DOWN"))


def merge_an_answer_with_its_evidence(document: Document) -> None:
    sheet = areas(document)[0]
    write(sheet, "H4", "")  # as Excel does: only the first cell's text is kept
    sheet.getCellRangeByName("G4:H4").merge(True)


def merge_an_answer_with_its_evidence_and_keep_both(document: Document) -> None:
    sheet = areas(document)[0]
    write(sheet, "G4", f"{sheet.getCellRangeByName('G4').String} {sheet.getCellRangeByName('H4').String}")
    merge_an_answer_with_its_evidence(document)


def merge_two_answers(document: Document) -> None:
    sheet = areas(document)[0]
    write(sheet, "G5", "")
    sheet.getCellRangeByName("G4:G5").merge(True)


def point_an_answer_at_another_cell(document: Document) -> None:
    areas(document)[0].getCellRangeByName("G4").Formula = "=G5"


def paste_the_table_below_itself(document: Document) -> None:
    copy(areas(document)[0], "A3:I10", "A14")


def paste_the_rows_below_themselves(document: Document) -> None:
    copy(areas(document)[0], ROWS, "A12")


def paste_the_table_below_itself_and_change_an_answer(document: Document) -> None:
    paste_the_table_below_itself(document)
    changed = areas(document)[0].getCellRangeByName("G15")
    changed.String = other_answer(changed)


def type_notes(document: Document) -> None:
    beside, below = NOTES
    write(areas(document)[0], "K5", beside)
    write(areas(document)[0], "B13", below)


# Words.


def type_answers_loosely(document: Document) -> None:
    for number, cell in enumerate(answers(document)):
        cell.String = LOOSE[cell.String][number % 6]


def give_answers_as_numbers(document: Document) -> None:
    for cell in answers(document):
        if cell.String in NUMBERS:
            cell.Value = NUMBERS[cell.String]


def write_everything_in_capitals(document: Document) -> None:
    for sheet in areas(document):
        cells = sheet.getCellRangeByName("A3:I10")
        cells.setDataArray(tuple(tuple(text.upper() for text in row) for row in cells.getDataArray()))


def reword_the_answer_heading(document: Document) -> None:
    write(areas(document)[0], "G3", "Our judgement")


def reword_the_evidence_heading(document: Document) -> None:
    write(areas(document)[1], "H3", "Evidence")


def reword_a_criterion_slightly(document: Document) -> None:
    cell = areas(document)[0].getCellRangeByName("B4")
    cell.String = f"{cell.String} and belonging"


def reword_a_criterion_wholly(document: Document) -> None:
    write(areas(document)[0], "B4", "How we see ourselves")


def lose_a_reference_and_its_wording(document: Document) -> None:
    write(areas(document)[0], "A4", "")
    reword_a_criterion_wholly(document)


def return_an_older_rubric(document: Document) -> None:
    set_edition(document, OLDER_RUBRIC)
    write(areas(document)[0], "B4", "Ethos")
    write(areas(document)[4], "B5", "Punctuality and presence")


def return_last_terms_workbook(document: Document) -> None:
    set_edition(document, LAST_TERM)


# After these all the answers still stand where anyone can see whose they are: they must be read.
HARMLESS = (
    insert_a_row_above_the_table, insert_a_row_between_criteria, insert_ten_rows, delete_a_criterion,
    cut_a_row_and_paste_it_at_the_end, continue_evidence_on_the_next_row,
    insert_a_column_before_the_answers, insert_a_column_at_the_far_left, insert_a_column_of_other_answers,
    delete_the_statutory_column, hide_columns_and_rows, clear_the_references, turn_references_into_numbers,
    sort_rows_by_criterion, sort_rows_by_answer, sort_all_but_the_references, leave_a_filter_on,
    rename_every_sheet, reverse_the_sheets, copy_a_sheet, delete_a_sheet, paste_values_into_a_new_workbook,
    fill_in_the_first_four_areas_only, fill_in_the_last_five_areas_only,
    paste_the_table_below_itself, paste_the_rows_below_themselves, type_notes,
    type_answers_loosely, give_answers_as_numbers, write_everything_in_capitals,
    reword_a_criterion_slightly, return_last_terms_workbook,
)  # fmt: skip

# After these a careful reader may have to ask.
DAMAGING = (
    delete_the_heading_row, delete_every_heading_row, delete_the_evidence_column, sort_the_answers_alone,
    copy_a_sheet_and_change_an_answer, cut_an_answer_and_paste_it_two_rows_down, delete_an_answer_cell_and_shift_up,
    insert_a_cell_above_an_answer, merge_an_answer_with_its_evidence, merge_an_answer_with_its_evidence_and_keep_both,
    merge_two_answers, point_an_answer_at_another_cell, paste_the_table_below_itself_and_change_an_answer,
    reword_the_answer_heading, reword_the_evidence_heading, reword_a_criterion_wholly, lose_a_reference_and_its_wording,
    return_an_older_rubric,
)  # fmt: skip

EDITS = {edit.__name__: edit for edit in (*HARMLESS, *DAMAGING)}


def connect(pipe: str) -> Any:
    """The desktop of the office that listens on a pipe, waiting up to a minute for it to start."""
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.1)
    raise TimeoutError("the office did not start within a minute")


def edit_and_save(desktop: Any, source: Path, edit: str, folder: Path) -> None:
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, settings(Hidden=True))
    made = None
    try:
        for sheet in document.Sheets:
            sheet.unprotect("")
        made = EDITS[edit](document)
        for suffix, filter_name in FILTERS.items():
            (made or document).storeToURL((folder / f"{edit}.{suffix}").as_uri(), settings(FilterName=filter_name))
    finally:
        for opened in (made, document):
            if opened:
                opened.close(True)


def main(job: Path) -> None:
    """Does every edit of the job; one that fails does not stop the others."""
    wanted = json.loads(job.read_text("utf-8"))
    folder = Path(wanted["folder"])
    desktop = connect(wanted["pipe"])
    done = dict.fromkeys(wanted["edits"], "")
    for edit in wanted["edits"]:
        try:
            edit_and_save(desktop, Path(wanted["source"]), edit, folder)
        except Exception:
            done[edit] = traceback.format_exc()
    (folder / "done.json").write_text(json.dumps(done, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

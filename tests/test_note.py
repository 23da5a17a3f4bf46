"""The note back to a school and the marked copy of its return: polite, one page, and nothing of the school's own is changed."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT, Convert, W, complete, texts
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.finding import CATALOGUE, Finding, Place, find
from pipeline.model.form import area_sheet
from pipeline.model.note import Note
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.grid import read_sheets
from pipeline.rules.noting import asks_school, note_for, say_need
from pipeline.writers.marked_copy import mark_copy
from pipeline.writers.template import Properties, Template, load_template

FILE = "second attempt/Fennacre (governors agreed).xlsx"
SHEET = area_sheet(1, "Leadership, Governance, and Structure")
ALLOWED = "Not yet in place, Emerging, Established, Advanced, Not applicable"
DETAILS = {
    "criterion": "1.2", "cell": "H5", "allowed": ALLOWED, "counts_as": "Established", "label": "Completed by",
    "sheet": "Your school", "remedy": "Ask the school to save it again and to send it.", "answered": "20", "asked": "63",
    "edition": "1-0", "other": "other.xlsx", "cells": "G4",
}  # fmt: skip
NOT_FOR_SCHOOLS = {"RT303", "RT307", "RT319", "RT325", "RT326", "RT329", "RT331", "SC403", "SC405", "PV505"}
OF_RETURNS = [code for code in CATALOGUE if code[:2] in ("RT", "SC", "PV")]


def found(code: str, at: str = "G4", sheet: str = SHEET, **details: str) -> Finding:
    return find(code, Place(FILE, sheet, at), "seen", **{**DETAILS, **details})


def note(findings: list[Finding], configuration: Configuration, school: School | None) -> Note:
    written = note_for(FILE, school, findings, configuration, CYCLE)
    assert written is not None
    return written


def blanks(sheet: str, count: int) -> list[Finding]:
    return [found("RT311", f"G{row}", sheet, cell=f"G{row}") for row in range(4, 4 + count)]


def sheets(configuration: Configuration) -> list[str]:
    return [area_sheet(area.number, area.name) for area in configuration.rubric.areas]


def everything(configuration: Configuration) -> list[Finding]:
    """Far more than a page holds."""
    codes = ("PV501", "RT312", "RT315", "RT318", "RT311", "RT317")
    return [
        found(code, f"G{row}", sheet, cell=f"H{row}")
        for sheet in sheets(configuration)
        for row, code in enumerate(codes * 3, 4)
    ]


@pytest.mark.parametrize("code", OF_RETURNS)
def test_a_school_is_asked_for_what_it_can_mend_and_for_nothing_else(
    code: str, configuration: Configuration, school: School
) -> None:
    own = {"remedy": "Write “Attendance” as a number."} if code in ("RT321", "RT341") else {}
    finding = found(code, **own)
    assert asks_school(finding) is (code not in NOT_FOR_SCHOOLS)
    if not asks_school(finding):
        assert note_for(FILE, school, [finding], configuration, CYCLE) is None
        return
    (line,) = note([finding], configuration, school).lines
    for said in (line.what_we_read, line.what_is_needed):
        assert said[0].isupper() or said[0] == "“"
        assert not re.search(r"Ask the school|the school's|run again|you sent\b|\{", said)
    assert line.what_is_needed.endswith(".")
    assert (line.sheet, line.cell) == (SHEET, "G4")


def test_there_is_no_note_where_there_is_nothing_to_mend(configuration: Configuration, school: School) -> None:
    assert note_for(FILE, school, [], configuration, CYCLE) is None
    assert note_for(FILE, school, [found("WR601"), found("SC403")], configuration, CYCLE) is None


@pytest.mark.parametrize(
    ("remedy", "told"),
    [
        (
            "Ask the school for the Excel workbook itself, not a print of it.",
            "Send the Excel workbook itself, not a print of it.",
        ),
        ("Ask the school to send the workbook again: its size arrived, its content did not.", "Send the workbook again."),
        (
            "Ask the school to put its answers into the workbook that you sent, and to return that.",
            "Put your answers into the workbook we sent you and return that.",
        ),
        ("Ask the school to take the password off and send it.", "Take the password off and send it."),
        ("Ask the school to open what you have and run again.", None),  # turns into no sentence of ours: the usual words
    ],
)
def test_what_a_file_needs_is_told_to_the_school_itself(remedy: str, told: str | None) -> None:
    usual = "Send the workbook itself, saved in Excel (.xlsx) and without a password."
    assert say_need(found("RT301", remedy=remedy)) == (told or usual)


@pytest.mark.parametrize("remedy", ["Which program made this?", "Unlock it, and put it into the folder.", "Delete it."])
def test_a_file_that_is_ours_to_mend_troubles_no_school(remedy: str) -> None:
    assert not asks_school(found("RT301", remedy=remedy))
    assert not asks_school(found("RT300", remedy=remedy))


def test_many_blanks_of_a_sheet_share_a_row(configuration: Configuration, school: School) -> None:
    written = note([*blanks(SHEET, 5), *blanks("7 Pupils", 4), *blanks("8 Parents Carers", 1)], configuration, school)
    assert [(line.sheet, line.cell) for line in written.lines] == [
        (SHEET, "G4, G5, G6 and 2 more"),
        ("7 Pupils", "G4, G5, G6 and G7"),
        ("8 Parents Carers", "G4"),
    ]
    assert written.lines[2].what_is_needed == "Choose an answer for 1.2 in G4."
    assert written.more == 0


def test_the_same_finding_twice_is_told_once(configuration: Configuration, school: School) -> None:
    assert len(note([found("RT312"), found("RT312")], configuration, school).lines) == 1


def test_rows_that_are_gone_are_named_together(configuration: Configuration, school: School) -> None:
    gone = [find("RT316", Place(FILE), f"no row for {key}", criterion=key) for key in ("1.1", "1.2", "2.1", "3.1", "9.7")]
    (line,) = note(gone, configuration, school).lines
    assert (line.sheet, line.cell, line.what_we_read) == ("All", "All", "No row for 1.1, 1.2, 2.1 and 2 more")


def test_rows_follow_the_workbook_behind_the_file_and_personal_data(configuration: Configuration, school: School) -> None:
    mixed = [
        found("RT322", "B8", "Your school"), found("RT312", "G10", "2 Use"), found("RT315", "G9", "2 Use"),
        found("RT313", "G4", "1 Lead"), found("PV502", "H9", "9 Wider"), find("SC404", Place(FILE), "20 of 63 answered", **DETAILS),
    ]  # fmt: skip
    written = note(mixed, configuration, school)
    assert [(line.sheet, line.cell) for line in written.lines] == [
        ("All", "All"), ("9 Wider", "H9"), ("1 Lead", "G4"), ("2 Use", "G9"), ("2 Use", "G10"), ("Your school", "B8"),
    ]  # fmt: skip


def test_a_note_stays_within_its_rows_and_counts_the_rest(configuration: Configuration, school: School) -> None:
    all_found = everything(configuration)
    written = note(all_found, configuration, school)
    assert 8 <= len(written.lines) <= 14
    shown = {(line.sheet, line.what_we_read) for line in written.lines}
    assert len(shown) == len(written.lines)  # every row is of a sheet and a kind of its own
    assert written.more == len(all_found) - 3 * len(written.lines)


@pytest.mark.parametrize(
    ("findings", "can_be_rated"),
    [
        ([found("RT311")], True),
        ([found("PV501")], True),
        ([found("PV501"), found("PV505")], False),
        ([found("RT311"), found("SC404")], False),
        ([found("RT304")], False),
        ([found("RT311"), found("WR601")], True),
    ],
)
def test_a_note_says_whether_there_is_a_plan(
    findings: list[Finding], can_be_rated: bool, configuration: Configuration, school: School
) -> None:
    assert note(findings, configuration, school).can_be_rated is can_be_rated


def test_a_school_that_is_not_known_goes_by_its_file(configuration: Configuration) -> None:
    written = note([find("SC401", Place(FILE, "Your school"), "URN “9”", remedy="Run again.")], configuration, None)
    assert (written.school.name, written.school.urn) == ("Fennacre (governors agreed).xlsx", "")
    assert written.returned_file == "Fennacre (governors agreed).xlsx"
    assert written.due == "16 October 2026"
    assert not written.can_be_rated


# The Word document.


@pytest.fixture(scope="session")
def template() -> Template:
    loaded, findings = load_template(ROOT / "templates" / "return_note.docx", "return_note.docx", Note)
    assert findings == ()
    assert loaded is not None
    return loaded


def fill(template: Template, written: Note) -> bytes:
    document, findings = template.fill(written, Properties("Your return", "Council", ""), date(2026, 11, 23))
    assert findings == ()
    assert document is not None
    return document


def test_the_document_says_what_the_note_says(template: Template, configuration: Configuration, school: School) -> None:
    written = note([*blanks(SHEET, 5), found("PV504", "H8")], configuration, school)
    shown = texts(fill(template, written))
    assert school.name in shown  # with an ampersand and angle brackets in it
    for line in written.lines:
        assert all(word in shown for word in (line.sheet, line.cell, line.what_we_read, line.what_is_needed))
    authority = configuration.settings.authority
    assert all(word in shown for word in (authority.name, authority.team, authority.email, "16 October 2026", "Thank you for"))
    assert "Your plan is made" in shown
    assert "more point" not in shown
    assert "marked copy" not in shown
    assert not re.search(r"\{[{%#]|[}%#]\}", shown)


def test_a_note_without_a_plan_and_one_with_a_copy_say_so(
    template: Template, configuration: Configuration, school: School
) -> None:
    thin = [find("SC404", Place(FILE), "20 of 63 answered", **DETAILS), *everything(configuration)]
    written = note_for(FILE, school, thin, configuration, CYCLE, has_marked_copy=True)
    assert written is not None
    shown = texts(fill(template, written))
    assert "We would like to make your plan" in shown
    assert "Your plan follows" in shown
    assert "The marked copy" in shown
    assert f"{written.more} more points had no room here" in shown


@pytest.mark.parametrize("name", ["{{ 7*7 }} (final).xlsx", "{% if %}.xlsx", "a & <b>.xlsx", "ŵ 😀.xlsx"])
def test_a_hostile_file_name_is_only_text(name: str, template: Template, configuration: Configuration) -> None:
    written = note_for(name, None, [found("SC401")], configuration, CYCLE)
    assert written is not None
    assert f"“{name}”" in texts(fill(template, written))


def test_the_same_note_gives_the_same_bytes(template: Template, configuration: Configuration, school: School) -> None:
    written = note([found("RT312")], configuration, school)
    assert fill(template, written) == fill(template, written)


def test_the_template_uses_named_styles_and_a_table_that_can_be_read_aloud(template: Template) -> None:
    with zipfile.ZipFile(BytesIO(template.content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        defined = etree.fromstring(archive.read("word/styles.xml"))
    known = {style.get(f"{{{W}}}styleId") for style in defined.iter(f"{{{W}}}style")}
    used = {node.get(f"{{{W}}}val") for kind in ("pStyle", "rStyle", "tblStyle") for node in body.iter(f"{{{W}}}{kind}")}
    assert used <= known
    for kind, allowed in (("pPr", {"pStyle"}), ("rPr", {"rStyle"})):
        direct = {etree.QName(node).localname for properties in body.iter(f"{{{W}}}{kind}") for node in properties}
        assert direct <= allowed
    assert len(list(body.iter(f"{{{W}}}tblHeader"))) == 1
    assert len(list(body.iter(f"{{{W}}}tblDescription"))) == 1


@pytest.mark.parametrize("kind", ["a few", "too many", "blank"])
def test_a_note_is_one_page(
    kind: str, template: Template, configuration: Configuration, school: School, convert: Convert, tmp_path: Path
) -> None:
    many = {
        "a few": [found("RT312")],
        "too many": everything(configuration),
        "blank": [found("SC404"), *(one for sheet in sheets(configuration) for one in blanks(sheet, 7))],
    }
    file = "Fennacre St Benedict's self evaluation of the autumn term 2026, with corrections agreed by governors.xlsx"
    written = note_for(file, school, many[kind], configuration, CYCLE, has_marked_copy=True)
    assert written is not None
    (tmp_path / "note.docx").write_bytes(fill(template, written))
    pdf = convert(tmp_path / "note.docx", "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1


# The marked copy.


def opened(content: bytes | None) -> Workbook:
    assert content is not None
    return load_workbook(BytesIO(content), rich_text=True)


def contents(sheet: Worksheet) -> dict[str, tuple[object, str]]:
    return {
        cell.coordinate: (cell.value, cell.data_type) for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def test_marked_cells_carry_a_fill_and_a_comment_and_the_rest_stays(school: School, configuration: Configuration) -> None:
    def write(workbook: Workbook) -> None:
        sheet = workbook[SHEET]
        sheet["H4"].value = "=cmd|' /C calc'!A0"
        sheet["H4"].data_type = "s"
        sheet["H5"].value = "  two\n\nlines, and +44 "
        sheet["H6"].value = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))

    content = complete(school, configuration, {"1.1": "?", "1.2": "perhaps"}, edit=write)
    marked = mark_copy(content, [found("RT311", "G4", cell="G4"), found("RT312", "G5"), found("PV504", "H8", "7 Pupils")])
    before, after = opened(content), opened(marked)
    assert after.sheetnames == before.sheetnames
    assert list(after.defined_names) == list(before.defined_names)
    for old, new in zip(before.worksheets, after.worksheets, strict=True):
        assert contents(new) == contents(old)
        assert new.protection.sheet == old.protection.sheet
        assert len(new.data_validations.dataValidation) == len(old.data_validations.dataValidation)
        assert new.row_dimensions[4].height == old.row_dimensions[4].height
    comments = {
        (sheet.title, cell.coordinate): (cell.comment.text, cell.comment.author)
        for sheet in after.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert comments == {
        (SHEET, "G4"): ("A criterion has no answer.\nChoose an answer for 1.2 in G4.", "Inclusion team"),
        (SHEET, "G5"): (f"An answer is not one of those offered.\nChoose one of: {ALLOWED}.", "Inclusion team"),
        ("7 Pupils", "H8"): ("This may describe one child.\nWrite about groups of pupils instead.", "Inclusion team"),
    }
    fills = {after[sheet][cell].fill.start_color.rgb for sheet, cell in comments}
    assert len(fills) == 1
    assert fills != {before[SHEET]["G4"].fill.start_color.rgb}
    assert after[SHEET]["G6"].fill.start_color.rgb == before[SHEET]["G6"].fill.start_color.rgb
    assert after[SHEET]["G4"].protection.locked is False


def test_the_mark_shows_through_the_tint_of_an_answer(school: School, configuration: Configuration) -> None:
    after = opened(mark_copy(complete(school, configuration, {"1.1": "A"}), [found("RT315", "G4")]))
    rules = [(f"{formats.sqref}", rule) for formats in after[SHEET].conditional_formatting for rule in formats.rules]
    rules.sort(key=lambda pair: pair[1].priority)
    ranges, first = rules[0]
    assert "G4" in ranges  # the tints' own range
    assert first.formula == ["AND(ROW()=4,COLUMN()=7)"]
    assert len({rule.priority for _, rule in rules}) == len(rules) > 1


def test_a_comment_that_was_there_stays_above_ours(school: School, configuration: Configuration) -> None:
    def remark(workbook: Workbook) -> None:
        workbook[SHEET]["G4"].comment = Comment("Ask Jo about this one.", "A. Marlhurst")
        workbook[SHEET]["G9"].comment = Comment("Agreed.", "B. Hexcombe")

    content = complete(school, configuration, edit=remark)
    after = opened(mark_copy(content, [found("RT312", "G4"), found("RT315", "G4"), found("RT312", "G4")]))
    comment = after[SHEET]["G4"].comment
    assert comment is not None
    assert comment.text.split("\n\n") == [
        "Ask Jo about this one.",
        f"An answer is not one of those offered.\nChoose one of: {ALLOWED}.",
        "An Advanced answer has no evidence.\nWrite the evidence for 1.2 in H5; until then it counts as Established.",
    ]
    other = after[SHEET]["G9"].comment
    assert other is not None
    assert (other.text, other.author) == ("Agreed.", "B. Hexcombe")


def test_a_cell_within_merged_cells_is_marked_where_it_shows(school: School, configuration: Configuration) -> None:
    content = complete(school, configuration, edit=lambda workbook: workbook[SHEET].merge_cells("G4:G6"))
    after = opened(mark_copy(content, [found("RT311", "G5", cell="G5")]))
    assert after[SHEET]["G4"].comment is not None


def test_the_same_return_gives_the_same_bytes(school: School, configuration: Configuration) -> None:
    content = complete(school, configuration)
    assert mark_copy(content, [found("RT312")]) == mark_copy(content, [found("RT312")])


def test_findings_that_are_not_the_schools_leave_no_mark(school: School, configuration: Configuration) -> None:
    content = complete(school, configuration)
    assert mark_copy(content, [found("RT303"), found("RT326"), find("RT316", Place(FILE), "no row", criterion="1.1")]) is None
    after = opened(mark_copy(content, [found("RT326", "H4"), found("RT312", "G4")]))
    assert after[SHEET]["H4"].comment is None


def with_macros(content: bytes) -> bytes:
    result = BytesIO(content)
    with zipfile.ZipFile(result, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Attribute VB_Name")
    return result.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        with_macros,
        lambda _: b"",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),  # an .xls
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"xl/workbook.xml", b"xl/workbook.bin"),  # as an .xlsb
    ],
)
def test_what_cannot_be_written_again_whole_gets_no_copy(
    spoil: Callable[[bytes], bytes], school: School, configuration: Configuration
) -> None:
    assert mark_copy(spoil(complete(school, configuration)), [found("RT312")]) is None


@pytest.mark.parametrize(
    ("sheet", "cell"), [("gone", "G4"), (SHEET, ""), (SHEET, "line 12"), (SHEET, "XFE1"), (SHEET, "A1048577")]
)
def test_a_cell_that_is_not_there_gets_no_copy(sheet: str, cell: str, school: School, configuration: Configuration) -> None:
    assert mark_copy(complete(school, configuration), [found("RT312", cell, sheet)]) is None


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_another_format_gets_no_copy_and_another_program_opens_one(
    suffix: str, school: School, configuration: Configuration, convert: Convert, tmp_path: Path
) -> None:
    marked = mark_copy(complete(school, configuration, {"1.1": "A"}), [found("RT315", "G4")])
    assert marked is not None
    (tmp_path / "marked.xlsx").write_bytes(marked)
    saved = convert(tmp_path / "marked.xlsx", suffix).read_bytes()
    answers = next(sheet for sheet in read_sheets(saved) if sheet.name == SHEET)
    assert answers.text(3, 6) == "Advanced"
    assert mark_copy(saved, [found("RT315", "G4")]) is None

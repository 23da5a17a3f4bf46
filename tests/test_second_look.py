"""The second look at a workbook: what stands beside its values is told with its cell, once, and never with a person's name."""

import time
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Convert, complete
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.by_openpyxl import read_far_corner
from pipeline.readers.grid import read_sheets, to_text
from pipeline.readers.second_look import SecondLook, look_again

SHEET = "5 Children's & carers' voice"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006"
NOTHING = SecondLook({}, (), {})


def save(edit: Callable[[Worksheet], object] = lambda sheet: None) -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = "Title"
    edit(sheet)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def patch(content: bytes, parts: Mapping[str, str | bytes], edit: Callable[[str], str] = str) -> bytes:
    """The workbook with parts put in or replaced, and every part of it edited as text."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        kept = {name: edit(old.read(name).decode()) for name in old.namelist()}
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in {**kept, **parts}.items():
            new.writestr(name, text)
    return written.getvalue()


def rows(content: str) -> bytes:
    """A workbook whose sheet has these rows."""
    return patch(save(), {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData>{content}</sheetData></worksheet>'})


def attach(parts: Mapping[str, str | bytes], **targets: str) -> bytes:
    """A workbook whose sheet refers to more parts: kind of reference → target."""
    links = "".join(f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    return patch(save(), {**parts, "xl/worksheets/_rels/sheet1.xml.rels": rels})


def comments(*notes: tuple[str, str], author: str = "Ann Smith") -> str:
    listed = "".join(f'<comment ref="{ref}" authorId="0"><text><t>{text}</t></text></comment>' for ref, text in notes)
    return f'<comments xmlns="{S}"><authors><author>{author}</author></authors><commentList>{listed}</commentList></comments>'


def shape(*lines: str) -> str:
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f"<xdr:sp><xdr:nvSpPr/><xdr:txBody><a:bodyPr/>{paragraphs}</xdr:txBody></xdr:sp>"


def anchored(inside: str, column: int = 3, row: int = 6) -> str:
    place = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row></xdr:from>"
    return f"<xdr:twoCellAnchor>{place}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def drawing(*anchors: str) -> str:
    spaces = f'xmlns:xdr="{A}/spreadsheetDrawing" xmlns:a="{A}/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return f"<xdr:wsDr {spaces}>{''.join(anchors)}</xdr:wsDr>"


def seen(content: bytes) -> list[tuple[str, str, str, str]]:
    found = look_again(content, "return.xlsx").extras
    assert {extra.place.file for extra in found} <= {"return.xlsx"}
    return [(extra.kind, extra.place.sheet, extra.place.cell, extra.text) for extra in found]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="B1" t="e"><v>#REF!</v></c>', {"B1": "the error #REF!"}),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', {"B1": "the error #DIV/0!"}),
        ('<c r="B1" t="e"><v>#N/A</v></c>', {"B1": "the error #N/A"}),
        ('<c r="B1" t="e"><v>Jo Bloggs in 4B</v></c>', {"B1": "an error"}),
        ('<c r="B1"><f>1+1</f><v>2</v></c>', {"B1": "a formula"}),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', {"B1": "a formula"}),
        ('<c r="B1"><f>1+1</f><v/></c>', {"B1": "a formula never worked out"}),
        ('<c r="B1"><f>1+1</f></c>', {"B1": "a formula never worked out"}),
        (
            '<c r="B1"><f t="shared" ref="B1:C1" si="0">A1</f><v>2</v></c><c r="C1"><f t="shared" si="0"/><v>3</v></c>',
            {"B1": "a formula", "C1": "a formula"},
        ),
        ('<c><v>2</v></c><c t="e"><v>#NAME?</v></c>', {"B1": "the error #NAME?"}),
        ('<c r="B1" t="s"><v>0</v></c><c r="C1" s="1"/><c r="D1" t="inlineStr"><is><t>#REF!</t></is></c>', {}),
        ('<!-- t="e" --><c r="XFD1"><f>A1</f></c>', {"XFD1": "a formula never worked out"}),
    ],
)
def test_errors_and_formulas_are_told_with_their_cells(cells: str, expected: dict[str, str]) -> None:
    faults = look_again(rows(f'<row r="1">{cells}</row>'), "return.xlsx").faults
    assert faults == {(SHEET, cell): what for cell, what in expected.items()}


def test_cells_without_addresses_are_counted() -> None:
    found = look_again(rows('<row/><row r="9"/><row><c/><c t="e"><v>#NUM!</v></c></row>'), "return.xlsx")
    assert found.faults == {(SHEET, "B10"): "the error #NUM!"}


def test_formulas_worked_out_by_a_spreadsheet_program_are_told_as_such(convert: Convert, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        for cell, value in {"B2": "=1+1", "B3": "=1/0", "B4": '=""', "B5": "#REF!"}.items():
            sheet[cell] = value
        sheet["G7"].comment = Comment("Seen on 3 March", "Ann Smith")

    (tmp_path / "return.xlsm").write_bytes(save(edit))
    content = convert(tmp_path / "return.xlsm", "xlsx").read_bytes()
    found = look_again(content, "return.xlsx")
    assert found.faults == {
        (SHEET, "B2"): "a formula",
        (SHEET, "B3"): "the error #DIV/0!",
        (SHEET, "B4"): "a formula",
        (SHEET, "B5"): "the error #REF!",
    }
    assert seen(content) == [("comment", SHEET, "G7", "Seen on 3 March")]


def test_a_comment_is_told_without_its_author() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["D7"].comment = Comment("Ann Smith:\nMinutes & notes_x000D_\nof <3 March> _xD83D__xDE00_", "Ann Smith")
        sheet["A1"].comment = Comment("smiths: see the log", "Bob")

    assert seen(save(edit)) == [
        ("comment", SHEET, "A1", "smiths: see the log"),
        ("comment", SHEET, "D7", "Minutes & notes\nof <3 March> 😀"),
    ]


def test_a_comment_signed_by_google_sheets_loses_its_signatures_only() -> None:
    note = "Ask first\n\t-not this line\nthen send\n\t-Ann Smith\n----\nDone\n\t-Bob Jones"
    content = attach({"xl/comments1.xml": comments(("B2", note), author="")}, comments="../comments1.xml")
    assert seen(content) == [("comment", SHEET, "B2", "Ask first\n\t-not this line\nthen send\n----\nDone")]


THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="B2" dT="2026-10-09T10:00:00" personId="{P1}" id="{T1}"><text>Is this so?</text></threadedComment>'
    '<threadedComment ref="B2" dT="2026-10-09T11:00:00" personId="{P2}" id="{T2}" parentId="{T1}"><text>Yes, seen.</text></threadedComment>'
    "</ThreadedComments>"
)
COPY = "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it will get removed if the file is opened in a newer version of Excel. Learn more: https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    Is this so?\nReply:\n    Yes, seen."
KOPIE = "[Kommentarthread]\n\nIhre Version von Excel gestattet Ihnen das Lesen dieses Kommentarthreads. Weitere Informationen: https://go.microsoft.com/fwlink/?linkid=870924\n\nKommentar:\n    Is this so?\nAntwort:\n    Yes, seen."


@pytest.mark.parametrize("threads", [THREADS, "<torn", None])
@pytest.mark.parametrize("copy", [COPY, KOPIE])
def test_a_thread_is_told_once_whether_or_not_its_own_part_survived(threads: str | None, copy: str) -> None:
    parts = {"xl/comments1.xml": comments(("B2", copy), ("C3", "[Threaded] a note"), author="tc={T1}")}
    parts["xl/comments1.xml"] = parts["xl/comments1.xml"].replace("</authors>", "<author>Ann</author></authors>")
    parts["xl/comments1.xml"] = parts["xl/comments1.xml"].replace('ref="C3" authorId="0"', 'ref="C3" authorId="1"')
    if threads:
        parts["xl/threadedComments/threadedComment1.xml"] = threads
    content = attach(parts, comments="../comments1.xml", threadedComment="../threadedComments/threadedComment1.xml")
    assert seen(content) == [
        ("comment", SHEET, "B2", "Is this so?\nYes, seen."),
        ("comment", SHEET, "C3", "[Threaded] a note"),
    ]


@pytest.mark.parametrize("target", ["../drawings/drawing1.xml", "/xl/drawings/drawing1.xml", "..\\Drawings\\drawing1.xml"])
def test_a_text_box_is_told_with_the_cell_it_hangs_on(target: str) -> None:
    content = attach({"xl/drawings/drawing1.xml": drawing(anchored(shape("See our", "SEND report & plan".replace("&", "&amp;"))))}, drawing=target)  # fmt: skip
    assert seen(content) == [("text box", SHEET, "D7", "See our\nSEND report & plan")]


def test_shapes_in_groups_and_alternatives_are_told_once() -> None:
    group = f"<xdr:grpSp><xdr:grpSpPr/>{shape('one')}<xdr:grpSp>{shape('two')}</xdr:grpSp></xdr:grpSp>"
    choice = f"<mc:AlternateContent><mc:Choice>{shape('three')}</mc:Choice><mc:Fallback>{shape('three')}</mc:Fallback></mc:AlternateContent>"
    chart = f"<mc:AlternateContent><mc:Choice><xdr:graphicFrame/></mc:Choice><mc:Fallback>{shape('This chart isn’t available in your version of Excel.')}</mc:Fallback></mc:AlternateContent>"
    whole = f"<mc:AlternateContent><mc:Choice>{anchored(shape('four'), 0, 0)}</mc:Choice><mc:Fallback/></mc:AlternateContent>"
    loose = f"<xdr:absoluteAnchor>{shape('five')}</xdr:absoluteAnchor>"
    parts = {"xl/drawings/drawing1.xml": drawing(anchored(group), anchored(choice), anchored(chart), whole, loose)}
    told = [(cell, text) for _, _, cell, text in seen(attach(parts, drawing="../drawings/drawing1.xml"))]
    assert told == [("D7", "one"), ("D7", "two"), ("D7", "three"), ("A1", "four"), ("", "five")]


def test_old_text_boxes_are_told_and_the_frames_of_comments_are_not() -> None:
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<v:shape><v:textbox><div></div></v:textbox><x:ClientData ObjectType="Note"><x:Row>1</x:Row></x:ClientData></v:shape>'
        '<v:rect><v:textbox><div style="text-align:left"><font>Our  own<br>\n words</font></div><div>again</div></v:textbox>'
        '<x:ClientData ObjectType="Rect"><x:Anchor>3, 15, 6, 10, 5, 31, 9, 9</x:Anchor></x:ClientData></v:rect></xml>'
    )
    content = attach({"xl/drawings/vmlDrawing1.vml": vml}, vmlDrawing="../drawings/vmlDrawing1.vml")
    assert seen(content) == [("text box", SHEET, "D7", "Our own\n words\nagain")]


def test_a_form_control_is_told_once_though_two_drawings_hold_it() -> None:
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>Agreed</div></v:textbox>'
        '<ClientData ObjectType="Checkbox"><Anchor>3, 15, 6, 10, 5, 31, 9, 9</Anchor></ClientData></v:shape></xml>'
    )
    parts = {"xl/drawings/vmlDrawing1.vml": vml, "xl/drawings/drawing1.xml": drawing(anchored(shape("Agreed")))}
    content = attach(parts, drawing="../drawings/drawing1.xml", vmlDrawing="../drawings/vmlDrawing1.vml")
    assert seen(content) == [("text box", SHEET, "D7", "Agreed")]


def test_smart_art_is_told_without_a_cell() -> None:
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    diagram = (
        f'<dgm:dataModel xmlns:dgm="{A}/diagram" xmlns:a="{A}/main">{point.format("Plan")}{point.format("Do")}</dgm:dataModel>'
    )
    rels = f'<Relationships><Relationship Id="r1" Type="{R}/diagramData" Target="../diagrams/data1.xml"/></Relationships>'
    parts = {
        "xl/drawings/drawing1.xml": drawing(),
        "xl/drawings/_rels/drawing1.xml.rels": rels,
        "xl/diagrams/data1.xml": diagram,
    }
    assert seen(attach(parts, drawing="../drawings/drawing1.xml")) == [("text box", SHEET, "", "Plan\nDo")]


def test_names_lead_to_their_cells() -> None:
    def edit(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        quoted = SHEET.replace("'", "''")
        for name, target in {
            "answer_1": f"'{quoted}'!$G$4",
            "answer_2": "Plain!G5",
            "answer_3": f"'{quoted}'!#REF!",
            "answer_4": "#REF!$G$4",
            "answer_5": f"'{quoted}'!$G$4:$G$4",
            "several": f"'{quoted}'!$G$4:$G$9",
            "elsewhere": "'[1]Their sheet'!$A$1",
            "a_constant": "42",
        }.items():
            sheet.parent.defined_names[name] = DefinedName(name, attr_text=target)
        sheet.defined_names["answer_1"] = DefinedName("answer_1", attr_text="'Copy of it'!$G$99")
        sheet.print_title_rows = "1:1"

    assert look_again(save(edit), "return.xlsx").names == {
        "answer_1": (SHEET, "G4"),
        "answer_2": ("Plain", "G5"),
        "answer_3": ("", "#REF!"),
        "answer_4": ("", "#REF!"),
        "answer_5": (SHEET, "G4"),
    }


STRICT = {
    S: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    f"{A}/": "http://purl.oclc.org/ooxml/drawingml/",
}


def make_strict(text: str) -> str:
    for usual, strict in STRICT.items():
        text = text.replace(usual, strict)
    return text


def test_strict_workbooks_tell_the_same() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B2"] = "=1+1"
        sheet["D7"].comment = Comment("Seen", "Ann")
        assert sheet.parent is not None
        sheet.parent.defined_names["answer"] = DefinedName("answer", attr_text="Sheet!$G$4")

    usual = save(edit)
    strict = patch(usual, {}, make_strict)
    assert look_again(strict, "return.xlsx") == look_again(usual, "return.xlsx")
    assert len(seen(strict)) == len(look_again(strict, "return.xlsx").names) == len(look_again(strict, "").faults) == 1
    box = attach({"xl/drawings/drawing1.xml": drawing(anchored(shape("box")))}, drawing="../drawings/drawing1.xml")
    assert seen(patch(box, {}, make_strict)) == [("text box", SHEET, "D7", "box")]


def test_a_completed_return_has_nothing_beside_its_values(school: School, configuration: Configuration) -> None:
    found = look_again(complete(school, configuration), "return.xlsx")
    assert found.extras == ()
    assert len(found.names) == 63 + 9  # the answers, and the own view of each area
    assert found.names["answer_4_4"] == ("4 Data and Analysis", "G7")
    assert not [cell for _, cell in found.faults if cell.startswith("G")]


def test_what_follows_a_hundred_thousand_styled_blank_rows_is_found_with_little_work() -> None:
    blank = "".join(f'<row r="{number}" s="1" customFormat="1"><c r="A{number}" s="1"/></row>' for number in range(1, 100_000))
    content = rows(f'{blank}<row r="1048576"><c r="XFD1048576" t="e"><v>#REF!</v></c></row>')
    started = time.process_time()
    assert look_again(content, "return.xlsx").faults == {(SHEET, "XFD1048576"): "the error #REF!"}
    assert time.process_time() - started < 5  # of this process alone, about half a second


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    entities = f'<!DOCTYPE x [<!ENTITY a "SECRET"><!ENTITY b SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    vml = f'{entities}<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:rect><v:textbox><div>w&a;&b;</div></v:textbox></v:rect></xml>'
    parts = {
        "xl/comments1.xml": entities + comments(("A1", "x&a;y"), ("B1", "x&b;y"), ("C1", "kept")),
        "xl/drawings/drawing1.xml": entities + drawing(anchored(shape("z&a;&b;"))),
        "xl/drawings/vmlDrawing1.vml": vml,
    }
    content = attach(parts, comments="../comments1.xml", drawing="../drawings/drawing1.xml", vmlDrawing="../drawings/vmlDrawing1.vml")  # fmt: skip
    assert ("comment", SHEET, "C1", "kept") in seen(content)
    assert "SECRET" not in str(seen(content))


def test_what_cannot_be_read_is_not_there_and_the_rest_is() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B2"] = "=1+1"
        sheet["D7"].comment = Comment("Seen", "Ann")

    content = save(edit)
    torn = look_again(patch(content, {"xl/comments/comment1.xml": b"<comments"}), "return.xlsx")
    assert torn == SecondLook({(SHEET, "B2"): "a formula never worked out"}, (), {})
    torn = look_again(patch(content, {"xl/worksheets/sheet1.xml": b"\xff\xfe\x00"}), "return.xlsx")
    assert torn.faults == {}
    assert len(torn.extras) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"%PDF-1.7", patch(save(), {"xl/workbook.xml": b""})])
def test_a_bad_file_has_nothing_to_tell(content: bytes) -> None:
    assert look_again(content, "return.xlsx") == NOTHING


WHOLE = {
    "xl/comments1.xml": comments(("A1", "x")),
    "xl/drawings/drawing1.xml": drawing(anchored(shape("y"))),
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1"><f>1</f></c></row></sheetData></worksheet>',
}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(WHOLE)), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=3)), min_size=1, max_size=5)
)
def test_a_damaged_part_never_raises(part: str, damage: list[tuple[int, bytes]]) -> None:
    text = WHOLE[part].encode()
    for place, put_in in damage:
        text = text[: place % len(text)] + put_in + text[place % len(text) + 1 :]
    content = attach({**WHOLE, part: text}, comments="../comments1.xml", drawing="../drawings/drawing1.xml")
    found = look_again(content, "return.xlsx")
    assert len(found.faults) + len(found.extras) >= 2  # the other two parts are told all the same


# The fallback for the values.


def test_openpyxl_reads_what_calamine_reads(school: School, configuration: Configuration) -> None:
    content = complete(school, configuration, {"1.1": "A"})
    one, other = read_sheets(content), read_far_corner(content)
    assert [sheet.name for sheet in one] == [sheet.name for sheet in other]
    for sheet, twin in zip(one, other, strict=True):
        for row in range(len(sheet.rows)):
            assert [sheet.text(row, column) for column in range(20)] == [twin.text(row, column) for column in range(20)]


def test_the_far_corner_is_left_out_and_the_rest_is_read() -> None:
    content = rows(
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f>1+1</f></c><c r="D2" t="inlineStr"><is><t>#REF!_x000B_</t></is></c><c r="XFD2"><v>9</v></c></row>'
        '<row r="4000"><c r="A4000"><v>2</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    )
    started = time.monotonic()
    (sheet,) = read_far_corner(content)
    assert time.monotonic() - started < 5
    assert [to_text(value) for value in sheet.rows[1]] == ["1", "", "", "#REF!"]
    assert (len(sheet.rows), sheet.text(3999, 0)) == (4000, "2")


def test_a_sheet_that_belittles_itself_is_read_whole() -> None:
    sheet = f'<worksheet xmlns="{S}"><dimension ref="A1"/><sheetData><row r="3"><c r="C3"><v>7</v></c></row></sheetData></worksheet>'
    assert read_far_corner(patch(save(), {"xl/worksheets/sheet1.xml": sheet}))[0].text(2, 2) == "7"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "BadZipFile"),
        (b"%PDF-1.7", "BadZipFile"),
        (patch(save(), {"xl/workbook.xml": b"<torn"}), "cannot read"),
        (rows('<row r="1"><c r="A1"><v>1</v>'), "ParseError"),
        (patch(save(), {}, make_strict), "no sheets"),
    ],
)
def test_what_openpyxl_cannot_read_either_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_far_corner(content)

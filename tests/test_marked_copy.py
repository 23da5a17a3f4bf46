"""The marked copy beside what it was made of: only marks and comments come to it, whoever saved the return."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, Convert, complete
from hostile import read_parts, zip_parts
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.finding import Finding, Place, find
from pipeline.model.form import area_sheet
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.returns import Expectations, read_return
from pipeline.readers.second_look import look_again
from pipeline.runner.expecting import expect
from pipeline.writers.marked_copy import mark_copy

FILE = "return.xlsx"
SHEET = area_sheet(1, "Leadership, Governance, and Structure")
PART, LINKS = "xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet3.xml.rels"
SAID = "An Advanced answer has no evidence.\nWrite the evidence for 1.2 in H5; until then it counts as Established."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"

TEXT_BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>10</xdr:col>'
    "<xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>12</xdr:col>"
    '<xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr>'
    '<xdr:cNvPr id="2" name="Box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Seen by the link governor.</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)
# As Excel writes it: a thread, its copy for older Excel, and a drawing with a line break that is no XML.
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COPY = "[Threaded comment]\n\nYour version of Excel ...\n\nComment:\n    {}"
COMMENTS = (
    f'<comments xmlns="{MAIN}"><authors><author>tc={{A}}</author><author>tc={{B}}</author><author>Jo</author></authors><commentList>'
    f'<comment ref="G4" authorId="0" shapeId="0"><text><t>{COPY.format("Shall we say Advanced?")}</t></text></comment>'
    f'<comment ref="G9" authorId="1" shapeId="0"><text><t>{COPY.format("Not this one.")}</t></text></comment>'
    '<comment ref="H5" authorId="2" shapeId="0"><text><r><rPr><b/></rPr><t xml:space="preserve">Jo: </t></r><r><t>to do</t></r></text>'
    "</comment></commentList></comments>"
)
THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="G4" personId="{P}" id="{A}"><text>Shall we say Advanced?</text></threadedComment>'
    '<threadedComment ref="G9" personId="{P}" id="{B}"><text>Not this one.</text></threadedComment></ThreadedComments>'
)
NOTE = '<x:ClientData ObjectType="Note"><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData>'
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" o:spt="202"/>'
    f'<v:shape id="_x0000_s2049" type="#_x0000_t202">{NOTE.format(3, 6)}</v:shape>'
    f'<v:shape id="_x0000_s2050" type="#_x0000_t202">{NOTE.format(8, 6)}</v:shape>'
    '<v:shape id="_x0000_s2051"><v:textbox><div>An old text box<br>of two lines</div></v:textbox></v:shape></xml>'
)


def found(cell: str, sheet: str = SHEET) -> Finding:
    return find("RT315", Place(FILE, sheet, cell), "Advanced", criterion="1.2", cell="H5", counts_as="Established")


def opened(content: bytes | None) -> Workbook:
    assert content is not None
    return load_workbook(BytesIO(content))


def said_in(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def is_marked(sheet: Worksheet, cell: str) -> bool:
    return str(sheet[cell].fill.start_color.rgb).endswith("F9C9A9")


def link(content: bytes, *links: tuple[str, str]) -> bytes:
    """The first area's sheet with further links (kind, target), on top of those it has."""
    parts = dict(read_parts(content))
    made = "".join(
        f'<Relationship Id="x{number}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links)
    )
    parts[LINKS] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'.encode()
    )
    return zip_parts(parts)


def put(content: bytes, added: Mapping[str, str], tail: str = "") -> bytes:
    """A file with further parts, and with `tail` at the end of the first area's sheet."""
    parts = dict(read_parts(content)) | {name: text.encode() for name, text in added.items()}
    parts[PART] = parts[PART].replace(b"</worksheet>", f"{tail}</worksheet>".encode())
    return zip_parts(parts)


@pytest.fixture
def by_excel(school: School, configuration: Configuration) -> bytes:
    """A return with a text box, threads, a note and an old drawing on its first area, as Excel keeps them."""
    content = put(
        complete(school, configuration, {"1.1": "A"}),
        {
            "xl/drawings/drawing1.xml": TEXT_BOX,
            "xl/comments1.xml": COMMENTS,
            "xl/threadedComments/threadedComment1.xml": THREAD,
            "xl/drawings/vmlDrawing1.vml": VML,
        },
        f'<drawing xmlns:r="{OFFICE}" r:id="x0"/><legacyDrawing xmlns:r="{OFFICE}" r:id="x3"/>',
    )
    return link(
        content,
        ("drawing", "../drawings/drawing1.xml"),
        ("comments", "../comments1.xml"),
        (THREADS, "../threadedComments/threadedComment1.xml"),
        ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
    )


def extras(content: bytes) -> dict[tuple[str, str], str]:
    """What stands beside the cells, as a run reads it."""
    return {(extra.place.cell, extra.kind): extra.text for extra in look_again(content, FILE).extras}


def test_drawings_and_comments_stay_and_ours_come_to_them(by_excel: bytes) -> None:
    marked = mark_copy(by_excel, [found("G4"), found("H5"), found("I6")])
    assert marked is not None
    before, after = extras(by_excel), extras(marked)
    assert set(after.values()) > {"Seen by the link governor.", "An old text box\nof two lines", "Not this one."}
    assert {place for place in after if place not in before} == {("I6", "comment")}
    assert after["I6", "comment"] == SAID
    assert after["H5", "comment"].endswith(f"to do\n\n{SAID}")
    assert after["G4", "comment"] == f"Shall we say Advanced?\n\n{SAID}"
    assert said_in(opened(marked)[SHEET])["G9"] == COPY.format("Not this one.")


def test_excel_shows_a_comment_where_it_would_have_shown_a_thread(by_excel: bytes) -> None:
    """Its own thread goes before a comment of the same cell, and ours would not be seen."""
    parts = read_parts(mark_copy(by_excel, [found("G4")]) or b"")
    threads = parts["xl/threadedComments/threadedComment1.xml"].decode()
    assert re.findall(r'ref="(\w+)"', threads) == ["G9"]
    comments = parts["xl/comments1.xml"].decode()
    authors = re.findall(r"<author>(.*?)</author>", comments)
    assert {cell: authors[int(number)] for cell, number in re.findall(r'ref="(\w+)" authorId="(\d)"', comments)} == {
        "G4": "Inclusion team", "G9": "tc={B}", "H5": "Jo",
    }  # fmt: skip


def test_a_cell_has_one_box_and_every_box_an_id_of_its_own(by_excel: bytes) -> None:
    drawing = read_parts(mark_copy(by_excel, [found("G4"), found("I6")]) or b"")["xl/drawings/vmlDrawing1.vml"].decode()
    places = re.findall(r"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", drawing)
    assert sorted(places) == [("3", "6"), ("5", "8"), ("8", "6")]
    ids = re.findall(r'id="(_x0000_s\d+)"', drawing)
    assert len(ids) == len(set(ids)) == 4


def test_parts_without_a_mark_are_copied_to_the_byte(by_excel: bytes) -> None:
    before, after = read_parts(by_excel), read_parts(mark_copy(by_excel, [found("I6")]) or b"")
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed <= {PART, "xl/styles.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
                       "xl/threadedComments/threadedComment1.xml"}  # fmt: skip
    assert set(before) == set(after)


@pytest.fixture
def by_libreoffice(school: School, configuration: Configuration, convert: Convert, tmp_path: Path) -> bytes:
    def remark(workbook: Workbook) -> None:
        workbook[SHEET]["H9"].comment = Comment("Ask Jo.", "A. Marlhurst")

    (tmp_path / "return.xlsx").write_bytes(complete(school, configuration, {"1.1": "A", "1.2": "?"}, edit=remark))
    convert(tmp_path / "return.xlsx", "ods")
    return convert(tmp_path / "return.ods", "xlsx").read_bytes()


def test_a_return_saved_by_libreoffice_is_marked_and_reads_as_before(
    by_libreoffice: bytes, school: School, configuration: Configuration, convert: Convert, tmp_path: Path
) -> None:
    marked = mark_copy(by_libreoffice, [found("G4"), found("G5"), found("H9"), found("B11", "Your school")])
    assert marked is not None
    sheet = opened(marked)[SHEET]
    assert said_in(sheet) == {"G4": SAID, "G5": SAID, "H9": f"Ask Jo.\n\n{SAID}"}
    assert [cell for cell in ("G4", "G5", "G6", "H9") if is_marked(sheet, cell)] == ["G4", "G5", "H9"]
    assert opened(marked).sheetnames == opened(by_libreoffice).sheetnames
    (tmp_path / "marked.xlsx").write_bytes(marked)
    expected = expect([school], configuration, CYCLE)
    for content in (marked, convert(tmp_path / "marked.xlsx", "ods").read_bytes()):
        assert answers(content, expected) == answers(by_libreoffice, expected)


def answers(content: bytes, expected: Expectations) -> dict[str, tuple[str, str]]:
    submission, _ = read_return(content, "return", expected)
    assert submission is not None
    return {response.criterion: (response.typed, response.evidence) for response in submission.responses}


def edit(content: bytes, pattern: str, new: str, part: str = PART) -> bytes:
    parts = dict(read_parts(content))
    text, count = re.subn(pattern, new, parts[part].decode())
    assert count
    parts[part] = text.encode()
    return zip_parts(parts)


def without_cell(content: bytes) -> bytes:
    """Row 5 is open to the school as a whole; its cells are not there."""
    look = re.search(r'<c r="G5" s="(\d+)"', read_parts(content)[PART].decode())
    assert look
    return edit(content, r'<row r="5".*?</row>', f'<row r="5" s="{look[1]}" customFormat="1" spans="1:1"/>')


def without_row(content: bytes) -> bytes:
    return edit(content, r'<row r="5".*?</row>', "")


def without_addresses(content: bytes) -> bytes:
    return edit(content, r'(<row|<c) r="\w+"', r"\1")


@pytest.mark.parametrize("spoil", [without_cell, without_row, without_addresses])
def test_a_cell_that_is_not_written_is_marked_in_its_place(
    spoil: Callable[[bytes], bytes], school: School, configuration: Configuration
) -> None:
    content = spoil(complete(school, configuration, {"1.2": "?"}))
    before, after = opened(content)[SHEET], opened(mark_copy(content, [found("G5")]))[SHEET]
    assert is_marked(after, "G5")
    assert said_in(after) == {"G5": SAID}
    assert [[cell.value for cell in row] for row in after["A1:I10"]] == [
        [cell.value for cell in row] for row in before["A1:I10"]
    ]
    assert after["G5"].protection.locked is (spoil is without_row)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: edit(content, r"\A", '<!DOCTYPE a [<!ENTITY b "c">]>'),
        lambda content: edit(content, r"\A", '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "xl/styles.xml"),
        lambda content: edit(content, "</worksheet>", ""),
        lambda content: edit(content, "</cellXfs>", "", "xl/styles.xml"),
        lambda content: edit(content, r'(<c r="G4" s=)"\d+"', r'\1"many"'),
        lambda content: edit(content, r'(<c r="G4" s=)"\d+"', r'\1"9999"'),
        lambda content: edit(content, "<sheetData>.*</sheetData>", ""),
        lambda content: edit(content, 'Target="/xl/worksheets/sheet3.xml"', 'Target="gone.xml"', "xl/_rels/workbook.xml.rels"),
    ],
)
def test_a_faulty_workbook_gets_no_copy(spoil: Callable[[bytes], bytes], school: School, configuration: Configuration) -> None:
    assert mark_copy(spoil(complete(school, configuration)), [found("G4")]) is None


def test_a_damaged_part_gets_no_copy(school: School, configuration: Configuration) -> None:
    content = bytearray(complete(school, configuration))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        start = archive.getinfo(PART).header_offset
    content[start + 300] ^= 255
    assert mark_copy(bytes(content), [found("G4")]) is None


def test_a_return_called_xlsm_opens_as_xlsx(school: School, configuration: Configuration) -> None:
    """The copy is called .xlsx, and Excel refuses one that says that it could hold macros."""
    plain, types = complete(school, configuration), "[Content_Types].xml"
    could = edit(
        plain, "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", "vnd.ms-excel.sheet.macroEnabled.main", types
    )
    marked = read_parts(mark_copy(could, [found("G4")]) or b"")[types]
    assert b"macroEnabled" not in marked
    assert b"spreadsheetml.sheet.main+xml" in marked

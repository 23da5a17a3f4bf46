"""Looking inside: every stranger is told by its own sentence, every workbook passes, and no bomb goes off."""

import struct
import zlib
from pathlib import Path

import pytest
from conftest import OTHER, Convert, complete
from hostile import (
    READABLE,
    REFUSED,
    TOLD,
    Member,
    compound,
    edit,
    hostile_files,
    make_strict,
    member,
    noise,
    office,
    opendocument,
    put,
    read_parts,
    recode,
    records,
    repeated,
    share,
    zip_of,
    zip_parts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.project import Configuration
from pipeline.readers.container import Kind, look_inside, unpack
from pipeline.readers.zip_guard import MB, MOST_UNPACKED, PROLOG


@pytest.fixture(scope="module")
def good(configuration: Configuration) -> bytes:
    return complete(OTHER, configuration)


@pytest.fixture(scope="module")
def hostile(good: bytes) -> dict[str, tuple[str, bytes]]:
    """What is wrong, with its mark → file name and content."""
    return {what: (name, content) for name, content, what in hostile_files(good)}


def seen(content: bytes, name: str) -> str:
    """The code and what was seen, of a file that is not opened."""
    kind, findings = look_inside(content, name)
    assert kind is None
    assert [one.place.file for one in findings] == [name]
    return f"{findings[0].code} {findings[0].seen}"


STRANGERS = {
    "an empty file": ["an empty file"],
    "a file of zero bytes only": ["only zero bytes"],
    "a PDF": ["a PDF", "a PDF with a workbook's name"],
    "a Word document": ["a Word document", "a Word document with a workbook's name", "an old Word document"],
    "a PowerPoint presentation": ["a PowerPoint presentation", "an old PowerPoint presentation"],
    "an Apple Numbers or Pages document": ["an Apple Numbers document", "an Apple Numbers folder, zipped"],
    "a CSV or other text file": ["a CSV", "a CSV with a workbook's name", "Excel's Unicode text"],
    "a web page with a workbook's name": ["HTML saved as .xls", "an HTML table saved as .xls"],
    "a workbook saved as a web archive": ["an MHTML workbook"],
    "a workbook saved as XML of 2003": ["Excel 2003 XML", "Excel 2003 XML in UTF-16"],
    "an XML file": ["flat OpenDocument XML"],
    "a rich text document": ["rich text"],
    "a pointer to a Google Sheet": ["a Google Sheets pointer", "a Google Sheets pointer with a workbook's name"],
    "a shortcut to a file": ["a web link", "a Mac's web link", "a Windows shortcut"],
    "the lock file of an open workbook": ["a lock file", "a lock file with a workbook's name", "LibreOffice's lock file"],
    "a Mac's hidden companion file": ["an AppleDouble file", "an AppleDouble file with a workbook's name"],
    "a placeholder of a cloud folder": ["an iCloud placeholder", "a tiny stub"],
    "a workbook locked with a password": [
        "a workbook with a password", "an xls with a password", "an ods with a password", "a part with a password",
    ],
    "a zip file locked with a password": ["a zip with a password"],
    "an e-mail": ["an Outlook message", "an e-mail"],
    "an attachment wrapped by Outlook": ["Outlook's winmail.dat"],
    "a picture or video": ["a screenshot", "a photograph", "an iPhone's photograph"],
    "an OpenDocument text or drawing": ["an OpenDocument text"],
    "a RAR, 7z or other archive": ["a RAR archive", "a 7z archive", "a gzip archive"],
    "a zip file with nothing in it": ["a zip with nothing in it"],
    "a zip file packed in an uncommon way": ["an uncommon packing"],
    "a file that is cut short": ["cut at 10 %", "cut at 50 %", "cut at 90 %", "cut at 99 %"],
    "a damaged file": [
        "its last byte is missing", "a wrong CRC", "a packing that is not what it says", "a part smaller than it says",
        "a directory of zeros", "a directory that is not where it should be", "a flipped byte in xl/workbook.xml",
        "an xls with garbage after the signature", "an xls with the signature alone", "an xls with a header alone",
        "an xls with half a file", "an xls with a billion sectors", "an xls with a table of tables in a circle",
        "an xls with sectors of impossible size",
    ],
    "a workbook of Excel 4 or older": ["a workbook of Excel 4"],
    "a program": ["a program"],
    "a file of a kind that is not known": ["a database", "noise"],
}  # fmt: skip


@pytest.mark.parametrize("sentence", STRANGERS)
def test_each_stranger_is_called_what_it_is(sentence: str, hostile: dict[str, tuple[str, bytes]]) -> None:
    for what in STRANGERS[sentence]:
        name, content = hostile[f"{REFUSED}: {what}"]
        assert seen(content, name) == f"RT301 {sentence}", what


def test_each_sentence_has_its_own_remedy(hostile: dict[str, tuple[str, bytes]]) -> None:
    found = (look_inside(content, name)[1] for name, content in hostile.values())
    remedies = {findings[0].seen: findings[0].fix for findings in found if findings and findings[0].code == "RT301"}
    assert remedies.keys() == STRANGERS.keys()
    assert len(set(remedies.values())) == len(remedies)
    for remedy in remedies.values():
        assert remedy.endswith(".")
        assert remedy.count(". ") == 0
        assert len(remedy) < 110


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_what_a_spreadsheet_program_saves_passes(suffix: str, convert: Convert, tmp_path: Path, good: bytes) -> None:
    (tmp_path / "return.xlsm").write_bytes(good)
    saved = convert(tmp_path / "return.xlsm", suffix).read_bytes()
    assert look_inside(saved, "return") == (Kind(suffix), ())
    if suffix == "xls":  # its second record is made the one that says it is locked
        start = saved.index(b"\x09\x08\x10\0\0\6\5\0") + 20
        assert seen(saved[:start] + b"\x2f\0" + saved[start + 2 :], "return.xls") == "RT301 a workbook locked with a password"


def test_workbooks_pass_whatever_their_suffix(good: bytes) -> None:
    parts = read_parts(good)
    for kind, content in (
        (Kind.XLSX, good),
        (Kind.XLSX, edit(parts, READABLE, "as Excel and LibreOffice save it", share)[2]),
        (Kind.XLSX, edit(parts, READABLE, "strict", make_strict)[2]),
        (Kind.XLSX, zip_parts({f"else/{name}" if name.startswith("xl") else name: part for name, part in parts.items()})),
        (Kind.XLSB, office("xl/workbook.bin", "xl/worksheets/sheet1.bin")),
        (Kind.XLS, compound({"Workbook": records((0x809, bytes(16)), (0x85, bytes(8)), (0x2F, bytes(6)))})),
        (Kind.XLS, compound({"Book": records((0x809, bytes(8)), (0x0A, b"")), "_VBA_PROJECT_CUR": b"x"})),
        (Kind.ODS, opendocument({"content.xml": b"<x/>"})),
        (Kind.ODS, opendocument({"content.xml": b"<x/>"}, kind="spreadsheet-template")),
        (Kind.BUNDLE, zip_parts({"word/return.xlsx": good})),
    ):
        for name in ("return.xlsx", "return.pdf", "bundle.zip › Autumn/return", "RETURN.CSV"):
            assert look_inside(content, name) == (kind, ())


GUARDS = {
    "more than 3,000 parts": ["5,000 parts", "70,000 parts"],
    "26 MB; at most 25 MB is opened": ["a file of 26 MB"],
    "1,000 MB when unpacked; at most 150 MB is opened": ["a gigabyte of zeros", "a gigabyte in a mimetype", "a zip with a bomb"],
    "500 MB when unpacked; at most 150 MB is opened": ["500 names for one part"],
    "200 MB when unpacked; at most 150 MB is opened": ["200 parts of a megabyte"],
    "a part of 61 MB; at most 60 MB is opened": ["a part of 61 MB"],
    "a part that grows more than 200 times when unpacked": ["30 MB that shrink a thousandfold"],
    "a part that is larger than it says": [
        "a gigabyte that says it is a kilobyte", "a gigabyte in the first part", "a part larger than it says",
    ],
    "two parts of the same name": ["two parts of the same name", "two names that differ in capitals", "a zip with the same name twice"],
    "a part with an unsafe name": ["a part named '/etc/passwd'", "a part named '../../evil.xml'", "a zip with a file that climbs out"],
    "a part with declarations of its own (DOCTYPE)": [
        "a billion laughs in workbook.xml", "an outside entity in sharedStrings.xml", "a DOCTYPE without entities",
        "a DOCTYPE in UTF-16", "a DOCTYPE in UTF-16 without its mark", "a DOCTYPE behind a long comment",
        "a DOCTYPE behind other things", "a DOCTYPE that names its file", "an encoding that hides a DOCTYPE", "an ods with a DOCTYPE",
    ],
}  # fmt: skip


@pytest.mark.parametrize("sentence", GUARDS)
def test_each_guard_holds(sentence: str, hostile: dict[str, tuple[str, bytes]]) -> None:
    for what in GUARDS[sentence]:
        name, content = hostile[f"{REFUSED}: {what}"]
        assert seen(content, name) == f"RT305 {sentence}", what


def test_all_files_get_one_verdict(hostile: dict[str, tuple[str, bytes]]) -> None:
    assert len(hostile) > 250
    for what, (name, content) in hostile.items():
        kind, findings = look_inside(content, name)
        assert (kind is None) == (len(findings) == 1), what
        if what.startswith((READABLE, TOLD)):  # answers are never lost here: a reader decides
            assert findings == (), what


def test_hostile_files_are_the_same_every_time(good: bytes, hostile: dict[str, tuple[str, bytes]]) -> None:
    assert [(name, zlib.crc32(content), what) for name, content, what in hostile_files(good)] == [
        (name, zlib.crc32(content), what) for what, (name, content) in hostile.items()
    ]
    assert len({name.casefold() for name, _ in hostile.values()}) == len(hostile)  # they may share a folder, on Windows too


class Meter:
    """Stands at the tap: counts the bytes that every decompressor gives."""

    def __init__(self) -> None:
        self.given = 0
        self._open = zlib.decompressobj

    def decompressobj(self, bits: int) -> "Tap":
        return Tap(self, self._open(bits))


class Tap:
    def __init__(self, meter: Meter, stream: "zlib._Decompress") -> None:
        self.meter, self.stream = meter, stream

    def decompress(self, content: bytes, most: int) -> bytes:
        piece = self.stream.decompress(content, most)
        self.meter.given += len(piece)
        return piece

    @property
    def unconsumed_tail(self) -> bytes:
        return self.stream.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self.stream.eof


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("a gigabyte of zeros", 0),
        ("a gigabyte in a mimetype", 0),
        ("500 names for one part", 0),
        ("a part of 61 MB", 0),
        ("30 MB that shrink a thousandfold", 0),
        ("a gigabyte that says it is a kilobyte", MB),  # the workbook's own parts, and one byte more than the lie
        ("a gigabyte in the first part", 2_100),  # read for what the file is, then for what it holds
    ],
)
def test_no_more_is_unpacked_than_was_declared(
    what: str, most: int, hostile: dict[str, tuple[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = Meter()
    monkeypatch.setattr(zlib, "decompressobj", meter.decompressobj)
    name, content = hostile[f"{REFUSED}: {what}"]
    assert look_inside(content, name)[0] is None
    assert meter.given <= most


def test_a_bundle_that_lies_is_not_unpacked_further(monkeypatch: pytest.MonkeyPatch) -> None:
    lie = repeated(bytes(MB), 1_000)._replace(name=b"return.xlsx", size=5_000)
    inner = member("inner.xlsx", zip_of([lie._replace(name=b"mimetype")]))
    meter = Meter()
    monkeypatch.setattr(zlib, "decompressobj", meter.decompressobj)
    files, findings = unpack(zip_of([lie, inner]), "bundle.zip")
    assert files == ()
    assert [(one.code, one.place.file) for one in findings] == [
        ("RT305", "bundle.zip › return.xlsx"),
        ("RT301", "bundle.zip › inner.xlsx"),
    ]
    assert meter.given <= 2 * 5_001 + inner.size


def test_parts_just_within_the_limits_pass(good: bytes) -> None:
    whole = [member(name, part) for name, part in read_parts(good).items()]
    block = noise(10_000).hex().encode() * 49
    large = repeated(block, 60)._replace(crc=zlib.crc32(block * 60))
    assert large.size / len(large.packed) < 200
    assert look_inside(zip_of([*whole, large]), "return.xlsx") == (Kind.XLSX, ())
    many = [Member(f"xl/{number}.bin".encode(), b"", 0, 0) for number in range(3_000 - len(whole))]
    assert look_inside(zip_of([*whole, *many]), "return.xlsx") == (Kind.XLSX, ())
    assert len(block) * 60 * 3 > MOST_UNPACKED
    three = [large._replace(name=f"xl/media/{number}.png".encode()) for number in range(3)]
    assert seen(zip_of([*whole, *three]), "return.xlsx").startswith("RT305 177 MB when unpacked")


@pytest.mark.parametrize(
    ("prolog", "encoding", "passes"),
    [
        ("", "utf-8", True),
        ("\ufeff", "utf-8", True),
        ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n', "utf-8", True),
        ('<?xml version="1.0" encoding="utf8"?><!-- <!DOCTYPE x> --><?x <!ENTITY?>', "utf-8", True),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>\n\n', "latin-1", True),
        ('\ufeff<?xml version="1.0" encoding="utf-16"?>', "utf-16-le", True),
        ("<!-- " + " " * 50_000 + "-->", "utf-8", True),
        ("<!-- " + " " * PROLOG + "-->", "utf-8", False),  # nobody writes this much before a sheet
        (" " * PROLOG, "utf-8", False),
        ("<!--" + "-" * (PROLOG - 8) + "-->", "utf-8", False),
        ("<!DOCTYPE x>", "utf-8", False),
        ("\n<!ENTITY x 'y'>", "utf-8", False),
        ("\ufeff<!DOCTYPE x>", "utf-16-be", False),
        ("<!-- \u2d2d\u3e3e\u3c78 --><!DOCTYPE x>", "utf-16-le", False),  # bytes that look like the end of the comment
        ("<!DOCTYPE x>", "utf-32-le", False),
        ('<?xml version="1.0" encoding="iso-2022-jp"?>', "utf-8", False),
    ],
)
def test_only_what_stands_before_the_root_is_judged(prolog: str, encoding: str, passes: bool, good: bytes) -> None:
    _, _, content, _ = edit(read_parts(good), READABLE, "prolog", recode("xl/styles.xml", prolog, encoding))
    assert (look_inside(content, "return.xlsx")[0] is Kind.XLSX) is passes


def test_a_doctype_within_a_text_is_a_text(good: bytes) -> None:
    _, _, content, _ = edit(read_parts(good), READABLE, "text", put("xl/comments1.xml", b"<x><![CDATA[<!DOCTYPE x>]]></x>"))
    assert look_inside(content, "return.xlsx") == (Kind.XLSX, ())


def test_a_bundle_is_unpacked_without_its_furniture(good: bytes) -> None:
    bundle = zip_parts(
        {
            "Returns/": b"",
            "Returns/St Mary’s.xlsx": good,
            "Returns/.DS_Store": b"\0\0\0\1Bud1",
            "__MACOSX/Returns/._St Mary’s.xlsx": b"\0\5\x16\7",
            "Thumbs.db": b"x",
            "page.html": b"<!DOCTYPE html>",
            "notes/read me.txt": b"",
        }
    )
    assert look_inside(bundle, "bundle.zip") == (Kind.BUNDLE, ())
    files, findings = unpack(bundle, "bundle.zip")
    assert findings == ()
    assert files == (
        ("bundle.zip › Returns/St Mary’s.xlsx", good),
        ("bundle.zip › page.html", b"<!DOCTYPE html>"),
        ("bundle.zip › notes/read me.txt", b""),
    )
    assert [look_inside(content, name)[0] for name, content in files] == [Kind.XLSX, None, None]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("a zip with a zip in a zip", "RT301 a zip with a zip in a zip.zip › inner.zip: a zip file inside a zip file"),
        ("a zip with folders alone", "RT301 folders alone.zip: a zip file with nothing in it"),
        ("a zip with 300 files", "RT305 300 files.zip: a zip file with 300 files; at most 200 are read"),
        ("a zip with a file that climbs out", "RT305 a file that climbs out.zip: a part with an unsafe name"),
        ("a zip with a damaged return", "RT301 a damaged return.zip › return.xlsx: a damaged file"),
        ("a zip with a bomb", "RT305 a bomb.zip: 1,000 MB when unpacked; at most 150 MB is opened"),
        ("a zip with a password", "RT301 return (locked).zip: a zip file locked with a password"),
    ],
)
def test_a_bundle_that_cannot_be_used_is_told(what: str, told: str, hostile: dict[str, tuple[str, bytes]]) -> None:
    name, content = hostile[f"{REFUSED}: {what}"]
    files, findings = unpack(content, name)
    assert files == ()
    told = told.replace("a zip with a zip in a zip.zip", "a zip in a zip.zip")
    assert [f"{one.code} {one.place.file}: {one.seen}" for one in findings] == [told]


def test_one_damaged_file_of_a_bundle_costs_no_other(good: bytes) -> None:
    torn = member("torn.xlsx", good)._replace(crc=1)
    files, findings = unpack(zip_of([torn, member("whole.xlsx", good)]), "bundle.zip")
    assert files == (("bundle.zip › whole.xlsx", good),)
    assert [(one.code, one.place.file) for one in findings] == [("RT301", "bundle.zip › torn.xlsx")]


SAMPLES = [
    zip_parts({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>" * 9}),
    opendocument({"content.xml": b"<x/>"}),
    zip_parts({"a/return.xlsx": b"PK\3\4", "return.txt": b"text"}),
    compound({"Workbook": records((0x809, bytes(16)), (0x0A, b""))}),
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), max_size=4),
    st.integers(0, 400),
)
def test_broken_files_never_raise(content: bytes, changes: list[tuple[int, bytes]], cut: int) -> None:
    for place, new in changes:
        start = place % len(content)
        content = content[:start] + new + content[start + len(new) :]
    content = content[: len(content) - cut] if cut < 200 else content
    kind, findings = look_inside(content, "return.xlsx")
    assert (kind is None) == (len(findings) == 1)
    files, told = unpack(content, "return.zip")
    assert files or told


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 8, 21, 22, 30, 75, 76, 512, 513])
def test_short_files_never_raise(size: int) -> None:
    for start in (b"PK\3\4", b"PK\5\6", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml", b"\xff\xfe", struct.pack("<I", 9)):
        assert len(look_inside((start + bytes(600))[:size], "return.xlsx")[1]) == 1

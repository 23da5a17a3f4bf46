"""Hostile and hapless files: everything that may lie in a returns folder, made in memory from one good return.

The kinds are those that libraries were seen to hang on, to die of, or to read wrong in silence.
"""

import json
import random
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import accumulate
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import load_workbook

READABLE = "readable"  # all answers are there: whoever reads it must give exactly those of the good return
TOLD = "told"  # an answer is lost or in doubt: refused or told by a finding, and no answer given that is not the good return's
REFUSED = "refused"  # no return at all: an RT30x finding and no submission

MEGABYTE = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOK, RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
STYLES, STRINGS, CORE = "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"
AREA = "the first sheet with answers"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Hostile = tuple[str, bytes, str]
Row = tuple[str, str, bytes, str]  # mark, file name, content, what is wrong
Parts = dict[str, bytes]
Edit = Callable[[Parts], None]


def hostile_files(good: bytes) -> Iterator[Hostile]:
    """File name, content and kind of trouble: `readable`, `told` or `refused`, a colon, and what is wrong.

    `good` is a completed return as openpyxl writes it, with 1.1 answered. The same return gives the same files.
    """
    parts = read_parts(good)
    for rows in (
        strangers(good),
        torn(good, parts),
        bombs(parts),
        entities(parts),
        edited(parts),
        compounds(),
        spreadsheets(good),
        bundles(good),
    ):
        for mark, name, content, what in rows:
            yield name, content, f"{mark}: {what}"


# Writing zip and OLE files, whole or crooked.


class Member(NamedTuple):
    """A zip's member as it stands in the file. `at` points to the local header of an earlier member instead."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = 0x800
    at: int | None = None


def member(name: str, content: bytes, *, level: int = 6) -> Member:
    """An honest member."""
    stream = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Member(name.encode(), stream.compress(content) + stream.flush(), len(content), zlib.crc32(content))


def zip_of(members: Iterable[Member]) -> bytes:
    """A zip file of these members, in this order, true or not; the same members give the same bytes."""
    local, directory, count = bytearray(), bytearray(), 0
    for one in members:
        fields = struct.pack(
            "<HHHHHIIIHH", 20, one.flags, one.method, 0, 33, one.crc, len(one.packed), one.size, len(one.name), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(local) if one.at is None else one.at) + one.name
        local += b"PK\x03\x04" + fields + one.name + one.packed if one.at is None else b""
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(local), 0)
    return bytes(local + directory + b"PK\x05\x06" + end)


def read_parts(content: bytes) -> Parts:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    return zip_of(member(name, content, level=1) for name, content in parts.items())


def repeated(block: bytes, times: int) -> Member:
    """A member that holds one block many times, made without making it."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = stream.compress(block) + stream.flush(zlib.Z_FULL_FLUSH)
    return Member(b"xl/media/image1.png", packed * times + b"\x03\0", len(block) * times, 0)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams: header, allocation table, directory, streams."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    contents = [content.ljust(4_096, b"\0") for content in streams.values()]
    lengths = [-(-(len(streams) + 1) // 4), *(-(-len(content) // 512) for content in contents)]
    tables = next(count for count in range(1, 100) if count * 128 >= count + sum(lengths))
    starts = [*accumulate(lengths, initial=tables)]
    chains = [0xFFFFFFFD] * tables
    for start, length in zip(starts, lengths, strict=False):
        chains += [*range(start + 1, start + length), end]
    chains += [none] * (tables * 128 - len(chains))
    directory = [("Root Entry", 5, none, 1, end, 0)]
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), 1):
        directory.append((name, 2, number + 1 if number < len(streams) else none, none, starts[number], len(content)))
    header = struct.pack("<8s16xHHHHHH8xIIIIIIII", OLE, 62, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4_096, end, 0, end, 0)
    header += struct.pack("<109I", *range(tables), *[none] * (109 - tables))
    entries = b"".join(entry(*row) for row in directory).ljust(lengths[0] * 512, b"\0")
    body = b"".join(content.ljust(length * 512, b"\0") for content, length in zip(contents, lengths[1:], strict=True))
    return header + struct.pack(f"<{len(chains)}I", *chains) + entries + body


def entry(name: str, kind: int, after: int, child: int, first: int, size: int) -> bytes:
    """An entry of an OLE file's directory."""
    coded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", coded, len(coded) + 2, kind, 1, 0xFFFFFFFF, after, child, first, size)


def noise(size: int) -> bytes:
    return random.Random(3).randbytes(size)


# Files that are something else.


def strangers(good: bytes) -> Iterator[Row]:
    lock = bytes((9,)) + b"Marlhurst".ljust(54) + bytes((9, 0)) + "Marlhurst".ljust(54).encode("utf-16-le")
    companion = b"\0\x05\x16\x07\0\x02\0\0Mac OS X        " + bytes(100)
    letter = b"Received: from mail\r\nFrom: head@school.example\r\nTo: la@county.example\r\nSubject: return\r\n\r\nAttached."
    archive_page = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x"
    excel_2003 = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    plist = b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>https://example</string></dict></plist>'
    pointer = json.dumps({"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": "office@school.example"})
    for name, content, what in (
        ("return (empty).xlsx", b"", "an empty file"),
        ("return (zeros).xlsx", bytes(60_000), "only zero bytes"),
        ("return.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + noise(500), "a PDF"),
        ("return (printed).xlsx", b"\xef\xbb\xbf\r\n%PDF-1.4\n", "a PDF with a workbook's name"),
        ("return.docx", office("word/document.xml"), "a Word document"),
        ("return (typed).xlsx", office("word/document.xml", "word/embeddings/Book.xlsx"), "a Word document with a workbook's name"),
        ("return.doc", compound({"WordDocument": b"\xec\xa5"}), "an old Word document"),
        ("return.pptx", office("ppt/presentation.xml"), "a PowerPoint presentation"),
        ("return.ppt", compound({"PowerPoint Document": b"\0"}), "an old PowerPoint presentation"),
        ("return.numbers", zip_parts({"Index/Document.iwa": noise(99), "Metadata/Properties.plist": b"bplist00"}), "an Apple Numbers document"),
        ("return.numbers.zip", zip_parts({"return.numbers/Index.zip": noise(99)}), "an Apple Numbers folder, zipped"),
        ("return.csv", b"Ref,Criterion,Your answer\r\n1.1,Vision,Advanced\r\n", "a CSV"),
        ("return (csv).xlsx", b"Ref;Criterion;Your answer\r\n1.1;Vision;\xc9merging\r\n", "a CSV with a workbook's name"),
        ("return.txt", "Ref\tCriterion\r\n1.1\tVision".encode("utf-16"), "Excel's Unicode text"),
        ("return (page).xls", b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1.1", "HTML saved as .xls"),
        ("return (portal).xls", b"\r\n<table border=1><tr><td>1.1", "an HTML table saved as .xls"),
        ("return.mht", archive_page, "an MHTML workbook"),
        ("return (2003).xls", excel_2003.encode(), "Excel 2003 XML"),
        ("return (2003 wide).xls", excel_2003.encode("utf-16"), "Excel 2003 XML in UTF-16"),
        ("return.fods", b'<?xml version="1.0"?><office:document/>', "flat OpenDocument XML"),
        ("return.rtf", b"{\\rtf1\\ansi 1.1 Advanced}", "rich text"),
        ("return.gsheet", pointer.encode(), "a Google Sheets pointer"),
        ("return (pointer).xlsx", pointer.encode(), "a Google Sheets pointer with a workbook's name"),
        ("return.url", b"[InternetShortcut]\r\nURL=https://example/return.xlsx\r\n", "a web link"),
        ("return.webloc", plist, "a Mac's web link"),
        ("return.xlsx.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(68), "a Windows shortcut"),
        ("~$return.xlsx", lock, "a lock file"),
        ("return (lock).xlsx", lock, "a lock file with a workbook's name"),
        (".~lock.return.xlsx#", b",marlhurst,office,09.10.2026 12:00,file:///home;", "LibreOffice's lock file"),
        ("._return.xlsx", companion, "an AppleDouble file"),
        ("return (double).xlsx", companion, "an AppleDouble file with a workbook's name"),
        ("return (locked).xlsx", compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": noise(9_000)}), "a workbook with a password"),
        ("return (locked).xls", compound({"Workbook": records((0x809, b"\0\6\5\0" + bytes(12)), (0x2F, bytes(54)))}), "an xls with a password"),
        ("return (locked).ods", opendocument({"content.xml": noise(500)}, manifest="<manifest:encryption-data/>"), "an ods with a password"),
        ("return (locked).zip", zip_of([member("return.xlsx", good)._replace(flags=0x801)]), "a zip with a password"),
        ("return.msg", compound({"__properties_version1.0": b"\0", "__nameid_version1.0": b"\0"}), "an Outlook message"),
        ("return.eml", letter, "an e-mail"),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + noise(80), "Outlook's winmail.dat"),
        ("return.png", b"\x89PNG\r\n\x1a\n" + noise(200), "a screenshot"),
        ("return.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + noise(200), "a photograph"),
        ("return.heic", b"\0\0\0\x18ftypheic" + noise(200), "an iPhone's photograph"),
        ("return.odt", opendocument({"content.xml": b"<x/>"}, kind="text"), "an OpenDocument text"),
        (".return.xlsx.icloud", b"bplist00\xd3\x01\x02NSURLNameKey" + bytes(40), "an iCloud placeholder"),
        ("return (stub).xlsx", b"\x01\0\0\0" + noise(96), "a tiny stub"),
        ("return.rar", b"Rar!\x1a\x07\x01\0" + noise(200), "a RAR archive"),
        ("return.7z", b"7z\xbc\xaf\x27\x1c" + noise(200), "a 7z archive"),
        ("return.tar.gz", b"\x1f\x8b\x08\0" + noise(200), "a gzip archive"),
        ("return.xlsx.exe", b"MZ\x90\0\3\0\0\0" + noise(200), "a program"),
        ("return (1992).xls", records((0x409, bytes(6)), (0x0A, b"")), "a workbook of Excel 4"),
        ("return.mdb", b"\0\1\0\0Standard Jet DB\0" + noise(2_000), "a database"),
        ("return (noise).xlsx", noise(60_000), "noise"),
        ("return (garbage).xlsb", office("xl/workbook.bin"), "an xlsb of garbage"),
        ("return (nothing).zip", zip_of([]), "a zip with nothing in it"),
    ):  # fmt: skip
        yield REFUSED, name, content, what


def office(*names: str) -> bytes:
    """An Office file by its parts' names."""
    return zip_parts({TYPES: b"<Types/>", "_rels/.rels": b"<Relationships/>"} | dict.fromkeys(names, b"<x/>"))


def records(*given: tuple[int, bytes]) -> bytes:
    """An .xls stream."""
    return b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in given)


# The good return, torn.


def torn(good: bytes, parts: Parts) -> Iterator[Row]:
    for percent in (10, 50, 90, 99):
        yield REFUSED, f"cut at {percent} per cent.xlsx", good[: len(good) * percent // 100], f"cut at {percent} %"
    for name in (BOOK, RELS, TYPES, STYLES, resolve(parts, AREA), "xl/theme/theme1.xml"):
        place = good.index(name.encode()) + len(name) + 60
        flipped = good[:place] + bytes((good[place] ^ 0x10,)) + good[place + 1 :]
        yield REFUSED, f"flipped byte in {name.replace('/', ' ')}.xlsx", flipped, f"a flipped byte in {name}"
    whole = [member(name, content) for name, content in parts.items()]
    one, others = whole[3], [*whole[:3], *whole[4:]]
    directory = good.index(b"PK\x01\x02")
    for mark, name, content, what in (
        (REFUSED, "cut by a byte.xlsx", good[:-1], "its last byte is missing"),
        (REFUSED, "wrong sum.xlsx", zip_of([*others, one._replace(crc=1)]), "a wrong CRC"),
        (REFUSED, "packing.xlsx", zip_of([*others, one._replace(method=14)]), "an uncommon packing"),
        (REFUSED, "other packing.xlsx", zip_of([*others, one._replace(method=0)]), "a packing that is not what it says"),
        (REFUSED, "locked part.xlsx", zip_of([*others, one._replace(flags=0x801)]), "a part with a password"),
        (REFUSED, "smaller part.xlsx", zip_of([*others, one._replace(size=one.size + 9)]), "a part smaller than it says"),
        (REFUSED, "larger part.xlsx", zip_of([*others, one._replace(size=one.size - 9)]), "a part larger than it says"),
        (REFUSED, "same name.xlsx", zip_of([*whole, one._replace(packed=b"\3\0", size=0, crc=0)]), "two parts of the same name"),
        (REFUSED, "capitals.xlsx", zip_of([*whole, one._replace(name=one.name.upper())]), "two names that differ in capitals"),
        (REFUSED, "no directory.xlsx", good[:directory] + bytes(len(good) - directory - 22) + good[-22:], "a directory of zeros"),
        (REFUSED, "wrong offset.xlsx", good[:-6] + b"\xff\xff\xff\x7f" + good[-2:], "a directory that is not where it should be"),
        (READABLE, "stored.xlsx", zip_of(part._replace(method=0, packed=parts[part.name.decode()]) for part in whole), "not packed at all"),
        (READABLE, "line before.xlsx", b"X-Gateway: scanned\r\n\r\n" + good, "a line before the zip"),
        (READABLE, "bytes after.xlsx", good + bytes(100), "bytes after the zip"),
        (READABLE, "no suffix", good, "a name without a suffix"),
        (READABLE, "wrong suffix.xls", good, "an xlsx named .xls"),
        (READABLE, "named like a text.csv", good, "an xlsx named .csv"),
    ):  # fmt: skip
        yield mark, name, content, what
    for number, name in enumerate(
        ("/etc/passwd", "../../evil.xml", "xl\\..\\evil.xml", "C:/evil.xml", "xl/e\0vil.xml", "x" * 999)
    ):
        yield REFUSED, f"unsafe name {number}.xlsx", zip_of([*whole, member(name, b"<x/>")]), f"a part named {name[:20]!r}"


# Bombs.


def bombs(parts: Parts) -> Iterator[Row]:
    whole = [member(name, content) for name, content in parts.items()]
    megabyte, gigabyte = repeated(bytes(MEGABYTE), 1), repeated(bytes(MEGABYTE), 1_000)
    lie, prose = gigabyte._replace(size=1_000), noise(10_000).hex().encode() * 50
    many = [Member(f"xl/media/{number}.png".encode(), b"", 0, 0, method=0) for number in range(5_000)]
    middling = [megabyte._replace(name=f"xl/media/{number}.png".encode()) for number in range(200)]
    overlapping = [
        gigabyte._replace(name=f"{number}.xml".encode(), size=MEGABYTE, at=0 if number else None) for number in range(500)
    ]
    large = Member(b"xl/media/video.bin", bytes(26 * MEGABYTE), 26 * MEGABYTE, 0, method=0)
    for what, members in (
        ("a gigabyte of zeros", [*whole, gigabyte]),
        ("a gigabyte that says it is a kilobyte", [*whole, lie]),
        ("a gigabyte in the first part", [lie._replace(name=TYPES.encode()), *whole[:-1]]),
        ("a gigabyte in a mimetype", [gigabyte._replace(name=b"mimetype"), *whole]),
        ("30 MB that shrink a thousandfold", [*whole, repeated(bytes(MEGABYTE), 30)]),
        ("a part of 61 MB", [*whole, repeated(prose, 61)]),
        ("200 parts of a megabyte", [*whole, *middling]),
        ("500 names for one part", overlapping),
        ("5,000 parts", [*whole, *many]),
        ("70,000 parts", [*whole, *many * 14]),
        ("a file of 26 MB", [*whole, large]),
    ):
        yield REFUSED, f"{what}.xlsx", zip_of(members), what


def entities(parts: Parts) -> Iterator[Row]:
    more = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY l0 "{"ha" * 20}">{more}]>'
    outside = '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'
    quadratic = f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 50_000}">]>'
    for what, prolog, used in (
        ("a billion laughs", laughs, 1),
        ("an outside entity", outside, 1),
        ("a long entity", quadratic, 999),
    ):
        for part, place in ((BOOK, r"(<definedName [^>]*>)"), (AREA, "(<t>)"), (STRINGS, "(<t>)")):
            use = swap(place, rf"\1{'&l9;' * used}", part)
            yield edit(
                parts, REFUSED, f"{what} in {part.removeprefix('xl/')}", *[share] * (part == STRINGS), use, recode(part, prolog)
            )
    for what, part, prolog, encoding in (
        ("a DOCTYPE without entities", RELS, "<!DOCTYPE x>", "utf-8"),
        ("a DOCTYPE in UTF-16", AREA, f'<?xml version="1.0" encoding="UTF-16"?>{laughs}', "utf-16"),
        ("a DOCTYPE in UTF-16 without its mark", AREA, laughs, "utf-16-be"),
        ("a DOCTYPE behind a long comment", CORE, f"<!--{' ' * 200_000}-->{laughs}", "utf-8"),
        ("a DOCTYPE behind other things", STYLES, f'<?xml version="1.0"?>\n<!-- <x> --><?x <y> ?>\n{laughs}', "utf-8"),
        ("a DOCTYPE that names its file", CORE, '<!DOCTYPE x SYSTEM "http://example/x.dtd">', "utf-8"),
        ("an encoding that hides a DOCTYPE", AREA, '<?xml version="1.0" encoding="utf-7"?>+ADw-!DOCTYPE x+AD4-', "utf-8"),
    ):  # fmt: skip
        yield edit(parts, REFUSED, what, recode(part, prolog, encoding))


# The good return, edited.


def resolve(parts: Parts, part: str) -> str:
    return next(name for name, content in parts.items() if b">Your answer<" in content) if part == AREA else part


def swap(pattern: str, new: str, part: str = AREA) -> Edit:
    """Replaces the first place that fits; there must be one."""

    def change(parts: Parts) -> None:
        name = resolve(parts, part)
        text, count = re.subn(pattern, new, parts[name].decode(), count=1, flags=re.DOTALL)
        assert count, f"{pattern} is not in {name}"
        parts[name] = text.encode()

    return change


def cell(address: str, new: str) -> Edit:
    """Replaces a cell."""
    return swap(rf'<c r="{address}"(?:[^>]*/>|[^>]*>.*?</c>)', new)


def answer(new: str) -> Edit:
    """Replaces what the answer's text (group 2) stands in."""
    return swap(r'<c r="G4"([^>]*)><is><t>(.*?)</t></is></c>', new)


def drop(part: str) -> Edit:
    def change(parts: Parts) -> None:
        del parts[resolve(parts, part)]

    return change


def put(part: str, content: bytes) -> Edit:
    def change(parts: Parts) -> None:
        parts[resolve(parts, part)] = content

    return change


def recode(part: str, prolog: str, encoding: str = "utf-8") -> Edit:
    """Puts a prolog before the root, and the part into another encoding."""

    def change(parts: Parts) -> None:
        name = resolve(parts, part)
        parts[name] = (prolog + parts[name].decode()).encode(encoding, "xmlcharrefreplace")

    return change


def truncate(part: str) -> Edit:
    def change(parts: Parts) -> None:
        name = resolve(parts, part)
        parts[name] = parts[name][: len(parts[name]) * 2 // 3]

    return change


def add_sheet(name: str, content: str) -> Edit:
    """A sheet at the end. `content` is what stands in its sheetData."""

    def change(parts: Parts) -> None:
        number = 100 + len(parts)
        path = f"xl/worksheets/sheet{number}.xml"
        parts[path] = f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData></worksheet>'.encode()
        sheet = f'<sheet xmlns:r="{OFFICE}" name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/></sheets>'
        swap("</sheets>", sheet, BOOK)(parts)
        relate(f"rId{number}", "worksheet", f"/{path}")(parts)
        declare(path, "worksheet")(parts)

    return change


def relate(number: str, kind: str, target: str, mode: str = "") -> Edit:
    """A relation of the workbook."""
    relation = f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    return swap("</Relationships>", f"{relation}</Relationships>", RELS)


def declare(path: str, kind: str) -> Edit:
    """A part in the list of content types."""
    content_type = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    return swap("</Types>", f'<Override PartName="/{path}" ContentType="{content_type}"/></Types>', TYPES)


def share(parts: Parts) -> None:
    """Texts moved into the shared strings, as Excel and LibreOffice keep them."""
    strings: list[str] = []

    def move(match: re.Match[str]) -> str:
        strings.append(match[1])
        return f't="s"><v>{len(strings) - 1}</v></c>'

    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        text = re.sub(r't="inlineStr"><is>(.*?)</is></c>', move, parts[name].decode(), flags=re.DOTALL)
        parts[name] = text.replace(' t="inlineStr"></c>', "></c>").encode()
    parts[STRINGS] = f'<sst xmlns="{MAIN}">{"".join(f"<si>{text}</si>" for text in strings)}</sst>'.encode()
    relate("rIdStrings", "sharedStrings", "sharedStrings.xml")(parts)
    declare(STRINGS, "sharedStrings")(parts)


def make_strict(parts: Parts) -> None:
    strict = b"http://purl.oclc.org/ooxml/"
    for name, content in parts.items():
        text = content.replace(MAIN.encode(), strict + b"spreadsheetml/main")
        parts[name] = text.replace(OFFICE.encode(), strict + b"officeDocument/relationships")
    swap("<workbook ", '<workbook conformance="strict" ', BOOK)(parts)


def count_from_1904(parts: Parts) -> None:
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(rb"(?<=<v>)(4[5-9]\d{3})(?=</v>)", lambda found: b"%d" % (int(found[1]) - 1_462), parts[name])
    swap("<workbookPr", '<workbookPr date1904="1"', BOOK)(parts)


def lose_addresses(parts: Parts) -> None:
    name = resolve(parts, AREA)
    parts[name] = re.sub(rb'(<row|<c) r="\w+"', rb"\1", parts[name])


def prefix_elements(parts: Parts) -> None:
    name = resolve(parts, AREA)
    parts[name] = re.sub(rb"(</?)(\w)", rb"\1x:\2", parts[name]).replace(b'xmlns="', b'xmlns:x="', 1)


def edit(parts: Parts, mark: str, what: str, *edits: Edit) -> Row:
    """The good return with these edits."""
    changed = dict(parts)
    for change in edits:
        change(changed)
    return mark, f"{what}.{'xlsm' if 'macros' in what else 'xlsx'}", zip_parts(changed), what


FAR_ROW = '<row r="1048576"><c r="{}" t="inlineStr"><is><t>far away</t></is></c></row></sheetData>'
WIDE_ROW = '<row r="900">' + '<c s="1"/>' * 16_383 + '<c t="n"><v>1</v></c></row></sheetData>'
SPREAD = '<row r="{}"><c r="A{}"><v>1</v></c></row>'


def edited(parts: Parts) -> Iterator[Row]:
    for mark, table in ((READABLE, whole_edits()), (READABLE, COSMETIC), (TOLD, LOSSES), (REFUSED, OTHERS)):
        for what, edits in table.items():
            yield edit(parts, mark, what, *edits)


def whole_edits() -> dict[str, tuple[Edit, ...]]:
    """What leaves every answer where it was."""
    blank = (f"Sheet{number}" for number in range(187))
    styled = "".join(f'<row r="{row}" s="1" customFormat="1" ht="15"/>' for row in range(1_001, 1_048_577))
    return {
        "a million styled blank rows": (swap("</sheetData>", f"{styled}</sheetData>"),),
        "a cell at XFD1048576": (swap("</sheetData>", FAR_ROW.format("XFD1048576")),),
        "a cell at A1048576": (swap("</sheetData>", FAR_ROW.format("A1048576")),),
        "a row of 16,384 cells": (swap("</sheetData>", WIDE_ROW),),
        "a size of the whole sheet": (swap(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),),
        "a size that is none": (swap(r'<dimension ref="[^"]*"', '<dimension ref="everywhere"'),),
        "no size": (swap(r"<dimension [^>]*>", ""),),
        "shared strings": (share,),
        "strict OOXML": (make_strict,),
        "dates from 1904": (count_from_1904,),
        "inline strings in runs": (answer(r'<c r="G4"\1><is><r><t>\2</t></r><r><t xml:space="preserve"> </t></r></is></c>'),),
        "a carriage return from a Mac": (answer(r'<c r="G4"\1><is><t>\2_x000D_</t></is></c>'),),
        "a text in CDATA": (answer(r'<c r="G4"\1><is><t><![CDATA[\2]]></t></is></c>'),),
        "a comment within an answer": (answer(r'<c r="G4"\1><is><t>\2<!-- here --></t></is></c>'),),
        "spaces round an answer": (answer('<c r="G4"\\1><is><t xml:space="preserve">\xa0 \\2 \n</t></is></c>'),),
        "a text of 40,000 characters": (cell("H4", f'<c r="H4" t="inlineStr"><is><t>{"evidence " * 4_445}</t></is></c>'),),
        "escaped control characters": (cell("H4", '<c r="H4" t="inlineStr"><is><t>a_x0001_b_x0000_c</t></is></c>'),),
        "text like formulas": (cell("H4", '<c r="H4" t="inlineStr"><is><t>=cmd|\' /C calc\'!A0</t></is></c>'),),
        "characters beyond the first plane": (cell("H4", '<c r="H4" t="inlineStr"><is><t>\U0001f393 &#x1F393; \u202egnp.exe</t></is></c>'),),
        "an error outside the answers": (cell("H4", '<c r="H4" t="e"><v>#DIV/0!</v></c>'),),
        "cells without addresses": (lose_addresses,),
        "elements with a prefix": (prefix_elements,),
        "a sheet in UTF-16": (recode(AREA, '<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),),
        "a sheet with a byte order mark": (recode(AREA, "\ufeff", "utf-8"),),
        "a sheet in Latin-1": (recode(AREA, '<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"),),
        "a sheet name with quotes": (swap(r'name="1 [^"]*"', 'name="It\'s &quot;ours&quot; &amp; &lt;theirs&gt;"', BOOK),),
        "a hidden sheet": (swap(r'(name="1 [^>]*state=")visible', r"\1hidden", BOOK),),
        "a very hidden sheet": (swap(r'(name="1 [^>]*state=")visible', r"\1veryHidden", BOOK),),
        "hidden rows and columns": (swap("<row ", '<row hidden="1" '), swap("<col ", '<col hidden="1" ')),
        "200 sheets": tuple(add_sheet(name, SPREAD.format(1, 1)) for name in blank),
        "a protected sheet": (swap("</sheetData>", '</sheetData><sheetProtection sheet="1" password="CC1A"/>'),),
        "sheets in another order": (swap(r"(<sheet [^>]*/>)(<sheet [^>]*/>)(.*?)(?=</sheets>)", r"\3\2\1", BOOK),),
        "external links": (
            put("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{MAIN}"/>'.encode()),
            relate("rIdLink", "externalLink", "externalLinks/externalLink1.xml"),
            relate("rIdFar", "externalLinkPath", "file:///\\\\\\\\server\\\\share\\\\budget.xlsx", 'TargetMode="External"'),
            swap("</sheets>", f'</sheets><externalReferences><externalReference xmlns:r="{OFFICE}" r:id="rIdLink"/></externalReferences>', BOOK),
        ),
        "macros": (
            put("xl/vbaProject.bin", compound({"PROJECT": b"ID"})),
            relate("rIdMacros", "../../../microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
            swap(r"openxmlformats-officedocument.spreadsheetml.sheet.main\+xml", "ms-excel.sheet.macroEnabled.main+xml", TYPES),
        ),
        "a picture that is none": (put("xl/media/image1.png", b"not a picture"),),
        "100,000 defined names": (swap("</definedNames>", "".join(f'<definedName name="n{n}">1</definedName>' for n in range(100_000)) + "</definedNames>", BOOK),),
        "50,000 merged places": (swap("</sheetData>", "</sheetData><mergeCells>" + "".join(f'<mergeCell ref="K{n}:L{n}"/>' for n in range(1, 50_000)) + "</mergeCells>"),),
        "60,000 styles": (swap("</cellXfs>", "<xf/>" * 60_000 + "</cellXfs>", STYLES),),
        "elements 5,000 deep": (swap("</worksheet>", "<extLst>" * 5_000 + "</extLst>" * 5_000 + "</worksheet>"),),
        "no list of content types": (drop(TYPES),),
        "two sheets whose parts are exchanged": (swap(r"sheet3\.xml(.*?)sheet4\.xml", r"sheet4.xml\1sheet3.xml", RELS),),
    }  # fmt: skip


# Faults that Excel mends or never minds; openpyxl refuses most of these files.
COSMETIC: dict[str, tuple[Edit, ...]] = {
    "a bad colour": (swap(r'<color rgb="[^"]*"', '<color rgb="teal"', STYLES),),
    "a colour of no theme": (swap(r'<color rgb="[^"]*"', '<color theme="999"', STYLES),),
    "a bad font size": (swap(r'<sz val="[^"]*"', '<sz val="large"', STYLES),),
    "a bad font family": (swap(r'<family val="[^"]*"', '<family val="99"', STYLES),),
    "a bad border": (swap(r"<border>.*?</border>", '<border><left style="wavy"/></border>', STYLES),),
    "a bad pattern": (swap(r'patternType="[^"]*"', 'patternType="stars"', STYLES),),
    "a bad number format": (swap(r'numFmtId="\d+"', 'numFmtId="date"', STYLES),),
    "a bad alignment": (swap(r'(<alignment [^>]*?)vertical="\w+"', r'\1vertical="sideways"', STYLES),),
    "an unknown attribute of the workbook": (swap("<workbookView ", '<workbookView mood="good" ', BOOK),),
    "an unknown attribute of a sheet": (swap("<sheetView ", '<sheetView mood="good" '),),
    "an unknown attribute of a cell": (swap("<c ", '<c mood="good" '),),
    "an unknown attribute of a style": (swap("<xf ", '<xf mood="good" ', STYLES),),
    "a bad style index": (swap(r'<c r="G4" s="\d+"', '<c r="G4" s="9999"'),),
    "a style index that is no number": (swap(r'<c r="B4" s="\d+"', '<c r="B4" s="bold"'),),
    "an unknown element": (swap("</sheetData>", "</sheetData><mood>good</mood>"),),
    "a bad data validation": (swap(r'<dataValidation [^>]*type="list"', '<dataValidation sqref="G4" type="guess" operator="perhaps"'),),
    "a data validation without a place": (swap(r'<dataValidation sqref="[^"]*"', "<dataValidation"),),
    "a bad defined name": (swap("</definedNames>", '<definedName name="1 not a name" localSheetId="999">#REF!</definedName></definedNames>', BOOK),),
    "a defined name that lost its cell": (swap(r"(<definedName [^>]*>)[^<]*", r"\1#REF!", BOOK),),
    "a bad conditional format": (swap("</sheetData>", '</sheetData><conditionalFormatting sqref="nowhere"><cfRule type="mood" dxfId="x"/></conditionalFormatting>'),),
    "a bad hyperlink": (swap("</worksheet>", f'<hyperlinks><hyperlink xmlns:r="{OFFICE}" ref="B4" r:id="rId999"/></hyperlinks></worksheet>'),),
    "a bad drawing": (swap("</worksheet>", f'<drawing xmlns:r="{OFFICE}" r:id="rId999"/></worksheet>'),),
    "a bad legacy drawing": (swap("</worksheet>", f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId998"/></worksheet>'),),
    "a bad date in the core properties": (swap(r"(<dcterms:created[^>]*>)[^<]*", r"\1last Tuesday", CORE),),
    "broken core properties": (put(CORE, b"<cp:coreProperties"),),
    "no core properties": (drop(CORE),),
    "no theme": (drop("xl/theme/theme1.xml"),),
    "a broken theme": (put("xl/theme/theme1.xml", b"<a:theme"),),
    "no styles": (drop(STYLES),),
    "a bad freeze pane": (swap(r"<pane [^>]*>", '<pane xSplit="many" topLeftCell="?" activePane="middle" state="cold"/>'),),
    "overlapping merges": (swap("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A4:C5"/><mergeCell ref="B5:G6"/></mergeCells>'),),
    "a merge of nothing": (swap("</sheetData>", '</sheetData><mergeCells><mergeCell ref=""/></mergeCells>'),),
    "a bad column width": (swap(r'<col width="[^"]*"', '<col width="wide"'),),
    "a bad row height": (swap(r'ht="[^"]*"', 'ht="tall"'),),
    "a bad page": (swap(r'<pageSetup orientation="\w+"', '<pageSetup orientation="diagonal"'),),
    "a bad margin": (swap(r'<pageMargins left="[^"]*"', '<pageMargins left="a little"'),),
    "a bad tab": (swap(r'activeTab="\d+"', 'activeTab="999"', BOOK),),
    "a bad state of a sheet": (swap(r'state="visible"', 'state="shy"', BOOK),),
    "a bad print area": (swap("</definedNames>", '<definedName name="_xlnm.Print_Area" localSheetId="2">everywhere</definedName></definedNames>', BOOK),),
    "a bad filter": (swap("</sheetData>", '</sheetData><autoFilter ref="all"/>'),),
    "a bad extension": (swap("</worksheet>", '<extLst><ext uri="{x}"><x14:mood xmlns:x14="urn:x">good</x14:mood></ext></extLst></worksheet>'),),
    "a bad application": (put("docProps/app.xml", b"<Properties><TotalTime>long</TotalTime></Properties>"),),
}  # fmt: skip

# What takes an answer away, or leaves it in doubt.
LOSSES: dict[str, tuple[Edit, ...]] = {
    "an error in an answer": (cell("G4", '<c r="G4" t="e"><v>#REF!</v></c>'),),
    "a formula with its value in an answer": (answer(r'<c r="G4" t="str"><f>"\2"</f><v>\2</v></c>'),),
    "a formula without its value in an answer": (answer(r'<c r="G4"><f>"\2"</f></c>'),),
    "a formula from another workbook in an answer": (cell("G4", '<c r="G4" t="e"><f>[1]Sheet1!A1</f><v>#REF!</v></c>'),),
    "a truth in an answer": (cell("G4", '<c r="G4" t="b"><v>1</v></c>'),),
    "a number in an answer": (cell("G4", '<c r="G4"><v>1E+308</v></c>'),),
    "a number that is none in an answer": (cell("G4", '<c r="G4"><v>many</v></c>'),),
    "an unknown type in an answer": (cell("G4", '<c r="G4" t="mood"><v>good</v></c>'),),
    "a text of 40,000 characters in an answer": (cell("G4", f'<c r="G4" t="inlineStr"><is><t>{"Advanced " * 4_445}</t></is></c>'),),
    "an empty text in an answer": (cell("G4", '<c r="G4" t="inlineStr"><is><t>\u200b</t></is></c>'),),
    "an answer twice, differently": (answer(r'<c r="G4"\1><is><t>\2</t></is></c><c r="G4"\1><is><t>Not yet in place</t></is></c>'),),
    "a shared string that is not there": (cell("G4", '<c r="G4" t="s"><v>999999</v></c>'), share),
    "a shared string with a negative number": (cell("G4", '<c r="G4" t="s"><v>-1</v></c>'), share),
    "no shared strings": (share, drop(STRINGS)),
    "shared strings cut short": (share, truncate(STRINGS)),
    "a sheet cut short": (truncate(AREA),),
    "an empty sheet part": (put(AREA, b""),),
    "a sheet part of zeros": (put(AREA, bytes(9_000)),),
    "a sheet part of noise": (put(AREA, noise(9_000)),),
    "a sheet without its table": (swap("<sheetData>.*</sheetData>", "<sheetData/>"),),
    "no sheet part": (drop(AREA),),
    "a sheet that does not close": (swap("</row>", ""),),
    "an attribute twice": (swap('<c r="G4"', '<c r="G4" r="G4"'),),
    "an ampersand by itself": (swap("<t>", "<t>Health & Safety "),),
    "control characters in the XML": (cell("H4", '<c r="H4" t="inlineStr"><is><t>a&#1;b\x01c</t></is></c>'),),
    "zero bytes in the XML": (cell("H4", '<c r="H4" t="inlineStr"><is><t>a\0b</t></is></c>'),),
    "bytes that are no UTF-8": (recode(AREA, '<?xml version="1.0" encoding="UTF-8"?><!-- \xe9 -->', "latin-1"),),
    "no workbook part": (drop(BOOK),),
    "a workbook part cut short": (truncate(BOOK),),
    "no relations": (drop(RELS),),
    "broken relations": (truncate(RELS),),
    "no relations at all": (drop("_rels/.rels"), drop(RELS)),
    "a sheet whose relation is gone": (swap(r'r:id="rId3"', 'r:id="rId999"', BOOK),),
    "a sheet that leads out of the file": (swap(r'Target="[^"]*sheet3.xml"', 'Target="../../../../etc/passwd"', RELS),),
    "a sheet on the web": (swap(r'Target="[^"]*sheet3.xml"', 'Target="http://example/sheet.xml" TargetMode="External"', RELS),),
    "a sheet that is a chart": (swap('/worksheet" Target="[^"]*sheet3', '/chartsheet" Target="/xl/worksheets/sheet3', RELS),),
    "two sheets from one part": (swap(r"sheet4\.xml", "sheet3.xml", RELS),),
    "two sheets with the same name": (swap(r'name="2 [^"]*"', 'name="1 Leadership, Governance"', BOOK),),
    "a sheet without a name": (swap(r'name="1 [^"]*"', 'name=""', BOOK),),
    "a row number beyond the sheet": (swap('<row r="4"', '<row r="99999999"'),),
    "a row number of nought": (swap('<row r="4"', '<row r="0"'),),
    "a row number below nought": (swap('<row r="4"', '<row r="-4"'),),
    "a row twice": (swap('<row r="5"', '<row r="4"'),),
    "an address that is none": (swap('<c r="G4"', '<c r="here"'),),
    "an address beyond the sheet": (swap('<c r="G4"', '<c r="ZZZZZ4"'),),
    "an address of another row": (swap('<c r="G4"', '<c r="G5"'),),
}  # fmt: skip


# What is no return at all.
OTHERS: dict[str, tuple[Edit, ...]] = {
    "no sheets": (swap("<sheets>.*</sheets>", "<sheets/>", BOOK),),
    "another workbook": (swap("<sheet .*</sheets>", "</sheets>", BOOK), add_sheet("Dinner money", SPREAD.format(1, 1))),
}

# Other formats.


def compounds() -> Iterator[Row]:
    begin, end = (0x809, b"\0\6\5\0" + bytes(12)), (0x0A, b"")
    sheet = struct.pack("<IHB", 0x7FFFFFFF, 0, 5) + b"\0Area1"
    book, endless = compound({"Workbook": records(begin, end)}), b"\xff\xff\xff\x7f" * 2 + b"\xff\xff"
    counts = struct.Struct("<I")
    for what, content in (
        ("garbage after the signature", OLE + noise(5_000)),
        ("the signature alone", OLE),
        ("a header alone", book[:512]),
        ("half a file", book[: len(book) // 2]),
        ("a workbook of garbage", compound({"Workbook": noise(9_000)})),
        ("a workbook of zeros", compound({"Workbook": bytes(9_000)})),
        ("a workbook without sheets", book),
        ("a sheet beyond the end", compound({"Workbook": records(begin, (0x85, sheet), end)})),
        ("strings that do not end", compound({"Workbook": records(begin, (0xFC, endless), end)})),
        ("a chain that goes in a circle", book[: 512 + 4 * 5] + counts.pack(2) + book[512 + 4 * 6 :]),
        ("a billion sectors", book[:44] + counts.pack(10**9) + book[48:]),
        ("a table of tables in a circle", book[:44] + counts.pack(10**6) + book[48:68] + struct.pack("<II", 0, 7_874) + book[76:]),
        ("sectors of impossible size", book[:30] + b"\xff\xff" + book[32:]),
    ):  # fmt: skip
        yield REFUSED, f"{what}.xls", content, f"an xls with {what}"


def opendocument(parts: Mapping[str, bytes], *, kind: str = "spreadsheet", manifest: str = "") -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>{manifest}'
    listed = (
        f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry}</manifest:manifest>'
    )
    return zip_parts({"mimetype": mimetype.encode(), **parts, "META-INF/manifest.xml": listed.encode()})


def spreadsheets(good: bytes) -> Iterator[Row]:
    """OpenDocument spreadsheets with the good return's texts."""
    text, table = content_of(good), "</table:table>"
    again = '<table:table-cell table:number-columns-repeated="{}" office:value-type="string"><text:p>again</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="{}"/>'

    def add(rows: int | str, cells: str, times: int = -1) -> str:
        row = f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'
        return text.replace(table, row + table, times)

    for what, mark, content in (
        ("its texts alone", READABLE, text),
        ("a million blank rows", READABLE, add(1_048_000, blank.format(1))),
        ("a million wide blank rows", READABLE, add(1_048_000, blank.format(16_384))),
        ("two thousand million rows", READABLE, add(2_147_483_647, blank.format(16_384))),
        ("rows more than can be counted", READABLE, add(10**30, blank.format(10**30))),
        ("a text far to the right", READABLE, add(1, blank.format(16_383) + again.format(1))),
        ("a text a million times downwards", READABLE, add(1_000_000, again.format(1), 1)),
        ("a text two thousand million times", READABLE, add(1, again.format(2_000_000_000), 1)),
        ("a repetition that is no number", READABLE, add("many", blank.format(1), 1)),
        ("a repetition below nought", READABLE, add(-1, blank.format(-1), 1)),
        ("bad XML", TOLD, text[: len(text) * 2 // 3]),
        ("no XML", REFUSED, ""),
        ("a DOCTYPE", REFUSED, "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + text),
    ):
        yield mark, f"{what}.ods", opendocument({"content.xml": content.encode()}), f"an ods with {what}"
    yield REFUSED, "no content.ods", opendocument({"styles.xml": b"<x/>"}), "an ods with no content"


def content_of(good: bytes) -> str:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    tables = []
    for sheet in load_workbook(BytesIO(good)).worksheets:
        rows = "".join(
            f"<table:table-row>{''.join(map(_cell_of, row))}</table:table-row>" for row in sheet.iter_rows(values_only=True)
        )
        tables.append(f'<table:table table:name="{escape(sheet.title)}">{rows}</table:table>')
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    return f'<office:document-content {names} office:version="1.2">{body}</office:document-content>'


def _cell_of(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    text = f"{value.date()}" if hasattr(value, "date") else str(value)
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


# Zip attachments.


def bundles(good: bytes) -> Iterator[Row]:
    inner = zip_parts({"return.xlsx": good})
    for what, mark, content in (
        ("a return in folders", READABLE, zip_parts({"Returns/": b"", "Returns/Autumn/return.xlsx": good, "__MACOSX/Returns/._return.xlsx": b"\0\5\x16\7"})),
        ("a zip in a zip", REFUSED, zip_parts({"inner.zip": inner})),
        ("a zip in a zip in a zip", REFUSED, zip_parts({"inner.zip": zip_parts({"inner.zip": inner})})),
        ("only a PDF", REFUSED, zip_parts({"return.pdf": b"%PDF-1.7"})),
        ("folders alone", REFUSED, zip_parts({"Returns/": b"", "__MACOSX/x": b"x"})),
        ("300 files", REFUSED, zip_parts({f"{number}.txt": b"x" for number in range(300)})),
        ("a file that climbs out", REFUSED, zip_parts({"../../return.xlsx": good})),
        ("the same name twice", REFUSED, zip_of([member("return.xlsx", good), member("return.xlsx", b"")])),
        ("a bomb", REFUSED, zip_of([repeated(bytes(MEGABYTE), 1_000)])),
        ("a damaged return", REFUSED, zip_of([member("return.xlsx", good)._replace(crc=1)])),
    ):  # fmt: skip
        yield mark, f"{what}.zip", content, f"a zip with {what}"

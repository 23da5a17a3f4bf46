"""What a file really is, whatever its suffix, and whether it is safe to open.

Source of the limits: shared/techniques.md, "Safety of a returned .docx" and "Reading Excel returns".
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import olefile  # type: ignore[import-untyped]

from pipeline.model.finding import Finding, Place, find

MB = 1_000_000
MOST_BYTES = 25 * MB  # what a school's e-mail carries; a completed workbook has 0.06 MB
MOST_PARTS = 3_000  # a completed workbook has 25; Excel's own largest are in the hundreds
MOST_UNPACKED = 150 * MB  # a completed workbook has 0.5 MB; a worker may use 1 GB, and a reader needs several times the text
LARGEST_PART = 60 * MB  # a sheet whose million rows were all formatted has 45 MB
HIGHEST_RATIO, RATIO_FROM = 200, MB  # real sheets shrink 5 to 50 times, zeros 1,000 times; small parts say nothing
MOST_MEMBERS = 200  # files in a zip attachment: a large trust sends 80
PROLOG = 65_536  # what may stand before an XML part's first element; Excel writes 60 characters
CHUNK = 262_144

_ZIP, _ZIP_END, _OLE = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """A file that can be opened. `BUNDLE` is a plain zip with files in it."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    BUNDLE = "zip"


class Refusal(NamedTuple):
    """Why a file is not opened: the check's code, what was seen, and what mends it."""

    code: str
    seen: str
    remedy: str


# What schools send instead of a workbook → what it is, and what to do. A row each, to be read as a table.
_FOREIGN: Mapping[str, tuple[str, str]] = {
    "empty": ("an empty file", "Ask the school to send the workbook again: nothing of it arrived."),
    "zeros": ("a file of zero bytes only", "Ask the school to send the workbook again: its size arrived, its content did not."),
    "pdf": ("a PDF", "Ask the school for the Excel workbook itself, not a print of it."),
    "word": ("a Word document", "Ask the school to put its answers into the Excel workbook that you sent, and to return that."),
    "slides": ("a PowerPoint presentation", "Ask the school for the Excel workbook: it may have attached the wrong file."),
    "apple": ("an Apple Numbers or Pages document", "Ask the school to choose File, Export To, Excel and send that file."),
    "html": ("a web page with a workbook's name", "Ask the school to open it in Excel and save it as an Excel Workbook."),
    "mhtml": ("a workbook saved as a web archive", "Ask the school to save it as an Excel Workbook, not as a Web Page."),
    "xml2003": ("a workbook saved as XML of 2003", "Ask the school to save it as an Excel Workbook, not as XML Spreadsheet."),
    "xml": ("an XML file", "Ask the school which program made it, and for the Excel workbook itself."),
    "rtf": ("a rich text document", "Ask the school for the Excel workbook: its answers cannot be read from rich text."),
    "text": ("a CSV or other text file", "Ask the school for the Excel workbook itself: a text file holds one sheet at most."),
    "google": ("a pointer to a Google Sheet", "Ask the school to choose File, Download, Microsoft Excel and send that."),
    "link": ("a shortcut to a file", "Ask the school to attach the workbook itself, not a link to it."),
    "lock": ("the lock file of an open workbook", "Delete it, and check that the workbook itself, without ~$, has arrived."),
    "companion": ("a Mac's hidden companion file", "Delete it, and check that the workbook itself, without ._, has arrived."),
    "stub": ("a placeholder of a cloud folder", "Ask the school to download the workbook from its cloud folder and send it."),
    "password": ("a workbook locked with a password", "Ask the school to take the password off and send the workbook again."),
    "locked zip": ("a zip file locked with a password", "Unlock it, and put the workbooks themselves into the returns folder."),
    "mail": ("an e-mail", "Open the e-mail and save the workbook attached to it into the returns folder instead."),
    "winmail": ("an attachment wrapped by Outlook", "Ask the school to send the workbook again, in an e-mail of plain text."),
    "picture": ("a picture or video", "Ask the school for the Excel workbook itself, not a photograph or screenshot of it."),
    "opendocument": ("an OpenDocument text or drawing", "Ask the school for its spreadsheet: this is no spreadsheet."),
    "archive": ("a RAR, 7z or other archive", "Ask the school to send the workbook itself, or in a plain zip file."),
    "nested": ("a zip file inside a zip file", "Unpack it, and put the workbooks themselves into the returns folder."),
    "bare": ("a zip file with nothing in it", "Ask the school to attach the workbook itself: the zip file holds no file."),
    "packing": ("a zip file packed in an uncommon way", "Ask the school to send the workbook itself, not packed."),
    "cut": ("a file that is cut short", "Ask the school to send the workbook again: only its first part arrived."),
    "damaged": ("a damaged file", "Ask the school to open the workbook in Excel, save it under a new name and send that copy."),
    "old": ("a workbook of Excel 4 or older", "Ask the school to open it in a current Excel, save it as .xlsx and send that."),
    "office": ("an Office file, not a workbook", "Ask the school for the Excel workbook: this is another program's."),
    "program": ("a program", "Do not open it; delete it and tell the school what came in its name."),
    "other": ("a file of a kind that is not known", "Ask the school what this is, and for the Excel workbook itself."),
}  # fmt: skip

_TOO_MANY = Refusal(
    "RT305",
    f"more than {MOST_PARTS:,} parts",
    "Ask the school to put its answers into a fresh copy of the workbook that you sent.",
)

# How a file begins, where its first bytes say it.
_BYTES = {
    "companion": rb"\x00\x05\x16\x07",
    "pdf": rb"[\s\xef\xbb\xbf]*%PDF-",
    "rtf": rb"\s*\{\\rtf",
    "archive": rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh\d1AY|\xfd7zXZ|MSCF\0|.{257}ustar",
    "picture": rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0{4}|.{4}ftyp|RIFF.{4}WEBP",
    "program": rb"MZ[^\r\n]?\0|\x7fELF",
    "winmail": rb"\x78\x9f\x3e\x22",
    "link": rb"L\0\0\0\x01\x14\x02\0|bplist00(?=.*https?:)",
    "stub": rb"bplist00",
    "old": rb"\x09[\x00\x02\x04]\x06\0|\x09\0\x04\0",
}
# The same for text, in small letters, without the spaces before it.
_TEXTS = {
    "google": r"\{.*(doc_id|docs\.google\.com|drive\.google\.com)",
    "link": r"\[internetshortcut\]|\[desktop entry\]|<\?xml.*<plist.*<key>url</key>",
    "mhtml": r"(?=.*multipart/related).*(x-document-type: *workbook|snapshot-content-location|saved by)",
    "mail": r"(from |[a-z-]+:)(.*\n)?(from|to|received|mime-version|message-id|return-path):",
    "html": r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|meta|style|script|body|div|table)\b",
    "xml2003": r"<\?xml.*urn:schemas-microsoft-com:office:spreadsheet",
    "xml": r"<\?xml",
    "text": r"",
}
_LOOKS = [(word, re.compile(look, re.DOTALL)) for word, look in _BYTES.items()]
_READINGS = [(word, re.compile(look, re.DOTALL)) for word, look in _TEXTS.items()]
_NAMES = [
    ("lock", re.compile(r"~\$|\.~lock\.")),
    ("companion", re.compile(r"\._")),
    ("stub", re.compile(r".*\.icloud$")),
    ("google", re.compile(r".*\.gsheet$")),
    ("link", re.compile(r".*\.(url|webloc|lnk)$")),
]
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Absolute, upwards, Windows' own separator, unprintable or reversing marks, longer than a file system allows.
_UNSAFE_NAME = re.compile(r"^/|^[a-z]:|(^|/)\.\.(/|$)|[\\\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]|^.{256}")
_APPLE = re.compile(r"(^|\.(numbers|pages|key)/)(index/.*\.iwa|index\.apxl|buildversionhistory\.plist)$|\.numbers/index\.zip$")
_SHEET_NAME = re.compile(r".*\.(xls[xmb]?|ods)$")
_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"<\0\0\0": "utf-32-le", b"\0\0\0<": "utf-32-be",
    b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be", b"\xef\xbb\xbf": "utf-8",
}  # fmt: skip


def look_inside(content: bytes, name: str) -> tuple[Kind | None, tuple[Finding, ...]]:
    """What a file is, if it may be opened. Nothing is written, and no more is unpacked than the limits allow.

    Findings: RT301 (something else, locked, damaged or cut short), RT305 (not safe to open). Either way there is no kind.
    """
    verdict = _judge(content, re.split(r"[/\\›]", name)[-1].strip().casefold())
    return (verdict, ()) if isinstance(verdict, Kind) else (None, (_find(verdict, name),))


def unpack(content: bytes, name: str) -> tuple[tuple[tuple[str, bytes], ...], tuple[Finding, ...]]:
    """The files of a `BUNDLE` with their contents, each named “bundle › its path”; nothing is written to disk.

    Findings: RT301 (a file that is damaged or is itself a bundle, a bundle without files), RT305 (the bundle is not safe).
    """
    members = _list_members(content)
    if isinstance(members, Refusal):
        return (), (_find(members, name),)
    wanted = [member for member in members if not _is_furniture(member.orig_filename)]
    if len(wanted) > MOST_MEMBERS:
        seen = f"a zip file with {len(wanted):,} files; at most {MOST_MEMBERS} are read"
        return (), (_find(_refuse(seen, "Unpack it, and put only the workbooks into the returns folder."), name),)
    if not wanted:
        return (), (_find(_tell("bare"), name),)
    files: list[tuple[str, bytes]] = []
    findings: list[Finding] = []
    for member in wanted:
        path, unpacked = f"{name} › {member.orig_filename}", _unpack_member(content, member)
        if isinstance(unpacked, Refusal):
            findings.append(_find(unpacked, path))
        else:
            files.append((path, unpacked))
    return tuple(files), tuple(findings)


def _find(refusal: Refusal, name: str) -> Finding:
    return find(refusal.code, Place(name), refusal.seen, remedy=refusal.remedy)


def _tell(word: str) -> Refusal:
    return Refusal("RT301", *_FOREIGN[word])


def _refuse(seen: str, remedy: str) -> Refusal:
    return Refusal("RT305", seen, remedy)


def _judge(content: bytes, name: str) -> Kind | Refusal:
    packed, compound = content.startswith(_ZIP), content.startswith(_OLE)
    word = "" if packed or compound else _recognise(content, name)
    if word:
        return _tell(word)
    if len(content) > MOST_BYTES:
        seen = f"{len(content) / MB:,.0f} MB; at most {MOST_BYTES // MB} MB is opened"
        return _refuse(seen, "Ask the school to take pictures and attached files out of the workbook and send it again.")
    if compound:
        return _judge_compound(content)
    if packed or _ZIP_END in content[-65_557:]:  # a mail gateway may have put a line before the zip
        return _judge_zip(content)
    return _tell("stub" if len(content) < 1_024 and _SHEET_NAME.match(name) else "other")


def _recognise(content: bytes, name: str) -> str:
    """The word for what is neither zip nor OLE; empty where it cannot be told."""
    head = content[:4_096]
    named = next((word for word, look in _NAMES if look.match(name)), "")
    if named or not content:
        return named or "empty"
    if not content.strip(b"\0"):
        return "zeros"
    # Excel's lock file holds its user's name twice, with its length before each; Word's is three bytes shorter.
    if len(content) in (162, 165) and content[0] == content[len(content) // 3] and 0 < content[0] < 55:
        return "lock"
    looks = next((word for word, look in _LOOKS if look.match(head)), "")
    if looks:
        return looks
    encoding = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), "")
    if encoding in ("", "utf-8") and _CONTROLS.search(head):
        return ""
    text = head.decode(encoding or "latin-1", "replace").lstrip("\ufeff \t\r\n").lower()
    return next(word for word, look in _READINGS if look.match(text))


def _judge_compound(content: bytes) -> Kind | Refusal:
    """An OLE file: the container of Office before 2007, of locked workbooks and of Outlook."""
    try:
        shift, mini_shift, *counts = struct.unpack_from("<30xHH10xI16xI4xI", content)
        if (shift, mini_shift) not in ((9, 6), (12, 6)) or max(counts) > len(content) >> shift:
            return _tell("damaged")  # olefile believes these counts, and may be made to read in a circle
        with olefile.OleFileIO(BytesIO(content)) as compound:
            streams = {str(kid.name): int(kid.size) for kid in compound.root.kids}
            main = next((name for name in ("Workbook", "Book") if name in streams), "")
            if main and max(streams[main], compound.root.size) > len(content):
                return _tell("damaged")
            start = compound.openstream(main).read(65_536) if main else b""
    except Exception:  # whatever olefile stumbles over, it is this file's trouble alone
        return _tell("damaged")
    if "EncryptedPackage" in streams or "\tDRMContent" in streams or _has_password(start):
        return _tell("password")
    if main:
        return Kind.XLS
    words = {"WordDocument": "word", "PowerPoint Document": "slides", "__properties_version1.0": "mail"}
    return _tell(next((word for stream, word in words.items() if stream in streams), "office"))


def _has_password(start: bytes) -> bool:
    """Whether FILEPASS (002F) stands among the first records of an .xls, before its sheets (0085) and its end (000A)."""
    place = 0
    while place + 4 <= len(start):
        record, size = struct.unpack_from("<HH", start, place)
        if record in (0x2F, 0x85, 0x0A):
            return bool(record == 0x2F)
        place += 4 + size
    return False


def _judge_zip(content: bytes) -> Kind | Refusal:
    members = _list_members(content)
    if isinstance(members, Refusal):
        return members
    kind = _classify(content, members)
    if isinstance(kind, Refusal) or kind is Kind.BUNDLE:  # a bundle's files are each looked into when it is unpacked
        return kind
    return next(filter(None, (_check_part(content, member) for member in members)), kind)


def _list_members(content: bytes) -> tuple[ZipInfo, ...] | Refusal:
    """The zip's directory, if it keeps within the limits; nothing is unpacked yet."""
    if _ZIP_END not in content[-65_557:]:
        return _tell("cut")
    if content.count(b"PK\x01\x02") > 20 * MOST_PARTS:  # the directories of zip files inside it are counted too
        return _TOO_MANY
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = tuple(archive.infolist())
    except Exception:  # a broken directory has many ways to fail; none of them tells a person more
        return _tell("damaged")
    if not members:
        return _tell("bare")
    if any(member.flag_bits & 1 for member in members):
        is_office = any(member.orig_filename.startswith("xl/") for member in members)
        return _tell("password" if is_office else "locked zip")
    return _check_members(members) or members


def _classify(content: bytes, members: Sequence[ZipInfo]) -> Kind | Refusal:
    """Which kind of zip, by its parts' names; an unusual one by what it says of itself."""
    parts = {member.orig_filename.casefold(): member for member in members}
    folders = {name.partition("/")[0] for name in parts if "/" in name}

    def read(name: str) -> bytes:
        taken = _read_member(content, parts[name], MB) if name in parts else b""
        return taken if isinstance(taken, bytes) else b""

    mimetype = read("mimetype") or read("meta-inf/manifest.xml")
    if b"application/vnd.oasis.opendocument" in mimetype:
        if b"encryption-data" in read("meta-inf/manifest.xml"):
            return _tell("password")
        return Kind.ODS if b"opendocument.spreadsheet" in mimetype else _tell("opendocument")
    if parts.keys() & {"[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin"}:
        types = read("[content_types].xml").lower()
        if "xl/workbook.bin" in parts or b"sheet.binary.macroenabled.main" in types:
            return Kind.XLSB
        if "xl" in folders or b"sheet.main+xml" in types or b"sheet.macroenabled.main" in types:
            return Kind.XLSX
        return _tell(next((word for folder, word in (("word", "word"), ("ppt", "slides")) if folder in folders), "office"))
    return _tell("apple") if any(map(_APPLE.search, parts)) else Kind.BUNDLE


def _check_members(members: Sequence[ZipInfo]) -> Refusal | None:
    """The guards on what a zip declares of itself."""
    if len(members) > MOST_PARTS:
        return _TOO_MANY
    names = [member.orig_filename.casefold() for member in members]
    if len(set(names)) < len(names):
        return _refuse(
            "two parts of the same name", "Ask the school to open it in Excel, save it as a new workbook and send that."
        )
    if any(map(_UNSAFE_NAME.search, names)):
        return _refuse(
            "a part with an unsafe name",
            "Do not unpack it; ask the school to send the workbook as Excel saves it.",
        )
    unpacked, largest = sum(member.file_size for member in members), max(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        seen = f"{unpacked / MB:,.0f} MB when unpacked; at most {MOST_UNPACKED // MB} MB is opened"
        return _refuse(seen, "Ask the school to copy its answers into the workbook that you sent, and to return that.")
    if largest > LARGEST_PART:
        seen = f"a part of {largest / MB:,.0f} MB; at most {LARGEST_PART // MB} MB is opened"
        return _refuse(seen, "Ask the school to delete the formatted empty rows below its tables and send the workbook again.")
    swollen = [one for one in members if one.file_size > max(RATIO_FROM, HIGHEST_RATIO * one.compress_size)]
    if swollen:
        seen = f"a part that grows more than {HIGHEST_RATIO} times when unpacked"
        return _refuse(seen, "Do not open it; ask the school whether it meant to send this file.")
    return None


def _is_furniture(name: str) -> bool:
    """A folder, or what Macs and Windows put into every zip."""
    last = name.rpartition("/")[2].casefold()
    return name.startswith("__MACOSX/") or last in ("", ".ds_store", "thumbs.db", "desktop.ini")


def _check_part(content: bytes, member: ZipInfo) -> Refusal | None:
    """A part must be whole, and declare nothing before its root."""
    head = _read_member(content, member, PROLOG)
    if isinstance(head, Refusal):
        return head
    if _declares(head):
        remedy = "Ask the school to open it in Excel, save it as an Excel Workbook (.xlsx) and send that."
        return _refuse("a part with declarations of its own (DOCTYPE)", remedy)
    return None


def _read_member(content: bytes, member: ZipInfo, keep: int) -> bytes | Refusal:
    """The first `keep` bytes of a member, all of which was unpacked, piece by piece, and found whole."""
    pieces: list[bytes] = []
    kept = size = crc = 0
    try:
        for piece in pour(content, member):
            if kept < keep:
                pieces.append(piece[: keep - kept])
                kept += len(pieces[-1])
            size, crc = size + len(piece), zlib.crc32(piece, crc)
    except NotImplementedError:
        return _tell("packing")
    except (ValueError, zlib.error, struct.error):
        return _tell("damaged")
    if size > member.file_size:
        return _refuse(
            "a part that is larger than it says", "Ask the school to open it in Excel, save it as another file and send that."
        )
    return b"".join(pieces) if size == member.file_size and crc == member.CRC else _tell("damaged")


def pour(content: bytes, member: ZipInfo) -> Iterator[bytes]:
    """What a zip's member holds, in pieces; at most one byte more than it declares, which shows a lie.

    Raises: NotImplementedError for an uncommon packing; ValueError, zlib.error or struct.error for a damaged one.
    """
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotImplementedError
    signature, name, extra = struct.unpack_from("<4s22xHH", content, member.header_offset)
    if signature != _ZIP[0]:
        raise ValueError
    start, left = member.header_offset + 30 + name + extra, member.file_size + 1
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == ZIP_STORED or not packed:
        yield bytes(packed[:left])
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for place in range(0, len(packed), CHUNK):
        waiting: bytes | memoryview = packed[place : place + CHUNK]
        while left and not stream.eof:
            piece = stream.decompress(waiting, min(left, CHUNK))
            if not piece and not stream.unconsumed_tail:
                break
            waiting, left = stream.unconsumed_tail, left - len(piece)
            yield piece
    if left and not stream.eof:
        raise ValueError


_PROLOG = re.compile(r"\A(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!utf-?8|utf-16|(us-)?ascii|iso-8859|windows-125)", re.IGNORECASE)


def _declares(head: bytes) -> bool:
    """Whether an XML part has a DOCTYPE or ENTITY before its root, or hides its prolog by length or encoding."""
    encoding = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), "latin-1")
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    rest = _PROLOG.sub("", text, count=1)
    hidden = len(head) == PROLOG and (rest in ("", "<") or rest.startswith("<?"))
    return hidden or rest.startswith("<!") or bool(_ENCODING.match(text))


def _unpack_member(content: bytes, member: ZipInfo) -> bytes | Refusal:
    taken = _read_member(content, member, member.file_size)
    if isinstance(taken, Refusal) or not taken.startswith(_ZIP):
        return taken
    inner = _list_members(taken)
    nested = not isinstance(inner, Refusal) and _classify(taken, inner) is Kind.BUNDLE
    return _tell("nested") if nested else taken

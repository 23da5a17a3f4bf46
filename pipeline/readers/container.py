"""What a file really is, whatever its suffix, and whether it is safe to open."""

import re
import struct
from collections.abc import Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipInfo

from pipeline.model.finding import Finding, Place, find
from pipeline.readers.recognise import recognise
from pipeline.readers.refusal import Refusal, refuse, tell
from pipeline.readers.zip_guard import MB, MOST_BYTES, MOST_MEMBERS, ZIP, ZIP_END, list_members, read_member, unpack_parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_APPLE = re.compile(r"(^|\.(numbers|pages|key)/)(index/.*\.iwa|index\.apxl|buildversionhistory\.plist)$|\.numbers/index\.zip$")
_SHEET_NAME = re.compile(r".*\.(xls[xmb]?|ods)$")


class Kind(StrEnum):
    """A file that can be opened. `BUNDLE` is a plain zip with files in it."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    BUNDLE = "zip"


class Opened(NamedTuple):
    """What a file is, and the parts of a zip, name → content, where they are small together."""

    kind: Kind
    parts: Mapping[str, bytes]


def look_inside(content: bytes, name: str) -> tuple[Kind | None, tuple[Finding, ...]]:
    """What a file is, if it may be opened. Nothing is written, and no more is unpacked than the limits allow.

    Findings: RT301 (something else, locked, damaged or cut short), RT305 (not safe to open). Either way there is no kind.
    """
    opened, findings = open_safely(content, name)
    return (opened.kind if opened else None), findings


def open_safely(content: bytes, name: str) -> tuple[Opened | None, tuple[Finding, ...]]:
    """The same, with what had to be unpacked in order to tell."""
    verdict = _judge(content, _last_part(name), whole=True)
    return (verdict, ()) if isinstance(verdict, Opened) else (None, (_find(verdict, name),))


def is_bundle(content: bytes, name: str) -> bool:
    """Whether `look_inside` would say `BUNDLE`: told by the zip's directory, no part of a workbook unpacked."""
    verdict = _judge(content, _last_part(name), whole=False)
    return isinstance(verdict, Opened) and verdict.kind is Kind.BUNDLE


def unpack(content: bytes, name: str) -> tuple[tuple[tuple[str, bytes], ...], tuple[Finding, ...]]:
    """The files of a `BUNDLE` with their contents, each named “bundle › its path”; nothing is written to disk.

    Findings: RT301 (a file that is damaged or is itself a bundle, a bundle without files), RT305 (the bundle is not safe).
    """
    members = list_members(content)
    if isinstance(members, Refusal):
        return (), (_find(members, name),)
    wanted = [member for member in members if not _is_furniture(member.orig_filename)]
    if len(wanted) > MOST_MEMBERS:
        seen = f"a zip file with {len(wanted):,} files; at most {MOST_MEMBERS} are read"
        return (), (_find(refuse(seen, "Unpack it, and put only the workbooks into the returns folder."), name),)
    if not wanted:
        return (), (_find(tell("bare"), name),)
    files: list[tuple[str, bytes]] = []
    findings: list[Finding] = []
    for member in wanted:
        path, unpacked = f"{name} › {member.orig_filename}", _unpack_member(content, member)
        if isinstance(unpacked, Refusal):
            findings.append(_find(unpacked, path))
        else:
            files.append((path, unpacked))
    return tuple(files), tuple(findings)


def _last_part(name: str) -> str:
    return re.split(r"[/\\›]", name)[-1].strip().casefold()


def _find(refusal: Refusal, name: str) -> Finding:
    return find(refusal.code, Place(name), refusal.seen, remedy=refusal.remedy)


def _judge(content: bytes, name: str, *, whole: bool) -> Opened | Refusal:
    """`whole` asks for every part of a zip to be unpacked within the limits and found sound."""
    packed, compound = content.startswith(ZIP), content.startswith(_OLE)
    word = "" if packed or compound else recognise(content, name)
    if word:
        return tell(word)
    if len(content) > MOST_BYTES:
        seen = f"{len(content) / MB:,.0f} MB; at most {MOST_BYTES // MB} MB is opened"
        return refuse(seen, "Ask the school to take pictures and attached files out of the workbook and send it again.")
    if compound:
        kind = _judge_compound(content)
        return kind if isinstance(kind, Refusal) else Opened(kind, {})
    if packed or ZIP_END in content[-65_557:]:  # a mail gateway may have put a line before the zip
        return _judge_zip(content, whole=whole)
    return tell("stub" if len(content) < 1_024 and _SHEET_NAME.match(name) else "other")


def _judge_compound(content: bytes) -> Kind | Refusal:
    """An OLE file: the container of Office before 2007, of locked workbooks and of Outlook."""
    import olefile  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load, and seldom needed

    try:
        shift, mini_shift, *counts = struct.unpack_from("<30xHH10xI16xI4xI", content)
        if (shift, mini_shift) not in ((9, 6), (12, 6)) or max(counts) > len(content) >> shift:
            return tell("damaged")  # olefile believes these counts, and may be made to read in a circle
        with olefile.OleFileIO(BytesIO(content)) as compound:
            streams = {str(kid.name): int(kid.size) for kid in compound.root.kids}
            main = next((name for name in ("Workbook", "Book") if name in streams), "")
            if main and max(streams[main], compound.root.size) > len(content):
                return tell("damaged")
            start = compound.openstream(main).read(65_536) if main else b""
    except Exception:  # whatever olefile stumbles over, it is this file's trouble alone
        return tell("damaged")
    if "EncryptedPackage" in streams or "\tDRMContent" in streams or _has_password(start):
        return tell("password")
    if main:
        return Kind.XLS
    words = {"WordDocument": "word", "PowerPoint Document": "slides", "__properties_version1.0": "mail"}
    return tell(next((word for stream, word in words.items() if stream in streams), "office"))


def _has_password(start: bytes) -> bool:
    """Whether FILEPASS (002F) stands among the first records of an .xls, before its sheets (0085) and its end (000A)."""
    place = 0
    while place + 4 <= len(start):
        record, size = struct.unpack_from("<HH", start, place)
        if record in (0x2F, 0x85, 0x0A):
            return bool(record == 0x2F)
        place += 4 + size
    return False


def _judge_zip(content: bytes, *, whole: bool) -> Opened | Refusal:
    members = list_members(content)
    if isinstance(members, Refusal):
        return members
    kind = _classify(content, members)
    if isinstance(kind, Refusal):
        return kind
    if kind is Kind.BUNDLE or not whole:  # a bundle's files are each looked into when it is unpacked
        return Opened(kind, {})
    parts = unpack_parts(content, members)
    return parts if isinstance(parts, Refusal) else Opened(kind, parts)


def _classify(content: bytes, members: Sequence[ZipInfo]) -> Kind | Refusal:
    """Which kind of zip, by its parts' names; an unusual one by what it says of itself."""
    parts = {member.orig_filename.casefold(): member for member in members}
    folders = {name.partition("/")[0] for name in parts if "/" in name}

    def read(name: str) -> bytes:
        taken = read_member(content, parts[name], MB) if name in parts else b""
        return taken if isinstance(taken, bytes) else b""

    mimetype = read("mimetype") or read("meta-inf/manifest.xml")
    if b"application/vnd.oasis.opendocument" in mimetype:
        if b"encryption-data" in read("meta-inf/manifest.xml"):
            return tell("password")
        return Kind.ODS if b"opendocument.spreadsheet" in mimetype else tell("opendocument")
    if parts.keys() & {"[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin"}:
        types = read("[content_types].xml").lower()
        if "xl/workbook.bin" in parts or b"sheet.binary.macroenabled.main" in types:
            return Kind.XLSB
        if "xl" in folders or b"sheet.main+xml" in types or b"sheet.macroenabled.main" in types:
            return Kind.XLSX
        return tell(next((word for folder, word in (("word", "word"), ("ppt", "slides")) if folder in folders), "office"))
    return tell("apple") if any(map(_APPLE.search, parts)) else Kind.BUNDLE


def _is_furniture(name: str) -> bool:
    """A folder, or what Macs and Windows put into every zip."""
    last = name.rpartition("/")[2].casefold()
    return name.startswith("__MACOSX/") or last in ("", ".ds_store", "thumbs.db", "desktop.ini")


def _unpack_member(content: bytes, member: ZipInfo) -> bytes | Refusal:
    taken = read_member(content, member, member.file_size)
    if isinstance(taken, Refusal) or not taken.startswith(ZIP):
        return taken
    inner = list_members(taken)
    nested = not isinstance(inner, Refusal) and _classify(taken, inner) is Kind.BUNDLE
    return tell("nested") if nested else taken

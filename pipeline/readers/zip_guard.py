"""The guards on a zip: nothing is unpacked beyond the limits, and no part declares anything of its own."""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from types import ModuleType
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pipeline.readers.refusal import Refusal, refuse, tell

inflating: ModuleType
try:  # an extra that unpacks twice as fast; what it gives is counted and summed as zlib's is
    from isal import isal_zlib as inflating
except ImportError:
    inflating = zlib

MB = 1_000_000
MOST_BYTES = 25 * MB  # what a school's e-mail carries; a completed workbook has 0.06 MB
MOST_PARTS = 3_000  # a completed workbook has 25; Excel's own largest are in the hundreds
SHORTEST_ENTRY = 46  # bytes of a zip's directory: a short file cannot have many
MOST_UNPACKED = 150 * MB  # a completed workbook has 0.5 MB; a worker may use 1 GB, and a reader needs several times the text
LARGEST_PART = 60 * MB  # a sheet whose million rows were all formatted has 45 MB
HIGHEST_RATIO, RATIO_FROM = 200, MB  # real sheets shrink 5 to 50 times, zeros 1,000 times; small parts say nothing
MOST_KEPT = 8 * MB  # unpacked and held in memory, so that it is unpacked once
MOST_MEMBERS = 200  # files in a zip attachment: a large trust sends 80
PROLOG = 65_536  # what may stand before an XML part's first element; Excel writes 60 characters
CHUNK = 262_144

ZIP, ZIP_END = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), b"PK\x05\x06"

TOO_MANY = Refusal(
    "RT305",
    f"more than {MOST_PARTS:,} parts",
    "Ask the school to put its answers into a fresh copy of the workbook that you sent.",
)

# Absolute, upwards, Windows' own separator, unprintable or reversing marks, longer than a file system allows.
_UNSAFE_NAME = re.compile(r"^/|^[a-z]:|(^|/)\.\.(/|$)|[\\\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]|^.{256}")
ENCODING_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"<\0\0\0": "utf-32-le", b"\0\0\0<": "utf-32-be",
    b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be", b"\xef\xbb\xbf": "utf-8",
}  # fmt: skip


def list_members(content: bytes) -> tuple[ZipInfo, ...] | Refusal:
    """The zip's directory, if it keeps within the limits; nothing is unpacked yet."""
    if content.rfind(ZIP_END, -65_557) < 0:
        return tell("cut")
    most = 20 * MOST_PARTS  # the directories of zip files inside it are counted too
    if len(content) > most * SHORTEST_ENTRY and content.count(b"PK\x01\x02") > most:
        return TOO_MANY
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = tuple(archive.infolist())
    except Exception:  # a broken directory has many ways to fail; none of them tells a person more
        return tell("damaged")
    if not members:
        return tell("bare")
    if any(member.flag_bits & 1 for member in members):
        is_office = any(member.orig_filename.startswith("xl/") for member in members)
        return tell("password" if is_office else "locked zip")
    return _check_members(members) or members


def _check_members(members: Sequence[ZipInfo]) -> Refusal | None:
    """The guards on what a zip declares of itself."""
    if len(members) > MOST_PARTS:
        return TOO_MANY
    names = [member.orig_filename.casefold() for member in members]
    if len(set(names)) < len(names):
        return refuse(
            "two parts of the same name", "Ask the school to open it in Excel, save it as a new workbook and send that."
        )
    if any(map(_UNSAFE_NAME.search, names)):
        return refuse(
            "a part with an unsafe name",
            "Do not unpack it; ask the school to send the workbook as Excel saves it.",
        )
    unpacked, largest = sum(member.file_size for member in members), max(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        seen = f"{unpacked / MB:,.0f} MB when unpacked; at most {MOST_UNPACKED // MB} MB is opened"
        return refuse(seen, "Ask the school to copy its answers into the workbook that you sent, and to return that.")
    if largest > LARGEST_PART:
        seen = f"a part of {largest / MB:,.0f} MB; at most {LARGEST_PART // MB} MB is opened"
        return refuse(seen, "Ask the school to delete the formatted empty rows below its tables and send the workbook again.")
    swollen = [one for one in members if one.file_size > max(RATIO_FROM, HIGHEST_RATIO * one.compress_size)]
    if swollen:
        seen = f"a part that grows more than {HIGHEST_RATIO} times when unpacked"
        return refuse(seen, "Do not open it; ask the school whether it meant to send this file.")
    return None


def unpack_parts(content: bytes, members: Sequence[ZipInfo]) -> Mapping[str, bytes] | Refusal:
    """Name → content of every part, each found whole and to declare nothing before its root. Where they are large together,
    none is kept: a reader then takes them from the file one after another."""
    is_small = sum(member.file_size for member in members) <= MOST_KEPT
    parts: dict[str, bytes] = {}
    for member in members:
        part = read_member(content, member, member.file_size if is_small else PROLOG)
        if isinstance(part, Refusal):
            return part
        if _declares(part[:PROLOG]):
            remedy = "Ask the school to open it in Excel, save it as an Excel Workbook (.xlsx) and send that."
            return refuse("a part with declarations of its own (DOCTYPE)", remedy)
        if is_small:
            parts[member.filename] = part
    return parts


def read_member(content: bytes, member: ZipInfo, keep: int) -> bytes | Refusal:
    """The first `keep` bytes of a member, all of which was unpacked, piece by piece, and found whole."""
    pieces: list[bytes] = []
    kept = size = crc = 0
    try:
        for piece in pour(content, member):
            if kept < keep:
                pieces.append(piece[: keep - kept])
                kept += len(pieces[-1])
            size, crc = size + len(piece), inflating.crc32(piece, crc)
    except NotImplementedError:
        return tell("packing")
    except (ValueError, zlib.error, inflating.error, struct.error):
        return tell("damaged")
    if size > member.file_size:
        return refuse(
            "a part that is larger than it says", "Ask the school to open it in Excel, save it as another file and send that."
        )
    return b"".join(pieces) if size == member.file_size and crc == member.CRC else tell("damaged")


def pour(content: bytes, member: ZipInfo) -> Iterator[bytes]:
    """What a zip's member holds, in pieces; at most one byte more than it declares, which shows a lie.

    Raises: NotImplementedError for an uncommon packing; ValueError, struct.error or the library's own for a damaged one.
    """
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotImplementedError
    signature, name, extra = struct.unpack_from("<4s22xHH", content, member.header_offset)
    if signature != ZIP[0]:
        raise ValueError
    start, left = member.header_offset + 30 + name + extra, member.file_size + 1
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == ZIP_STORED or not packed:
        yield bytes(packed[:left])
        return
    stream = inflating.decompressobj(-zlib.MAX_WBITS)
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


# A root at once, or behind the one line that Excel writes: the part declares nothing.
_ROOT = re.compile(rb'(<\?xml version="1\.0" encoding="UTF-8"( standalone="yes")?\?>\r?\n?)?<[A-Za-z]')
_PROLOG = re.compile(r"\A(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!utf-?8|utf-16|(us-)?ascii|iso-8859|windows-125)", re.IGNORECASE)


def _declares(head: bytes) -> bool:
    """Whether an XML part has a DOCTYPE or ENTITY before its root, or hides its prolog by length or encoding."""
    if _ROOT.match(head):
        return False
    encoding = next((encoding for mark, encoding in ENCODING_MARKS.items() if head.startswith(mark)), "latin-1")
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    rest = _PROLOG.sub("", text, count=1)
    hidden = len(head) == PROLOG and (rest in ("", "<") or rest.startswith("<?"))
    return hidden or rest.startswith("<!") or bool(_ENCODING.match(text))

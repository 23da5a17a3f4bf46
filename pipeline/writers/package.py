"""A Word document is a zip of parts. A filled one differs from its template in a few of them; the others are copied as they lie
in the template, packed. `zipfile` cannot copy a packed member, so the few bytes of structure round them are written here."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from struct import Struct

# Level 2 packs the body of a plan in 1.1 ms to 31 KB, level 6 (zlib's own choice) in 3.0 ms to 26 KB; isal in 0.3 ms to 31 KB.
_ZLIB_LEVEL, _ISAL_LEVEL = 2, 2
_RAW = -15  # zlib's word for a stream without header and checksum, as zip members are
_LOCAL, _CENTRAL, _END = Struct("<4s5H3L2H"), Struct("<4s6H3L5H2L"), Struct("<4s4H2LH")
_MADE_BY, _NEEDED = 3 << 8 | 20, 20  # as Unix does, so that the mode below is read; version 2.0 of the format
_NAMES_IN_UTF8 = 0x800
_MIDNIGHT, _DAY = 0, 1 << 5 | 1  # 1 January 1980, the earliest a zip can hold
_MODE = 0o644 << 16


@dataclass(frozen=True)
class Member:
    """A member of a zip as it lies there: `size` in bytes and `checksum` (CRC-32) are of what `packed` unpacks to."""

    name: str
    method: int
    packed: bytes
    size: int
    checksum: int


def read_members(content: bytes) -> tuple[Member, ...]:
    """The members of a zip, folders left out, in its order; of two that share a name the last, which is the one that is read.

    Raises: zipfile.BadZipFile.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {info.filename: _read(info, content) for info in archive.infolist() if not info.is_dir()}
    return tuple(members.values())


def _read(info: zipfile.ZipInfo, content: bytes) -> Member:
    *_, name, extra = _LOCAL.unpack_from(content, info.header_offset)
    start = info.header_offset + _LOCAL.size + name + extra
    packed = content[start : start + info.compress_size]
    return Member(info.filename, info.compress_type, packed, info.file_size, info.CRC)


def pack(name: str, part: bytes, *, fast: bool = False) -> Member:
    """A part as a member, packed by zlib, or by isal where `fast` is asked for, which takes a fifth of the time.

    The same part gives the same bytes from the same version of the same library; another gives bytes of its own, which unpack
    to the same part. So which one packs is asked for, not found out: two machines must not differ by what is installed there.
    Raises: ImportError, where `fast` is asked for and isal is not installed.
    """
    if fast:
        from isal import isal_zlib  # noqa: PLC0415 - an extra that few install

        packed: bytes = isal_zlib.compress(part, _ISAL_LEVEL, _RAW)
    else:
        packed = zlib.compress(part, _ZLIB_LEVEL, _RAW)
    return Member(name, zipfile.ZIP_DEFLATED, packed, len(part), zlib.crc32(part))


def join(members: Sequence[Member]) -> bytes:
    """The zip of `members`, in their order. The same members give the same bytes: times are fixed, nothing else is noted."""
    body, directory, count = bytearray(), bytearray(), len(members)
    for member in members:
        name = member.name.encode()
        flags = 0 if member.name.isascii() else _NAMES_IN_UTF8
        about = (_NEEDED, flags, member.method, _MIDNIGHT, _DAY, member.checksum, len(member.packed), member.size, len(name), 0)
        directory += _CENTRAL.pack(b"PK\1\2", _MADE_BY, *about, 0, 0, 0, _MODE, len(body)) + name
        body += _LOCAL.pack(b"PK\3\4", *about) + name + member.packed
    return bytes(body + directory + _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0))

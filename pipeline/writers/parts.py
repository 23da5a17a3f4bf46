"""What the parts of a workbook hold, and parts made anew."""

import zipfile
import zlib
from collections.abc import Iterable

from pipeline.writers.package import Member

_LEVEL = 6  # zlib's own choice, and openpyxl's: a workbook filled in is the one that openpyxl writes, to the byte
_FAST = 2
_RAW = -zlib.MAX_WBITS


def unpack(member: Member) -> bytes:
    """What a part holds. Raises: ValueError where that is not what the member says of it."""
    if member.method == zipfile.ZIP_STORED:
        content = member.packed
    elif member.method == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(_RAW).decompress(member.packed, member.size + 1)
        except zlib.error as error:
            raise ValueError("damaged") from error
    else:
        raise ValueError("an uncommon packing")
    if len(content) != member.size or zlib.crc32(content) != member.checksum:
        raise ValueError("damaged")
    return content


def make_part(name: str, pieces: Iterable[bytes], *, fast: bool = False) -> Member:
    """A part made of pieces, which never stand in memory all at once; `fast` packs in a third of the time, a fifth larger."""
    stream = zlib.compressobj(_FAST if fast else _LEVEL, zlib.DEFLATED, _RAW)
    packed, checksum, size = [], 0, 0
    for piece in pieces:
        packed.append(stream.compress(piece))
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
    packed.append(stream.flush())
    return Member(name, zipfile.ZIP_DEFLATED, b"".join(packed), size, checksum)

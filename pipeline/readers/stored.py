"""A zip of parts that are unpacked already, so that the next reader need not unpack them again: calamine does so twice."""

import struct
import zlib
from collections.abc import Mapping

_LOCAL, _ENTRY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _UTF_8, _STORED, _NEW_YEAR_1980 = 20, 0x800, 0, 33


def store(parts: Mapping[str, bytes]) -> bytes:
    """The parts, name → content, as a zip in which none is packed."""
    files: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, part in parts.items():
        coded, size = name.encode(), len(part)
        fields = (_VERSION, _UTF_8, _STORED, 0, _NEW_YEAR_1980, zlib.crc32(part), size, size, len(coded), 0)
        files += (_LOCAL.pack(b"PK\3\4", *fields), coded, part)
        directory += (_ENTRY.pack(b"PK\1\2", _VERSION, *fields, 0, 0, 0, 0, place), coded)
        place += _LOCAL.size + len(coded) + size
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(listed), place, 0)
    return b"".join((*files, listed, end))

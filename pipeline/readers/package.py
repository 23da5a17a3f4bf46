"""The parts of an Office file and how they refer to one another."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from io import BytesIO
from typing import IO
from urllib.parse import unquote

from lxml import etree

_LARGEST = 64 * 2**20  # bytes of a part that is read whole; sheets are streamed, and may be larger
_SHORT = 2**16  # bytes of relations that are kept in mind; a completed workbook has 2,000
_LINE_BREAK = re.compile(rb"<br\s*/?>", re.IGNORECASE)  # Excel leaves it open in VML, which is then no XML

Link = tuple[str, str, str]  # the reference's id, its kind (`comments`, `drawing` ...), the part


class Package:
    """The parts of a workbook, whatever the case of their names, and how they refer to one another. `parts` are those that were
    unpacked before; without them each is unpacked as it is opened."""

    def __init__(self, content: bytes, parts: Mapping[str, bytes]) -> None:
        self._archive = None if parts else zipfile.ZipFile(BytesIO(content))
        self._openers: dict[str, Callable[[], IO[bytes]]] = {_key(name): partial(BytesIO, part) for name, part in parts.items()}
        if self._archive:
            self._openers = {_key(info.filename): partial(self._archive.open, info) for info in self._archive.infolist()}

    def close(self) -> None:
        """Lets go of the file."""
        if self._archive:
            self._archive.close()

    def open(self, part: str) -> IO[bytes]:
        """A part to read from. Raises: KeyError where there is none."""
        key = part.lower()
        return (self._openers.get(key) or self._openers[unquote(key)])()

    def tree(self, part: str, *, mend: bool = False) -> etree._Element:
        """A part as a tree. `mend` reads VML, which is often no XML."""
        content = self._read(part)
        if mend:
            content = _LINE_BREAK.sub(b"&#x2028;", content)
        return etree.fromstring(content, _parser(mend))

    def links(self, part: str) -> Sequence[Link]:
        """What a part refers to inside the workbook."""
        folder, name = posixpath.split(part)
        with suppress(Exception):
            relations = self._read(f"{folder}/_rels/{name}.rels".lstrip("/"))
            return _read_short(relations, folder) if len(relations) <= _SHORT else _read_links(relations, folder)
        return ()

    def _read(self, part: str) -> bytes:
        with self.open(part) as stream:
            content = stream.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise ValueError("a part too large to read")
        return content


@lru_cache
def _parser(mend: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mend)


def _read_links(relations: bytes, folder: str) -> Sequence[Link]:
    return tuple(
        (link.get("Id", ""), link.get("Type", "").rpartition("/")[2], _resolve(folder, link.get("Target", "")))
        for link in etree.fromstring(relations, _parser(False)).iterfind("{*}Relationship")
        if link.get("TargetMode") != "External"
    )


_read_short = lru_cache(64)(_read_links)  # a program writes the same into every school's copy of one workbook


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _key(name: str) -> str:
    return name.replace("\\", "/").lower()

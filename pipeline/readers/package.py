"""The parts of an Office file and how they refer to one another."""

import posixpath
import re
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import IO
from urllib.parse import unquote

from lxml import etree

_LARGEST = 64 * 2**20  # bytes of a part that is read whole; sheets are streamed, and may be larger
_LINE_BREAK = re.compile(rb"<br\s*/?>", re.IGNORECASE)  # Excel leaves it open in VML, which is then no XML


class Package:
    """The parts of a workbook, whatever the case of their names, and how they refer to one another."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(content))
        self._members = {info.filename.replace("\\", "/").lower(): info for info in self._archive.infolist()}

    def close(self) -> None:
        """Lets go of the file."""
        self._archive.close()

    def open(self, part: str) -> IO[bytes]:
        """A part to read from. Raises: KeyError where there is none."""
        key = part.lower()
        return self._archive.open(self._members.get(key) or self._members[unquote(key)])

    def tree(self, part: str, *, mend: bool = False) -> etree._Element:
        """A part as a tree. `mend` reads VML, which is often no XML."""
        with self.open(part) as stream:
            content = stream.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise ValueError("a part too large to read")
        if mend:
            content = _LINE_BREAK.sub(b"&#x2028;", content)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mend)
        return etree.fromstring(content, parser)

    def links(self, part: str) -> list[tuple[str, str, str]]:
        """What a part refers to inside the workbook: the reference's id, its kind (`comments`, `drawing` ...), the part."""
        folder, name = posixpath.split(part)
        found = []
        with suppress(Exception):
            for link in self.tree(posixpath.join(folder, "_rels", f"{name}.rels")).iterfind("{*}Relationship"):
                if link.get("TargetMode") != "External":
                    target = posixpath.join("/", folder, link.get("Target", "").replace("\\", "/"))
                    kind = link.get("Type", "").rpartition("/")[2]
                    found.append((link.get("Id", ""), kind, posixpath.normpath(target).lstrip("/")))
        return found

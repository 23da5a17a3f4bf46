"""An Office file that came from elsewhere, a few parts of which change: what they hold, and what refers to what."""

import posixpath
from collections.abc import Mapping

from lxml import etree

from pipeline.writers.package import join, read_members
from pipeline.writers.parts import make_part, unpack

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class OfficeFile:
    """The parts of a file, by name. What is not changed stays as it is, to the byte.

    Its methods raise ValueError, KeyError or an error of lxml where the file is not what it should be.
    """

    def __init__(self, content: bytes) -> None:
        self._parts = {part.name: part for part in read_members(content)}
        self._made: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._edited: set[str] = set()

    def sizes(self) -> Mapping[str, int]:
        """Part → bytes of what it holds, as the file says."""
        return {name: part.size for name, part in self._parts.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._parts or name in self._made

    def read(self, name: str) -> bytes:
        """What a part holds."""
        return self._made[name] if name in self._made else unpack(self._parts[name])

    def write(self, name: str, content: bytes) -> None:
        """A part made anew."""
        self._made[name] = content

    def tree(self, name: str) -> etree._Element:
        """A part's root, to look at."""
        if name not in self._trees:
            self._trees[name] = _parse(self.read(name))
        return self._trees[name]

    def edit(self, name: str) -> etree._Element:
        """A part's root, to be changed."""
        self._edited.add(name)
        return self.tree(name)

    def links(self, name: str) -> Mapping[str, tuple[str, str]]:
        """What a part refers to inside the file: the reference's id → its kind (`comments`, `worksheet` ...) and the part."""
        if (links := _links_of(name)) not in self:
            return {}
        return {
            one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], _resolve(name, one.get("Target", "")))
            for one in self.tree(links).iterfind(f"{{{_RELATIONSHIPS}}}Relationship")
            if one.get("TargetMode") != "External"
        }

    def outside(self, name: str) -> tuple[str, ...]:
        """The kinds of what a part refers to outside the file: `hyperlink`, `image` ..."""
        if (links := _links_of(name)) not in self:
            return ()
        found = self.tree(links).iterfind(f"{{{_RELATIONSHIPS}}}Relationship[@TargetMode='External']")
        return tuple(one.get("Type", "").rpartition("/")[2] for one in found)

    def linked(self, name: str, kind: str) -> str:
        """The first part of a kind that a part refers to; empty where it refers to none."""
        return next((part for found, part in self.links(name).values() if found == kind), "")

    def link(self, name: str, kind: str, target: str) -> str:
        """Makes a part refer to another; gives the reference's id."""
        if (links := _links_of(name)) not in self:
            self.write(links, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
        root = self.edit(links)
        taken = {one.get("Id") for one in root}
        id = next(id for number in range(1, len(taken) + 2) if (id := f"rId{number}") not in taken)
        element = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship")
        for key, value in (("Id", id), ("Type", f"{LINKS}/{kind}"), ("Target", f"/{target}")):
            element.set(key, value)
        return id

    def add(self, pattern: str, content: bytes, content_type: str) -> str:
        """A new part, told what it is; `pattern` of its name takes a number. Gives the name."""
        taken = {name.casefold() for name in (*self._parts, *self._made)}
        name = next(name for number in range(1, len(taken) + 2) if (name := pattern.format(number)).casefold() not in taken)
        self.write(name, content)
        types, extension = self.edit(_TYPES_PART), name.rpartition(".")[2]
        if extension == "xml":
            _add_type(types, "Override", "PartName", f"/{name}", content_type)
        elif all(one.get("Extension", "").casefold() != extension for one in types.iterfind(f"{_TYPES}Default")):
            _add_type(types, "Default", "Extension", extension, content_type)
        return name

    def set_type(self, name: str, content_type: str) -> None:
        """Says what a part is, where that is not what it was."""
        for one in self.tree(_TYPES_PART).iterfind(f"{_TYPES}Override"):
            if one.get("PartName") == f"/{name}" and one.get("ContentType") != content_type:
                self.edit(_TYPES_PART)
                one.set("ContentType", content_type)

    def save(self) -> bytes:
        """The file as it now is."""
        made = self._made | {name: _serialise(self._trees[name]) for name in sorted(self._edited)}
        return join([*{**self._parts, **{name: make_part(name, [content]) for name, content in made.items()}}.values()])


def _links_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _resolve(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")


def _add_type(types: etree._Element, kind: str, key: str, value: str, content_type: str) -> None:
    element = etree.SubElement(types, f"{_TYPES}{kind}")
    element.set(key, value)
    element.set("ContentType", content_type)


def _parse(content: bytes) -> etree._Element:
    """Nothing that the part declares of its own is looked up, and one that declares anything is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a part with declarations of its own")
    return root


def _serialise(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)

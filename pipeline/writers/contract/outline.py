"""A template as a person sees it in Word: its parts, the paragraphs of each in order, and where each of them is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import shorten

from lxml import etree

from pipeline.writers.office_file import LINKS, OfficeFile
from pipeline.writers.patching import Kind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHOWN = 40  # characters of a paragraph that say which one it is
# What stands round paragraphs, rows and cells without being a place of its own.
_LOOKED_THROUGH = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
_TEXTS = {f"{W}{name}" for name in ("t", "instrText", "delText")}
_BOX = f"{W}txbxContent"


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph and where it is: its own words (a text box's are not its own), and the names of what it stands in."""

    element: etree._Element
    part: "Part"
    where: str
    table: etree._Element | None = None
    row: etree._Element | None = None
    cell: etree._Element | None = None

    @cached_property
    def nodes(self) -> tuple[etree._Element, ...]:
        """The elements below it that are its own."""
        return tuple(own_nodes(self.element))

    @cached_property
    def pieces(self) -> tuple[etree._Element, ...]:
        """The elements that hold its text."""
        return tuple(node for node in self.nodes if node.tag in _TEXTS)

    @cached_property
    def text(self) -> str:
        """What docxtpl reads in it: text without tabs and line breaks."""
        return "".join(piece.text or "" for piece in self.pieces)

    @property
    def place(self) -> str:
        """`table 3, row 2, cell 4 (“its first words”)`, fit to be shown."""
        words = "".join(piece.text or "" for piece in self.pieces if piece.tag != f"{W}instrText")
        words = shorten(words, _SHOWN, placeholder=" …")
        return f"{self.where} (“{words}”)" if words else self.where

    @cached_property
    def style(self) -> str:
        """The id of its style; empty where it has none of its own."""
        named = self.element.find(f"{W}pPr/{W}pStyle")
        return "" if named is None else named.get(f"{W}val", "")


@dataclass(eq=False)
class Part:
    """A part that is filled, with its paragraphs in order. `where` comes before a place in it; the document itself has none."""

    name: str
    kind: Kind
    where: str
    root: etree._Element
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[tuple[etree._Element, str]] = field(default_factory=list)

    @cached_property
    def by_element(self) -> dict[etree._Element, Paragraph]:
        """Element → paragraph."""
        return {paragraph.element: paragraph for paragraph in self.paragraphs}


def own_nodes(element: etree._Element) -> Iterator[etree._Element]:
    """The elements below one, without those of paragraphs inside it and those that stand for older programs."""
    for child in element.iterchildren("*"):
        if child.tag in (_PARAGRAPH, _FALLBACK):
            continue
        yield child
        yield from own_nodes(child)


def read_parts(file: OfficeFile) -> list[Part]:
    """The parts that are filled: the document, its headers and footers, and its footnotes."""
    document = file.linked("", "officeDocument")
    parts = [_read(file, document, Kind.BODY, "")]
    sides = {"header": Kind.HEADER, "footer": Kind.FOOTER}
    roles = _roles(parts[0].root)
    for link, (kind, name) in file.links(document).items():
        if kind in sides and name in file and all(part.name != name for part in parts):
            parts.append(_read(file, name, sides[kind], f"{roles.get(link, '')}{kind}"))
        elif kind == "footnotes" and name in file:
            parts.append(_read(file, name, Kind.FOOTNOTES, "footnotes"))
    return parts


def _roles(body: etree._Element) -> dict[str, str]:
    """Reference → which header or footer it is, where a document has several."""
    words = {"first": "first-page ", "even": "even-page "}
    found: dict[str, str] = {}
    sections = list(body.iter(f"{W}sectPr"))
    for number, section in enumerate(sections, 1):
        for one in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            id = one.get(f"{{{LINKS}}}id", "")
            of = f"section {number}'s " if len(sections) > 1 else ""
            found.setdefault(id, of + words.get(one.get(f"{W}type", ""), ""))
    return found


def _read(file: OfficeFile, name: str, kind: Kind, where: str) -> Part:
    part = Part(name, kind, where, file.tree(name))
    _Walk(part).walk_all(_containers(part))
    return part


def _containers(part: Part) -> Iterator[tuple[etree._Element, str]]:
    if part.kind is Kind.BODY:
        body = part.root.find(f"{W}body")
        if body is not None:
            yield body, ""
    elif part.kind is Kind.FOOTNOTES:
        for note in part.root.iterchildren(f"{W}footnote"):
            if note.get(f"{W}type") is None:
                yield note, f"footnote {note.get(f'{W}id', '')}"
    else:
        yield part.root, part.where


class _Walk:
    """Counts paragraphs and tables as a person would, going down a part."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._paragraphs = self._tables = 0

    def walk_all(self, containers: Iterator[tuple[etree._Element, str]]) -> None:
        for container, where in containers:
            for block in _blocks(container):
                if block.tag == _PARAGRAPH:
                    self._paragraphs += 1
                    self._add(block, _join(where, f"paragraph {self._paragraphs}"))
                else:
                    self._tables += 1
                    self._walk_table(block, _join(where, f"table {self._tables}"))

    def _add(self, element: etree._Element, where: str, *within: etree._Element) -> None:
        self._part.paragraphs.append(Paragraph(element, self._part, where, *within))
        for box in own_nodes(element):
            if box.tag == _BOX:
                for block in _blocks(box):
                    if block.tag == _PARAGRAPH:
                        self._add(block, f"text box in {where}", *within)
                    else:
                        self._walk_table(block, f"table in the text box in {where}")

    def _walk_table(self, table: etree._Element, where: str) -> None:
        self._part.tables.append((table, where))
        for number, row in enumerate(_inner(table, _ROW), 1):
            for column, cell in enumerate(_inner(row, _CELL), 1):
                here = f"{where}, row {number}, cell {column}"
                blocks = list(_blocks(cell))
                several = sum(block.tag == _PARAGRAPH for block in blocks) > 1
                count = 0
                for block in blocks:
                    if block.tag == _TABLE:
                        self._walk_table(block, f"{here}, the table in it")
                        continue
                    count += 1
                    self._add(block, f"{here}, paragraph {count}" if several else here, table, row, cell)


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, without those of tables in its cells."""
    return list(_inner(table, _ROW))


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row."""
    return list(_inner(row, _CELL))


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    return _inner(container, _PARAGRAPH, _TABLE)


def _inner(container: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    for child in container.iterchildren("*"):
        if child.tag in wanted:
            yield child
        elif child.tag in _LOOKED_THROUGH:
            yield from _inner(child, *wanted)


def _join(where: str, place: str) -> str:
    return f"{where}, {place}" if where else place

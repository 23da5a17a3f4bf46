"""A returned Word plan, read whole: body, tables, headers and footers, notes, comments, text boxes and tracked changes."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256

from lxml import etree

from pipeline.model.finding import Finding, Place, find
from pipeline.model.returned_plan import Remark, ReturnedPlan, Source
from pipeline.readers.package import Package
from pipeline.readers.plan_inline import Notes
from pipeline.readers.plan_markup import W
from pipeline.readers.plan_package import open_plan
from pipeline.readers.plan_pieces import list_pieces
from pipeline.readers.plan_story import Story

_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main")
_A_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MARGINS, _NOTES = ("header", "footer"), ("comments", "footnotes", "endnotes")
_SOURCES = {"comments": Source.COMMENT, "footnotes": Source.FOOTNOTE, "endnotes": Source.ENDNOTE}
_HEADING = re.compile(
    rb"<w:style\b[^>]*?\bw:styleId=\"([^\"]+)\"[^>]*>\s*<w:name w:val=\"(?:heading (\d)|Title)\"", re.IGNORECASE
)
_REFERENCE = re.compile(r"\b(\d{6})/(\d{4}-\d{2}-[\w-]+)")


def read_returned_plan(content: bytes, name: str) -> tuple[ReturnedPlan | None, tuple[Finding, ...]]:
    """Everything that stands in a plan that came back; `name` is how findings call the file.

    Findings: PL521 (something else), PL522 (not safe to open), PL527 (it refers to something outside itself).
    """
    parts, findings = open_plan(content, name)
    if parts is None:
        return None, findings
    try:
        return _Reader(parts).read(name, sha256(content).hexdigest()), findings
    except (etree.XMLSyntaxError, KeyError, ValueError):
        remedy = "Ask the school to open the plan in Word, save it under a new name and send that copy."
        return None, (find("PL521", Place(name), "a damaged file", remedy=remedy),)


class _Reader:
    """The parts of one document, found by how they refer to one another."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.package = Package(b"", parts)
        self.pieces: list[str] = []
        self._roots: list[etree._Element] = []
        links = {kind: target for _, kind, target in self.package.links("")}
        self.body, self.custom = links["officeDocument"], links.get("custom-properties", "")
        self.links = [(kind, target) for _, kind, target in self.package.links(self.body)]

    def read(self, name: str, digest: str) -> ReturnedPlan:
        """The whole of it."""
        styles = next((target for kind, target in self.links if kind == "styles"), "")
        headings = _find_headings(self._bytes(styles)) if styles else {}
        notes = {kind: self._read_notes(kind, headings) for kind in _NOTES}
        story = Story(headings, Notes(notes["comments"], notes["footnotes"], notes["endnotes"]))
        root = self._tree(self.body)
        story.read(child for body in root for child in body)
        margins = tuple(self._read_margins(headings))
        diagrams = tuple(self._read_diagrams())
        unused = [remark for kind in _NOTES for key, remark in notes[kind].items() if (kind.rstrip("s"), key) not in story.used]
        return ReturnedPlan(
            file=name,
            digest=digest,
            properties=self._read_properties(),
            references=tuple(dict.fromkeys(_find_references(story, margins))),
            texts=tuple(story.texts),
            tables=tuple(story.tables),
            margins=margins,
            remarks=(*unused, *diagrams),
            pieces=(*self.pieces, *(piece for root in self._roots for piece in list_pieces(root))),
            changes=story.changes,
        )

    def _bytes(self, part: str) -> bytes:
        with self.package.open(part) as stream:
            return stream.read()

    def _tree(self, part: str) -> etree._Element:
        """A part that holds text; its pieces are listed for the proof when all is read."""
        root = etree.fromstring(self._bytes(part).replace(*_STRICT), _parser())
        self._roots.append(root)
        return root

    def _read_notes(self, kind: str, headings: Mapping[str, int]) -> Mapping[str, Remark]:
        """Id → a comment or note, its paragraphs one after another."""
        found: dict[str, Remark] = {}
        for part in self._parts(kind):
            for note in self._tree(part):
                story = Story(headings)
                story.read(note)
                text = "\n".join(_all_text(story)).strip()
                if text:
                    key = note.get(W + "id", "")
                    key = key if key not in found else f"{key} again, {len(found)}"  # two of one id: neither is lost
                    found[key] = Remark(_SOURCES[kind], text, note.get(W + "author", ""))
        return found

    def _read_margins(self, headings: Mapping[str, int]) -> Iterator[str]:
        """The paragraphs of headers and footers."""
        for kind in _MARGINS:
            for part in self._parts(kind):
                story = Story(headings)
                story.read(self._tree(part))
                yield from _all_text(story)

    def _read_diagrams(self) -> Iterator[Remark]:
        """What people type into the shapes of a diagram."""
        for part in self._parts("diagramData"):
            root = etree.fromstring(self._bytes(part), _parser())
            texts = [node.text for node in root.iter(_A_TEXT) if node.text and node.text.strip()]
            self.pieces.extend(texts)
            if texts:
                yield Remark(Source.DIAGRAM, "\n".join(texts))

    def _read_properties(self) -> Mapping[str, str]:
        """What the document says of itself, by name."""
        if not self.custom:
            return {}
        root = etree.fromstring(self._bytes(self.custom), _parser())
        return {node.get("name", ""): "".join(map(str, node.itertext())).strip() for node in root}

    def _parts(self, kind: str) -> list[str]:
        return list(dict.fromkeys(target for found, target in self.links if found == kind))


@lru_cache
def _parser() -> etree.XMLParser:
    """As for every part of an Office file; comments in the XML are nobody's words, and would cut a text in two."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


@lru_cache(maxsize=64)
def _find_headings(styles: bytes) -> Mapping[str, int]:
    """The ids of the styles that make a heading, by their names: programs change ids. A school's copies share one such part."""
    return {found[1].decode("utf-8", "replace"): int(found[2] or 1) for found in _HEADING.finditer(styles)}


def _all_text(story: Story) -> Iterator[str]:
    """Every word of a short story, tables and all."""
    for text in story.texts:
        yield text.text
        yield from (remark.text for remark in text.remarks)
    for table in story.tables:
        for _, row in table.every_row():
            yield from (cell for cell in row.cells if cell)
            yield from (remark.text for remark in row.remarks)


def _find_references(story: Story, margins: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The plan's reference wherever it is shown."""
    cells = (cell for table in story.tables for _, row in table.every_row() for cell in row.cells if cell and "/" in cell)
    texts = (text.text for text in story.texts if "/" in text.text)
    for text in (*cells, *texts, *margins):
        yield from ((found[1], found[2]) for found in _REFERENCE.finditer(text))

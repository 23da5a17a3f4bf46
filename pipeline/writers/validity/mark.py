"""What a part holds that must be unique, must be paired, or refers to something: each with the branches it stands in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from pipeline.writers.proof import COUNTED, VALUE, condition_of, word_of
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.schema import FORMS
from pipeline.writers.validity.sequence import CLOSES, NAMES, OPENS, PARTS, name_of
from pipeline.writers.validity.structure import near

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Step(NamedTuple):
    """A branch: which block, which of its branches, whether it may stand there several times, and on which condition it is
    there, where that is all that decides."""

    block: int
    branch: int
    repeats: bool
    condition: str = ""


@dataclass(frozen=True)
class Mark:
    """One mark. `path` holds the branches it stands in, none in a document; `near` is the template's text beside it."""

    kind: Kind
    value: str
    part: str
    path: tuple[Step, ...] = ()
    near: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it is the same in every document."""
        return VALUE not in self.value

    @property
    def is_counted(self) -> bool:
        """Whether each document gives it anew by counting (see `pipeline.writers.numbering`), so that it stands once."""
        return self.value.startswith(COUNTED)

    @property
    def counted_by(self) -> str:
        """What a counted one is counted by: its number or name in the template."""
        return self.value.removeprefix(COUNTED)

    @property
    def repeats(self) -> bool:
        """Whether it may stand there several times."""
        return any(step.repeats for step in self.path)

    def never_meets(self, other: "Mark") -> bool:
        """Whether the two stand in different branches of one block that does not repeat around them."""
        for mine, theirs in zip(self.path, other.path, strict=False):
            if mine.block != theirs.block:
                return False
            if mine.branch != theirs.branch:
                return True
            if mine.repeats:
                return False
        return False

    def implies(self, other: "Mark") -> bool:
        """Whether the other is there whenever this one is: its branches are among those of this one, or, outside of loops,
        where names may change what they mean, hang on conditions that are those of this one, word for word."""
        mine = {(step.block, step.branch) for step in self.path}
        conditions = set(_conditions(self.path))
        theirs = _conditions(other.path)
        return all(
            (step.block, step.branch) in mine or (place < len(theirs) and theirs[place] and theirs[place] in conditions)
            for place, step in enumerate(other.path)
        )


def _conditions(path: tuple[Step, ...]) -> list[str]:
    """The conditions of the branches that are in no loop."""
    return [step.condition for step in takewhile(lambda step: not step.repeats, path)]


def find_marks(root: etree._Element, part: str, *, quotes: bool) -> Iterator[Mark]:
    """Every mark of a part, in its order. `quotes` as for `find_structure`."""
    for element, path in _walk(root):
        beside = None
        for kind, value in _marks_of(element):
            if beside is None:
                beside = near(element) if quotes else ""
            yield Mark(kind, value, part, path, beside)


def _walk(root: etree._Element) -> Iterator[tuple[etree._Element, tuple[Step, ...]]]:
    """Every element with the branches it stands in. What is only there for programs older than a feature is left out."""
    path: tuple[Step, ...] = ()
    rebinds = any(word_of(tag) == "set" for tag in root.iter(etree.ProcessingInstruction))
    skipped = {node for fallback in root.iter(_FALLBACK) for node in fallback.iter()}
    for number, node in enumerate(root.iter(etree.Element, etree.ProcessingInstruction)):
        if not isinstance(node, etree._ProcessingInstruction):
            if node not in skipped:
                yield node, path
            continue
        word = word_of(node)
        if word in OPENS:
            path = (*path, Step(number, 0, word == "for", "" if rebinds else condition_of(node)))
        elif word in PARTS:
            path = (*path[:-1], Step(path[-1].block, path[-1].branch + 1, False))
        elif word in CLOSES:
            path = path[:-1]


Marks = Iterator[tuple[Kind, str]]


def _marks_of(element: etree._Element) -> Marks:
    name = name_of(element)
    if element.tag == _DRAWING:
        yield Kind.DRAWING, element.get("id", "")
    if name in _READERS:
        yield from _READERS[name](element)
    for attribute, value in ((str(key), str(value)) for key, value in element.items()):
        if attribute.startswith(_RELATIONS) and value:
            yield Kind.RELATION, value
        elif attribute == _PARAGRAPH_ID:
            yield Kind.PARAGRAPH, value
        elif VALUE in value and (name, attribute.removeprefix(NAMES)) in FORMS:
            yield Kind.FORM, value


def _value(element: etree._Element, name: str = "val") -> str:
    return element.get(f"{NAMES}{name}", "")


def _read_control(properties: etree._Element) -> Marks:
    for kind, name in ((Kind.CONTROL, "id"), (Kind.TAG, "tag"), (Kind.TAG, "alias")):
        for one in properties.iterfind(f"{NAMES}{name}"):
            yield kind, _value(one)
    for choices in properties.iterchildren(f"{NAMES}dropDownList", f"{NAMES}comboBox"):
        has_blocks = any(isinstance(node, etree._ProcessingInstruction) for node in choices)
        for name in ("value", "displayText"):
            offered = "\n".join(_value(one, name) for one in choices.iterfind(f"{NAMES}listItem"))
            yield Kind.CHOICES, offered + VALUE * has_blocks


def _read_bookmark(start: etree._Element) -> Marks:
    yield Kind.BOOKMARK, _value(start, "id")
    yield Kind.BOOKMARK_NAME, _value(start, "name")


STYLED = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}


def _read_style(element: etree._Element) -> Marks:
    yield Kind.STYLE, f"{STYLED[name_of(element)]} {_value(element)}"


def _one(kind: Kind, attribute: str) -> Callable[[etree._Element], Marks]:
    def read(element: etree._Element) -> Marks:
        if value := _value(element, attribute):
            yield kind, value

    return read


def _read_field(element: etree._Element) -> Marks:
    yield from read_code(_value(element, "instr"))


def _read_fields(paragraph: etree._Element) -> Marks:
    """What the codes of a paragraph's fields refer to; a code is put together from its runs."""
    code = ""
    for node in paragraph.iter(f"{NAMES}fldChar", f"{NAMES}instrText", etree.ProcessingInstruction):
        if isinstance(node, etree._ProcessingInstruction):
            code += VALUE if code else ""
        elif name_of(node) == "instrText":
            code += node.text or ""
        elif _value(node, "fldCharType") != "begin":
            yield from read_code(code)
            code = ""
    yield from read_code(code)


_LINK_CODE = re.compile(r'\s*HYPERLINK(?:\s+"([^"]*)")?((?:\s+\\[a-zA-Z](?:\s+"[^"]*")?)*)\s*')
_PLACE_CODE = re.compile(r'\s*(?:PAGEREF|REF|NOTEREF)\s+"?([^\s"\\]+)"?.*', re.DOTALL)
_FETCHING = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "DDE", "DDEAUTO", "LINK", "IMPORT", "RD", "DATABASE"})
_INSIDE = re.compile(r'\\l\s+"([^"]*)"')


def read_code(code: str) -> Marks:
    """What a field's code refers to. The code of a link that Word could not read is given whole, as is any that holds a value
    and is no link."""
    if place := _PLACE_CODE.fullmatch(code):
        yield Kind.ANCHOR, place[1]
    elif code.split()[:1] == ["HYPERLINK"]:
        link = _LINK_CODE.fullmatch(code)
        inside = _INSIDE.search(link[2]) if link else None
        if link and link[1]:
            yield Kind.ADDRESS, link[1]
        elif inside:
            yield Kind.ANCHOR, inside[1]
        else:
            yield Kind.FIELD, code
    elif {word.upper() for word in code.split()[:1]} & _FETCHING:
        yield Kind.FETCH, code
    elif VALUE in code:
        yield Kind.FIELD, code


_READERS: dict[str, Callable[[etree._Element], Marks]] = {
    "sdtPr": _read_control,
    "bookmarkStart": _read_bookmark,
    "bookmarkEnd": _one(Kind.BOOKMARK_END, "id"),
    **dict.fromkeys(STYLED, _read_style),
    "numId": _one(Kind.NUMBERING, "val"),
    "footnoteReference": _one(Kind.FOOTNOTE, "id"),
    "endnoteReference": _one(Kind.ENDNOTE, "id"),
    "commentReference": _one(Kind.COMMENT, "id"),
    "hyperlink": _one(Kind.ANCHOR, "anchor"),
    "fldSimple": _read_field,
    "p": _read_fields,
}

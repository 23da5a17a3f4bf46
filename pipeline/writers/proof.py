"""Which of docxtpl's last steps a part of a template needs, proved from the template alone, and so for whatever fills it.

Block tags become processing instructions, expressions become a character that no name in XML may hold, and what comes of that
is parsed once. If every `else` and every end of a block has the parent of the tag that opened it, each branch is a run of whole
elements: leaving it out or repeating it leaves the part well-formed. A doubt is no fault: the step it stands for is then taken
for each document. A part that uses other blocks than conditions and loops is simply not proved.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from lxml import etree

from pipeline.writers.numbering import NUMBERS

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_OPENS, _PARTS, _CLOSES, _STANDS_ALONE = {"for", "if"}, {"elif", "else"}, {"endfor", "endif"}, {"set"}
# Of the private use area, which text may hold and names may not.
VALUE = "\ue000"
COUNTED = "\ue001"  # a number or name of `numbering`, with what it is counted by behind it
_STATEMENT_IN_ATTRIBUTE = re.compile(r'="[^"<>]*\{%')
_FIRST_DRAWING = 1001  # docxtpl numbers drawings from here


class Doubt(StrEnum):
    """What could not be proved of a part."""

    WHOLE = "it is well-formed however it is filled"
    TABLES = "each table keeps its columns and at least one whole row"
    DRAWINGS = "its drawings are always as many, and numbered as docxtpl would number them"


def find_doubts(text: str, language: Environment) -> frozenset[Doubt]:
    """What cannot be proved of a part, given as docxtpl has patched it; everything where that cannot be parsed."""
    root = read_outline(text, language)
    if root is None:
        return frozenset(Doubt)
    keeps_tables = all(_keeps_columns(table) for table in root.iter(_name("w:tbl")))
    doubts = {Doubt.TABLES: keeps_tables, Doubt.DRAWINGS: _is_numbered(root)}
    return frozenset(doubt for doubt, is_proved in doubts.items() if not is_proved)


@lru_cache(maxsize=16)  # two proofs ask for each part of a template; nobody changes what it gives
def read_outline(text: str, language: Environment) -> etree._Element | None:
    """A part with its blocks as processing instructions and each value as one character, where every branch of every block is
    proved to be a run of whole elements; None where that is not so."""
    outline, values = _outline(text, language)
    try:
        root = etree.fromstring(outline)
    except etree.XMLSyntaxError:
        return None
    return root if VALUE not in text and COUNTED not in text and _nests(root) and _count_values(root) == values else None


def is_torn(text: str, language: Environment) -> bool:
    """Whether a part, given as docxtpl has patched it, is no well-formed XML even before it is filled. One whose
    attributes hold statements cannot be judged so."""
    if _STATEMENT_IN_ATTRIBUTE.search(text):
        return False
    try:
        etree.fromstring(_outline(text, language)[0])
    except etree.XMLSyntaxError:
        return True
    return False


@lru_cache(maxsize=16)
def _outline(text: str, language: Environment) -> tuple[str, int]:
    """The part with its tags replaced, and how many expressions it holds."""
    pieces: list[str] = []
    words: list[str] = []
    inside: list[tuple[str, str]] = []
    values = 0
    for _, kind, token in language.lex(text):
        if kind == "data":
            pieces.append(token)
        elif kind == "variable_begin":
            inside = []
        elif kind == "variable_end":
            pieces.append(stand_in := _stand_in(inside))
            values += stand_in == VALUE
        elif kind in ("block_begin", "raw_begin"):
            words, inside = (["raw"] if kind == "raw_begin" else []), []
        elif kind == "name":
            words.append(token)
        inside.append((kind, token))
        if kind in ("block_end", "raw_begin"):
            pieces.append(f"<?block {_told(words, inside)}?>")
    return "".join(pieces), values


def word_of(tag: etree._Element) -> str:
    """The word of a block's tag: `for`, `else` ..."""
    return (tag.text or "").partition(" ")[0]


def condition_of(tag: etree._Element) -> str:
    """The condition of an `if`; empty for other tags."""
    return (tag.text or "").partition(" ")[2]


def _told(words: list[str], inside: list[tuple[str, str]]) -> str:
    """What stands in an outline for a block's tag: its word, and a condition as written."""
    if "recursive" in words:
        return "recursive"
    if words[:1] != ["if"]:
        return words[0]
    written = [token for kind, token in inside if kind not in ("whitespace", "block_begin", "block_end")]
    return " ".join(written).replace("?>", "? >")


def _stand_in(tokens: list[tuple[str, str]]) -> str:
    """What stands for an expression."""
    names = [token for kind, token in tokens if kind == "name"]
    words = [token.strip("'\"") for kind, token in tokens if kind == "string"]
    return "".join([COUNTED, *words[-1:]]) if names[:1] == [NUMBERS] else VALUE


def _nests(root: etree._Element) -> bool:
    """Whether every block ends among the children of the element that it began in."""
    parents: list[etree._Element | None] = []
    for tag in root.iter(etree.ProcessingInstruction):
        parent, name = tag.getparent(), word_of(tag)
        if name in _OPENS:
            parents.append(parent)
        elif name in _PARTS | _CLOSES:
            if not parents or parents[-1] is not parent:
                return False
            if name in _CLOSES:
                parents.pop()
        elif name not in _STANDS_ALONE:
            return False
    return not parents


def _count_values(root: etree._Element) -> int:
    """How many expressions stand where any text may: in attributes, fields' codes, and runs, where a tab can be put."""
    texts: Any = root.xpath("//w:r/w:t/text() | //w:r/w:instrText/text() | //@*", namespaces=_NAMES)
    return sum(text.count(VALUE) for text in texts)


def _keeps_columns(table: etree._Element) -> bool:
    """Whether docxtpl would leave the table's grid alone: no row can have more cells, and one that is always there fills it."""
    grid = table.find("w:tblGrid", _NAMES)
    if grid is None or grid.xpath("processing-instruction()") or not _is_certain(grid, table):
        return False
    columns, rows = len(grid.findall("w:gridCol", _NAMES)), list(table.iter(_name("w:tr")))
    if any(_varies(row) or len(row.findall("w:tc", _NAMES)) > columns for row in rows):
        return False
    return any(_is_certain(row, table) and _width(row) >= columns for row in rows)


def _varies(row: etree._Element) -> bool:
    """Whether how many cells it has, or how many columns they span, depends on what fills it."""
    blocks = row.xpath("processing-instruction() | w:tc/w:tcPr//processing-instruction()", namespaces=_NAMES)
    return bool(blocks) or not all(span.isdecimal() for span in _spans(row))


def _width(row: etree._Element) -> int:
    spans = [int(span) for span in _spans(row)]
    return len(row.findall("w:tc", _NAMES)) - len(spans) + sum(spans)


def _spans(row: etree._Element) -> list[str]:
    return [span.get(_name("w:val"), "") for span in row.findall("w:tc/w:tcPr/w:gridSpan", _NAMES)]


def _is_numbered(root: etree._Element) -> bool:
    numbered = enumerate(root.iter(_name("wp:docPr")), _FIRST_DRAWING)
    return all(drawing.get("id") == f"{number}" and _is_certain(drawing, root) for number, drawing in numbered)


def _is_certain(node: etree._Element, top: etree._Element) -> bool:
    """Whether `node`, somewhere in `top`, is there whenever `top` is: it stands in no block of its own."""
    parent = node.getparent()
    tags = [word_of(tag) for tag in node.itersiblings(etree.ProcessingInstruction, preceding=True)]
    if sum(tag in _OPENS for tag in tags) > sum(tag in _CLOSES for tag in tags):
        return False
    return parent is None or parent is top or _is_certain(parent, top)


def _name(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return f"{{{_NAMES[prefix]}}}{name}"

"""What a template's own words come to for a school, and how they differ from another template's. No school is ever quoted."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes
from lxml import etree

from pipeline.writers.compiling import CONTENT, Part, compile_template
from pipeline.writers.contract.expression import write
from pipeline.writers.contract.look import Styles
from pipeline.writers.contract.outline import W
from pipeline.writers.language import BEGINS, CALLS, ENDS, open_language
from pipeline.writers.numbering import NUMBERS, Numbers
from pipeline.writers.office_file import OfficeFile
from pipeline.writers.patching import Kind

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_VALUE = re.compile(f"{BEGINS}([^{BEGINS}{CALLS}{ENDS}]*){CALLS}([^{BEGINS}{CALLS}{ENDS}]*){ENDS}")
_SHOWN = 120  # characters of a line
_WITHOUT_PARAGRAPHS = (Kind.PROPERTIES, Kind.CUSTOM, Kind.CHART)
_TEXT, _BREAKS = f"{W}t", {f"{W}br": " ", f"{W}tab": " "}


@dataclass(frozen=True)
class Line:
    """A paragraph of a filled document: all of its words, the template's own with tags for values, and where it stands."""

    words: str
    own: str
    where: str


@dataclass(frozen=True)
class Change:
    """Words that one template has and the other has not, with tags for what is filled in."""

    where: str
    what: str
    words: str


TAKEN_OUT, PUT_IN, MOVED = "taken out", "put in", "moved"


def read_lines(content: bytes, context: "DataclassInstance") -> Sequence[Line]:
    """What a template says when it is filled, paragraph by paragraph. Raises: BrokenTemplateError and much else, where it
    cannot be filled."""
    compiled, headings = compile_template(content), _headings(content)
    names = {field.name: getattr(context, field.name) for field in fields(context)} | {NUMBERS: Numbers(), CONTENT: ""}
    parts = [part for part in compiled.parts.values() if part.source.kind not in _WITHOUT_PARAGRAPHS]
    return [line for part in parts for line in _read(part, names, headings)]


def _read(part: Part, names: Mapping[str, object], headings: Mapping[str, int]) -> Iterator[Line]:
    root = etree.fromstring(_program(part).render(names))
    heading = ""
    for paragraph in root.iter(f"{W}p"):
        text = " ".join("".join(_texts(paragraph)).split())
        if not text:
            continue
        own = _VALUE.sub(r"{{ \1 }}", text)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in headings:
            heading = own
        where = f"under “{heading}”" if heading else "before the first heading"
        where = where if part.source.kind is Kind.BODY else f"in {part.source.kind}"
        yield Line(_VALUE.sub(r"\2", text), shorten(own, _SHOWN, placeholder=" …"), where)


@lru_cache(maxsize=32)
def _program(part: Part) -> jinja2.Template:
    """The part once more, with each value named."""
    language = open_language(marks_values=True)
    tree = language.parse(part.lined)
    for output in tree.find_all(nodes.Output):
        output.nodes = [one if isinstance(one, nodes.TemplateData) else _name(one) for one in output.nodes]
    return language.from_string(tree)


def _name(value: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(value, "named", [nodes.Const(write(value))], [], None, None, lineno=value.lineno)


def _texts(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(_TEXT, *_BREAKS):
        if next(node.iterancestors(f"{W}p")) is paragraph:
            yield (node.text or "") if node.tag == _TEXT else " "


@lru_cache(maxsize=4)
def _headings(content: bytes) -> Mapping[str, int]:
    """Id of each heading style → its level."""
    names = Styles(OfficeFile(content)).names
    return {id: int(name[-1]) for id, name in names.items() if re.fullmatch(r"heading [1-9]", name)}


def find_changes(before: Sequence[Line], after: Sequence[Line]) -> tuple[Change, ...]:
    """What was taken out, put in and moved, in the order of the document; nothing where the words are the same and only their
    look may differ."""
    matcher = difflib.SequenceMatcher(None, [line.words for line in before], [line.words for line in after], autojunk=False)
    gone: list[Line] = []
    come: list[Line] = []
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            gone += before[first:last]
            come += after[new_first:new_last]
    moved = {line.words for line in gone} & {line.words for line in come}
    changes = [Change(line.where, TAKEN_OUT, line.own) for line in gone if line.words not in moved]
    changes += [Change(line.where, MOVED if line.words in moved else PUT_IN, line.own) for line in come]
    return tuple(dict.fromkeys(changes))

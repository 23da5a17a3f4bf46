"""A Word template compiled: what depends on the template alone is worked out once a process, and filling does the rest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

import jinja2
from jinja2 import meta, nodes

from pipeline.rules.shown_text import digest_shown, read_shown
from pipeline.writers.chart import make_workbook
from pipeline.writers.fault import fault_of
from pipeline.writers.language import open_language
from pipeline.writers.numbering import NUMBERS, Numbers
from pipeline.writers.package import Member, join, pack, read_members
from pipeline.writers.parts import unpack
from pipeline.writers.patching import PROPERTIES, SAVED_AT, Kind, Source, break_lines, mend, read_sources
from pipeline.writers.proof import Doubt, find_doubts, read_outline
from pipeline.writers.validity.examining import Validity, prove
from pipeline.writers.validity.judging import Question
from pipeline.writers.validity.leftover import has_left_over
from pipeline.writers.validity.rule import Fault, Rule
from pipeline.writers.watching import WATCHED, Watched, watch

CONTENT = "_content"  # SHA-256 of what the body shows (hex), for the custom properties
_SHOWN = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# docxtpl's ways to write braces that are no tags.
_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}


@dataclass(frozen=True)
class Part:
    """A part of a template. `lined` has a line a paragraph, so that an error's line tells where it is; `tree` is what Jinja
    reads in it; `watches` are the questions whose pieces it notes when it is filled."""

    source: Source
    lined: str
    tree: nodes.Template
    watches: frozenset[Question] = frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that a context must have. Raises: BrokenTemplateError for a filter or test that there is not."""
        try:
            named = meta.find_undeclared_variables(self.tree)
        except jinja2.TemplateError as error:
            raise fault_of(error, self.source.kind, self.lined) from error
        return frozenset(named - {*open_language().globals, PROPERTIES, SAVED_AT, NUMBERS, CONTENT})

    @cached_property
    def program(self) -> jinja2.Template:
        """What renders it. It holds code, which cannot be sent to another process."""
        return open_language().from_string(self.tree)

    @cached_property
    def doubts(self) -> frozenset[Doubt]:
        """What could not be proved of it; docxtpl looks at tables and drawings in the body alone."""
        doubts = find_doubts(self.source.text, open_language())
        return doubts if self.source.kind is Kind.BODY else doubts & {Doubt.WHOLE}

    def fill(self, context: Mapping[str, object]) -> bytes:
        """The part of a document. Raises: BrokenTemplateError."""
        try:
            text = break_lines(self.program.render(context))
            return _DECLARATION + (mend(text, self.source.kind) if self.doubts else text).encode()
        except Exception as error:  # a template may hold any expression, so filling it may raise anything; it is its fault
            raise fault_of(error, self.source.kind, self.lined) from error


@dataclass(frozen=True)
class Rendered:
    """The filled parts of a document by name, the pieces of each that were watched, the workbooks inside its charts, and what
    was counted."""

    parts: dict[str, bytes]
    watched: dict[str, dict[Question, list[str]]]
    workbooks: dict[str, Member]
    numbers: Numbers
    _shown: dict[str, str] = field(default_factory=dict)

    def read_shown(self, part: str) -> str:
        """What a part shows, read once: for the digest in the properties, and for whoever asks."""
        if part not in self._shown:
            self._shown[part] = read_shown(self.parts[part].decode())
        return self._shown[part]


@dataclass(frozen=True)
class CompiledTemplate:
    """The members of a template in their order, those of its parts that are filled, and the rules it keeps or breaks."""

    members: tuple[Member, ...]
    parts: Mapping[str, Part]
    validity: Validity

    @property
    def names(self) -> frozenset[str]:
        """The names that a context must have. Raises: BrokenTemplateError for a filter or test that there is not."""
        return frozenset().union(*(part.names for part in self.parts.values()))

    def render(self, names: Mapping[str, object], properties: object, saved_on: date) -> Rendered:
        """The parts of a document that are filled. Raises: BrokenTemplateError."""
        rendered = Rendered({}, {}, {}, Numbers())
        context = {
            **names,
            PROPERTIES: properties,
            SAVED_AT: f"{saved_on.isoformat()}T00:00:00Z",
            NUMBERS: rendered.numbers,
            CONTENT: "",
        }
        for name, part in self.parts.items():
            noted: Watched = {}
            content = part.fill({**context, WATCHED: noted})
            rendered.parts[name] = content
            rendered.watched[name] = {question: noted.get(question.name, []) for question in part.watches}
            if part.source.kind is Kind.BODY and self._tells_content:
                context[CONTENT] = digest_shown(rendered.read_shown(name))
            if part.source.workbook:
                rendered.workbooks[part.source.workbook] = make_workbook(part.source.workbook, content.decode())
        return rendered

    def check(self, rendered: Rendered) -> tuple[Fault, ...]:
        """The rules that a document breaks."""
        return self.validity.check(rendered.parts, rendered.watched, rendered.numbers)

    def join(self, rendered: Rendered, *, fast: bool) -> bytes:
        """The document of the parts rendered and those that lie in the template; `fast` as for `pack`."""
        filled = {name: pack(name, part, fast=fast) for name, part in rendered.parts.items()} | rendered.workbooks
        return join([filled.get(member.name, member) for member in self.members])

    def show(self, rendered: Rendered) -> str:
        """All that people read in the document, a line a paragraph: body, headers, footers and notes."""
        return "\n".join((*map(rendered.read_shown, filter(_SHOWN.fullmatch, rendered.parts)), self._shown_as_it_is))

    @cached_property
    def _shown_as_it_is(self) -> str:
        """What the parts show that are copied as they lie in the template."""
        members = (one for one in self.members if one.name not in self.parts and _SHOWN.fullmatch(one.name))
        return "\n".join(read_shown(unpack(one).decode()) for one in members)

    @cached_property
    def _tells_content(self) -> bool:
        return any(CONTENT in part.source.text for part in self.parts.values())


@lru_cache(maxsize=16)
def compile_template(content: bytes) -> CompiledTemplate:
    """A template compiled, once a process.

    Raises: BrokenTemplateError for a tag that is none; any of the many errors of python-docx for what is no Word document.
    """
    content, sources = read_sources(content)
    members = read_members(content)
    parts = {source.member: _parse(source) for source in sources}
    validity = _prove(members, parts)
    watched = {name: _watch(part, validity.questions) for name, part in parts.items()}
    return CompiledTemplate(members, watched, validity)


def _prove(members: Sequence[Member], parts: Mapping[str, Part]) -> Validity:
    texts = {name: part.source.text for name, part in parts.items()}
    outlines = {name: read_outline(text, open_language()) for name, text in texts.items()}
    mended = frozenset(name for name, part in parts.items() if part.doubts)
    proved = prove({member.name: unpack(member) for member in members}, texts, outlines, mended)
    left_over = (Fault(Rule.LEFT_OVER, name) for name, text in texts.items() if has_left_over(text, open_language()))
    return replace(proved, faults=(*proved.faults, *left_over))


def _watch(part: Part, questions: frozenset[Question]) -> Part:
    """With the pieces watched that its documents are asked about, where all of it need not be parsed anyhow."""
    if part.doubts or not questions or Question.WHOLE in questions:
        return part
    watched = watch(part.lined, questions, open_language())
    if watched is None:
        return part
    tree, watches = watched
    return replace(part, tree=_finished(tree), watches=watches)


def _parse(source: Source) -> Part:
    lined = re.sub(r"<w:p([ >])", r"\n<w:p\1", source.text)
    try:
        tree = open_language().parse(lined)
    except jinja2.TemplateError as error:
        raise fault_of(error, source.kind, lined) from error
    return Part(source, lined, _finished(tree))


def _finished(tree: nodes.Template) -> nodes.Template:
    for literal in tree.find_all(nodes.TemplateData):
        literal.data = _finish(literal.data)
    return tree


def _finish(literal: str) -> str:
    """Text of the template itself as docxtpl leaves it after rendering. Done here, it cannot touch a value."""
    literal = re.sub(r"\n<w:p([ >])", r"<w:p\1", literal)
    for written, meant in _BRACES.items():
        literal = literal.replace(written, meant)
    return literal

"""What docxtpl does to a Word template before it is rendered and after: its own methods, each called for itself.

The order is docxtpl's. What depends on the template alone is done when it is read; the rest is here for those documents that
need it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from pipeline.writers.chart import prepare_chart
from pipeline.writers.numbering import number_apart

_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>\s*")
_TERMS = "{http://purl.org/dc/terms/}"
_LANGUAGE = "en-GB"
PROPERTIES, SAVED_AT = "_properties", "_saved_at"  # names in the core properties that no context has


class Kind(StrEnum):
    """Which part of a document, as a person would look for it in Word."""

    BODY = "the document"
    HEADER = "a header"
    FOOTER = "a footer"
    FOOTNOTES = "the footnotes"
    PROPERTIES = "the document's properties"
    CUSTOM = "the document's custom properties"
    CHART = "a chart"


@dataclass(frozen=True)
class Source:
    """A part that is filled: the name of its member in the zip, and its XML as docxtpl patches it for Jinja, undeclared.
    `workbook` is the member that holds the figures of a chart."""

    member: str
    kind: Kind
    text: str
    workbook: str = ""


def read_sources(content: bytes) -> tuple[bytes, tuple[Source, ...]]:
    """A template and those of its parts that are filled. A template that has no core properties is given them.

    Raises: what python-docx raises for a file that is no Word document: many things.
    """
    document = _open(content)
    if not any(part.content_type == _CORE for part in document.docx.part.package.parts):
        content = _with_properties(document)
        document = _open(content)
    by_member = {source.member: source for source in _sources(document)}  # two sections may share a header
    return content, tuple(by_member.values())


def _open(content: bytes) -> Any:
    document = DocxTemplate(BytesIO(content))
    document.render_init()
    return document


def _with_properties(document: Any) -> bytes:
    _ = document.docx.core_properties  # asking makes them
    result = BytesIO()
    document.docx.save(result)
    return result.getvalue()


def _sources(document: Any) -> Iterator[Source]:
    yield Source(_member(document.docx.part), Kind.BODY, number_apart(_body(document)))
    others = [
        (part, kind, document.get_part_xml(part))
        for uri, kind in ((document.HEADER_URI, Kind.HEADER), (document.FOOTER_URI, Kind.FOOTER))
        for _, part in document.get_headers_footers(uri)
    ]
    for part in document.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            others.append((part, Kind.FOOTNOTES, _DECLARATION.sub("", part.blob.decode())))
        elif part.content_type == _CUSTOM:
            others.append((part, Kind.CUSTOM, _DECLARATION.sub("", part.blob.decode())))
        elif part.content_type == _CHART:
            yield Source(_member(part), Kind.CHART, prepare_chart(_DECLARATION.sub("", part.blob.decode())), _workbook(part))
        elif part.content_type == _CORE:
            yield Source(_member(part), Kind.PROPERTIES, _properties(document, part))
    for part, kind, text in others:
        patched = document.patch_xml(text)
        if "{" in patched or break_lines(patched) != patched:
            yield Source(_member(part), kind, patched)


def _workbook(chart: Any) -> str:
    return next((_member(link.target_part) for link in chart.rels.values() if link.reltype.endswith("/package")), "")


def _member(part: Any) -> str:
    return str(part.partname.membername)


def _body(document: Any) -> str:
    """The main part, its body patched and its drawings numbered as docxtpl numbers them."""
    root = etree.fromstring(document.xml_to_string(document.docx.part.element))
    document.fix_docpr_ids(root)
    before, start, rest = str(document.xml_to_string(root)).partition("<w:body")
    body, end, after = rest.rpartition("</w:body>")
    return f"{before}{document.patch_xml(start + body + end)}{after}"


def _properties(document: Any, part: Any) -> str:
    """The core properties with tags in them for what each document says of itself."""
    core = document.docx.core_properties
    core.title, core.author, core.subject = (f"{{{{ {PROPERTIES}.{name} }}}}" for name in ("title", "author", "subject"))
    core.language = _LANGUAGE
    core.created = core.modified = datetime(1980, 1, 1)
    for moment in part.element.iter(f"{_TERMS}created", f"{_TERMS}modified"):
        moment.text = f"{{{{ {SAVED_AT} }}}}"
    return str(document.xml_to_string(part.element))


def break_lines(text: str) -> str:
    """Newlines and tabs in the text of runs made into what Word has for them, where there are any.

    docxtpl's own step, a paragraph at a time: it, too, goes from the end of one paragraph to the end of the next, so the
    others need not be looked at.
    """
    if "\n" not in text and "\t" not in text:
        return text
    *ended, rest = text.split("</w:p>")
    resolve = DocxTemplate("").resolve_listing
    return "".join([resolve(f"{one}</w:p>") if "\n" in one or "\t" in one else f"{one}</w:p>" for one in ended]) + rest


def mend(text: str, kind: Kind) -> str:
    """A part that was not proved, as docxtpl's last steps leave it; but what is not well-formed is refused, not cut.

    Raises: lxml.etree.XMLSyntaxError.
    """
    etree.fromstring(text)
    if kind is not Kind.BODY:
        return text
    document = DocxTemplate("")
    document.docx_ids_index = 1000  # as `render_init` leaves it
    tree = document.fix_tables(text)
    document.fix_docpr_ids(tree)
    return str(document.xml_to_string(tree))

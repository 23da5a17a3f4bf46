"""Small Word templates made of text, what docxtpl makes of them, and what a document says, part by part."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from io import BytesIO
from typing import TYPE_CHECKING

from conftest import W
from docxtpl import DocxTemplate
from lxml import etree

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMES = f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:wp="{WP}"'
CORE = "docProps/core.xml"
CORE_NAMES = (
    f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"'
)


@dataclass(frozen=True)
class Row:
    """A row of a context. `_secret` is a field that no template may see."""

    name: str
    cells: tuple[str, ...] = ()
    _secret: str = "hidden"


@dataclass(frozen=True)
class Context:
    """What the small templates may name."""

    text: str = ""
    rows: tuple[Row, ...] = ()
    on: bool = False
    count: int = 1
    nothing: object = None


def p(text: str) -> str:
    return f"<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(*content: str, properties: str = "") -> str:
    inside = "".join(one if one.startswith("<") else p(one) for one in content)
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cell if cell.startswith('<w:tc') else tc(cell) for cell in cells)}</w:tr>"


def tbl(columns: int, *rows: str) -> str:
    grid = '<w:gridCol w:w="900"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def drawing(name: str) -> str:
    return f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="{name}"/></wp:inline></w:drawing></w:r></w:p>'


def docx(body: str, header: str = "", footnote: str = "", sections: int = 1, core: str | None = "") -> bytes:
    """A whole template. `core` is XML inside the core properties; None leaves them out."""
    made = {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}{_sections(sections)}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {NAMES}>{p(header)}</w:hdr>",
        "word/footnotes.xml": f'<w:footnotes {NAMES}><w:footnote w:id="2">{p(footnote)}</w:footnote></w:footnotes>',
        "word/_rels/document.xml.rels": _relationships(
            {f"{OFFICE}/header": "header1.xml", f"{OFFICE}/footnotes": "footnotes.xml"}
        ),
    }
    kinds = dict(zip(made, (f"{WORD}.document.main+xml", f"{WORD}.header+xml", f"{WORD}.footnotes+xml"), strict=False))
    roots = {f"{OFFICE}/officeDocument": "word/document.xml"}
    if core is not None:
        made[CORE] = f"<cp:coreProperties {CORE_NAMES}>{core}</cp:coreProperties>"
        kinds[CORE] = "application/vnd.openxmlformats-package.core-properties+xml"
        roots[f"{PACKAGE}/relationships/metadata/core-properties"] = CORE
    made["_rels/.rels"] = _relationships(roots)
    made["[Content_Types].xml"] = _types(kinds)
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in made.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return result.getvalue()


def _relationships(targets: Mapping[str, str]) -> str:
    links = (f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets.items(), 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _types(kinds: Mapping[str, str]) -> str:
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults = (f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in known.items())
    named = (f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{"".join(defaults)}{"".join(named)}</Types>'


def _sections(count: int) -> str:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    return f"<w:p><w:pPr>{section}</w:pPr></w:p>" * (count - 1) + section


def by_docxtpl(template: bytes, context: "DataclassInstance") -> bytes:
    """What docxtpl itself makes of a template."""
    document = DocxTemplate(BytesIO(template))
    document.render({field.name: getattr(context, field.name) for field in fields(context)}, autoescape=True)
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def members(document: bytes) -> dict[str, bytes]:
    """Name → part, unpacked; no name stands twice."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


# Parts that docxtpl does not fill, or that are ours on purpose.
_OURS = (CORE, "docProps/custom.xml", "word/charts/", "word/embeddings/")


def canonical(document: bytes) -> Mapping[str, object]:
    """Name → part as canonical XML; of lists whose order means nothing, what stands in them. Properties and charts are left out,
    and so are the ids and names of controls and bookmarks, which docxtpl repeats and we number apart."""
    return {name: _canonical(name, part) for name, part in members(document).items() if not name.startswith(_OURS)}


_NUMBERED = [f"{{{W}}}{name}" for name in ("bookmarkStart", "bookmarkEnd", "hyperlink", "id")]


def _canonical(name: str, part: bytes) -> object:
    if not name.endswith((".xml", ".rels")):
        return part
    root = etree.fromstring(part)
    if name.endswith(".rels") or name == "[Content_Types].xml":
        return {frozenset(child.items()) for child in root}
    for node in root.iter(*_NUMBERED):
        for numbered in ("id", "name", "anchor", "val"):
            node.attrib.pop(f"{{{W}}}{numbered}", "")
    return etree.tostring(root, method="c14n")


def says(part: bytes) -> str:
    """The text of a part as a person reads it: a line a paragraph, breaks and tabs as they are typed."""
    shown = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    wanted = [f"{{{W}}}t", *shown]
    paragraphs = etree.fromstring(part).iter(f"{{{W}}}p")
    return "\n".join("".join(shown.get(str(node.tag), node.text or "") for node in one.iter(*wanted)) for one in paragraphs)

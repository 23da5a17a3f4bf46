"""What a template says of itself, its pictures and controls, and what would go out with every document made from it."""

from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.look import Styles
from pipeline.writers.contract.outline import Paragraph, Part, W
from pipeline.writers.office_file import OfficeFile

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_LANGUAGE = "en-GB"
_TRACKED = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
_FETCHED = {"attachedTemplate": "a template that it was made from", "image": "a picture kept elsewhere",
            "oleObject": "an object kept elsewhere", "aFChunk": "another document", "subDocument": "another document",
            "frame": "a web page"}  # fmt: skip


def check_file(file: OfficeFile, parts: Sequence[Part], styles: Styles) -> Iterator[Fault]:
    """TP433, TP434, TP436, TP440, TP441, TP460, TP461."""
    core = file.linked("", "core-properties")
    title = file.tree(core).findtext("{http://purl.org/dc/elements/1.1/}title", "") if core in file else ""
    if not (title or "").strip():
        yield fault("TP440", None, "no title")
    if styles.language() != _LANGUAGE:
        yield fault("TP441", None, f"the language “{styles.language() or 'none'}”")
    comments = file.linked(parts[0].name, "comments")
    if comments in file and (count := sum(1 for _ in file.tree(comments).iterchildren(f"{W}comment"))):
        yield fault("TP433", None, f"{count} comment{'s' * (count != 1)}")
    if any(True for part in parts for _ in part.root.iter(*_TRACKED)):
        yield fault("TP434", None, "changes not yet accepted")
    for seen in dict.fromkeys(_fetched(file, parts)):
        yield fault("TP436", None, seen, remedy="Put it into the template itself (Paste, Keep Source), or take it out.")
    turned = {one.get(f"{W}orient", "portrait") for one in parts[0].root.iter(f"{W}pgSz")}
    if len(turned) > 1:
        yield fault("TP460", None, "upright and landscape pages")
    titles = [paragraph for paragraph in parts[0].paragraphs if styles.name_of(paragraph) == "title"]
    if len(titles) != 1:
        yield fault("TP461", titles[1] if titles else None, f"{len(titles) or 'no'} paragraphs with the style Title")


def _fetched(file: OfficeFile, parts: Sequence[Part]) -> Iterator[str]:
    settings = file.linked(parts[0].name, "settings")
    for name in (*(part.name for part in parts), *([settings] if settings else [])):
        yield from (_FETCHED[kind] for kind in file.outside(name) if kind in _FETCHED)


def check_things(part: Part) -> Iterator[Fault]:
    """Pictures, floating things, controls and languages: TP441, TP449, TP450, TP459."""
    for paragraph in part.paragraphs:
        nodes = paragraph.nodes
        for node in nodes:
            if node.tag == f"{_WP}docPr" and not _is_described(node):
                yield fault("TP449", paragraph, f"“{node.get('name', 'a picture')}”")
        if any(node.tag in (f"{_WP}anchor", f"{W}txbxContent", f"{W}framePr") for node in nodes):
            yield fault("TP450", paragraph, "a picture, shape or text box that is not in the line of text")
        languages = {node.get(f"{W}val", "") for node in nodes if node.tag == f"{W}lang"} - {"", _LANGUAGE}
        if languages:
            yield fault("TP441", paragraph, f"the language “{', '.join(sorted(languages))}”")
    for control in part.root.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        if properties is not None and properties.find(f"{W}alias") is None and properties.find(f"{W}docPartObj") is None:
            yield fault("TP459", _paragraph_of(control, part), "no title")


def _is_described(picture: etree._Element) -> bool:
    if any(one.get("val") in ("1", "true") for one in picture.iter(_DECORATIVE)):
        return True
    return bool(picture.get("descr", "").strip())


def _paragraph_of(control: etree._Element, part: Part) -> Paragraph | None:
    near = next(control.iter(f"{W}p"), None)
    if near is None:
        near = next(control.iterancestors(f"{W}p"), None)
    return part.by_element.get(near) if near is not None else None

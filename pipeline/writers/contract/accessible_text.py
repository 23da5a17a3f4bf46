"""What a reader with a screen reader, or with tired eyes, would stumble over in the text.

Source: the councils' checklists in facts.md 7.4 (Norfolk, Kirklees, Historic England, GOV.UK), WCAG 2.2 AA.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from pipeline.writers.contract.contrast import contrast, needed_contrast
from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.look import Look, Styles
from pipeline.writers.contract.outline import Paragraph, Part, W
from pipeline.writers.patching import Kind

_LEAST, _LEAST_IN_TABLES = 12, 11  # points
_ALIGNED = {"center": "centred", "right": "to the right", "end": "to the right", "both": "justified", "distribute": "justified"}
_TYPED_MARK = re.compile(r"\s*([•·▪◦‣*–—-]|\d{1,2}[.)]|[a-z]\))\s+\S")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_WIDE = re.compile(r"\S {3,}\S")
_POOR_LINK = re.compile(
    r"(https?://|www\.)\S*|(click )?here|(this )?link|(read )?more|\{\{[^{}]*\.address\s*\}\}", re.IGNORECASE
)
_ENDS = (".", ":", "!", "?", ";", ",")
_PARAGRAPH, _TABLE, _SECTION = f"{W}p", f"{W}tbl", f"{W}sectPr"


def check_text(part: Part, taken: Collection[Paragraph], styles: Styles) -> Iterator[Fault]:
    """Every paragraph that stays when the template is filled: TP442 to TP444, TP451 to TP458."""
    shown = [paragraph for paragraph in part.paragraphs if paragraph not in taken]
    if part.kind is Kind.BODY:
        yield from _check_headings(shown, styles)
        gone = {paragraph.element for paragraph in taken}
        for paragraph in shown:
            if _is_blank(paragraph) and not _is_needed(paragraph.element, gone) and not styles.heading_of(paragraph):
                yield fault("TP452", paragraph, "nothing in it")
            if _is_laid_out(paragraph, styles):
                yield fault("TP453", paragraph, "tabs or rows of spaces between words")
            if _TYPED_MARK.match(paragraph.text) and not styles.heading_of(paragraph):
                yield fault("TP458", paragraph, f"“{paragraph.text.split()[0]}” in front of the text")
    for paragraph in shown:
        yield from _check_look(paragraph, styles)
        for words in _links(paragraph):
            if _POOR_LINK.fullmatch(words.strip()):
                yield fault("TP451", paragraph, f"“{words.strip()}”")


def _check_headings(paragraphs: Sequence[Paragraph], styles: Styles) -> Iterator[Fault]:
    last = 0
    for paragraph in paragraphs:
        level = styles.heading_of(paragraph)
        if not level:
            if _is_bold_heading(paragraph, styles):
                yield fault("TP444", paragraph, "a short paragraph, all of it bold")
            continue
        if _is_blank(paragraph):
            yield fault("TP443", paragraph, f"Heading {level} without words")
            continue
        if level > last + 1:
            above = f"Heading {last}" if last else "the beginning"
            yield fault("TP442", paragraph, f"Heading {level} after {above}", wanted=f"Heading {last + 1}")
        last = level


def _is_blank(paragraph: Paragraph) -> bool:
    shows = (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}br", _SECTION, f"{W}fldChar", f"{W}sym", f"{W}tab")
    return not paragraph.text.strip() and not any(node.tag in shows for node in paragraph.nodes)


def _is_needed(element: etree._Element, gone: Collection[etree._Element]) -> bool:
    """Whether Word asks for the paragraph: the only one of its cell, or one that keeps a table from what follows."""
    before = next((one for one in element.itersiblings(_PARAGRAPH, _TABLE, preceding=True) if one not in gone), None)
    after = next((one for one in element.itersiblings(_PARAGRAPH, _TABLE, _SECTION) if one not in gone), None)
    ends = after is None or after.tag != _PARAGRAPH
    return ends and (before is None or before.tag == _TABLE)


def _is_laid_out(paragraph: Paragraph, styles: Styles) -> bool:
    if styles.name_of(paragraph).startswith("toc "):
        return False
    runs = (node for node in paragraph.nodes if node.tag == f"{W}r")
    return any(run.find(f"{W}tab") is not None for run in runs) or bool(_WIDE.search(_TAG.sub("x", paragraph.text)))


def _is_bold_heading(paragraph: Paragraph, styles: Styles) -> bool:
    text = paragraph.text.strip()
    if not text or len(text) > 80 or text.endswith(_ENDS) or paragraph.table is not None:
        return False
    runs = list(_runs(paragraph))
    return styles.name_of(paragraph) == "normal" and bool(runs) and all(styles.of(paragraph, run).is_bold for run in runs)


def _runs(paragraph: Paragraph) -> Iterator[etree._Element]:
    """The runs that show something."""
    for node in paragraph.nodes:
        if node.tag == f"{W}r" and "".join(text.text or "" for text in node.iterchildren(f"{W}t")).strip():
            yield node


def _check_look(paragraph: Paragraph, styles: Styles) -> Iterator[Fault]:
    looks = list(dict.fromkeys(styles.of(paragraph, run) for run in _runs(paragraph)))
    if not looks:
        return
    worst = min(looks, key=lambda look: contrast(look.colour, look.background) / needed_contrast(is_large=look.is_large))
    ratio, needed = contrast(worst.colour, worst.background), needed_contrast(is_large=worst.is_large)
    if ratio < needed:
        seen = f"{worst.colour} on {worst.background}, {ratio:.1f} to 1"
        yield fault("TP454", paragraph, seen, needed=f"{float(needed):g}")
    least = _LEAST_IN_TABLES if paragraph.table is not None else _LEAST
    smallest = min(look.size for look in looks)
    if smallest < least:
        yield fault("TP455", paragraph, f"{smallest:g} points", needed=f"{least}")
    if slanted := _slanted(looks):
        yield fault("TP456", paragraph, slanted)
    alignment = styles.find(paragraph, "jc")
    aligned = _ALIGNED.get("" if alignment is None else alignment.get(f"{W}val", ""))
    if aligned:
        yield fault("TP457", paragraph, aligned)


def _slanted(looks: Sequence[Look]) -> str:
    italic, capitals = any(look.is_italic for look in looks), any(look.is_capitals for look in looks)
    return " and ".join(word for word, found in (("italics", italic), ("capitals", capitals)) if found)


def _links(paragraph: Paragraph) -> Iterator[str]:
    """The words of each link, whether it is one of Word's own or a field."""
    for node in paragraph.nodes:
        if node.tag == f"{W}hyperlink":
            yield "".join(text.text or "" for text in node.iter(f"{W}t"))
    code = words = ""
    is_result = False
    for node in paragraph.nodes:
        if node.tag == f"{W}fldChar":
            step = node.get(f"{W}fldCharType")
            if step == "end" and "HYPERLINK" in code:
                yield words
            code, words = (code, words) if step == "separate" else ("", "")
            is_result = step == "separate"
        elif node.tag == f"{W}instrText":
            code += node.text or ""
        elif node.tag == f"{W}t" and is_result:
            words += node.text or ""

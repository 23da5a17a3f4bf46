"""Text that filling would lose, and tags that stand where they cannot work."""

from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.outline import Part, W, own_nodes
from pipeline.writers.contract.tag import Tag

# What is lost with a paragraph although it is no text.
_THINGS = {f"{W}drawing": "a picture", f"{W}pict": "a picture", f"{W}object": "an object", f"{W}sectPr": "a section break",
           f"{W}footnoteReference": "a footnote", f"{W}fldSimple": "a field"}  # fmt: skip
_WHOLES = {"tr": "row", "tc": "cell"}
_CELL_WORDS = ("cellbg", "colspan", "vm", "hm")


def find_lost(part: Part, tags: Sequence[Tag]) -> Iterator[Fault]:
    """What would vanish beside a tag that takes its whole paragraph, row or cell: TP409, TP410. Tags for rows outside a table:
    TP411. Tags that Word could not open: TP419."""
    for tag in tags:
        if tag.start < 0:
            continue
        yield from _find_misplaced(tag)
        if tag.prefix == "p" and (lost := _beside(tag, [tag.paragraph.element])):
            yield fault("TP409", tag.paragraph, lost, tag=tag.shown)
        whole = {"tr": tag.paragraph.row, "tc": tag.paragraph.cell}.get(tag.prefix)
        if whole is not None and (lost := _beside(tag, list(whole.iter(f"{W}p")))):
            yield fault("TP410", tag.paragraph, lost, tag=tag.shown, whole=_WHOLES[tag.prefix])


def _beside(tag: Tag, elements: Sequence[etree._Element]) -> str:
    """What stands in these paragraphs beside the tag, to be shown; empty where nothing does."""
    by_element = tag.paragraph.part.by_element
    words = []
    for element in elements:
        paragraph = by_element.get(element)
        if paragraph is None:
            continue
        text = paragraph.text
        if paragraph is tag.paragraph:
            text = f"{text[: tag.start]} {text[tag.end :]}"
        words.extend(text.split())
    if words:
        text = " ".join(words)
        return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
    nodes = (node for element in elements for node in own_nodes(element))
    return next((_THINGS[str(node.tag)] for node in nodes if node.tag in _THINGS), "")


def _find_misplaced(tag: Tag) -> Iterator[Fault]:
    if tag.prefix in _WHOLES and tag.paragraph.row is None:
        remedy = f"Write %p for whole paragraphs; %{tag.prefix} belongs into a table's {_WHOLES[tag.prefix]}."
        yield fault("TP411", tag.paragraph, tag.shown, remedy=remedy)
    elif tag.prefix == "tr" and _is_held(tag.paragraph.row):
        remedy = "Take the row out of the content control or tracked change that is round it."
        yield fault("TP411", tag.paragraph, tag.shown, remedy=remedy)
    if tag.kind == "value" and tag.prefix and not tag.code.endswith(")"):
        yield fault("TP419", tag.paragraph, tag.shown, remedy=f"Write {{{{ {tag.code} }}}}: what it prints is text in a line.")
    if tag.word in _CELL_WORDS:
        instead = (
            "give the cell a style with a background, such as Rating 1"
            if tag.word == "cellbg"
            else "let every row have the same cells"
        )
        yield fault("TP419", tag.paragraph, tag.shown, remedy=f"Delete it, and {instead}.")


def _is_held(row: etree._Element | None) -> bool:
    return row is not None and (parent := row.getparent()) is not None and parent.tag != f"{W}tbl"

"""The house style of a template: the styles it must have, and formatting by styles alone."""

from collections.abc import Iterator, Sequence

from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.look import Styles
from pipeline.writers.contract.outline import Paragraph, Part, W
from pipeline.writers.contract.tag import Tag

# What an author finds in Word's list of styles. Built-in names, then ours.
HOUSE_STYLES = (
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "TOC Heading", "TOC 1", "TOC 2", "Caption", "Header",
    "Footer", "List Bullet", "List Number", "Hyperlink", "Placeholder Text", "Strong",
    "Cover Organisation", "Callout", "Table Text", "Table Heading", "Table Bullet", "Action Reference",
    "Rating 1", "Rating 2", "Rating 3", "Rating 4", "Plan Table", "Fact Table",
)  # fmt: skip
# What a run or a paragraph should have from its style. Language, proofing marks and the like are not seen.
_OF_RUNS = {"rFonts": "font", "sz": "size", "color": "colour", "b": "bold", "u": "underline", "highlight": "highlight",
            "shd": "shading", "spacing": "spacing"}  # fmt: skip
_OF_PARAGRAPHS = {"jc": "alignment", "spacing": "spacing", "ind": "indent", "shd": "shading", "pBdr": "border"}


def check_style(parts: Sequence[Part], tags: Sequence[Tag], styles: Styles) -> Iterator[Fault]:
    """Styles that are missing (TP430), or named and not there (TP431); formatting by hand (TP432)."""
    known = set(styles.names.values())
    missing = [name for name in HOUSE_STYLES if name.lower() not in known]
    if missing:
        yield fault("TP430", None, ", ".join(missing))
    taken = {tag.paragraph for tag in tags if tag.prefix in ("p", "tr", "tc")}
    for part in parts:
        for paragraph in part.paragraphs:
            if paragraph.style and paragraph.style not in styles.by_id:
                yield fault("TP431", paragraph, f"the style “{paragraph.style}”")
            if paragraph not in taken and (found := _by_hand(paragraph)):
                yield fault("TP432", paragraph, ", ".join(found))


def _by_hand(paragraph: Paragraph) -> list[str]:
    found = []
    properties = paragraph.element.find(f"{W}pPr")
    if properties is not None:
        found = [word for name, word in _OF_PARAGRAPHS.items() if properties.find(f"{W}{name}") is not None]
    for run in paragraph.nodes:
        if run.tag == f"{W}r" and (own := run.find(f"{W}rPr")) is not None and run.find(f"{W}t") is not None:
            found += [word for name, word in _OF_RUNS.items() if own.find(f"{W}{name}") is not None]
    return list(dict.fromkeys(found))

"""The tags of WordprocessingML that matter to what a document says, and the small things that are read the same everywhere."""

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.model.returned_plan import PlanTable, Remark, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
P, R, T, TABLE, ROW, CELL, CONTROL = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
PROPERTIES = {W + name for name in (
    "pPr", "rPr", "tcPr", "tblPr", "tblGrid", "trPr", "sectPr", "sdtPr", "sdtEndPr", "tblPrEx", "instrText", "delInstrText",
)}  # fmt: skip
DRAWN = {W + "drawing", W + "pict", W + "object", MC + "AlternateContent"}
MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}  # fmt: skip
GONE = {W + "del": Source.DELETED, W + "moveFrom": Source.MOVED}
COME = {W + "ins", W + "moveTo"}
_TC_PROPERTIES, _SPAN = W + "tcPr", W + "gridSpan"
VAL, STYLE = W + "val", W + "pStyle"
# What is read at once wherever it stands, and what makes a paragraph or a row one to be read with care.
PLAIN = (*MARKS, W + "tag", W + "bookmarkStart")
UNUSUAL = (
    *DRAWN, *GONE, *COME, MATH + "t",
    *(W + name for name in (
        "showingPlcHdr", "delText", "sym", "commentReference", "footnoteReference", "endnoteReference", "gridSpan", "vMerge",
        "gridBefore", "txbxContent",
    )),
)  # fmt: skip
NOTABLE = frozenset((*PLAIN, *UNUSUAL))
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


@dataclass
class Beside:
    """What is met beside the text while a paragraph or a row is read."""

    remarks: list[Remark] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    tables: list[PlanTable] = field(default_factory=list)


def take_plain(tag: str, found: etree._Element, texts: list[str], beside: Beside) -> bool:
    """Takes in what needs no care; whether it did."""
    if tag in MARKS:
        texts.append(MARKS[tag])
    elif tag == W + "tag":
        beside.tags.append(found.get(VAL, ""))
    elif tag == W + "bookmarkStart":
        beside.bookmarks.append(found.get(W + "name", ""))
    else:
        return False
    return True


def show(text: str) -> str:
    """Text without what nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def count_columns(cell: etree._Element) -> int:
    """How many columns of the grid a cell takes up."""
    span = _property(cell, _SPAN)
    return _number(span.get(VAL, "1")) or 1 if span is not None else 1


def _property(cell: etree._Element, name: str) -> etree._Element | None:
    """A property of a cell. Looked for by hand: a plan has a thousand cells, and a path takes three times as long."""
    for child in cell:
        if child.tag == _TC_PROPERTIES:
            return next((found for found in child if found.tag == name), None)
    return None


def goes_on(cell: etree._Element) -> bool:
    """Whether a cell is merged with the one above it."""
    merge = _property(cell, W + "vMerge")
    return merge is not None and merge.get(VAL) != "restart"


def count_skipped(properties: etree._Element | None, name: str) -> int:
    """How many columns a row leaves out at one of its ends."""
    skipped = None if properties is None else properties.find(W + name)
    return 0 if skipped is None else _number(skipped.get(VAL, "0"))


def _number(text: str) -> int:
    """A whole number of at most 63, which is as many columns as Word allows; Google writes fractions, and others nonsense."""
    try:
        return max(0, min(63, int(float(text))))
    except (ValueError, OverflowError):
        return 0

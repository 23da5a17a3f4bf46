"""A copy of a template with a Word comment at each fault. Everything else in the file stays as it is."""

import re
from collections.abc import Sequence

from lxml import etree

from pipeline.model.finding import Finding
from pipeline.writers.contract.fault import Fault
from pipeline.writers.contract.outline import W, read_parts
from pipeline.writers.office_file import OfficeFile

AUTHOR, _INITIALS = "Inclusive Practice Toolkit", "IPT"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def mark_faults(content: bytes, faults: Sequence[Fault]) -> bytes | None:
    """The marked copy; None where the file cannot be opened. Word keeps comments in the document alone, so a fault of a header,
    a text box or the whole file is told at the paragraph that is nearest: the one round it, or the first."""
    try:
        file = OfficeFile(content)
        body, *_ = read_parts(file)
        anchors = _Anchors(file, body.root)
        comments = _open_comments(file, body.name)
        taken = [int(id) for one in comments if (id := one.get(f"{W}id", "")).isdecimal()]
        for number, fault in enumerate(faults, max(taken, default=-1) + 1):
            comments.append(_comment(number, fault.finding))
            _anchor(anchors.find(fault), number)
        file.edit(body.name)
        return file.save()
    except Exception:  # it was told already that the file cannot be opened
        return None


class _Anchors:
    """Finds in this copy the paragraph at which a fault was found in another reading of the same file."""

    def __init__(self, file: OfficeFile, body: etree._Element) -> None:
        self._body = body.find(f"{W}body")
        self._paragraphs = list(body.iter(f"{W}p"))
        if self._body is not None and not self._paragraphs:
            self._paragraphs.append(etree.SubElement(self._body, f"{W}p"))

    def find(self, fault: Fault) -> etree._Element:
        """The paragraph, or the one round it where it is in a text box."""
        anchor = fault.anchor
        if anchor is None or anchor.getroottree().getroot().tag != f"{W}document":
            return self._paragraphs[0]
        number = next(n for n, one in enumerate(anchor.getroottree().getroot().iter(f"{W}p")) if one is anchor)
        found = self._paragraphs[number]
        outer = list(found.iterancestors(f"{W}p"))
        return outer[-1] if outer else found


def _open_comments(file: OfficeFile, body: str) -> etree._Element:
    part = file.linked(body, "comments")
    if part not in file:
        part = file.add("word/comments{}.xml", _EMPTY, _TYPE)
        file.link(body, "comments", part)
    return file.edit(part)


def _comment(number: int, finding: Finding) -> etree._Element:
    comment = etree.Element(f"{W}comment", nsmap={"w": W[1:-1]})
    for name, value in (("id", f"{number}"), ("author", AUTHOR), ("initials", _INITIALS)):
        comment.set(f"{W}{name}", value)
    where = finding.place.cell
    lines = (f"{finding.title} ({finding.code}).", f"Seen: {finding.seen}.", finding.fix, f"Place: {where}." if where else "")
    for place, line in enumerate(filter(None, lines)):
        paragraph = etree.SubElement(comment, f"{W}p")
        if not place:
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}annotationRef")
        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        text.text = _NOT_IN_XML.sub("", line)
        text.set(_SPACE, "preserve")
    return comment


def _anchor(paragraph: etree._Element, number: int) -> None:
    """The comment's range is the whole paragraph: it begins behind the properties and ends with the last run."""
    id = {f"{W}id": f"{number}"}
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, paragraph.makeelement(f"{W}commentRangeStart", id))
    paragraph.append(paragraph.makeelement(f"{W}commentRangeEnd", id))
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", f"{number}")

"""A fault of a template: the finding, and the paragraph that it is shown at."""

from dataclasses import dataclass

from lxml import etree

from pipeline.model.finding import Finding, Place, find
from pipeline.writers.contract.outline import Paragraph


@dataclass(frozen=True)
class Fault:
    """One fault. `anchor` is the paragraph it is shown at in a marked copy, None where it is of the whole file; until the
    faults are gathered its finding names no file."""

    finding: Finding
    anchor: etree._Element | None = None


def fault(code: str, at: Paragraph | None, seen: str, **details: str) -> Fault:
    """A fault at a paragraph, or of the whole file."""
    return Fault(find(code, Place("", cell=at.place if at else ""), seen, **details), at.element if at else None)


def fault_at(code: str, where: str, anchor: etree._Element | None, seen: str, **details: str) -> Fault:
    """A fault at another place than a paragraph, such as a table."""
    return Fault(find(code, Place("", cell=where), seen, **details), anchor)

"""Every fault of a template at once, in the order of the document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lxml import etree

from pipeline.model.finding import Finding
from pipeline.writers.contract.accessible_file import check_file, check_things
from pipeline.writers.contract.accessible_table import check_tables
from pipeline.writers.contract.accessible_text import check_text
from pipeline.writers.contract.block import Nesting, find_displaced, nest
from pipeline.writers.contract.fault import Fault
from pipeline.writers.contract.house_style import check_style
from pipeline.writers.contract.look import Styles
from pipeline.writers.contract.loss import find_lost
from pipeline.writers.contract.naming import find_misnamed
from pipeline.writers.contract.outline import Part, read_parts
from pipeline.writers.contract.table import find_rowless
from pipeline.writers.contract.tag import Tag, find_tags
from pipeline.writers.contract.unfilled import find_unfilled
from pipeline.writers.office_file import OfficeFile


@dataclass(frozen=True)
class Read:
    """A part with its tags and blocks, and what is wrong with how they are written."""

    part: Part
    tags: Sequence[Tag]
    nesting: Nesting
    faults: Sequence[Fault]


class TemplateFile:
    """A template to be checked: a Word file that was found safe to open.

    Raises: many errors where it is no Word document.
    """

    def __init__(self, content: bytes) -> None:
        self._file = OfficeFile(content)
        self._parts = [_read(part) for part in read_parts(self._file)]

    @cached_property
    def _styles(self) -> Styles:
        return Styles(self._file)

    def find_errors(self, context: type[Any]) -> list[Fault]:
        """What would lose text or break a document: TP402 to TP419, and TP435, which is found on the way."""
        faults: list[Fault] = []
        for one in self._parts:
            faults += one.faults
            faults += find_displaced(one.nesting)
            faults += find_misnamed(one.tags, one.nesting, context)
            faults += find_lost(one.part, one.tags)
            faults += find_rowless(one.part, one.nesting)
        properties = (self._file.linked("", kind) for kind in ("core-properties", "custom-properties"))
        filled = {*(one.part.name for one in self._parts), *properties}
        faults += find_unfilled(self._file, filled)
        return self._in_order(faults)

    def find_all(self, context: type[Any]) -> list[Fault]:
        """All of that, and what a reader or the house style would mind: TP430 to TP461."""
        faults = self.find_errors(context)
        tags = [tag for one in self._parts for tag in one.tags]
        faults += check_style([one.part for one in self._parts], tags, self._styles)
        faults += check_file(self._file, [one.part for one in self._parts], self._styles)
        for one in self._parts:
            taken = {tag.paragraph for tag in one.tags if tag.prefix in ("p", "tr", "tc")}
            faults += check_things(one.part)
            faults += check_text(one.part, taken, self._styles)
            faults += check_tables(one.part, taken)
        return self._in_order(faults)

    def count_unknown(self, context: type[Any]) -> int:
        """How many names a context does not have: the fewer, the likelier it is what fills the template."""
        found = (fault for one in self._parts for fault in find_misnamed(one.tags, one.nesting, context))
        return sum(one.finding.code == "TP402" for one in found)

    def _in_order(self, faults: Iterable[Fault]) -> list[Fault]:
        """As a person comes across them; those of the whole file first."""
        order: dict[etree._Element | None, int] = {None: -1}
        for one in self._parts:
            for paragraph in one.part.paragraphs:
                order[paragraph.element] = len(order)
        return sorted(faults, key=lambda fault: order.get(fault.anchor, -1))


def _read(part: Part) -> Read:
    tags, faults = find_tags(part.paragraphs)
    nesting, unpaired = nest(tags)
    return Read(part, tags, nesting, [*faults, *unpaired])


def name_file(faults: Iterable[Fault], file: str) -> Iterator[Fault]:
    """Faults with the file's name in their findings."""
    for one in faults:
        yield replace(one, finding=_named(one.finding, file))


def _named(finding: Finding, file: str) -> Finding:
    return replace(finding, place=replace(finding.place, file=file))

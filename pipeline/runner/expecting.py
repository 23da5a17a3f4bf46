"""What a return is read against: every text that our own blank workbook prints, so that what a school added stands out."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.grid import fold, to_text
from pipeline.readers.returns import Expectations
from pipeline.writers.contents import compose_pages
from pipeline.writers.other_sheets import compose_checklist


def expect(schools: Iterable[School], configuration: Configuration, cycle: str) -> Expectations:
    """Expectations for a cycle. Each phase among the schools has a blank workbook of its own; their names are left out."""
    by_phase = {school.phase: replace(school, name="") for school in schools}
    print_blank = partial(_print_blanks, tuple(by_phase.values()), cycle)
    return Expectations(configuration, cycle, print_blank(configuration), print_blank)


def _print_blanks(schools: Iterable[School], cycle: str, configuration: Configuration) -> frozenset[str]:
    """Those of the blank; from the second cycle on, those of a workbook with room for earlier answers as well."""
    kinds = ("", *configuration.cycles_before(cycle)[:1])
    pages = [page for school in schools for kind in kinds for page in compose_pages(school, configuration, cycle, kind)]
    versions = configuration.checklists
    pages += [compose_checklist(school, version, configuration.rubric) for school in schools for version in versions]
    printed = {cell.value for page in pages for cell in page.cells.values() if isinstance(cell.value, str)}
    return frozenset(fold(to_text(text)) for text in printed)

"""What a return is read against: every text that our own blank workbook prints, so that what a school added stands out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.grid import fold, to_text
from pipeline.readers.returns import Expectations
from pipeline.writers.workbook import build_workbook


def expect(schools: Iterable[School], configuration: Configuration, cycle: str) -> Expectations:
    """Expectations for a cycle. Each phase among the schools has a blank workbook of its own; their names are left out."""
    by_phase = {school.phase: school for school in schools}
    printed = frozenset(text for school in by_phase.values() for text in _printed(school, configuration, cycle))
    return Expectations(configuration, cycle, printed)


def _printed(school: School, configuration: Configuration, cycle: str) -> Iterator[str]:
    for sheet in build_workbook(replace(school, name=""), configuration, cycle).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (fold(to_text(value)) for value in row if isinstance(value, str))

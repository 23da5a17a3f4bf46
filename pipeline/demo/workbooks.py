"""The workbooks of one cycle as schools send them back: blank, or with their last answers in them, and completed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from pipeline.demo.completing import Places, complete, find_places
from pipeline.demo.establishment import Establishment
from pipeline.demo.register import render_register
from pipeline.model.prefill import Prefill, Said
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.model.submission import Submission
from pipeline.rules.prefilling import fill_again
from pipeline.writers.cell import Value
from pipeline.writers.contents import compose_pages
from pipeline.writers.prefilled import Workbooks
from pipeline.writers.project import copy_project
from pipeline.writers.whole_file import write_whole

_COMPLETED_IN = timedelta(weeks=5)


def lay_out_project(project: Path, out: Path, schools: Sequence[Establishment]) -> None:
    """Configuration and templates of `project`, and a register of these schools. Raises: OSError."""
    copy_project(project, out)
    write_whole(out / "config" / "schools.csv", render_register(schools))


class CompletedWorkbooks:
    """Completes the workbooks of the configuration's current cycle."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration, self._cycle = configuration, configuration.settings.cycle
        self._sent_on = configuration.cycle(self._cycle).returns_due - _COMPLETED_IN
        self._workbooks = Workbooks(configuration, self._cycle)
        self._places: dict[tuple[Phase, str], Places] = {}

    def prefill(self, school: School, earlier: Sequence[Said]) -> Prefill | None:
        """What a school's workbook has in it when it goes out; `earlier` is what the school has said so far, the last first."""
        return fill_again(school, tuple(earlier), self._configuration, self._cycle, self._sent_on)

    def complete(
        self,
        school: School,
        prefill: Prefill | None,
        submission: Submission,
        confirmed: Iterable[tuple[tuple[str, str], Value]] = (),
    ) -> bytes:
        """The workbook as it comes back, with the old answers that are `confirmed`."""
        configuration, key = self._configuration, (school.phase, prefill.cycle if prefill else "")
        if key not in self._places:
            self._places[key] = find_places(compose_pages(school, configuration, self._cycle, key[1]))
        asked = configuration.outcomes, configuration.checklist_for(self._cycle), configuration.rubric
        return self._workbooks.make(school, prefill, complete(self._places[key], submission, *asked, confirmed))

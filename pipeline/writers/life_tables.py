"""What the ledgers of actions tell: which are stuck, and which were done without the rating moving. No word of a school."""

from collections.abc import Iterator

from pipeline.model.dossier import Dossier
from pipeline.writers.excel_table import ExcelTable, Row

_HEADINGS = ("URN", "School", "District", "Ref", "Criterion", "Area of Focus", "First planned in", "Times carried")
_WIDTHS = (10, 42, 24, 8, 40, 40, 24, 12)
_OWN = "An action of the school's own"


def tabulate_lives(dossier: Dossier) -> tuple[ExcelTable, ...]:
    """A table for each of the two of which there is anything to tell."""
    tables = (("Stuck actions", "StuckActions", False), ("Done, not higher", "DoneNotHigher", True))
    found = ((title, name, list(_rows(dossier, done=done))) for title, name, done in tables)
    return tuple(ExcelTable(title, name, _HEADINGS, _WIDTHS, rows) for title, name, rows in found if rows)


def _rows(dossier: Dossier, *, done: bool) -> Iterator[Row]:
    configuration = dossier.configuration
    names, titles, cycles = configuration.area_names, configuration.titles, configuration.settings.cycles
    for profile in dossier.profiles:
        school = profile.school
        for life in profile.lives:
            if life.done is done:
                opened = cycles[life.opened].label if life.opened in cycles else life.opened
                yield (
                    *(school.urn, school.name, school.district, life.ref, titles.get(life.criterion, _OWN)),
                    *(f"{life.area} {names.get(life.area, '')}".rstrip(), opened, life.carried),
                )

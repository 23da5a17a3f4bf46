"""What the ledgers of actions tell: what became of each, which are stuck, and which were done without the rating moving.

No word of a school is in it."""

from collections.abc import Iterator

from pipeline.model.dossier import Dossier
from pipeline.model.profile import ActionState, Profile, ProfileLife
from pipeline.model.project import Configuration
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Parts, Row, Value

_HEADINGS = ("URN", "School", "District", "Ref", "Criterion", "Area of Focus", "First planned in", "Times carried")
_WIDTHS = (10, 42, 24, 8, 40, 40, 24, 12)
_OWN = "An action of the school's own"
_NOTE = (
    "Stuck: open, and carried forward three times or more. Overdue: open, and the date is past. Done and dropped: last cycle's."
)
_YES, _NO = ("Yes",), ("No",)


def tabulate_lives(dossier: Dossier) -> tuple[ExcelTable, ...]:
    """Every action of plans that came back, and a table for each of two kinds of which there is anything to tell; nothing
    where no plan has come back."""
    actions = _list_actions(dossier)
    tables = {"Stuck actions": ActionState.STUCK, "Done, not higher": ActionState.NOT_HIGHER}
    found = ((title, list(_rows(dossier, state))) for title, state in tables.items())
    few = tuple(ExcelTable(title, _name(title), _HEADINGS, _WIDTHS, rows) for title, rows in found if rows)
    return (actions, *few) if actions.rows else ()


def _list_actions(dossier: Dossier) -> ExcelTable:
    told: dict[ProfileLife, tuple[Value, ...]] = {}  # what many schools share is put in words once
    rows: list[Row] = []
    for profile in dossier.profiles:
        about = _about(profile)
        for life in profile.lives:
            words = told.get(life) or told.setdefault(life, tuple(_tell(life, dossier.configuration)))
            rows.append(Parts((about, words, _YES if life.is_overdue(dossier.today) else _NO)))
    headings = (
        "URN", "School", "District", "Phase", "Type", "Area", "Area of Focus", "Criterion", "Criterion title", "Reference",
        "First planned in", "Times carried", "What became of it", "Status", "Date", "Overdue",
    )  # fmt: skip
    widths = (10, 40, 22, 14, 24, 7, 40, 10, 40, 11, 22, 9, 17, 18, 12, 10)
    table = ExcelTable("Actions", "Actions", headings, widths, rows, note=_NOTE)
    return table.shade("Overdue", '="Yes"', style.TINTS["not-yet"])


def _about(profile: Profile) -> tuple[str, ...]:
    school = profile.school
    return school.urn, school.name, school.district, school.phase.label, school.kind


def _tell(life: ProfileLife, configuration: Configuration) -> Iterator[Value]:
    yield from (life.area, configuration.area_names.get(life.area, ""))
    yield from (life.criterion, configuration.titles.get(life.criterion, _OWN), life.ref)
    yield from (_name_cycle(life.opened, configuration), life.carried, life.state, life.status, life.due)


def _name_cycle(cycle: str, configuration: Configuration) -> str:
    cycles = configuration.settings.cycles
    return cycles[cycle].label if cycle in cycles else cycle


def _rows(dossier: Dossier, state: ActionState) -> Iterator[Row]:
    """Those of a state, a school's that were carried longest first."""
    configuration = dossier.configuration
    names, titles = configuration.area_names, configuration.titles
    for profile in dossier.profiles:
        school = profile.school
        for life in sorted((one for one in profile.lives if one.state == state), key=lambda one: -one.carried):
            yield (
                *(school.urn, school.name, school.district, life.ref, titles.get(life.criterion, _OWN)),
                *(f"{life.area} {names.get(life.area, '')}".rstrip(), _name_cycle(life.opened, configuration), life.carried),
            )


def _name(title: str) -> str:
    return "".join(word.capitalize() for word in title.replace(",", "").split())

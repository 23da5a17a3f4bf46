"""The sheets of the rubric's workbook that make its areas: areas, criteria and steps."""

from collections.abc import Iterable, Mapping

from pipeline.model import rubric_form as form
from pipeline.model.level import Level
from pipeline.model.rubric import Area, Criterion, Gate, Step, Steps
from pipeline.readers.rubric_gathering import Gathering, Path
from pipeline.readers.rubric_sheet import Row, Table
from pipeline.rules.rubric_soundness import LEVELS


def read_areas(gathering: Gathering, tables: Mapping[str, Table], themes: set[str]) -> tuple[Area, ...]:
    """Every area with its criteria and their steps, in the order of their numbers. Findings: RB952."""
    steps = _read_steps(tables[form.STEPS.sheet])
    criteria = _read_criteria(tables[form.CRITERIA.sheet], steps, themes)
    rows = sorted(((row.whole("Number"), row) for row in tables[form.AREAS.sheet].rows()), key=lambda one: one[0])
    areas = []
    for place, (number, row) in enumerate(rows):
        if number in (other for other, _ in rows[:place]):
            row.refuse("Number", str(number), "Give each area a number of its own.")
        mine = criteria.pop(number, ())
        headings: dict[str, Path] = {"Number": ("number",), "Leads to": ("crosswalk",), "Status": ("status",)}
        gathering.keep(row, (place,), headings)
        for position, (criterion_row, _) in enumerate(mine):
            gathering.keep(criterion_row, (place, "criteria", position), _CRITERION_CELLS)
        status = row.choice("Status", {status.capitalize(): status for status in form.STATUSES})
        name, definition = row.wording("Name", "the area's name"), row.text("Definition")
        asked = tuple(criterion for _, criterion in mine)
        areas.append(Area(number, name, status, row.numbers("Leads to"), definition, asked))  # type: ignore[arg-type]
    for number, stray in criteria.items():
        for row, criterion in stray:
            remedy = f"Add Area {number} to the sheet “{form.AREAS.sheet}”, or begin the id with the number of one there."
            row.refuse("Id", criterion.id[:40], remedy)
    return tuple(areas)


def _read_steps(table: Table) -> dict[tuple[str, Level], tuple[Row, Step]]:
    steps: dict[tuple[str, Level], tuple[Row, Step]] = {}
    for row in table.rows():
        key = row.id("Criterion", "5.2"), row.level("To level")
        if key in steps:
            row.refuse("To level", f"{key[0][:40]} to {key[1].key} twice", "Keep one row for each criterion and level.")
        elif key[1] is Level.NOT_YET:
            row.refuse("To level", "Not yet", "Choose the level that the step reaches: Emerging, Established or Advanced.")
        steps.setdefault(key, (row, Step(*(row.text(heading) for heading in ("Opportunity", "Action", "Success")))))
    return steps


def _read_criteria(
    table: Table, steps: dict[tuple[str, Level], tuple[Row, Step]], themes: set[str]
) -> dict[int, tuple[tuple[Row, Criterion], ...]]:
    """Number of the area → its criteria with their rows."""
    criteria: dict[int, tuple[tuple[Row, Criterion], ...]] = {}
    taken: set[str] = set()
    for row in table.rows():
        criterion = _read_criterion(row, steps, themes)
        number = criterion.id.partition(".")[0]
        if criterion.id and criterion.id in taken:
            row.refuse("Id", criterion.id[:40], "Use each criterion's id once.")
        if criterion.id and not number.isdecimal():
            row.refuse("Id", criterion.id[:40], "Write the area's number, a point and a number, such as 5.8.")
        elif criterion.id:
            criteria[int(number)] = (*criteria.get(int(number), ()), (row, criterion))
        taken.add(criterion.id)
    for (id, _), (row, _) in steps.items():
        if id and id not in taken:
            remedy = "Write the id of a criterion of the sheet Criteria, or remove the row."
            row.refuse("Criterion", id[:40], remedy)
    return criteria


_CRITERION_CELLS: dict[str, Path] = {
    "Id": ("id",),
    "Title": ("title",),
    "Source": ("gate", "source"),
    "Phases": ("phases",),
    "Themes": ("themes",),
    "Formerly": ("formerly",),
}


def _read_criterion(row: Row, steps: Mapping[tuple[str, Level], tuple[Row, Step]], themes: Iterable[str]) -> Criterion:
    id = row.id("Id", "5.8")
    missing = [level for level in LEVELS if id and (id, level) not in steps]
    for level in missing:
        remedy = f"Add a row to the sheet “{form.STEPS.sheet}” with {id} and {form.level_word(level.key)}."
        row.refuse("Id", f"{id[:40]} has no step to {level.key}", remedy)
    nothing = Step("", "", "")
    reached = {level.key: steps[id, level][1] if (id, level) in steps else nothing for level in LEVELS}
    words = {level.key: row.wording(form.level_word(level.key), f"what {level.key} looks like") for level in LEVELS}
    duty, source = row.text("Statutory duty"), row.text("Source").strip()
    phases = row.phases("Phases")
    return Criterion(
        id=id,
        title=row.wording("Title", "the criterion's title"),
        themes=row.items("Themes", set(themes).__contains__),
        lead=row.text("Lead"),
        steps=Steps(**reached),
        phases="all" if phases is None else phases,
        gate=Gate(duty, source) if duty.strip() or source else None,
        formerly=row.items("Formerly", lambda _: False),
        **words,
    )

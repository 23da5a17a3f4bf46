"""What moved since the last cycle: the areas that did, school by school, and how many; a break between editions is marked."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.model.batch import AreaLine, Batch, Summary
from pipeline.model.comparison import Movement
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row, Tinted

_MOVED = (Movement.HIGHER, Movement.LOWER)


def tabulate_movement(
    ordered: Sequence[tuple[School, Summary]], batch: Batch, configuration: Configuration
) -> tuple[ExcelTable, ...]:
    """Areas that rose or fell, in the schools' order, and movement by area; nothing where no school has an earlier cycle.

    Like with like and across a break are counted apart, and schools rated under another edition are in the first table alone.
    """
    if not any(line.movement for _, summary in ordered for line in summary.areas):
        return ()
    return _list_moved(ordered, configuration), _count_movement(batch.summaries, configuration.rubric)


def _list_moved(ordered: Sequence[tuple[School, Summary]], configuration: Configuration) -> ExcelTable:
    names = configuration.area_names
    rows: list[Row] = [
        (
            *(school.urn, school.name, school.phase.label, school.district, f"{line.number} {names.get(line.number, '')}"),
            *(line.before, Tinted(line.label, style.TINTS.get(line.key, style.TINTS["none"])), line.movement, line.across),
        )
        for school, summary in ordered
        for line in summary.areas
        if line.movement in _MOVED
    ]
    headings = (
        "URN",
        "School",
        "Phase",
        "District",
        "Area of Focus",
        "Last cycle",
        "Now",
        "Movement",
        "Set side by side with care",
    )
    return ExcelTable("Movement", "Movement", headings, (10, 40, 14, 22, 52, 24, 17, 13, 44), rows)


def _count_movement(summaries: Sequence[Summary], rubric: Rubric) -> ExcelTable:
    counts = Counter((line.number, line.movement, bool(line.across)) for line in _lines(summaries))
    rows: list[Row] = [
        (
            f"{area.number} {area.name}",
            *(counts[area.number, way.value, False] for way in Movement if way is not Movement.BETWEEN),
            *(counts[area.number, way.value, True] for way in Movement),
        )
        for area in rubric.areas
    ]
    alike = (way.value for way in Movement if way is not Movement.BETWEEN)
    headings = (
        "Area of Focus",
        *alike,
        *(f"Across a change of rubric: {way.value[:1].lower()}{way.value[1:]}" for way in Movement),
    )
    return ExcelTable("Movement by area", "MovementByArea", headings, (52, *([16] * (len(headings) - 1))), rows, height=62)


def _lines(summaries: Sequence[Summary]) -> Iterator[AreaLine]:
    return (line for summary in summaries for line in summary.areas if line.movement)

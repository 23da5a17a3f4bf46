"""The figures of the Outcomes sheet: school by school and cycle by cycle, and beside the ratings, with no word of cause."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.dossier import Dossier
from pipeline.model.profile import ProfileFigure
from pipeline.model.settings import Measure
from pipeline.rules.outcome import CAUTION, compare_outcomes
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row
from pipeline.writers.level_words import tint_key

_UNITS = {"percent": "per cent", "points": "percentage points", "count": "number"}
_WAYS = {"higher": "Higher", "lower": "Lower", "neither": ""}


def tabulate_outcomes(dossier: Dossier) -> tuple[ExcelTable, ...]:
    """Outcomes beside levels, and every figure that a school gave and that can be one."""
    return _set_beside(dossier), _list_figures(dossier)


def _set_beside(dossier: Dossier) -> ExcelTable:
    configuration = dossier.configuration
    rubric, names = configuration.rubric, configuration.area_names
    rows: list[Row] = [
        (
            *(row.measure.label, _UNITS[row.measure.unit], _WAYS[row.measure.better]),
            *(f"{row.area} {names[row.area]}", tint_key(row.level.key, rubric), row.schools),
            *(_shown(row.this_year), _shown(row.last_year), row.better),
        )
        for row in compare_outcomes(dossier.counted, configuration.outcomes.measures)
        if row.area in names
    ]
    headings = (
        "Measure", "Unit", "Which is better", "Area of Focus", "Level of the area", "Schools with both years",
        "Last school year, median", "The year before, median", "Schools that did better",
    )  # fmt: skip
    widths = (42, 18, 12, 52, 18, 14, 14, 14, 14)
    return ExcelTable("Outcomes beside levels", "OutcomesBesideLevels", headings, widths, rows, height=46, note=CAUTION)


def _list_figures(dossier: Dossier) -> ExcelTable:
    """One row for each school, measure and cycle; earlier cycles of schools that are rated now."""
    cycles = dossier.configuration.settings.cycles
    measures = {measure.id: measure for measure in dossier.configuration.outcomes.measures}
    earlier = {cycle: {outline.urn: outline.figures for outline in outlines} for cycle, outlines in dossier.earlier.items()}
    rows: list[Row] = []
    for profile in dossier.profiles:
        school = profile.school
        about = (school.urn, school.name, school.district, school.phase.label)
        told = {cycle: figures.get(school.urn, ()) for cycle, figures in earlier.items()}
        for cycle, figures in (*told.items(), (dossier.batch.cycle, profile.figures)):
            rows.extend((*about, cycles[cycle].label, *row) for row in _tell(figures, measures))
    headings = (
        "URN", "School", "District", "Phase", "Cycle", "Measure", "Unit", "Last school year", "The year before", "Change",
        "Better or worse",
    )  # fmt: skip
    widths = (10, 40, 22, 14, 20, 42, 18, 12, 12, 10, 12)
    table = ExcelTable("Outcome figures", "OutcomeFigures", headings, widths, rows)
    return table.shade("Better or worse", '="Worse"', style.TINTS["not-yet"])


def _tell(figures: Iterable[ProfileFigure], measures: Mapping[str, Measure]) -> Iterator[Row]:
    for figure in figures:
        measure = measures.get(figure.measure)
        if measure:
            now, before = figure.this_year, figure.last_year
            change = "" if now is None or before is None else round(now - before, 4)
            way = _judge(measure, now, before)
            yield measure.label, _UNITS[measure.unit], _shown(now), _shown(before), change, way


def _judge(measure: Measure, now: float | None, before: float | None) -> str:
    if now is None or before is None or measure.better == "neither":
        return ""
    if now == before:
        return "The same"
    return "Better" if measure.is_better(now, before) else "Worse"


def _shown(value: float | None) -> float | str:
    return "" if value is None else value

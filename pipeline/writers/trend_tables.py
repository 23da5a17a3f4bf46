"""Cycle by cycle: levels by area, and the outcome figures of the same schools."""

from collections.abc import Mapping, Sequence

from pipeline.model.dossier import Dossier
from pipeline.model.profile import Outline
from pipeline.rules.trend import trend_figures, trend_levels
from pipeline.writers.excel_table import ExcelTable, Row
from pipeline.writers.level_words import KEYS, rating_words


def tabulate_trend(dossier: Dossier, *, with_figures: bool) -> tuple[ExcelTable, ...]:
    """Nothing where no earlier cycle left anything to look back on."""
    if not dossier.earlier:
        return ()
    cycles = {**dossier.earlier, dossier.batch.cycle: [profile.outline for profile in dossier.profiles]}
    return (_trend_levels(dossier, cycles), *((_trend_figures(dossier, cycles),) if with_figures else ()))


def _trend_levels(dossier: Dossier, cycles: Mapping[str, Sequence[Outline]]) -> ExcelTable:
    configuration = dossier.configuration
    names = configuration.area_names
    rows: list[Row] = [
        (
            f"{one.area} {names.get(one.area, '')}".rstrip() if one.area else "Overall",
            configuration.cycle(one.cycle).label,
            one.edition,
            *(one.levels[key] for key in KEYS),
            sum(one.levels.values()),
        )
        for one in trend_levels(cycles)
    ]
    headings = ("Area of Focus", "Cycle", "Rubric", *rating_words(configuration.rubric), "Schools")
    return ExcelTable("Levels by cycle", "LevelsByCycle", headings, (52, 22, 26, *([14] * len(KEYS)), 10), rows)


def _trend_figures(dossier: Dossier, cycles: Mapping[str, Sequence[Outline]]) -> ExcelTable:
    configuration = dossier.configuration
    labels = {measure.id: measure.label for measure in configuration.outcomes.measures}
    rows: list[Row] = [
        (labels[one.measure], configuration.cycle(one.cycle).label, one.schools, one.middle)
        for one in trend_figures(cycles, list(labels))
    ]
    note = "Only schools that gave the figure in every one of these cycles are counted, so that like stands beside like."
    headings = ("Measure", "Cycle", "Schools", "Last school year, median")
    return ExcelTable("Outcomes by cycle", "OutcomesByCycle", headings, (46, 24, 12, 16), rows, note=note)

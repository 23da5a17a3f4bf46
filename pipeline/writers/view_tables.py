"""Own views and moderation beside what the answers come to: where they differ, and how often."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from pipeline.model.batch import Batch, Summary
from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.rules.side_by_side import HIGHER, LOWER, NOT_COMPARED, SAME, compare
from pipeline.writers.excel_table import ExcelTable, Row, Tinted
from pipeline.writers.level_words import tint


def tabulate_views(
    ordered: Sequence[tuple[School, Summary]], batch: Batch, configuration: Configuration
) -> tuple[ExcelTable, ...]:
    """Both tables: areas seen otherwise, in the schools' order, and counts by area."""
    return _list_views(ordered, configuration), _count_views(batch.summaries, configuration.rubric)


def _list_views(ordered: Sequence[tuple[School, Summary]], configuration: Configuration) -> ExcelTable:
    """A row for each area that an adviser has looked at, or that its school sees otherwise than its answers do. An own view
    that is the same is counted in the next table, and not listed."""
    names = {number: f"{number} {name}" for number, name in configuration.area_names.items()}
    rows: list[Row] = []
    beside: dict[str, Callable[[str, str], str]] = {}
    for school, summary in ordered:
        rubric = configuration.under(summary.rubric).rubric
        if summary.rubric not in beside:
            beside[summary.rubric] = _compare_once(rubric)
        for line in summary.areas:
            own = beside[summary.rubric](line.own, line.label)
            if line.moderated or own not in ("", SAME):
                moderated = beside[summary.rubric](line.moderated, line.label)
                area = names.get(line.number, f"{line.number}")
                levels = (tint(line.label, line.key), _tint_label(line.own, rubric), _tint_label(line.moderated, rubric))
                rows.append((school.urn, school.name, school.district, area, *levels, own, moderated))
    headings = (
        "URN", "School", "District", "Area of Focus", "From the answers", "The school's own view", "Moderated",
        "The own view is", "The moderated level is",
    )  # fmt: skip
    return ExcelTable("Views and moderation", "Viewsandmoderation", headings, (10, 42, 24, 52, 17, 17, 17, 24, 24), rows)


def _compare_once(rubric: Rubric) -> Callable[[str, str], str]:
    """How a level, as a label, stands beside the rating's: nothing for none. Of a county's areas, few differ."""
    return cache(lambda seen, label: compare(seen, label, rubric) if seen else "")


def _tint_label(label: str, rubric: Rubric) -> Tinted | str:
    key = next((level.key for level in Level if rubric.label(level) == label), "")
    return tint(label, key) if label else ""


def _count_views(summaries: Sequence[Summary], rubric: Rubric) -> ExcelTable:
    """How many schools see each area as their answers do, and how often an adviser does."""
    compared = (SAME, HIGHER, LOWER, NOT_COMPARED)
    beside = _compare_once(rubric)
    own: Counter[tuple[int, str]] = Counter()
    moderated: Counter[tuple[int, str]] = Counter()
    for line in (line for summary in summaries for line in summary.areas):
        own[line.number, beside(line.own, line.label)] += 1
        moderated[line.number, beside(line.moderated, line.label)] += 1
    rows: list[Row] = [
        (
            f"{area.number} {area.name}",
            *(own[area.number, word] for word in (*compared, "")),
            *(moderated[area.number, word] for word in compared),
        )
        for area in rubric.areas
    ]
    headings = (
        "Area of Focus", *(f"Own view: {word}" for word in compared), "Own view: not given",
        *(f"Moderated: {word}" for word in compared),
    )  # fmt: skip
    return ExcelTable("Views by area", "Viewsbyarea", headings, (52, *([17] * 9)), rows, height=46)

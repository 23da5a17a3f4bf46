"""The overview page: a school's row when its return is rated, and the page of all rows when the papers are made."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.model.dossier import Dossier
from pipeline.model.explanation import Explanation
from pipeline.model.heat_map import HeatMap, Row
from pipeline.model.paper import Matter, Paper
from pipeline.model.record import Provenance, Record
from pipeline.readers.heat_row import RowReader
from pipeline.readers.record import load_record
from pipeline.rules.explaining import explain
from pipeline.rules.heat_map import (
    NOT_RETURNED,
    SENT_BACK,
    UNREADABLE,
    chart_school,
    chart_without,
    find_moves,
    list_columns,
    list_levels,
)  # fmt: skip
from pipeline.rules.planning import written_date
from pipeline.runner.workspace import Workspace
from pipeline.writers.heat_map import write_heat_map
from pipeline.writers.heat_row import write_row

if TYPE_CHECKING:
    from pipeline.runner.making import Judged


def chart_row(judged: "Judged", workspace: Workspace, today: date) -> str:
    """A rated school's row as a line; empty where the settings want no page."""
    edition = workspace.configuration.under(judged.submission.edition).rubric.edition
    made_by = Provenance(__version__, edition, workspace.cycle, today, judged.entry.digest, plan="", plan_digest="")
    record = Record(made_by, judged.school, judged.submission, judged.assessment, (), compared=judged.compared)
    return _chart(record, workspace)


def recover_row(urn: str, workspace: Workspace) -> str:
    """The same, from the school's record; empty where that cannot be read as well."""
    record, _ = load_record(workspace.folders.records / f"{urn}.json", "")
    return _chart(record, workspace) if record else ""


def _chart(record: Record, workspace: Workspace) -> str:
    matters = workspace.configuration.settings.papers.get(Paper.PAGE)
    if matters is None:
        return ""
    configuration = workspace.configuration.under(record.made_by.rubric)
    explanation = explain(record, configuration.rubric, configuration.cycle(workspace.cycle).label)
    shown = _leave_out(explanation, own=Matter.VIEWS not in matters, moderated=Matter.MODERATION not in matters)
    moves, in_use = find_moves(record.compared, configuration.rubric), workspace.configuration.rubric.edition
    school = workspace.register[record.school.urn]
    return write_row(chart_school(school, shown, configuration.rubric, moves, in_use))


def _leave_out(explanation: Explanation, *, own: bool, moderated: bool) -> Explanation:
    """Without what others make of a rating, where the page is not to show it."""
    if not (own or moderated):
        return explanation
    ratings = (
        replace(rating, own_view=None if own else rating.own_view, moderated=None if moderated else rating.moderated)
        for rating in explanation.ratings
    )
    return replace(explanation, ratings=tuple(ratings))


def make_page(dossier: Dossier, workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """`overview.html`. Raises: OSError, ValueError."""
    assert workspace.page_template is not None
    configuration, rubric = dossier.configuration, dossier.configuration.rubric
    rows = tuple(_list_rows(dossier, _load_rows(workspace)))
    heat_map = HeatMap(
        authority=configuration.settings.authority.name,
        cycle=dossier.batch.cycle_label,
        edition=rubric.edition,
        made_on=written_date(dossier.today),
        columns=list_columns(rubric),
        levels=list_levels(rubric),
        remark=_tell_movement(rows, workspace),
        rows=rows,
    )
    yield "overview.html", write_heat_map(workspace.page_template, heat_map)


def _load_rows(workspace: Workspace) -> Mapping[str, Row]:
    path, reader = workspace.folders.heat_rows, RowReader()
    if not path.exists():  # no school was ever rated
        return {}
    with path.open("rb") as lines:
        rows = [reader.read(line.partition(b"\t")[0]) for line in lines]
    return {row.urn: row for row in rows}


def _list_rows(dossier: Dossier, rated: Mapping[str, Row]) -> Iterator[Row]:
    """A row for each school of the register, in its order."""
    missing = set(dossier.batch.missing)
    ought = {entry.urn for entry in dossier.batch.entries if entry.summary}
    for urn, school in dossier.register.items():
        state = NOT_RETURNED if urn in missing else UNREADABLE if urn in ought else SENT_BACK
        yield rated.get(urn) or chart_without(school, state)


def _tell_movement(rows: tuple[Row, ...], workspace: Workspace) -> str:
    """What the movement compares."""
    before = workspace.configuration.cycle_before(workspace.cycle)
    if before is None or not any(cell.moved for row in rows for cell in row.cells):
        return "There is no earlier cycle to compare with."
    return f"Movement is since {workspace.configuration.cycle(before).label}."

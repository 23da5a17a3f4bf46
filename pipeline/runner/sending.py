"""`workbooks`: one workbook for each school of the register, with its last answers in it where it has given any."""

from collections.abc import Callable, Sequence
from datetime import date

from pipeline.model.finding import Finding, Place, find
from pipeline.model.prefill import Prefill, Said
from pipeline.model.school import School
from pipeline.rules.prefilling import fill_again, leads_here
from pipeline.runner.documents import not_written
from pipeline.runner.remembering import gather_said
from pipeline.runner.workspace import Workspace
from pipeline.writers.prefilled import Workbooks
from pipeline.writers.whole_file import write_whole


def write_workbooks(
    workspace: Workspace, urns: Sequence[str], today: date, advance: Callable[[], None]
) -> tuple[int, int, tuple[Finding, ...]]:
    """Writes the workbooks of the schools named; gives how many, and how many of them are pre-filled.

    Findings: PF101-PF103, WR601."""
    written, prefilled = 0, 0
    findings: list[Finding] = []
    workbooks = Workbooks(workspace.configuration, workspace.cycle)
    for urn in urns:
        school = workspace.register[urn]
        path = workspace.folders.workbooks / f"{school.file_stem}.xlsx"
        prefill, found = prefill_for(school, workspace, today)
        findings += found
        try:
            write_whole(path, workbooks.make(school, prefill))
            written += 1
            prefilled += prefill is not None
        except OSError as error:
            findings.append(not_written(path, error, urn))
        advance()
    return written, prefilled, tuple(dict.fromkeys(findings))


def prefill_for(school: School, workspace: Workspace, today: date) -> tuple[Prefill | None, tuple[Finding, ...]]:
    """What a school's workbook is sent out with. Findings: PF101-PF103, of editions once for all schools."""
    said, findings = gather_said(school.urn, workspace)
    prefill = fill_again(school, said, workspace.configuration, workspace.cycle, today)
    return prefill, (*findings, *_doubt_edition(said, workspace))


def _doubt_edition(said: Sequence[Said], workspace: Workspace) -> tuple[Finding, ...]:
    configuration = workspace.configuration
    if not said or said[0].edition in configuration.rubrics:
        return ()
    place, edition = Place("config"), said[0].edition
    if leads_here(said[0], configuration):
        return (find("PF103", place, f"{edition} is not kept", edition=edition),)
    return (find("PF102", place, edition),)

"""`workbooks`: one blank workbook for each school of the register."""

from collections.abc import Callable, Sequence

from pipeline.model.finding import Finding
from pipeline.runner.making import not_written
from pipeline.runner.workspace import Workspace
from pipeline.writers.whole_file import write_whole
from pipeline.writers.workbook import build_workbook, save_workbook


def write_workbooks(
    workspace: Workspace, urns: Sequence[str], advance: Callable[[str], None]
) -> tuple[int, tuple[Finding, ...]]:
    """Writes the workbooks of the schools named; gives how many. Findings: WR601."""
    written, findings = 0, []
    for urn in urns:
        school = workspace.register[urn]
        path = workspace.folders.workbooks / f"{school.file_stem}.xlsx"
        try:
            write_whole(path, save_workbook(build_workbook(school, workspace.configuration, workspace.cycle)))
            written += 1
        except OSError as error:
            findings.append(not_written(path, error, urn))
        advance(school.name)
    return written, tuple(findings)

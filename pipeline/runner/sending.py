"""`workbooks`: one blank workbook for each school of the register."""

from collections.abc import Callable, Sequence

from pipeline.model.finding import Finding
from pipeline.runner.documents import not_written
from pipeline.runner.workspace import Workspace
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.whole_file import write_whole


def write_workbooks(workspace: Workspace, urns: Sequence[str], advance: Callable[[], None]) -> tuple[int, tuple[Finding, ...]]:
    """Writes the workbooks of the schools named; gives how many. Findings: WR601."""
    written, findings = 0, []
    blanks = Blanks(workspace.configuration, workspace.cycle)
    for urn in urns:
        school = workspace.register[urn]
        path = workspace.folders.workbooks / f"{school.file_stem}.xlsx"
        try:
            write_whole(path, fill_in(blanks.of(school), school))
            written += 1
        except OSError as error:
            findings.append(not_written(path, error, urn))
        advance()
    return written, tuple(findings)

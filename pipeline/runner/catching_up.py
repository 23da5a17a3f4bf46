"""Earlier cycles that a cycle goes on from and that were never run here, though they have returns: on a new machine, say."""

from collections.abc import Iterator
from datetime import date

from pipeline.model.batch import Batch
from pipeline.model.finding import Finding
from pipeline.runner.cycle import Hire, Progress, run_cycle
from pipeline.runner.folders import Folders
from pipeline.runner.workspace import Workspace, open_workspace, with_post


def list_unrun(workspace: Workspace) -> tuple[str, ...]:
    """Their keys, the earliest first. A cycle with a finished run behind it is none, whatever has come since."""
    cycles = list(workspace.configuration.settings.cycles)
    earlier = (Folders(workspace.root, key) for key in cycles[: cycles.index(workspace.cycle)])
    return tuple(folders.cycle for folders in earlier if not folders.index.exists() and folders.list_returns())


def catch_up(
    workspace: Workspace, hire: Hire, progress: Progress, today: date
) -> Iterator[tuple[Batch | None, tuple[Finding, ...]]]:
    """Runs them, one after another. None with the findings where one of them cannot be run; then the later ones wait."""
    for key in list_unrun(workspace):
        earlier, findings = open_workspace(workspace.root, key)
        earlier, findings = with_post(earlier) if earlier else (None, findings)
        if earlier is None:
            yield None, findings
            return
        yield run_cycle(earlier, hire, progress, today).batch, ()

"""Earlier cycles that a cycle goes on from and that were never run here, though they have returns: on a new machine, say."""

from pipeline.runner.folders import Folders
from pipeline.runner.workspace import Workspace


def list_unrun(workspace: Workspace) -> tuple[str, ...]:
    """Their keys, the earliest first. A cycle with a finished run behind it is none, whatever has come since."""
    cycles = list(workspace.configuration.settings.cycles)
    earlier = (Folders(workspace.root, key) for key in cycles[: cycles.index(workspace.cycle)])
    return tuple(folders.cycle for folders in earlier if not folders.index.exists() and folders.list_returns())

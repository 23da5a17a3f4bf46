"""Earlier cycles that a cycle goes on from and that were never run here, though they have returns: on a new machine, say."""

from pipeline.runner.workspace import Workspace


def list_unrun(workspace: Workspace) -> tuple[str, ...]:
    """Their keys, the earliest first. A cycle with a finished run behind it is none, whatever has come since."""
    return tuple(one.cycle for one in reversed(workspace.before) if not one.index.exists() and one.list_returns())

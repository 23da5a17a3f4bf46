"""The run that has nothing to do: told from digests alone, before anything heavy is imported."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from pipeline.model.batch import Batch
from pipeline.readers.records import load_batch
from pipeline.runner.basis import digest_of, digest_project, holds
from pipeline.runner.folders import Folders, outer
from pipeline.writers.whole_file import write_whole

_POINTER = (
    ".last"  # beside the cycles' outputs: which cycle is the settings' own, and for which state of the project that holds
)


def find_unchanged(root: Path, cycle: str | None, today: date) -> Batch | None:
    """The last run's batch, where a run would find everything just as that one left it."""
    project = digest_project(root)
    key = cycle or _current(root, project)
    if not key:
        return None
    folders = Folders(root, key)
    batch = load_batch(folders.index)
    if not batch or not batch.basis or not holds(batch.basis, folders, project, today.isoformat()):
        return None
    known = {outer(entry.file): entry.digest for entry in batch.entries}
    found = {folders.name_of(path): digest_of(path) for path in folders.list_returns()}
    return batch if found == known and "" not in known.values() else None


def remember(root: Path, project: str, cycle: str) -> None:
    """Notes which cycle a run without `--cycle` is about, so that the next one need not read the settings."""
    with suppress(OSError):  # then the next one reads them
        write_whole(root / "outputs" / _POINTER, f"{project} {cycle}\n".encode())


def _current(root: Path, project: str) -> str:
    try:
        digest, _, cycle = (root / "outputs" / _POINTER).read_text("utf-8").strip().partition(" ")
    except (OSError, ValueError):
        return ""
    return cycle if digest == project else ""

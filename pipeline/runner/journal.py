"""How far a run has come, so that one that was killed goes on from there."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.model.batch import Entry
from pipeline.readers.records import load_journal
from pipeline.writers.records import write_line


class Journal:
    """A hidden file with a line for each finished file, kept until the run's index is written.

    It holds only under the `rules` it was begun with: one of other rules is taken away."""

    def __init__(self, outputs: Path, rules: str) -> None:
        self._path = outputs / f".journal-{rules[:16]}"
        for path in outputs.glob(".journal-*"):
            if path != self._path:
                path.unlink(missing_ok=True)

    def load(self) -> Mapping[str, Sequence[Entry]]:
        """File in the folder → its entries, as far as a killed run came."""
        return load_journal(self._path)

    def add(self, file: str, entries: Sequence[Entry]) -> None:
        """Notes that all of a file is in place. Raises: OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as journal:
            journal.write(write_line(file, entries))

    def clear(self) -> None:
        """Forgets it: the index holds everything, or everything is to be done anew."""
        self._path.unlink(missing_ok=True)

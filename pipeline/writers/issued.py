"""Which plans are ours as we wrote them: a list of digests, so that one changed by hand is never mistaken for ours."""

from pathlib import Path


class Issued:
    """The file `.issued` of a cycle's outputs: one SHA-256 a line, written before the plan it belongs to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digests = set(path.read_text("ascii").split()) if path.exists() else set()

    def __contains__(self, digest: str) -> bool:
        return digest in self._digests

    def add(self, digest: str) -> None:
        """Notes a plan that is about to be written. Raises: OSError."""
        if digest not in self._digests:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as file:
                file.write(f"{digest}\n")
            self._digests.add(digest)

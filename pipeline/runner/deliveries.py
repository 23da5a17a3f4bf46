"""Files as they arrive: opened, digested, and taken out of attachments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pipeline.model.finding import Finding, Place, find
from pipeline.readers.container import is_bundle, unpack


@dataclass(frozen=True)
class Delivery:
    """A file as it arrived. One from an attachment brings its `content`; one from the folder is read from `path` by whoever
    works on it, so that nothing large is handed on.

    `digest` is the SHA-256 of the file in the folder (of the attachment, for a file in one), `modified` its time in seconds.
    `findings` say why it cannot be read."""

    name: str
    content: bytes
    modified: float
    digest: str
    findings: tuple[Finding, ...] = ()
    path: Path | None = None

    def load(self) -> "Delivery":
        """With its content. Findings: RT300."""
        if self.path is None:
            return self
        try:
            return replace(self, content=self.path.read_bytes(), path=None)
        except OSError as error:
            return replace(self, findings=(_unopened(self.name, error),), path=None)


def open_file(path: Path, name: str) -> Iterator[Delivery]:
    """A file, or the files in it where it is an attachment that bundles several. Findings: RT300, RT301, RT305."""
    try:
        content, modified = path.read_bytes(), path.stat().st_mtime
    except OSError as error:
        yield Delivery(name, b"", 0, "", (_unopened(name, error),))
        return
    digest = sha256(content).hexdigest()
    if content.startswith(b"PK") and is_bundle(content, name):
        members, findings = unpack(content, name)
        if findings or not members:
            yield Delivery(name, b"", modified, digest, findings or (_empty_bundle(name),))
        yield from (Delivery(member, inside, modified, digest) for member, inside in members)
    else:
        yield Delivery(name, b"", modified, digest, path=path)


def _unopened(name: str, error: OSError) -> Finding:
    remedy = "Close the file if it is open elsewhere, check that you may read it, and run again."
    return find("RT300", Place(name), error.strerror or "cannot be opened", remedy=remedy)


def _empty_bundle(name: str) -> Finding:
    return find("RT300", Place(name), "a zip with nothing in it", remedy="Ask the school to send the workbook again.")

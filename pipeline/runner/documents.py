"""Documents on their way to disk: a worker lays them beside their places, and the run alone puts them in place.

So two files of one school, read at the same moment, never write over each other, and only what counts is ever in place.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pipeline.model.batch import Entry
from pipeline.model.finding import Finding, Place, find
from pipeline.runner.folders import Folders
from pipeline.writers.issued import Issued
from pipeline.writers.whole_file import write_whole

_WAITING = ".{name}.{mark}.part"


@dataclass(frozen=True)
class Document:
    """A finished document. It waits at `beside`, or is in place already where that is None; `digest` is its SHA-256."""

    path: Path
    digest: str
    beside: Path | None
    editable: bool = False


@dataclass(frozen=True)
class Made:
    """What a worker made of a file for one school: its entry, plan, record and extracts, the note with the marked copy, and the
    school's profile and its row of the heat map, each as a line."""

    entry: Entry
    plan: tuple[Document, ...] = ()
    note: tuple[Document, ...] = ()
    profile: str = ""
    heat_row: str = ""


def lay_beside(path: Path, content: bytes, *, editable: bool = False) -> Document:
    """Writes a document next to its place, unless it is in place as it should be. Raises: OSError."""
    digest = sha256(content).hexdigest()
    try:
        if path.read_bytes() == content:
            return Document(path, digest, None, editable)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(_WAITING.format(name=path.name[:60], mark=uuid4().hex))
    try:
        beside.write_bytes(content)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return Document(path, digest, beside, editable)


def put_in_place(made: Made, issued: Issued) -> Entry:
    """The entry of what is now in place. Findings: WR601, and then it is made again next time; WR602."""
    entry = made.entry
    if made.plan:
        kept, failed = replace_all(made.plan, issued, entry.urn)
        entry = replace(entry, findings=entry.findings + kept)
        plan = made.plan[0]
        entry = replace(entry, digest="") if failed else replace(entry, plan=plan.path.name, plan_digest=plan.digest)
    if made.note:
        kept, failed = replace_all(made.note, issued, entry.urn)
        entry = replace(entry, findings=entry.findings + kept)
        entry = replace(entry, digest="") if failed else replace(entry, note=made.note[0].path.name)
    return entry


def replace_all(documents: tuple[Document, ...], issued: Issued, urn: str) -> tuple[tuple[Finding, ...], bool]:
    """Puts documents in place; gives what was found (WR602, WR601) and whether one could not be."""
    kept: list[Finding] = []
    for document in documents:
        try:
            kept.extend(put_one_in_place(document, issued, urn))
        except OSError as error:
            _remove(documents)
            return (*kept, not_written(document.path, error, urn)), True
    return tuple(kept), False


def put_one_in_place(document: Document, issued: Issued, urn: str) -> Iterator[Finding]:
    """Puts a document in place; one that somebody changed since we wrote it is kept beside it (WR602). Raises: OSError."""
    path = document.path
    if document.editable and document.beside and path.exists():
        on_disk = path.read_bytes()
        digest = sha256(on_disk).hexdigest()
        if digest not in issued:
            kept = path.with_name(f"{path.stem} (changed by hand {digest[:8]}){path.suffix}")
            write_whole(kept, on_disk)
            yield find("WR602", Place(path.name), "not as we wrote it", urn=urn, kept=kept.name)
    if document.editable:
        issued.add(document.digest)
    if document.beside:
        os.replace(document.beside, path)


def discard(made: Made) -> None:
    """Takes away what a worker made in vain."""
    _remove((*made.plan, *made.note))


def _remove(documents: tuple[Document, ...]) -> None:
    for document in documents:
        if document.beside:
            with suppress(OSError):
                document.beside.unlink(missing_ok=True)


def sweep(folders: Folders) -> None:
    """Takes away what a run that was killed left lying beside."""
    folders_written = (
        folders.plans,
        folders.extracts,
        folders.strategies,
        folders.records,
        folders.notes,
        folders.outputs,
        folders.districts,
    )
    for folder in folders_written:
        _sweep(folder.glob(_WAITING.format(name="*", mark="*")))
    for folder in (folders.sent, folders.districts):  # which have a folder for each school, or for each district
        _sweep(folder.glob(f"*/{_WAITING.format(name='*', mark='*')}"))


def _sweep(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def put_whole(path: Path, content: bytes) -> tuple[Finding, ...]:
    """Writes a paper that nobody edits; why not, where it cannot be written (WR601)."""
    try:
        write_whole(path, content)
    except OSError as error:
        return (not_written(path, error),)
    return ()


def take_away(path: Path, urn: str = "") -> tuple[Finding, ...]:
    """Removes a document of ours that nobody needs any more; why not, where it cannot be (WR605)."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return (find("WR605", Place(path.name), error.strerror or "cannot be removed", urn=urn, file=path.name),)
    return ()


def is_open(path: Path) -> bool:
    """Whether Word or Excel has left the mark of an open document beside it: its name with ~$ before or over its first."""
    return any(path.with_name(f"~${name}").exists() for name in (path.name, path.name[1:], path.name[2:]) if name)


def not_written(path: Path, error: OSError, urn: str = "") -> Finding:
    """Why a file could not be written, in plain words (WR601). What the error itself names goes before `path`: of a note and
    its marked copy, say, it is the one that is open."""
    named = Path(f"{error.filename2 or error.filename or path}")
    path = named if named.suffix not in ("", ".part") else path
    if error.errno == errno.ENOSPC:
        remedy = "Free some space on the disk, then run again."
    elif isinstance(error, PermissionError) and is_open(path):
        remedy = f"{path.name} is open in Word or Excel: close it and run again."
    elif isinstance(error, PermissionError):
        remedy = f"Close {path.name} if it is open in Word or Excel, check that you may write in that folder, then run again."
    else:
        remedy = "Check the folder, then run again."
    return find("WR601", Place(path.name), error.strerror or "cannot be written", urn=urn, remedy=remedy)

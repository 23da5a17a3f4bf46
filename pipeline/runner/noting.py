"""Notes back to schools: what to mend in a return, and a copy of it with those cells marked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipeline.model.batch import Entry
from pipeline.model.school import safe_stem
from pipeline.rules.noting import asks_school, note_for
from pipeline.runner.intake import open_files
from pipeline.runner.making import not_written, write_document
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.marked_copy import mark_copy
from pipeline.writers.template import Properties
from pipeline.writers.whole_file import write_whole


def make_notes(entries: Sequence[Entry], workspace: Workspace, issued: Issued, today: date) -> list[Entry]:
    """The entries, each with its note where a school has something to mend. Those whose note is already there are left alone;
    a note that is no longer needed is taken away. Findings: CF105, WR601, WR602."""
    wanting = [not entry.note and any(map(asks_school, entry.findings)) for entry in entries]
    contents = _contents({entry.file for entry, wants in zip(entries, wanting, strict=True) if wants}, workspace)
    noted = [
        _make_note(entry, contents, workspace, issued, today) if wants else entry
        for entry, wants in zip(entries, wanting, strict=True)
    ]
    _clear_away({entry.note for entry in noted if entry.note}, workspace, issued)
    return noted


def _contents(wanted: set[str], workspace: Workspace) -> Mapping[str, bytes]:
    root = workspace.folders.returns
    outer = {name.partition(" › ")[0] for name in wanted}  # of a file in an attachment, the attachment
    paths = [path for path in workspace.folders.list_returns() if path.relative_to(root).as_posix() in outer]
    files = open_files(paths, root)
    return {content.name: content.content for content in files if content.name in wanted}


def _make_note(entry: Entry, contents: Mapping[str, bytes], workspace: Workspace, issued: Issued, today: date) -> Entry:
    school = workspace.register.get(entry.urn)
    path = workspace.folders.notes / f"{school.file_stem if school else safe_stem(entry.file)}.docx"
    marked = mark_copy(contents.get(entry.file, b""), entry.findings)
    note = note_for(
        entry.file, school, entry.findings, workspace.configuration, workspace.cycle, has_marked_copy=marked is not None
    )
    assert note is not None
    title = f"Your return: {school.name if school else entry.file}"
    properties = Properties(title, workspace.configuration.settings.authority.name, workspace.cycle)
    content, faults = workspace.note_template.fill(note, properties, today)
    if content is None:
        return replace(entry, digest="", findings=entry.findings + faults)
    try:
        kept = write_document(path, content, issued, entry.urn)
        if marked:
            issued.add(sha256(marked).hexdigest())
            write_whole(_marked(path), marked)
    except OSError as error:
        return replace(entry, digest="", findings=(*entry.findings, not_written(path, error, entry.urn)))
    return replace(entry, note=path.name, findings=entry.findings + kept)


def _marked(note: Path) -> Path:
    return note.with_name(f"{note.stem} (marked).xlsx")


def _clear_away(needed: set[str], workspace: Workspace, issued: Issued) -> None:
    """A note of ours that nobody needs any more must not be sent by mistake; one that was changed by hand stays."""
    folder = workspace.folders.notes
    kept = {path.name for name in needed for path in (folder / name, _marked(folder / name))}
    for path in sorted(folder.glob("*.*")):
        if path.name not in kept and sha256(path.read_bytes()).hexdigest() in issued:
            path.unlink()

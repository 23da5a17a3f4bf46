"""Notes back to schools: what to mend in a return, and a copy of it with those cells marked."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.model.batch import Entry
from pipeline.model.finding import Finding
from pipeline.model.school import safe_stem
from pipeline.rules.noting import asks_school, note_for
from pipeline.runner.basis import digest_of
from pipeline.runner.documents import Made, lay_beside, not_written, take_away
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.marked_copy import mark_copy
from pipeline.writers.template import Properties


def lay_note(made: Made, content: bytes, workspace: Workspace, today: date) -> Made:
    """With the note on a return and its marked copy, where the school has something to mend. Findings: CF105, VD101, WR601."""
    entry = made.entry
    if not any(map(asks_school, entry.findings)):
        return made
    school = workspace.register.get(entry.urn)
    path = workspace.folders.notes / f"{school.file_stem if school else safe_stem(entry.file)}.docx"
    marked = mark_copy(content, entry.findings)
    note = note_for(
        entry.file, school, entry.findings, workspace.configuration, workspace.cycle, has_marked_copy=marked is not None
    )
    assert note is not None
    title = f"Your return: {school.name if school else entry.file}"
    properties = Properties(title, workspace.configuration.settings.authority.name, workspace.cycle)
    filled, faults = workspace.note_template.fill(note, properties, today, path.name)
    if filled is None:
        return replace(made, entry=replace(entry, digest="", findings=entry.findings + faults))
    try:
        document = lay_beside(path, filled, editable=True)
        copy = (lay_beside(_marked(path), marked, editable=True),) if marked else ()
    except OSError as error:
        return replace(made, entry=replace(entry, digest="", findings=(*entry.findings, not_written(path, error, entry.urn))))
    return replace(made, note=(document, *copy))


def _marked(note: Path) -> Path:
    return note.with_name(f"{note.stem} (marked).xlsx")


def clear_away(entries: Iterable[Entry], workspace: Workspace, issued: Issued) -> tuple[Finding, ...]:
    """A note of ours that nobody needs any more must not be sent by mistake; one that was changed by hand stays. Findings:
    WR605."""
    folder = workspace.folders.notes
    kept = {path.name for entry in entries if entry.note for path in (folder / entry.note, _marked(folder / entry.note))}
    left = [path for path in sorted(folder.glob("*.*")) if path.name not in kept and digest_of(path) in issued]
    return tuple(finding for path in left for finding in take_away(path))

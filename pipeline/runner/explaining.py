"""`explain`: a school's record, and whether it still says what is so."""

from collections.abc import Iterator

from pipeline.model.batch import Outcome
from pipeline.model.explanation import Explanation
from pipeline.model.finding import Finding, Place, find
from pipeline.model.record import Record
from pipeline.readers.record import load_record
from pipeline.readers.records import load_batch
from pipeline.rules.explaining import explain
from pipeline.runner.basis import digest_of
from pipeline.runner.folders import outer
from pipeline.runner.workspace import Workspace


def explain_school(workspace: Workspace, urn: str) -> tuple[Explanation | None, tuple[Finding, ...]]:
    """Why the ratings of a school of the register are what they are, by the edition that the record was rated under, where that
    is kept. Findings: EX101-EX104."""
    name = f"outputs/{workspace.cycle}/records/{urn}.json"
    record, findings = load_record(workspace.folders.records / f"{urn}.json", name)
    if record is None:
        return None, findings or (_no_record(workspace, urn, name),)
    configuration = workspace.configuration.under(record.made_by.rubric)
    label = configuration.cycle(workspace.cycle).label
    return explain(record, configuration.rubric, label), tuple(_find_stale(record, workspace, name))


def _no_record(workspace: Workspace, urn: str, name: str) -> Finding:
    """Where there is none, what has to happen first."""
    folders, again = workspace.folders, f"inclusion run --cycle {workspace.cycle}"
    last = load_batch(folders.index)
    entries = [entry for entry in last.entries if entry.urn == urn] if last else []
    if any(entry.outcome is Outcome.SENT_BACK for entry in entries):
        remedy = f"Have the school mend what findings.csv says of its return, save the mended one, and run: {again}."
        return find("EX101", Place(name), "the return was sent back", remedy=remedy, urn=urn)
    if last:
        remedy = f"Put the school's return into inputs/{workspace.cycle}/returns, and run: {again}."
        return find("EX101", Place(name), "no return in the last run", remedy=remedy, urn=urn)
    return find("EX101", Place(name), "no run of this cycle yet", remedy=f"Run first: {again}.", urn=urn)


def _find_stale(record: Record, workspace: Workspace, name: str) -> Iterator[Finding]:
    file, folders = outer(record.submission.file), workspace.folders
    found = digest_of(folders.returns / file)
    if found != record.made_by.return_digest:
        seen = "other content than when it was rated" if found else "no such file any more"
        yield find("EX103", Place(record.submission.file), seen, urn=record.school.urn)
    if _has_changed(record, workspace):
        yield find("EX104", Place(name), f"rated under {record.made_by.rubric}", urn=record.school.urn)


def _has_changed(record: Record, workspace: Workspace) -> bool:
    """Whether the rules are others than the record was rated by. One of an edition that is kept rests on that one's files."""
    made_by, configuration = record.made_by, workspace.configuration
    if made_by.rubric == configuration.rubric.edition:
        last = load_batch(workspace.folders.index)
        return last is not None and last.rules != workspace.rules
    kept = configuration.under(made_by.rubric)
    return kept is configuration or made_by.rubric_digest != kept.rubric_digest

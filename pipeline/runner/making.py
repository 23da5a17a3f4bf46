"""From a return that counts to its plan and record on disk."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.model.assessment import Assessment
from pipeline.model.batch import Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.records import load_levels
from pipeline.rules.assessing import assess
from pipeline.rules.intake import check_completeness
from pipeline.rules.planning import plan_for
from pipeline.rules.summary import summarise
from pipeline.runner.intake import Arrival
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.records import Provenance, write_record
from pipeline.writers.whole_file import write_whole


@dataclass(frozen=True)
class Judged:
    """A return rated, before anything is written. `entry` says what became of it so far."""

    school: School
    submission: Submission
    assessment: Assessment
    entry: Entry


def last_levels(urn: str, workspace: Workspace) -> Mapping[str, Level]:
    """The school's levels in the cycle before; empty where there was none."""
    previous = workspace.previous
    return load_levels(previous.records / f"{urn}.json") if previous else {}


def context_of(school: School, previous: Mapping[str, Level]) -> str:
    """Changes when the register's row or the last cycle's levels do."""
    return sha256(repr((school, sorted(previous.items()))).encode()).hexdigest()


def judge(arrival: Arrival, previous: Mapping[str, Level], workspace: Workspace) -> Judged:
    """Rates an arrival; it is sent back where too little is answered (SC404)."""
    assert arrival.submission is not None
    assert arrival.school is not None
    configuration = workspace.configuration
    assessment, remarks = assess(arrival.submission, configuration.rubric, previous)
    too_thin = check_completeness(arrival.submission, configuration.settings.intake.send_back_below)
    findings = tuple(replace(finding, urn=arrival.urn) for finding in (*too_thin, *arrival.findings, *remarks))
    entry = Entry(
        file=arrival.file,
        digest=arrival.digest,
        context=context_of(arrival.school, previous),
        outcome=Outcome.SENT_BACK if too_thin else Outcome.RATED,
        urn=arrival.urn,
        completed_on=arrival.completed_on,
        answered=arrival.answered,
        plan="",
        plan_digest="",
        summary=None if too_thin else summarise(assessment, arrival.submission, configuration.rubric),
        findings=findings,
    )
    return Judged(arrival.school, arrival.submission, assessment, entry)


def make_documents(judged: Judged, workspace: Workspace, issued: Issued, today: date) -> Entry:
    """Writes the plan and the record of a rated return. Findings: CF105, WR601, WR602; an error leaves nothing half-made."""
    entry, folders = judged.entry, workspace.folders
    if entry.outcome is not Outcome.RATED:
        return entry
    plan = plan_for(judged.school, judged.submission, judged.assessment, workspace.configuration, workspace.cycle, today)
    content, faults = workspace.template.fill(plan, today)
    if content is None:
        return replace(entry, digest="", findings=entry.findings + faults)
    path = folders.plans / f"{judged.school.file_stem}.docx"
    plan_digest = sha256(content).hexdigest()
    provenance = Provenance(
        version=__version__,
        rubric=workspace.configuration.rubric.edition,
        cycle=workspace.cycle,
        made_on=today,
        return_digest=entry.digest,
        plan=path.name,
        plan_digest=plan_digest,
    )
    record = write_record(judged.school, judged.submission, judged.assessment, entry.findings, provenance)
    try:
        kept = _keep_edited(path, content, issued, entry)
        issued.add(plan_digest)
        write_whole(path, content)
        write_whole(folders.records / f"{entry.urn}.json", record)
    except OSError as error:
        return replace(entry, digest="", findings=(*entry.findings, not_written(path, error, entry.urn)))
    return replace(entry, plan=path.name, plan_digest=plan_digest, findings=entry.findings + kept)


def _keep_edited(path: Path, content: bytes, issued: Issued, entry: Entry) -> tuple[Finding, ...]:
    """A plan that somebody changed since we wrote it is kept beside the new one, never written over."""
    if not path.exists():
        return ()
    on_disk = path.read_bytes()
    digest = sha256(on_disk).hexdigest()
    if on_disk == content or digest in issued:
        return ()
    kept = path.with_name(f"{path.stem} (changed by hand {digest[:8]}).docx")
    write_whole(kept, on_disk)
    return (find("WR602", Place(path.name), "not as we wrote it", urn=entry.urn, kept=kept.name),)


def not_written(path: Path, error: OSError, urn: str = "") -> Finding:
    """Why a file could not be written, in plain words (WR601)."""
    if error.errno == errno.ENOSPC:
        remedy = "Free some space on the disk, then run again."
    elif isinstance(error, PermissionError):
        remedy = f"Close {path.name} if it is open in Word or Excel, check that you may write in that folder, then run again."
    else:
        remedy = "Check the folder, then run again."
    return find("WR601", Place(path.name), error.strerror or "cannot be written", urn=urn, remedy=remedy)


def is_as_made(entry: Entry, context: str, workspace: Workspace) -> bool:
    """Whether an unchanged return still has its documents, so that nothing need be done."""
    if entry.context != context or entry.outcome is Outcome.SET_ASIDE:
        return False
    if entry.outcome is Outcome.SENT_BACK:
        return True
    folders = workspace.folders
    return bool(entry.plan) and (folders.plans / entry.plan).exists() and (folders.records / f"{entry.urn}.json").exists()

"""From a return that counts to its plan, record and note on disk."""

import errno
from collections.abc import Iterator, Mapping
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
from pipeline.rules.privacy import find_personal
from pipeline.rules.summary import summarise
from pipeline.runner.intake import Counting, set_aside
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.records import Provenance, write_record
from pipeline.writers.template import Properties
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


def judge(counting: Counting, workspace: Workspace) -> Judged:
    """Rates a return; it is sent back where too little is answered (SC404) or personal data stops it (PV505)."""
    arrival, configuration = counting.arrival, workspace.configuration
    assert arrival.submission is not None
    assert arrival.school is not None
    previous = last_levels(arrival.urn, workspace)
    assessment, remarks = assess(arrival.submission, configuration.rubric, previous)
    stops = [*check_completeness(arrival.submission, configuration.settings.intake.send_back_below)]
    personal = find_personal(_free_texts(arrival.submission), arrival.urn)
    if personal and configuration.settings.intake.stop_for_personal_data:
        stops.append(find("PV505", Place(arrival.file), f"{len(personal)} cells"))
    findings = tuple(replace(finding, urn=arrival.urn) for finding in (*stops, *arrival.findings, *remarks, *personal))
    entry = replace(
        set_aside(arrival, counting.group, findings),
        context=context_of(arrival.school, previous),
        outcome=Outcome.SENT_BACK if stops else Outcome.RATED,
        summary=None if stops else summarise(assessment, arrival.submission, configuration.rubric),
    )
    return Judged(arrival.school, arrival.submission, assessment, entry)


def _free_texts(submission: Submission) -> Iterator[tuple[Place, str]]:
    """Everything a school typed in its own words, with its place."""
    for response in submission.responses:
        evidence = replace(response.place, cell=response.evidence_cell)
        yield evidence, response.evidence
        yield response.place, response.own_opportunity
        yield response.place, "" if response.answer else response.typed
    for extra in submission.extras:
        yield extra.place, extra.text
    for note in submission.checklist.values():
        yield Place(submission.file, "Ofsted checklist"), note.note


def make_documents(judged: Judged, workspace: Workspace, issued: Issued, today: date) -> Entry:
    """Writes the plan and the record of a rated return. Findings: CF105, WR601, WR602; an error leaves nothing half-made."""
    entry, folders = judged.entry, workspace.folders
    if entry.outcome is not Outcome.RATED:
        return entry
    plan = plan_for(judged.school, judged.submission, judged.assessment, workspace.configuration, workspace.cycle, today)
    properties = Properties(f"Inclusion action plan: {plan.school.name}", plan.authority.name, plan.about.reference)
    content, faults = workspace.plan_template.fill(plan, properties, today)
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
        kept = write_document(path, content, issued, entry.urn)
        write_whole(folders.records / f"{entry.urn}.json", record)
    except OSError as error:
        return replace(entry, digest="", findings=(*entry.findings, not_written(path, error, entry.urn)))
    return replace(entry, plan=path.name, plan_digest=plan_digest, findings=entry.findings + kept)


def write_document(path: Path, content: bytes, issued: Issued, urn: str) -> tuple[Finding, ...]:
    """Writes a document people may edit. One that somebody changed since we wrote it is kept beside the new one (WR602).

    Raises: OSError.
    """
    kept: tuple[Finding, ...] = ()
    if path.exists() and (on_disk := path.read_bytes()) != content:
        digest = sha256(on_disk).hexdigest()
        if digest not in issued:
            beside = path.with_name(f"{path.stem} (changed by hand {digest[:8]}){path.suffix}")
            write_whole(beside, on_disk)
            kept = (find("WR602", Place(path.name), "not as we wrote it", urn=urn, kept=beside.name),)
    issued.add(sha256(content).hexdigest())
    write_whole(path, content)
    return kept


def not_written(path: Path, error: OSError, urn: str = "") -> Finding:
    """Why a file could not be written, in plain words (WR601)."""
    if error.errno == errno.ENOSPC:
        remedy = "Free some space on the disk, then run again."
    elif isinstance(error, PermissionError):
        remedy = f"Close {path.name} if it is open in Word or Excel, check that you may write in that folder, then run again."
    else:
        remedy = "Check the folder, then run again."
    return find("WR601", Place(path.name), error.strerror or "cannot be written", urn=urn, remedy=remedy)


def is_as_made(entry: Entry, workspace: Workspace) -> bool:
    """Whether the documents of an entry are there and its school is as it was, so that its file need not be opened."""
    folders = workspace.folders
    if entry.note and not (folders.notes / entry.note).exists():
        return False
    if not entry.urn:
        return entry.context == workspace.register_digest
    if not entry.context:  # a file that makes no plan of its own
        return True
    if entry.context != context_of(workspace.register[entry.urn], last_levels(entry.urn, workspace)):
        return False
    if entry.outcome is Outcome.SENT_BACK:
        return True
    return bool(entry.plan) and (folders.plans / entry.plan).exists() and (folders.records / f"{entry.urn}.json").exists()

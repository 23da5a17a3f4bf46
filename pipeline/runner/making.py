"""From a return that counts to its plan, record and note."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from pipeline import __version__
from pipeline.model.assessment import Assessment
from pipeline.model.batch import Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.record import Provenance
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.records import load_answers, load_levels
from pipeline.rules.assessing import assess
from pipeline.rules.contradiction import find_doubts, weigh_doubts
from pipeline.rules.intake import check_completeness
from pipeline.rules.likeness import fingerprint
from pipeline.rules.oddity import find_odd
from pipeline.rules.planning import plan_for
from pipeline.rules.privacy import find_personal
from pipeline.rules.profile import profile_of
from pipeline.rules.summary import summarise
from pipeline.rules.written import Written, gather_written
from pipeline.runner.arriving import Counting, set_aside
from pipeline.runner.documents import Made, lay_beside, not_written
from pipeline.runner.heat_map import chart_row
from pipeline.runner.noting import lay_note
from pipeline.runner.workspace import Workspace
from pipeline.writers.profiles import write_profile
from pipeline.writers.records import write_record
from pipeline.writers.template import Properties


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


def context_of(school: School, workspace: Workspace) -> str:
    """Changes when the register's row, the record of the last cycle or what an adviser made of the school does."""
    before = workspace.previous
    record = before.records / f"{school.urn}.json" if before else None
    try:
        earlier = sha256(record.read_bytes()).hexdigest() if record else ""
    except OSError:
        earlier = ""
    moderated = workspace.moderated.get(school.urn, ())
    return sha256(repr((school, earlier, moderated)).encode("utf-8", "surrogatepass")).hexdigest()


def judge(counting: Counting, workspace: Workspace, today: date) -> Judged:
    """Rates a return; it is sent back where too little is answered (SC404) or personal data stops it (PV505)."""
    arrival, configuration = counting.arrival, workspace.configuration
    assert arrival.submission is not None
    assert arrival.school is not None
    assessment, remarks = assess(arrival.submission, configuration.rubric, last_levels(arrival.urn, workspace))
    assessment = replace(assessment, moderated=workspace.moderated.get(arrival.urn, ()))
    stops = [*check_completeness(arrival.submission, configuration.settings.intake.send_back_below)]
    personal = find_personal(_free_texts(arrival.submission), arrival.urn, today)
    if personal and configuration.settings.intake.stop_for_personal_data:
        stops.append(find("PV505", Place(arrival.file), f"{len(personal)} cells"))
    evidence = gather_written(arrival.submission, configuration.rubric)
    odd = _find_odd(evidence, arrival.urn, workspace)
    findings = tuple(replace(finding, urn=arrival.urn) for finding in (*stops, *arrival.findings, *remarks, *odd, *personal))
    entry = replace(
        set_aside(arrival, counting.group, findings),
        context=context_of(arrival.school, workspace),
        outcome=Outcome.SENT_BACK if stops else Outcome.RATED,
        summary=None if stops else summarise(assessment, arrival.submission, configuration.rubric),
        fingerprints=fingerprint(evidence, configuration.oddity),
    )
    return Judged(arrival.school, arrival.submission, assessment, entry)


def _find_odd(evidence: Sequence[Written], urn: str, workspace: Workspace) -> Iterator[Finding]:
    """What is odd within the return. The record of the last cycle is opened only where its answers matter."""
    rubric, oddity = workspace.configuration.rubric, workspace.configuration.oddity
    yield from find_odd(evidence, rubric, oddity)
    doubts = find_doubts(evidence, oddity)
    previous = workspace.previous
    earlier = load_answers(previous.records / f"{urn}.json", rubric.edition) if doubts and previous else {}
    yield from weigh_doubts(doubts, earlier, rubric)


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


def make(judged: Judged, content: bytes, workspace: Workspace, today: date) -> Made:
    """The plan and record of a rated return, and the note where the school has something to mend; `content` is its file.

    Findings: CF105, WR601; an error leaves nothing half-made.
    """
    made = Made(judged.entry)
    if judged.entry.outcome is Outcome.RATED:
        profile = profile_of(judged.school, judged.submission, judged.assessment, workspace.configuration)
        laid = _lay_plan(judged, workspace, today)
        made = replace(laid, profile=write_profile(profile), heat_row=chart_row(judged, profile, workspace, today))
    return lay_note(made, content, workspace, today)


def _lay_plan(judged: Judged, workspace: Workspace, today: date) -> Made:
    entry, folders = judged.entry, workspace.folders
    plan = plan_for(judged.school, judged.submission, judged.assessment, workspace.configuration, workspace.cycle, today)
    properties = Properties(f"Inclusion action plan: {plan.school.name}", plan.authority.name, plan.about.reference)
    content, faults = workspace.plan_template.fill(plan, properties, today)
    if content is None:
        return Made(replace(entry, digest="", findings=entry.findings + faults))
    path = folders.plans / f"{judged.school.file_stem}.docx"
    provenance = Provenance(
        version=__version__,
        rubric=workspace.configuration.rubric.edition,
        cycle=workspace.cycle,
        made_on=today,
        return_digest=entry.digest,
        plan=path.name,
        plan_digest=sha256(content).hexdigest(),
    )
    levels = entry.summary.areas if entry.summary else ()
    record = write_record(judged.school, judged.submission, judged.assessment, entry.findings, provenance, levels)
    try:
        document = lay_beside(path, content, editable=True)
        return Made(entry, (document, lay_beside(folders.records / f"{entry.urn}.json", record)))
    except OSError as error:
        return Made(replace(entry, digest="", findings=(*entry.findings, not_written(path, error, entry.urn))))

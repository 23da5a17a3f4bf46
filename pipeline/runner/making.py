"""From a return that counts to its plan, record and note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from pipeline import __version__
from pipeline.model.assessment import Assessment
from pipeline.model.batch import Entry, Outcome
from pipeline.model.comparison import Comparison, Earlier
from pipeline.model.finding import Finding, Place, find
from pipeline.model.project import Configuration
from pipeline.model.record import Provenance
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.earlier import load_answers, load_earlier
from pipeline.rules.assessing import assess
from pipeline.rules.comparison import compare, levels_before
from pipeline.rules.confirming import hold_unconfirmed
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
from pipeline.runner.continuing import Continued, continue_last, digest_returned, find_lost, lay_over, lay_sent
from pipeline.runner.documents import Made, lay_beside, not_written
from pipeline.runner.extracts import fill_extracts, lay_extracts
from pipeline.runner.heat_map import chart_row
from pipeline.runner.noting import lay_note
from pipeline.runner.remembering import digest_said, recall_last
from pipeline.runner.workspace import Workspace
from pipeline.writers.profiles import write_profile
from pipeline.writers.records import write_record
from pipeline.writers.template import Properties

_NOTHING = Earlier("", {}, {})  # of a school without a record


@dataclass(frozen=True)
class Judged:
    """A return rated, before anything is written. `compared` sets it beside the last cycle; `entry` says what became of it so
    far; `continued` has what came back of the school's last plan."""

    school: School
    submission: Submission
    assessment: Assessment
    compared: Comparison | None
    entry: Entry
    continued: Continued


def context_of(school: School, edition: str, workspace: Workspace) -> str:
    """Changes when the register's row, the school's last record, a plan that came back, or a rubric that is kept and
    counts does: that of the return's own `edition` or, where it was last rated under another than is in use, any."""
    last, configuration = workspace.last_of(school.urn), workspace.configuration
    try:
        record = (last.records / f"{school.urn}.json").read_bytes() if last else b""
    except OSError:
        record = b""
    earlier = sha256(record).hexdigest() if record else ""
    is_elsewhere = bool(record) and f'"{configuration.rubric.edition}"'.encode() not in record
    kept = configuration.beside if is_elsewhere else configuration.kept_for(edition)
    moderated = workspace.moderated.get(school.urn, ())
    further = (digest_said(edition, school.urn, workspace), digest_returned(school.urn, workspace))
    told = (school, earlier, moderated, kept, *filter(None, further))
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def judge(counting: Counting, workspace: Workspace, today: date) -> Judged:
    """Rates a return; it is sent back where too little is answered (SC404) or personal data stops it (PV505)."""
    arrival = counting.arrival
    assert arrival.submission is not None
    assert arrival.school is not None
    configuration = workspace.configuration.under(arrival.submission.edition)
    last, kept = workspace.last_of(arrival.urn), workspace.configuration.rubrics
    record = load_earlier(last.records / f"{arrival.urn}.json") if last else _NOTHING
    # Its actions go on from its last plan, whichever cycle that was of; its ratings are compared with the last cycle's alone.
    earlier = record if last == workspace.previous else _NOTHING
    previous = levels_before(earlier, configuration.rubric, kept)
    submission, held = hold_unconfirmed(arrival.submission, recall_last(arrival.submission, arrival.urn, workspace))
    assessment, remarks = assess(submission, configuration.rubric, previous)
    continued = continue_last(arrival.urn, assessment, record, configuration, workspace)
    assessment = replace(continued.assessment, moderated=workspace.moderated.get(arrival.urn, ()))
    compared = compare(earlier, {area.area: area.rating.level for area in assessment.areas}, configuration.rubric, kept)
    stops = [*check_completeness(submission, configuration.settings.intake.send_back_below)]
    personal = find_personal(_free_texts(submission), arrival.urn, today)
    if personal and configuration.settings.intake.stop_for_personal_data:
        stops.append(find("PV505", Place(arrival.file), f"{len(personal)} cells"))
    evidence = gather_written(submission, configuration.rubric)
    odd = _find_odd(evidence, arrival.urn, configuration, workspace)
    findings = tuple(
        replace(finding, urn=arrival.urn)
        for finding in (*stops, *arrival.findings, *held, *remarks, *odd, *personal, *continued.findings)
    )
    entry = replace(
        set_aside(replace(arrival, submission=submission), counting.group, findings),
        context=context_of(arrival.school, submission.edition, workspace),
        outcome=Outcome.SENT_BACK if stops else Outcome.RATED,
        summary=None if stops else summarise(assessment, submission, configuration.rubric, compared),
        fingerprints=fingerprint(evidence, configuration.oddity),
    )
    return Judged(arrival.school, submission, assessment, compared, entry, continued)


def _find_odd(evidence: Sequence[Written], urn: str, configuration: Configuration, workspace: Workspace) -> Iterator[Finding]:
    """What is odd within the return. The record of the last cycle is opened only where its answers matter."""
    rubric, oddity = configuration.rubric, configuration.oddity
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
    """The plan, record and extracts of a rated return, and the note where something is to mend; `content` is its file.

    Findings: CF105, VD101, WR601; an error leaves nothing half-made.
    """
    made = Made(judged.entry)
    if judged.entry.outcome is Outcome.RATED:
        configuration = workspace.configuration.under(judged.submission.edition)
        lines = judged.entry.summary.areas if judged.entry.summary else ()
        profile = profile_of(judged.school, judged.submission, judged.assessment, lines, configuration, judged.continued.lives)
        laid = _lay_plan(judged, workspace, today)
        made = replace(laid, profile=write_profile(profile), heat_row=chart_row(judged, workspace, today))
    return lay_note(made, content, workspace, today)


def _lay_plan(judged: Judged, workspace: Workspace, today: date) -> Made:
    entry, folders, continued = judged.entry, workspace.folders, judged.continued
    if continued.is_stopped:
        return Made(replace(entry, digest=""))
    configuration = workspace.configuration.under(judged.submission.edition)
    plan = plan_for(judged.school, judged.submission, judged.assessment, configuration, workspace.cycle, today, judged.compared)
    plan = lay_over(plan, continued, judged.compared, configuration)
    properties = Properties(f"Inclusion action plan: {plan.school.name}", plan.authority.name, plan.about.reference)
    path = folders.plans / f"{judged.school.file_stem}.docx"
    filled, faults = workspace.plan_template.fill_and_show(plan, properties, today, path.name)
    extracts, extract_faults = fill_extracts(plan, path.name, workspace.extracts, today)
    lost = find_lost(continued, filled.shown, path.name, entry.urn) if filled else ()
    if filled is None or extract_faults or lost:
        return Made(replace(entry, digest="", findings=entry.findings + faults + extract_faults + lost))
    provenance = Provenance(
        version=__version__,
        rubric=configuration.rubric.edition,
        cycle=workspace.cycle,
        made_on=today,
        return_digest=entry.digest,
        plan=path.name,
        plan_digest=sha256(filled.content).hexdigest(),
        rubric_digest=configuration.rubric_digest,
        template_digest=workspace.template_digest,
    )
    levels = entry.summary.areas if entry.summary else ()
    record = write_record(
        judged.school,
        judged.submission,
        judged.assessment,
        entry.findings,
        provenance,
        levels,
        judged.compared,
        continued.ledger,
        continued.came_back,
    )
    try:
        document = lay_beside(path, filled.content, editable=True)
        beside = lay_extracts(path.name, extracts, workspace.extracts, folders)
        sent = lay_sent(plan, continued, filled, workspace)
        return Made(entry, (document, lay_beside(folders.records / f"{entry.urn}.json", record), *beside, *sent))
    except OSError as error:
        return Made(replace(entry, digest="", findings=(*entry.findings, not_written(path, error, entry.urn))))

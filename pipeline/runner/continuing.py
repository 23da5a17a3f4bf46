"""A school's last plan taken back and carried forward into its new one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.model.assessment import Assessment
from pipeline.model.comparison import Comparison, Earlier
from pipeline.model.finding import Finding, Place, find
from pipeline.model.ledger import Ledger, MergedPlan
from pipeline.model.plan import Plan
from pipeline.model.profile import ProfileLife
from pipeline.model.project import Configuration
from pipeline.model.record import CameBack
from pipeline.readers.sent_plan import load_sent_plans
from pipeline.rules.carrying_forward import carry_forward, list_texts, open_ledger
from pipeline.rules.comparison import levels_before
from pipeline.rules.continuing import avoid_references, continue_plan, leave_out_finished, list_suggestions, take_references
from pipeline.rules.issuing import as_issued
from pipeline.rules.ledger import list_lives
from pipeline.rules.lost_words import find_missing
from pipeline.rules.planning import list_actions
from pipeline.rules.shown_text import list_paragraphs
from pipeline.runner.basis import digest_of
from pipeline.runner.documents import Document, lay_beside
from pipeline.runner.returning import Awaited, Returned, read_files
from pipeline.runner.workspace import Workspace
from pipeline.writers.sent_plan import write_sent
from pipeline.writers.template import Filled

_NOT_PRINTED = (
    "Have templates/action_plan.docx print what stands beside an action, what is closed and what could not be placed, as the "
    "template that ships does; until then this school's new plan is not made, and its returned one is untouched."
)


@dataclass(frozen=True)
class Continued:
    """A school's assessment, with what came back. `merged` is None where nothing was taken in; `ledger` has the actions of the
    school's life, None before its first plan came back; `lives` is what the LA's papers say of them, and `is_stopped` says that
    words would be lost."""

    assessment: Assessment
    merged: MergedPlan | None = None
    ledger: Ledger | None = None
    came_back: CameBack | None = None
    lives: tuple[ProfileLife, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_stopped: bool = False


def digest_returned(urn: str, workspace: Workspace) -> str:
    """Changes with the plans that came back of a school, and with what is kept of those it was sent; empty without any."""
    files, last = workspace.post.by_school.get(urn, ()), workspace.last_of(urn)
    if not files or last is None:
        return ""
    kept = [(path.name, digest_of(path)) for path in sorted((last.sent / urn).glob("*"))]
    told = ([(file.name, file.digest, file.modified) for file in files], kept, workspace.post.words)
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def continue_last(
    urn: str, assessment: Assessment, earlier: Earlier, configuration: Configuration, workspace: Workspace
) -> Continued:
    """The assessment with its opportunities under the references they have in the school's life, and what is carried forward.
    `earlier` is the school's record of the last cycle in which it was rated.

    Findings: those of `returning.take_in`, PL526."""
    continued = _continue(urn, assessment, earlier, configuration, workspace)
    last = workspace.last_of(urn)
    if continued.ledger is None or last is None:
        return continued
    before = levels_before(earlier, configuration.rubric, workspace.configuration.rubrics)
    return replace(continued, lives=tuple(list_lives(continued.ledger, assessment, last.cycle, before)))


def _continue(
    urn: str, assessment: Assessment, earlier: Earlier, configuration: Configuration, workspace: Workspace
) -> Continued:
    returned = tuple(_read(urn, earlier, workspace))
    findings = tuple(finding for one in returned for finding in one.findings)
    counting = next((one for one in returned if one.taken), None)
    if any(finding.code == "PL542" for finding in findings):
        return Continued(assessment, ledger=earlier.ledger, findings=findings, is_stopped=True)
    if counting is None and earlier.ledger is None:
        return Continued(assessment, findings=findings)
    came = counting.taken.actions if counting and counting.taken else ()
    assessment = leave_out_finished(assessment, earlier.ledger or Ledger(urn), came)
    actions = list_actions(assessment, configuration.rubric, configuration.cycle(workspace.cycle), {})
    if counting is None or counting.sent is None or counting.taken is None or counting.identity is None:
        assert earlier.ledger is not None
        return Continued(avoid_references(assessment, actions, earlier.ledger), ledger=earlier.ledger, findings=findings)
    ledger = earlier.ledger or open_ledger(counting.sent)
    suggestions = list_suggestions(assessment, actions)
    merged = carry_forward(counting.taken, counting.sent, suggestions, ledger, workspace.cycle, counting.identity)
    came_back = CameBack(counting.file, counting.taken.kept)
    return Continued(take_references(assessment, merged), merged, merged.ledger, came_back, findings=findings)


def _read(urn: str, earlier: Earlier, workspace: Workspace) -> Iterator[Returned]:
    files, words = workspace.post.by_school.get(urn, ()), workspace.post.words
    last = workspace.last_of(urn) or workspace.previous
    if not files or last is None or words is None:
        return
    taken_in = {urn: earlier.ledger.taken_in} if earlier.ledger else {}
    awaited = Awaited(
        cycle=last.cycle,
        register=workspace.register,
        words=words,
        sent_on=earlier.made_on,
        sent=lambda school: load_sent_plans(last.sent, school),
        taken_in=taken_in,
    )
    yield from read_files([(file.path, file.name) for file in files], awaited)


def lay_over(plan: Plan, continued: Continued, compared: Comparison | None, configuration: Configuration) -> Plan:
    """The plan with what was carried forward; `compared` sets its areas beside the last cycle's."""
    if continued.merged is None:
        return plan
    return continue_plan(plan, continued.merged, configuration.settings.cycles, configuration.rubric, compared)


def find_lost(continued: Continued, shown: str, file: str, urn: str) -> tuple[Finding, ...]:
    """The second half of the proof: every word that the merge holds of the school stands in what the finished document shows.

    Findings: PL542."""
    texts = tuple(list_texts(continued.merged)) if continued.merged else ()
    if not texts:
        return ()
    missing = find_missing(texts, (shown,))
    if not missing:
        return ()
    return (find("PL542", Place(file), f"{missing.total()} words not in the new plan", urn=urn, remedy=_NOT_PRINTED),)


def lay_sent(plan: Plan, continued: Continued, filled: Filled, workspace: Workspace) -> tuple[Document, ...]:
    """The plan as sent, for when it comes back: the document as it is, and its actions and texts. Both are kept by what is in
    the document, so that one made anew never stands over another. Raises: OSError."""
    retired = continued.ledger.refs if continued.ledger else ()
    sent = as_issued(plan, list_paragraphs(filled.shown), retired, continued.merged.open if continued.merged else ())
    path = workspace.folders.sent / sent.urn / f"{sent.plan_id}-{sha256(filled.content).hexdigest()[:8]}.docx"
    return lay_beside(path, filled.content), lay_beside(path.with_suffix(".json"), write_sent(sent))

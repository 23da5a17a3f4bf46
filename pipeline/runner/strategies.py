"""Draft inclusion strategies: made of the records that a run has left, where they are asked for."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from pipeline.model.batch import Batch, Outcome
from pipeline.model.contract import STRATEGY
from pipeline.model.finding import Finding
from pipeline.model.sent_plan import SentAction
from pipeline.model.settings import InclusionStrategy
from pipeline.readers.past import Past, load_past
from pipeline.readers.sent_plan import load_sent
from pipeline.rules.planning import plan_for
from pipeline.rules.strategy import draft_strategy
from pipeline.runner.documents import lay_beside, not_written, put_one_in_place
from pipeline.runner.templates import load_templates
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.template import Properties, Template

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True)
class Drafts:
    """How many drafts there are now, and what was found on the way."""

    made: int
    findings: tuple[Finding, ...] = ()


def write_strategies(workspace: Workspace, batch: Batch, asked: InclusionStrategy, progress: Progress, today: date) -> Drafts:
    """Writes a draft for each school of these phases that the batch rated, into the cycle's `strategies`. One that somebody has
    changed is kept beside the new one.

    Findings: CF105, TP4xx, VD101, WR601, WR602.
    """
    is_fast = workspace.configuration.settings.packing == "isal"
    templates, faults = load_templates(workspace.root, (STRATEGY.file,), fast=is_fast)
    if not templates:
        return Drafts(0, faults)
    rated = [entry for entry in batch.entries if entry.outcome is Outcome.RATED and entry.plan]
    issued, findings, made = Issued(workspace.folders.outputs / ".issued"), list[Finding](), 0
    with progress("Drafting inclusion strategies", len(rated)) as advance:
        for entry in rated:
            past = load_past(workspace.folders.records / f"{entry.urn}.json")  # the run has just proved that it is there
            if past and past.school.phase in asked.phases:
                found, is_there = _write(past, entry.plan_digest, workspace, asked, templates[STRATEGY.file], issued, today)
                findings += found
                made += is_there
            advance()
    return Drafts(made, tuple(findings))


def _write(
    past: Past,
    plan_digest: str,
    workspace: Workspace,
    asked: InclusionStrategy,
    template: Template,
    issued: Issued,
    today: date,
) -> tuple[tuple[Finding, ...], bool]:
    configuration = workspace.configuration.under(past.submission.edition)
    plan = plan_for(past.school, past.submission, past.assessment, configuration, workspace.cycle, past.made_on)
    strategy = draft_strategy(plan, configuration.rubric, asked, _find_printed(past.school.urn, plan_digest, workspace))
    path = workspace.folders.strategies / f"{past.school.file_stem} inclusion strategy.docx"
    properties = Properties(f"Draft inclusion strategy: {past.school.name}", plan.authority.name, plan.about.reference)
    content, faults = template.fill(strategy, properties, today, path.name)
    if content is None:
        return faults, False
    try:
        return tuple(put_one_in_place(lay_beside(path, content, editable=True), issued, past.school.urn)), True
    except OSError as error:
        return (not_written(path, error, past.school.urn),), False


def _find_printed(urn: str, plan_digest: str, workspace: Workspace) -> Mapping[str, SentAction] | None:
    """Reference → row, of the plan as it was sent; None where that is not kept."""
    found = (load_sent(path) for path in (workspace.folders.sent / urn).glob(f"*-{plan_digest[:8]}.json"))
    return next((sent.by_ref for sent in found if sent), None)

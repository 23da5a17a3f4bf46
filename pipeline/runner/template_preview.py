"""A template tried before it is used: filled for invented schools, and compared with the one in use over the last batch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.model.contract import DISTRICT, NOTE, PLAN, REPORT, STRATEGY, Contract
from pipeline.model.dossier import Dossier
from pipeline.model.finding import Finding
from pipeline.readers.past import load_past
from pipeline.readers.records import load_batch
from pipeline.rules.district import list_groups, prepare_papers
from pipeline.rules.noting import note_for
from pipeline.rules.planning import plan_for
from pipeline.rules.strategy import draft_strategy
from pipeline.runner.documents import not_written
from pipeline.runner.folders import Folders
from pipeline.runner.papers import gather_dossier
from pipeline.runner.report import compose_report
from pipeline.runner.workspace import Workspace
from pipeline.writers.comparing import Change, find_changes, read_lines
from pipeline.writers.template import Properties, Template
from pipeline.writers.whole_file import write_whole

_MOST = 50  # schools compared: enough to meet every branch of a template, and a matter of seconds


@dataclass(frozen=True)
class Compared:
    """One school's document under both templates; no changes where only the layout may differ."""

    school: str
    changes: tuple[Change, ...]


def fill_for(
    contract: Contract, content: bytes, cases: Sequence[tuple[str, Any]], folder: Path, today: date
) -> tuple[list[Path], list[Finding]]:
    """Fills a template for invented schools (what each is called, its context) and writes the documents.

    Findings: CF105, WR601."""
    template = Template(contract.file, content)
    written: list[Path] = []
    findings: list[Finding] = []
    for number, (title, context) in enumerate(cases, 1):
        path = folder / f"{contract.file.removesuffix('.docx')} {number} {title}.docx"
        document, faults = template.fill(context, Properties(f"Preview: {title}", "Preview", title), today)
        findings += faults
        if document is None:
            continue
        try:
            write_whole(path, document)
            written.append(path)
        except OSError as error:
            findings.append(not_written(path, error))
    return written, findings


def last_batch(workspace: Workspace) -> str:
    """The cycle whose documents a template is compared over: the latest that has records; empty where none has."""
    cycles = list(workspace.configuration.settings.cycles)
    earlier = reversed(cycles[: cycles.index(workspace.cycle) + 1])
    return next((cycle for cycle in earlier if any(Folders(workspace.root, cycle).records.glob("*.json"))), "")


def compare(contract: Contract, content: bytes, workspace: Workspace, cycle: str) -> Iterator[Compared]:
    """Each document of a cycle's last run, at most fifty, made again from what it left with the template in use and with this
    one, and compared word by word. What cannot be made again (a record of another version or rubric) is passed over."""
    in_use = (workspace.root / "templates" / contract.file).read_bytes()
    for urn, context in islice(_CONTEXTS[contract.file](workspace, cycle), _MOST):
        yield Compared(urn, find_changes(read_lines(in_use, context), read_lines(content, context)))


def is_in_use(contract: Contract, content: bytes, workspace: Workspace) -> bool:
    """Whether a template is the very one in use."""
    in_use = workspace.root / "templates" / contract.file
    return in_use.is_file() and content == in_use.read_bytes()


def _plans(workspace: Workspace, cycle: str) -> Iterator[tuple[str, Any]]:
    for path in sorted(Folders(workspace.root, cycle).records.glob("*.json")):
        past = load_past(path)
        if past is None:
            continue
        with suppress(KeyError, ValueError):  # a rubric that has changed since does not know all of its criteria
            plan = plan_for(past.school, past.submission, past.assessment, workspace.configuration, cycle, past.made_on)
            yield past.school.urn, plan


def _strategies(workspace: Workspace, cycle: str) -> Iterator[tuple[str, Any]]:
    asked = workspace.configuration.settings.inclusion_strategy
    if asked is None:
        return
    for urn, plan in _plans(workspace, cycle):
        yield urn, draft_strategy(plan, workspace.configuration.rubric, asked)


def _notes(workspace: Workspace, cycle: str) -> Iterator[tuple[str, Any]]:
    batch = load_batch(Folders(workspace.root, cycle).index)
    for entry in batch.entries if batch else ():
        school = workspace.register.get(entry.urn)
        marked = bool(entry.note) and (Folders(workspace.root, cycle).notes / f"{Path(entry.note).stem} (marked).xlsx").exists()
        note = note_for(entry.file, school, entry.findings, workspace.configuration, cycle, has_marked_copy=marked)
        if note is not None:
            yield entry.urn or entry.file, note


def _reports(workspace: Workspace, cycle: str) -> Iterator[tuple[str, Any]]:
    for dossier, then in _dossiers(workspace, cycle):
        yield dossier.batch.cycle_label, compose_report(dossier, then)


def _districts(workspace: Workspace, cycle: str) -> Iterator[tuple[str, Any]]:
    for dossier, _ in _dossiers(workspace, cycle):
        papers = prepare_papers(dossier, ())[0]
        yield from ((group, papers.write(group)) for group in list_groups(papers, ()))


def _dossiers(workspace: Workspace, cycle: str) -> Iterator[tuple[Dossier, Workspace]]:
    """What the papers of a cycle were made from, if its last run left it."""
    then = replace(workspace, cycle=cycle)
    batch = load_batch(then.folders.index)
    with suppress(OSError, ValueError):
        if batch:
            yield gather_dossier(batch, then, date.fromisoformat(batch.basis.day) if batch.basis else date.min), then


# Template → what each document of a cycle was filled with, by the school or place that it is of.
_CONTEXTS: Mapping[str, Callable[[Workspace, str], Iterator[tuple[str, Any]]]] = {
    PLAN.file: _plans,
    NOTE.file: _notes,
    STRATEGY.file: _strategies,
    REPORT.file: _reports,
    DISTRICT.file: _districts,
}

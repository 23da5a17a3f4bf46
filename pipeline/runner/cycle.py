"""`run` and `check`: every return of a cycle, from file to plan, and the sums at the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from pipeline import __version__
from pipeline.model.batch import Basis, Batch, Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.readers.records import load_batch
from pipeline.rules.likeness import find_copies
from pipeline.rules.summary import reconcile
from pipeline.runner.basis import digest_profiles, digest_records, digest_returned_plans, list_shelves
from pipeline.runner.crew import Crew, Workers
from pipeline.runner.documents import Made, put_in_place, put_whole, sweep
from pipeline.runner.expecting import expect
from pipeline.runner.extracts import name_extracts
from pipeline.runner.folders import outer
from pipeline.runner.heat_map import recover_row
from pipeline.runner.intake import Intake
from pipeline.runner.journal import Journal
from pipeline.runner.last_run import remember
from pipeline.runner.making import context_of
from pipeline.runner.noting import clear_away
from pipeline.runner.papers import take_away, write_papers
from pipeline.runner.post import find_waiting
from pipeline.runner.profiles import ProfileShelf, recover_profile
from pipeline.runner.templates import remember_templates
from pipeline.runner.working import Briefing
from pipeline.runner.workspace import Workspace, remember_configuration
from pipeline.writers.chase import write_chase_list
from pipeline.writers.issued import Issued
from pipeline.writers.records import write_findings, write_index

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
Hire = Callable[[Briefing], Workers]


@dataclass(frozen=True)
class Run:
    """A finished run: the batch, and how many schools were worked on anew."""

    batch: Batch
    worked_on: int


def run_cycle(workspace: Workspace, hire: Hire, progress: Progress, today: date, *, force: bool = False) -> Run:
    """Reads what arrived, makes what has changed, and writes the officer's papers. A finding never stops the batch."""
    folders = workspace.folders
    sweep(folders)
    journal = Journal(folders.outputs, workspace.rules)
    if force:
        journal.clear()
    last = load_batch(folders.index)
    index = {} if force else {**_index(last, workspace.rules), **journal.load()}
    records_before = digest_records(workspace.before)
    issued = Issued(folders.outputs / ".issued")
    shelf = ProfileShelf(folders.profiles, workspace.rules)
    heat_rows = ProfileShelf(folders.heat_rows, workspace.rules)
    intake = Intake(folders, partial(_publish, issued=issued, shelf=shelf, heat_rows=heat_rows))
    changed = intake.recall(folders.list_returns(), index, _as_made(workspace))
    briefing = _brief(workspace, today)
    with Crew(lambda: hire(briefing)) as crew:
        _take_in(intake, crew, changed, progress, journal)
        entries = intake.entries
        stuck = clear_away(entries, workspace, issued)
        shelf.settle(entries, workspace.register, lambda urn: recover_profile(urn, workspace))
        on_page = entries if workspace.page_template else ()
        heat_rows.settle(on_page, workspace.register, lambda urn: recover_row(urn, workspace))
        batch = _gather(entries, workspace, tuple(intake.names))
        batch = replace(batch, findings=(*batch.findings, *stuck))
        papers, failed = write_papers(batch, briefing, crew, issued)
    batch = _finish(batch, papers, failed, last, workspace, records_before, today)
    journal.clear()
    if workspace.cycle == workspace.configuration.settings.cycle:
        remember(workspace.root, workspace.digest, workspace.cycle)
    remember_configuration(workspace)
    extracts = {f"extracts/{extract.words}": extract.template for extract in workspace.extracts}
    remember_templates(workspace.root, {**workspace.templates, **extracts})
    return Run(batch, intake.worked_on)


def check_files(workspace: Workspace, hire: Hire, paths: Sequence[Path], progress: Progress, today: date) -> Batch:
    """Reads and rates without writing anything; the same findings as a run."""
    intake = Intake(workspace.folders, lambda made: made.entry)
    with Crew(lambda: hire(replace(_brief(workspace, today), writes=False))) as crew:
        _take_in(intake, crew, paths, progress)
    return _gather(intake.entries, workspace, tuple(intake.names))


def _brief(workspace: Workspace, today: date) -> Briefing:
    expectations = expect(workspace.register.values(), workspace.configuration, workspace.cycle)
    return Briefing(workspace, expectations, today)


def _publish(made: Made, issued: Issued, shelf: ProfileShelf, heat_rows: ProfileShelf) -> Entry:
    """Puts what a worker made in place, and its school's profile and row of the heat map on their shelves."""
    entry = put_in_place(made, issued)
    if made.profile:
        shelf.add(entry, made.profile)
    if made.heat_row:
        heat_rows.add(entry, made.heat_row)
    return entry


def _index(last: Batch | None, rules: str) -> Mapping[str, Sequence[Entry]]:
    """File in the folder → its entries in the last run, those of files inside it included; none under other rules."""
    by_file: dict[str, list[Entry]] = {}
    for entry in last.entries if last and last.rules == rules else ():
        by_file.setdefault(outer(entry.file), []).append(entry)
    return by_file


def _as_made(workspace: Workspace) -> Callable[[Entry], bool]:
    """Whether the documents of an entry are there and its school is as it was, so that its file need not be opened."""
    folders = workspace.folders
    plans, records, notes, extracts = map(_names_in, (folders.plans, folders.records, folders.notes, folders.extracts))

    def as_made(entry: Entry) -> bool:
        if entry.note and entry.note not in notes:
            return False
        if not entry.urn:
            return entry.context == workspace.register_digest
        if not entry.context:  # a file that makes no plan of its own
            return entry.urn in workspace.register
        school = workspace.register.get(entry.urn)
        if school is None or entry.context != context_of(school, entry.edition, workspace):
            return False
        if entry.outcome is Outcome.SENT_BACK:
            return True
        is_complete = extracts.issuperset(name_extracts(entry.plan, workspace.extracts))
        return entry.plan in plans and f"{entry.urn}.json" in records and is_complete

    return as_made


def _names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _take_in(intake: Intake, crew: Crew, paths: Sequence[Path], progress: Progress, journal: Journal | None = None) -> None:
    """First every file by itself; then, for schools that sent several, all of theirs together."""
    with progress("Reading, rating and writing", len(paths)) as advance:
        for file, parts in groupby(crew.map(intake.open_each(paths)), key=lambda made: outer(made[0].entry.file)):
            booked = [intake.accept(results) for results in parts]
            if journal and None not in booked:
                journal.add(file, [entry for entries in booked for entry in entries or ()])
            advance()
    for results in crew.map(intake.open_together()):
        intake.accept_together(results)


def _gather(entries: Sequence[Entry], workspace: Workspace, names: Sequence[str]) -> Batch:
    ordered = tuple(sorted(entries, key=lambda entry: (entry.file, entry.urn)))
    sums, missing = reconcile(ordered, workspace.register, len(names))
    accounted = {entry.file for entry in ordered}
    lost = [find("WR604", Place(name), "no outcome", file=name) for name in names if name not in accounted]
    return Batch(
        cycle=workspace.cycle,
        cycle_label=workspace.configuration.cycle(workspace.cycle).label,
        rubric=workspace.configuration.rubric.edition,
        version=__version__,
        rules=workspace.rules,
        entries=ordered,
        missing=missing,
        reconciliation=sums,
        findings=(
            *lost,
            *find_copies(ordered),
            *_find_left_over(ordered, workspace),
            *workspace.post.findings,
            *find_waiting(workspace.post, ordered),
        ),
    )


def _find_left_over(entries: Sequence[Entry], workspace: Workspace) -> Iterator[Finding]:
    """Documents that no return of this cycle stands behind any more; told, never deleted. A plan that could not be made anew,
    as when it is open in Word, has its return."""
    folders, register = workspace.folders, workspace.register
    rated = [entry for entry in entries if entry.plan or (entry.outcome is Outcome.RATED and entry.urn in register)]
    plans = {entry.plan or f"{register[entry.urn].file_stem}.docx" for entry in rated}
    expected = plans | {f"{entry.urn}.json" for entry in rated}
    expected.update(name for plan in plans for name in name_extracts(plan, workspace.extracts))
    for folder, pattern in ((folders.plans, "*.docx"), (folders.records, "*.json"), (folders.extracts, "*.docx")):
        for path in sorted(folder.glob(pattern)):
            if path.name not in expected and "(changed by hand" not in path.name and not path.name.startswith(("~$", ".")):
                yield find("WR603", Place(path.name), "no return behind it", file=path.name)


def _finish(
    batch: Batch,
    papers: Mapping[str, str],
    failed: Sequence[Finding],
    last: Batch | None,
    workspace: Workspace,
    records_before: str,
    today: date,
) -> Batch:
    """The lists, and the index last, so that a run killed before it goes on from its journal. `papers` are the digests of those
    that are made, `last` the run before. Findings: WR601."""
    folders = workspace.folders
    missing = [workspace.register[urn] for urn in batch.missing]
    lists = {
        "chase.csv": write_chase_list(missing, workspace.configuration.cycle(workspace.cycle), today),
        "findings.csv": write_findings(batch.all_findings),
    }
    basis = Basis(
        project=workspace.digest,
        cycles_before=tuple(one.cycle for one in workspace.before),
        records_before=records_before,
        shelves=list_shelves(folders),
        papers={**papers, **{name: sha256(content).hexdigest() for name, content in lists.items()}},
        day=today.isoformat(),
        judgements=workspace.judgements_digest,
        earlier=digest_profiles(workspace.root, workspace.earlier),
        returned=digest_returned_plans(folders, workspace.before),
    )
    if last and last.basis:
        take_away(last.basis.papers, basis.papers, folders)
    found = [finding for name, content in lists.items() for finding in put_whole(folders.outputs / name, content)]
    finished = replace(batch, basis=basis)
    found.extend(put_whole(folders.index, write_index(finished)))
    return replace(finished, findings=(*batch.findings, *failed, *found))

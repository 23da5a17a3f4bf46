"""`run` and `check`: every return of a cycle, from file to plan, and the sums at the end."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import __version__
from pipeline.model.batch import Batch, Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.readers.isolated import ReadingPool
from pipeline.readers.records import load_index
from pipeline.readers.returns import Expectations
from pipeline.rules.summary import reconcile
from pipeline.runner.expecting import expect
from pipeline.runner.intake import Arrival, Content, Counting, open_files, receive_all, sort_arrivals
from pipeline.runner.making import is_as_made, judge, make_documents, not_written
from pipeline.runner.noting import make_notes
from pipeline.runner.workspace import Workspace
from pipeline.writers.chase import write_chase_list
from pipeline.writers.issued import Issued
from pipeline.writers.overview import write_overview
from pipeline.writers.records import write_findings, write_index
from pipeline.writers.whole_file import write_whole

Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]
Spare = Callable[[Content, str], Sequence[Entry]]


@dataclass(frozen=True)
class Run:
    """A finished run: the batch, its index as written, and how many schools were worked on anew."""

    batch: Batch
    index: bytes
    worked_on: int


def run_cycle(workspace: Workspace, progress: Progress, today: date, *, force: bool = False) -> Run:
    """Reads what arrived, makes what has changed, and writes the officer's papers. A finding never stops the batch."""
    folders = workspace.folders
    index = {} if force else load_index(folders.outputs / "run.json")
    paths = folders.list_returns()
    issued = Issued(folders.outputs / ".issued")
    entries: list[Entry] = []
    worked_on = 0
    with ReadingPool(lambda: _expectations(workspace), _workers()) as pool:
        names, counting, aside = _take_in(paths, workspace, _spare_known(index, workspace), pool, progress)
        entries.extend(aside)
        with progress("Writing plans", len(counting)) as advance:
            for one in counting:
                settled, is_new = _settle(one, workspace, issued, today)
                entries.extend(settled)
                worked_on += is_new
                advance(one.arrival.file)
    entries = make_notes(entries, workspace, issued, today)
    batch, written = _write_papers(_gather(entries, workspace, names), workspace, today)
    return Run(batch, written, worked_on)


def check_files(workspace: Workspace, paths: Sequence[Path], progress: Progress) -> Batch:
    """Reads and rates without writing anything; the same findings as a run."""
    with ReadingPool(lambda: _expectations(workspace), _workers()) as pool:
        names, counting, aside = _take_in(paths, workspace, lambda *_: (), pool, progress)
    judged = [entry for one in counting for entry in _with_others(judge(one, workspace).entry, one)]
    return _gather([*aside, *judged], workspace, names)


def _expectations(workspace: Workspace) -> Expectations:
    return expect(workspace.register.values(), workspace.configuration, workspace.cycle)


def _workers() -> int:
    return min(4, os.cpu_count() or 1)


def _spare_known(index: Mapping[str, Sequence[Entry]], workspace: Workspace) -> Spare:
    """The last run's entries of a file that is as it was, of known schools, with its documents in place."""

    def spare(content: Content, digest: str) -> Sequence[Entry]:
        prior = index.get(content.name, ())
        known = all(entry.digest == digest and (not entry.urn or entry.urn in workspace.register) for entry in prior)
        return prior if known and all(is_as_made(entry, workspace) for entry in prior) else ()

    return spare


def _take_in(
    paths: Sequence[Path], workspace: Workspace, spare: Spare, pool: ReadingPool, progress: Progress
) -> tuple[list[str], tuple[Counting, ...], tuple[Entry, ...]]:
    """The names of all files, the returns that count, and the entries of files of no school."""
    root = workspace.folders.returns
    names: list[str] = []

    def named() -> Iterator[Content]:
        for content in open_files(paths, root):
            names.append(content.name)
            yield content

    def read_again(files: Sequence[str]) -> Mapping[tuple[str, str], Arrival]:
        wanted = (content for content in open_files(paths, root) if content.name in files)
        again = receive_all(wanted, workspace, lambda *_: (), pool, lambda _: None)
        return {(arrival.file, arrival.urn): arrival for arrival in again}

    with progress("Reading returns", len(paths)) as advance:
        arrivals = list(receive_all(named(), workspace, spare, pool, advance))
    counting, aside = sort_arrivals(arrivals, read_again, workspace.register_digest)
    return names, counting, aside


def _settle(one: Counting, workspace: Workspace, issued: Issued, today: date) -> tuple[Sequence[Entry], bool]:
    """What becomes of a return that counts, and whether anything had to be done for it."""
    if one.arrival.prior:
        return (one.arrival.prior, *one.others), False
    return _with_others(make_documents(judge(one, workspace), workspace, issued, today), one), True


def _with_others(entry: Entry, one: Counting) -> Sequence[Entry]:
    """The school's other files share the outcome of the one they were added to."""
    others = (other if other.outcome is Outcome.SET_ASIDE else replace(other, outcome=entry.outcome) for other in one.others)
    return (entry, *others)


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
        entries=ordered,
        missing=missing,
        reconciliation=sums,
        findings=(*lost, *_find_left_over(ordered, workspace)),
    )


def _find_left_over(entries: Sequence[Entry], workspace: Workspace) -> Iterator[Finding]:
    """Documents that no return of this cycle stands behind any more; told, never deleted."""
    folders = workspace.folders
    expected = {entry.plan for entry in entries if entry.plan} | {f"{entry.urn}.json" for entry in entries if entry.plan}
    for folder, pattern in ((folders.plans, "*.docx"), (folders.records, "*.json")):
        for path in sorted(folder.glob(pattern)):
            if path.name not in expected and "(changed by hand" not in path.name and not path.name.startswith(("~$", ".")):
                yield find("WR603", Place(path.name), "no return behind it", file=path.name)


def _write_papers(batch: Batch, workspace: Workspace, today: date) -> tuple[Batch, bytes]:
    """The index last, so that a run killed before it does its work again. Findings: WR601."""
    outputs = workspace.folders.outputs
    dates = workspace.configuration.cycle(workspace.cycle)
    index = write_index(batch)
    papers = {
        "overview.xlsx": write_overview(batch, workspace.register, workspace.configuration, today),
        "chase.csv": write_chase_list([workspace.register[urn] for urn in batch.missing], dates, today),
        "findings.csv": write_findings(batch.all_findings),
        "run.json": index,
    }
    failed = []
    for name, content in papers.items():
        try:
            write_whole(outputs / name, content)
        except OSError as error:
            failed.append(not_written(outputs / name, error))
    return replace(batch, findings=(*batch.findings, *failed)), index

"""`run` and `check`: every return of a cycle, from file to plan, and the sums at the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import __version__
from pipeline.model.batch import Batch, Entry
from pipeline.model.finding import Finding, Place, find
from pipeline.readers.records import load_index
from pipeline.rules.summary import reconcile
from pipeline.runner.intake import Arrival, read_arrival, receive_all, sort_arrivals
from pipeline.runner.making import context_of, is_as_made, judge, last_levels, make_documents, not_written
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.overview import write_overview
from pipeline.writers.records import write_findings, write_index
from pipeline.writers.whole_file import write_whole

Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


@dataclass(frozen=True)
class Run:
    """A finished run: the batch, its index as written, and how many schools were worked on anew."""

    batch: Batch
    index: bytes
    worked_on: int


def run_cycle(workspace: Workspace, progress: Progress, today: date, *, force: bool = False) -> Run:
    """Reads what arrived, makes what has changed, and writes the officer's papers. A finding never stops the batch."""
    folders = workspace.folders
    paths = folders.list_returns()
    index: Mapping[str, Entry] = {} if force else load_index(folders.outputs / "run.json")
    with progress("Reading returns", len(paths)) as advance:
        arrivals = receive_all(paths, workspace, index, advance)
    sorted_arrivals = sort_arrivals(arrivals)
    entries = list(sorted_arrivals.set_aside)
    worked_on = 0
    issued = Issued(folders.outputs / ".issued")
    with progress("Writing plans", len(sorted_arrivals.counting)) as advance:
        for arrival in sorted_arrivals.counting:
            entry, is_new = _settle(arrival, workspace, issued, today)
            entries.append(entry)
            worked_on += is_new
            advance(entry.file)
    batch = _gather(entries, workspace, len(paths))
    batch, written = _write_papers(batch, workspace)
    return Run(batch, written, worked_on)


def _settle(arrival: Arrival, workspace: Workspace, issued: Issued, today: date) -> tuple[Entry, bool]:
    """What becomes of a return that counts, and whether anything had to be done for it."""
    previous = last_levels(arrival.urn, workspace)
    prior = arrival.prior
    if prior and is_as_made(prior, context_of(workspace.register[arrival.urn], previous), workspace):
        return prior, False
    if prior:
        content = (workspace.folders.returns / arrival.file).read_bytes()
        arrival = read_arrival(arrival.file, content, arrival.digest, workspace)
    return make_documents(judge(arrival, previous, workspace), workspace, issued, today), True


def check_files(workspace: Workspace, paths: Sequence[Path], progress: Progress) -> Batch:
    """Reads and rates without writing anything; the same findings as a run."""
    with progress("Reading returns", len(paths)) as advance:
        arrivals = receive_all(paths, workspace, {}, advance)
    sorted_arrivals = sort_arrivals(arrivals)
    judged = [judge(arrival, last_levels(arrival.urn, workspace), workspace).entry for arrival in sorted_arrivals.counting]
    return _gather([*sorted_arrivals.set_aside, *judged], workspace, len(paths))


def _gather(entries: Sequence[Entry], workspace: Workspace, found: int) -> Batch:
    ordered = tuple(sorted(entries, key=lambda entry: entry.file))
    sums, missing = reconcile(ordered, workspace.register, found)
    return Batch(
        cycle=workspace.cycle,
        cycle_label=workspace.configuration.cycle(workspace.cycle).label,
        rubric=workspace.configuration.rubric.edition,
        version=__version__,
        entries=ordered,
        missing=missing,
        reconciliation=sums,
        findings=tuple(_find_left_over(ordered, workspace)),
    )


def _find_left_over(entries: Sequence[Entry], workspace: Workspace) -> Iterator[Finding]:
    """Documents that no return of this cycle stands behind any more; told, never deleted."""
    folders = workspace.folders
    expected = {entry.plan for entry in entries if entry.plan} | {f"{entry.urn}.json" for entry in entries if entry.plan}
    for folder, pattern in ((folders.plans, "*.docx"), (folders.records, "*.json")):
        for path in sorted(folder.glob(pattern)):
            if path.name not in expected and "(changed by hand" not in path.name and not path.name.startswith(("~$", ".")):
                yield find("WR603", Place(path.name), "no return behind it", file=path.name)


def _write_papers(batch: Batch, workspace: Workspace) -> tuple[Batch, bytes]:
    """The index last, so that a run killed before it does its work again. Findings: WR601."""
    outputs = workspace.folders.outputs
    index = write_index(batch)
    papers = {
        "overview.xlsx": write_overview(batch, workspace.register, workspace.configuration),
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

"""A county laid out and run: cold, unchanged, and with one return changed."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl

from bench import plain_script
from bench.measuring import Command, inclusion, run, timed
from pipeline.runner.workspace import Workspace, open_workspace

_COLD = 3  # cold runs
_ROUNDS = 5  # short runs, of which the median is taken


@dataclass(frozen=True)
class County:
    """What a county took; seconds are medians where a run is short."""

    schools: int
    returns: int
    laid_out: float
    cold: Command
    unchanged: Command
    one_changed: Command
    papers: Command
    plain: float = 0.0


def measure_county(folder: Path, schools: int, *, beside_plain: bool) -> County:
    """Lays a county out in `folder` and runs it; `beside_plain` has the plain script make the same plans, in this process."""
    laid_out = timed(lambda: inclusion("demo", "--schools", str(schools), "--seed", "1", "--out", str(folder)))
    workspace = open_project(folder)
    paths = workspace.folders.list_returns()
    plain, colds = 0.0, []
    for number in range(_COLD if beside_plain else 1):
        if beside_plain:  # a part before each cold run, so that a slow moment of the machine falls on both
            part = paths[number::_COLD]
            plain += timed(lambda part=part: plain_script.make_plans(workspace, part, folder / "plain", date.today()))  # type: ignore[misc]
        # Moved away, not deleted: a file system that has just let go of thousands of files is slow to make new ones.
        if (folder / "outputs").exists():
            (folder / "outputs").rename(folder / f"outputs-{number}")
        colds.append(run(folder))
    cold = _median(colds)
    unchanged = _median([run(folder) for _ in range(_ROUNDS)])
    one_changed = _median([_run_with_one_changed(folder, path) for path in paths[:_ROUNDS]])
    papers = _median([_run_without_papers(folder, workspace) for _ in range(_ROUNDS)])
    return County(schools, len(paths), laid_out, cold, unchanged, one_changed, papers, plain)


def open_project(folder: Path) -> Workspace:
    """A project that is known to be sound."""
    workspace, findings = open_workspace(folder, None)
    if workspace is None:
        raise SystemExit(f"the project in {folder} is not sound: {findings[0].place}")
    return workspace


def _run_with_one_changed(folder: Path, path: Path) -> Command:
    workbook = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in workbook.worksheets if sheet["G3"].value)
    sheet["G4"].value = "Emerging" if sheet["G4"].value != "Emerging" else "Established"
    workbook.save(path)
    return run(folder)


def _run_without_papers(folder: Path, workspace: Workspace) -> Command:
    """A run that finds every return as it was and has all the LA's papers to make again."""
    outputs = workspace.folders.outputs
    for path in (*outputs.glob("overview.*"), *outputs.glob("report.*"), *outputs.glob("districts/*")):
        path.unlink()
    return run(folder)


def _median(runs: Sequence[Command]) -> Command:
    return Command(
        statistics.median(one.seconds for one in runs),
        max(one.parent for one in runs),
        max(one.worker for one in runs),
        max(one.together for one in runs),
    )

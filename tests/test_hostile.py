"""Hostile files: none hangs, none kills the run, none is silently wrong, and each has exactly one outcome."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion, outputs
from fuzz_returns import build, edits
from hostile import READABLE, hostile_files
from hypothesis import given, settings
from pebble import ProcessExpired

from pipeline.model.batch import Outcome
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.returns import Expectations
from pipeline.runner.crew import Crew
from pipeline.runner.deliveries import Delivery
from pipeline.runner.documents import Made, discard
from pipeline.runner.isolation import IsolatedProcesses, hire_processes
from pipeline.runner.working import Briefing, Task, work_on
from pipeline.runner.workspace import open_workspace

# Faults beside the answers for which the libraries refuse the whole file: it is told, and the school saves it again.
NOBODY_READS = {
    "a size that is none.xlsx",
    "a merge of nothing.xlsx",
    "a bad state of a sheet.xlsx",
    "rows more than can be counted.ods",
    "a text two thousand million times.ods",  # it needs more memory than a worker has, or nearly
    "a repetition that is no number.ods",
    "a repetition below nought.ods",
    "a return in folders.zip",  # a bundle is unpacked before its files come here
}


@pytest.fixture(scope="module")
def good(configuration: Configuration) -> bytes:
    answers = {key: "ASEN"[number % 4] for number, key in enumerate(configuration.rubric.criteria)}
    return complete(OTHER, configuration, answers)


@pytest.fixture(scope="module")
def workers(expected: Expectations) -> Iterator[IsolatedProcesses]:
    """A worker that reads and rates, and writes nothing."""
    workspace, _ = open_workspace(ROOT, None)
    assert workspace is not None
    with IsolatedProcesses(Briefing(workspace, expected, date.today(), writes=False), 1) as processes:
        yield processes


SLOW = "a text a million times downwards.ods"  # it may be read or not, and is waited for in a test of its own


@pytest.fixture(scope="module")
def hostile(good: bytes) -> list[tuple[str, bytes, str]]:
    """Name, content and trouble of each hostile file."""
    return list(hostile_files(good))


Receive = Callable[..., Iterator[Made]]


@pytest.fixture
def receive(project: Path, expected: Expectations) -> Receive:
    """Has files (by name) received as a run does; gives what became of each."""
    workspace, _ = open_workspace(project, None)
    assert workspace is not None
    briefing = Briefing(workspace, expected, date.today())

    def made(files: Iterable[tuple[str, bytes]], jobs: int, **limits: float) -> Iterator[Made]:
        tasks = (Task((Delivery(name, content, 0.0, ""),)) for name, content in files)
        with Crew(lambda: hire_processes(briefing, jobs, **limits)) as crew:
            for results in crew.map(tasks):
                assert len(results) == 1
                yield results[0]

    return made


def given_answers(made: Made) -> Mapping[str, tuple[object, str]]:
    """Criterion → answer and cell, from the record of a return that was rated; nothing of one that was not."""
    if not made.plan:
        return {}
    path = made.plan[1].beside or made.plan[1].path
    responses = json.loads(path.read_bytes())["submission"]["responses"]
    return {one["criterion"]: (one["answer"], one["place"]["cell"]) for one in responses}


def test_each_hostile_file_is_read_right_or_told(good: bytes, hostile: list[tuple[str, bytes, str]], receive: Receive) -> None:
    """Through the workers that a run uses: two, killed and born again as it goes. They have all the time they need, so that a
    busy machine changes nothing."""
    hostile = [one for one in hostile if one[0] != SLOW]
    assert len(hostile) > 100
    files = [("good.xlsx", good), *((name, content) for name, content, _ in hostile)]
    results = receive(files, 2, seconds=300.0)
    meant = given_answers(next(results))
    assert len(meant) == 63
    for (name, _, trouble), made in zip(hostile, results, strict=True):
        answers, findings = given_answers(made), made.entry.findings
        if trouble.startswith(READABLE) and name not in NOBODY_READS:
            assert {key: answer for key, (answer, _) in answers.items()} == {
                key: answer for key, (answer, _) in meant.items()
            }, (
                name,
                findings,
            )
        elif not answers:
            assert any(finding.is_error for finding in findings), (name, findings)
        else:
            touched = {one.place.cell for one in findings}
            wrong = [(answer, cell) for key, (answer, cell) in answers.items() if answer != meant[key][0]]
            assert all(cell in touched for answer, cell in wrong), (name, wrong)
        discard(made)


def test_a_file_that_takes_too_long_costs_only_itself(
    good: bytes, hostile: list[tuple[str, bytes, str]], receive: Receive
) -> None:
    slow = next(content for name, content, _ in hostile if name == SLOW)
    files = [("warming up.xlsx", good), ("slow.ods", slow), ("good.xlsx", good)]
    _, waiting, behind = receive(files, 1, seconds=1.0)
    assert [finding.code for finding in waiting.entry.findings] == ["RT306"]
    assert behind.entry.outcome is Outcome.RATED


def test_a_folder_of_hostile_files_and_good_ones_runs_to_the_end(
    project: Path, school: School, configuration: Configuration, good: bytes, hostile: list[tuple[str, bytes, str]]
) -> None:
    drop(project, "good one.xlsx", complete(school, configuration))
    drop(project, "good two.xlsx", good)
    files = [(name, content) for name, content, trouble in hostile if not trouble.startswith(READABLE)][:100]
    for number, (name, content) in enumerate(files):
        safe = f"{number} {Path(name).name}"
        drop(project, safe, content)
    code, said, errors = inclusion("run", "-q", "--json", "--project", str(project), hired=True)
    assert code == 0, errors
    index = json.loads(said)
    assert index["balances"]
    assert index["reconciliation"]["found"] >= 102
    assert {entry["file"] for entry in index["entries"]} >= {"good one.xlsx", "good two.xlsx"}
    assert "Traceback" not in errors
    assert sum(name.startswith("plans/") for name in outputs(project)) == 2
    assert (project / "inputs" / CYCLE / "returns" / "good two.xlsx").read_bytes() == good


@given(changes=edits)
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_damaged_parts_never_raises(
    changes: list[tuple[str, int, bytes, int]], workers: IsolatedProcesses
) -> None:
    """A short run of the fuzz; `tests/fuzz_returns.py` goes on for as long as it is let."""
    with suppress(ProcessExpired):  # calamine aborts on some cells: that is what the workers are for
        made = workers.submit(work_on, Task((Delivery("damaged.xlsx", build(changes), 0.0, ""),))).result()
        assert all(one.entry.outcome is not Outcome.SET_ASIDE or one.entry.findings for one in made)
        assert made

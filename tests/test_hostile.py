"""Hostile files: none hangs, none kills the run, none is silently wrong, and each has exactly one outcome."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import CYCLE, OTHER, complete, drop, inclusion, outputs
from fuzz_returns import build, edits
from hostile import READABLE, hostile_files
from hypothesis import given, settings
from pebble import ProcessExpired

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Response
from pipeline.readers.isolated import ReadingPool
from pipeline.readers.returns import Expectations, read_return

# Faults beside the answers for which the libraries refuse the whole file: it is told, and the school saves it again.
NOBODY_READS = {
    "a size that is none.xlsx",
    "a merge of nothing.xlsx",
    "a bad state of a sheet.xlsx",
    "rows more than can be counted.ods",
    "a text a million times downwards.ods",  # these two need more memory than a worker has, or nearly
    "a text two thousand million times.ods",
    "a repetition that is no number.ods",
    "a repetition below nought.ods",
    "a return in folders.zip",  # a bundle is unpacked before its files come here
}


@pytest.fixture(scope="module")
def good(configuration: Configuration) -> bytes:
    answers = {key: "ASEN"[number % 4] for number, key in enumerate(configuration.rubric.criteria)}
    return complete(OTHER, configuration, answers)


@pytest.fixture(scope="module")
def workers(expected: Expectations) -> Iterator[ReadingPool]:
    with ReadingPool(lambda: expected, 1) as pool:
        yield pool


def given_answers(responses: tuple[Response, ...]) -> dict[str, object]:
    return {response.criterion: response.answer for response in responses}


def test_each_hostile_file_is_read_right_or_told(good: bytes, expected: Expectations) -> None:
    """Through the pool that a run uses: two workers, killed and born again as it goes."""
    submission, _ = read_return(good, "good.xlsx", expected)
    assert submission is not None
    meant = given_answers(submission.responses)
    files = list(hostile_files(good))
    assert len(files) > 100
    with ReadingPool(lambda: expected, 2) as pool:
        for name, content, trouble in files:
            reading, findings = pool.start(content, name).result()
            if trouble.startswith(READABLE) and name not in NOBODY_READS:
                assert reading is not None, (name, findings)
                assert given_answers(reading.responses) == meant, name
            elif reading is None:
                assert len(findings) == 1, (name, findings)
                assert findings[0].is_error, name
            else:
                touched = {one.place.cell for one in findings}
                wrong = [one for one in reading.responses if one.answer is not meant[one.criterion]]
                # A blank is told later, by the rules; anything else must be told here.
                assert all(one.answer is None or one.place.cell in touched for one in wrong), name


def test_a_file_that_takes_too_long_costs_only_itself(good: bytes, expected: Expectations) -> None:
    slow = next(content for name, content, _ in hostile_files(good) if name == "a text a million times downwards.ods")
    with ReadingPool(lambda: expected, 1, seconds=1.0) as pool:
        pool.start(good, "warming up.xlsx").result()
        waiting, behind = pool.start(slow, "slow.ods"), pool.start(good, "good.xlsx")
        assert [finding.code for finding in waiting.result()[1]] == ["RT306"]
        assert behind.result()[0] is not None


def test_a_folder_of_hostile_files_and_good_ones_runs_to_the_end(
    project: Path, school: School, configuration: Configuration, good: bytes
) -> None:
    drop(project, "good one.xlsx", complete(school, configuration))
    drop(project, "good two.xlsx", good)
    files = [(name, content) for name, content, trouble in hostile_files(good) if not trouble.startswith(READABLE)][:100]
    for number, (name, content) in enumerate(files):
        safe = f"{number} {Path(name).name}"
        drop(project, safe, content)
    code, said, errors = inclusion("run", "-q", "--json", "--project", str(project))
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
def test_a_workbook_with_damaged_parts_never_raises(changes: list[tuple[str, int, bytes, int]], workers: ReadingPool) -> None:
    """A short run of the fuzz; `tests/fuzz_returns.py` goes on for as long as it is let."""
    with suppress(ProcessExpired):  # calamine aborts on some cells: that is what the workers are for
        submission, findings = workers.schedule(build(changes), "damaged.xlsx", with_openpyxl=False).result()
        assert submission is not None or findings

"""What the plan says would lift a rating does so when it is done, and no part of it does less than all of it.

`make check-explanations` does the same for a county of 600, workbooks and all.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT
from metamorphosis import Rater, close_gates, invent_county, raise_area, undo, write_returns

from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.register import load_register
from pipeline.rules.intake import keep_asked
from pipeline.runner.expecting import expect

County = Sequence[tuple[School, Submission]]
RETURNS = sorted((ROOT / "inputs" / "2025-26-summer" / "returns").glob("*.xlsx"))


@pytest.fixture(scope="module")
def size(pytestconfig: pytest.Config) -> int | None:
    """How many schools were asked for; None where the tests are to be quick."""
    asked: int | None = pytestconfig.getoption("--county")
    return asked


@pytest.fixture(scope="module")
def county(configuration: Configuration, size: int | None) -> County:
    return [
        (school, keep_asked(submission, school, configuration.rubric)[0])
        for school, submission in invent_county(configuration, size or 200)
    ]


@pytest.fixture(scope="module")
def rater(configuration: Configuration, county: County) -> Rater:
    return Rater(configuration, expect([school for school, _ in county], configuration, CYCLE))


@pytest.mark.parametrize("path", RETURNS, ids=lambda path: path.stem)
def test_the_named_change_lifts_every_area_of_a_shipped_return(path: Path, rater: Rater) -> None:
    register, _ = load_register(ROOT / "config" / "schools.csv", "schools.csv")
    content = path.read_bytes()
    urn = rater.read_identity(content)
    moved, parts = rater.check_workbook(content, register[urn])
    assert parts >= moved > 0


def test_the_named_change_lifts_every_area_of_a_countys_workbooks(
    county: County, rater: Rater, configuration: Configuration, size: int | None
) -> None:
    chosen = county if size else county[:24]
    checked = [rater.check_workbook(content, school) for school, content in write_returns(configuration, chosen, CYCLE)]
    assert sum(moved for moved, _ in checked) > 6 * len(chosen)


def test_the_named_change_lifts_every_area_of_a_county(county: County, rater: Rater) -> None:
    checked = [rater.check_submission(submission) for _, submission in county]
    assert sum(parts for _, parts in checked) > 3 * sum(moved for moved, _ in checked)


def test_the_named_change_lifts_the_overall_of_a_county(county: County, rater: Rater, size: int | None) -> None:
    """The gates closed and the areas raised as the overall's own change says; then all of that but one gate or one level of one area."""
    moved = 0
    for _, submission in county if size else county[:60]:
        before = rater.rate(submission)
        assert before.overall is not None
        target, lowest = before.overall.next_level, before.overall.lowest
        gates = [change.key for change in before.overall.changes if "." in change.key]
        rises = {int(change.key): change.to for change in before.overall.changes if "." not in change.key}
        if target is None:
            continue
        moved += 1
        assert _overall(rater, _do(rater, submission, gates, rises)) is target
        for gate in gates:
            but_one = undo(_do(rater, submission, gates, rises), submission, gate)
            assert _overall(rater, but_one) is lowest, (gate, before.overall.lift)
        for area, level in rises.items():
            fewer = {**rises, area: Level(level - 1)}
            assert _overall(rater, _do(rater, submission, gates, fewer)) is lowest, (area, before.overall.lift)
    assert moved > 40


def _do(rater: Rater, submission: Submission, gates: Sequence[str], rises: dict[int, Level]) -> Submission:
    done = close_gates(submission, gates, rater.configuration)
    for area, level in rises.items():
        done = raise_area(rater, done, area, level)
    return done


def _overall(rater: Rater, submission: Submission) -> Level | None:
    rating = rater.rate(submission).overall
    assert rating is not None
    return rating.lowest

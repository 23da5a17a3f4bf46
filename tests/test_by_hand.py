"""Ratings worked out on paper, from returns as they lie in the folder, against what the program makes of the same files."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from conftest import ROOT, complete

from pipeline.model.assessment import Assessment, Rating
from pipeline.model.level import Level, State
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Response, Submission
from pipeline.readers.register import load_register
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.intake import identify, keep_asked

FIRST = "2025-26-summer"
LETTERS = {Level.ADVANCED: "A", Level.ESTABLISHED: "S", Level.EMERGING: "E", Level.NOT_YET: "N"}


@dataclass(frozen=True)
class Row:
    """A return on paper: the URN or what it is about, the answers and the rating of each area, and the overall rating."""

    name: str
    answers: tuple[str, ...]
    ratings: tuple[str, ...]
    overall: str


def read_rows() -> Iterator[Row]:
    for line in (ROOT / "tests" / "cases" / "by-hand.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 11 and ": " in cells[1]:
            name, *areas, overall = cells
            pairs = [area.split(": ") for area in areas]
            yield Row(name, tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs), overall)


ROWS = {row.name: row for row in read_rows()}
SHIPPED = {name: row for name, row in ROWS.items() if name.isdecimal()}
AWKWARD = {name: row for name, row in ROWS.items() if not name.isdecimal()}


def letter(rating: Rating) -> str:
    if rating.state is State.NOT_APPLICABLE:
        return "x"
    return "?" if rating.level is None else LETTERS[rating.level]


def letter_typed(response: Response) -> str:
    """The answer as it was typed."""
    if response.answer is None:
        return "?"
    if response.answer.level is None:
        return "x"
    found = LETTERS[response.answer.level]
    return "a" if found == "A" and not response.evidence else found


def agree(row: Row, submission: Submission, assessment: Assessment) -> None:
    typed = iter(submission.responses)
    assert tuple("".join(letter_typed(next(typed)) for _ in area) for area in row.answers) == row.answers
    assert tuple(letter(area.rating) for area in assessment.areas) == row.ratings
    assert assessment.overall is not None
    assert letter(assessment.overall) == row.overall


def test_there_are_twenty() -> None:
    assert (len(SHIPPED), len(AWKWARD)) == (12, 8)


def test_the_returns_that_ship_agree_with_paper(configuration: Configuration) -> None:
    from pipeline.runner.expecting import expect

    register, _ = load_register(ROOT / "config" / "schools.csv", "config/schools.csv")
    expected = expect(register.values(), configuration, FIRST)
    found = set()
    for path in sorted((ROOT / "inputs" / FIRST / "returns").glob("*.xlsx")):
        submission, _ = read_return(path.read_bytes(), path.name, expected)
        assert submission is not None
        (school,), _ = identify(submission, register)
        asked, _ = keep_asked(submission, school, configuration.rubric)
        agree(SHIPPED[school.urn], asked, assess(asked, configuration.rubric, {})[0])
        found.add(school.urn)
    assert found == SHIPPED.keys()


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_returns_agree_with_paper(
    name: str, school: School, configuration: Configuration, expected: Expectations
) -> None:
    row = AWKWARD[name]
    letters = {f"{area}.{place}": typed for area, line in enumerate(row.answers, 1) for place, typed in enumerate(line, 1)}
    evidence = {
        key: {"a": "", "x": "There is no such provision here."}[typed] for key, typed in letters.items() if typed in "ax"
    }
    answers = {key: "A" if typed == "a" else typed for key, typed in letters.items()}
    content = complete(school, configuration, answers, evidence=evidence)
    submission, _ = read_return(content, "return.xlsx", expected)
    assert submission is not None
    asked, _ = keep_asked(submission, school, configuration.rubric)
    agree(row, asked, assess(asked, configuration.rubric, {})[0])

"""The completed examples: read as models of good evidence, and golden tests of reading and rating."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT

from pipeline.demo.examples import ExampleSchools, establish
from pipeline.demo.material import load_material
from pipeline.model.example import Example, ExampleReturn
from pipeline.model.finding import Finding, Place
from pipeline.model.level import LEVELS, Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.submission import Submission
from pipeline.readers.example import load_examples
from pipeline.readers.register import load_register
from pipeline.readers.returns import read_return
from pipeline.rules.assessing import assess
from pipeline.rules.completed import submit
from pipeline.rules.contradiction import find_doubts, weigh_doubts
from pipeline.rules.oddity import find_odd
from pipeline.rules.privacy import find_personal
from pipeline.rules.written import gather_written, words_of
from pipeline.runner.expecting import expect

LETTER = {Level.NOT_YET: "N", Level.EMERGING: "E", Level.ESTABLISHED: "S", Level.ADVANCED: "A"}
STATUSES = {"Not started", "Under way", "Done", "On hold", "No longer needed"}
SENTENCE = re.compile(r"(?<=[.!?])\s+")

# What the rules make of each return: overall, areas 1 to 9, statutory gaps, the first page after them.
RATINGS = """
emerging-primary      first   E  E E E N S E S E E  1.7  4.2-a 2.2-a 3.7-a 6.5-a 9.2-a
emerging-primary      second  E  E E E E S E S E E  -    3.7-a 4.3-a 4.5-a 9.2-a 1.1-a
established-secondary first   S  S S S A S S E E S  -    8.7-a 7.1-a 7.2-a 8.1-a 1.1-a
established-secondary second  S  S S S A S S E E E  -    7.2-a 8.1-a 8.3-a 9.5-a 1.1-a
advanced-special      first   A  A S S S A A A A A  -    2.1-a 2.2-a 3.1-a 3.4-a 4.1-a
advanced-special      second  A  A S S S A A A A A  -    2.1-a 2.2-a 3.1-a 3.4-a 4.1-a
"""

# What a term brought: criterion, answer before and after; the same letter twice is new evidence for an old answer.
MOVED = {
    "emerging-primary": "1.7 NE, 2.2 NE, 2.7 EE, 3.3 SE, 4.2 NE, 4.7 NE, 6.5 NE, 7.7 ES",
    "established-secondary": "1.7 ES, 2.5 EE, 5.3 ES, 7.1 ES, 8.2 ES, 8.7 NE, 9.5 SE",
    "advanced-special": "2.5 SA, 2.6 ES, 3.1 SS, 4.6 AS, 4.7 ES",
}


@pytest.fixture(scope="module")
def examples(configuration: Configuration) -> Mapping[str, Example]:
    loaded, findings = load(configuration, ROOT / "config")
    assert findings == ()
    assert loaded
    return loaded


def load(configuration: Configuration, folder: Path) -> tuple[Mapping[str, Example] | None, tuple[Finding, ...]]:
    return load_examples(folder, configuration.rubric, configuration.outcomes, configuration.checklists[-1])


def submissions(example: Example, configuration: Configuration) -> tuple[Submission, Submission]:
    """The returns of both cycles, with a place of its own for each evidence."""
    return _place(example, example.first, configuration, CYCLE), _place(example, example.second, configuration, "next")


def _place(example: Example, term: ExampleReturn, configuration: Configuration, cycle: str) -> Submission:
    made = submit(term, establish(example.register).school, configuration, cycle)
    placed = (replace(one, place=Place(made.file, "area", one.criterion)) for one in made.responses)
    return replace(made, responses=tuple(placed))


def evidence(examples: Mapping[str, Example]) -> Iterator[tuple[str, str]]:
    """Everything written as evidence: school and criterion, and the text."""
    for name, example in examples.items():
        for term, answers in (("", example.answers), (", next term", example.next_term.answers)):
            yield from ((f"{name} {key}{term}", given.evidence) for key, given in answers.items())


def texts(examples: Mapping[str, Example]) -> Iterator[tuple[str, str]]:
    """Every free text that goes into a workbook or a plan."""
    yield from evidence(examples)
    for name, example in examples.items():
        yield from ((f"{name} {key} own", given.own) for key, given in example.answers.items() if given.own)
        for notes in (example.checklist, example.next_term.checklist):
            yield from ((f"{name} {key}", note.note) for key, note in notes.items() if note.note)
        for ref, row in example.edits.actions.items():
            yield from ((f"{name} {ref}", text) for text in (row.progress, row.action, row.success) if text)
        for added in example.edits.added:
            yield from ((f"{name} added", text) for text in (added.opportunity, added.action, added.success, added.progress))
        yield from ((f"{name} {comment.ref} comment", comment.text) for comment in example.edits.comments)


def test_each_school_is_rated_as_it_is_said_to_be(examples: Mapping[str, Example], configuration: Configuration) -> None:
    rows = []
    for name, example in examples.items():
        previous: Mapping[str, Level] = {}
        for term, submission in zip(("first", "second"), submissions(example, configuration), strict=True):
            assessment, findings = assess(submission, configuration.rubric, previous)
            assert findings == ()
            assert assessment.overall
            areas = " ".join(_letter(area.rating.level) for area in assessment.areas)
            gaps = " ".join(gap for area in assessment.areas for gap in area.rating.gates) or "-"
            overall = _letter(assessment.overall.level)
            rows.append(f"{name:<21} {term:<6}  {overall}  {areas}  {gaps:<3}  {' '.join(assessment.priorities)}")
            standings = [standing for area in assessment.areas for standing in area.standings]
            previous = {standing.criterion: standing.level for standing in standings if standing.level is not None}
    assert rows == RATINGS.strip().splitlines()


def _letter(level: Level | None) -> str:
    assert level is not None
    return LETTER[level]


def test_a_term_brings_rises_and_falls_and_leaves_the_rest(examples: Mapping[str, Example]) -> None:
    for name, example in examples.items():
        moved = [
            f"{key} {LETTER[LEVELS[example.answers[key].answer]]}{LETTER[LEVELS[new.answer]]}"
            for key, new in example.next_term.answers.items()
        ]
        assert ", ".join(moved) == MOVED[name]
        changed = [line for line in moved if line[-1] != line[-2]]
        assert len(example.still_true) + len(changed) == len(example.answers)


def test_every_criterion_asked_has_an_answer_and_evidence(examples: Mapping[str, Example], rubric: Rubric) -> None:
    for example in examples.values():
        assert list(example.answers) == [criterion.id for criterion in rubric.criteria_for(example.register.phase)]
    assert [len(example.answers) for example in examples.values()] == [63, 63, 62]
    assert all(text for _, text in evidence(examples))


def test_evidence_is_short_and_never_the_same(examples: Mapping[str, Example]) -> None:
    for where, text in evidence(examples):
        assert 25 <= len(text.split()) <= 70, where
        assert len(SENTENCE.split(text)) <= 3, where
    sentences = Counter(b" ".join(words_of(one)) for _, text in texts(examples) for one in SENTENCE.split(text))
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_nothing_is_odd_or_points_to_a_child(examples: Mapping[str, Example], configuration: Configuration) -> None:
    """Over both cycles, since new words beside an old answer may be odd as well."""
    oddity, rubric = configuration.oddity, configuration.rubric
    first = []
    for example in examples.values():
        then, now = submissions(example, configuration)
        earlier = {one.criterion: (one.answer, one.evidence) for one in then.responses}
        for submission, before in ((then, {}), (now, earlier)):
            written = gather_written(submission, rubric)
            assert find_odd(written, rubric, oddity) == ()
            assert weigh_doubts(find_doubts(written, oddity), before, rubric) == ()
        first.append(then)
    letters = Counter(one.letters for submission in first for one in gather_written(submission, rubric))
    assert max(letters.values()) == 1
    today = max(example.next_term.identity.completed_on for example in examples.values())
    assert find_personal([(Place(where), text) for where, text in texts(examples)], "", today) == ()


def test_no_count_of_pupils_is_small(examples: Mapping[str, Example], configuration: Configuration) -> None:
    small = re.compile(
        r"\b(?:one|two|three|four|five|[1-5]) (?:[\w-]+ )?(?:pupil|child|student|leaver)(?:s|ren)?\b", re.IGNORECASE
    )
    named_years = re.compile(r"\bYears? \d(?: and \d)?", re.IGNORECASE)
    for where, text in texts(examples):
        assert not small.search(named_years.sub("", text)), where
    units = {measure.id: measure.unit for measure in configuration.outcomes.measures}
    for example in examples.values():
        assert example.register.with_plan >= 6
        for id, figure in example.second.outcomes.items():
            for typed in filter(None, (figure.this_year, figure.last_year)):
                pupils = float(typed) * (example.register.pupils / 100 if units[id] == "percent" else 1)
                assert units[id] == "points" or pupils == 0 or pupils >= 5.5, (example.register.name, id)


def test_the_schools_are_invented(examples: Mapping[str, Example]) -> None:
    """Every name holds a place of the invented county, and no school of the example that ships is meant."""
    county = load_material("county.yaml")
    shipped, _ = load_register(ROOT / "config" / "schools.csv", "schools.csv")
    for example in examples.values():
        row = example.register
        assert row.town in county["districts"][row.district]
        assert row.town in row.name
        assert row.urn.startswith("9")
        assert row.laestab.startswith(f"{county['authority']['code']}/")
        assert row.urn not in shipped
        assert row.name not in {school.name for school in shipped.values()}


def test_edits_speak_of_rows_that_the_plan_has(examples: Mapping[str, Example], configuration: Configuration) -> None:
    """Every statutory gap and priority of the first page has been worked on, and some other rows."""
    for example in examples.values():
        then, _ = submissions(example, configuration)
        assessment, _ = assess(then, configuration.rubric, {})
        gaps = [f"{gap}-a" for area in assessment.areas for gap in area.rating.gates]
        assert set(example.edits.refs) <= {opportunity.ref for opportunity in assessment.opportunities}
        assert {*gaps, *assessment.priorities} < set(example.edits.actions)
        assert not {row.ref for row in example.edits.deleted} & set(example.edits.actions)


def test_dates_run_from_return_to_plan_to_next_return(examples: Mapping[str, Example], configuration: Configuration) -> None:
    cycle = configuration.cycle(CYCLE)
    for example in examples.values():
        now, then = example.identity, example.next_term.identity
        assert now.completed_on <= now.signed_on <= cycle.returns_due
        assert cycle.returns_due < then.completed_on <= then.signed_on <= cycle.review_on
        assert cycle.gaps_closed_by < example.edits.returned_on <= cycle.review_on
        rows = [(row.status, row.by_when) for row in example.edits.actions.values()]
        for status, by_when in (*rows, *((row.status, row.by_when) for row in example.edits.added)):
            assert status in STATUSES
            assert datetime.strptime(by_when, "%d %B %Y").date() > now.signed_on


def test_a_gap_that_the_plan_says_is_done_is_closed_next_term(examples: Mapping[str, Example]) -> None:
    example = examples["emerging-primary"]
    assert example.edits.actions["1.7-a"].status == "Done"
    assert example.answers["1.7"].answer.level is Level.NOT_YET
    assert example.second.answers["1.7"].answer.level is Level.EMERGING


def test_returns_are_read_back_as_they_were_completed(
    examples: Mapping[str, Example], configuration: Configuration, tmp_path: Path
) -> None:
    schools = ExampleSchools(configuration, tmp_path, examples)
    schools.lay_out(ROOT)
    assert schools.send(CYCLE) == 3
    register, findings = load_register(tmp_path / "config" / "schools.csv", "schools.csv")
    assert findings == ()
    expected = expect(register.values(), configuration, CYCLE)
    for example in examples.values():
        school = register[example.register.urn]
        assert school == establish(example.register).school
        completed = submit(example.first, school, configuration, CYCLE)
        content = (tmp_path / "inputs" / CYCLE / "returns" / completed.file).read_bytes()
        submission, findings = read_return(content, completed.file, expected)
        assert findings == ()
        assert submission
        responses = tuple(replace(one, place=Place(completed.file), evidence_cell="") for one in submission.responses)
        views = tuple(replace(view, place=Place(completed.file)) for view in submission.views)
        noted = {key: note for key, note in completed.checklist.items() if note.ready or note.note}
        assert replace(submission, responses=responses, views=views) == replace(completed, checklist=noted)


# What is changed in a good file, the line of what is told, and the code; {line} of the first text that stands there.
MISTAKES = [
    ('  "1.2":\n    answer: emerging', '  "1.2":\n    anwser: emerging', '    anwser: emerging', "CF103"),
    ('  "1.2":\n    answer: emerging', '  "1.2":\n    answer: excellent', '    answer: excellent', "CF103"),
    ('  "9.7":\n', '  "9.8":\n', '  "9.8":', "CF104"),
    ('  "1.7":\n    answer: not-yet', '  "1.7":\n    answer: not-applicable', '    answer: not-applicable', "CF104"),
    ("  severe-absence:", "  severe-absences:", "  severe-absences:", "CF104"),
    ("  sg-1: {", "  sg-9: {", "  sg-9: {", "CF104"),
    ('ready: "Partly"', 'ready: "Nearly"', 'ready: "Nearly"', "CF104"),
    ("  1: emerging\n", "  12: emerging\n", "  12: emerging", "CF104"),
    ("    - area: 4\n", "    - area: 40\n", "    - area: 40", "CF104"),
    ('    "9.2-a":\n', '    "9.9-a":\n', '    "9.9-a":', "CF104"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "told", "code"), MISTAKES)
def test_a_mistake_is_told_with_its_line(
    was: str, becomes: str, told: str, code: str, configuration: Configuration, tmp_path: Path
) -> None:
    good = (ROOT / "config" / "examples" / "emerging-primary.yaml").read_text(encoding="utf-8")
    bad = good.replace(was, becomes, 1)
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "one.yaml").write_text(bad, encoding="utf-8")
    loaded, findings = load(configuration, tmp_path)
    assert loaded is None
    line = next(number for number, text in enumerate(bad.splitlines(), 1) if told in text)
    assert (code, f"line {line}") in {(finding.code, finding.place.cell) for finding in findings}
    assert {finding.place.file for finding in findings} == {"config/examples/one.yaml"}


def test_a_missing_answer_and_a_urn_given_twice_are_told(configuration: Configuration, tmp_path: Path) -> None:
    good = (ROOT / "config" / "examples" / "emerging-primary.yaml").read_text(encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "one.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "examples" / "two.yaml").write_text(good.replace('  "9.7":\n', '  "9.8":\n', 1), encoding="utf-8")
    _, findings = load(configuration, tmp_path)
    assert [finding.seen for finding in findings] == ["9.7", "9.8", "990101"]


def test_a_project_without_examples_has_none(configuration: Configuration, tmp_path: Path) -> None:
    assert load(configuration, tmp_path) == ({}, ())

"""Odd returns: told where an officer should look twice, not told where schools simply write well, and never quoted."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion, outputs
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from test_privacy import SLOTS
from test_records import ENTRY

from pipeline.demo.county import choose_returning
from pipeline.demo.establishment import invent_establishments
from pipeline.demo.submitting import invent_submissions
from pipeline.model.batch import Entry
from pipeline.model.finding import CATALOGUE, Finding, Place, Severity
from pipeline.model.level import Answer
from pipeline.model.oddity import Oddity
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Identity, Response, Submission
from pipeline.readers.config import load_configuration
from pipeline.readers.earlier import load_answers
from pipeline.rules.contradiction import Earlier, does_say, find_doubts, weigh_doubts
from pipeline.rules.likeness import find_copies, fingerprint
from pipeline.rules.noting import asks_school
from pipeline.rules.oddity import find_odd
from pipeline.rules.written import gather_written, words_of

LOADED, _ = load_configuration(ROOT / "config")
assert LOADED
RUBRIC, ODDITY = LOADED.rubric, LOADED.oddity
ANSWERS = {"N": Answer.NOT_YET, "E": Answer.EMERGING, "S": Answer.ESTABLISHED, "A": Answer.ADVANCED, "x": Answer.NOT_APPLICABLE}
NOBODY = Identity("", "", "", "", "", None, "", None, False)
LONG = "Governors read the termly report in March and asked what had changed for pupils since."
OTHER_LONG = "Families told us in June that drop-in mornings work better for them than evenings did."

Rows = Mapping[str, tuple[str, str]]


def submit(rows: Rows, file: str = "a.xlsx") -> Submission:
    """A return of criterion → (letter, evidence); answers stand in G, evidence in H, from row 4 on."""
    responses = tuple(
        Response(key, ANSWERS[letter], letter, text, "", Place(file, f"sheet {key[0]}", f"G{row}"), f"H{row}")
        for row, (key, (letter, text)) in enumerate(rows.items(), 4)
    )
    return Submission(file, "", NOBODY, responses, {}, {})


def look_at(rows: Rows, earlier: Earlier | None = None, oddity: Oddity = ODDITY) -> list[Finding]:
    evidence = gather_written(submit(rows), RUBRIC)
    return [*find_odd(evidence, RUBRIC, oddity), *weigh_doubts(find_doubts(evidence, oddity), earlier or {}, RUBRIC)]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def but_thin(findings: list[Finding]) -> list[Finding]:
    """The sentences of the tables below are short, which is another matter."""
    return [finding for finding in findings if finding.code != "OD701"]


# Answer, evidence, and what is said of it beside 1.6, “Admissions, roll integrity and off-rolling”.
ALONE: tuple[tuple[str, str, list[str]], ...] = (
    ("A", "See policy.", ["OD701"]),
    ("S", "Yes", ["OD701"]),
    ("S", "Leavers are looked into.", ["OD701"]),
    ("S", "Each half-term leaders look at all leavers.", []),
    ("E", "See policy.", []),  # a beginning may be told in a word
    ("N", "No", []),
    ("x", "No pupils", []),
    ("A", "", []),  # RT315 says so
    ("A", "https://school.example/leavers", []),  # a document, named exactly
    ("A", "leavers 2026.xlsx, tab 2", []),
    ("S", RUBRIC.criteria["1.6"].established, ["OD705"]),
    ("E", RUBRIC.criteria["1.6"].emerging.upper(), ["OD705"]),
    ("A", RUBRIC.criteria["1.6"].title, ["OD705"]),
    ("S", f"{RUBRIC.criteria['1.6'].established} In our case, termly.", []),
)


@pytest.mark.parametrize(("letter", "text", "said"), ALONE)
def test_evidence_shorter_than_its_criterion_or_copied_from_it_is_told(letter: str, text: str, said: list[str]) -> None:
    findings = look_at({"1.6": (letter, text)})
    assert codes(findings) == said
    for finding in findings:
        assert finding.place == Place("a.xlsx", "sheet 1", "H4")
        assert "1.6" in finding.fix


SAYS_MISSING = (
    "This is not yet in place.",
    "The policy has lapsed and is waiting for the governors.",
    "Our lead left in May and the post is vacant.",
    "The SENCO role has been vacant since March.",
    "Not yet started; training is booked.",
    "The plan is still to be written.",
    "The forum no longer meets.",
    "The forum has stopped meeting since our SENCO left.",
    "There is no lead and the post is vacant.",
    "Policy dates from 2021.\nIt has  lapsed.",
    "Our accessibility plan is out of date.",
    "Nothing in place yet.",
    "We do not have a policy for this.",
    "The register isn’t in place.",
    "TRAINING HASN'T STARTED.",
    "SENCO post vacant since May 2026, covered by our deputy, who isn't qualified.",
    "This has not been reviewed since 2023.",
)
SAYS_NOTHING = (
    "Late arrivals are no longer an issue.",
    "Our oldest pupils have not yet reached Year 11 but we plan ahead.",
    "Our oldest pupils have not yet reached Year 11.",
    "The post was vacant until September and is now filled.",
    "No post is vacant.",
    "No actions are overdue.",
    "Nobody's plan is overdue.",
    "Nothing on the register has lapsed.",
    "We check each term whether any policy has lapsed.",
    "Where a review is overdue, the SENCO rings the family.",
    "Some older plans are out of date, as the audit shows.",
    "When a certificate has lapsed, the office books a place.",
    "The group no longer meets on Fridays but on Mondays.",
    "Reviewed each term. The annex is still to be written.",
    "We have not excluded anyone since 2019.",
    "This was not in place in 2023. It is now reviewed every term.",
    "Parents told us that the old system was not in place long enough.",
    "We have no waiting list and no post is vacant.",
)
SAYS_PRESENT = (
    "This is fully in place and reviewed every term.",
    "Reviewed termly by governors since 2022.",
    "Fully embedded across the school.",
    "The policy has been in place since 2021.",
    "Up to date and published on our website.",
    "Procedures are well established in all year groups.",
)
SAYS_NOT_YET = (
    "This is not fully in place.",
    "Will be reviewed every term from September.",
    "We hope to have it fully in place by Easter.",
    "Fully in place by Easter, so the plan says.",
    "The policy isn't reviewed every year.",
    "Nothing is embedded across the school.",
    "It was fully in place before our SENCO left.",
    "Fully in place at our partner school, which we visit next term.",
    "Far from fully embedded.",
    "Only one policy is reviewed annually.",
)
AT_ODDS = (
    *((letter, text, ["OD704"]) for text in SAYS_MISSING for letter in "SA"),
    *((letter, text, []) for text in SAYS_MISSING for letter in "NE"),
    *(("A", text, []) for text in SAYS_NOTHING),
    *(("N", text, ["OD704"]) for text in SAYS_PRESENT),
    *((letter, text, []) for text in SAYS_PRESENT for letter in "ESA"),
    *(("N", text, []) for text in SAYS_NOT_YET),
)


@pytest.mark.parametrize(("letter", "text", "said"), AT_ODDS)
def test_evidence_at_odds_with_its_answer_is_told(letter: str, text: str, said: list[str]) -> None:
    findings = but_thin(look_at({"2.4": (letter, text)}))
    assert codes(findings) == said
    for finding in findings:
        assert finding.place.cell == "H4"
        assert "G4" in finding.fix


# The answer and evidence of last cycle, those of now, and what is said.
CYCLES: tuple[tuple[tuple[str, str], tuple[str, str], list[str]], ...] = (
    (("S", LONG), ("S", "The group no longer meets."), ["OD702"]),
    (("S", LONG), ("A", "The group no longer meets."), ["OD704"]),  # it was not left as it was
    (("S", "The group no longer meets."), ("S", "The group no longer meets!"), ["OD704"]),  # nothing new
    (("S", "It has lapsed, we fear."), ("S", "The group no longer meets."), ["OD704"]),  # it said so then
    (("S", ""), ("S", "The group no longer meets."), ["OD704"]),
    (("E", LONG), ("E", "The group no longer meets."), ["OD702"]),  # beside Emerging, only what is new tells
    (("E", LONG), ("E", "This is fully in place."), ["OD702"]),
    (("E", "This is fully in place."), ("E", "Now fully embedded."), []),
    (("E", LONG), ("E", OTHER_LONG), []),
    (("N", LONG), ("E", "This is fully in place."), []),
    (("N", LONG), ("N", "This is fully in place."), ["OD702"]),
    (("A", LONG), ("A", "This is fully in place."), []),
)


@pytest.mark.parametrize(("then", "now", "said"), CYCLES)
def test_an_answer_left_as_it_was_while_its_evidence_says_otherwise_is_told(
    then: tuple[str, str], now: tuple[str, str], said: list[str]
) -> None:
    findings = but_thin(look_at({"2.4": now}, {"2.4": (ANSWERS[then[0]], then[1])}))
    assert codes(findings) == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((LONG, LONG, OTHER_LONG), []),  # one document may serve two criteria
        ((LONG, LONG.upper(), f" {LONG[:-1]} …"), ["OD703"]),
        (("See the SEF, p. 4, please.",) * 4, []),  # too short to tell
    ],
)
def test_one_text_beside_several_criteria_is_told_once_with_all_cells(texts: tuple[str, ...], said: list[str]) -> None:
    findings = look_at({f"{area}.2": ("S", text) for area, text in enumerate(texts, 3)})
    assert codes(findings) == said
    for finding in findings:
        assert finding.place.cell == "H4"
        assert "sheet “3” H4" not in finding.fix
        assert "sheet “sheet 3” H4; sheet “sheet 4” H5; sheet “sheet 5” H6" in finding.fix
        assert "3.2, 4.2 and 5.2" in finding.seen


def test_without_phrases_nothing_is_at_odds() -> None:
    rows = {"2.4": ("S", SAYS_MISSING[0]), "2.5": ("N", SAYS_PRESENT[0])}
    assert codes(but_thin(look_at(rows))) == ["OD704", "OD704"]
    assert but_thin(look_at(rows, oddity=Oddity())) == []


@settings(max_examples=200)
@given(
    st.sampled_from("NESA"),
    st.lists(st.sampled_from((*SAYS_MISSING, *SAYS_NOTHING, *SAYS_PRESENT, LONG, "\n", "’s", "Ü")), max_size=4).map(" ".join),
)
def test_the_quick_look_misses_nothing_and_no_finding_quotes(letter: str, text: str) -> None:
    """Words are looked for before sentences are; what the sentences say is what is told."""
    findings = look_at({"2.4": (letter, text)})
    told = {"OD704"} & set(codes(findings))
    telltale = {"N": ODDITY.present, "S": ODDITY.missing, "A": ODDITY.missing}.get(letter)
    assert bool(told) == bool(telltale and does_say(telltale, text))
    for finding in findings:
        said = b" ".join(words_of(finding.seen + finding.fix))
        assert not any(b" ".join(words_of(part)) in said for part in text.split(".") if len(words_of(part)) > 3)


def test_what_the_demo_writes_honestly_is_seldom_doubted() -> None:
    """Of some 700 texts, written for their levels, none is told; the law of the rules is under one in 200."""
    doubted, count = [], 0
    for path in sorted((ROOT / "pipeline" / "demo" / "evidence").glob("*.yaml")):
        for key, by_answer in YAML(typ="safe").load(path).items():
            for answer, texts in by_answer.items():
                for text in texts if answer != "own" else ():
                    count += 1
                    letter = {"not-yet": "N", "emerging": "E", "established": "S", "advanced": "A"}[answer]
                    doubted += look_at({key: (letter, text.format(**SLOTS))})
    assert count > 500
    assert len(doubted) * 200 < count


# Across schools.


def enter(file: str, urn: str, rows: Rows) -> Entry:
    evidence = gather_written(submit(rows, file), RUBRIC)
    return replace(ENTRY, file=file, urn=urn, findings=(), fingerprints=fingerprint(evidence, ODDITY))


def test_two_schools_with_the_same_evidence_are_both_told_and_each_others_place_is_named() -> None:
    one = enter(
        "a.xlsx",
        "900101",
        {"1.1": ("S", LONG), "2.1": ("E", "A text of our own that nobody else would write."), "3.1": ("A", OTHER_LONG)},
    )
    other = enter("b.xlsx", "900202", {"4.1": ("A", f"“{LONG.upper()}”"), "5.1": ("N", OTHER_LONG)})
    first, second = find_copies([one, other])
    assert first.place == Place("a.xlsx", "sheet 1", "H4")
    assert (first.urn, second.urn) == ("900101", "900202")
    assert first.seen == "word for word as in the return of 900202"
    assert first.fix == (
        "Compare sheet “sheet 1” H4; sheet “sheet 3” H6 with b.xlsx, sheet “sheet 4” H4, and ask both schools what can be seen in each."
    )
    assert second.place == Place("b.xlsx", "sheet 4", "H4")
    assert LONG not in f"{first}{second}"


NOT_COPIED = {
    "a short text": {"1.1": ("S", "See our SEND policy on the website.")},
    "the workbook's own words": {"1.1": ("S", RUBRIC.criteria["1.1"].established)},
    "a reason for not applicable": {"1.1": ("x", LONG)},
}


@pytest.mark.parametrize("case", NOT_COPIED)
def test_what_two_schools_may_well_both_write_is_no_copy(case: str) -> None:
    assert find_copies([enter("a.xlsx", "900101", NOT_COPIED[case]), enter("b.xlsx", "900202", NOT_COPIED[case])]) == ()


def test_a_federations_workbook_is_no_copy_of_itself_but_may_be_copied() -> None:
    rows = {"1.1": ("S", LONG)}
    federation = [enter("a.xlsx", "900101", rows), enter("a.xlsx", "900102", rows)]
    assert find_copies(federation) == ()
    told = find_copies([*federation, enter("b.xlsx", "900202", rows)])
    assert [(finding.urn, finding.seen) for finding in told] == [
        ("900101", "word for word as in the return of 900202"),
        ("900102", "word for word as in the return of 900202"),
        ("900202", "word for word as in the returns of 900101 and 900102"),
    ]


def test_a_text_that_many_schools_share_is_one_finding_each_and_names_three() -> None:
    told = find_copies([enter(f"{number}.xlsx", f"90000{number}", {"1.1": ("S", LONG)}) for number in range(6)])
    assert len(told) == 6
    assert told[4].seen == "word for word as in the returns of 900000, 900001, 900002 and 2 more"


@given(st.lists(st.lists(st.sampled_from("ABCDEF"), max_size=5), max_size=6))
def test_copies_are_those_that_two_files_share(returns: list[list[str]]) -> None:
    """Against the plain comparison of every text with every other."""
    texts = [[f"{letter} {LONG}" for letter in letters] for letters in returns]
    entries = [
        enter(f"{number}.xlsx", f"90000{number}", {f"{row}.1": ("S", text) for row, text in enumerate(mine, 1)})
        for number, mine in enumerate(texts)
    ]
    told = {finding.urn for finding in find_copies(entries)}
    expected = {
        f"90000{number}"
        for number, mine in enumerate(texts)
        if any(set(mine) & set(theirs) for other, theirs in enumerate(texts) if other != number)
    }
    assert told == expected


def test_odd_returns_are_warnings_that_no_note_asks_about() -> None:
    odd = [check for code, check in CATALOGUE.items() if code.startswith("OD")]
    assert len(odd) == 6
    assert {check.severity for check in odd} == {Severity.WARNING}
    assert not any(asks_school(Finding(check.code, Place("a.xlsx"), "", "")) for check in odd)


# The whole run.


def odd_rows(project: Path) -> list[tuple[str, str, str]]:
    table = outputs(project)["findings.csv"].decode("utf-8-sig")
    return [
        (row["code"], row["urn"], row["cell"]) for row in csv.DictReader(io.StringIO(table)) if row["code"].startswith("OD")
    ]


def papers(project: Path) -> dict[str, bytes]:
    """The outputs, without the run's own notes to itself and every plan that was ever made."""
    told = outputs(project).items()
    return {name: content for name, content in told if name not in ("run.json", ".issued") and not name.startswith("sent/")}


@pytest.fixture
def pair(project: Path, school: School, configuration: Configuration) -> Path:
    """Two schools with one text in common; one of them also has thin evidence."""
    drop(project, "one.xlsx", complete(school, configuration, evidence={"3.1": LONG, "4.1": "See policy."}))
    drop(project, "two.xlsx", complete(OTHER, configuration, evidence={"3.1": LONG}))
    return project


BOTH = [("OD701", "900101", "H4"), ("OD710", "900101", "H4"), ("OD710", "900202", "H4")]


def test_a_run_tells_copies_as_the_folder_now_is(pair: Path, configuration: Configuration) -> None:
    assert inclusion("run", "-q", "--jobs", "2", "--project", str(pair))[0] == 0
    assert odd_rows(pair) == BOTH
    assert not list((pair / "outputs" / CYCLE / "notes").glob("*"))
    first = papers(pair)
    _, said, errors = inclusion("run", "--project", str(pair))
    assert "Worked on 0, 2 unchanged." in said
    assert "OD710" in errors
    # A copy that is gone takes both warnings with it, though only one file is read; and back again.
    drop(pair, "two.xlsx", complete(OTHER, configuration, evidence={"3.1": OTHER_LONG}))
    _, said, _ = inclusion("run", "--project", str(pair))
    assert "Worked on 1, 1 unchanged." in said
    assert odd_rows(pair) == BOTH[:1]
    drop(pair, "two.xlsx", complete(OTHER, configuration, evidence={"3.1": LONG}))
    assert inclusion("run", "-q", "--jobs", "1", "--project", str(pair))[0] == 0
    assert papers(pair) == first


def test_check_tells_copies_among_the_files_given(pair: Path) -> None:
    folder = pair / "inputs" / CYCLE / "returns"
    both = inclusion("check", "--project", str(pair), str(folder / "two.xlsx"), str(folder / "one.xlsx"))[2]
    assert both.count("OD710") == 2
    assert LONG not in both
    assert "OD710" not in inclusion("check", "--project", str(pair), str(folder / "two.xlsx"))[2]
    assert not (pair / "outputs" / CYCLE).exists()


def test_copies_that_count_together_are_no_copies(project: Path, school: School, configuration: Configuration) -> None:
    for name in ("one.xlsx", "again.xlsx"):
        drop(project, name, complete(school, configuration, evidence={"3.1": LONG}))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    assert odd_rows(project) == []


def test_the_last_cycle_is_looked_up_in_its_record(project: Path, school: School, configuration: Configuration) -> None:
    before = project / "inputs" / "2025-26-summer" / "returns"
    before.mkdir(parents=True)
    (before / "one.xlsx").write_bytes(complete(school, configuration, evidence={"3.1": LONG}))
    drop(project, "one.xlsx", complete(school, configuration, evidence={"3.1": "The forum no longer meets."}))
    assert inclusion("run", "-q", "--cycle", "2025-26-summer", "--project", str(project))[0] == 0
    record = project / "outputs" / "2025-26-summer" / "records" / "900101.json"
    assert load_answers(record, configuration.rubric.edition)["3.1"] == (Answer.ESTABLISHED, LONG)
    assert load_answers(record, "another 1-0") == {}
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    assert odd_rows(project) == [("OD702", "900101", "H4")]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("criteria: 3", "criteria: 1", "a number of 2 or more"),
        ("thin:", "thick:", "Remove “thick”"),
        ("at_least: established", "at_least: good", "established or advanced"),
        ("opening: [in place since,", 'opening: ["",', "Write a phrase"),
    ],
)
def test_mistakes_in_the_file_are_told_by_line(project: Path, old: str, new: str, remedy: str) -> None:
    path = project / "config" / "oddity.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    loaded, (finding,) = load_configuration(project / "config")
    assert loaded is None
    assert remedy in finding.fix
    assert (finding.place.file, finding.place.cell) == (
        "config/oddity.yaml",
        f"line {text[: text.index(old)].count(chr(10)) + 1}",
    )


def test_a_project_without_the_file_has_only_the_rules_of_length(project: Path) -> None:
    (project / "config" / "oddity.yaml").unlink()
    loaded, findings = load_configuration(project / "config")
    assert findings == ()
    assert loaded
    assert loaded.oddity == Oddity()


def test_the_demo_repeats_a_text_only_where_it_means_to(configuration: Configuration) -> None:
    rng = Random(1)
    county = invent_establishments(150, rng)
    submissions = invent_submissions(configuration, county, choose_returning(county, rng), rng)
    texts = [response.evidence for submission in submissions for response in submission.responses if response.evidence]
    repeated = len(texts) - len(set(texts))
    assert 10 <= repeated <= 40

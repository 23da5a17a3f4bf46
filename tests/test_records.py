"""What a run leaves for the next one: the index, the journal, and the levels in a school's record."""

import json
from dataclasses import MISSING, fields, replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.model.batch import AreaLine, Basis, Batch, Entry, GapLine, Outcome, Reconciliation, Summary
from pipeline.model.finding import Place, find
from pipeline.model.level import Level
from pipeline.model.record import Provenance
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import Figure, Identity, Response, Submission
from pipeline.readers.earlier import load_earlier
from pipeline.readers.records import load_batch, load_journal
from pipeline.rules.assessing import assess
from pipeline.writers.records import write_index, write_line, write_record

FILE = "St Mary’s [final] ŵ.xlsx"
SUMMARY = Summary(
    overall_key="established",
    overall="Established",
    areas=(AreaLine(1, "established", "Established"), AreaLine(2, "not-rated", "Not rated")),
    gaps=(GapLine("5.2-a", "Attendance as everyone's business", "The policy is published."),),
    opportunities=7,
    answered=61,
    asked=63,
    shares_practice=True,
)
ENTRY = Entry(
    file=FILE,
    digest="d" * 64,
    context="c" * 64,
    group=(FILE, "again.xlsx"),
    outcome=Outcome.RATED,
    urn="900101",
    completed_on=date(2026, 10, 9),
    answered=61,
    plan="900101 St Mary’s.docx",
    plan_digest="p" * 64,
    note="900101 St Mary’s.docx",
    summary=SUMMARY,
    findings=(find("RT311", Place(FILE, "5 Safeguarding", "G4"), "empty", urn="900101", criterion="5.1", cell="G4"),),
)
ASIDE = replace(ENTRY, file="other\n.xlsx", outcome=Outcome.SET_ASIDE, urn="", completed_on=None, summary=None, findings=())
BATCH = Batch(
    cycle="2026-27-autumn",
    cycle_label="Autumn term 2026",
    rubric="inclusive-practice 1-0",
    version="0.1.0",
    rules="r" * 64,
    entries=(ENTRY, ASIDE),
    missing=("900202",),
    reconciliation=Reconciliation(found=2, rated=1, sent_back=0, set_aside=1, register=2, returned=1, missing=1),
    findings=(find("WR603", Place("old.docx"), "no return behind it", file="old.docx"),),
    basis=Basis("a" * 64, (), "", "s" * 64, {"overview.xlsx": "o" * 64}, "2026-11-23"),
)


def test_a_batch_comes_back_from_its_index_as_it_was(tmp_path: Path) -> None:
    for batch in (BATCH, replace(BATCH, basis=None, entries=(), findings=())):
        (tmp_path / "run.json").write_bytes(write_index(batch))
        assert load_batch(tmp_path / "run.json") == batch


def test_an_index_that_is_not_ours_is_no_batch(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    assert load_batch(path) is None
    whole = write_index(BATCH)
    told = json.loads(whole)
    without = {**told, "entries": [{**told["entries"][0], "more": 1}]}
    for content in (b"", b"[]", b"null", b"\xff", whole[:-9], b'{"entries": [{}]}', json.dumps(without).encode()):
        path.write_bytes(content)
        assert load_batch(path) is None, content[:80]


@pytest.mark.parametrize("field", [field.name for field in fields(Entry) if field.default is MISSING])
def test_an_entry_that_lacks_a_field_makes_no_batch(field: str, tmp_path: Path) -> None:
    told = json.loads(write_index(BATCH))
    del told["entries"][0][field]
    (tmp_path / "run.json").write_text(json.dumps(told), "utf-8")
    assert load_batch(tmp_path / "run.json") is None


def test_the_journal_gives_each_file_as_it_was_last_finished(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    assert load_journal(path) == {}
    later = replace(ENTRY, answered=63)
    lines = (write_line("a.zip", [ENTRY, ASIDE]), write_line("b.xlsx", []), write_line("a.zip", [later]))
    path.write_bytes(b"".join(lines))
    assert load_journal(path) == {"a.zip": (later,), "b.xlsx": ()}


def test_a_torn_line_of_the_journal_costs_its_own_file_and_the_one_written_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    first, torn, behind, last = (write_line(name, [ENTRY]) for name in ("1.xlsx", "2.xlsx", "3.xlsx", "4.xlsx"))
    for cut in (1, 9, 40, len(torn) // 2, len(torn) - 2):
        path.write_bytes(first + torn[:cut])
        assert list(load_journal(path)) == ["1.xlsx"]
        path.write_bytes(first + torn[:cut] + behind + last)
        assert load_journal(path) == {"1.xlsx": (ENTRY,), "4.xlsx": (ENTRY,)}


def test_a_record_gives_its_levels_in_words_and_the_next_cycle_reads_them(
    tmp_path: Path, rubric: Rubric, school: School
) -> None:
    answers = [None, *(answer for answer in rubric.frame.answers if answer.level is not None)]
    responses = tuple(
        Response(key, answers[place % 5], "", "seen", "", Place(FILE, "1", "G4"), "H4")
        for place, key in enumerate(rubric.criteria)
    )
    identity = Identity("900101", "", "", "", "", date(2026, 10, 9), "", None, False)
    submission = Submission(FILE, "", identity, responses, {"exclusions": Figure("3", "")}, {})
    assessment, findings = assess(submission, rubric, {})
    made_by = Provenance("0.1.0", rubric.edition, "2026-27-autumn", date(2026, 11, 23), "r", "plan.docx", "p")
    path = tmp_path / "900101.json"
    path.write_bytes(write_record(school, submission, assessment, findings, made_by))
    record = json.loads(path.read_bytes())
    standings = [standing for area in record["assessment"]["areas"] for standing in area["standings"]]
    assert {standing["level"] for standing in standings} == {None, "not-yet", "emerging", "established", "advanced"}
    assert record["made_by"]["made_on"] == "2026-11-23"
    assert record["submission"]["responses"][0]["place"] == {"file": FILE, "sheet": "1", "cell": "G4"}
    levels = {response.criterion: response.answer.level if response.answer else None for response in responses}
    earlier = load_earlier(path)
    assert (earlier.edition, earlier.levels) == (rubric.edition, levels)
    assert earlier.areas == {area.area: area.rating.level for area in assessment.areas}
    assert {Level.NOT_YET, None} <= set(levels.values())

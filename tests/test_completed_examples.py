"""The completed examples from start to finish, as documents: workbook, plan, the plan as it came back, next term's plan."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import CYCLE, ROOT, W, inclusion
from lxml import etree
from test_examples import RATINGS
from test_plan_document import said
from test_template_check import parts_of

from pipeline.demo.plan_editing import list_rows, read_cell
from pipeline.model.edited_plan import EditedAction
from pipeline.model.example import Example
from pipeline.model.plan_words import PlanWords
from pipeline.model.project import Configuration
from pipeline.readers.example import load_examples

NEXT = "2026-27-spring"
GOLDEN = ROOT / "tests" / "cases" / "examples"
LETTERS = {"not-yet": "N", "emerging": "E", "established": "S", "advanced": "A"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three schools after two terms."""
    project = tmp_path_factory.mktemp("examples") / "three"
    code, told, _ = inclusion("demo", "--examples", "--project", str(ROOT), "--out", str(project))
    assert code == 0
    assert "3 completed examples" in told
    assert "6 returns and 3 plans that came back" in told
    assert inclusion("run", "-q", "--project", str(project), "--jobs", "1")[0] == 0
    return project


@pytest.fixture(scope="module")
def examples(configuration: Configuration) -> Mapping[str, Example]:
    asked = configuration.rubric, configuration.outcomes, configuration.checklist_for(CYCLE)
    loaded, findings = load_examples(ROOT / "config", *asked)
    assert loaded
    assert findings == ()
    return loaded


def document(folder: Path, urn: str) -> bytes:
    return next(folder.glob(f"{urn} *.docx")).read_bytes()


def test_both_terms_are_rated_as_the_examples_say(played: Path, examples: Mapping[str, Example]) -> None:
    told = []
    for name, example in examples.items():
        for term, cycle in (("first", CYCLE), ("second", NEXT)):
            index = json.loads((played / "outputs" / cycle / "run.json").read_text("utf-8"))
            entry = next(one for one in index["entries"] if one["urn"] == example.register.urn)
            levels = " ".join(LETTERS[area["key"]] for area in entry["summary"]["areas"])
            told.append(f"{name:<21} {term:<6}  {LETTERS[entry['summary']['overall_key']]}  {levels}")
    assert told == [line[: len(told[0])] for line in RATINGS.strip().splitlines()]


def test_nothing_is_found_but_the_rows_that_were_taken_out(played: Path, examples: Mapping[str, Example]) -> None:
    for cycle, expected in ((CYCLE, []), (NEXT, [("PL535", one.edits.deleted[0].ref) for one in examples.values()])):
        index = json.loads((played / "outputs" / cycle / "run.json").read_text("utf-8"))
        findings = [finding for entry in index["entries"] for finding in entry["findings"]]
        assert [(one["code"], one["seen"].split()[-1]) for one in findings] == expected


def test_the_plan_comes_back_with_what_the_school_typed(
    played: Path, examples: Mapping[str, Example], words: PlanWords
) -> None:
    for example in examples.values():
        content = document(played / "inputs" / NEXT / "plans", example.register.urn)
        rows = {row.ref: row for row in list_rows(content, words)}
        for ref, edit in example.edits.actions.items():
            for role in ("lead", "by_when", "opportunity", "action", "success", "cost"):
                if typed := getattr(edit, role):
                    assert read_cell(rows[ref], role) == typed
            assert read_cell(rows[ref], "progress") == "\n".join(filter(None, (edit.status, edit.progress)))
        added = [row for row in list_rows(content, words) if not row.ref]
        assert {read_cell(row, "opportunity") for row in added} == {one.opportunity for one in example.edits.added}
        assert not {one.ref for one in example.edits.deleted} & set(rows)


def test_next_terms_workbook_holds_what_was_confirmed_and_what_changed(played: Path, examples: Mapping[str, Example]) -> None:
    """Every answer is in it; a Yes stands beside those that are as they were, and beside no other."""
    for example in examples.values():
        path = next((played / "inputs" / NEXT / "returns").glob(f"{example.register.urn} *.xlsx"))
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
        ticked = {}
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                if row[0] in example.answers and len(row) > 9:
                    ticked[row[0]] = row[9] == "Yes"
        assert {key for key, is_ticked in ticked.items() if is_ticked} == set(example.still_true)
        assert set(ticked) == set(example.answers)


def test_next_terms_plan_goes_on_from_it(played: Path, examples: Mapping[str, Example], words: PlanWords, renew: bool) -> None:
    """Every row of the plan, and what is closed. `pytest --renew` records what is now right."""
    for name, example in examples.items():
        content = document(played / "outputs" / NEXT / "plans", example.register.urn)
        now = "\n".join((*_tell_rows(content, words), "", *_tell_closed(content))) + "\n"
        path = GOLDEN / f"{name}.txt"
        if renew:
            path.write_text(now, "utf-8")
        assert now == path.read_text("utf-8")


def _tell_rows(content: bytes, words: PlanWords) -> Iterator[str]:
    for row in list_rows(content, words):
        opportunity = " / ".join(said(paragraph) for paragraph in row.cells["opportunity"].iter(f"{{{W}}}p"))
        cells = (opportunity, *(read_cell(row, role) for role in ("lead", "by_when", "progress")))
        yield " | ".join((row.ref, *(cell.replace("\n", " / ") for cell in cells)))


def _tell_closed(content: bytes) -> Iterator[str]:
    body = etree.fromstring(parts_of(content)["word/document.xml"])
    for table in body.iter(f"{{{W}}}tbl"):
        rows = [[said(cell) for cell in row.iterfind(f"{{{W}}}tc")] for row in table.iterfind(f"{{{W}}}tr")]
        if rows[0] == ["Ref", "Action", "Why", "In your words"]:
            yield from (" | ".join((row[0], row[2], row[3])) for row in rows[1:])


def test_what_is_done_is_closed_and_the_rest_goes_on(played: Path, examples: Mapping[str, Example], words: PlanWords) -> None:
    for example in examples.values():
        content = document(played / "outputs" / NEXT / "plans", example.register.urn)
        rows = {row.ref: row for row in list_rows(content, words)}
        closed = {line.partition(" | ")[0] for line in _tell_closed(content)}
        for ref, edit in example.edits.actions.items():
            assert (ref in closed) is (edit.status in ("Done", "No longer needed")), ref
            assert (ref in rows) is not (ref in closed), ref
        for edit in _open(example):
            assert any(edit.progress in read_cell(row, "progress") for row in rows.values())
        own = [read_cell(row, "opportunity") for row in rows.values()]
        assert all(added.opportunity in own for added in example.edits.added if added.status != "Done")
        done = [read_cell(rows[ref], "opportunity") for ref in rows if rows[ref].ref in closed]
        assert done == []


def _open(example: Example) -> list[EditedAction]:
    return [edit for edit in example.edits.actions.values() if edit.status not in ("Done", "No longer needed")]


def test_a_step_of_its_own_that_is_done_or_taken_out_is_not_asked_for_again(
    played: Path, examples: Mapping[str, Example], words: PlanWords
) -> None:
    """Both stand in next term's workbook still, since nothing else was typed over them."""
    example = examples["emerging-primary"]
    assert example.edits.actions["1.3-b"].status == "Done"
    assert [one.ref for one in example.edits.deleted] == ["2.4-b"]
    content = document(played / "outputs" / NEXT / "plans", example.register.urn)
    asked = [read_cell(row, "opportunity") for row in list_rows(content, words)]
    for criterion in ("1.3", "2.4"):
        assert example.second.answers[criterion].own == example.first.answers[criterion].own != ""
        assert example.first.answers[criterion].own not in asked
    assert "2.4-b | You took it out of your plan. | " in list(_tell_closed(content))


def test_a_returned_plan_is_dated_when_it_came_back(played: Path, examples: Mapping[str, Example]) -> None:
    for example in examples.values():
        parts = parts_of(document(played / "inputs" / NEXT / "plans", example.register.urn))
        modified = parts["docProps/core.xml"].decode().partition("dcterms:modified")[2].partition(">")[2][:10]
        assert datetime.fromisoformat(modified).date() == example.edits.returned_on

"""The example that ships: two terms that `make all` works on, with the plans that came back between, and what is made of each."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import CYCLE, ROOT, inclusion

from pipeline.demo.plan_editing import list_rows
from pipeline.readers.plan_words import load_plan_words
from pipeline.readers.returned_plan import read_returned_plan
from pipeline.rules.wording import fold

BEFORE = "2025-26-summer"
BY_LIBREOFFICE = {"900073 action plan September.docx", "Quillborough Waterside inclusion plan reviewed.docx"}
LETTERS = {
    "not-yet": "N",
    "emerging": "E",
    "established": "S",
    "advanced": "A",
    "not-rated": "?",
    "not-applicable": "x",
    "": "-",
}
GOLDEN = ROOT / "tests" / "cases" / "example.txt"


@pytest.fixture(scope="module")
def example(run_example: Path) -> Path:
    return run_example


def run_of(example: Path, cycle: str) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((example / "outputs" / cycle / "run.json").read_text("utf-8"))
    return index


@pytest.mark.parametrize("cycle", [BEFORE, CYCLE])
def test_the_example_gives_twelve_plans_and_balances(example: Path, cycle: str) -> None:
    made = example / "outputs" / cycle
    assert len(list((made / "plans").glob("*.docx"))) == 12
    assert len(list((made / "records").glob("*.json"))) == 12
    index = run_of(example, cycle)
    assert index["balances"]
    assert index["reconciliation"] == {
        "found": 12, "rated": 12, "sent_back": 0, "set_aside": 0, "register": 14, "returned": 12, "missing": 2,
    }  # fmt: skip


def test_the_example_is_what_the_demo_makes(tmp_path: Path) -> None:
    """After a change of rubric, workbook or plan: `inclusion demo --schools 14 --seed 16 --cycle 2025-26-summer --cycles 2 --out
    DIR`, copy register and inputs, and have LibreOffice save those of `BY_LIBREOFFICE` as .docx again."""
    asked = ("--schools", "14", "--seed", "16", "--cycle", BEFORE, "--cycles", "2", "--project", str(ROOT))
    assert inclusion("demo", *asked, "--out", str(tmp_path / "county"))[0] == 0
    files = sorted(path.relative_to(ROOT) for path in (ROOT / "inputs").rglob("*.*") if path.is_file())
    made = sorted(path.relative_to(tmp_path / "county") for path in (tmp_path / "county" / "inputs").rglob("*.*"))
    assert [path for path in files if path.name != ".gitkeep"] == made
    for path in (Path("config", "schools.csv"), *made):
        if path.name not in BY_LIBREOFFICE:
            assert (tmp_path / "county" / path).read_bytes() == (ROOT / path).read_bytes(), path
        else:
            assert words_in(tmp_path / "county" / path) == words_in(ROOT / path), path


def words_in(path: Path) -> list[str]:
    """What stands in each row of a plan, as the reader sees it, by whichever program it was saved."""
    plan, _ = read_returned_plan(path.read_bytes(), path.name)
    assert plan is not None
    return sorted(fold(" ".join(cell or "" for cell in row.cells)) for table in plan.tables for _, row in table.every_row())


def test_one_return_is_incomplete_and_its_findings_say_where(example: Path) -> None:
    index = run_of(example, BEFORE)
    blanks = {entry["file"]: [one for one in entry["findings"] if one["code"] == "RT311"] for entry in index["entries"]}
    incomplete = {file: found for file, found in blanks.items() if found}
    assert len(incomplete) == 1
    for finding in next(iter(incomplete.values())):
        assert finding["place"]["sheet"]
        assert finding["place"]["cell"].startswith("G")


def test_plans_came_back_edited_in_every_way_that_people_edit(example: Path) -> None:
    """Rows filled in, added, deleted and moved, comments, tracked changes, and saved by another program."""
    plans = {path.name: zipfile.ZipFile(path) for path in (example / "inputs" / CYCLE / "plans").glob("*.docx")}
    bodies = {name: archive.read("word/document.xml").decode() for name, archive in plans.items()}
    assert any("<w:ins " in body and "<w:del " in body for body in bodies.values())
    assert any("word/comments.xml" in archive.namelist() for archive in plans.values())
    assert {name for name, archive in plans.items() if b"LibreOffice" in archive.read("docProps/app.xml")} == BY_LIBREOFFICE
    assert any(is_moved(path, example) for path in (example / "inputs" / CYCLE / "plans").glob("*.docx"))
    index = run_of(example, CYCLE)
    found = {finding["code"] for entry in index["entries"] for finding in entry["findings"]}
    assert {"PL535", "PL537"} <= found
    assert {"PL523", "PL531", "PL541", "PL542"}.isdisjoint(found)
    records = [json.loads(path.read_text("utf-8")) for path in (example / "outputs" / CYCLE / "records").iterdir()]
    lives = [life for record in records if record["ledger"] for life in record["ledger"]["lives"]]
    assert any(life["ref"].partition("-")[0].isdecimal() for life in lives), "a row that a school added"
    assert any(life["carried"] for life in lives)
    assert any(life["closed_in"] and not life["dropped"] for life in lives), "an action that is done"


def test_a_second_run_changes_nothing(example: Path) -> None:
    before = {path: path.read_bytes() for path in (example / "outputs").rglob("*") if path.is_file()}
    code, told, _ = inclusion("run", "--project", str(example))
    assert code == 0
    assert "Worked on 0, 12 unchanged." in told
    assert {path: path.read_bytes() for path in (example / "outputs").rglob("*") if path.is_file()} == before


def test_the_ratings_are_those_recorded(example: Path, renew: bool) -> None:
    """A change of rubric or rules shows here, school by school. `pytest --renew` records what is now right."""
    lines = []
    for cycle in (BEFORE, CYCLE):
        lines.append(f"{cycle}: URN, overall, areas 1 to 9, opportunities, statutory gaps")
        for entry in run_of(example, cycle)["entries"]:
            summary = entry["summary"]
            areas = " ".join(LETTERS[area["key"]] for area in summary["areas"])
            gaps = " ".join(gap["ref"] for gap in summary["gaps"]) or "-"
            lines.append(f"{entry['urn']}  {LETTERS[summary['overall_key']]}  {areas}  {summary['opportunities']:2}  {gaps}")
    now = "\n".join(lines) + "\n"
    if renew:
        GOLDEN.write_text(now, "utf-8")
    assert now == GOLDEN.read_text("utf-8")


def test_the_example_names_no_file_that_windows_refuses(example: Path) -> None:
    for path in (path.relative_to(example).as_posix() for path in (example / "outputs").rglob("*")):
        assert not set('<>:"\\|?*') & set(path)
        assert len(path) < 150
    assert (example / "inputs" / CYCLE / "returns").is_dir()


def is_moved(path: Path, example: Path) -> bool:
    """Whether a plan has rows in another order than when it was sent."""
    plan, _ = read_returned_plan(path.read_bytes(), path.name)
    words, _ = load_plan_words(ROOT / "config" / "plan_words.yaml", "config/plan_words.yaml")
    assert plan is not None
    assert words is not None
    sent = next((example / "outputs" / BEFORE / "plans").glob(f"{plan.properties['School']} *.docx"))
    before, now = (
        [row.ref for row in list_rows(content, words) if row.ref] for content in (sent.read_bytes(), path.read_bytes())
    )
    return now != [ref for ref in before if ref in now]

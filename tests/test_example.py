"""The example that ships: twelve returns that `make all` works on, and what the rules make of each."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT, inclusion, outputs

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
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    for name in ("config", "templates", "inputs"):
        shutil.copytree(ROOT / name, folder / name)
    code, _, _ = inclusion("run", "--project", str(folder), "-q")
    assert code == 0
    return folder


def test_the_example_gives_twelve_plans_and_balances(example: Path) -> None:
    made = outputs(example)
    assert sum(path.startswith("plans/") for path in made) == 12
    assert sum(path.startswith("records/") for path in made) == 12
    index = json.loads(made["run.json"])
    assert index["balances"]
    assert index["reconciliation"] == {
        "found": 12, "rated": 12, "sent_back": 0, "set_aside": 0, "register": 14, "returned": 12, "missing": 2,
    }  # fmt: skip


def test_the_example_is_what_the_demo_makes(tmp_path: Path) -> None:
    """After a change of rubric or workbook: `inclusion demo --schools 14 --seed 16 --out DIR`, and copy register and returns."""
    assert inclusion("demo", "--schools", "14", "--seed", "16", "--out", str(tmp_path / "county"))[0] == 0
    for path in (
        "config/schools.csv",
        *(f"inputs/{CYCLE}/returns/{one.name}" for one in (ROOT / "inputs" / CYCLE / "returns").iterdir()),
    ):
        assert (tmp_path / "county" / path).read_bytes() == (ROOT / path).read_bytes(), path


def test_one_return_is_incomplete_and_its_findings_say_where(example: Path) -> None:
    index = json.loads(outputs(example)["run.json"])
    blanks = {entry["file"]: [one for one in entry["findings"] if one["code"] == "RT311"] for entry in index["entries"]}
    incomplete = {file: found for file, found in blanks.items() if found}
    assert len(incomplete) == 1
    for finding in next(iter(incomplete.values())):
        assert finding["place"]["sheet"]
        assert finding["place"]["cell"].startswith("G")


def test_the_ratings_are_those_recorded(example: Path, renew: bool) -> None:
    """A change of rubric or rules shows here, school by school. `pytest --renew` records what is now right."""
    index = json.loads(outputs(example)["run.json"])
    lines = []
    for entry in index["entries"]:
        summary = entry["summary"]
        areas = " ".join(LETTERS[area["key"]] for area in summary["areas"])
        gaps = " ".join(gap["ref"] for gap in summary["gaps"]) or "-"
        lines.append(f"{entry['urn']}  {LETTERS[summary['overall_key']]}  {areas}  {summary['opportunities']:2}  {gaps}")
    now = "URN     all  areas 1 to 9      opportunities, statutory gaps\n" + "\n".join(lines) + "\n"
    if renew:
        GOLDEN.write_text(now, "utf-8")
    assert now == GOLDEN.read_text("utf-8")


def test_the_example_names_no_file_that_windows_refuses(example: Path) -> None:
    for path in outputs(example):
        assert not set('<>:"\\|?*') & set(path)
        assert len(path) < 150
    assert (example / "inputs" / CYCLE / "returns").is_dir()

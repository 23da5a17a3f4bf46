"""Extracts of a plan: made where the settings ask for them, kept like plans, and filled with the same plan."""

import re
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT, Convert, complete, drop, inclusion, outputs, texts
from docx import Document
from test_plan_document import PAPERS, plans

from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers.archive import settle
from pipeline.writers.template import Properties, Template

__all__ = ["plans"]  # a fixture

FOLDER = Path("outputs") / CYCLE / "extracts"
NAMED = ("governor summary", "sef extract")


def ask_for(project: Path, extracts: str) -> None:
    path = project / "config" / "settings.yaml"
    text = path.read_text("utf-8")
    assert "\nextracts: []" in text
    path.write_text(text.replace("\nextracts: []", f"\nextracts: [{extracts}]"), "utf-8")


@pytest.fixture
def asked(project: Path, school: School, configuration: Configuration) -> Path:
    """A project of one return whose LA wants both extracts, run once."""
    ask_for(project, "governor_summary, sef_extract")
    drop(project, "one.xlsx", complete(school, configuration, {"1.1": "A", "5.2": "N"}, evidence={"1.1": "Seen by {{ us }}."}))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    return project


def run(project: Path) -> tuple[str, str]:
    code, said, errors = inclusion("run", "--project", str(project))
    assert code == 0, errors
    return said, errors


def test_nothing_is_made_unless_the_settings_ask(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "one.xlsx", complete(school, configuration))
    run(project)
    assert not (project / FOLDER).exists()


def test_each_plan_has_its_extracts(asked: Path, school: School) -> None:
    assert sorted(path.name for path in (asked / FOLDER).iterdir()) == [f"{school.file_stem} {words}.docx" for words in NAMED]
    summary, extract = ((asked / FOLDER / f"{school.file_stem} {words}.docx").read_bytes() for words in NAMED)
    assert Document(BytesIO(summary)).core_properties.title == f"Inclusion: a summary for governors: {school.name}"
    assert "5.2-a" in texts(summary)
    assert "Seen by {{ us }}." not in texts(summary)
    assert "Seen by {{ us }}." in texts(extract)


def test_a_run_makes_again_what_is_gone_and_nothing_else(asked: Path) -> None:
    before = outputs(asked)
    assert "Worked on 0, 1 unchanged." in run(asked)[0]
    next((asked / FOLDER).iterdir()).unlink()
    assert "Worked on 1, 0 unchanged." in run(asked)[0]
    assert outputs(asked) == before
    template = asked / "templates" / "extracts" / "sef_extract.docx"
    template.write_bytes(settle(template.read_bytes(), "2026-02-02"))
    assert "Worked on 1, 0 unchanged." in run(asked)[0]


def test_a_paper_that_a_school_edited_is_kept(asked: Path) -> None:
    extract = next(path for path in (asked / FOLDER).iterdir() if "governor" in path.name)
    edited = settle(extract.read_bytes(), "2026-03-03")
    extract.write_bytes(edited)
    _, errors = inclusion("run", "--force", "--project", str(asked))[1:]
    assert "WR602" in errors
    assert edited in {path.read_bytes() for path in (asked / FOLDER).iterdir() if path != extract}


def test_extracts_no_longer_asked_for_are_told(asked: Path) -> None:
    settings = asked / "config" / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[governor_summary, sef_extract]", "[sef_extract]"), "utf-8")
    _, errors = run(asked)
    assert errors.count("WR603") == 1
    assert "governor summary.docx" in errors


@pytest.mark.parametrize(
    ("named", "told"),
    [("../action_plan", "CF104"), ("no_such_extract", "templates/extracts/no_such_extract.docx"), ("a b", "CF104")],
)
def test_a_name_that_is_no_paper_stops_the_run(project: Path, named: str, told: str) -> None:
    ask_for(project, named)
    code, _, errors = inclusion("run", "--project", str(project))
    assert code == 1
    assert told in errors


def test_a_paper_of_the_las_own_is_made(asked: Path, school: School) -> None:
    document = Document()
    document.add_heading("A letter", 1)
    document.add_paragraph("Dear {{ school.name }}")
    document.save(str(asked / "templates" / "extracts" / "letter.docx"))
    settings = asked / "config" / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[governor_summary,", "[letter, governor_summary,"), "utf-8")
    run(asked)
    made = Document(str(asked / FOLDER / f"{school.file_stem} letter.docx"))
    assert [paragraph.text for paragraph in made.paragraphs] == ["A letter", f"Dear {school.name}"]


def test_a_plan_says_how_areas_moved_since_the_last_cycle(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "one.xlsx", complete(school, configuration, {f"2.{number}": "E" for number in range(1, 8)}))
    plan = project / "outputs" / CYCLE / "plans" / f"{school.file_stem}.docx"
    run(project)
    assert texts(plan.read_bytes()).count("First review") == 9
    summer = project / "inputs" / "2025-26-summer" / "returns"
    summer.mkdir(parents=True)
    (summer / "one.xlsx").write_bytes(complete(school, configuration, otherwise="E"))
    inclusion("run", "--project", str(project), "--cycle", "2025-26-summer")
    run(project)
    shown = texts(plan.read_bytes())
    assert (shown.count("Up from Emerging"), shown.count("No change"), shown.count("First review")) == (8, 1, 0)


@pytest.mark.parametrize("name", ["weakest", "mixed"])
def test_the_summary_is_one_page(name: str, plans: dict[str, Plan], convert: Convert, tmp_path: Path) -> None:
    template = Template(PAPERS[1], (ROOT / "templates" / PAPERS[1]).read_bytes())
    content, _ = template.fill(plans[name], Properties("a", "b", "c"), date(2026, 11, 25))
    assert content is not None
    (tmp_path / "summary.docx").write_bytes(content)
    pdf = convert(tmp_path / "summary.docx", "pdf")
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+1\n", told)

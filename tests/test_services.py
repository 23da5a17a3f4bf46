"""A local service that is renamed is one edit of the settings, and the rubric's wording goes both ways through Excel as it is."""

from pathlib import Path
from shutil import copytree

import pytest
from conftest import CYCLE, ROOT

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.settings import Service
from pipeline.readers.config import load_configuration
from pipeline.readers.rubric import read_rubric
from pipeline.rules.services import name_services
from pipeline.runner.expecting import expect
from pipeline.runner.rubric_exchange import export_rubric, import_rubric


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return copytree(ROOT / "config", tmp_path / "config")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_renamed_service_is_one_edit(config: Path, school: School) -> None:
    change(config / "settings.yaml", "name: LIFT or its successor", "name: the Communities Forum")
    change(config / "settings.yaml", "name: Fair Access", "name: In-Year Sharing")
    loaded, findings = load_configuration(config)
    assert findings == ()
    assert loaded
    assert loaded.rubric.criteria["2.4"].title == "the Communities Forum (access to advice)"
    assert loaded.rubric.frame.themes["lift"] == "Schools' use of the Communities Forum"
    meanings = {term.term: term.meaning for term in loaded.guidance.glossary}
    assert meanings["the Communities Forum"].endswith("The inclusion team has the dates of its meetings.")
    printed = "\n".join(expect([school], loaded, CYCLE).printed)
    assert "communities forum" in printed
    assert "in-year sharing panel" in printed
    assert not {"lift or its", "fair access", "{"} & {word for word in ("lift or its", "fair access", "{") if word in printed}


def test_no_reference_is_left_in_what_schools_read(configuration: Configuration, school: School) -> None:
    assert "{" not in "".join(expect([school], configuration, CYCLE).printed)
    terms = [term.term for term in configuration.guidance.glossary]
    assert terms == sorted(terms, key=str.casefold)
    assert {"LIFT or its successor", "Attendance service", "Fair Access"} <= set(terms)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rubric/area-9.yaml", "meetings of {lift}", "meetings of {lifts}"),
        ("guidance.yaml", "No school does that alone", "No school of {county} does that alone"),
    ],
)
def test_a_reference_to_an_unknown_service_is_told_with_its_line(config: Path, file: str, old: str, new: str) -> None:
    change(config / file, old, new)
    loaded, (finding,) = load_configuration(config)
    assert loaded is None
    assert (finding.code, finding.place.file) == ("CF104", f"config/{file}")
    line = (config / file).read_text("utf-8").splitlines()[int(finding.place.cell.removeprefix("line ")) - 1]
    assert finding.seen in line
    assert "under “services” in settings.yaml" in finding.fix


def test_references_go_through_excel_and_back_as_they_are(config: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in (config / "rubric").iterdir()}
    assert export_rubric(config.parent, "config/rubric", tmp_path / "rubric.xlsx")[1] == ()
    assert import_rubric(tmp_path / "rubric.xlsx", config / "rubric")[1:] == ((), ())
    assert {path.name: path.read_bytes() for path in (config / "rubric").iterdir()} == before
    read, _ = read_rubric(config / "rubric", "config/rubric")
    assert read.draft
    assert read.draft.rubric.criteria["2.4"].title == "{lift} (access to advice)"


def test_other_braces_and_text_without_any_stay() -> None:
    services = {"lift": Service("LIFT", "")}
    told = ("{lift}, {Lift}, { lift }, {3}", {"a": ("{lift}",)}, 3, None)
    assert name_services(told, services) == ("LIFT, {Lift}, { lift }, {3}", {"a": ("LIFT",)}, 3, None)

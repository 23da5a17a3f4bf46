"""Configuration: every mistake at once, each with its file, its line and what to do."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from pipeline.model.finding import Finding
from pipeline.readers.config import load_configuration, recall_configuration
from pipeline.writers.records import write_configuration

Load = Callable[[], tuple[Finding, ...]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "config", tmp_path / "config")


def change(path: Path, old: str, new: str) -> int:
    """Replaces the first occurrence; gives the line it stands on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(config: Path) -> list[tuple[str, str, str, str]]:
    loaded, findings = load_configuration(config)
    assert (loaded is None) == bool(findings)
    return [(one.code, one.place.file, one.place.cell, one.fix) for one in findings]


def test_the_shipped_configuration_is_sound(config: Path) -> None:
    assert found(config) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "remedy"),
    [
        ("settings.yaml", "team:", "teem:", "CF103", "Remove “teem”"),
        ("settings.yaml", "send_back_below: 1/2", "send_back_below: half", "CF103", "as a fraction such as 3/4"),
        ("settings.yaml", "2026-12-18", "18 Dec", "CF103", "as a date such as 2026-12-18"),
        ("settings.yaml", "cycle: 2026-27-autumn", "cycle: 2026-27-spring", "CF104", "one of the cycles listed: 2025-26-summer, 2026-27-autumn"),
        ("rubric/rubric.yaml", "    caps_area_at: emerging", "    caps_area_at: emergin", "CF103", "emerging, established or advanced"),
        ("rubric/rubric.yaml", "share: 3/4", "share: 5/4", "CF104", "not above 1"),
        ("rubric/rubric.yaml", "enabled: true", "enabled: perhaps", "CF103", "true or false"),
        ("rubric/rubric.yaml", "  not-rated: Not rated", "  unrated: Not rated", "CF104", "Add the state “not-rated”"),
        ("rubric/area-5.yaml", 'id: "5.2"', "id: 5.2", "CF103", "in quotation marks"),
        ("rubric/area-5.yaml", 'id: "5.2"', 'id: "5.1"', "CF104", "Use each criterion's id once"),
        ("rubric/area-5.yaml", 'id: "5.2"', 'id: "4.9"', "CF104", "5. and a number"),
        ("rubric/area-5.yaml", "source: G2", "source: G99", "CF104", "Name a source listed in rubric.yaml"),
        ("rubric/area-5.yaml", "themes: [attendance]", "themes: [atendance]", "CF104", "Name a theme listed"),
        ("rubric/area-5.yaml", "status: active", "status: asleep", "CF103", "'active', 'retiring' or 'retired'"),
        ("rubric/area-5.yaml", "    phases: all", "    phases: [primry]", "CF103", "one of:"),
        ("rubric/area-2.yaml", "crosswalk: [1, 6]", "crosswalk: [1, 16]", "CF104", "Name areas that exist"),
        ("ofsted/2025-11.yaml", '"1.1"', '"1.9"', "CF104", "criteria of the rubric only"),
        ("ofsted/2019-09.yaml", "id: eif-qe-1", "id: eif-qe-2", "CF104", "Use each prompt's id once"),
        ("ofsted/2019-09.yaml", "in_force_from: 2019-09-01", "in_force_from: 2019", "CF103", "as a date such as"),
        ("resources.yaml", "https://", "ftp://", "CF104", "beginning with https://"),
        ("outcomes.yaml", "least: 20", "least: few", "CF103", "whole number"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_and_remedy(
    config: Path, file: str, old: str, new: str, code: str, remedy: str
) -> None:
    line = change(config / file, old, new)
    findings = found(config)
    assert len({one[:3] for one in findings}) <= 2, findings  # a doubled id is told at both places
    told = [one for one in findings if one[0] == code and remedy in one[3]]
    assert told, findings
    assert all(one[1] == f"config/{file}" for one in told)
    assert any(abs(int(one[2].removeprefix("line ")) - line) <= 2 for one in told), (findings, line)


def test_all_mistakes_are_told_at_once(config: Path) -> None:
    change(config / "settings.yaml", "team:", "teem:")
    change(config / "rubric/rubric.yaml", "share: 3/4", "share: lots")
    change(config / "rubric/area-3.yaml", "lead:", "leed:")
    change(config / "guidance.yaml", "vision:", "vission:")
    files = {one[1] for one in found(config)}
    assert files == {"config/settings.yaml", "config/rubric/rubric.yaml", "config/rubric/area-3.yaml", "config/guidance.yaml"}


def test_versions_of_the_ofsted_checklist_must_differ_in_their_day_and_there_must_be_one(config: Path) -> None:
    change(config / "ofsted/2015-09.yaml", "in_force_from: 2015-09-01", "in_force_from: 2019-09-01")
    told = found(config)
    assert [one[1] for one in told] == ["config/ofsted/2015-09.yaml", "config/ofsted/2019-09.yaml"]
    assert all("a day of its own" in one[3] for one in told)
    shutil.rmtree(config / "ofsted")
    assert [(one[0], one[1]) for one in found(config)] == [("CF101", "config/ofsted")]


def test_yaml_that_cannot_be_read_is_told_with_its_line(config: Path) -> None:
    (config / "outcomes.yaml").write_text("note: fine\nmeasures: [\n", "utf-8")
    (config / "guidance.yaml").write_bytes(b"\xff\xfe\x00")
    (config / "resources.yaml").unlink()
    findings = found(config)
    assert {(one[0], one[1]) for one in findings} == {
        ("CF102", "config/outcomes.yaml"),
        ("CF101", "config/guidance.yaml"),
        ("CF101", "config/resources.yaml"),
    }
    assert any(re.fullmatch(r"line \d+", one[2]) for one in findings)


def test_a_retired_area_is_no_longer_asked(config: Path) -> None:
    change(config / "rubric/area-2.yaml", "status: retiring", "status: retired")
    loaded, findings = load_configuration(config)
    assert findings == ()
    assert loaded is not None
    assert [area.number for area in loaded.rubric.areas] == [1, 3, 4, 5, 6, 7, 8, 9]
    assert [area.number for area in loaded.rubric.retired] == [2]
    named = [key for checklist in loaded.checklists for area in checklist.areas for key in area.criteria]
    assert set(named) <= loaded.rubric.criteria.keys()


def test_a_rubric_that_is_only_kept_may_be_a_draft(config: Path) -> None:
    change(config / "rubric-six/area-1.yaml", "lead:", "leed:")
    shutil.copytree(config / "rubric", config / "rubric-copy")  # of the edition in use
    loaded, findings = load_configuration(config)
    assert findings == ()
    assert loaded is not None
    assert loaded.kept == ()
    change(config / "rubric-six/area-1.yaml", "leed:", "lead:")
    mended, _ = load_configuration(config)
    assert mended is not None
    assert [one.rubric.edition for one in mended.kept] == ["inclusive-practice 2-0"]
    assert mended.digest == loaded.digest  # no return of the edition in use need be rated again
    assert mended.beside != loaded.beside


def test_a_configuration_is_recalled_as_it_was_read(config: Path) -> None:
    loaded, _ = load_configuration(config)
    assert loaded is not None
    remembered = config / "remembered.json"
    assert recall_configuration(config, remembered) is None
    remembered.write_bytes(write_configuration(loaded))
    assert recall_configuration(config, remembered) == loaded


@pytest.mark.parametrize(
    "edit",
    [
        lambda config: change(config / "settings.yaml", "Autumn term", "Autumn Term"),
        lambda config: change(config / "resources.yaml", "title: ", "title:  "),
        lambda config: change(config / "rubric/rubric.yaml", "share: 3/4", "share: 2/3"),
        lambda config: (config / "rubric/area-9.yaml").unlink(),
        lambda config: shutil.copy(config / "rubric/area-9.yaml", config / "rubric/area-10.yaml"),
        lambda config: (config / "guidance.yaml").unlink(),
        lambda config: change(config / "rubric-six/area-1.yaml", "title: ", "title:  "),
        lambda config: shutil.copytree(config / "rubric", config / "rubric-next"),
        lambda config: shutil.rmtree(config / "rubric-six"),
        lambda config: (config / "remembered.json").write_bytes(b'{"settings": {}}'),
        lambda config: (config / "remembered.json").write_bytes((config / "remembered.json").read_bytes()[:-1]),
    ],
)
def test_a_changed_configuration_is_not_recalled(edit: Callable[[Path], object], config: Path) -> None:
    loaded, _ = load_configuration(config)
    assert loaded is not None
    (config / "remembered.json").write_bytes(write_configuration(loaded))
    edit(config)
    assert recall_configuration(config, config / "remembered.json") is None

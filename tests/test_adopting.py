"""A new local authority's first hour: from the wheel alone to plans, in a folder with any name."""

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import copy2, copytree, ignore_patterns

import openpyxl
import pytest
from conftest import CYCLE, ROOT, complete, drop, inclusion, rows_of, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.settings import Authority
from pipeline.readers.config import load_configuration
from pipeline.readers.register import load_register
from pipeline.writers.authority import begin_settings
from pipeline.writers.project import list_brought

NAME = "Cyngor Sir Ddinbych – ysgolion"
SPRING = "2026-27-spring"
_NEEDED = 77  # the first setuptools that reads our pyproject.toml


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sources and installed into a folder of its own. Without setuptools the test is skipped; where
    REQUIRE_OFFICE is set, that is a failure."""
    try:
        found = version("setuptools")
    except PackageNotFoundError:
        found = "0"
    if int(found.partition(".")[0]) < _NEEDED:
        if os.environ.get("REQUIRE_OFFICE"):
            pytest.fail(f"setuptools {_NEEDED} or later is required here, but {found} is installed")
        pytest.skip(f"needs setuptools {_NEEDED} or later; {found} is installed")
    work = tmp_path_factory.mktemp("wheel")
    for name in ("pipeline", "config", "templates"):
        copytree(ROOT / name, work / "src" / name, ignore=ignore_patterns("__pycache__", "~$*"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copy2(ROOT / name, work / "src")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(work), str(work / "src")], check=True)
    (wheel,) = work.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-compile", "--target", str(work / "site"), str(wheel)], check=True)
    return work / "site"


def run_installed(site: Path, arguments: Sequence[str], folder: Path) -> str:
    """What the installed command says, run in a folder that knows nothing of the repository."""
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_alone_lays_out_a_project_and_a_county_and_rates_them(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / NAME
    said = run_installed(installed, ["init", NAME, "--name", "Cyngor Sir Ddinbych"], tmp_path)
    assert f"A project for Cyngor Sir Ddinbych is in {NAME}." in said
    assert {path.relative_to(folder) for path in list_brought(folder)} == {
        path.relative_to(ROOT) for path in list_brought(ROOT)
    }
    assert "No school is listed in config/schools.csv yet." in run_installed(installed, ["run"], folder)
    run_installed(installed, ["demo", "--schools", "2", "--out", "sir ŵ – demo"], folder)
    said = run_installed(installed, ["run", "--project", "sir ŵ – demo"], folder)
    assert "2 returns found = 2 rated" in said
    assert len(list((folder / "sir ŵ – demo" / "outputs" / CYCLE / "plans").glob("*.docx"))) == 2


def test_the_wheel_holds_every_module_and_all_that_a_project_begins_with(installed: Path) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline").rglob("*.py")}
    assert {path.relative_to(installed).as_posix() for path in (installed / "pipeline").rglob("*.py")} == modules
    starter = installed / "pipeline" / "starter"
    brought = {path.relative_to(ROOT) for path in list_brought(ROOT)}
    assert {path.relative_to(starter) for path in starter.rglob("*") if path.is_file()} == brought


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    folder = tmp_path / NAME
    code, _, errors = inclusion("init", str(folder), "--name", "Cyngor Sir Ddinbych", "--team", "Tîm Cynhwysiant")
    assert (code, errors) == (0, "")
    return folder


def test_init_names_the_authority_and_keeps_every_comment_of_the_settings(begun: Path) -> None:
    configuration, findings = load_configuration(begun / "config")
    assert configuration
    assert findings == ()
    authority = configuration.settings.authority
    assert (authority.name, authority.team) == ("Cyngor Sir Ddinbych", "Tîm Cynhwysiant")
    assert authority.email == "[your team's e-mail address]"
    assert list(configuration.settings.cycles) == [CYCLE]
    ours = (ROOT / "config" / "settings.yaml").read_text("utf-8").splitlines()
    del ours[ours.index("  2025-26-summer:") : ours.index(f"  {CYCLE}:")]  # the example's earlier cycle
    theirs = (begun / "config" / "settings.yaml").read_text("utf-8").splitlines()
    differing = [mine for mine, other in zip(ours, theirs, strict=True) if mine != other]
    assert [line.split(":")[0].strip() for line in differing] == ["name", "team", "email"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
@example("Tŷ: 'Ŵyl' # & \"Co\" {lift}")
@example("yes")
@example("- 1: 2")
@example("2026-10-16")
@settings(max_examples=40, deadline=None)
def test_any_name_is_read_back_as_it_was_given(name: str) -> None:
    before = (ROOT / "config" / "settings.yaml").read_bytes()
    written = begin_settings(before, Authority(name, "Team", "a@b.example")).decode()
    assert YAML(typ="safe").load(written)["authority"]["name"] == name


def test_a_new_project_lists_no_school_and_says_how_to_list_them(begun: Path) -> None:
    assert load_register(begun / "config" / "schools.csv", "config/schools.csv") == ({}, ())
    page = (begun / "README.txt").read_bytes().decode("utf-8-sig")
    assert "Inclusive Practice Toolkit: Cyngor Sir Ddinbych" in page
    assert f"inputs\\{CYCLE}\\returns" in page
    heads = (begun / "config" / "schools.csv").read_text("utf-8-sig").strip().split(",")
    assert [head for head in heads if head not in page] == []


def test_a_project_that_was_begun_goes_on_to_its_first_plan(begun: Path, school: School, configuration: Configuration) -> None:
    register = begun / "config" / "schools.csv"
    row = f'900101,999,2001,"{school.name}",Voluntary aided school,Primary,"Ynys Môn",Tŷ-croes,212,Open\r\n'
    register.write_text(register.read_text("utf-8-sig") + row, "utf-8-sig", newline="")
    said = inclusion("run", "--project", str(begun))[1]
    assert f"save what comes back in inputs/{CYCLE}/returns" in said
    drop(begun, "return.xlsx", complete(school, configuration))
    code, said, _ = inclusion("run", "--project", str(begun))
    assert code == 0
    assert "1 returns found = 1 rated" in said
    assert "Next:" not in said
    (plan,) = (begun / "outputs" / CYCLE / "plans").glob("900101*.docx")
    go_on_to_the_next_term(begun, plan)


def go_on_to_the_next_term(project: Path, plan: Path) -> None:
    """As the last step of the quick start says: the plan comes back, and a workbook whose old answers are confirmed."""
    assert inclusion("cycle", "new", SPRING, "--project", str(project))[0] == 0
    copy2(plan, project / "inputs" / SPRING / "plans" / "Cynllun a ddychwelwyd.docx")
    assert "1 hold the school's last answers" in inclusion("workbooks", "--project", str(project))[1]
    (sent,) = (project / "outputs" / SPRING / "workbooks").glob("900101*.xlsx")
    workbook = openpyxl.load_workbook(sent)
    for sheet, row in rows_of(workbook).values():
        sheet[f"J{row}"] = "Yes"
    workbook.save(project / "inputs" / SPRING / "returns" / "gwanwyn.xlsx")
    code, said, _ = inclusion("run", "--project", str(project))
    assert code == 0
    assert "1 returns found = 1 rated" in said
    (carried,) = (project / "outputs" / SPRING / "plans").glob("900101*.docx")
    assert "Carried forward once, from Autumn term 2026" in texts(carried.read_bytes())


def test_workbooks_say_that_nobody_is_named_yet(begun: Path) -> None:
    said = inclusion("workbooks", "--project", str(begun))[1]
    assert said.startswith("0 workbooks are in")  # and nothing of earlier answers, in a first cycle
    assert "hold the school's last answers" not in said
    assert "write the authority's email in config/settings.yaml" in said


def test_init_leaves_a_folder_that_holds_something_alone(tmp_path: Path) -> None:
    (tmp_path / "desktop.ini").touch()  # what Windows leaves is nobody's
    assert inclusion("init", str(tmp_path))[0] == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, _, errors = inclusion("init", str(tmp_path), "--name", "Another")
    assert code == 2
    assert "is not empty; choose a new folder or an empty one." in errors
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", [["init"], ["demo", "--schools", "1", "--out"]])
def test_where_nothing_can_be_written_is_said_plainly(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said, errors = inclusion(*command, str(tmp_path / "file" / "project"))
    assert code == 1
    assert "WR601" in errors
    assert "Traceback" not in said + errors

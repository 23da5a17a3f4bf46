"""PDF copies: one of each plan that stands as we wrote it, made when it is asked for and its plan has changed."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, OTHER, complete, drop, inclusion
from sound_document import PARTS, zipped

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers.pdf import convert, find_office, without_outside


@pytest.fixture
def county(project: Path, school: School, configuration: Configuration) -> Path:
    drop(project, "one.xlsx", complete(school, configuration))
    drop(project, "two.xlsx", complete(OTHER, configuration))
    return project


def plans(project: Path, pattern: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((project / "outputs" / CYCLE / "plans").glob(pattern))}


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice's command. Without it, or without pdfinfo, the test is skipped; where REQUIRE_OFFICE is set, that is a failure."""
    command = find_office()
    if command is None or shutil.which("pdfinfo") is None:
        if os.environ.get("REQUIRE_OFFICE"):
            pytest.fail("LibreOffice and poppler-utils are required here, but not installed")
        pytest.skip("needs LibreOffice and poppler-utils")
    return command


@pytest.mark.usefixtures("office")
def test_copies_are_made_where_plans_changed_and_nowhere_else(
    county: Path, school: School, configuration: Configuration
) -> None:
    run = ("run", "--pdf", "--project", str(county))
    code, said, errors = inclusion(*run)
    assert code == 0, errors
    assert "PDF copies: 2 made, 0 unchanged." in said
    first = plans(county, "*.pdf")
    assert set(first) == {f"{school.file_stem}.pdf", f"{OTHER.file_stem}.pdf"}
    path = county / "outputs" / CYCLE / "plans" / f"{school.file_stem}.pdf"
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in told
    assert OTHER.name not in subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout

    code, said, errors = inclusion(*run)
    assert "Worked on 0, 2 unchanged. PDF copies: 0 made, 2 unchanged." in said
    assert "WR603" not in errors
    assert plans(county, "*.pdf") == first

    drop(county, "one.xlsx", complete(school, configuration, {"1.1": "N"}))
    _, said, _ = inclusion(*run)
    assert "PDF copies: 1 made, 1 unchanged." in said
    after = plans(county, "*.pdf")
    assert [name for name in after if after[name] != first[name]] == [f"{school.file_stem}.pdf"]

    drop(county, "one.xlsx", complete(school, configuration, {"1.1": "E"}))
    _, said, _ = inclusion("run", "--project", str(county))
    assert "1 PDF copy no longer matched its plan and was taken away" in said
    assert list(plans(county, "*.pdf")) == [f"{OTHER.file_stem}.pdf"]


@pytest.mark.usefixtures("office")
def test_a_plan_that_somebody_changed_is_not_copied(county: Path, school: School) -> None:
    inclusion("run", "-q", "--project", str(county))
    with (county / "outputs" / CYCLE / "plans" / f"{school.file_stem}.docx").open("ab") as plan:
        plan.write(b"\0")
    code, _, _ = inclusion("run", "--pdf", "--project", str(county))
    assert code == 0
    assert list(plans(county, "*.pdf")) == [f"{OTHER.file_stem}.pdf"]


def test_without_libreoffice_the_plans_are_made_and_it_is_told(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(county))
    code, said, errors = inclusion("run", "--pdf", "--project", str(county))
    assert code == 0
    assert "VD103" in errors
    assert "Install LibreOffice" in errors
    assert "2 returns found = 2 rated" in said
    assert len(plans(county, "*.docx")) == 2
    assert not plans(county, "*.pdf")


STUCK = """#!{python}
import pathlib, subprocess, sys, time
made = pathlib.Path("made")
made.mkdir(exist_ok=True)
for name in sys.argv[sys.argv.index("made") + 1 :]:
    if name == "{hangs}.docx":
        child = subprocess.Popen(["sleep", "600"])
        pathlib.Path({log!r}).write_text(str(child.pid))
        time.sleep(600)
    (made / name).with_suffix(".pdf").write_bytes(b"%PDF-1.7 ... %%EOF")
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for a process as Linux lists it")
@pytest.mark.parametrize("hangs", [0, 1, 3])
def test_a_document_over_which_it_hangs_costs_only_its_own_copy(tmp_path: Path, hangs: int) -> None:
    """Behind the command stands a program that hangs over one document, as LibreOffice cannot be made to."""
    log, stuck = tmp_path / "log", tmp_path / "stuck"
    stuck.write_text(STUCK.format(python=sys.executable, log=str(log), hangs=hangs))
    stuck.chmod(0o755)
    paths = [tmp_path / f"{number}.docx" for number in range(4)]
    for path in paths:
        path.write_bytes(zipped(PARTS))
    made = dict(convert(paths, str(stuck), seconds=1))
    assert sorted(made) == [0, 1, 2, 3]
    assert [number for number in sorted(made) if made[number] is None] == [hangs]
    child = Path(f"/proc/{log.read_text()}/stat")
    until = time.monotonic() + 5
    while child.exists() and child.read_text().split()[2] != "Z" and time.monotonic() < until:
        time.sleep(0.05)
    assert not child.exists() or child.read_text().split()[2] == "Z"


def test_a_program_that_makes_nothing_is_given_up(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.docx" for number in range(9)]
    for path in paths:
        path.write_bytes(zipped(PARTS))
    assert dict(convert(paths, sys.executable, seconds=5)) == dict.fromkeys(range(9))


def test_what_would_be_fetched_is_left_out_and_links_stay() -> None:
    links = "word/_rels/document.xml.rels"
    fetched = PARTS[links].replace('Target="media/logo.png"', 'Target="https://example.org/a.png" TargetMode="External"')
    plain = without_outside(zipped(PARTS | {links: fetched}))
    with zipfile.ZipFile(BytesIO(plain)) as archive:
        left = archive.read(links).decode()
    assert "a.png" not in left
    assert 'Target="https://example.org/"' in left
    assert without_outside(plain) == plain

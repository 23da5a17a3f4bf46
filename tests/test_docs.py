"""Documentation that cannot drift: generated pages are current, and what a page names is there."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import click
import pytest
from command_reference import write_reference
from conftest import CYCLE, ROOT, complete, drop, inclusion, outputs
from ruamel.yaml import YAML

from pipeline.cli import commands
from pipeline.model.contract import CONTRACTS
from pipeline.model.finding import CATALOGUE
from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.readers.register import load_register
from pipeline.rules.catalogue import write_catalogue
from pipeline.rules.naming import write_names_page

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md"])
# Commands that pages may name before they are there.
AWAITED: set[str] = set()


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ("findings.md", write_catalogue()),
        ("commands.md", write_reference(commands)),
        ("template-names.md", write_names_page(CONTRACTS)),
    ],
)
def test_generated_pages_are_current(page: str, written: str, renew: bool) -> None:
    """After a change of catalogue, commands or the names of templates: `make docs`."""
    if renew:
        (DOCS / page).write_text(written, "utf-8")
    assert (DOCS / page).read_text("utf-8") == written


def test_the_command_prints_the_page_of_findings() -> None:
    code, said, _ = inclusion("codes", "--markdown")
    assert code == 0
    assert said == (DOCS / "findings.md").read_text("utf-8")


def find_command(words: list[str]) -> click.Command | None:
    """The command that a line names."""
    found: click.Command = commands
    while words and isinstance(found, click.Group) and words[0] in found.commands:
        found = found.commands[words.pop(0)]
    return None if found is commands else found


def list_named(text: str) -> Iterator[str]:
    """Every command line of a page: in a block, or between backticks."""
    yield from re.findall(r"^inclusion (.+?)(?:\s{3,}.*)?$", text, re.MULTILINE)
    yield from re.findall(r"`inclusion ([^`]+)`", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    for line in list_named(page.read_text("utf-8")):
        words = shlex.split(line.replace("…", ""), comments=True)
        if words[0] in AWAITED and words[0] not in commands.commands:
            continue
        command = find_command(words)
        assert command, f"{page.name}: inclusion {line}"
        if not isinstance(command, click.Group):
            known = {name for param in command.params for name in param.opts} | {"--help"}
            assert {word for word in words if word.startswith("-")} <= known, f"{page.name}: inclusion {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_finding_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"
    for path in re.findall(r"`((?:pipeline|tests|docs|templates/authoring)/[\w./-]+)`", text):
        assert (ROOT / path).exists() or "starter" in path, f"{page.name}: {path}"
    assert set(re.findall(r"\b[A-Z]{2}\d{3}\b", text)) <= CATALOGUE.keys(), page.name


# The coverage of the source toolkit.


def list_rows() -> Iterator[tuple[str, str, str]]:
    """What the source says, the places, and whether they stand, of every row."""
    for line in (DOCS / "coverage.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] != "the source says":
            yield cells[0], cells[2], cells[3].rstrip(" |")


def stands(place: str) -> bool:
    """Whether a place of the coverage table is there."""
    if place.startswith("inclusion "):
        words = place.split()[1:]
        return find_command(words) is not None and not words
    if place.startswith("plan: "):
        return names_a_field(Plan, place.removeprefix("plan: ").split("."))
    file, _, inside = place.partition(": ")
    path = ROOT / file
    if not inside or not path.is_file():
        return path.exists() and not inside
    if path.suffix == ".py":
        return re.search(rf"^def {inside}\(", path.read_text("utf-8"), re.MULTILINE) is not None
    return holds_key(YAML(typ="safe").load(path.read_text("utf-8")), inside.split("."))


def holds_key(value: object, keys: list[str]) -> bool:
    """Whether a YAML value has something under these keys and positions."""
    for key in keys:
        if isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return False
    return value not in (None, "")


def names_a_field(model: type, names: list[str]) -> bool:
    """Whether a template may write this name, of the plan or of what its lists hold."""
    for name in names:
        if not is_dataclass(model) or name not in {field.name for field in fields(model)}:
            return False
        kind = get_type_hints(model)[name]
        model = next((one for one in get_args(kind) if one is not Ellipsis), kind)
    return True


def test_every_promise_of_the_source_has_its_place() -> None:
    missing = []
    for says, places, state in list_rows():
        assert state in ("stands", "planned"), says
        named = re.findall(r"`([^`]+)`", places)
        assert named or state == "planned", says
        missing += [f"{says}: {place}" for place in named if state == "stands" and not stands(place)]
    assert missing == []


def test_the_coverage_has_all_the_sources_sections() -> None:
    rows = list(list_rows())
    assert len(rows) >= 70
    assert len({says for says, _, _ in rows}) == len(rows)
    for place in (
        "config/none.yaml",
        "config/settings.yaml: cycles.none",
        "inclusion none",
        "plan: areas.none",
        "tests/test_docs.py: none",
    ):
        assert not stands(place)


# The quick start.


def list_blocks() -> list[str]:
    return re.findall(r"```\n(.*?)```", (DOCS / "quick-start.md").read_text("utf-8"), re.DOTALL)


def test_the_quick_start_leads_to_plans_for_the_schools_it_lists(tmp_path: Path, configuration: Configuration) -> None:
    blocks = list_blocks()
    (begin,) = [shlex.split(line)[1:] for block in blocks for line in block.splitlines() if line.startswith("inclusion init")]
    (register,) = [block for block in blocks if block.startswith("URN,")]
    project = tmp_path / begin[1]
    assert inclusion("init", str(project), *begin[2:])[0] == 0
    (project / "config" / "schools.csv").write_text(register, "utf-8-sig")
    schools, findings = load_register(project / "config" / "schools.csv", "config/schools.csv")
    assert findings == ()
    assert inclusion("rubric", "check", "--project", str(project))[0] == 0
    assert inclusion("workbooks", "--project", str(project))[0] == 0
    assert sum(path.startswith("workbooks/") for path in outputs(project)) == len(schools) == 3
    for school in schools.values():
        drop(project, f"{school.urn}.xlsx", complete(school, configuration))
    code, said, _ = inclusion("run", "--project", str(project))
    assert code == 0
    assert "3 returns found = 3 rated" in said
    assert sum(path.startswith(f"plans/{urn}") for urn in schools for path in outputs(project)) == 3
    assert (project / "outputs" / CYCLE / "overview.xlsx").exists()


def test_nothing_in_the_toolkit_opens_a_connection() -> None:
    """What the data statement says. Dask, which the officer has to ask for, is the one exception."""
    network = re.compile(
        r"^\s*(?:import|from) (?:socket|ssl|http|urllib(?!\.parse)|ftplib|smtplib|requests|httpx|asyncio|webbrowser)\b",
        re.MULTILINE,
    )
    for path in (ROOT / "pipeline").rglob("*.py"):
        assert not network.search(path.read_text("utf-8")), path.name

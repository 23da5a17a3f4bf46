"""Two cycles through the command line: plans that come back go into the next ones, and not a word of them is lost."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, inclusion
from openpyxl import load_workbook
from plan_edits import EDITS, Document

AUTUMN, SPRING, SUMMER = "2026-27-autumn", "2026-27-spring", "2026-27-summer"
TYPED = re.compile(r"zz\d+of(?:none|\d+p\d+[a-z])")
EDITED = (
    ("type_over_the_status", "fill_in_who_leads", "add_a_row_at_the_end", "delete_a_row"),
    ("comment_on_a_row", "insert_words_with_tracking", "rewrite_an_action", "write_between_the_tables", "add_a_column"),
    ("delete_every_reference", "add_words_to_the_action", "lose_the_properties", "reorder_the_rows"),
)


@dataclass(frozen=True)
class Term:
    """A project after its second run. `typed` are the words that were typed into each school's plan, by URN."""

    project: Path
    typed: Mapping[str, frozenset[str]]
    said: str
    cycle: str = SPRING

    def plan(self, urn: str) -> list[str]:
        return texts_of(next(self.outputs.glob(f"plans/{urn} *.docx")).read_bytes())

    def record(self, urn: str) -> dict[str, Any]:
        record: dict[str, Any] = json.loads((self.outputs / "records" / f"{urn}.json").read_text("utf-8"))
        return record

    @property
    def outputs(self) -> Path:
        return self.project / "outputs" / self.cycle

    @property
    def urns(self) -> list[str]:
        return sorted(self.typed)


def texts_of(content: bytes) -> list[str]:
    """The text of each paragraph of the body."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)<", one)) for one in body.split("</w:p>")]


def typed_in(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                yield from TYPED.findall(re.sub("<[^>]*>", "", archive.read(name).decode()))


def copy_changed(source: Path, target: Path, old: bytes, new: bytes) -> None:
    """A document with something else in its parts."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(old in part for part in parts.values())
    with zipfile.ZipFile(target, "w") as copy:
        for name, part in parts.items():
            copy.writestr(name, part.replace(old, new))


def run(project: Path, cycle: str) -> str:
    code, said, errors = inclusion("run", "--project", str(project), "--cycle", cycle, "--jobs", "1")
    assert code == 0, said + errors
    return said


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county after both of its runs, the second without a plan that came back."""
    project = tmp_path_factory.mktemp("county") / "county"
    assert (
        inclusion(
            "demo",
            "--project",
            str(ROOT),
            "--schools",
            "6",
            "--cycles",
            "2",
            "--no-plans",
            "--seed",
            "5",
            "--out",
            str(project),
        )[0]
        == 0
    )
    run(project, AUTUMN)
    run(project, SPRING)
    return project


def in_both(project: Path) -> list[Path]:
    """The plans of schools that return their workbook in the second cycle as well."""
    again = {path.stem for path in (project / "outputs" / SPRING / "records").iterdir()}
    return [path for path in sorted((project / "outputs" / AUTUMN / "plans").glob("*.docx")) if path.name[:6] in again]


@pytest.fixture(scope="module")
def term(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Term:
    """The same after another run of the second cycle, for which three schools sent back their plans, edited as people do."""
    project = tmp_path_factory.mktemp("term") / "county"
    shutil.copytree(sent, project)
    plans = project / "inputs" / SPRING / "plans"
    typed = {}
    for number, (path, names) in enumerate(zip(in_both(project), EDITED, strict=False), 1):
        document = Document(path.read_bytes(), 7, number * 100)
        for name in names:
            EDITS[name](document)
        content = document.save()
        plans.mkdir(exist_ok=True)
        (plans / f"Our plan {path.name[:6]}.docx").write_bytes(content)
        typed[path.name[:6]] = frozenset(typed_in(content))
    assert len(typed) == len(EDITED)
    return Term(project, typed, run(project, SPRING))


def test_every_word_of_a_school_is_in_its_new_plan_or_its_record(term: Term) -> None:
    for urn, words in term.typed.items():
        told = " ".join((*term.plan(urn), json.dumps(term.record(urn)["came_back"], ensure_ascii=False)))
        assert words
        assert not {word for word in words if word not in told}


def test_no_word_of_a_school_stands_in_anothers_papers_or_in_the_authoritys(term: Term) -> None:
    sheets = load_workbook(term.outputs / "overview.xlsx").worksheets
    papers = " ".join(str(row) for sheet in sheets for row in sheet.iter_rows(values_only=True))
    assert not TYPED.search(papers)
    assert not TYPED.search((term.outputs / "findings.csv").read_text("utf-8"))
    assert not TYPED.search(term.said)
    for urn in term.urns:
        others = " ".join(text for one in term.urns if one != urn for text in term.plan(one))
        assert not {word for word in term.typed[urn] if word in others}


def test_the_authority_has_every_action_of_the_ledgers_with_what_became_of_it(term: Term) -> None:
    sheet = load_workbook(term.outputs / "overview.xlsx")["Actions"]
    _, headings, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    lives = [
        (
            urn,
            life["ref"],
            life["carried"],
            life["due"],
            "Dropped" if life["dropped"] else "Done" if life["closed_in"] else "Open",
        )
        for urn in term.urns
        for life in term.record(urn)["ledger"]["lives"]
        if life["closed_in"] in ("", AUTUMN)
    ]
    assert sorted(
        (row["URN"], row["Reference"], row["Times carried"], row["Date"], f"{row['What became of it']}".partition(",")[0])
        for row in told
    ) == sorted(lives)
    assert {"Open", "Dropped"} <= {row["What became of it"] for row in told}
    assert {row["Overdue"] for row in told} <= {"Yes", "No"}
    assert (sheet.freeze_panes, len(sheet.tables)) == ("C3", 1)


def test_what_came_back_is_carried_forward_and_says_so(term: Term) -> None:
    for urn in term.urns:
        ledger = term.record(urn)["ledger"]
        carried = [life for life in ledger["lives"] if not life["closed_in"] and life["carried"]]
        plan = term.plan(urn)
        told = [text for text in plan if text.startswith("Carried forward once, from Autumn term 2026")]
        assert len(told) == len(carried) > 0
        assert {life["ref"] for life in carried} <= set(plan)
        assert [one["cycle"] for one in ledger["taken_in"]] == [AUTUMN]


def test_a_row_that_was_deleted_is_listed_as_dropped_or_suggested_again(term: Term) -> None:
    plan = " ".join(term.plan(term.urns[0]))
    assert "You took it out of your plan" in plan


def test_text_without_an_action_stands_on_the_last_page(term: Term) -> None:
    plan = term.plan(term.urns[1])
    last = plan.index("Text we could not place", plan.index("We have read this plan together and agree what comes first."))
    assert TYPED.search(" ".join(plan[last:]))


def test_a_plan_that_nothing_came_back_for_looks_as_ever(term: Term) -> None:
    others = [path for path in term.outputs.glob("plans/*.docx") if path.name[:6] not in term.typed]
    assert others
    for path in others:
        text = " ".join(texts_of(path.read_bytes()))
        assert "Carried forward" not in text
        assert "Done and dropped" not in text
        assert "Text we could not place" not in text


def test_a_second_run_has_nothing_to_do_until_a_plan_changes(term: Term) -> None:
    assert "Worked on 0," in run(term.project, SPRING)
    path = term.project / "inputs" / SPRING / "plans" / f"Our plan {term.urns[0]}.docx"
    before, plan = path.read_bytes(), term.plan(term.urns[0])
    document = Document(before, 3)
    EDITS["fill_in_the_cost"](document)
    path.write_bytes(document.save())
    assert "Worked on 1," in run(term.project, SPRING)
    assert term.plan(term.urns[0]) != plan
    path.write_bytes(before)
    assert "Worked on 1," in run(term.project, SPRING)
    assert term.plan(term.urns[0]) == plan


def test_files_that_cannot_be_taken_in_are_told_and_the_plan_is_made_without_them(sent: Path, tmp_path: Path) -> None:
    project = tmp_path / "county"
    shutil.copytree(sent, project)
    mine, other = in_both(project)[:2]
    plans = project / "inputs" / SPRING / "plans"
    plans.mkdir()
    (plans / "scan.docx").write_bytes(b"%PDF-1.7")
    copy_changed(mine, plans / "macro.docx", b"document.main+xml", b"document.macroEnabled.main+xml")
    copy_changed(mine, plans / "stranger.docx", mine.name[:6].encode(), b"123456")
    document = Document(mine.read_bytes())
    document.parts["docProps/custom.xml"] = Document(other.read_bytes()).parts["docProps/custom.xml"]
    (plans / "two schools.docx").write_bytes(document.save())
    run(project, SPRING)
    outputs = project / "outputs" / SPRING
    told = {line.split(",")[4]: line.split(",")[1] for line in (outputs / "findings.csv").read_text("utf-8-sig").splitlines()}
    named = {name: told.get(name) for name in ("scan.docx", "macro.docx", "two schools.docx", "stranger.docx")}
    assert named == {"scan.docx": "PL521", "macro.docx": "PL522", "two schools.docx": "PL523", "stranger.docx": "PL523"}
    for path in (mine, other):
        record = json.loads((outputs / "records" / f"{path.name[:6]}.json").read_text("utf-8"))
        assert record["ledger"] is None
        assert list(outputs.glob(f"plans/{path.name[:6]} *.docx"))
        assert record["came_back"] is None


def test_a_template_that_leaves_out_what_came_back_stops_that_school_alone(term: Term, tmp_path: Path) -> None:
    project = tmp_path / "county"
    shutil.copytree(term.project, project)
    shutil.rmtree(project / "outputs" / SPRING)
    template = project / "templates" / "action_plan.docx"
    copy_changed(template, template, b"{{ line.text }}", b"")
    run(project, SPRING)
    outputs = project / "outputs" / SPRING
    lost = [line for line in (outputs / "findings.csv").read_text("utf-8").splitlines() if "PL542" in line]
    assert lost
    stopped = {line.split(",")[3] for line in lost}
    made = {path.name[:6] for path in outputs.glob("plans/*.docx")}
    assert term.urns[1] in stopped
    assert not stopped & made
    assert made


@pytest.fixture(scope="module")
def skipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, bytes]:
    """Three terms of a county, of which a school's return of the second is missing; with its URN, and its first plan edited."""
    project = tmp_path_factory.mktemp("three") / "county"
    options = ("--schools", "4", "--cycles", "3", "--no-plans", "--seed", "5", "--cycle", AUTUMN, "--out", str(project))
    assert inclusion("demo", "--project", str(ROOT), *options)[0] == 0
    run(project, SUMMER)
    urns = [{path.stem for path in (project / "outputs" / cycle / "records").iterdir()} for cycle in (AUTUMN, SPRING, SUMMER)]
    urn = min(set.intersection(*urns))
    record = json.loads((project / "outputs" / SPRING / "records" / f"{urn}.json").read_bytes())
    (project / "inputs" / SPRING / "returns" / record["submission"]["file"]).unlink()
    for cycle in (SPRING, SUMMER):
        shutil.rmtree(project / "outputs" / cycle)
    (path,) = (project / "outputs" / AUTUMN / "plans").glob(f"{urn} *.docx")
    document = Document(path.read_bytes(), 7, 100)
    for name in EDITED[0]:
        EDITS[name](document)
    return project, urn, document.save()


@pytest.mark.parametrize("arrives", ["in the term that the school left out", "a term late"])
def test_a_school_that_leaves_out_a_term_goes_on_from_its_last_plan(
    skipped: tuple[Path, str, bytes], arrives: str, tmp_path: Path
) -> None:
    project, urn, content = tmp_path / "county", skipped[1], skipped[2]
    shutil.copytree(skipped[0], project)
    plans = project / "inputs" / (SUMMER if arrives == "a term late" else SPRING) / "plans"
    plans.mkdir()
    (plans / "Our plan.docx").write_bytes(content)
    run(project, SPRING)
    assert not list((project / "outputs" / SPRING / "plans").glob(f"{urn} *.docx"))
    waits = "PL528" in (project / "outputs" / SPRING / "findings.csv").read_text("utf-8-sig")
    assert waits is (arrives != "a term late")
    run(project, SUMMER)
    term = Term(project, {urn: frozenset(typed_in(content))}, "", SUMMER)
    record, printed = term.record(urn), " ".join(term.plan(urn))
    assert record["came_back"]["file"] == ("Our plan.docx" if arrives == "a term late" else f"{SPRING}/plans/Our plan.docx")
    assert {life["opened"] for life in record["ledger"]["lives"]} == {AUTUMN, SUMMER}
    assert {life["carried"] for life in record["ledger"]["lives"]} <= {0, 1}
    assert "Carried forward once, from Autumn term 2026" in printed
    kept = " ".join((printed, json.dumps(record, ensure_ascii=False)))
    assert [word for word in term.typed[urn] if word not in kept] == []
    assert "Worked on 0," in run(project, SUMMER)
    (plans / "Our plan.docx").unlink()
    assert "Worked on 1," in run(project, SUMMER)


def test_a_plan_that_came_after_its_terms_last_run_is_told_of_until_it_is_taken_in(
    skipped: tuple[Path, str, bytes], tmp_path: Path
) -> None:
    project = tmp_path / "county"
    shutil.copytree(skipped[0], project)
    run(project, SPRING)
    run(project, SUMMER)
    path = next(path for path in in_both(project) if path.name[:6] != skipped[1])
    plans = project / "inputs" / SPRING / "plans"
    plans.mkdir()
    shutil.copy(path, plans / "late.docx")
    told = project / "outputs" / SUMMER / "findings.csv"
    run(project, SUMMER)
    assert [line.split(",")[3:5] for line in told.read_text("utf-8-sig").splitlines() if "PL529" in line] == [
        [path.name[:6], f"{SPRING}/plans/late.docx"]
    ]
    run(project, SPRING)
    run(project, SUMMER)
    assert "PL529" not in told.read_text("utf-8-sig")
    record = json.loads((project / "outputs" / SUMMER / "records" / f"{path.name[:6]}.json").read_bytes())
    assert {life["opened"] for life in record["ledger"]["lives"]} >= {AUTUMN}

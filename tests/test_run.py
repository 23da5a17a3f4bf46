"""`inclusion run`, as an officer meets it: files in, files out, and the sums."""

import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from conftest import CYCLE, OTHER, complete, drop, inclusion, outputs, texts

from pipeline.model.project import Configuration
from pipeline.model.school import School


def plan_of(project: Path, urn: str) -> str:
    found = [content for path, content in outputs(project).items() if path.startswith(f"plans/{urn}")]
    assert len(found) == 1
    return texts(found[0])


def record_of(project: Path, urn: str) -> dict[str, object]:
    record: dict[str, object] = json.loads(outputs(project)[f"records/{urn}.json"])
    return record


def test_a_return_becomes_a_plan_a_record_and_a_line_of_the_overview(
    project: Path, school: School, configuration: Configuration
) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    code, said, _ = inclusion("run", "--project", str(project))
    assert code == 0
    assert "1 returns found = 1 rated + 0 sent back + 0 set aside" in said
    assert "Register: 2 schools = 1 returned + 1 missing" in said
    assert sorted(name for name in outputs(project) if not name.startswith("sent/900101/")) == [
        ".heat-rows",
        ".issued",
        ".profiles",
        "chase.csv",
        f"districts/{OTHER.district}.docx",
        f"districts/{school.district}.docx",
        "findings.csv",
        "overview.html",
        "overview.xlsx",
        "plans/900101 St Mary & St John's CofE Primary School, Fennacre.docx",
        "records/900101.json",
        "report.docx",
        "run.json",
    ]
    assert {Path(name).suffix for name in outputs(project) if name.startswith("sent/")} == {".docx", ".json"}
    assert "Overall: Established." in plan_of(project, "900101")
    overview = openpyxl.load_workbook(project / "outputs" / CYCLE / "overview.xlsx")
    row = [cell.value for cell in overview["Schools by area"][2]]
    assert row[:5] == ["900101", school.name, "Primary", school.district, "Established"]
    assert [cell.value for cell in overview["Not returned"][2]][:2] == [OTHER.district, OTHER.name]


def test_a_second_run_changes_nothing(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    drop(project, "other.pdf", b"%PDF-1.7")
    inclusion("run", "--project", str(project))
    before = {path: path.stat().st_mtime_ns for path in (project / "outputs").rglob("*")}
    _, said, _ = inclusion("run", "--project", str(project))
    assert "Worked on 0, 1 unchanged." in said
    assert {path: path.stat().st_mtime_ns for path in (project / "outputs").rglob("*")} == before


def test_everything_done_anew_gives_the_same_bytes(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    inclusion("run", "--project", str(project))
    before = outputs(project)
    inclusion("run", "--project", str(project), "--force")
    assert outputs(project) == before
    shutil.rmtree(project / "outputs")
    inclusion("run", "--project", str(project))
    assert outputs(project) == before


def test_one_changed_answer_changes_that_school_as_the_rules_say_and_no_other(
    project: Path, school: School, configuration: Configuration
) -> None:
    drop(project, "one.xlsx", complete(school, configuration, {"5.3": "E"}))
    drop(project, "two.xlsx", complete(OTHER, configuration))
    inclusion("run", "--project", str(project))
    before = outputs(project)
    assert "Area 5: Safeguarding, Health and Wellbeing\n" in plan_of(project, "900101")
    drop(project, "one.xlsx", complete(school, configuration, {"5.3": "E", "5.5": "E"}))
    _, said, _ = inclusion("run", "--project", str(project))
    after = outputs(project)
    assert "Worked on 1, 1 unchanged." in said
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if "900202" in path} == set()
    assert any(path.startswith("plans/900101") for path in changed)
    levels = [area["rating"]["level"] for area in record_of(project, "900101")["assessment"]["areas"]]  # type: ignore[index]
    assert levels == ["established"] * 4 + ["emerging"] + ["established"] * 4
    overall = record_of(project, "900101")["assessment"]["overall"]  # type: ignore[index]
    assert overall["level"] == "emerging"  # Area 5 must be at least Established


def test_every_answer_is_traced_to_its_file_sheet_and_cell(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    inclusion("run", "--project", str(project))
    responses = record_of(project, "900101")["submission"]["responses"]  # type: ignore[index]
    assert len(responses) == 63
    assert responses[0]["place"] == {"file": "return.xlsx", "sheet": "1 Leadership, Governance", "cell": "G4"}
    assert "1 Leadership, Governance, G4" in plan_of(project, "900101")


def test_a_bad_return_costs_only_its_own_plan(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "good.xlsx", complete(school, configuration))
    drop(project, "print.pdf", b"%PDF-1.7")
    drop(project, "empty.xlsx", b"")
    drop(project, "notes.xlsx", b"PK\x03\x04 not really")
    drop(project, "thin.xlsx", complete(OTHER, configuration, {"1.1": "S"}, otherwise="?"))
    code, said, errors = inclusion("run", "--project", str(project))
    assert code == 0
    assert "5 returns found = 1 rated + 1 sent back + 3 set aside" in said
    assert "Register: 2 schools = 2 returned + 0 missing" in said
    assert "SC404" in errors
    assert "1 of 63 criteria are answered" in errors
    assert [path for path in outputs(project) if path.startswith("plans/")] == [
        "plans/900101 St Mary & St John's CofE Primary School, Fennacre.docx"
    ]
    assert inclusion("run", "--project", str(project), "--strict")[0] == 1


def test_an_incomplete_return_is_rated_where_the_answers_decide_and_names_its_blanks(
    project: Path, school: School, configuration: Configuration
) -> None:
    drop(project, "return.xlsx", complete(school, configuration, {"7.3": "?", "7.5": "?", "9.1": "?"}))
    _, _, errors = inclusion("run", "--project", str(project))
    plan = plan_of(project, "900101")
    assert (
        "Not rated. 7.3 and 7.5 are not answered: at their lowest this would be Emerging, at their highest Established." in plan
    )
    assert "G6" in errors
    findings = outputs(project)["findings.csv"].decode("utf-8-sig")
    assert "RT311" in findings
    assert "Choose an answer for 9.1 in G4." in findings


def test_a_return_for_another_school_is_never_written_under_its_name(
    project: Path, school: School, configuration: Configuration
) -> None:
    def rename(workbook: openpyxl.Workbook) -> None:
        workbook["Your school"]["B3"].value = "Hexcombe Primary School"

    def renumber(workbook: openpyxl.Workbook) -> None:
        workbook["Your school"]["B4"].value = "900999"

    drop(project, "renamed.xlsx", complete(school, configuration, edit=rename))
    drop(project, "renumbered.xlsx", complete(OTHER, configuration, edit=renumber))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "2 returns found = 0 rated + 0 sent back + 2 set aside" in said
    assert "SC402" in errors
    assert "SC401" in errors
    assert "It may be Quillborough Grange Academy (900202): write that URN" in errors


def test_of_two_returns_of_one_school_the_later_counts(project: Path, school: School, configuration: Configuration) -> None:
    def earlier(workbook: openpyxl.Workbook) -> None:
        workbook["Your school"]["B10"].value = "1st October 2026"

    drop(project, "z first.xlsx", complete(school, configuration, otherwise="E", edit=earlier))
    drop(project, "a second.xlsx", complete(school, configuration))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "2 returns found = 1 rated + 0 sent back + 1 set aside" in said
    assert "SC403  z first.xlsx" in errors
    assert "Overall: Established." in plan_of(project, "900101")
    # Taking the later one away brings the earlier one back.
    (project / "inputs" / CYCLE / "returns" / "a second.xlsx").unlink()
    inclusion("run", "--project", str(project))
    assert "Overall: Emerging." in plan_of(project, "900101")


def test_a_plan_somebody_changed_is_kept_beside_the_new_one(
    project: Path, school: School, configuration: Configuration
) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    inclusion("run", "--project", str(project))
    plan = next((project / "outputs" / CYCLE / "plans").iterdir())
    plan.write_bytes(plan.read_bytes() + b"edited")
    inclusion("run", "--project", str(project))
    assert plan.read_bytes().endswith(b"edited")  # nothing changed, so nothing is written over
    drop(project, "return.xlsx", complete(school, configuration, {"1.1": "E"}))
    _, _, errors = inclusion("run", "--project", str(project))
    assert "WR602" in errors
    names = sorted(path.name for path in plan.parent.iterdir())
    assert len(names) == 2
    assert any("changed by hand" in name for name in names)
    assert any(path.read_bytes().endswith(b"edited") for path in plan.parent.iterdir())


def test_what_is_left_over_is_told_and_kept(project: Path, school: School, configuration: Configuration) -> None:
    path = drop(project, "return.xlsx", complete(school, configuration))
    inclusion("run", "--project", str(project))
    path.unlink()
    _, _, errors = inclusion("run", "--project", str(project))
    assert "WR603" in errors
    assert "records/900101.json" in outputs(project)


def test_a_criterion_that_has_slipped_since_last_cycle_becomes_an_opportunity(
    project: Path, school: School, configuration: Configuration
) -> None:
    summer = project / "inputs" / "2025-26-summer" / "returns"
    summer.mkdir(parents=True)
    (summer / "return.xlsx").write_bytes(complete(school, configuration, {f"1.{n}": "A" for n in range(1, 8)}))
    inclusion("run", "--project", str(project), "--cycle", "2025-26-summer")
    advanced = {f"1.{n}": "A" for n in range(1, 7)} | {"1.7": "S"}
    drop(project, "return.xlsx", complete(school, configuration, advanced))
    inclusion("run", "--project", str(project))
    opportunities = record_of(project, "900101")["assessment"]["opportunities"]  # type: ignore[index]
    assert [(found["ref"], found["kind"]) for found in opportunities if found["area"] == 1] == [
        ("1.7-a", "Has slipped since last cycle")
    ]


def test_check_says_the_same_and_writes_nothing(project: Path, school: School, configuration: Configuration) -> None:
    path = drop(project, "return.xlsx", complete(school, configuration, {"2.2": "nearly"}))
    code, said, errors = inclusion("check", "--project", str(project), str(path))
    assert code == 0
    assert "can be rated  return.xlsx (62 of 63 answered)" in said
    assert "RT312" in errors
    assert "Advanced" in errors
    assert not (project / "outputs").exists()
    assert inclusion("check", "--project", str(project), str(drop(project, "x.xlsx", b"")))[0] == 1


def test_workbooks_are_written_for_the_register_or_for_one_school(project: Path) -> None:
    assert inclusion("workbooks", "--project", str(project), "-q")[0] == 0
    assert len(outputs(project)) == 2
    assert inclusion("workbooks", "--project", str(project), "--school", "900999")[0] == 2


def test_free_text_stays_out_of_everything_but_the_plan_and_the_record(
    project: Path, school: School, configuration: Configuration
) -> None:
    secret = "Zebedee Quux of Year 4"
    drop(
        project, "return.xlsx", complete(school, configuration, {"1.1": secret}, evidence={"1.2": secret}, own={"1.3": secret})
    )
    _, said, errors = inclusion("run", "--project", str(project))
    assert "Zebedee" not in said + errors
    for path, content in outputs(project).items():
        if path == "overview.xlsx":
            workbook = openpyxl.load_workbook(project / "outputs" / CYCLE / path)
            shown = " ".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row)
            assert "Zebedee" not in shown
        elif not path.startswith(("plans/", "records/", "sent/")):
            assert "Zebedee" not in (texts(content) if path.endswith(".docx") else content.decode("utf-8", "replace"))
    assert secret in plan_of(project, "900101")


def test_a_broken_project_is_told_and_nothing_is_done(project: Path) -> None:
    (project / "config" / "settings.yaml").unlink()
    code, said, errors = inclusion("run", "--project", str(project))
    assert code == 1
    assert "CF101" in errors
    assert "Nothing was done" in said
    assert not (project / "outputs").exists()


def test_a_wrong_option_is_told(project: Path) -> None:
    assert inclusion("run", "--project", str(project), "--frce")[0] == 2
    assert inclusion("run", "--project", str(project), "--cycle", "2031-spring")[0] == 1


def test_our_own_fault_is_one_plain_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline import cli, console

    def break_down(_: object) -> bool:
        raise RuntimeError("boom")

    monkeypatch.setattr(console, "show_codes", break_down)
    with pytest.raises(SystemExit) as stopped:
        cli.main(["codes"])
    assert stopped.value.code == 3
    shown = capsys.readouterr().err
    assert "Something went wrong that is not your fault" in shown
    assert "Traceback" not in shown


def test_our_own_fault_over_a_file_names_the_file(
    project: Path,
    school: School,
    configuration: Configuration,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from concurrent.futures import Future, ThreadPoolExecutor

    from pipeline import cli
    from pipeline.runner import isolation
    from pipeline.runner.crew import Workers

    class Faulty(ThreadPoolExecutor):
        def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
            future: Future[object] = Future()
            future.set_exception(KeyError("boom"))
            return future

    executor = Faulty(1)
    monkeypatch.setattr(isolation, "hire_processes", lambda _, jobs: Workers(executor, 1, (), executor.shutdown))
    drop(project, "return.xlsx", complete(school, configuration))
    with pytest.raises(SystemExit) as stopped:
        cli.main(["run", "--project", str(project)])
    assert stopped.value.code == 3
    assert "It happened over return.xlsx: without that file, the others can go on." in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a full device, as Linux has")
def test_a_folder_that_cannot_be_written_is_a_finding(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    (project / "outputs" / CYCLE).mkdir(parents=True)
    (project / "outputs" / CYCLE / "plans").write_text("a file where the folder should be")
    code, said, errors = inclusion("run", "--project", str(project))
    assert code == 1
    assert "WR601" in errors
    assert "Traceback" not in errors + said

"""Everything that arrives is read or answered: folders, attachments, copies, federations, and files that are no returns."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from conftest import CYCLE, OTHER, complete, drop, inclusion, outputs, texts
from openpyxl.comments import Comment

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.settings import Cycle
from pipeline.writers.chase import days_overdue, write_chase_list

FEDERATION = "900101, 900202"


def index_of(project: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(outputs(project)["run.json"])
    return found


def outcomes(project: Path) -> dict[str, str]:
    return {entry["file"]: entry["outcome"] for entry in index_of(project)["entries"]}  # type: ignore[attr-defined]


def test_folders_and_attachments_are_read(project: Path, school: School, configuration: Configuration) -> None:
    bundle = BytesIO()
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("from the school/return.xlsx", complete(school, configuration))
        archive.writestr("__MACOSX/._return.xlsx", b"\x00\x05\x16\x07")
        archive.writestr("letter.txt", b"Dear Sir")
    drop(project, "e-mail.zip", bundle.getvalue())
    folder = project / "inputs" / CYCLE / "returns" / "Tuesday's post"
    folder.mkdir()
    (folder / "other.xlsx").write_bytes(complete(OTHER, configuration))
    _, said, _ = inclusion("run", "--project", str(project))
    assert "3 returns found = 2 rated + 0 sent back + 1 set aside" in said
    assert outcomes(project) == {
        "Tuesday's post/other.xlsx": "rated",
        "e-mail.zip › from the school/return.xlsx": "rated",
        "e-mail.zip › letter.txt": "set aside",
    }
    _, said, _ = inclusion("run", "--project", str(project))
    assert "Worked on 0, 2 unchanged." in said


def test_two_part_filled_copies_are_put_together(project: Path, school: School, configuration: Configuration) -> None:
    first = {key: "S" for key in configuration.rubric.criteria if key < "5"}
    second = {key: "A" for key in configuration.rubric.criteria if key >= "5"}
    drop(project, "head.xlsx", complete(school, configuration, first, otherwise="?"))
    drop(project, "SENCO.xlsx", complete(school, configuration, second, otherwise="?"))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "2 returns found = 2 rated + 0 sent back + 0 set aside" in said
    assert "SC405" in errors
    assert "RT311" not in errors
    record = json.loads(outputs(project)["records/900101.json"])
    assert [area["rating"]["level"] for area in record["assessment"]["areas"]] == ["established"] * 4 + ["advanced"] * 5
    places = {response["place"]["file"] for response in record["submission"]["responses"]}
    assert places == {"head.xlsx", "SENCO.xlsx"}
    before = outputs(project)
    _, said, _ = inclusion("run", "--project", str(project))
    assert "Worked on 0" in said
    assert outputs(project) == before


def test_two_that_disagree_are_told_apart_by_cell(project: Path, school: School, configuration: Configuration) -> None:
    def earlier(workbook: openpyxl.Workbook) -> None:
        workbook["Your school"]["B10"].value = date(2026, 9, 30)

    drop(project, "later.xlsx", complete(school, configuration, {"4.2": "A"}))
    drop(project, "earlier.xlsx", complete(school, configuration, {"4.2": "E"}, edit=earlier))
    _, _, errors = inclusion("run", "--project", str(project))
    assert "SC403  earlier.xlsx" in errors
    assert "They differ at 4 Data and Analysis G5." in errors
    assert outcomes(project) == {"earlier.xlsx": "set aside", "later.xlsx": "rated"}


def test_a_federation_may_return_one_workbook(project: Path, school: School, configuration: Configuration) -> None:
    def federate(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Your school"]
        sheet["B3"].value = f"{school.name} and {OTHER.name}"
        sheet["B4"].value = FEDERATION
        sheet["B5"].value = f"{school.laestab}; {OTHER.laestab}"

    drop(project, "both.xlsx", complete(school, configuration, edit=federate))
    _, said, _ = inclusion("run", "--project", str(project))
    assert "1 returns found = 1 rated + 0 sent back + 0 set aside" in said
    assert "Register: 2 schools = 2 returned + 0 missing" in said
    assert sum(path.startswith("plans/") for path in outputs(project)) == 2
    _, said, _ = inclusion("run", "--project", str(project))
    assert "Worked on 0, 2 unchanged" in said or "Worked on 0, 1 unchanged" in said


def test_a_federation_with_one_strange_school_is_set_aside(project: Path, school: School, configuration: Configuration) -> None:
    def federate(workbook: openpyxl.Workbook) -> None:
        workbook["Your school"]["B4"].value = "900101 and 900999"

    drop(project, "both.xlsx", complete(school, configuration, edit=federate))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "0 rated + 0 sent back + 1 set aside" in said
    assert "SC401" in errors


def test_text_beside_the_answers_is_told_and_kept_in_the_record(
    project: Path, school: School, configuration: Configuration
) -> None:
    def scribble(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.worksheets[2]
        sheet["K5"].value = "Ask the chair about this"
        sheet["B20"].value = "An eighth criterion of ours"
        sheet["A4"].comment = Comment("Not sure about this one", "somebody")
        workbook.create_sheet("Our notes")["A1"].value = "More evidence"

    drop(project, "return.xlsx", complete(school, configuration, edit=scribble))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "RT326" in errors
    assert "Ask the chair" not in said + errors
    record = json.loads(outputs(project)["records/900101.json"])
    kept = {
        (extra["place"]["sheet"], extra["place"]["cell"], extra["kind"], extra["text"])
        for extra in record["submission"]["extras"]
    }
    assert kept == {
        ("1 Leadership, Governance", "K5", "text", "Ask the chair about this"),
        ("1 Leadership, Governance", "B20", "text", "An eighth criterion of ours"),
        ("1 Leadership, Governance", "A4", "comment", "Not sure about this one"),
        ("Our notes", "A1", "text", "More evidence"),
    }


def test_personal_data_is_warned_of_and_may_stop_a_return(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "return.xlsx", complete(school, configuration, evidence={"1.1": "Pupil B801200005001 now attends."}))
    _, said, errors = inclusion("run", "--project", str(project))
    assert "PV501" in errors
    assert "B801200005001" not in errors + said
    assert "1 returns may hold personal data" in said
    settings = project / "config" / "settings.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("stop_for_personal_data: false", "stop_for_personal_data: true"), "utf-8"
    )
    _, said, errors = inclusion("run", "--project", str(project))
    assert "PV505" in errors
    assert "0 rated + 1 sent back" in said


def test_the_note_back_names_the_cells_and_goes_when_it_is_not_needed(
    project: Path, school: School, configuration: Configuration
) -> None:
    path = drop(project, "return.xlsx", complete(school, configuration, {"7.3": "?", "2.2": "Nearly there"}))
    original = path.read_bytes()
    inclusion("run", "--project", str(project))
    notes = {name: content for name, content in outputs(project).items() if name.startswith("notes/")}
    assert len(notes) == 2
    shown = texts(next(content for name, content in notes.items() if name.endswith(".docx")))
    assert "G6" in shown
    assert "2 Use of Resources" in shown
    assert "Nearly there" not in shown
    marked = openpyxl.load_workbook(BytesIO(next(content for name, content in notes.items() if name.endswith("(marked).xlsx"))))
    assert marked["7 Pupils"]["G6"].comment is not None
    assert path.read_bytes() == original
    # A school may mend the marked copy itself and send that back: our own comments are not taken for its words.
    marked["7 Pupils"]["G6"].value = "Established"
    marked["2 Use of Resources"]["G5"].value = "Established"
    mended = BytesIO()
    marked.save(mended)
    drop(project, "return.xlsx", mended.getvalue())
    _, _, errors = inclusion("run", "--project", str(project))
    assert "RT326" not in errors
    drop(project, "return.xlsx", complete(school, configuration))
    inclusion("run", "--project", str(project))
    assert not [name for name in outputs(project) if name.startswith("notes/")]


def test_the_chase_list_is_ready_for_a_mail_merge(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "return.xlsx", complete(school, configuration))
    inclusion("run", "--project", str(project))
    rows = list(csv.DictReader(io.StringIO(outputs(project)["chase.csv"].decode("utf-8-sig"))))
    assert [(row["URN"], row["School"], row["District"]) for row in rows] == [("900202", OTHER.name, "Quillborough")]
    assert rows[0]["Returns due"] == "16 October 2026"


def test_days_overdue_and_names_like_formulas(school: School) -> None:
    dates = Cycle("Autumn", date(2026, 10, 16), date(2026, 12, 18), date(2027, 3, 26))
    assert [days_overdue(dates, date(2026, 10, day)) for day in (1, 16, 17, 26)] == [0, 0, 1, 10]
    schools = [replace(school, name="=cmd|' /C calc'!A0", district="B"), replace(school, name="Zed", district="A")]
    lines = write_chase_list(schools, dates, date(2026, 10, 26)).decode("utf-8-sig").splitlines()
    assert "Zed" in lines[1]
    assert ",'=cmd" in lines[2]

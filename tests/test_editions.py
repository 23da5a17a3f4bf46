"""A return of an edition that is only kept, beside one of the edition in use: explained, moderated and shown by its own."""

import json
import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, NINE, OTHER, complete, drop, inclusion, outputs, texts
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.comparison import Earlier, Movement
from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.rules.comparison import compare, say_before, say_break

E, S, A, N = Level.EMERGING, Level.ESTABLISHED, Level.ADVANCED, Level.NOT_YET


@pytest.fixture
def rated(project: Path, school: School, configuration: Configuration, six: Configuration) -> Path:
    """The six-area rubric is in use. The primary school was given the nine-area workbook, the other one the six-area."""
    settings = project / "config" / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("rubric: rubric ", "rubric: rubric-six "), "utf-8")
    drop(project, "nine.xlsx", complete(school, configuration, {"2.1": "E", "3.5": "A", "4.3": "N"}))
    drop(project, "six.xlsx", complete(OTHER, six, {"1.13": "E"}))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    return project


def explain(project: Path, school: School, *more: str) -> tuple[str, str]:
    code, said, errors = inclusion("explain", school.urn, *more, "--project", str(project))
    assert code == 0, errors
    return said, errors


def test_a_return_is_explained_by_the_edition_it_was_rated_under(rated: Path, school: School) -> None:
    said, warned = explain(rated, school, "--area", "2")
    assert "Area 2, Use of Resources" in said
    assert "Pupil Premium strategy" in said
    assert "EX104" not in said + warned
    said, warned = explain(rated, OTHER)
    assert "Area 2" not in said
    assert "EX104" not in said + warned


def test_explain_tells_that_a_kept_edition_has_changed_or_gone_since(rated: Path, school: School) -> None:
    area = rated / "config" / "rubric" / "area-2.yaml"
    area.write_text(area.read_text("utf-8").replace("Use of Resources", "Using Resources"), "utf-8")
    assert "EX104" in "".join(explain(rated, school))
    assert "EX104" not in "".join(explain(rated, OTHER))
    shutil.rmtree(rated / "config" / "rubric")
    said = "".join(explain(rated, school))
    assert "EX104" in said
    assert NINE in said


def row_of(sheet: Worksheet, urn: str, key: object) -> int:
    return next(row for row in range(2, sheet.max_row + 1) if (sheet[f"A{row}"].value, sheet[f"C{row}"].value) == (urn, key))


def test_a_school_of_another_edition_is_moderated_by_its_own_areas(rated: Path, school: School) -> None:
    at = ("--project", str(rated))
    code, _, errors = inclusion("moderation", "sample", "--stratified", "2", *at)
    assert code == 0, errors
    folder = rated / "outputs" / CYCLE / "moderation"
    workbook = load_workbook(folder / "sample.xlsx")
    areas = workbook["Areas"]
    listed = [(row[0], row[2], row[3]) for row in areas.iter_rows(min_row=2, values_only=True)]
    assert [one[1] for one in listed if one[0] == school.urn] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [one[1] for one in listed if one[0] == OTHER.urn] == [1, 5, 6, 7, 8, 9]
    assert (school.urn, 2, "Use of Resources") in listed
    assert all(row[3] for row in workbook["Criteria"].iter_rows(min_row=2, values_only=True))
    form = texts(next(folder.glob(f"{school.urn}*.docx")).read_bytes())
    assert "Use of Resources" in form
    row = row_of(areas, school.urn, 2)
    for column, value in (("G", "Advanced"), ("H", "Spending follows need."), ("I", "B. Hexcombe"), ("J", date(2026, 10, 30))):
        areas[f"{column}{row}"].value = value
    workbook.save(rated / "filled.xlsx")
    code, said, errors = inclusion("moderation", "import", str(rated / "filled.xlsx"), *at)
    assert code == 0, errors
    assert "1 row taken (1 new), none refused." in said
    assert "Area 2, Use of Resources: 0 of 1 the same" in said
    assert inclusion("run", "-q", *at)[0] == 0
    made = outputs(rated)
    levels = {line["number"]: line for line in json.loads(made[f"records/{school.urn}.json"])["levels"]}
    assert levels[2]["moderated"] == "Advanced"
    views = load_workbook(BytesIO(made["overview.xlsx"]))["Views and moderation"]
    assert [cell.value for cell in views[2]][3] == "2 Use of Resources"
    assert "B. Hexcombe" in texts(next(content for name, content in made.items() if name.startswith(f"plans/{school.urn}")))


def test_pairs_that_contradict_each_other_are_looked_for_by_the_schools_own_criteria(
    rated: Path, school: School, six: Configuration
) -> None:
    """3.5 against 4.3 is a pair of the settings; in the six areas the same two are 1.10 and 6.12."""
    drop(rated, "six.xlsx", complete(OTHER, six, {"1.10": "A", "6.12": "N"}))
    assert inclusion("run", "-q", "--project", str(rated))[0] == 0
    assert inclusion("moderation", "sample", "--stratified", "2", "--project", str(rated))[0] == 0
    workbook = load_workbook(rated / "outputs" / CYCLE / "moderation" / "sample.xlsx")
    reasons = {row[0]: str(row[5]) for row in workbook["Schools to visit"].iter_rows(min_row=2, values_only=True)}
    assert "3.5 is Advanced while 4.3 is Not yet in place: " in reasons[school.urn]
    assert "1.10 is Advanced while 6.12 is Not yet in place: " in reasons[OTHER.urn]


# Movement.


@pytest.mark.parametrize(
    ("before", "now", "movement", "label"),
    [
        ({1: S, 2: E, 3: A}, S, Movement.BETWEEN, "Emerging to Advanced"),
        ({1: S, 2: S, 3: S}, S, Movement.SAME, "Established"),
        ({1: S, 2: E, 3: S}, A, Movement.HIGHER, "Emerging to Established"),
        ({1: S, 2: E, 3: S}, N, Movement.LOWER, "Emerging to Established"),
        ({1: S, 2: None, 3: S}, S, Movement.SAME, "Established"),
        ({1: S, 2: E, 3: S}, None, Movement.UNKNOWN, "Emerging to Established"),
        ({1: None, 2: None, 3: None}, S, Movement.UNKNOWN, "Not rated"),
    ],
)
def test_movement_of_an_area_that_took_in_others(
    before: dict[int, Level | None],
    now: Level | None,
    movement: Movement,
    label: str,
    configuration: Configuration,
    six: Configuration,
) -> None:
    earlier = Earlier(NINE, dict.fromkeys(configuration.rubric.criteria), {**dict.fromkeys(range(1, 10), S), **before})
    compared = compare(earlier, {1: now}, six.rubric, configuration.rubrics)
    assert compared is not None
    found = compared.of(1)
    assert found is not None
    assert (found.movement, say_before(found, six.rubric)) == (movement, label)
    assert say_break(found, compared.edition) == f"Areas 1, 2 and 3 of {NINE}"


SPRING = "2026-27-spring"


def begin_spring(project: Path) -> None:
    settings = project / "config" / "settings.yaml"
    text = settings.read_text("utf-8")
    block = re.search(rf"(?ms)^  {CYCLE}:\n.*?(?=^\S|\n\n)", text)
    assert block
    text = text.replace(block[0], block[0] + "\n" + block[0].replace(CYCLE, SPRING))
    settings.write_text(text.replace(f"cycle: {CYCLE}", f"cycle: {SPRING}"), "utf-8")
    (project / "inputs" / SPRING / "returns").mkdir(parents=True)


def test_the_overview_shows_what_moved_with_the_break_marked(rated: Path, school: School, six: Configuration) -> None:
    first = load_workbook(BytesIO(outputs(rated)["overview.xlsx"]))
    assert not {"Movement", "Movement by area"} & set(first.sheetnames)
    begin_spring(rated)
    for name, one in (("a.xlsx", school), ("b.xlsx", OTHER)):
        (rated / "inputs" / SPRING / "returns" / name).write_bytes(complete(one, six, otherwise="A"))
    assert inclusion("run", "-q", "--project", str(rated))[0] == 0
    book = load_workbook(rated / "outputs" / SPRING / "overview.xlsx")
    moved = list(book["Movement"].iter_rows(min_row=2, values_only=True))
    assert len(moved) == 12
    assert {row[7] for row in moved} == {"Higher"}
    marks = {(row[0], str(row[4])[:1]): row[8] for row in moved}
    assert marks[school.urn, "1"] == f"Areas 1, 2 and 3 of {NINE}"
    assert marks[school.urn, "5"] == f"Rated under {NINE}"
    assert {mark for (urn, _), mark in marks.items() if urn == OTHER.urn} == {None}
    counted = {str(row[0])[:1]: row[1:] for row in book["Movement by area"].iter_rows(min_row=2, values_only=True)}
    assert set(counted) == {"1", "5", "6", "7", "8", "9"}
    assert set(counted.values()) == {(1, 0, 0, 0, 1, 0, 0, 0, 0)}

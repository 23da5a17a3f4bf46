"""Returns of another edition are rated under their own; cycles compare across editions, with the break marked."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, NINE, OTHER, SIX, complete, drop, inclusion, outputs, texts
from openpyxl import Workbook, load_workbook

from pipeline.model import form
from pipeline.model.assessment import Kind
from pipeline.model.comparison import AreaComparison, Comparison, Earlier
from pipeline.model.edition import is_comparable
from pipeline.model.ledger import Ledger, MergedPlan, PlannedAction
from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.sent_plan import SentAction
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.comparison import compare, levels_before
from pipeline.rules.continuing import continue_plan
from pipeline.rules.planning import plan_for
from pipeline.rules.returned_row import as_sent
from pipeline.rules.succession import trace

E, S, A, N = Level.EMERGING, Level.ESTABLISHED, Level.ADVANCED, Level.NOT_YET
SPRING = "2026-27-spring"


def use(project: Path, rubric: str) -> None:
    settings = project / "config" / "settings.yaml"
    settings.write_text(re.sub(r"(?m)^rubric: \S+", f"rubric: {rubric}", settings.read_text("utf-8")), "utf-8")


def run(project: Path) -> str:
    code, said, _ = inclusion("run", "--project", str(project))
    assert code == 0
    return said


def codes(project: Path) -> list[str]:
    """Code and file of every finding; evidence is odd here by right, as it says nothing."""
    rows = csv.DictReader(outputs(project)["findings.csv"].decode("utf-8-sig").splitlines())
    return sorted(f"{row['code']} {row['file']}" for row in rows if not row["code"].startswith("OD"))


def record(project: Path, school: School, cycle: str = CYCLE) -> dict:  # type: ignore[type-arg]
    found: dict = json.loads((project / "outputs" / cycle / "records" / f"{school.urn}.json").read_bytes())  # type: ignore[type-arg]
    return found


# Returns of another edition.


@pytest.mark.parametrize(
    ("in_use", "made_for", "areas"), [("rubric-six", NINE, [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("rubric", SIX, [1, 5, 6, 7, 8, 9])]
)
def test_a_return_is_rated_planned_and_recorded_under_its_own_edition(
    in_use: str, made_for: str, areas: list[int], project: Path, school: School, configuration: Configuration
) -> None:
    own = configuration.under(made_for)
    use(project, in_use)
    drop(project, "return.xlsx", complete(school, own, {"1.3": "E"}, otherwise="A"))
    said = run(project)
    assert codes(project) == ["RT329 return.xlsx"]
    assert "Rated under another edition of the rubric, and not counted there: 1." in said
    known = record(project, school)
    assert known["made_by"]["rubric"] == made_for
    assert [area["area"] for area in known["assessment"]["areas"]] == areas
    assert len(known["submission"]["responses"]) == len(own.rubric.criteria)
    made = outputs(project)
    plan = next(content for name, content in made.items() if name.startswith("plans/"))
    assert f"rubric {made_for[-3:]}" in texts(plan)
    assert f"it is rated under {made_for}" in made["findings.csv"].decode()
    overview = load_workbook(BytesIO(made["overview.xlsx"]))
    row = [cell.value for cell in overview["Schools by area"][2]]
    assert {value for value in row if "(" in f"{value}"} == {f"{one} ({made_for[-3:]})" for one in ("Advanced", "Established")}
    assert row.count(None) == (3 if made_for == SIX else 0)
    counted = [cell.value for row in overview["Levels by area"].iter_rows(min_row=2, min_col=2) for cell in row]
    assert not any(counted)


def test_an_edition_that_is_not_kept_is_read_as_ours_and_another_cycle_is_told(
    project: Path, school: School, configuration: Configuration, six: Configuration
) -> None:
    def date_back(workbook: Workbook) -> None:
        for row in workbook[form.START].iter_rows():
            for cell in row:
                if cell.value == f"{SIX}, {CYCLE}":
                    cell.value = " Inclusive-Practice  2-0, 2025-26-summer"

    older = replace(configuration.rubric, frame=replace(configuration.rubric.frame, version="0-9"))
    drop(project, "older.xlsx", complete(school, replace(configuration, rubric=older)))
    drop(project, "summer.xlsx", complete(OTHER, six, edit=date_back))
    run(project)
    assert codes(project) == ["RT303 older.xlsx", "RT303 summer.xlsx", "RT329 summer.xlsx"]
    assert record(project, school)["made_by"]["rubric"] == NINE
    assert record(project, OTHER)["made_by"]["rubric"] == SIX


def test_two_returns_of_two_editions_are_not_put_together(
    project: Path, school: School, configuration: Configuration, six: Configuration
) -> None:
    drop(project, "a.xlsx", complete(school, configuration))
    drop(project, "b.xlsx", complete(school, six))
    run(project)
    assert any(code.startswith("SC403") for code in codes(project))
    assert "They differ at the edition of the workbook" in outputs(project)["findings.csv"].decode()


def test_a_change_to_a_kept_rubric_concerns_its_own_returns_alone(
    project: Path, school: School, six: Configuration, configuration: Configuration
) -> None:
    drop(project, "nine.xlsx", complete(OTHER, configuration))
    drop(project, "six.xlsx", complete(school, six, {"1.1": "E"}))
    run(project)
    area = project / "config" / "rubric-six" / "area-1.yaml"
    area.write_text(
        area.read_text("utf-8").replace("Give the vision a yearly reading", "Give the vision a yearly look"), "utf-8"
    )
    assert "Worked on 1, 1 unchanged" in run(project)
    assert "yearly look" in json.dumps(record(project, school))


# One edition in terms of another.


def test_editions_of_one_number_are_comparable() -> None:
    assert is_comparable("inclusive-practice 1-0", "Inclusive-Practice 1-7")
    assert not is_comparable("inclusive-practice 1-0", "inclusive-practice 11-0")
    assert not is_comparable("inclusive-practice 1-0", "inclusion 1-0")


def test_criteria_are_traced_forwards_and_back(rubric: Rubric, six: Configuration) -> None:
    kept = {NINE: rubric, SIX: six.rubric}
    forwards = trace(six.rubric, NINE, rubric.criteria, kept)
    back = trace(rubric, SIX, six.rubric.criteria, kept)
    assert forwards is not None
    assert back is not None
    assert (forwards["1.3"], forwards["1.13"], forwards["6.12"]) == (("1.3", "3.1"), ("2.1",), ("4.2", "4.3"))
    assert (back["1.3"], back["3.1"], back["2.1"], back["5.2"]) == (("1.3",), ("1.3",), ("1.13",), ("5.2",))
    assert {old for found in forwards.values() for old in found} == set(rubric.criteria)


def third(six: Rubric) -> Rubric:
    """An edition after the six-area one, with 6.12 taken into 5.2."""
    kept = [
        [replace(one, formerly=("5.2", "6.12") if one.id == "5.2" else ()) for one in area.criteria if one.id != "6.12"]
        for area in six.areas
    ]
    areas = tuple(replace(area, criteria=tuple(criteria)) for area, criteria in zip(six.areas, kept, strict=True))
    return Rubric(replace(six.frame, version="3-0", follows=SIX), areas)


def test_criteria_are_traced_over_two_editions_where_both_are_kept(rubric: Rubric, six: Configuration) -> None:
    latest = third(six.rubric)
    way = trace(latest, NINE, rubric.criteria, {NINE: rubric, SIX: six.rubric, latest.edition: latest})
    assert way is not None
    assert (way["5.2"], way["1.13"], way["1.3"]) == (("5.2", "4.2", "4.3"), ("2.1",), ("1.3", "3.1"))
    assert trace(latest, NINE, rubric.criteria, {}) is None


def test_editions_that_follow_each_other_in_a_ring_end(rubric: Rubric) -> None:
    one = replace(rubric, frame=replace(rubric.frame, version="4-0", follows="inclusive-practice 5-0"))
    other = replace(rubric, frame=replace(rubric.frame, version="5-0", follows="inclusive-practice 4-0"))
    assert trace(one, NINE, rubric.criteria, {one.edition: one, other.edition: other}) is None


# Areas across cycles.


def compare_areas(
    before: dict[int, Level | None], after: dict[int, Level | None], rubric_before: Rubric, rubric_after: Rubric
) -> tuple[AreaComparison, ...]:
    """Every area of one edition beside those of another that it came from."""
    earlier = Earlier(rubric_before.edition, dict.fromkeys(rubric_before.criteria), before)
    found = compare(earlier, after, rubric_after, {rubric_before.edition: rubric_before})
    assert found is not None
    return found.areas


@pytest.mark.parametrize(
    ("before", "area", "since", "bounds"),
    [
        ({1: S, 2: E, 3: A}, 1, (1, 2, 3), (E, A)),
        ({1: S, 2: S, 3: S}, 1, (1, 2, 3), (S, S)),
        ({1: S, 2: None, 3: E}, 1, (1, 2, 3), (E, S)),
        ({1: None, 2: None, 3: None}, 1, (1, 2, 3), (None, None)),
        ({2: E, 4: A, 6: S}, 6, (2, 4, 6), (E, A)),
        ({5: A}, 5, (5,), (A, A)),
    ],
)
def test_an_area_now_is_compared_with_those_it_took_in(
    before: dict[int, Level | None],
    area: int,
    since: tuple[int, ...],
    bounds: tuple[Level, Level],
    rubric: Rubric,
    six: Configuration,
) -> None:
    whole = {one.number: before.get(one.number, N) for one in rubric.areas}
    found = next(one for one in compare_areas(whole, {area: S}, rubric, six.rubric) if one.area == area)
    assert (found.since, (found.lowest, found.highest), found.crosses_break) == (since, bounds, True)


def test_every_earlier_area_is_compared_with_something(rubric: Rubric, six: Configuration) -> None:
    there = compare_areas(dict.fromkeys(range(1, 10), S), {}, rubric, six.rubric)
    assert {number for one in there for number in one.since} == set(range(1, 10))
    back = compare_areas(dict.fromkeys((1, 5, 6, 7, 8, 9), S), {}, six.rubric, rubric)
    assert [one.since for one in back] == [(1,), (1, 6), (1,), (6,), (5,), (6,), (7,), (8,), (9,)]


def test_the_break_is_told_in_words(rubric: Rubric, six: Configuration) -> None:
    found = compare_areas({**dict.fromkeys(range(1, 10), S), 2: E, 5: None}, {}, rubric, six.rubric)
    assert found[0].sentence.startswith(
        "Area 1 takes in Areas 1, 2 and 3 of inclusive-practice 1-0, which stood between Emerging and Established last cycle. "
    )
    assert found[1].sentence.startswith("Area 5 had no rating last cycle, under inclusive-practice 1-0. ")
    assert "with care" in found[0].sentence


def test_within_one_number_there_is_no_break(rubric: Rubric) -> None:
    reworded = replace(rubric, frame=replace(rubric.frame, version="1-4"))
    earlier = Earlier(NINE, {}, {1: E, 2: S, 3: None})
    found = compare(earlier, {1: S, 2: S, 3: A}, reworded, {})
    assert found is not None
    assert found.is_comparable
    assert [one.sentence for one in found.areas[:3]] == [
        "Emerging last cycle, Established now.", "Established last cycle, and again now.", "Not rated last cycle.",
    ]  # fmt: skip
    assert not any(one.crosses_break for one in found.areas[:3])


def test_an_area_retired_in_place_is_compared_where_its_crosswalk_leads(rubric: Rubric) -> None:
    gone = Rubric(
        replace(rubric.frame, version="2-0"), tuple(area for area in rubric.areas if area.number != 2), (rubric.areas[1],)
    )
    earlier = Earlier(NINE, dict.fromkeys(rubric.criteria), dict.fromkeys(range(1, 10), S))
    found = compare(earlier, {}, gone, {})
    assert found is not None
    assert {one.area: one.since for one in found.areas if len(one.since) > 1} == {1: (1, 2), 6: (2, 6)}


def test_an_action_of_an_area_that_is_gone_stands_with_the_area_that_took_it_in(rubric: Rubric, six: Configuration) -> None:
    submission, _ = read_return(complete(OTHER, six, otherwise="A"), "return.xlsx", Expectations(six, CYCLE, frozenset()))
    assert submission is not None
    plan = plan_for(OTHER, submission, assess(submission, six.rubric, {})[0], six, CYCLE, date(2026, 11, 25))
    told = {"2-a": "", "2.1-a": "2.1", "2.4-a": "2.4", "3-a": "", "4-a": ""}  # steps of the school's own are of no criterion
    gone = [SentAction(ref, key, int(ref[0]), "", "Why", "What", "", "", "", "", "Under way") for ref, key in told.items()]
    carried = tuple(PlannedAction(as_sent(one), CYCLE, 1) for one in gone)
    merged = MergedPlan(carried, (), (), Ledger(OTHER.urn))
    compared = compare(
        Earlier(NINE, dict.fromkeys(rubric.criteria), dict.fromkeys(range(1, 10))), {}, six.rubric, {NINE: rubric}
    )

    def place(compared: Comparison | None) -> dict[str, int]:
        areas = continue_plan(plan, merged, six.settings.cycles, six.rubric, compared).areas
        return {action.ref: area.number for area in areas for action in area.opportunities}

    assert place(compared) == {"2-a": 1, "2.1-a": 1, "2.4-a": 6, "3-a": 1, "4-a": 6}
    assert place(None) == {"2-a": 9, "2.1-a": 1, "2.4-a": 6, "3-a": 9, "4-a": 9}


def test_a_merged_criterion_never_falls_by_being_merged(rubric: Rubric, six: Configuration) -> None:
    levels = {**dict.fromkeys(rubric.criteria, S), "1.3": A, "3.1": E, "6.5": None, "2.2": A}
    before = levels_before(Earlier(NINE, levels, {}), six.rubric, {NINE: rubric})
    assert (before["1.3"], before["1.13"]) == (E, S)
    assert "6.5" not in before
    assert levels_before(Earlier("another 1-0", levels, {}), six.rubric, {}) == {}


def test_the_next_cycle_under_another_edition_still_knows_what_fell(
    project: Path, school: School, configuration: Configuration, six: Configuration
) -> None:
    drop(project, "return.xlsx", complete(school, configuration, otherwise="A"))
    run(project)
    settings = project / "config" / "settings.yaml"
    text = settings.read_text("utf-8")
    block = re.search(rf"(?ms)^  {CYCLE}:\n.*?(?=^\S|\n\n)", text)
    assert block
    text = text.replace(block[0], block[0] + "\n" + block[0].replace(CYCLE, SPRING)).replace(
        f"cycle: {CYCLE}", f"cycle: {SPRING}"
    )
    settings.write_text(text, "utf-8")
    use(project, "rubric-six")
    (project / "inputs" / SPRING / "returns").mkdir(parents=True)
    content = complete(school, six, {"1.13": "S"}, otherwise="A")
    path = project / "inputs" / SPRING / "returns" / "return.xlsx"
    path.write_bytes(content)
    run(project)
    known = record(project, school, SPRING)
    compared = known["compared"]
    assert (compared["edition"], compared["is_comparable"]) == (NINE, False)
    assert compared["areas"][0]["since"] == [1, 2, 3]
    kinds = {one["criterion"]: one["kind"] for one in known["assessment"]["opportunities"]}
    assert kinds == {"1.13": Kind.FELL.value}

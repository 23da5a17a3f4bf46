"""What if: stored returns under a draft rubric. The outputs stay as they are, and every change has its rule."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import CYCLE, NINE, OTHER, ROOT, SIX, Convert, complete, drop, inclusion, outputs, texts
from openpyxl import load_workbook

from pipeline.model.finding import Place
from pipeline.model.level import Answer, State
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase, School
from pipeline.model.submission import Identity, Response, Submission
from pipeline.model.what_if import Again, Direction, Paper, Rated, Shift, Stored, WhatIf
from pipeline.readers.register import load_register
from pipeline.rules.assessing import rate_areas
from pipeline.rules.comparison import find_crosswalk, find_sources
from pipeline.rules.rating import rate_overall
from pipeline.rules.succession import trace
from pipeline.rules.what_if import rate_again, recast
from pipeline.rules.what_if_paper import say_small, write_paper
from pipeline.rules.what_if_tally import summarise_change
from pipeline.writers.template import Properties, load_template

ANSWERS = {
    "A": Answer.ADVANCED, "a": Answer.ADVANCED, "S": Answer.ESTABLISHED, "E": Answer.EMERGING, "N": Answer.NOT_YET,
    "x": Answer.NOT_APPLICABLE, "?": None,
}  # fmt: skip


def given(rubric: Rubric, letters: dict[str, str] | None = None, otherwise: str = "S") -> Submission:
    """A return by letters; a small a is Advanced without evidence."""
    responses = []
    for key in rubric.criteria:
        letter = (letters or {}).get(key, otherwise)
        evidence = "" if letter in "a?" else "Seen."
        responses.append(Response(key, ANSWERS[letter], letter, evidence, "", Place("a.xlsx", "1", "G4"), "H4"))
    return Submission("a.xlsx", rubric.edition, Identity("", "", "", "", "", None, "", None, False), tuple(responses), {}, {})


def stored(rubric: Rubric, school: School, letters: dict[str, str] | None = None, otherwise: str = "S") -> Stored:
    submission = given(rubric, letters, otherwise)
    areas, _ = rate_areas(submission, rubric)
    overall = rate_overall(areas, rubric)
    assert overall is not None
    levels = {area.area: Rated(area.rating.level, area.rating.state) for area in areas}
    return Stored(rubric.edition, school, submission, levels, Rated(overall.level, overall.state))


def again(record: Stored, rubric: Rubric, draft: Rubric) -> Again:
    way = trace(draft, record.edition, rubric.criteria, {rubric.edition: rubric})
    assert way is not None
    sources = find_sources(
        draft, dict.fromkeys(record.areas), way, find_crosswalk(draft, record.edition, {rubric.edition: rubric})
    )
    return rate_again(record, way, sources, draft)


@pytest.mark.parametrize(
    ("letters", "merged"),
    [
        ({"1.3": "A", "3.1": "E"}, Answer.EMERGING),
        ({"1.3": "S", "3.1": "N"}, Answer.NOT_YET),
        ({"1.3": "A", "3.1": "?"}, None),
        ({"1.3": "x", "3.1": "A"}, Answer.ADVANCED),
        ({"1.3": "x", "3.1": "x"}, Answer.NOT_APPLICABLE),
    ],
)
def test_of_several_answers_the_lowest_is_taken(
    letters: dict[str, str], merged: Answer | None, rubric: Rubric, six: Configuration
) -> None:
    way = trace(six.rubric, NINE, rubric.criteria, {})
    assert way is not None
    cast = recast(given(rubric, letters), way, six.rubric, Phase.PRIMARY)
    assert [one.criterion for one in cast.responses] == list(six.rubric.criteria)
    assert {one.criterion: one.answer for one in cast.responses}["1.3"] is merged


def test_of_two_answers_alike_the_one_without_evidence_is_taken(rubric: Rubric, six: Configuration) -> None:
    way = trace(six.rubric, NINE, rubric.criteria, {})
    assert way is not None
    cast = recast(given(rubric, {"1.3": "A", "3.1": "a"}), way, six.rubric, Phase.PRIMARY)
    assert {one.criterion: one.evidence for one in cast.responses}["1.3"] == ""


def test_a_school_is_asked_what_the_draft_asks_its_phase_and_what_is_new_is_a_blank(rubric: Rubric, six: Configuration) -> None:
    first = replace(
        six.rubric.areas[0], criteria=(*six.rubric.areas[0].criteria, replace(six.rubric.criteria["1.1"], id="1.15"))
    )
    draft = replace(six.rubric, areas=(first, *six.rubric.areas[1:]))
    way = trace(draft, NINE, rubric.criteria, {})
    assert way is not None
    cast = {one.criterion: one.answer for one in recast(given(rubric), way, draft, Phase.NURSERY).responses}
    assert "1.13" not in cast
    assert cast["1.15"] is None


@pytest.mark.parametrize("edition", [NINE, SIX])
@pytest.mark.parametrize(("letters", "otherwise"), [({}, "S"), ({"1.3": "N"}, "A"), ({"5.1": "?", "5.2": "?"}, "E"), ({}, "a")])
def test_under_the_same_rubric_nobody_changes(
    edition: str, letters: dict[str, str], otherwise: str, configuration: Configuration, school: School
) -> None:
    own = configuration.under(edition).rubric
    assert again(stored(own, school, letters, otherwise), own, own).shifts == ()


def test_each_change_says_from_what_to_what_and_by_which_rule(rubric: Rubric, six: Configuration, school: School) -> None:
    weak = {key: "E" for key in rubric.criteria if key[0] in "234"}
    found = {shift.area: shift for shift in again(stored(rubric, school, weak), rubric, six.rubric).shifts}
    assert found[1].since == (1, 2, 3)
    assert (found[1].before, found[1].after, found[1].direction) == ("Emerging to Established", "Emerging", Direction.BETWEEN)
    assert found[1].rule == "All 14 criteria are at Emerging or better; half are needed."
    assert set(found) == {1, 6}  # six of nine, and four of six: Established both times


def test_a_draft_that_asks_more_lowers_and_says_what_is_missed(rubric: Rubric, school: School) -> None:
    rules = rubric.frame.rules
    stricter = replace(rules.overall.levels[1], share=Fraction(1))
    levels = (rules.overall.levels[0], stricter)
    frame = replace(rubric.frame, rules=replace(rules, overall=replace(rules.overall, levels=levels)))
    draft = Rubric(replace(frame, version="2-0"), rubric.areas)
    record = stored(rubric, school, {key: "E" for key in rubric.criteria if key[0] == "9"})
    (shift,) = again(record, rubric, draft).shifts
    assert (shift.area, shift.before, shift.after, shift.direction) == (0, "Established", "Emerging", Direction.LOWER)
    assert shift.cause == "Fewer than all of areas at Established or better"
    assert shift.rule


def test_a_gate_that_is_new_caps_and_is_named(rubric: Rubric, school: School) -> None:
    gate = rubric.criteria["5.1"].gate
    criteria = tuple(replace(one, gate=gate) if one.id == "9.1" else one for one in rubric.areas[8].criteria)
    draft = Rubric(rubric.frame, (*rubric.areas[:8], replace(rubric.areas[8], criteria=criteria)))
    found = again(stored(rubric, school, {"9.1": "N"}, "A"), rubric, draft).shifts
    assert {(shift.area, shift.cause) for shift in found} == {(0, "A statutory duty is not yet in place")}


# The paper.


def shift(after: str, direction: Direction = Direction.LOWER, area: int = 0) -> Shift:
    return Shift(
        area,
        (area,) if area else (),
        "Established",
        after,
        direction,
        "A rule.",
        "Fewer than two thirds of areas at Established or better",
    )


def answer_of(schools: list[Again], areas: range | tuple[int, ...] = (1, 5, 6, 7, 8, 9)) -> WhatIf:
    return WhatIf(SIX, (NINE,), tuple(schools), {area: (area,) for area in areas}, ("1.3",), (), True)


@pytest.mark.parametrize(("count", "said"), [(0, "none"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (61, "61")])
def test_small_numbers_are_in_words(count: int, said: str) -> None:
    assert say_small(count) == said


def test_the_summary_counts_schools_and_ways(school: School) -> None:
    lower, higher, same = (
        Again(school, (shift("Emerging"),)),
        Again(school, (shift("Advanced", Direction.HIGHER),)),
        Again(school, ()),
    )
    assert summarise_change(answer_of([same] * 4)) == "Of 4 schools, nobody's overall rating would change."
    said = summarise_change(answer_of([lower] * 6 + [higher] + [same] * 3))
    assert said == "Of 10 schools, 7 would have another overall rating: 1 higher and 6 lower."


def test_the_paper_names_no_school_and_gives_no_small_number(
    configuration: Configuration, school: School, six: Configuration
) -> None:
    schools = [Again(school, (shift("Emerging"),))] * 3 + [Again(OTHER, ())] * 9
    paper = write_paper(answer_of(schools), six.rubric, configuration, CYCLE, date(2026, 11, 23))
    assert [(move.before, move.after, move.schools) for move in paper.moves] == [("Established", "Emerging", "not shown")]
    assert school.name not in repr(paper)
    assert school.urn not in repr(paper)
    assert {place.district_change for place in paper.places} == {"not shown", "none"}


def test_the_paper_gives_no_small_number_away(configuration: Configuration, school: School, six: Configuration) -> None:
    """Three schools fall to Emerging, twenty to Not yet Emerging and thirty rise: of 53, and of 23 that fall."""
    falls, sinks, rises = shift("Emerging"), shift("Not yet Emerging"), shift("Advanced", Direction.HIGHER)
    shifts = [falls] * 3 + [sinks] * 20 + [rises] * 30
    far = replace(school, district="Quillborough")
    schools = [Again(school if number else far, (one,)) for number, one in enumerate(shifts)]
    paper = write_paper(answer_of(schools), six.rubric, configuration, CYCLE, date(2026, 11, 23))
    assert paper.summary == "Of 53 schools, 53 would have another overall rating: 30 higher and 23 lower."
    assert [(move.after, move.schools) for move in paper.moves] == [
        ("Advanced", "30"), ("Not yet Emerging", "not shown"), ("Emerging", "not shown"),
    ]  # fmt: skip
    assert [place.district_change for place in paper.places] == ["not shown", "not shown"]
    few = write_paper(answer_of(schools[:33]), six.rubric, configuration, CYCLE, date(2026, 11, 23))
    assert few.summary.endswith("33 would have another overall rating: 10 higher and 23 lower.")
    fewer = write_paper(answer_of(schools[:24]), six.rubric, configuration, CYCLE, date(2026, 11, 23))
    assert fewer.summary.endswith("24 would have another overall rating: some higher and some lower.")
    assert {move.schools for move in fewer.moves} == {"not shown"}


def crowded(rubric: Rubric, school: School) -> list[Again]:
    """Every table as long as it can be: many levels, nine areas, twelve districts and eight phases."""
    words = ["Not yet Emerging", "Emerging", "Advanced", "Not rated", "Established", "Not applicable"]
    schools = []
    for number, phase in enumerate([*Phase] * 4):
        one = replace(school, phase=phase, district=f"Sallowby & Tillingmere {number % 12}")
        areas = (shift("Emerging", area=area.number) for area in rubric.areas)
        schools.append(Again(one, (shift(words[number % 6]), *areas)))
    return schools


@pytest.mark.parametrize("kind", ["crowded", "nothing"])
def test_the_paper_is_one_page(
    kind: str, configuration: Configuration, rubric: Rubric, school: School, convert: Convert, tmp_path: Path
) -> None:
    schools = crowded(rubric, school) if kind == "crowded" else [Again(school, ())]
    since = {area.number: (1, 2, 3) for area in rubric.areas}
    what_if = replace(answer_of(schools), sources=since, merged=tuple(rubric.criteria), new=tuple(rubric.criteria))
    paper = write_paper(what_if, rubric, configuration, CYCLE, date(2026, 11, 23))
    template, findings = load_template(ROOT / "templates" / "what_if.docx", "what_if.docx", Paper)
    assert findings == ()
    assert template is not None
    content, faults = template.fill(paper, Properties("What if", "Council", CYCLE), date(2026, 11, 23))
    assert faults == ()
    assert content is not None
    assert not re.search(r"\{[{%#]|[}%#]\}", texts(content))
    (tmp_path / "paper.docx").write_bytes(content)
    pdf = convert(tmp_path / "paper.docx", "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1


# The command.


@pytest.fixture
def rated(project: Path, records: Path) -> Path:
    """A project whose two returns were rated."""
    shutil.copytree(records, project / "outputs" / CYCLE / "records")
    return project


@pytest.fixture(scope="module")
def records(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a school that is weak in areas 2, 3 and 9, and of one that is even."""
    folder = tmp_path_factory.mktemp("rated")
    for name in ("config", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "inputs" / CYCLE / "returns").mkdir(parents=True)
    weak = {key: "E" for key in configuration.rubric.criteria if key[0] in "239"}
    first, second = list(load_register(folder / "config" / "schools.csv", "")[0].values())[:2]
    drop(folder, "weak.xlsx", complete(first, configuration, weak))
    drop(folder, "even.xlsx", complete(second, configuration))
    assert inclusion("run", "--project", str(folder), "-q")[0] == 0
    return folder / "outputs" / CYCLE / "records"


def weak_one(rated: Path) -> Path:
    return next(path for path in (rated / "outputs" / CYCLE / "records").iterdir() if b"weak.xlsx" in path.read_bytes())


def test_the_table_names_who_changes_and_the_outputs_stay(rated: Path) -> None:
    before, weak = outputs(rated), json.loads(weak_one(rated).read_bytes())["school"]
    code, said, _ = inclusion("what-if", "config/rubric-six", "--project", str(rated))
    assert code == 0
    assert outputs(rated) == before
    folder = rated / "what-if" / CYCLE / SIX
    assert sorted(path.name for path in folder.iterdir()) == ["what-if.docx", "what-if.xlsx"]
    workbook = load_workbook(folder / "what-if.xlsx")
    assert workbook.sheetnames == ["Summary", "Schools that change", "From and to", "By area", "By district", "By phase"]
    rows = [[cell.value for cell in row] for row in workbook["Schools that change"].iter_rows(min_row=2)]
    assert {row[0] for row in rows} == {weak["urn"]}
    assert next(row[4:9] for row in rows) == ["Overall", "Overall", "Established", "Emerging", "Lower"]
    assert all(f"{row[9]}".endswith(".") for row in rows)
    assert "Of 2 schools, 1 would have another overall rating: 1 lower." in said
    paper = texts((folder / "what-if.docx").read_bytes())
    assert weak["name"] not in paper
    assert "fewer than 5 lower" in paper
    again_code, again_said, _ = inclusion(
        "what-if", str(rated / "config" / "rubric"), "--project", str(rated), "--out", str(rated / "x")
    )
    assert again_code == 0
    assert "Of 2 schools, nobody's overall rating would change." in again_said


def test_a_draft_with_mistakes_and_a_cycle_without_records_write_nothing(rated: Path) -> None:
    shutil.copytree(rated / "config" / "rubric-six", rated / "draft")
    area = rated / "draft" / "area-1.yaml"
    area.write_text(area.read_text("utf-8").replace("lead:", "leed:", 1), "utf-8")
    code, said, errors = inclusion("what-if", "draft", "--project", str(rated))
    assert code == 1
    assert "CF103" in errors
    assert "Nothing was written" in said
    records = rated / "outputs" / CYCLE / "records"
    for path in records.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    code, _, errors = inclusion("what-if", "config/rubric-six", "--project", str(rated))
    assert code == 1
    assert "WI102" in errors
    assert "WI101" in errors
    assert not (rated / "what-if").exists()
    assert inclusion("what-if", "nowhere", "--project", str(rated))[0] == 2
    assert inclusion("what-if", "config/rubric", "--project", str(rated), "--out", str(rated / "outputs" / "x"))[0] == 2


def test_a_record_whose_edition_leads_nowhere_is_left_out_and_told(rated: Path) -> None:
    path = weak_one(rated)
    record = json.loads(path.read_bytes())
    record["made_by"]["rubric"] = "another-rubric 1-0"
    path.write_text(json.dumps(record), "utf-8")
    code, said, errors = inclusion("what-if", "config/rubric-six", "--project", str(rated))
    assert code == 0
    assert "WI103" in errors
    assert "Of 1 school, nobody's overall rating would change." in said


def test_what_had_no_rating_and_has_one_now_is_told(rubric: Rubric, school: School) -> None:
    record = stored(rubric, school, {"5.1": "?", "5.2": "?", "5.3": "?"})
    assert record.areas[5] == Rated(None, State.NOT_RATED)
    criteria = tuple(one for one in rubric.areas[4].criteria if one.id not in ("5.1", "5.2", "5.3"))
    draft = Rubric(rubric.frame, tuple(replace(area, criteria=criteria) if area.number == 5 else area for area in rubric.areas))
    found = {shift.area: shift for shift in again(record, rubric, draft).shifts}
    assert (found[5].before, found[5].after, found[5].direction) == ("Not rated", "Established", Direction.NOW_RATED)
    back = {shift.area: shift.direction for shift in again(stored(draft, school), draft, rubric).shifts}
    assert back[5] is Direction.NOT_RATED

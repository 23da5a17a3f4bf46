"""`inclusion explain`: an officer can read aloud why a rating is what it is, and find every cell it came from."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion, outputs, texts

from pipeline.model.explanation import Explanation
from pipeline.model.finding import Finding, Place
from pipeline.model.level import Level
from pipeline.model.moderation import Moderated
from pipeline.model.project import Configuration
from pipeline.model.record import Record
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import OwnView
from pipeline.readers.record import load_record
from pipeline.rules.explaining import explain
from pipeline.rules.telling import tell
from pipeline.runner.explaining import explain_school
from pipeline.runner.workspace import Workspace, open_workspace

PRIVATE = "Mostly, but Tobias Fernlow still runs out of lessons"
# Area 1: a duty not in place, Advanced without evidence, a synonym. Area 2: a blank, an answer of no use, and one of several levels.
ANSWERS = {
    "1.1": "A", "1.2": "N", "1.3": "A", "1.4": "1 - emerging", "1.5": "N",
    "2.1": "?", "2.2": PRIVATE, "2.3": "x", "2.4": "E", "2.5": "E", "2.6": "E",
}  # fmt: skip
EVIDENCE = {"1.1": PRIVATE, "1.3": "", "2.3": "No pupil is funded so here."}
RUBRIC_FILE = "rubric/rubric.yaml"


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory, configuration: Configuration) -> Path:
    """A project with one return read and rated, and one sent back."""
    folder = tmp_path_factory.mktemp("explained")
    for name in ("config", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "inputs" / CYCLE / "returns").mkdir(parents=True)
    rows = (
        "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),PhaseOfEducation (name),DistrictAdministrative (name),Town,NumberOfPupils",
        "900202,999,4002,Quillborough Grange Academy,Academy converter,Secondary,Quillborough,Quillborough,934",
        "900303,999,4003,Hexcombe Park School,Community school,Secondary,Quillborough,Hexcombe,800",
        "900404,999,4004,Marlhurst School,Community school,Secondary,Quillborough,Marlhurst,700",
    )
    (folder / "config" / "schools.csv").write_text("\r\n".join((*rows, "")), encoding="cp1252", newline="")
    drop(folder, "return.xlsx", complete(OTHER, configuration, ANSWERS, evidence=EVIDENCE))
    thin = replace(OTHER, urn="900404", laestab="999/4004", name="Marlhurst School")
    drop(folder, "thin.xlsx", complete(thin, configuration, otherwise="?"))
    assert inclusion("run", "--project", str(folder), "-q", "--jobs", "1")[0] == 0
    return folder


@pytest.fixture
def copy(rated: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(rated, tmp_path / "copy")


def open_project(folder: Path) -> Workspace:
    workspace, findings = open_workspace(folder, None)
    assert workspace is not None, findings
    return workspace


@pytest.fixture(scope="module")
def record(rated: Path) -> Record:
    found, findings = load_record(rated / "outputs" / CYCLE / "records" / "900202.json", "900202.json")
    assert findings == ()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def explanation(record: Record, rubric: Rubric) -> Explanation:
    return explain(record, rubric, "Autumn term 2026")


AREA_1 = """\
Area 1, Leadership, Governance, and Structure: Emerging
  5 of the 7 criteria are at Emerging or better; half are needed.
  Why not Established? 4 of the 7 criteria are at Established or better; Established asks for three quarters, which is 6. 1.2 and 1.5 are Not yet in place; Established asks that none is.
  Statutory gap 1.5, G8: the duty is “Only the headteacher suspends or permanently excludes, no pupil is sent home informally, and the local authority is told of every suspension and exclusion without delay” (Suspension and permanent exclusion from maintained schools, academies and pupil referral units, including pupil movement).
  For Established: raise 1.5 to Emerging, and 1.2 and 1.4 to Established.
      1.2 Self-evaluation and the improvement cycle: G5, from Not yet in place to Established
      1.4 Governors' oversight of inclusion: G7, from Emerging to Established
      1.5 Exclusion avoidance as a leadership responsibility: G8, from Not yet in place to Emerging
  The answers that decided it, on the sheet “1 Leadership, Governance” of return.xlsx:
      1.1 Vision and values for inclusion: G4 holds “Advanced”
      1.3 SENCO and inclusion leadership: G6 holds “Advanced”; it counts as Established, as there is no evidence in H6
      1.4 Governors' oversight of inclusion: G7 holds “1 - emerging”, read as Emerging
      1.6 Admissions, roll integrity and off-rolling: G9 holds “Established”
      1.7 Equality and accessibility: G10 holds “Established”
  The other answers:
      1.2 Self-evaluation and the improvement cycle: G5 holds “Not yet in place”
      1.5 Exclusion avoidance as a leadership responsibility: G8 holds “Not yet in place”"""


def lines_of(explanation: Explanation, area: int) -> list[str]:
    one = explanation.about(area)
    assert one is not None
    return list(tell(one))


def test_an_area_is_explained_in_lines_that_can_be_read_aloud(explanation: Explanation) -> None:
    lines = lines_of(explanation, 1)
    assert lines[0] == "Quillborough Grange Academy (900202), Autumn term 2026"
    assert lines[1].startswith("From return.xlsx, rated on ")
    assert lines[1].endswith(" under the rubric inclusive-practice 1-0.")
    assert "\n".join(lines[4:]) == AREA_1


def test_blanks_and_answers_of_no_use_are_told_without_quoting_them(explanation: Explanation) -> None:
    shown = "\n".join(lines_of(explanation, 2))
    assert "2.1 Pupil Premium strategy: G4 is empty" in shown
    assert "G5 holds something that is not one of the answers" in shown
    assert "2.3 High Needs Funding: G6 holds “Not applicable”; it is left out of the count" in shown
    assert "2.1 Pupil Premium strategy: an answer in G4, Established or better" in shown


def test_the_overall_names_the_gap_that_holds_it_with_its_sheet(explanation: Explanation) -> None:
    overall = explanation.ratings[0]
    assert overall.area == 0
    assert overall.without_gates == "Established"
    shown = "\n".join(tell(explanation))
    assert "holds the rating at Emerging; otherwise it would be Established." in shown
    assert "Statutory gap 1.5, “1 Leadership, Governance” G8: the duty is “Only the headteacher" in shown
    assert shown.count("indicative") == 1


def test_nothing_a_school_wrote_is_said_and_both_forms_say_the_same(explanation: Explanation, rated: Path) -> None:
    code, out, errors = inclusion("explain", "900202", "--project", str(rated))
    assert (code, errors) == (0, "")
    assert out.splitlines() == list(tell(explanation))
    code, as_json, errors = inclusion("explain", "900202", "--area", "2", "--json", "--project", str(rated))
    assert (code, errors) == (0, "")
    for text in (out, as_json):
        assert "Fernlow" not in text
        assert "funded so" not in text
    told, wanted = json.loads(as_json), explanation.about(2)
    assert wanted is not None
    assert [rating["area"] for rating in told["ratings"]] == [2]
    assert told["ratings"][0]["lift"] == wanted.ratings[0].lift
    assert told["ratings"][0]["answers"][1]["place"] == {"file": "return.xlsx", "sheet": "2 Use of Resources", "cell": "G5"}


def test_the_plan_has_the_same_two_sentences_for_every_rating_and_every_cell(explanation: Explanation, rated: Path) -> None:
    plan = next(content for path, content in outputs(rated).items() if path.startswith("plans/900202"))
    shown = texts(plan)
    for rating in explanation.ratings:
        assert rating.reason in shown, rating.title
        assert rating.lift in shown, rating.title
        if rating.area:
            section = shown.split(f"\n{rating.title.replace(',', ':', 1)}\n")[-1].split(f"\nArea {rating.area + 1}: ")[0]
            assert f"{rating.reason} {rating.lift}".strip() in section.splitlines()[1], section[:300]
    appendix = shown[shown.rindex("1.1\n") :]
    for answer in (answer for rating in explanation.ratings for answer in rating.answers):
        assert f"{answer.criterion}\n{answer.title}\n" in appendix
        assert f"{answer.place.sheet}, {answer.place.cell}" in appendix


def test_a_wrong_urn_or_area_is_wrong_usage_with_a_hint(rated: Path) -> None:
    code, _, errors = inclusion("explain", "900220", "--project", str(rated))
    assert code == 2
    assert "no school of the register has the URN 900220. Did you mean 900202 (Quillborough Grange Academy)" in errors
    code, out, errors = inclusion("explain", "900202", "--area", "12", "--project", str(rated))
    assert (code, out) == (2, "")
    assert "the school has no Area 12; choose one of 1, 2, 3, 4, 5, 6, 7, 8, 9." in errors


def found(folder: Path, urn: str = "900202") -> tuple[Explanation | None, list[Finding]]:
    explanation, findings = explain_school(open_project(folder), urn)
    return explanation, list(findings)


def test_without_a_record_it_says_what_has_to_happen_first(rated: Path, copy: Path) -> None:
    explanation, (never,) = found(rated, "900303")
    assert explanation is None
    assert (never.code, never.seen) == ("EX101", "no return in the last run")
    _, (thin,) = found(rated, "900404")
    assert (thin.code, thin.seen) == ("EX101", "the return was sent back")
    shutil.rmtree(copy / "outputs")
    _, (early,) = found(copy)
    assert (early.code, early.fix) == ("EX101", f"Run first: inclusion run --cycle {CYCLE}.")
    code, out, errors = inclusion("explain", "900202", "--project", str(copy))
    assert (code, out) == (1, "")
    assert "EX101" in errors


def test_a_return_that_has_changed_or_gone_is_told(copy: Path) -> None:
    path = copy / "inputs" / CYCLE / "returns" / "return.xlsx"
    path.write_bytes(path.read_bytes() + b" ")
    explanation, (changed,) = found(copy)
    assert explanation is not None
    assert (changed.code, changed.place.file) == ("EX103", "return.xlsx")
    path.unlink()
    assert [(one.code, one.seen) for one in found(copy)[1]] == [("EX103", "no such file any more")]


def test_rules_that_have_changed_since_are_told(copy: Path) -> None:
    path = copy / "config" / RUBRIC_FILE
    path.write_text(path.read_text("utf-8").replace("share: 1/2", "share: 2/3"), "utf-8")
    explanation, findings = found(copy)
    assert explanation is not None
    assert [one.code for one in findings] == ["EX104"]


def broken(whole: bytes) -> Iterator[bytes]:
    told = json.loads(whole)
    yield from (b"", b"[]", b"null", b"\xff", whole[:-9], b'{"school": {}}')
    for field in ("made_by", "school", "submission", "assessment", "findings"):
        yield json.dumps({key: value for key, value in told.items() if key != field}).encode()
        yield json.dumps({**told, field: 7}).encode()
    told["assessment"]["areas"][0]["rating"]["level"] = "outstanding"
    yield json.dumps(told).encode()


def test_a_record_that_cannot_be_read_is_told(copy: Path) -> None:
    path = copy / "outputs" / CYCLE / "records" / "900202.json"
    workspace = open_project(copy)
    for content in broken(path.read_bytes()):
        path.write_bytes(content)
        explanation, (finding,) = explain_school(workspace, "900202")
        assert explanation is None
        assert (finding.code, finding.place.file) == ("EX102", f"outputs/{CYCLE}/records/900202.json"), content[:60]


def test_a_record_of_an_earlier_program_is_read(record: Record, tmp_path: Path, rated: Path) -> None:
    """Fields with a default may be missing, and others be there."""
    told = json.loads((rated / "outputs" / CYCLE / "records" / "900202.json").read_bytes())
    for area in told["assessment"]["areas"]:
        area["rating"]["changes"] = []
        for standing in area["standings"]:
            del standing["has_evidence"]
    del told["submission"]["views"], told["assessment"]["moderated"]
    told["school"]["motto"] = "more"
    (tmp_path / "old.json").write_text(json.dumps(told), "utf-8")
    old, findings = load_record(tmp_path / "old.json", "old.json")
    assert findings == ()
    assert old is not None
    assert [getattr(old.school, field.name) for field in fields(School)] == [
        getattr(record.school, field.name) for field in fields(School)
    ]
    assert old.submission.responses == record.submission.responses


def test_another_view_stands_beside_the_rating(record: Record, rubric: Rubric) -> None:
    view = OwnView(1, Level.ADVANCED, Place("return.xlsx", "Your school", "B20"))
    seen = Moderated(1, Level.EMERGING, f"As {PRIVATE}.", "R. Cobbley", date(2026, 12, 3))
    both = replace(
        record,
        submission=replace(record.submission, views=(view,)),
        assessment=replace(record.assessment, moderated=(seen,)),
    )
    shown = lines_of(explain(both, rubric, "Autumn term 2026"), 1)
    assert shown[-2:] == [
        "  The school's own view is Advanced, read in “Your school” B20, higher than this rating.",
        "  R. Cobbley saw it at Emerging on 3 December 2026, the same as this rating; the reason is in the school's record.",
    ]
    assert "saw it" not in "\n".join(lines_of(explain(both, rubric, ""), 2))


def test_two_answers_that_disagree_and_a_row_that_is_missing_are_told_as_such(record: Record, rubric: Rubric) -> None:
    first, second, *others = record.submission.responses
    responses = (
        replace(first, answer=None, typed="Advanced"),
        replace(second, answer=None, typed="no row", place=Place("return.xlsx")),
        *others,
    )
    changed = replace(record, submission=replace(record.submission, responses=responses))
    shown = "\n".join(lines_of(explain(changed, rubric, ""), 1))
    assert "G4 holds “Advanced”; it does not count, as it is answered differently in another place" in shown
    assert "1.2 Self-evaluation and the improvement cycle: no row for it in the workbook" in shown

"""The six-area rubric: areas 2, 3 and 4 merged away, and nothing of them lost."""

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import CYCLE, LETTERS, complete, drop, inclusion, outputs

from pipeline.demo.phrases import load_evidence
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase, School
from pipeline.readers.config import load_configuration
from pipeline.rules.rating import meets

MERGED = {
    "1.3": ("1.3", "3.1"), "1.4": ("1.4", "3.4"), "1.7": ("1.7", "2.6"), "6.3": ("6.3", "4.6"), "6.5": ("6.5", "2.2"),
    "6.6": ("6.6", "4.5"), "6.12": ("4.2", "4.3"),
}  # fmt: skip
NOT_TO_BE_LOST = ("lift", "high-needs-funding", "pupil-premium")


def came_from(new: Rubric) -> dict[str, str]:
    """Old id → the criterion that answers for it."""
    return {old: one.id for one in new.criteria.values() for old in one.formerly or (one.id,)}


def test_six_areas_keep_their_numbers_and_names(rubric: Rubric, six: Configuration) -> None:
    old = {area.number: area.name for area in rubric.areas}
    assert {area.number: area.name for area in six.rubric.areas} == {number: old[number] for number in (1, 5, 6, 7, 8, 9)}
    assert [len(area.criteria) for area in six.rubric.areas] == [14, 7, 14, 7, 7, 7]
    assert six.rubric.frame.follows == rubric.edition


def test_every_criterion_of_the_nine_areas_went_to_exactly_one_place(rubric: Rubric, six: Configuration) -> None:
    taken = Counter(old for one in six.rubric.criteria.values() for old in one.formerly or (one.id,))
    assert taken == Counter(list(rubric.criteria))
    assert {one.id: one.formerly for one in six.rubric.criteria.values() if len(one.formerly) > 1} == MERGED


def test_criteria_went_where_the_crosswalk_says(rubric: Rubric, six: Configuration) -> None:
    allowed = {area.number: area.crosswalk or (area.number,) for area in rubric.areas}
    for old, new in came_from(six.rubric).items():
        assert six.rubric.criteria[new].area_number in allowed[rubric.criteria[old].area_number], (old, new)


def test_a_criterion_that_only_moved_reads_as_it_did(rubric: Rubric, six: Configuration) -> None:
    for old, new in came_from(six.rubric).items():
        if new not in MERGED:
            before, after = vars(rubric.criteria[old]), vars(six.rubric.criteria[new])
            assert {key: after[key] for key in before if key not in ("id", "formerly")} == {
                key: before[key] for key in before if key not in ("id", "formerly")
            }


def test_every_gate_survives_with_its_duty_and_source(rubric: Rubric, six: Configuration) -> None:
    heirs = came_from(six.rubric)
    for old in rubric.criteria.values():
        if old.gate:
            assert six.rubric.criteria[heirs[old.id]].gate == old.gate, old.id
    assert sum(one.gate is not None for one in six.rubric.criteria.values()) == 19


def test_every_theme_is_as_well_covered(rubric: Rubric, six: Configuration) -> None:
    heirs = came_from(six.rubric)
    for theme in rubric.frame.themes:
        before = [one.id for one in rubric.criteria.values() if theme in one.themes]
        after = {one.id for one in six.rubric.criteria.values() if theme in one.themes}
        assert after == {heirs[old] for old in before}, theme
        if theme in NOT_TO_BE_LOST:
            assert len(after) == len(before), theme


def test_a_school_is_asked_what_its_phase_allows(six: Configuration) -> None:
    asked = {phase: {one.id for one in six.rubric.criteria_for(phase)} for phase in Phase}
    assert len(asked[Phase.PRIMARY]) == 56
    assert asked[Phase.PRIMARY] - asked[Phase.SPECIAL] == {"1.14"}
    assert asked[Phase.PRIMARY] - asked[Phase.NURSERY] == {"1.13", "1.14"}


@pytest.mark.parametrize(("levels", "level"), [("AAAASS", "advanced"), ("AAASSS", "established"), ("SSSSEE", "established")])
def test_two_thirds_of_six_are_four(levels: str, level: str, six: Configuration) -> None:
    by_area = {str(area.number): LETTERS[letter] for area, letter in zip(six.rubric.areas, levels, strict=True)}
    met = next(rule for rule in six.rubric.frame.rules.overall.levels if meets(by_area, rule))
    assert met.level.key == level


def test_lists_that_name_the_nine_areas_criteria_serve_the_six(configuration: Configuration, six: Configuration) -> None:
    def topics(one: Configuration) -> dict[str, set[str]]:
        return {resource.id: set(resource.topics) for resource in one.resources}

    heirs = came_from(six.rubric)
    assert topics(six) == {key: {heirs[topic] for topic in named} for key, named in topics(configuration).items()}
    for before, after in zip(configuration.checklist.areas, six.checklist.areas, strict=True):
        assert set(after.criteria) == {heirs[key] for key in before.criteria}
        assert len(set(after.criteria)) == len(after.criteria)
    money = next(resource for resource in six.resources if resource.id == "R61")
    assert (money.areas, money.topics) == ((6,), ("6.10",))


@pytest.fixture
def on_six(project: Path) -> Path:
    """A project whose officer changed one word."""
    settings = project / "config" / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("rubric: rubric ", "rubric: rubric-six "), "utf-8")
    return project


def test_retiring_three_areas_is_one_changed_word(on_six: Path, school: School) -> None:
    loaded, findings = load_configuration(on_six / "config")
    assert findings == ()
    assert loaded is not None
    assert len(loaded.rubric.areas) == 6
    drop(on_six, "return.xlsx", complete(school, loaded, {"1.13": "N", "6.10": "A", "1.10": "E"}))
    code, said, _ = inclusion("run", "--project", str(on_six))
    assert code == 0
    made = outputs(on_six)
    assert "1 rated" in said
    assert made["findings.csv"].count(b"\n") == 1
    record = made[f"records/{school.urn}.json"].decode()
    assert '"rubric": "inclusive-practice 2-0"' in record
    assert re.search(r'"criterion": "1.13",\s+"area": 1,\s+"kind": "Statutory gap"', record)
    assert inclusion("workbooks", "--project", str(on_six))[0] == 0
    assert len(list((on_six / "outputs" / CYCLE / "workbooks").glob("*.xlsx"))) == 2


def test_the_invented_county_has_words_for_every_criterion(six: Configuration) -> None:
    evidence = load_evidence(six.rubric)
    assert evidence.keys() == six.rubric.criteria.keys()
    assert all({"established", "own"} <= told.keys() for told in evidence.values())

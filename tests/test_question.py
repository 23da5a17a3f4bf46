"""Which questions tell nothing: small counties worked out by hand, and the ratings they are weighed by held against the rules' own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest
from conftest import OTHER
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import AreaRating, Standing
from pipeline.model.finding import Place
from pipeline.model.level import LEVELS, State
from pipeline.model.profile import Profile, ProfileAnswer, ProfileArea
from pipeline.model.rubric import Rubric
from pipeline.rules.question import Question, weigh_questions
from pipeline.rules.rating import rate_area

Rate = Callable[[Iterable[str], int], AreaRating]
KEYS = dict(zip("NESAx?", ("not-yet", "emerging", "established", "advanced", "not-applicable", "not-rated"), strict=True))


def profile(urn: int, letters: str, area: int = 1) -> Profile:
    """A school's answers in one area."""
    answers = tuple(
        ProfileAnswer(f"{area}.{number}", KEYS[letter], KEYS[letter], True, "", "", "")
        for number, letter in enumerate(letters, 1)
    )
    school = replace(OTHER, urn=f"{900000 + urn}")
    areas = (ProfileArea(area, "emerging", "", "", "", "", (), (), ()),)
    return Profile(school, "", "r 1-0", None, False, None, areas, answers, (), (), ())


def weigh(rubric: Rubric, *schools: str) -> Mapping[str, Question]:
    found = weigh_questions([profile(urn, letters) for urn, letters in enumerate(schools)], rubric)
    assert [one.criterion for one in found] == list(rubric.criteria)
    return {one.criterion: one for one in found}


def test_a_question_always_answered_alike_is_told_and_one_of_few_answers_is_not(rubric: Rubric) -> None:
    found = weigh(rubric, *["SSSSSSE"] * 3, *["SESSSSE"] * 3)
    assert (
        found["1.1"].verdict
        == "All 6 schools answered “Established”. No school's rating of the area would be another without it."
    )
    assert found["1.1"].is_spare
    assert (found["1.2"].answers, found["1.2"].alike, found["1.2"].commonest) == (6, 3, "Emerging")
    few = weigh(rubric, *["SSSSSSE"] * 4)
    assert few["1.1"].verdict == ""
    assert not few["1.1"].is_spare


def test_a_question_that_decides_one_school_is_not_proposed(rubric: Rubric) -> None:
    """Five of seven at Established are too few: 6 are needed. Without one that is Emerging, 5 of 6 do."""
    found = weigh(rubric, *["SSSSSSS"] * 8, "ESSSSES")
    assert (found["1.1"].decided, found["1.6"].decided) == (1, 1)
    assert found["1.2"].decided == 0
    assert not found["1.1"].is_spare
    assert found["1.2"].is_spare


def test_statutory_questions_are_marked_and_stay(rubric: Rubric) -> None:
    found = weigh(rubric, *["SSSSSSS"] * 6)
    gates = {one.id for one in rubric.criteria.values() if one.gate and one.area_number == 1}
    assert gates
    for key in gates:
        assert found[key].is_statutory
        assert found[key].verdict.endswith("It is statutory, and stays.")
        assert not found[key].is_spare


@settings(max_examples=150, deadline=None)
@given(st.text("NESAx?", min_size=7, max_size=7), st.sampled_from(range(1, 10)))
def test_what_decides_is_what_the_rules_rate_otherwise_without_it(rubric: Rubric, letters: str, area: int) -> None:
    def standing(key: str, letter: str) -> Standing:
        level = LEVELS.get(KEYS[letter])
        state = State.RATED if level is not None else State(KEYS[letter])
        return Standing(key, state, level, level, rubric.criteria[key].gate is not None, Place("", "", ""))

    keys = [one.id for one in rubric.areas[area - 1].criteria]
    standings = [standing(key, letter) for key, letter in zip(keys, letters, strict=True)]
    rated = rate_area(rubric.areas[area - 1], standings, rubric).rating.level
    weighed = {one.criterion: one.decided for one in weigh_questions([profile(1, letters, area)], rubric)}
    for at, key in enumerate(keys):
        without = rate_area(rubric.areas[area - 1], [*standings[:at], *standings[at + 1 :]], rubric).rating.level
        applies = standings[at].state is not State.NOT_APPLICABLE
        assert weighed[key] == (applies and rated is not without), key


@pytest.mark.parametrize("letters", ["xxxxxxx", "???????"])
def test_an_area_without_answers_weighs_nothing(letters: str, rubric: Rubric) -> None:
    assert not any(one.decided or one.verdict for one in weigh(rubric, *[letters] * 9).values())

"""Ratings: the case tables a policy officer can read, and the laws that hold for every school."""

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from conftest import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import AreaRating
from pipeline.model.level import Level, State
from pipeline.model.rubric import Rubric
from pipeline.rules.explanation import describe_rules
from pipeline.rules.rating import derive, rate_overall

Rate = Callable[..., AreaRating]

AREA_OF = {
    "A": "A A A A A A A", "S": "S S S S S S S", "E": "E E E E E E E", "G": "A A A A A A N!", "g": "N N N N N N N!",
    "N": "N N N N N N N", "x": "x x x x x x x", "?": "? ? ? ? ? ? ?!",
}  # fmt: skip
BETTER = {"N": "E", "E": "S", "S": "A", "a": "A", "?": "N"}
codes = st.sampled_from(["A", "a", "S", "E", "N", "N!", "E!", "S!", "A!", "x", "?", "?!"])
area_codes = st.lists(codes, min_size=1, max_size=9)


@pytest.mark.parametrize(("letters", "expected"), read_cases("areas.md"))
def test_rate_area_follows_the_table(letters: list[str], expected: str, rate: Rate, rubric: Rubric) -> None:
    rating = rate(letters).rating
    assert rubric.label(rating.level, rating.state) == expected


@pytest.mark.parametrize(("letters", "expected"), read_cases("overall.md"))
def test_rate_overall_follows_the_table(letters: list[str], expected: str, rate: Rate, rubric: Rubric) -> None:
    areas = [rate(AREA_OF[letter].split(), number) for number, letter in enumerate(letters, 1)]
    rating = rate_overall(areas, rubric)
    assert rating is not None
    assert rubric.label(rating.level, rating.state) == expected


def bounds(rating: AreaRating) -> tuple[int, int]:
    return int(rating.rating.lowest or 0), int(rating.rating.highest or 0)


@given(letters=area_codes, data=st.data())
def test_a_better_answer_never_lowers_an_area(letters: list[str], data: st.DataObject, rate: Rate) -> None:
    place = data.draw(st.integers(0, len(letters) - 1))
    if letters[place][0] not in BETTER:
        return
    better = [*letters]
    better[place] = BETTER[letters[place][0]] + letters[place][1:]
    before, after = bounds(rate(letters)), bounds(rate(better))
    assert after[0] >= before[0]
    if letters[place][0] != "?":  # answering a blank narrows the range from both ends
        assert after[1] >= before[1]


@given(letters=area_codes, random=st.randoms())
def test_the_order_of_answers_never_matters(letters: list[str], random: object, rate: Rate) -> None:
    shuffled = [*letters]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = rate(letters).rating, rate(shuffled).rating
    assert (before.state, before.level, before.lowest, before.highest) == (
        after.state,
        after.level,
        after.lowest,
        after.highest,
    )


@given(lists=st.lists(area_codes, min_size=9, max_size=9), absent=st.integers(1, 9))
@settings(max_examples=60)
def test_an_area_that_does_not_apply_never_drags_the_overall(
    lists: list[list[str]], absent: int, rate: Rate, rubric: Rubric
) -> None:
    rated = [rate(letters, number) for number, letters in enumerate(lists, 1)]
    without = [area for area in rated if area.area != absent]
    with_empty = [rate(["x"] * 7, area.area) if area.area == absent else area for area in rated]
    assert rate_overall(with_empty, rubric) == rate_overall(without, rubric)


@given(lists=st.lists(area_codes, min_size=9, max_size=9), which=st.integers(0, 8), data=st.data())
@settings(max_examples=60)
def test_a_better_answer_never_lowers_the_overall(
    lists: list[list[str]], which: int, data: st.DataObject, rate: Rate, rubric: Rubric
) -> None:
    place = data.draw(st.integers(0, len(lists[which]) - 1))
    code = lists[which][place]
    if code[0] not in BETTER or code[0] == "?":
        return
    better = [[*letters] for letters in lists]
    better[which][place] = BETTER[code[0]] + code[1:]
    before, after = (
        rate_overall([rate(letters, number) for number, letters in enumerate(version, 1)], rubric)
        for version in (lists, better)
    )
    assert before is not None
    assert after is not None
    assert (after.lowest or 0) >= (before.lowest or 0)
    assert (after.highest or 0) >= (before.highest or 0)


@given(letters=area_codes)
def test_any_answer_to_the_blanks_lands_between_the_two_bounds(letters: list[str], rate: Rate) -> None:
    blanks = [place for place, code in enumerate(letters) if code[0] == "?"]
    if not 0 < len(blanks) <= 3:
        return
    low, high = bounds(rate(letters))
    for filling in itertools.product("NESA", repeat=len(blanks)):
        filled = [*letters]
        for place, letter in zip(blanks, filling, strict=True):
            filled[place] = letter + letters[place][1:]
        assert low <= int(rate(filled).rating.level or 0) <= high


@given(share=st.fractions(0, 1, max_denominator=12).filter(bool), count=st.integers(0, 70))
def test_a_share_of_criteria_is_counted_in_whole_ones_and_exactly(share: Fraction, count: int, rubric: Rubric) -> None:
    needed = replace(rubric.frame.rules.area[0], share=share).needed(count)
    assert needed == math.ceil(share * count)
    assert count == 0 or Fraction(needed, count) >= share > Fraction(needed - 1, count)


def test_derive_never_exceeds_the_cap(rubric: Rubric) -> None:
    best = dict.fromkeys("1234567", Level.ADVANCED)
    assert derive(best, rubric.frame.rules.area, Level.NOT_YET, Level.EMERGING) is Level.EMERGING


@pytest.mark.parametrize(
    ("letters", "reason", "lift"),
    [
        ("A A A A A A S", "6 of the 7 criteria are at Advanced and none is below Established; three quarters are needed.", ""),
        (
            "S S S S S S E",
            "6 of the 7 criteria are at Established or better and none is Not yet in place; three quarters are needed.",
            "For Advanced: raise 1.7 to Established, and 1.1, 1.2, 1.3, 1.4, 1.5 and 1.6 to Advanced.",
        ),
        (
            "N N N N E E E",
            "3 of the 7 criteria are at Emerging or better; Emerging asks for half.",
            "For Emerging: raise 1.1 to Emerging.",
        ),
        (
            "A A A A A a a",
            "All 7 criteria are at Established or better; three quarters are needed.",
            "For Advanced: give evidence for 1.6.",
        ),
        (
            "S S S S S S ?",
            "1.7 is not answered: at its lowest this would be Emerging, at its highest Established.",
            "Answer what is blank, and the rating follows.",
        ),
        (
            "S S S E E E ?",
            "6 of the 7 criteria are at Emerging or better; half are needed. 1.7 is not answered, but no answer there would change this.",
            "For Established: answer 1.7 with Emerging or better, and raise 1.4, 1.5 and 1.6 to Established.",
        ),
        (
            "x x x x x x E",
            "The one criterion that applies is at Emerging or better; half are needed.",
            "For Established: raise 1.7 to Established.",
        ),
    ],
)
def test_rate_area_explains_itself(letters: str, reason: str, lift: str, rate: Rate) -> None:
    rating = rate(letters.split()).rating
    assert rating.reason == reason
    assert rating.lift == lift


def test_an_overall_that_is_held_by_a_gap_says_what_it_would_be(rate: Rate, rubric: Rubric) -> None:
    areas = [rate(("S S S S S S S" if number != 3 else "S S S S S S N!").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.reason == (
        "A statutory duty is not yet in place (3.7), which holds the rating at Emerging; otherwise it would be Established."
    )
    assert overall.lift == "For Established: close the statutory gap at 3.7."
    assert overall.without_gates is Level.ESTABLISHED


def test_an_area_held_only_by_blanks_names_them(rate: Rate) -> None:
    rating = rate(["A", "A", "A", "A", "A", "?", "?!"]).rating
    assert rating.state is State.NOT_RATED
    assert rating.blanks == ("1.6", "1.7")


def test_the_rules_are_told_as_they_are(rubric: Rubric) -> None:
    assert describe_rules(rubric) == (
        "An answer of Advanced with no evidence counts as Established until evidence is given.",
        "An area is Advanced where three quarters of the criteria that apply are at Advanced and none is below Established; "
        "Established where three quarters of the criteria that apply are at Established or better and none is Not yet in place; "
        "Emerging where half of the criteria that apply are at Emerging or better; otherwise Not yet Emerging.",
        "The overall rating is Advanced where two thirds of the rated areas are at Advanced and none is below Established; "
        "Established where two thirds of the rated areas are at Established or better, none is Not yet Emerging and Area 5 is at "
        "least Established; otherwise Emerging.",
        "A statutory criterion answered “Not yet in place” is a statutory gap. It is printed first, and until it is closed its "
        "area stays at Emerging or below and the overall rating at Emerging or below.",
    )

"""Pairing as laws: consent, caps, phases and districts hold for any county, and who could be helped is, where anybody can."""

from collections import Counter
from dataclasses import replace

from conftest import OTHER
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.level import Level
from pipeline.model.profile import Profile, ProfileArea
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase
from pipeline.model.settings import PairingRule
from pipeline.rules.pairing import _is_near_in_phase, pair_schools

KEYS = ("not-yet", "emerging", "established", "advanced", "not-rated")


def area(number: int, key: str, moderated: str = "") -> ProfileArea:
    return ProfileArea(number, key, "", "", "", "", (), (), (), moderated=moderated)


def profile(urn: int, levels: str | list[tuple[str, str]], **about: object) -> Profile:
    """A school whose areas stand at the letters' levels (N, E, S, A, ?), or at pairs of a key and a moderated one."""
    letters = dict(zip("NESA?", KEYS, strict=True))
    pairs = [(letters[one], "") for one in levels] if isinstance(levels, str) else levels
    areas = tuple(area(number, *pair) for number, pair in enumerate(pairs, 1))
    told = {key: value for key, value in about.items() if key != "shares"}
    school = replace(OTHER, urn=f"{900000 + urn}", name=f"School {urn}", **{"phase": Phase.PRIMARY, "district": "A", **told})  # type: ignore[arg-type]
    return Profile(school, "", "r 1-0", None, bool(about.get("shares", True)), None, areas, (), (), (), ())


@st.composite
def counties(draw: st.DrawFn) -> list[Profile]:
    levels = st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(("", "", "", "emerging", "advanced"))), min_size=3, max_size=3
    )
    return [
        profile(
            urn,
            draw(levels),
            shares=draw(st.booleans()),
            phase=draw(st.sampled_from(tuple(Phase)[:4])),
            district=draw(st.sampled_from("AB")),
        )
        for urn in range(draw(st.integers(1, 14)))
    ]


def level_of(one: Profile, number: int) -> str:
    found = one.areas[number - 1]
    return found.moderated or found.key


@settings(max_examples=150, deadline=None)
@given(counties(), st.integers(1, 3), st.booleans())
def test_nobody_is_named_who_should_not_be(rubric: Rubric, county: list[Profile], most: int, same_district: bool) -> None:
    rule = PairingRule(most, same_district)
    found = pair_schools(county, rubric, rule, "autumn")
    by_urn = {one.school.urn: one for one in county}
    needs = [
        (one.school.urn, a.number) for one in county for a in one.areas if level_of(one, a.number) in ("emerging", "not-yet")
    ]
    assert [(one.school.urn, one.area) for one in found] == needs  # each need once, in the order of schools and areas
    asked = Counter(one.helper.urn for one in found if one.helper)
    assert max(asked.values(), default=0) <= most
    for one in found:
        assert one.why.endswith(".")
        assert not any(other.school.name in one.why for other in county)
        if one.helper:
            helper = by_urn[one.helper.urn]
            assert helper.shares_practice
            assert level_of(helper, one.area) == "advanced"
            assert one.helper.urn != one.school.urn
            assert not same_district or one.helper.district == one.school.district
            assert _is_near_in_phase(one.helper.phase, one.school.phase)
            continue
        able = [  # nobody is left without help while a school that could give it is free
            other
            for other in county
            if other.shares_practice and level_of(other, one.area) == "advanced" and other.school.urn != one.school.urn
            and (not same_district or other.school.district == one.school.district)
            and _is_near_in_phase(other.school.phase, one.school.phase)
        ]  # fmt: skip
        assert all(asked[other.school.urn] == most for other in able)
        assert ("already" in one.why) is bool(able)


@settings(max_examples=50, deadline=None)
@given(counties(), st.randoms())
def test_who_helps_whom_does_not_hang_on_the_order_of_the_register(
    rubric: Rubric, county: list[Profile], random: object
) -> None:
    def pairs(schools: list[Profile]) -> set[tuple[str, int, str]]:
        found = pair_schools(schools, rubric, PairingRule(), "autumn")
        return {(one.school.urn, one.area, one.helper.urn if one.helper else "") for one in found}

    shuffled = list(county)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pairs(shuffled) == pairs(county)


def test_whom_an_adviser_has_seen_comes_first_then_phase_then_who_was_asked_least(rubric: Rubric) -> None:
    needy = profile(1, "E")
    seen = profile(2, [("established", "advanced")], phase=Phase.SECONDARY)
    unseen, next_phase = profile(3, "A"), profile(4, "A", phase=Phase.MIDDLE)
    overrated = profile(5, [("advanced", "emerging")])  # an adviser saw it otherwise: it is not asked, and may be helped

    def helper(*schools: Profile) -> str:
        (first, *_) = pair_schools([needy, *schools], rubric, PairingRule(), "autumn")
        return first.helper.name if first.helper else ""

    assert helper(unseen, seen, next_phase) == "School 2"
    assert helper(next_phase, unseen) == "School 3"
    assert helper(next_phase, overrated) == "School 4"
    assert helper(overrated) == ""
    (pair, *_) = pair_schools([needy, seen], rubric, PairingRule(), "autumn")
    assert pair.why == (
        "Advanced in Area 1, as an adviser has seen; of the next phase (secondary), in the same district, and willing to "
        "share its practice."
    )


def test_every_school_has_its_first_turn_before_any_has_a_second(rubric: Rubric) -> None:
    helper = profile(9, "AA")
    found = pair_schools([profile(1, "EE"), profile(2, "EE"), helper], rubric, PairingRule(), "autumn")
    assert Counter(one.school.urn for one in found if one.helper) == {"900001": 1, "900002": 1}


def test_levels_are_named_as_the_rubric_does(rubric: Rubric) -> None:
    (alone,) = pair_schools([profile(1, "N")], rubric, PairingRule(same_district=False), "autumn")
    assert alone.why == (
        f"No school of the same or the next phase is {rubric.label(Level.ADVANCED)} in Area 1 and willing to share its practice."
    )

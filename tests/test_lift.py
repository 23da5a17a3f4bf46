"""The smallest change: against every other change there is, over rubrics nobody would write as well as the one that ships."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import AreaRating, Change, Rating, Standing
from pipeline.model.finding import Place
from pipeline.model.level import Level, State
from pipeline.model.rubric import EvidenceRule, GateRule, LevelRule, OverallRule, Rubric
from pipeline.rules.rating import rate_area, rate_overall

Rate = Callable[..., AreaRating]
PLACE = Place("case", "sheet", "G4")
SHARES = [Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1)]
levels = st.sampled_from(Level)
rungs = st.sampled_from(list(Level)[1:])


@st.composite
def level_rules(draw: st.DrawFn, areas: int = 0) -> tuple[LevelRule, ...]:
    """One to three rules, highest first; a higher one may well ask for less."""
    chosen = sorted(draw(st.sets(rungs, min_size=1)), reverse=True)
    named = st.dictionaries(st.integers(1, areas), levels, max_size=1) if areas else st.just({})
    return tuple(LevelRule(level, draw(st.sampled_from(SHARES)), draw(rungs), draw(levels), draw(named)) for level in chosen)


@st.composite
def rubrics(draw: st.DrawFn, shipped: Rubric) -> Rubric:
    """The shipped rubric with other rules."""
    rules, overall = shipped.frame.rules, draw(level_rules(areas=3))
    lowest = draw(st.sampled_from([level for level in Level if level < overall[-1].level]))
    odd = replace(
        rules,
        evidence=EvidenceRule(draw(rungs), draw(levels), rules.evidence.step),
        area=draw(level_rules()),
        gate=GateRule(draw(levels), draw(levels)),
        overall=OverallRule(True, lowest, overall),
    )
    return replace(shipped, frame=replace(shipped.frame, rules=odd))


@st.composite
def answers(draw: st.DrawFn, rubric: Rubric, area: int, most: int) -> tuple[Standing, ...]:
    """How the criteria of an area stand: answered with or without evidence, blank or not applicable, some of them gates."""
    found = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        key, is_gate, has_evidence = f"{area}.{number}", draw(st.booleans()), draw(st.booleans())
        state = draw(st.sampled_from([*[State.RATED] * 6, State.NOT_RATED, State.NOT_APPLICABLE]))
        if state is State.RATED:
            answered = draw(levels)
            level = counts_as(answered, has_evidence, rubric)
            found.append(Standing(key, state, level, answered, is_gate, PLACE, has_evidence))
        else:
            found.append(Standing(key, state, None, None, is_gate, PLACE, has_evidence))
    return tuple(found)


def counts_as(answered: Level, has_evidence: bool, rubric: Rubric) -> Level:
    rule = rubric.frame.rules.evidence
    return answered if has_evidence or answered < rule.required_for else min(answered, rule.counts_as)


def raise_to(standing: Standing, level: Level) -> Standing:
    """As it stands once the answer and its evidence are given; as it was, where it stands no higher."""
    if standing.state is State.NOT_APPLICABLE or level <= (standing.level or Level.NOT_YET):
        return standing
    return replace(standing, state=State.RATED, level=level, answered=level, has_evidence=True)


def every_rise(standings: Sequence[Standing]) -> Iterator[tuple[int, tuple[Standing, ...]]]:
    """Every way in which some answers are higher, with how many steps it takes."""
    counted = [standing for standing in standings if standing.state is not State.NOT_APPLICABLE]
    for rises in itertools.product(*(range(Level.ADVANCED - (one.level or 0) + 1) for one in counted)):
        raised = [raise_to(one, Level((one.level or 0) + steps)) for one, steps in zip(counted, rises, strict=True)]
        yield sum(rises), tuple(raised)


def steps_of(changes: Sequence[Change]) -> int:
    return sum(change.to - (change.now or Level.NOT_YET) for change in changes)


def lowest(area: AreaRating) -> Level:
    return area.rating.lowest or Level.NOT_YET


@given(data=st.data(), odd=st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_smaller_change_lifts_an_area_and_the_one_named_does(data: st.DataObject, odd: bool, rubric: Rubric) -> None:
    used = data.draw(rubrics(rubric)) if odd else rubric
    standings = data.draw(answers(used, 1, 4))
    rated = rate_area(used.areas[0], standings, used)
    if rated.rating.state is State.NOT_APPLICABLE:
        return
    ways = [(steps, rate_area(used.areas[0], raised, used)) for steps, raised in every_rise(standings)]
    better = [(steps, lowest(way)) for steps, way in ways if lowest(way) > lowest(rated)]
    target = rated.rating.next_level
    if target is None:
        assert not better
        return
    assert steps_of(rated.rating.changes) == min(steps for steps, _ in better)
    named = {change.key: change.to for change in rated.rating.changes}
    done = tuple(raise_to(one, named.get(one.criterion, Level.NOT_YET)) for one in standings)
    assert lowest(rate_area(used.areas[0], done, used)) is target


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_each_change_says_whether_answer_or_evidence_is_missing(data: st.DataObject, rubric: Rubric) -> None:
    """What is said of a change is what the evidence rule makes of it, done as it is said and not done so."""
    used = data.draw(rubrics(rubric))
    standings = {one.criterion: one for one in data.draw(answers(used, 1, 4))}
    for change in rate_area(used.areas[0], list(standings.values()), used).rating.changes:
        standing = standings[change.key]
        if change.evidence_only:
            assert standing.answered is not None
            assert counts_as(standing.answered, True, used) >= change.to > counts_as(standing.answered, False, used)
        else:
            answered_alone = counts_as(change.to, standing.has_evidence, used)
            expected = not standing.has_evidence and change.to >= used.frame.rules.evidence.required_for
            assert change.needs_evidence is expected
            assert change.needs_evidence or answered_alone == change.to


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_of_equally_small_changes_evidence_alone_comes_first(data: st.DataObject, rubric: Rubric) -> None:
    standings = data.draw(answers(rubric, 1, 4))
    rating = rate_area(rubric.areas[0], standings, rubric).rating
    if not rating.changes:
        return
    named = {change.key: change.to for change in rating.changes}
    by_evidence = {one.criterion: one.answered for one in standings if one.lacks_evidence}
    for steps, raised in every_rise(standings):
        if steps == steps_of(rating.changes) and lowest(rate_area(rubric.areas[0], raised, rubric)) is rating.next_level:
            other = sum(one.criterion in by_evidence and by_evidence[one.criterion] == one.level for one in raised)
            assert other <= sum(by_evidence.get(key) == to for key, to in named.items())


@given(data=st.data(), odd=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_smaller_change_lifts_the_overall_and_the_one_named_does(data: st.DataObject, odd: bool, rubric: Rubric) -> None:
    """In steps of areas, and in gates where the next level is beyond what a gap allows."""
    used = data.draw(rubrics(rubric)) if odd else rubric
    areas = [data.draw(answers(used, number, 2)) for number in (1, 2, 3)]
    rated = rate_all(areas, used)
    overall = rate_overall(rated, used)
    assert overall is not None
    target, overall_lowest = overall.next_level, overall.lowest or Level.NOT_YET
    if target is None:
        return
    gates = [one.criterion for area in areas for one in area if one.is_gate and (one.is_blank or one.is_statutory_gap)]
    closable = gates if target > used.frame.rules.gate.caps_overall_at else []
    best = min(
        (len(closed) + steps)
        for count in range(len(closable) + 1)
        for closed in itertools.combinations(closable, count)
        for steps, raised in every_rise_of_areas(rate_all(close(areas, closed), used))
        if lowest_overall(raised, used) > overall_lowest
    )
    closing, rises = split(overall)
    begun = rate_all(close(areas, closing), used)
    raised = [rise(area, rises.get(area.area, Level.NOT_YET)) for area in begun]
    assert lowest_overall(raised, used) is target
    assert len(closing) + sum(max(0, rises.get(area.area, 0) - lowest(area)) for area in begun) == best
    assert all(to > lowest(area) for area in begun for number, to in rises.items() if number == area.area), "counted twice"


def rate_all(areas: Sequence[Sequence[Standing]], rubric: Rubric) -> list[AreaRating]:
    return [rate_area(rubric.areas[number], standings, rubric) for number, standings in enumerate(areas)]


def close(areas: Sequence[Sequence[Standing]], gates: Sequence[str]) -> list[tuple[Standing, ...]]:
    return [tuple(raise_to(one, Level.EMERGING) if one.criterion in gates else one for one in area) for area in areas]


def rise(area: AreaRating, level: Level) -> AreaRating:
    """An area raised in some way or other; its gates are left as they are."""
    if area.rating.state is State.NOT_APPLICABLE or level <= lowest(area):
        return area
    highest = max(level, area.rating.highest or Level.NOT_YET)
    return replace(area, rating=replace(area.rating, lowest=level, highest=highest))


def every_rise_of_areas(areas: Sequence[AreaRating]) -> Iterator[tuple[int, list[AreaRating]]]:
    counted = [area for area in areas if area.rating.state is not State.NOT_APPLICABLE]
    for rises in itertools.product(*(range(Level.ADVANCED - lowest(area) + 1) for area in counted)):
        yield sum(rises), [rise(area, Level(lowest(area) + up)) for area, up in zip(counted, rises, strict=True)]


def split(overall: Rating) -> tuple[list[str], dict[int, Level]]:
    """Of an overall rating's changes the gates, and the areas with their levels."""
    closing = [change.key for change in overall.changes if "." in change.key]
    return closing, {int(change.key): change.to for change in overall.changes if "." not in change.key}


def lowest_overall(areas: Sequence[AreaRating], rubric: Rubric) -> Level:
    rating = rate_overall(areas, rubric)
    assert rating is not None
    return rating.lowest or Level.NOT_YET


@pytest.mark.parametrize(
    ("letters", "lift"),
    [
        ("A A A A A a S", "For Advanced: give evidence for 1.6."),
        ("A A A A A S a", "For Advanced: give evidence for 1.7."),
        ("S s S S S S A", "For Advanced: raise 1.1, 1.3, 1.4, 1.5 and 1.6 to Advanced."),
        ("A A A A s s E", "For Advanced: raise 1.7 to Established, and 1.5 and 1.6 to Advanced, with evidence."),
        ("A A A S s s S", "For Advanced: raise 1.4, 1.5 and 1.7 to Advanced, with evidence for 1.5."),
        ("A A A A A ? a", "Answer what is blank, and the rating follows."),
        ("S S S N! E E E", "For Established: raise 1.4 to Emerging, and 1.5, 1.6 and 1.7 to Established."),
        ("N! N N N N N N", "For Emerging: raise 1.1, 1.2, 1.3 and 1.4 to Emerging."),
    ],
)
def test_the_sentence_names_answers_and_evidence(letters: str, lift: str, rate: Rate) -> None:
    assert rate(letters.split()).rating.lift == lift


def test_closing_a_gap_that_lifts_its_area_is_not_asked_for_twice(rate: Rate, rubric: Rubric) -> None:
    """Area 5 stands at Emerging only for its gap: closing that makes it Established, which the overall needs of it."""
    areas = [rate(("S S S S S S N!" if number == 5 else "S S S S S S S").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.lift == "For Established: close the statutory gap at 5.7."


def test_an_area_that_closing_its_gap_does_not_lift_far_enough_is_named_too(rate: Rate, rubric: Rubric) -> None:
    areas = [rate(("E E E S S S N!" if number == 5 else "S S S S S S S").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.lift == "For Established: close the statutory gap at 5.7, and raise Area 5 to Established."


def test_a_gate_that_is_not_answered_is_asked_for_where_another_gap_holds_the_overall(rate: Rate, rubric: Rubric) -> None:
    letters = {1: "S S S S S S N!", 2: "S S S S S E ?!"}
    areas = [rate(letters.get(number, "S S S S S S S").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.level is Level.EMERGING
    assert overall.lift == "For Established: close the statutory gap at 1.7, and answer 2.7 with Emerging or better."


def test_a_gap_that_alone_keeps_a_school_from_advanced_says_so(rate: Rate, rubric: Rubric) -> None:
    """Closing it lifts the overall by two levels at once."""
    areas = [rate(("A A A A A A N!" if number == 5 else "A A A A A A A").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.reason.endswith("which holds the rating at Emerging; otherwise it would be Advanced.")
    assert overall.lift == "For Advanced: close the statutory gap at 5.7."


def test_an_area_that_is_far_off_once_its_gap_is_closed_is_not_taken_for_near(rate: Rate, rubric: Rubric) -> None:
    letters = {1: "N! N N N E E E", 2: "S S S S E E E", 3: "E E E E E E E", 4: "E E E E E E E"}
    areas = [rate(letters.get(number, "S S S S S S S").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.lift == "For Established: close the statutory gap at 1.1, and raise Area 2 to Established."


def test_of_areas_that_would_do_the_nearest_are_named(rate: Rate, rubric: Rubric) -> None:
    letters = {1: "E E E E E E E", 2: "S S S S S E E", 3: "E E E E E E E", 4: "E E E E E E E"}
    areas = [rate(letters.get(number, "S S S S S S S").split(), number) for number in range(1, 10)]
    overall = rate_overall(areas, rubric)
    assert overall is not None
    assert overall.lift == "For Established: raise Area 2 to Established."

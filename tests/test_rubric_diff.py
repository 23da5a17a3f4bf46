"""What changed between two versions of a rubric: the sentence, whether N or X moves, and whether the version has moved."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, inclusion
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.difference import Moves
from pipeline.model.draft import Draft
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import Gate, LevelRule
from pipeline.model.school import Phase
from pipeline.readers.rubric import read_rubric
from pipeline.rules.rubric_diff import compare_rubrics

Edit = Callable[[Draft], Draft]


@pytest.fixture(scope="module")
def draft() -> Draft:
    folder, _ = read_rubric(ROOT / "config/rubric", "config/rubric")
    assert folder.draft
    return folder.draft


def frame(**changes: Any) -> Edit:
    return lambda draft: replace(draft, frame=replace(draft.frame, **changes))


def rules(part: str, **changes: Any) -> Edit:
    def edit(draft: Draft) -> Draft:
        held = draft.frame.rules
        return frame(rules=replace(held, **{part: replace(getattr(held, part), **changes)}))(draft)

    return edit


def ladder(position: int, **changes: Any) -> Edit:
    """A rule for areas, changed."""

    def edit(draft: Draft) -> Draft:
        held = list(draft.frame.rules.area)
        held[position] = replace(held[position], **changes)
        return frame(rules=replace(draft.frame.rules, area=tuple(held)))(draft)

    return edit


def above(position: int, **changes: Any) -> Edit:
    """A rule for the overall rating, changed."""

    def edit(draft: Draft) -> Draft:
        held = list(draft.frame.rules.overall.levels)
        held[position] = replace(held[position], **changes)
        return rules("overall", levels=tuple(held))(draft)

    return edit


def entry(field: str, key: Any, **changes: Any) -> Edit:
    """An entry of a mapping of the frame, changed."""

    def edit(draft: Draft) -> Draft:
        held = getattr(draft.frame, field)
        return frame(**{field: {**held, key: replace(held[key], **changes)}})(draft)

    return edit


def area(number: int, **changes: Any) -> Edit:
    return lambda draft: replace(
        draft, areas=tuple(replace(one, **changes) if one.number == number else one for one in draft.areas)
    )


def criterion(key: str, **changes: Any) -> Edit:
    def edit(draft: Draft) -> Draft:
        held = draft.numbered[int(key.partition(".")[0])]
        return area(held.number, criteria=tuple(replace(one, **changes) if one.id == key else one for one in held.criteria))(
            draft
        )

    return edit


def step(key: str, level: str, **changes: Any) -> Edit:
    def edit(draft: Draft) -> Draft:
        steps = draft.rubric.criteria[key].steps
        return criterion(key, steps=replace(steps, **{level: replace(getattr(steps, level), **changes)}))(draft)

    return edit


def moved(key: str, to: str, **changes: Any) -> Edit:
    """A criterion with another id, in the area that the id names."""

    def edit(draft: Draft) -> Draft:
        held = draft.rubric.criteria[key]
        here, there = int(key.partition(".")[0]), int(to.partition(".")[0])
        draft = area(here, criteria=tuple(one for one in draft.numbered[here].criteria if one.id != key))(draft)
        return area(there, criteria=(*draft.numbered[there].criteria, replace(held, id=to, **changes)))(draft)

    return edit


def without(key: str) -> Edit:
    number = int(key.partition(".")[0])
    return lambda draft: area(number, criteria=tuple(one for one in draft.numbered[number].criteria if one.id != key))(draft)


def chain(*edits: Edit) -> Edit:
    def edit(draft: Draft) -> Draft:
        for one in edits:
            draft = one(draft)
        return draft

    return edit


def spelt(answer: Answer, *more: str) -> Edit:
    return lambda draft: entry("answers", answer, also=(*draft.frame.answers[answer].also, *more))(draft)


def unspelt(answer: Answer, word: str) -> Edit:
    return lambda draft: entry("answers", answer, also=tuple(one for one in draft.frame.answers[answer].also if one != word))(
        draft
    )


def backwards(draft: Draft) -> Draft:
    return area(5, criteria=draft.numbered[5].criteria[::-1])(draft)


def swapped(draft: Draft) -> Draft:
    """Two criteria exchange their ids: titles tell which is which."""
    one, other, *rest = draft.numbered[5].criteria
    return area(5, criteria=(replace(other, id=one.id), replace(one, id=other.id), *rest))(draft)


N, X = Moves.FIRST, Moves.SECOND


@pytest.mark.parametrize(
    ("edit", "moves", "part", "sentence"),
    [
        (ladder(0, share=Fraction(4, 5)), N, "Rules", "The share needed for an area to be Advanced: three quarters → four fifths."),
        (ladder(1, at_least=Level.EMERGING), N, "Rules", "The level that the share must reach for an area to be Established: Established → Emerging."),
        (ladder(1, none_below=Level.NOT_YET), N, "Rules", "The level below which none may be, for an area to be Established: Emerging → no floor."),
        (above(0, share=Fraction(13, 20)), N, "Rules", "The share needed for the overall rating to be Advanced: two thirds → 13 in 20."),
        (above(1, areas_at_least={}), N, "Rules", "The level asked of Area 5 for the overall rating to be Established: Established → none."),
        (above(1, areas_at_least={5: Level.ADVANCED}), N, "Rules", "The level asked of Area 5 for the overall rating to be Established: Established → Advanced."),
        (lambda d: frame(rules=replace(d.frame.rules, area=d.frame.rules.area[:2]))(d), N, "Rules", "The rule for an area to be Emerging is gone."),
        (lambda d: rules("overall", levels=(*d.frame.rules.overall.levels, LevelRule(Level.EMERGING, Fraction(1, 2), Level.EMERGING)))(d), N, "Rules", "The rule for the overall rating to be Emerging is new."),
        (rules("evidence", counts_as=Level.EMERGING), N, "Rules", "An answer without evidence counts as another level: Established → Emerging."),
        (rules("evidence", required_for=Level.ESTABLISHED), N, "Rules", "Evidence is required from another level: Advanced → Established."),
        (rules("gate", caps_area_at=Level.ESTABLISHED), N, "Rules", "A statutory gap caps its area at another level: Emerging → Established."),
        (rules("gate", caps_overall_at=Level.ESTABLISHED), N, "Rules", "A statutory gap caps the overall rating at another level: Emerging → Established."),
        (rules("overall", enabled=False), N, "Rules", "An overall rating is no longer given."),
        (rules("overall", lowest=Level.NOT_YET), N, "Rules", "The overall rating where no rule is met is changed: Emerging → Not yet Emerging."),
        (rules("priorities", most=6), X, "Rules", "Priorities on the plan's first page, at most: 5 → 6."),
        (frame(title="Inclusion"), X, "The rubric", "The title is changed: “Inclusive Practice Toolkit” → “Inclusion”."),
        (frame(follows="inclusive-practice 0-9"), X, "The rubric", "The edition that it follows: none → inclusive-practice 0-9."),
        (entry("levels", Level.EMERGING, label="Starting"), X, "Levels and answers", "The level Emerging has a new label: “Emerging” → “Starting”."),
        (entry("levels", Level.EMERGING, meaning="Other."), X, "Levels and answers", "The meaning of Emerging is reworded."),
        (entry("answers", Answer.NOT_YET, meaning="Other."), X, "Levels and answers", "The meaning of the answer Not yet in place is reworded."),
        (spelt(Answer.ADVANCED, "top", "4"), X, "Levels and answers", "Also read as Advanced: “top” and “4”."),
        (unspelt(Answer.ADVANCED, "3"), X, "Levels and answers", "No longer read as Advanced: “3”."),
        (chain(unspelt(Answer.EMERGING, "1"), spelt(Answer.ESTABLISHED, "1")), N, "Levels and answers", "“1”, as people type it, stood for Emerging and now stands for Established."),
        (lambda d: frame(themes={**d.frame.themes, "play": "Play"})(d), X, "Themes", "The theme play is added."),
        (lambda d: frame(themes={**d.frame.themes, "lift": "LIFT"})(d), X, "Themes", "The theme lift has a new name: “Schools' use of {lift}” → “LIFT”."),
        (entry("sources", "G8", standing="read at source"), X, "Sources", "The standing of G8 is changed: “general knowledge” → “read at source”."),
        (area(5, name="Safe and well"), X, "Area 5, Safe and well", "It has a new name: “Safeguarding, Health and Wellbeing” → “Safe and well”."),
        (area(5, definition="Other."), X, "Area 5, Safeguarding, Health and Wellbeing", "Its definition is reworded."),
        (area(5, status="retiring", crosswalk=(1,)), X, "Area 5, Safeguarding, Health and Wellbeing", "Its status is changed: active → retiring."),
        (area(2, crosswalk=(6,)), X, "Area 2, Use of Resources", "Its crosswalk is changed: 1 and 6 → 6."),
        (area(2, status="retired"), N, "Area 2, Use of Resources", "The area is retired and leads to Areas 1 and 6: 2.1, 2.2, 2.3, 2.4, 2.5, 2.6 and 2.7 are asked no more."),
        (lambda d: replace(d, areas=d.areas[:-1]), N, "Area 9, Wider Community (including collaborative work)", "The area is taken out: 9.1, 9.2, 9.3, 9.4, 9.5, 9.6 and 9.7 are asked no more."),
        (criterion("5.2", title="Attendance"), X, None, "5.2 has a new title: “Attendance as everyone's business” → “Attendance”."),
        (criterion("5.2", phases=(Phase.PRIMARY, Phase.SECONDARY)), N, None, "5.2 is asked of other schools: all → primary and secondary."),
        (criterion("5.2", gate=None), N, None, "5.2 is no longer a statutory gate."),
        (criterion("5.3", gate=Gate("A duty.", "G1")), N, None, "5.3 is now a statutory gate."),
        (criterion("5.2", gate=Gate("The attendance policy is published and a senior attendance champion is named.", "G1")), X, None, "The source of 5.2's duty is changed: G2 → G1."),
        (criterion("5.2", gate=Gate("Another duty.", "G2")), X, None, "The duty of 5.2 is reworded."),
        (criterion("5.2", emerging="Other.", advanced="Other too."), X, None, "The descriptors of Emerging and Advanced of 5.2 are reworded."),
        (step("5.2", "established", action="Other."), X, None, "The step of 5.2 to Established is reworded (action)."),
        (criterion("5.2", lead="Headteacher"), X, None, "5.2 has another lead: “Senior attendance champion” → “Headteacher”."),
        (criterion("5.2", themes=("attendance", "lift")), X, None, "5.2 bears on other themes: attendance → attendance and lift."),
        (backwards, X, None, "Its criteria stand in another order."),
        (without("5.3"), N, None, "5.3, “Emotional wellbeing and mental health”, is taken out."),
        (moved("5.2", "5.8"), N, None, "5.8, “Attendance as everyone's business”, was 5.2."),
        (moved("5.2", "8.8"), N, "Area 8, Parents / Carers", "8.8, “Attendance as everyone's business”, was 5.2."),
        (moved("5.2", "8.8", title="Coming to school", formerly=("5.2",)), N, "Area 8, Parents / Carers", "8.8, “Coming to school”, was 5.2."),
        (chain(without("5.3"), criterion("5.2", formerly=("5.2", "5.3"))), N, None, "5.2, “Attendance as everyone's business”, takes over 5.2 and 5.3."),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence(draft: Draft, edit: Edit, moves: Moves, part: str | None, sentence: str) -> None:
    comparison = compare_rubrics(draft, edit(draft))
    told = [one for one in comparison.differences if one.sentence == sentence]
    assert told, [one.sentence for one in comparison.differences]
    assert told[0].moves is moves
    assert told[0].part == part or (part is None and told[0].part.startswith("Area 5, "))
    others = [one.sentence for one in comparison.differences if one.sentence != sentence]
    beside = ("Its crosswalk is changed: nothing → 1.", "8.8 has a new title", "Its criteria stand in another order.")
    assert all(one.startswith(beside) for one in others), others
    assert not comparison.is_enough
    assert ("write 2-0" if moves is N else "write 1-1") in comparison.verdict


def test_a_split_says_so_of_each_part(draft: Draft) -> None:
    held = draft.rubric.criteria["5.2"]
    parts = [replace(held, id=id, title=title, formerly=("5.2",)) for id, title in (("5.8", "Coming"), ("5.9", "Staying"))]
    edit = chain(without("5.2"), lambda d: area(5, criteria=(*d.numbered[5].criteria, *parts))(d))
    told = [one.sentence for one in compare_rubrics(draft, edit(draft)).differences if one.moves is N]
    assert told == [
        "5.8, “Coming”, is a part of what was 5.2, as 5.9 is.",
        "5.9, “Staying”, is a part of what was 5.2, as 5.8 is.",
    ]


def test_criteria_that_exchange_their_ids_are_told_by_their_titles(draft: Draft) -> None:
    told = {one.sentence for one in compare_rubrics(draft, swapped(draft)).differences}
    assert {"5.1, “Attendance as everyone's business”, was 5.2.", "5.2, “Safeguarding culture and systems”, was 5.1."} <= told


def test_a_retired_area_says_which_of_its_criteria_live_on(draft: Draft) -> None:
    taken = criterion("1.3", formerly=("1.3", "2.6"))
    told = [one.sentence for one in compare_rubrics(draft, chain(taken, area(2, status="retired"))(draft)).differences]
    assert "1.3, “SENCO and inclusion leadership”, takes over 1.3 and 2.6." in told
    retired = "The area is retired and leads to Areas 1 and 6: 1 of its 7 criteria is taken over elsewhere and "
    assert f"{retired}2.1, 2.2, 2.3, 2.4, 2.5 and 2.7 are asked no more." in told


def test_an_area_asked_again_and_a_new_one(draft: Draft) -> None:
    less = chain(area(2, status="retired"), lambda d: replace(d, areas=d.areas[:-1]))(draft)
    told = {one.sentence: one.moves for one in compare_rubrics(less, draft).differences}
    assert told == {
        "The area, which was retired, is asked again, with 7 criteria.": N,
        "The area is new, with 7 criteria.": N,
    }


@pytest.mark.parametrize(
    ("edit", "version", "is_enough", "verdict"),
    [
        (None, "1-0", True, "Nothing has changed."),
        (None, "1-1", True, "Nothing has changed but the version, 1-0 → 1-1."),
        (ladder(0, share=Fraction(1, 2)), "2-0", True, "has moved, 1-0 → 2-0"),
        (ladder(0, share=Fraction(1, 2)), "1-1", False, "must move: write 2-0; it is 1-1, and was 1-0"),
        (ladder(0, share=Fraction(1, 2)), "0-9", False, "must move: write 2-0"),
        (area(5, name="Safe"), "1-1", True, "the second number of the version has moved, 1-0 → 1-1"),
        (area(5, name="Safe"), "1-0", False, "must move: write 1-1"),
        (area(5, name="Safe"), "2-0", True, "1-0 → 1-1 would do, and the version went further, to 2-0"),
        (
            criterion("5.2", emerging="Other."),
            "1-1",
            True,
            "where a descriptor now asks for more or less, move the first number",
        ),
    ],
)
def test_whether_the_version_has_moved_as_it_must(
    draft: Draft, edit: Edit | None, version: str, is_enough: bool, verdict: str
) -> None:
    changed = frame(version=version)(edit(draft) if edit else draft)
    comparison = compare_rubrics(draft, changed)
    assert verdict in comparison.verdict
    assert comparison.is_enough is is_enough


def test_two_rubrics_count_versions_of_their_own(draft: Draft) -> None:
    comparison = compare_rubrics(draft, chain(frame(id="other"), area(5, name="Safe"))(draft))
    assert comparison.is_enough
    assert "These are two rubrics, inclusive-practice 1-0 and other 1-0" in comparison.verdict


TEXTS = ("title", "lead", "emerging", "established", "advanced")


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_edit_goes_unsaid_and_none_is_said_twice_over(draft: Draft, data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from(sorted(draft.rubric.criteria)), min_size=1, max_size=4, unique=True))
    fields = [data.draw(st.sampled_from(TEXTS)) for _ in keys]
    changed = chain(*(criterion(key, **{field: f"Other {key}"}) for key, field in zip(keys, fields, strict=True)))(draft)
    forwards, back = compare_rubrics(draft, changed), compare_rubrics(changed, draft)
    assert len(forwards.differences) == len(back.differences) == len(keys)
    assert all(any(key in one.sentence for one in forwards.differences) for key in keys)
    assert {one.moves for one in forwards.differences} == {X}


def test_the_command_and_its_exit_codes(tmp_path: Path) -> None:
    draft = shutil.copytree(ROOT / "config/rubric", tmp_path / "draft")
    path = draft / "rubric.yaml"
    path.write_text(path.read_text("utf-8").replace("share: 3/4", "share: 4/5", 1), "utf-8")
    code, out, err = inclusion("rubric", "diff", "config/rubric", str(draft))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Rules",
        "  N  The share needed for an area to be Advanced: three quarters → four fifths.",
        "Ratings stop being comparable (1 change marked N): the first number of the version must move: write 2-0; it is 1-0, and was 1-0.",
    ]
    assert inclusion("rubric", "diff", "config/rubric", str(draft), "--strict")[0] == 1

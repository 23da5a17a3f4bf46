"""The picture of how a rubric decides: its own words and numbers, readable whatever they are, and said to those who cannot see it."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from conftest import ROOT, inclusion
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.model.draft import Draft
from pipeline.model.level import Level
from pipeline.readers.rubric import read_rubric
from pipeline.rules.flow import describe_flows
from pipeline.writers.rubric_picture import draw_rubric

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def draft() -> Draft:
    folder, _ = read_rubric(ROOT / "config/rubric", "config/rubric")
    assert folder.draft
    return folder.draft


def drawn(draft: Draft) -> etree._Element:
    return etree.fromstring(draw_rubric(describe_flows(draft)))


def words(picture: etree._Element) -> list[str]:
    """Each text with its lines put together again."""
    return [" ".join(span.text or "" for span in text) for text in picture.iter(f"{SVG}text")]


def labelled(draft: Draft, label: str) -> Draft:
    level = replace(draft.frame.levels[Level.EMERGING], label=label)
    return replace(draft, frame=replace(draft.frame, levels={**draft.frame.levels, Level.EMERGING: level}))


def test_it_says_what_the_rules_do_in_the_rubrics_words(draft: Draft) -> None:
    said = words(drawn(draft))
    for expected in (
        "How the levels are decided: Inclusive Practice Toolkit, inclusive-practice 1-0",
        "Advanced with no evidence counts as Established.",
        "Are at least three quarters of the criteria at Advanced and is none below Established?",
        "Are at least half of the criteria at Emerging or better?",
        "Is a statutory criterion answered “Not yet in place”?",
        "Emerging at most",
        "Not yet Emerging",
        "The area's rating",
        "Are at least two thirds of the areas at Established or better, is none Not yet Emerging and is Area 5, "
        "Safeguarding, Health and Wellbeing, at Established or better?",
        "The overall rating",
    ):
        assert expected in said, said


def test_it_follows_a_change_of_the_rules(draft: Draft) -> None:
    rules = draft.frame.rules
    gate, evidence = replace(rules.gate, caps_area_at=Level.ADVANCED), replace(rules.evidence, counts_as=Level.ADVANCED)
    changed = replace(rules, gate=gate, evidence=evidence, overall=replace(rules.overall, enabled=False))
    said = words(drawn(replace(draft, frame=replace(draft.frame, rules=changed))))
    assert "The level stands" in said
    assert not any("no evidence" in one for one in said)
    assert "Overall" not in said
    assert any("No overall rating is given." in one for one in said)


def test_it_is_told_to_those_who_cannot_see_it(draft: Draft) -> None:
    picture = drawn(draft)
    assert picture.get("role") == "img"
    named = [
        picture.find(f"{SVG}{tag}[@id='{id}']")
        for tag, id in zip(("title", "desc"), picture.get("aria-labelledby", "").split(), strict=True)
    ]
    title, told = (one.text or "" for one in named if one is not None)
    assert "inclusive-practice 1-0" in title
    assert "An area is Advanced where three quarters of the criteria that apply are at Advanced" in told
    assert "The overall rating is" in told


LABELS = st.text(st.characters(exclude_categories=["Cs"]), max_size=90) | st.sampled_from(
    ["W" * 70, "a-" * 40, "<b>&amp;]]>", "\x00\x1b"]
)


@settings(max_examples=40, deadline=None)
@given(label=LABELS)
def test_whatever_a_level_is_called_no_box_runs_into_another(draft: Draft, label: str) -> None:
    picture = drawn(labelled(draft, label))
    _, _, width, height = map(float, picture.get("viewBox", "").split())
    boxes = [
        tuple(float(box.get(key, "nan")) for key in ("x", "y", "width", "height"))
        for box in picture.iter(f"{SVG}rect")
        if box.get("x")
    ]
    assert len(boxes) == 23
    for x, y, wide, high in boxes:
        assert 0 <= x <= width - wide
        assert 0 <= y <= height - high
    for (x, y, wide, high), (other_x, other_y, other_wide, other_high) in combinations(boxes, 2):
        assert x + wide <= other_x or other_x + other_wide <= x or y + high <= other_y or other_y + other_high <= y


def test_the_command_draws_it_the_same_each_time(tmp_path: Path) -> None:
    path = tmp_path / "levels.svg"
    code, out, err = inclusion("rubric", "check", "--picture", str(path))
    assert code == 0, err
    assert str(path) in out
    draft = read_rubric(ROOT / "config/rubric", "config/rubric")[0].draft
    assert draft
    assert path.read_bytes() == draw_rubric(describe_flows(draft))

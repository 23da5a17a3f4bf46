"""Care for a rubric: what cannot be used is told with line and remedy; what nobody can reach, or has gone stale, is found."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, inclusion
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import Standing
from pipeline.model.draft import Draft, Library, Whereabouts
from pipeline.model.finding import Finding, Place
from pipeline.model.level import Level, State
from pipeline.model.project import Configuration
from pipeline.model.rubric import Criterion, LevelRule
from pipeline.model.school import Phase
from pipeline.readers.rubric import read_rubric
from pipeline.rules.rating import rate_area, rate_overall
from pipeline.rules.rubric_care import Today, check_care
from pipeline.rules.rubric_reach import Reaching

TODAY = Today(date(2026, 11, 25), 365)
WHERE = Whereabouts(lambda area, *loc: Place("rubric" if area is None else f"area {area}", cell=".".join(map(str, loc))), str)


@pytest.fixture(scope="module")
def draft() -> Draft:
    folder, findings = read_rubric(ROOT / "config/rubric", "config/rubric")
    assert findings == ()
    assert folder.draft
    return folder.draft


@pytest.fixture(scope="module")
def few(draft: Draft) -> Draft:
    """Five of its areas: enough for every kind of finding, and quicker to try."""
    return replace(draft, areas=tuple(area for area in draft.areas if area.number in (1, 2, 3, 5, 6)))


@pytest.fixture(scope="module")
def library(configuration: Configuration) -> Library:
    def locate(*loc: int | str) -> Place:
        return Place("library", cell=".".join(map(str, loc)))

    return Library(configuration.resources, configuration.checklists, "resources", locate, locate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "config/rubric", tmp_path / "rubric")


def change(path: Path, old: str, new: str) -> int:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


# A rubric that cannot be used.


@pytest.mark.parametrize(
    ("file", "old", "new", "seen", "remedy"),
    [
        ("rubric.yaml", "      share: 3/4", "      shair: 3/4", "shair", "“share” is missing here"),
        ("rubric.yaml", "at_least: advanced", "at_least: advancd", "at_least", "established or advanced"),
        ("rubric.yaml", "share: 3/4", "share: 5/4", "5/4", "not above 1"),
        ("rubric.yaml", "share: 3/4", "share: 75", "75", "not above 1"),
        ("rubric.yaml", "share: 3/4", "share: 75%", "share", "fraction such as 3/4"),
        ("rubric.yaml", "share: 3/4", "share: 3/0", "share", "fraction such as 3/4"),
        ("rubric.yaml", "share: 3/4", "share: 0.6667", "about 0.6667", "exact fraction, such as 2/3"),
        ("rubric.yaml", "share: 3/4", "share: 0", "0", "above 0"),
        ("rubric.yaml", "  - level: established", "  - level: advanced", "advanced", "each level once"),
        ("rubric.yaml", "  - level: emerging", "  - level: not-yet", "not-yet", "Take the rule out"),
        ("rubric.yaml", "{5: established}", "{15: established}", "15", "Area 15 is not in this rubric"),
        ("rubric.yaml", "counts_as: established", "counts_as: advanced\n    ", "", ""),
        ("rubric.yaml", "required_for: advanced ", "required_for: emerging ", "established", "not above emerging"),
        ("rubric.yaml", "lowest: emerging ", "lowest: advanced ", "advanced", "not above those"),
        ("rubric.yaml", "caps_overall_at: emerging", "caps_overall_at: not-yet", "not-yet", "emerging or better"),
        ("rubric.yaml", 'version: "1-0"', 'version: "1.0"', "1.0", 'such as "1-0"'),
        ("rubric.yaml", 'also: ["1", ', 'also: ["1", "no", ', "no", "also a word for “not-yet”"),
        ("rubric.yaml", "    label: Established\n    name", "    label: emerging.\n    name", "emerging.", "label of its own"),
        ("rubric.yaml", "  G2:", "  G1:", "“G1” twice", "Use “G1” once"),
        ("rubric.yaml", "most: 5", "most: -1", "-1", "0 or more"),
        ("area-5.yaml", 'id: "5.2"', 'id: "5.1"', "5.1", "id once"),
        ("area-5.yaml", "number: 5", "number: 6", "6", "a number of its own"),
        ("area-5.yaml", "source: G1", "source: G100", "G100", "Name a source listed in rubric.yaml"),
        ("area-5.yaml", "    gate:\n      duty", "    gates:\n      duty", "gates", "Remove “gates”"),
        ("area-5.yaml", "    phases: all", "    phases: []", "5.1", "Name the phases"),
        ("area-5.yaml", "Safeguarding culture and systems", "attendance as  everyone's business.", "5.1", "title of its own"),
        ("area-2.yaml", "crosswalk: [1, 6]", "crosswalk: [2]", "2", "not the area itself"),
        ("area-2.yaml", "crosswalk: [1, 6]", "crosswalk: [1, 12]", "12", "areas that exist"),
        ("area-1.yaml", "crosswalk: []", "crosswalk: [3]", "1 → 3", "leads nowhere further"),
        ("area-6.yaml", "crosswalk: []", "crosswalk: [2]", "2 → 6", "leads nowhere further"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_its_remedy(
    folder: Path, file: str, old: str, new: str, seen: str, remedy: str
) -> None:
    line = change(folder / file, old, new)
    read, findings = read_rubric(folder, "rubric")
    if not remedy:  # counting an answer as itself switches the rule on evidence off, which an authority may wish
        assert read.draft
        return
    assert read.draft is None
    told = [one for one in findings if one.seen.split(" › ")[-1].startswith(seen) and remedy in one.fix]
    assert told, findings
    lines = {(one.place.file, int(one.place.cell.removeprefix("line "))) for one in told}
    loop = "→" in seen  # is told once, at its first area
    assert loop or any(at == f"rubric/{file}" and abs(there - line) <= 3 for at, there in lines), (findings, line)


def test_a_longer_loop_through_retired_areas_is_told_once(folder: Path) -> None:
    change(folder / "area-1.yaml", "crosswalk: []", "crosswalk: [4]")
    change(folder / "area-4.yaml", "crosswalk: [6]", "crosswalk: [3]")
    change(folder / "area-4.yaml", "status: retiring", "status: retired")
    findings = read_rubric(folder, "rubric")[1]
    assert [one.seen for one in findings] == ["1 → 4 → 3 → 1"]


def test_a_rule_may_not_name_a_retired_area(folder: Path) -> None:
    change(folder / "area-5.yaml", "status: active", "status: retired")
    (finding,) = read_rubric(folder, "rubric")[1]
    assert "Area 5 is retired" in finding.fix


def test_retired_areas_are_kept_in_the_draft_and_not_in_the_rubric(folder: Path) -> None:
    change(folder / "area-2.yaml", "status: retiring", "status: retired")
    read, findings = read_rubric(folder, "rubric")
    assert findings == ()
    assert read.draft
    assert 2 in read.draft.numbered
    assert 2 not in {area.number for area in read.draft.rubric.areas}


# A rubric that can be used, and what care finds.


def rules_of(draft: Draft, **changes: Any) -> Draft:
    return replace(draft, frame=replace(draft.frame, rules=replace(draft.frame.rules, **changes)))


def overall(draft: Draft, **changes: Any) -> Draft:
    return rules_of(draft, overall=replace(draft.frame.rules.overall, **changes))


def gate(draft: Draft, **changes: Any) -> Draft:
    return rules_of(draft, gate=replace(draft.frame.rules.gate, **changes))


def area(draft: Draft, number: int, **changes: Any) -> Draft:
    areas = tuple(replace(one, **changes) if one.number == number else one for one in draft.areas)
    return replace(draft, areas=areas)


def criterion(draft: Draft, id: str, **changes: Any) -> Draft:
    number = int(id.split(".", maxsplit=1)[0])
    criteria = tuple(replace(one, **changes) if one.id == id else one for one in draft.numbered[number].criteria)
    return area(draft, number, criteria=criteria)


def rule(level: Level, share: str, at_least: Level, **more: Any) -> LevelRule:
    return LevelRule(level, Fraction(share), at_least, **more)


A, S, E, N = Level.ADVANCED, Level.ESTABLISHED, Level.EMERGING, Level.NOT_YET
SHADOWED = (rule(A, "1/2", E), rule(S, "3/4", S, none_below=E), rule(E, "1/2", E))


def care(draft: Draft, library: Library) -> list[Finding]:
    return [one for one in check_care(draft, WHERE, library, TODAY) if one.code not in ("RB911", "RB916")]


def test_the_shipped_rubric_has_no_error_and_its_warnings_are_known(draft: Draft, library: Library) -> None:
    findings = check_care(draft, WHERE, library, TODAY)
    assert [one for one in findings if one.is_error] == []
    (unthemed,) = [one.seen for one in findings if one.code == "RB911"]
    assert unthemed.partition(": ")[2] == ", ".join(key for key, found in draft.rubric.criteria.items() if not found.themes)
    unread = [one.seen.split(",")[0] for one in findings if one.code == "RB916"]
    assert set(unread) == {found.gate.source for found in draft.rubric.criteria.values() if found.gate}
    assert len(findings) == 1 + len(unread)


@pytest.mark.parametrize(
    ("edit", "code", "place", "seen"),
    [
        (lambda d: rules_of(d, area=SHADOWED), "RB901", "rules.area.1", "established for an area: whenever its rule is met"),
        (lambda d: rules_of(d, area=SHADOWED[1:]), "RB901", "rules.area", "advanced for an area: no rule gives it"),
        (lambda d: overall(d, levels=(rule(A, "2/3", A),)), "RB901", "rules.overall.levels", "established for the overall rating: no rule"),
        (lambda d: rules_of(d, area=(rule(A, "1/4", E), rule(S, "1/4", S), rule(E, "3/4", E))), "RB902", "rules.area.2", "emerging"),
        (lambda d: rules_of(d, area=(rule(A, "3/4", A, none_below=A), *d.frame.rules.area[1:])), "RB902", "rules.area.0.none_below", "share 3/4"),
        (lambda d: rules_of(d, area=(*d.frame.rules.area[:2], rule(E, "1/2", N))), "RB902", "rules.area.2.at_least", "not-yet"),
        (lambda d: gate(d, caps_area_at=A), "RB903", "rules.gate.caps_area_at", "advanced"),
        (lambda d: gate(d, caps_area_at=N), "RB903", "rules.gate.caps_area_at", "not-yet"),
        (lambda d: gate(d, caps_overall_at=A), "RB903", "rules.gate.caps_overall_at", "advanced"),
        (lambda d: gate(d, caps_overall_at=S), "RB903", "rules.overall.levels.1.areas_at_least.5", "a gap in Area 5 holds it at emerging"),
        (lambda d: rules_of(d, evidence=replace(d.frame.rules.evidence, counts_as=A)), "RB904", "rules.evidence.counts_as", "advanced"),
        (lambda d: criterion(d, "5.1", phases=tuple(Phase)), "RB905", "criteria.0.phases", "5.1"),
        (lambda d: criterion(d, "5.1", phases=(Phase.PRIMARY,)), "RB906", "rules.overall.levels.1.areas_at_least.5", "5.1 is not asked of: nursery"),
        (lambda d: criterion(d, "5.3", emerging=" "), "RB907", "criteria.2.emerging", "descriptor of emerging of 5.3"),
        (lambda d: criterion(d, "5.3", title=""), "RB907", "criteria.2.title", "title of 5.3"),
        (lambda d: criterion(d, "5.3", steps=replace(d.rubric.criteria["5.3"].steps, advanced=replace(d.rubric.criteria["5.3"].steps.advanced, success=""))), "RB908", "criteria.2.steps.advanced.success", "success to advanced of 5.3"),
        (lambda d: criterion(d, "5.3", advanced=d.rubric.criteria["1.2"].advanced), "RB912", "criteria.2.advanced", "of 5.3 and the descriptor of advanced of 1.2, word for word"),
        (lambda d: criterion(d, "5.3", advanced=d.rubric.criteria["5.3"].established.upper()), "RB913", "criteria.2.advanced", "established and advanced of 5.3, word for word"),
        (lambda d: criterion(d, "5.2", title="The systems and culture of safeguarding"), "RB914", "criteria.1.title", "5.1 and 5.2"),
        (lambda d: area(d, 5, crosswalk=(1,)), "RB917", "crosswalk", "active, and leads to 1"),
        (lambda d: area(d, 2, crosswalk=()), "RB917", "status", "retiring, and leads nowhere"),
        (lambda d: area(area(d, 3, status="retired", crosswalk=()), 2, crosswalk=(3,)), "RB917", "crosswalk", "leads to 3, and from there to no"),
    ],
)  # fmt: skip
def test_care_finds(few: Draft, library: Library, edit: Callable[[Draft], Draft], code: str, place: str, seen: str) -> None:
    findings = care(edit(few), library)
    told = [one for one in findings if one.code == code and one.place.cell == place and seen in one.seen]
    assert told, findings
    assert all(one.fix for one in findings)


def test_a_level_out_of_reach_of_some_schools_only_is_told_with_their_phase(draft: Draft, library: Library) -> None:
    """A nursery is asked three gates of an area, all of which it may waive, and nothing else: its least is all or nothing."""
    asked = tuple(replace(one, phases=tuple(Phase)[1:]) for one in draft.numbered[9].criteria[1:])
    steep = (rule(A, "1", A), rule(S, "1", E, none_below=E), rule(E, "1/2", E))
    findings = care(rules_of(area(draft, 9, criteria=(draft.numbered[9].criteria[0], *asked)), area=steep), library)
    (told,) = [one for one in findings if one.code == "RB901" and one.place.file == "area 8"]
    assert told.seen == "emerging for Area 9, asked of a school of phase nursery"


def test_dates_that_have_gone_stale_are_told(few: Draft, library: Library) -> None:
    def stale(day: date) -> list[Finding]:
        return [one for one in check_care(few, WHERE, library, Today(day, 365)) if one.code == "RB915"]

    looked_at = date(2026, 11, 23)
    assert stale(looked_at.replace(year=2027)) == []
    late = stale(date(2027, 11, 24))
    assert len(late) == len(few.frame.sources) + len(library.resources) + 1
    assert {one.seen.split("looked")[1] for one in late} == {" at 366 days ago"}
    assert all("on a day to come" in one.seen for one in stale(date(2026, 11, 22)))


def test_resources_by_criterion_by_area_only_and_none(draft: Draft, library: Library) -> None:
    without = tuple(replace(one, topics=tuple(set(one.topics) - {"9.1", "9.2", "1.1"})) for one in library.resources)
    without = tuple(replace(one, areas=tuple(set(one.areas) - {9})) for one in without)
    findings = care(draft, replace(library, resources=without))
    assert [one.seen for one in findings if one.code == "RB909"] == ["9.1", "9.2"]
    assert [one.seen for one in findings if one.code == "RB910"] == ["1 of 63 criteria: 1.1"]


def test_a_dead_resource_is_told_and_helps_with_nothing(draft: Draft, library: Library) -> None:
    dead = tuple(replace(one, standing="dead") if "9.1" in one.topics else one for one in library.resources)
    findings = care(draft, replace(library, resources=dead))
    assert {one.seen for one in findings if one.code == "RB918"} == {one.id for one in library.resources if "9.1" in one.topics}
    assert any("9.1" in one.seen for one in findings if one.code in ("RB909", "RB910"))


def test_another_rubrics_resources_are_met_by_what_its_criteria_were(few: Draft, library: Library) -> None:
    resources = tuple(replace(one, topics=tuple(set(one.topics) - {"5.1"})) for one in library.resources)
    without = replace(library, resources=resources)
    assert [one.seen for one in care(few, without)] == ["1 of 35 criteria: 5.1"]
    assert [one.seen for one in care(criterion(few, "5.1", formerly=("8.9",)), without)] == ["1 of 35 criteria: 5.1"]
    assert care(criterion(few, "5.1", formerly=("8.9", "8.1")), without) == []


# What can be reached, against every set of answers tried one by one.

LEVELS = st.sampled_from(Level)
SHARES = st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1)])


@st.composite
def ladders(draw: st.DrawFn, areas: tuple[int, ...] = ()) -> tuple[LevelRule, ...]:
    chosen = sorted(draw(st.sets(st.sampled_from([E, S, A]), min_size=1)), reverse=True)
    named = st.dictionaries(st.sampled_from(areas), LEVELS, max_size=2) if areas else st.just({})
    return tuple(LevelRule(one, draw(SHARES), draw(LEVELS), draw(LEVELS), draw(named)) for one in chosen)


def every_standing(one: Criterion) -> list[Standing]:
    place = Place("case")
    rated = [Standing(one.id, State.RATED, level, level, one.gate is not None, place) for level in Level]
    aside = Standing(one.id, State.NOT_APPLICABLE, None, None, one.gate is not None, place)
    return [*rated, aside] if one.allows_not_applicable else rated


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_reach_is_exactly_what_some_answers_come_to(draft: Draft, data: st.DataObject) -> None:
    ids = [data.draw(st.sampled_from(["5.1", "5.3", "2.1"])) for _ in range(2)] + ["9.1"]
    sizes = (2, 1)
    criteria = iter([draft.rubric.criteria[id] for id in ids])
    areas = tuple(
        replace(draft.areas[0], number=number, criteria=tuple(next(criteria) for _ in range(size)))
        for number, size in enumerate(sizes, 1)
    )
    # Criteria may be the same one twice here: what counts is whether each is a gate and may be waived.
    areas = tuple(
        replace(one, criteria=tuple(replace(c, id=f"{one.number}.{place}") for place, c in enumerate(one.criteria)))
        for one in areas
    )
    ladder, above = data.draw(ladders()), data.draw(ladders((1, 2)))
    caps = replace(draft.frame.rules.gate, caps_area_at=data.draw(LEVELS), caps_overall_at=data.draw(LEVELS))
    small = overall(rules_of(replace(draft, areas=areas), area=ladder, gate=caps), levels=above, lowest=data.draw(LEVELS))
    reaching = Reaching(small)
    tried: list[list[Any]] = []
    for one in areas:
        answers = itertools.product(*map(every_standing, one.criteria))
        tried.append([rate_area(one, standings, small.rubric) for standings in answers])
        reach = reaching.area(one, Phase.PRIMARY)
        assert reach
        assert reach.given == {rating.rating.level for rating in tried[-1]} - {None}
    reach = reaching.overall(Phase.PRIMARY)
    assert reach
    ratings = [rate_overall(pair, small.rubric) for pair in itertools.product(*tried)]
    assert reach.given == {rating.level for rating in ratings if rating} - {None}


# The command.


def test_the_command_passes_the_shipped_rubric_and_names_what_stops_another(tmp_path: Path) -> None:
    code, out, err = inclusion("rubric", "check")
    assert code == 0, err
    assert "0 errors" in out
    draft_folder = shutil.copytree(ROOT / "config/rubric", tmp_path / "draft")
    change(draft_folder / "rubric.yaml", "share: 3/4", "share: 7/4")
    code, out, err = inclusion("rubric", "check", str(draft_folder))
    assert code == 1
    assert "cannot be used" in out
    assert "error CF104" in err
    code, _, err = inclusion("rubric", "check", str(tmp_path / "nowhere"))
    assert code == 1
    assert "CF101" in err


def test_a_copy_that_was_changed_and_kept_its_version_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    copy = shutil.copytree(tmp_path / "config" / "rubric", tmp_path / "config" / "rubric-2027")
    check = ("rubric", "check", "config/rubric-2027", "--project", str(tmp_path))
    assert "RB919" not in inclusion(*check)[2]
    change(copy / "rubric.yaml", "share: 3/4", "share: 4/5")
    assert "RB919  config/rubric-2027/rubric.yaml: " in inclusion(*check)[2]
    change(copy / "rubric.yaml", 'version: "1-0"', 'version: "3-0"')
    assert "RB919" not in inclusion(*check)[2]

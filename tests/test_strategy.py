"""Draft inclusion strategies: what comes first in a plan, each line under a principle, for schools that publish one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CYCLE, OTHER, SIX, complete, drop, inclusion, texts
from test_plan_document import plans

from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.config import load_configuration
from pipeline.rules.issuing import as_issued
from pipeline.rules.strategy import draft_strategy, tag_criteria

__all__ = ["plans"]  # a fixture

FOLDER = Path("outputs") / CYCLE / "strategies"


def run(project: Path, *more: str) -> tuple[int, str, str]:
    return inclusion("run", "--project", str(project), *more)


@pytest.fixture
def drafted(project: Path, school: School, configuration: Configuration) -> Path:
    """A project of one return whose draft was asked for."""
    answers = {"5.2": "N", "2.7": "N", "7.4": "S"}
    drop(project, "one.xlsx", complete(school, configuration, answers, evidence={"1.1": "Words that are not to be published."}))
    code, said, _ = run(project, "--inclusion-strategy")
    assert (code, "1 draft inclusion strategy in strategies, to be published by 31 December 2026" in said) == (0, True)
    return project


def draft_of(project: Path, school: School) -> bytes:
    return (project / FOLDER / f"{school.file_stem} inclusion strategy.docx").read_bytes()


def test_no_draft_is_made_unless_it_is_asked_for(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "one.xlsx", complete(school, configuration))
    assert run(project)[0] == 0
    assert not (project / FOLDER).exists()
    code, said, _ = run(project, "--inclusion-strategy")  # nothing has changed since, and the draft is made nevertheless
    assert (code, "Worked on 0, 1 unchanged." in said, (project / FOLDER).exists()) == (0, True, True)


def test_what_comes_first_stands_under_its_principle(drafted: Path, school: School, configuration: Configuration) -> None:
    asked = configuration.settings.inclusion_strategy
    assert asked
    lines = texts(draft_of(drafted, school)).splitlines()
    places = [lines.index(name) for name in asked.principles.values()]
    assert places == sorted(places)
    principle_at = dict(zip(places, asked.principles, strict=True))
    tags = tag_criteria(configuration.rubric, asked)
    refs = [(place, line) for place, line in enumerate(lines) if re.fullmatch(r"\d\.\d+-[a-z]", line)]
    assert len(refs) == len(set(refs)) >= 7
    for place, ref in refs:
        above = max(one for one in places if one < place)
        assert principle_at[above] == tags[ref.partition("-")[0]], ref
    listed = {ref for _, ref in refs}
    assert "5.2-a" in listed  # a statutory gap
    assert "2.7-a" not in listed  # publishing the strategy is not one of its activities
    assert {principle_at[max(one for one in places if one < place)] for place, _ in refs} == set(asked.principles)


def test_it_is_published_so_it_has_no_evidence_and_says_what_is_unconfirmed(drafted: Path, school: School) -> None:
    said = texts(draft_of(drafted, school))
    assert "Words that are not to be published." not in said
    assert "are to be confirmed at source" in said
    assert "31 December 2026" in said
    assert "£ to be costed" in said
    assert "Developing an inclusion strategy using the Inclusive Mainstream Fund" in said


def test_the_same_draft_again_and_an_edited_one_kept(drafted: Path, school: School) -> None:
    first = draft_of(drafted, school)
    assert run(drafted, "--inclusion-strategy")[0] == 0
    assert draft_of(drafted, school) == first
    path = drafted / FOLDER / f"{school.file_stem} inclusion strategy.docx"
    path.write_bytes(first + b" ")
    assert "WR602" in run(drafted, "--inclusion-strategy")[2]
    assert sorted(one.read_bytes() for one in path.parent.iterdir()) == [first, first + b" "]


def test_only_schools_of_the_phases_get_one(project: Path, school: School, configuration: Configuration) -> None:
    settings = project / "config" / "settings.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("  publish_by: 2026-12-31", "  publish_by: 2026-12-31\n  phases: [secondary]"), "utf-8")
    for one in (school, OTHER):
        drop(project, f"{one.urn}.xlsx", complete(one, configuration))
    assert run(project, "-q", "--inclusion-strategy")[0] == 0
    assert [path.name for path in (project / FOLDER).iterdir()] == [f"{OTHER.file_stem} inclusion strategy.docx"]


def test_what_the_school_brought_back_stands_in_the_draft(plans: dict[str, Plan], configuration: Configuration) -> None:
    asked, plan = configuration.settings.inclusion_strategy, plans["mixed"]
    assert asked
    first, second = plan.priorities[:2]
    printed = dict(as_issued(plan, ()).by_ref)
    printed[first.ref] = replace(printed[first.ref], cost="£1,250 <a year>", lead="R. Hollinscote")
    del printed[second.ref]  # it is done, and no longer in the plan
    printed["8-a"] = replace(printed[first.ref], ref="8-a", criterion="", area=8, action="Coffi a sgwrs", cost="£80")
    drafted = draft_strategy(plan, configuration.rubric, asked, printed)
    actions = {action.ref: action for principle in drafted.principles for action in principle.actions}
    assert (actions[first.ref].cost, actions[first.ref].lead) == ("£1,250 <a year>", "R. Hollinscote")
    assert second.ref not in actions
    assert {action.cost for ref, action in actions.items() if ref not in (first.ref, "8-a")} == {""}
    partnerships = next(one for one in drafted.principles if one.name == asked.principles[asked.areas[8]])
    assert (partnerships.actions[-1].activity, partnerships.actions[-1].cost) == (
        "Coffi a sgwrs",
        "£80",
    )  # the school's own row
    without = {ref: row for ref, row in printed.items() if ref != "8-a"}
    assert drafted.other_count == draft_strategy(plan, configuration.rubric, asked, without).other_count


def test_a_criterion_keeps_its_principle_in_the_six_areas(configuration: Configuration) -> None:
    asked = configuration.settings.inclusion_strategy
    assert asked
    before, after = configuration.rubric, configuration.under(SIX).rubric
    tags, later = tag_criteria(before, asked), tag_criteria(after, asked)
    assert tags.keys() == before.criteria.keys()
    assert later.keys() == after.criteria.keys()
    for key, criterion in after.criteria.items():
        assert later[key] in {tags[old] for old in criterion.formerly or (key,)}, key


MISTAKES = {
    "a principle": ("1: leadership,", "1: leadersip,", "“leadersip”"),
    "a criterion": ('    "7.5": enriching', '    "7.9": enriching', "“7.9”"),
    "a source": ("  source: G10", "  source: G99", "“G99”"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_what_the_rubric_does_not_know_is_told(case: str, project: Path) -> None:
    old, new, seen = MISTAKES[case]
    settings = project / "config" / "settings.yaml"
    text = settings.read_text("utf-8")
    assert text.count(old) == 1
    settings.write_text(text.replace(old, new), "utf-8")
    loaded, (finding,) = load_configuration(project / "config")
    assert loaded is None
    assert (finding.code, seen.strip("“”") in finding.seen) == ("CF104", True)
    assert f"{finding.place}".startswith("config/settings.yaml, line ")


def test_settings_without_it_say_what_to_do(project: Path, school: School, configuration: Configuration) -> None:
    settings = project / "config" / "settings.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"(?ms)^inclusion_strategy:\n.*?\n\n", "", text), "utf-8")
    drop(project, "one.xlsx", complete(school, configuration))
    code, _, told = run(project, "--inclusion-strategy")
    assert (code, "names no principles" in told) == (2, True)
    assert not (project / FOLDER).exists()

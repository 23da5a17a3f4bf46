"""The Ofsted checklist has versions: a workbook shows the one in force, and a return is read with its own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from conftest import CYCLE, complete
from openpyxl import Workbook

from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.model.settings import Checklist
from pipeline.model.submission import ChecklistNote, Submission
from pipeline.readers.returns import read_return
from pipeline.rules.assessing import assess
from pipeline.rules.checklist import choose_version, tell_bearing
from pipeline.rules.planning import plan_for
from pipeline.runner.expecting import expect
from pipeline.writers.workbook import build_workbook

DAYS = {
    "2014-06-01": "ofsted-2015-09",
    "2015-09-01": "ofsted-2015-09",
    "2019-08-31": "ofsted-2015-09",
    "2019-09-01": "ofsted-2019-09",
    "2025-11-09": "ofsted-2019-09",
    "2025-11-10": "ofsted-2025-11",
    "2031-01-01": "ofsted-2025-11",
}
TODAY = date(2026, 11, 25)


def in_cycle_of(configuration: Configuration, due: date) -> Configuration:
    """The same county in another year."""
    cycle = replace(configuration.cycle(CYCLE), returns_due=due)
    return replace(configuration, settings=replace(configuration.settings, cycles={CYCLE: cycle}))


def read(content: bytes, school: School, configuration: Configuration) -> tuple[Submission, tuple[str, ...]]:
    submission, findings = read_return(content, "return.xlsx", expect([school], configuration, CYCLE))
    assert submission
    return submission, tuple(finding.place.sheet for finding in findings if finding.code == "RT326")


def take_up(workbook: Workbook) -> None:
    workbook["Ofsted checklist"]["E4"].value = "Partly"
    workbook["Ofsted checklist"]["F4"].value = "Minutes of 3 March"


@pytest.mark.parametrize(("day", "version"), DAYS.items())
def test_the_version_in_force_is_told_by_the_day(configuration: Configuration, day: str, version: str) -> None:
    assert configuration.checklist_on(date.fromisoformat(day)).id == version


@pytest.mark.parametrize("due", [date(2016, 10, 14), date(2020, 10, 16), date(2026, 10, 16)])
def test_a_workbook_shows_the_version_in_force_at_its_cycle(configuration: Configuration, school: School, due: date) -> None:
    then = in_cycle_of(configuration, due)
    sheet = build_workbook(school, then, CYCLE)["Ofsted checklist"]
    version = then.checklist_on(due)
    assert str(sheet["A2"].value).startswith(f"{version.title}. ")
    prompts = [value for row in range(4, sheet.max_row + 1) if (value := sheet.cell(row, 4).value)]
    shown = [area for area in version.areas if area.applies_to(school.phase)]
    assert prompts == [prompt.text for area in shown for prompt in area.prompts]
    below = "\n".join(str(sheet.cell(row, 1).value) for row in range(4 + len(prompts), sheet.max_row + 1))
    bearing = tell_bearing(version, school.phase)
    for criterion in configuration.rubric.criteria_for(school.phase):
        assert f"{criterion.id} {criterion.title}: {bearing[criterion.id]}" in below


def test_an_older_return_is_read_and_lined_up_with_its_own_version(configuration: Configuration, school: School) -> None:
    content = complete(school, in_cycle_of(configuration, date(2020, 10, 16)), {"1.1": "E", "6.1": "N"}, edit=take_up)
    submission, sheets_with_more = read(content, school, configuration)
    assert "Ofsted checklist" not in sheets_with_more  # the older sheet's own wording is nothing that the school added
    assert submission.checklist == {"eif-qe-1": ChecklistNote("Partly", "Minutes of 3 March")}
    assessment, _ = assess(submission, configuration.rubric, {})
    plan = plan_for(school, submission, assessment, configuration, CYCLE, TODAY)
    assert plan.checklist.title == "Education inspection framework, September 2019"
    assert plan.checklist.areas[0].prompts[0].note == "Minutes of 3 March"
    areas = {action.criterion: action.evaluation_areas for area in plan.areas for action in area.opportunities}
    assert areas[configuration.rubric.criteria["6.1"].title] == "Quality of education; Early years"
    assert areas[configuration.rubric.criteria["1.1"].title] == "Leadership and management"


@pytest.mark.parametrize(
    ("completed", "taken_up", "version"),
    [
        (date(2018, 3, 1), (), "ofsted-2015-09"),
        (date(2020, 3, 1), (), "ofsted-2019-09"),
        (date(2026, 10, 9), (), "ofsted-2025-11"),
        (None, (), "ofsted-2025-11"),  # the cycle's
        (date(2025, 11, 12), ("eif-ba-1",), "ofsted-2019-09"),  # finished after the change, in a workbook from before it
        (date(2016, 10, 9), ("sg-1", "in-1"), "ofsted-2025-11"),  # a slip in the year
    ],
)
def test_the_version_is_the_returns_own(
    configuration: Configuration, school: School, completed: date | None, taken_up: tuple[str, ...], version: str
) -> None:
    submission, _ = read(complete(school, configuration), school, configuration)
    notes = {id: ChecklistNote("Yes", "") for id in taken_up}
    asked = replace(submission, identity=replace(submission.identity, completed_on=completed), checklist=notes)
    assert choose_version(asked, configuration, CYCLE).id == version


def both_ways(checklist: Checklist, bearing: Mapping[str, str], phase: Phase) -> None:
    shown = [area for area in checklist.areas if area.applies_to(phase)]
    for area in shown:
        assert all(area.title in bearing[criterion].split("; ") for criterion in area.criteria)
    for criterion, titles in bearing.items():
        assert titles == "; ".join(area.title for area in shown if criterion in area.criteria)


@pytest.mark.parametrize("phase", list(Phase))
def test_criteria_and_evaluation_areas_are_matched_both_ways(configuration: Configuration, phase: Phase) -> None:
    for checklist in configuration.checklists:
        bearing = tell_bearing(checklist, phase)
        both_ways(checklist, bearing, phase)
        assert bearing.keys() >= {criterion.id for criterion in configuration.rubric.criteria_for(phase)}

"""What a plan points a school to: by topic, then by area, at most three for a line, and nothing that is dead."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from conftest import CYCLE, OTHER, complete

from pipeline.model.plan import PlanResource
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.settings import Resource
from pipeline.readers.returns import read_return
from pipeline.rules.assessing import assess
from pipeline.rules.planning import plan_for
from pipeline.runner.expecting import expect

WEAK = "5.2"


@pytest.fixture(scope="module")
def content(configuration: Configuration) -> bytes:
    return complete(OTHER, configuration, {WEAK: "N"})


def shown(configuration: Configuration, content: bytes) -> tuple[PlanResource, ...]:
    submission, _ = read_return(content, "return.xlsx", expect([OTHER], configuration, CYCLE))
    assert submission
    assessment, _ = assess(submission, configuration.rubric, {})
    return plan_for(OTHER, submission, assessment, configuration, CYCLE, date(2026, 11, 25)).resources


def with_resources(configuration: Configuration, *resources: Resource) -> Configuration:
    return replace(configuration, resources=resources)


def test_a_line_has_at_most_three_and_all_of_them_name_its_criterion(configuration: Configuration, content: bytes) -> None:
    found = shown(configuration, content)
    lines = Counter(ref for one in found for ref in one.refs.split(", "))
    assert max(lines.values()) <= 3
    by_address = {one.address: one for one in configuration.resources}
    for one in found:
        assert any(ref.partition("-")[0] in by_address[one.address].topics for ref in one.refs.split(", "))


def test_where_none_names_the_criterion_its_areas_are_given(configuration: Configuration, content: bytes) -> None:
    first = configuration.resources[0]
    of_area = replace(first, id="X1", title="Of the area", areas=(5,), topics=())
    of_other = replace(first, id="X2", title="Of another", areas=(6,), topics=())
    by_topic = replace(first, id="X3", title="By topic", areas=(1,), topics=(WEAK,))
    titles = [one.title for one in shown(with_resources(configuration, of_area, of_other), content)]
    assert titles == ["Of the area"]
    titles = [one.title for one in shown(with_resources(configuration, of_area, of_other, by_topic), content)]
    assert titles == ["By topic"]


def test_a_dead_resource_is_shown_to_nobody(configuration: Configuration, content: bytes) -> None:
    dead = replace(configuration.resources[0], standing="dead", topics=(WEAK,), areas=(5,))
    assert shown(with_resources(configuration, dead), content) == ()


def test_every_criterion_has_something_to_read(configuration: Configuration, school: School) -> None:
    for criterion in configuration.rubric.criteria_for(school.phase):
        assert configuration.resources_on[criterion.id]

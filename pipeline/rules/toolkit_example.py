"""A completed example as the toolkit document shows it: some answers, the first lines of the plan, and the next time."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from pipeline.model.assessment import Assessment
from pipeline.model.example import Example, ExampleAnswer
from pipeline.model.plan import PlanAction
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.toolkit import ToolkitAnswer, ToolkitChange, ToolkitExample, ToolkitExampleArea, ToolkitLine
from pipeline.rules.assessing import assess
from pipeline.rules.completed import register_school, submit
from pipeline.rules.planning import plan_for, written_date


def compose_example(
    example: Example, configuration: Configuration, cycle: str, today: date, *, in_use: Rubric
) -> ToolkitExample:
    """The school's first return rated, planned and set beside its next. `configuration` has the rubric that it was completed
    under, which is told where it is not the one in use."""
    rubric, school = configuration.rubric, register_school(example.register)
    submission = submit(example.first, school, configuration, cycle)
    assessment, _ = assess(submission, rubric, {})
    known = {one.criterion: one.level for area in assessment.areas for one in area.standings if one.level is not None}
    later, _ = assess(submit(example.second, school, configuration, cycle), rubric, known)
    plan = plan_for(school, submission, assessment, configuration, cycle, today)
    return ToolkitExample(
        name=school.name,
        kind=f"{school.phase.label}, {school.kind}",
        level=_overall(assessment, rubric),
        reason=assessment.overall.reason if assessment.overall else "",
        edition="" if rubric.edition == in_use.edition else rubric.frame.version,
        story=example.story,
        areas=tuple(_areas(example, assessment, rubric)),
        lines=tuple(_line(action, example) for action in (*plan.gaps, *plan.priorities)),
        returned_on=written_date(example.edits.returned_on),
        next_level=_overall(later, rubric),
        changes=tuple(_changes(example, rubric)),
    )


def _overall(assessment: Assessment, rubric: Rubric) -> str:
    found = assessment.overall
    return rubric.label(found.level, found.state) if found else ""


def _areas(example: Example, assessment: Assessment, rubric: Rubric) -> Iterator[ToolkitExampleArea]:
    for area, found in zip(rubric.areas, assessment.areas, strict=True):
        shown = [criterion for criterion in area.criteria if criterion.id in example.worth_copying]
        if shown:
            yield ToolkitExampleArea(
                number=area.number,
                name=area.name,
                level=rubric.label(found.rating.level, found.rating.state),
                reason=found.rating.reason,
                answers=tuple(
                    ToolkitAnswer(
                        criterion=one.id,
                        title=one.title,
                        answer=_word(example.answers, one.id, rubric),
                        evidence=example.answers[one.id].evidence,
                        why=example.worth_copying[one.id],
                    )
                    for one in shown
                ),
            )


def _line(action: PlanAction, example: Example) -> ToolkitLine:
    """A line as it stood when the plan came back: what the school typed, and the rest as it was."""
    line = ToolkitLine(action.ref, action.opportunity, action.action, action.lead, action.by_when, "")
    edit = example.edits.actions.get(action.ref)
    if edit is None:
        return line
    return replace(
        line,
        opportunity=edit.opportunity or line.opportunity,
        action=edit.action or line.action,
        lead=edit.lead or line.lead,
        by_when=edit.by_when or line.by_when,
        progress=". ".join(part for part in (edit.status, edit.progress) if part),
    )


def _changes(example: Example, rubric: Rubric) -> Iterator[ToolkitChange]:
    now = example.next_term.answers
    for key, criterion in rubric.criteria.items():
        if key in now:
            before = _word(example.answers, key, rubric)
            yield ToolkitChange(key, criterion.title, before, _word(now, key, rubric), now[key].evidence)


def _word(answers: Mapping[str, ExampleAnswer], key: str, rubric: Rubric) -> str:
    return rubric.frame.answers[answers[key].answer].label

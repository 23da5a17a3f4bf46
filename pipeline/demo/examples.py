"""The completed examples laid out as a project of their own: three schools in the register, and their returns."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.demo.completing import complete, find_places
from pipeline.demo.county import REGISTER
from pipeline.demo.establishment import Establishment
from pipeline.demo.register import render_register
from pipeline.model.example import Example, ExampleReturn, ExampleSchool
from pipeline.model.finding import Place
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import Figure, Identity, OwnView, Response, Submission
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.contents import compose_pages
from pipeline.writers.project import copy_project
from pipeline.writers.whole_file import write_whole


def lay_out_examples(configuration: Configuration, project: Path, out: Path, examples: Mapping[str, Example]) -> int:
    """Writes the examples into `out`: configuration and templates of `project`, a register of these schools alone, and the
    workbook that each completed for the current cycle. Gives how many there are. Raises: OSError."""
    copy_project(project, out)
    cycle = configuration.settings.cycle
    blanks = Blanks(configuration, cycle)
    write_whole(out / "config" / REGISTER, render_register([establish(one.register) for one in examples.values()]))
    for example in examples.values():
        school = establish(example.register).school
        submission = submit(example.first, school, configuration, cycle)
        asked = configuration.outcomes, configuration.checklist_for(cycle), configuration.rubric
        entries = complete(find_places(compose_pages(school, configuration, cycle)), submission, *asked)
        write_whole(out / "inputs" / cycle / "returns" / submission.file, fill_in(blanks.of(school), school, entries))
    return len(examples)


def establish(row: ExampleSchool) -> Establishment:
    """The school as the register has it."""
    school = School(row.urn, row.laestab, row.name, row.phase, row.kind, row.district, row.town, row.pupils)
    return Establishment(
        school=school,
        spoken=row.spoken,
        ages=row.ages,
        gias_phase=row.gias_phase,
        gender=row.gender,
        religion=row.religion,
        capacity=row.capacity,
        with_plan=row.with_plan,
        sen_support=row.sen_support,
    )


def submit(completed: ExampleReturn, school: School, configuration: Configuration, cycle: str) -> Submission:
    """A return as it will be read from the workbook. Places name the file alone."""
    rubric, file = configuration.rubric, f"{school.file_stem}.xlsx"
    views = sorted(completed.views.items())
    return Submission(
        file=file,
        edition=f"{rubric.edition}, {cycle}",
        identity=_identify(completed, school),
        responses=tuple(_respond(completed, one.id, rubric, file) for one in rubric.criteria_for(school.phase)),
        outcomes={one.id: completed.outcomes.get(one.id, Figure("", "")) for one in configuration.outcomes.measures},
        checklist=completed.checklist,
        views=tuple(OwnView(area, level, Place(file)) for area, level in views),
    )


def _respond(completed: ExampleReturn, criterion: str, rubric: Rubric, file: str) -> Response:
    given = completed.answers[criterion]
    typed = rubric.frame.answers[given.answer].label
    return Response(criterion, given.answer, typed, given.evidence, given.own, Place(file), "")


def _identify(completed: ExampleReturn, school: School) -> Identity:
    signing = completed.identity
    return Identity(
        urn=school.urn,
        laestab=school.laestab,
        name=school.name,
        completed_by=signing.completed_by,
        role=signing.role,
        completed_on=signing.completed_on,
        governor=signing.governor,
        signed_on=signing.signed_on,
        shares_practice=signing.shares_practice,
    )

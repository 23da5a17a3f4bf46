"""A completed example as the return that will be read from its workbook."""

from pipeline.model.example import ExampleReturn, ExampleSchool
from pipeline.model.finding import Place
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import Figure, Identity, OwnView, Response, Submission


def register_school(row: ExampleSchool) -> School:
    """The school as the register has it."""
    return School(row.urn, row.laestab, row.name, row.phase, row.kind, row.district, row.town, row.pupils)


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

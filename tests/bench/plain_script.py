"""The script somebody would write in an afternoon: openpyxl reads each return, docxtpl fills each plan, one after another.

It borrows this project's rules and template, so that both sides make the same plans; it trusts every file, keeps no record and
writes no note.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

import openpyxl
from docxtpl import DocxTemplate
from openpyxl import Workbook

from pipeline.model import form
from pipeline.model.finding import Place
from pipeline.model.level import Answer, Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import Figure, Identity, OwnView, Response, Submission
from pipeline.rules.assessing import assess
from pipeline.rules.intake import keep_asked
from pipeline.rules.planning import plan_for
from pipeline.runner.workspace import Workspace

FIRST_ROW = 4


def make_plans(workspace: Workspace, paths: list[Path], out: Path, today: date) -> int:
    """Reads every return and writes its plan into `out`; gives how many were written."""
    out.mkdir(parents=True, exist_ok=True)
    template = workspace.root / "templates" / "action_plan.docx"
    words = {spelt.label.lower(): answer for answer, spelt in workspace.configuration.rubric.frame.answers.items()}
    written = 0
    for path in paths:
        submission = read(path, words, workspace.configuration)
        school = workspace.register.get(submission.identity.urn)
        if school:
            fill(template, submission, school, workspace.configuration, workspace.cycle, today, out / f"{school.urn}.docx")
            written += 1
    return written


def read(path: Path, words: dict[str, Answer], configuration: Configuration) -> Submission:
    """A return's answers and figures by fixed columns, as the blank workbook has them."""
    workbook = openpyxl.load_workbook(path, data_only=True)
    responses = tuple(_responses(workbook, path.name, words))
    figures = {str(row[0]): Figure(str(row[1] or ""), str(row[2] or "")) for row in _rows(workbook, form.OUTCOMES)}
    nothing = Figure("", "")
    outcomes = {measure.id: figures.get(measure.label, nothing) for measure in configuration.outcomes.measures}
    views = tuple(_views(workbook, path.name, configuration.rubric))
    return Submission(path.name, "", _identity(workbook), responses, outcomes, {}, views=views)


def _rows(workbook: Workbook, sheet: str) -> Iterator[tuple[object, ...]]:
    return workbook[sheet].iter_rows(max_col=3, values_only=True)


def _identity(workbook: Workbook) -> Identity:
    cells = {str(label): value for label, value, *_ in workbook[form.SCHOOL].iter_rows(values_only=True)}

    def day(label: str) -> date | None:
        value = cells.get(label)
        return value.date() if isinstance(value, datetime) else None

    def text(label: str) -> str:
        return str(cells.get(label) or "")

    return Identity(
        urn=text(form.URN),
        laestab=text(form.LAESTAB),
        name=text(form.NAME),
        completed_by=text(form.COMPLETED_BY),
        role=text(form.ROLE),
        completed_on=day(form.COMPLETED_ON),
        governor=text(form.GOVERNOR),
        signed_on=day(form.SIGNED_ON),
        shares_practice=cells.get(form.CONSENT) == form.YES,
    )


def _responses(workbook: Workbook, file: str, words: dict[str, Answer]) -> Iterator[Response]:
    for sheet in workbook.worksheets:
        if sheet["G3"].value != form.ANSWER:
            continue
        for number, row in enumerate(sheet.iter_rows(min_row=FIRST_ROW, values_only=True), FIRST_ROW):
            ref, answer, evidence, own = (str(row[column] or "") for column in (0, 6, 7, 8))
            if ref:
                place = Place(file, sheet.title, f"G{number}")
                yield Response(ref, words.get(answer.strip().lower()), answer, evidence, own, place, f"H{number}")


def _views(workbook: Workbook, file: str, rubric: Rubric) -> Iterator[OwnView]:
    levels = {rubric.label(level): level for level in Level}
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(max_col=7):
            if row[1].value == form.VIEW and row[6].value in levels:
                area = int(sheet.title.split()[0])
                yield OwnView(area, levels[str(row[6].value)], Place(file, sheet.title, row[6].coordinate))


def fill(
    template: Path, submission: Submission, school: School, configuration: Configuration, cycle: str, today: date, path: Path
) -> None:
    """Rates a return and writes its plan."""
    asked, _ = keep_asked(submission, school, configuration.rubric)
    assessment, _ = assess(asked, configuration.rubric, {})
    plan = plan_for(school, asked, assessment, configuration, cycle, today)
    document = DocxTemplate(template)
    document.render({field.name: getattr(plan, field.name) for field in fields(plan)}, autoescape=True)
    document.save(path)

"""The workbook's first two sheets: Start here, and Your school."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import form
from pipeline.model.project import Configuration
from pipeline.model.rubric import Area
from pipeline.model.school import School
from pipeline.rules.explanation import describe_rules
from pipeline.writers import style
from pipeline.writers.sheet import ask_date, offer_list, protect, put, put_band, put_formula, put_headings, put_open, set_up

_LINE = 13.5  # points for a line of 10-point text


@dataclass(frozen=True)
class AnswerRange:
    """Where an area's answers stand: the sheet, the cells (`G4:G10`) and how many."""

    area: Area
    sheet: str
    cells: str
    count: int

    @property
    def counted(self) -> str:
        """A formula term that counts the answers given."""
        return f"COUNTA('{self.sheet}'!{self.cells})"


def write_start(
    sheet: Worksheet, school: School, configuration: Configuration, cycle: str, ranges: Sequence[AnswerRange]
) -> None:
    """Start here: the progress line, how to complete the workbook, the levels, the answers and a glossary."""
    set_up(sheet, (31, 104, 18), footer=school.name)
    settings, guidance, frame = configuration.settings, configuration.guidance, configuration.rubric.frame
    dates = configuration.cycle(cycle)
    put_band(sheet, "ABC", 1, "Inclusive practice self-evaluation", 20)
    put_band(sheet, "ABC", 2, f"{school.name} · {dates.label}", 13)
    due = dates.returns_due
    asked = f"Please return this workbook by {due.day} {due:%B %Y} to {settings.authority.email}."
    put(sheet, "A3", asked, style.font(11), alignment=Alignment(vertical="center"))
    total = sum(one.count for one in ranges)
    progress = f'={"+".join(one.counted for one in ranges)}&" of {total} answered"'
    put_formula(sheet, "A4", progress, style.font(16, bold=True, colour=style.BRAND))
    for row, height in ((1, 34), (2, 22), (3, 20), (4, 28)):
        sheet.row_dimensions[row].height = height
    row = _write_areas(sheet, 6, ranges)
    row = _write_pairs(
        sheet, row + 1, "Before you begin", "", [("Why we ask", guidance.vision), ("Names and numbers", guidance.privacy)]
    )
    steps = [(f"{number}. {step.title}", step.text) for number, step in enumerate(guidance.steps, 1)]
    row = _write_pairs(sheet, row + 1, "How to complete this workbook", "", steps)
    levels = [(f"{words.label} ({words.name})", words.meaning) for words in frame.levels.values()]
    row = _write_pairs(sheet, row + 1, "The three levels", "What it means", levels)
    answers = [(words.label, words.meaning) for words in frame.answers.values()]
    row = _write_pairs(sheet, row + 1, "What you can answer", "Choose it when", answers)
    rules = [
        (f"Rule {number}", rule)
        for number, rule in enumerate(guidance.how_ratings_are_made + describe_rules(configuration.rubric), 1)
    ]
    row = _write_pairs(sheet, row + 1, "How a rating is worked out", "", rules)
    row = _write_pairs(sheet, row + 1, "Glossary", "Meaning", [(entry.term, entry.meaning) for entry in guidance.glossary])
    put(sheet, f"A{row + 1}", form.EDITION, style.font(9, colour="5B6B70"))
    put(sheet, f"B{row + 1}", f"{configuration.rubric.edition}, {cycle}", style.font(9, colour="5B6B70"))
    protect(sheet)


def _write_areas(sheet: Worksheet, row: int, ranges: Sequence[AnswerRange]) -> int:
    put_headings(sheet, row, ("Sheet", "Area of Focus", "Answered"))
    for one in ranges:
        row += 1
        link = put(sheet, f"A{row}", one.sheet, style.font(10, bold=True, colour=style.BRAND), boxed=True)
        link.hyperlink = f"#'{one.sheet}'!A1"
        link.font = style.font(10, bold=True, colour=style.BRAND)
        put(sheet, f"B{row}", f"{one.area.number}. {one.area.name}", boxed=True)
        counted = put_formula(sheet, f"C{row}", f'={one.counted}&" of {one.count}"', style.font(10))
        counted.border = style.GRID
        sheet.row_dimensions[row].height = _LINE + 5
    return row + 1


def _write_pairs(sheet: Worksheet, row: int, title: str, meaning: str, pairs: Sequence[tuple[str, str]]) -> int:
    """A headed table of two columns; gives the row after it."""
    put_headings(sheet, row, (title, meaning or " "))
    sheet.row_dimensions[row].height = 20
    for label, text in pairs:
        row += 1
        put(sheet, f"A{row}", label, style.font(10, bold=True), boxed=True)
        put(sheet, f"B{row}", text, boxed=True)
        sheet.row_dimensions[row].height = _LINE * max(style.lines(text, 130), style.lines(label, 28)) + 5
    return row + 1


def write_school(sheet: Worksheet, school: School) -> None:
    """Your school: who you are (filled in), who completed it, who agreed it, and whether practice may be shared."""
    set_up(sheet, (46, 58, 60), freeze="A3", footer=school.name)
    put_band(sheet, "ABC", 1, form.SCHOOL, 16)
    sheet.row_dimensions[1].height = 32
    put_headings(sheet, 2, ("About this return", "Your entry", "Please note"))
    sheet.row_dimensions[2].height = 20
    row = 3
    for label, value in (
        (form.NAME, school.name),
        (form.URN, school.urn),
        (form.LAESTAB, school.laestab),
        (form.PHASE, school.phase.label),
        (form.DISTRICT, school.district),
    ):
        put(sheet, f"A{row}", label, style.font(10, bold=True), boxed=True)
        put(sheet, f"B{row}", value, boxed=True)
        put(sheet, f"C{row}", "From our register. Tell us if it is wrong." if label == form.NAME else "", boxed=True)
        sheet.row_dimensions[row].height = 20
        row += 1
    for label, note in (
        (form.COMPLETED_BY, "The person we may ring with a question."),
        (form.ROLE, "For example: deputy headteacher, SENCO."),
        (form.COMPLETED_ON, "Where two workbooks come from one school, the later date counts."),
        (form.GOVERNOR, "The chair, or the link governor for SEND or inclusion."),
        (form.SIGNED_ON, "The date on which governors or trustees agreed this return."),
        (form.CONSENT, "Yes or No. We ask you again before any school is put in touch with you."),
    ):
        put(sheet, f"A{row}", label, style.font(10, bold=True), boxed=True)
        put_open(sheet, f"B{row}")
        put(sheet, f"C{row}", note, boxed=True)
        sheet.row_dimensions[row].height = 24
        if label in (form.COMPLETED_ON, form.SIGNED_ON):
            ask_date(sheet, f"B{row}", label)
            sheet[f"B{row}"].number_format = "d mmmm yyyy"
        if label == form.CONSENT:
            sheet.row_dimensions[row].height = 30
            offer_list(sheet, f"B{row}", (form.YES, form.NO), "Sharing practice")
        row += 1
    protect(sheet)

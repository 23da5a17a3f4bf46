"""The workbook's last two sheets: the Ofsted checklist and the outcomes."""

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import form
from pipeline.model.school import School
from pipeline.model.settings import Checklist, Outcomes
from pipeline.writers import style
from pipeline.writers.sheet import offer_list, protect, put, put_band, put_headings, put_open, set_up

_LINE = 13.5
_CHECKLIST_NOTE = (
    "Questions to talk through with leaders and governors. Answering is optional, nothing here changes a rating, and no grade "
    "is predicted. Ofsted does not ask for documents made for inspection."
)


def write_checklist(sheet: Worksheet, school: School, checklist: Checklist) -> None:
    """Ofsted's evaluation areas, what each looks at, the criteria that bear on it, and questions to answer."""
    set_up(sheet, (24, 44, 22, 50, 16, 44), freeze="B4", repeat_rows="3:3", footer=f"{school.name} · {form.CHECKLIST}")
    put_band(sheet, "ABCDEF", 1, form.CHECKLIST, 16)
    sheet.row_dimensions[1].height = 28
    sheet.merge_cells("A2:F2")
    put(sheet, "A2", f"{checklist.title}. {_CHECKLIST_NOTE}", alignment=style.wrap(vertical="center"))
    sheet.row_dimensions[2].height = 34
    put_headings(sheet, 3, ("Evaluation area", "What it looks at", "Criteria here", form.PROMPT, form.READY, form.NOTE))
    sheet.row_dimensions[3].height = 22
    row = 3
    for area in checklist.areas:
        if not area.applies_to(school.phase):
            continue
        for number, prompt in enumerate(area.prompts):
            row += 1
            # The area's name stands in every row, so that a sorted or filtered list still reads; its description only once.
            put(sheet, f"A{row}", area.title, style.font(10, bold=True), boxed=True)
            looks_at = area.looks_at if number == 0 else ""
            criteria = ", ".join(area.criteria) if number == 0 else ""
            put(sheet, f"B{row}", looks_at, style.font(9.5), boxed=True)
            put(sheet, f"C{row}", criteria, style.font(9.5), boxed=True)
            put(sheet, f"D{row}", prompt.text, boxed=True)
            put_open(sheet, f"E{row}")
            put_open(sheet, f"F{row}")
            tallest = max(style.lines(looks_at, 44), style.lines(criteria, 21), style.lines(prompt.text, 48))
            sheet.row_dimensions[row].height = _LINE * tallest + 8
    offer_list(sheet, f"E4:E{row}", form.READINESS, form.READY)
    protect(sheet)


def write_outcomes(sheet: Worksheet, outcomes: Outcomes) -> None:
    """The figures that ratings are set beside: one row a measure, last school year and the year before."""
    set_up(sheet, (40, 70, 22, 22), freeze="A4", repeat_rows="3:3", footer=form.OUTCOMES)
    put_band(sheet, "ABCD", 1, form.OUTCOMES, 16)
    sheet.row_dimensions[1].height = 28
    sheet.merge_cells("A2:D2")
    put(sheet, "A2", outcomes.note, alignment=style.wrap(vertical="center"))
    sheet.row_dimensions[2].height = 14 * style.lines(outcomes.note, 140) + 8
    put_headings(sheet, 3, (form.MEASURE, "What to count", form.THIS_YEAR, form.LAST_YEAR))
    sheet.row_dimensions[3].height = 22
    for row, measure in enumerate(outcomes.measures, 4):
        put(sheet, f"A{row}", measure.label, style.font(10, bold=True), boxed=True)
        put(sheet, f"B{row}", measure.meaning, boxed=True)
        for column in "CD":
            put_open(sheet, f"{column}{row}", alignment=Alignment(horizontal="right", vertical="top"))
        sheet.row_dimensions[row].height = _LINE * style.lines(measure.meaning, 68) + 8
    protect(sheet)

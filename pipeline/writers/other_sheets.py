"""The workbook's last two sheets: the Ofsted checklist and the outcomes."""

from pipeline.model import form
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.settings import Checklist, EvaluationArea, Outcomes
from pipeline.rules.checklist import tell_bearing
from pipeline.writers import style
from pipeline.writers.page import Asked, Page
from pipeline.writers.style import Look

_LINE = 13.5
_CHECKLIST_NOTE = (
    "Questions to talk through with leaders and governors. Answering is optional, nothing here changes a rating, and no grade "
    "is predicted. Ofsted does not ask for documents made for inspection."
)
_SMALL = Look(9.5, boxed=True)
_FIGURE = Look(background=style.OPEN_CELL, boxed=True, is_open=True, horizontal="right", wraps=False, indent=0)


def compose_checklist(school: School, checklist: Checklist, rubric: Rubric) -> Page:
    """Ofsted's evaluation areas, what each looks at, the criteria that bear on it, and questions to answer; below them the same
    the other way, by criterion."""
    footer = f"{school.name} · {form.CHECKLIST}"
    page = Page(form.CHECKLIST, (24, 44, 22, 50, 16, 44), footer, freeze="B4", repeat_rows="3:3")
    page.put_band("ABCDEF", 1, form.CHECKLIST, 16)
    page.heights[1] = 28
    page.put_note("A2:F2", f"{checklist.title}. {_CHECKLIST_NOTE}", 34)
    headings = ("Evaluation area", "What it looks at", "Criteria here", form.PROMPT, form.READY, form.NOTE)
    page.put_headings(3, headings, 22)
    row = 4
    for area in checklist.areas:
        if area.applies_to(school.phase):
            row = _put_prompts(page, row, area)
    page.asked.append(Asked(f"E4:E{row - 1}", form.READY, form.READINESS))
    page.put_band("ABCDEF", row + 1, "Criterion by criterion: the evaluation areas it bears on", 12)
    bearing = tell_bearing(checklist, school.phase)
    for below, focus in enumerate(rubric.areas, row + 2):
        criteria = [criterion for criterion in focus.criteria if criterion.applies_to(school.phase)]
        lines = [f"{one.id} {one.title}: {bearing.get(one.id, 'none of those above')}" for one in criteria]
        told = "\n".join((f"Area {focus.number}: {focus.name}", *lines))
        page.put_note(f"A{below}:F{below}", told, _LINE * style.lines(told, 190) + 8)
    return page


def _put_prompts(page: Page, row: int, area: EvaluationArea) -> int:
    """An evaluation area's questions; gives the row after them."""
    for number, prompt in enumerate(area.prompts):
        # The area's name stands in every row, so that a sorted or filtered list still reads; its description only once.
        looks_at = area.looks_at if number == 0 else ""
        criteria = ", ".join(area.criteria) if number == 0 else ""
        page.put(f"A{row}", area.title, style.LABEL)
        page.put(f"B{row}", looks_at, _SMALL)
        page.put(f"C{row}", criteria, _SMALL)
        page.put(f"D{row}", prompt.text, style.BOXED)
        page.leave_open(f"E{row}")
        page.leave_open(f"F{row}")
        tallest = max(style.lines(looks_at, 44), style.lines(criteria, 21), style.lines(prompt.text, 48))
        page.heights[row] = _LINE * tallest + 8
        row += 1
    return row


def compose_outcomes(outcomes: Outcomes) -> Page:
    """The figures that ratings are set beside: one row a measure, last school year and the year before."""
    page = Page(form.OUTCOMES, (40, 70, 22, 22), form.OUTCOMES, freeze="A4", repeat_rows="3:3")
    page.put_band("ABCD", 1, form.OUTCOMES, 16)
    page.heights[1] = 28
    page.put_note("A2:D2", outcomes.note, 14 * style.lines(outcomes.note, 140) + 8)
    page.put_headings(3, (form.MEASURE, "What to count", form.THIS_YEAR, form.LAST_YEAR), 22)
    for row, measure in enumerate(outcomes.measures, 4):
        page.put(f"A{row}", measure.label, style.LABEL)
        page.put(f"B{row}", measure.meaning, style.BOXED)
        page.leave_open(f"C{row}", _FIGURE)
        page.leave_open(f"D{row}", _FIGURE)
        page.heights[row] = _LINE * style.lines(measure.meaning, 68) + 8
    return page

"""One sheet an area: the criteria, what each level looks like, and the cells to fill in."""

from dataclasses import replace

from pipeline.model import form
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import Area, Criterion, Rubric
from pipeline.model.school import School
from pipeline.rules.standing import allowed_labels
from pipeline.writers import style
from pipeline.writers.front_sheets import AnswerRange, is_old
from pipeline.writers.page import Asked, Formula, Page, Tint
from pipeline.writers.style import Look

_WIDTHS = (5.5, 19, 19, 27, 27, 27, 15, 36, 24)
_WIDTHS_AGAIN = (*_WIDTHS, 9, 26)  # with the two columns of a pre-filled workbook
_HEADER_ROW = 3
_LINE = 12.4  # points for a line of 10-point text
_TALLEST = 409  # the tallest row Excel allows, in points

_PROGRESS = replace(style.ONE_LINE, size=12, bold=True, colour=style.WHITE, background=style.BRAND)
_REF = Look(bold=True, colour=style.BRAND, boxed=True)
_DUTY = Look(background=style.BRAND_PALE, boxed=True)
_LEVEL = Look(10.5, boxed=True)
_VIEW_LABEL = Look(bold=True, background=style.BRAND_PALE, vertical="center")
_VIEW_HINT = Look(background=style.BRAND_PALE, vertical="center", wraps=False)
_LAST_TIME = Look(9, boxed=True)
_TICK = Look(11, bold=True, background=style.OPEN_CELL, boxed=True, horizontal="center", indent=0, is_open=True)
_ANSWER = Look(11, bold=True, background=style.OPEN_CELL, boxed=True, is_open=True)


def compose_area(area: Area, school: School, rubric: Rubric, *, again: bool = False) -> tuple[Page, AnswerRange]:
    """An area's sheet, and where its answers stand. Columns: reference, criterion, duty, three levels, answer, evidence, own
    next step; `again` adds whether an old answer is still true, and what there was last time."""
    title = form.area_sheet(area.number, area.name)
    columns, widths = ("ABCDEFGHIJK", _WIDTHS_AGAIN) if again else ("ABCDEFGHI", _WIDTHS)
    page = Page(title, widths, f"{school.name} · Area {area.number}", freeze="C4", repeat_rows="3:3")
    criteria = [criterion for criterion in area.criteria if criterion.applies_to(school.phase)]
    first, last = _HEADER_ROW + 1, _HEADER_ROW + len(criteria)
    answers = AnswerRange(area, title, first, last, again)
    page.put_band(columns, 1, f"{area.number}. {area.name}", 16)
    progress = Formula(f'={answers.count_on("")}&" of {len(criteria)} answered"')
    page.put("H1", progress, _PROGRESS)
    page.heights[1] = 32
    page.put_note(f"A2:{columns[-1]}2", area.definition, 14 * style.lines(area.definition, 230) + 8)
    levels = rubric.frame.levels.values()
    headings = (form.REF, form.CRITERION, form.DUTY, *(words.label for words in levels), form.ANSWER, form.EVIDENCE, form.OWN)
    page.put_headings(_HEADER_ROW, (*headings, *(form.AGAIN if again else ())), 32)
    for row, criterion in enumerate(criteria, first):
        _put_criterion(page, row, criterion, rubric)
    if again:
        _put_again(page, answers)
    for answer, words in rubric.frame.answers.items():
        tint = style.TINTS["none" if answer is Answer.NOT_APPLICABLE else answer.value]
        page.tints.append(Tint(answers.cells, f'$G{first}="{words.label}"', tint))
    _put_view(page, last + 2, area, rubric)
    return page, answers


def _put_criterion(page: Page, row: int, criterion: Criterion, rubric: Rubric) -> None:
    duty = criterion.gate.duty if criterion.gate else ""
    levels = (criterion.emerging, criterion.established, criterion.advanced)
    page.put(f"A{row}", criterion.id, _REF)
    page.put(f"B{row}", criterion.title, style.LABEL)
    page.put(f"C{row}", duty, _DUTY if duty else style.BOXED)
    for column, text in zip("DEF", levels, strict=True):
        page.put(f"{column}{row}", text, _LEVEL)
    page.leave_open(f"G{row}", _ANSWER)
    page.leave_open(f"H{row}")
    page.leave_open(f"I{row}")
    page.asked.append(Asked(f"G{row}", f"{criterion.id} {criterion.title}"[:32], allowed_labels(criterion, rubric)))
    page.names[form.answer_name(criterion.id)] = f"G{row}"
    tallest = max(*(style.lines(text, 33) for text in levels), style.lines(duty, 24), style.lines(criterion.title, 17))
    page.heights[row] = min(_TALLEST, _LINE * tallest + 8)


def find_height(evidence: str, last_time: str) -> float:
    """How tall a row must be for the evidence in it and for what is said of last time, in points."""
    return min(_TALLEST, _LINE * max(style.lines(evidence, 44), style.lines(last_time, 32)) + 8)


def _put_again(page: Page, answers: AnswerRange) -> None:
    """The cells that confirm old answers, and those that say what was pre-filled. Until it is confirmed or changed, an old
    answer stands in grey, and its cell to confirm it in a colour that asks for something."""
    rows, first = range(answers.first, answers.last + 1), answers.first
    for row in rows:
        page.leave_open(f"J{row}", _TICK)
        page.put(f"K{row}", None, _LAST_TIME)
    page.asked.append(Asked(answers.column("J"), form.STILL_TRUE, (form.YES,)))
    waiting = f'AND($J{first}<>"{form.YES}",{is_old(first)})'
    page.tints.append(Tint(answers.cells, waiting, style.TINTS["none"]))
    page.tints.append(Tint(answers.column("H"), waiting, style.TINTS["none"]))
    page.tints.append(Tint(answers.column("J"), waiting, style.ASKING))
    page.tints.append(Tint(answers.column("J"), f"NOT({is_old(first)})", style.TINTS["none"]))
    for words in (form.NEW, form.CHANGED, form.AND_AGAIN):
        page.tints.append(Tint(answers.column("K"), f'ISNUMBER(SEARCH("{words}",$K{first}))', style.ASKING))


def _put_view(page: Page, row: int, area: Area, rubric: Rubric) -> None:
    """The cell for the school's own view, a row below the criteria: sorting them leaves it alone."""
    page.put(f"B{row}", form.VIEW, _VIEW_LABEL)
    page.put(f"C{row}", form.VIEW_HINT, _VIEW_HINT)
    for column in "ADEF":
        page.put(f"{column}{row}", None, _VIEW_HINT)
    page.leave_open(f"G{row}", replace(_ANSWER, vertical="center"))
    page.asked.append(Asked(f"G{row}", form.VIEW, [rubric.label(level) for level in Level]))
    page.names[form.view_name(area.number)] = f"G{row}"
    for level in Level:
        page.tints.append(Tint(f"G{row}", f'$G{row}="{rubric.label(level)}"', style.TINTS[level.key]))
    page.heights[row] = 2 * _LINE + 8

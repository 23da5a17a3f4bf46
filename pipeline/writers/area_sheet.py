"""One sheet an area: the criteria, what each level looks like, and the cells to fill in."""

from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import form
from pipeline.model.level import Answer
from pipeline.model.rubric import Area, Criterion, Rubric
from pipeline.model.school import School
from pipeline.rules.standing import allowed_labels
from pipeline.writers import style
from pipeline.writers.front_sheets import AnswerRange
from pipeline.writers.sheet import offer_list, protect, put, put_band, put_formula, put_headings, put_open, set_up

_WIDTHS = (5.5, 19, 19, 27, 27, 27, 15, 36, 24)
_HEADER_ROW = 3
_LINE = 12.4  # points for a line of 10-point text
_TALLEST = 409  # the tallest row Excel allows, in points


def write_area(sheet: Worksheet, area: Area, school: School, rubric: Rubric) -> AnswerRange:
    """Writes an area's sheet; gives where its answers stand. Columns: reference, criterion, duty, three levels, answer,
    evidence, own next step."""
    set_up(sheet, _WIDTHS, freeze="C4", repeat_rows="3:3", footer=f"{school.name} · Area {area.number}")
    criteria = [criterion for criterion in area.criteria if criterion.applies_to(school.phase)]
    first, last = _HEADER_ROW + 1, _HEADER_ROW + len(criteria)
    written = AnswerRange(area, sheet.title, f"G{first}:G{last}", len(criteria))
    _write_top(sheet, area, f'=COUNTA(G{first}:G{last})&" of {len(criteria)} answered"')
    levels = rubric.frame.levels.values()
    headings = (form.REF, form.CRITERION, form.DUTY, *(words.label for words in levels), form.ANSWER, form.EVIDENCE, form.OWN)
    put_headings(sheet, _HEADER_ROW, headings)
    sheet.row_dimensions[_HEADER_ROW].height = 32
    for row, criterion in enumerate(criteria, first):
        _write_criterion(sheet, row, criterion, rubric)
        _name_answer(sheet, row, criterion)
    _tint_answers(sheet, written.cells, first, rubric)
    protect(sheet)
    return written


def _write_top(sheet: Worksheet, area: Area, progress: str) -> None:
    title = f"{area.number}. {area.name}"
    put_band(sheet, "ABCDEFGHI", 1, title, 16)
    put_formula(sheet, "H1", progress, style.font(12, bold=True, colour=style.WHITE))
    sheet.row_dimensions[1].height = 32
    # The definition stands above the table, so it may span columns; the table itself has no merged cells.
    sheet.merge_cells("A2:I2")
    put(sheet, "A2", area.definition, alignment=style.wrap(vertical="center"))
    sheet.row_dimensions[2].height = 14 * style.lines(area.definition, 230) + 8


def _write_criterion(sheet: Worksheet, row: int, criterion: Criterion, rubric: Rubric) -> None:
    put(sheet, f"A{row}", criterion.id, style.font(10, bold=True, colour=style.BRAND), boxed=True)
    put(sheet, f"B{row}", criterion.title, style.font(10, bold=True), boxed=True)
    duty = criterion.gate.duty if criterion.gate else ""
    put(sheet, f"C{row}", duty, style.font(10), background=style.BRAND_PALE if duty else "", boxed=True)
    for column, text in zip("DEF", (criterion.emerging, criterion.established, criterion.advanced), strict=True):
        put(sheet, f"{column}{row}", text, style.font(10.5), boxed=True)
    answer = put_open(sheet, f"G{row}")
    answer.font = style.font(11, bold=True)
    put_open(sheet, f"H{row}")
    put_open(sheet, f"I{row}")
    offer_list(sheet, f"G{row}", allowed_labels(criterion, rubric), f"{criterion.id} {criterion.title}"[:32])
    tallest = max(
        *(style.lines(text, 33) for text in (criterion.emerging, criterion.established, criterion.advanced)),
        style.lines(duty, 24),
        style.lines(criterion.title, 17),
    )
    sheet.row_dimensions[row].height = min(_TALLEST, _LINE * tallest + 8)


def _name_answer(sheet: Worksheet, row: int, criterion: Criterion) -> None:
    name = form.answer_name(criterion.id)
    assert sheet.parent is not None
    sheet.parent.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!$G${row}")


def _tint_answers(sheet: Worksheet, cells: str, first: int, rubric: Rubric) -> None:
    for answer, words in rubric.frame.answers.items():
        tint = style.TINTS["none" if answer is Answer.NOT_APPLICABLE else answer.value]
        rule = FormulaRule(formula=[f'$G{first}="{words.label}"'], fill=style.conditional_fill(tint))
        sheet.conditional_formatting.add(cells, rule)

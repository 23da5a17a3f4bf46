"""The workbook's first two sheets: Start here, and Your school."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import form
from pipeline.model.project import Configuration
from pipeline.model.rubric import Area
from pipeline.model.school import School
from pipeline.rules.explanation import describe_rules
from pipeline.writers import style
from pipeline.writers.page import Asked, Formula, Page
from pipeline.writers.style import Look

_LINE = 13.5  # points for a line of 10-point text
_DATE = "d mmmm yyyy"

_ASKED = replace(style.ONE_LINE, size=11)
_PROGRESS = replace(style.ONE_LINE, size=16, bold=True, colour=style.BRAND)
_COUNTED = replace(style.ONE_LINE, boxed=True)
_LINK = Look(bold=True, colour=style.BRAND, boxed=True)
_PREFILLED = Look(11, bold=True, colour=style.BRAND, background=style.ASKING, vertical="center")
_PREFILLED_HOW = replace(_PREFILLED, bold=False, colour=style.INK)
_CONFIRM = (
    f"Where an old answer still holds, choose {form.YES} beside it under “{form.STILL_TRUE}”; where it does not, change it. "
    "An old answer left as it was, without that, counts as not answered."
)
_EDITION = Look(9, colour=style.QUIET)


@dataclass(frozen=True)
class AnswerRange:
    """Where an area's answers stand: the sheet, and the first row and the last. In a workbook that is filled in `again`, an old
    answer counts once it is confirmed."""

    area: Area
    sheet: str
    first: int
    last: int
    again: bool = False

    @property
    def count(self) -> int:
        """How many there are."""
        return self.last - self.first + 1

    @property
    def cells(self) -> str:
        """Their cells, such as `G4:G10`."""
        return self.column("G")

    def column(self, letter: str) -> str:
        """The same rows of another column."""
        return f"{letter}{self.first}:{letter}{self.last}"

    @property
    def counted(self) -> str:
        """A formula term that counts the answers given."""
        return self.count_on(f"'{self.sheet}'!")

    def count_on(self, sheet: str) -> str:
        """The same, for cells that the formula must name as being on another sheet."""
        if not self.again:
            return f"COUNTA({sheet}{self.cells})"
        answers, ticks = f"{sheet}{self.cells}", f"{sheet}{self.column('J')}"
        old = _is_old(f"{sheet}{self.column('A')}", answers, f"{sheet}{self.column('K')}")
        return f'SUMPRODUCT(({answers}<>"")*(1-({ticks}<>"{form.YES}")*({old})))'


def is_old(row: int) -> str:
    """A formula term: whether the answer in a row is the one that the workbook was sent out with."""
    return _is_old(f"$A{row}", f"$G{row}", f"$K{row}")


def _is_old(reference: str, answer: str, last_time: str) -> str:
    begins = f'{reference}&": "&{answer}&"{form.FROM}"'
    return f"LEFT({last_time},LEN({begins}))={begins}"


def compose_start(
    school: School, configuration: Configuration, cycle: str, ranges: Sequence[AnswerRange], prefilled_from: str = ""
) -> Page:
    """Start here: the progress line, how to complete the workbook, the levels, the answers and a glossary.

    `prefilled_from` is the cycle whose answers it is sent out with."""
    page = Page(form.START, (31, 104, 18), school.name)
    guidance, frame = configuration.guidance, configuration.rubric.frame
    _put_top(page, school, configuration, cycle, ranges)
    if prefilled_from:
        page.put(form.COUNT_CELL, None, _PREFILLED)
        page.put("B5", _CONFIRM, _PREFILLED_HOW)
        page.put("C5", None, _PREFILLED_HOW)
        page.heights[5] = 32
    row = _put_areas(page, 6, ranges)
    row = _put_pairs(
        page, row + 1, "Before you begin", "", [("Why we ask", guidance.vision), ("Names and numbers", guidance.privacy)]
    )
    told = guidance.steps_again + guidance.steps if prefilled_from else guidance.steps
    steps = [(f"{number}. {step.title}", step.text) for number, step in enumerate(told, 1)]
    row = _put_pairs(page, row + 1, "How to complete this workbook", "", steps)
    levels = [(f"{words.label} ({words.name})", words.meaning) for words in frame.levels.values()]
    row = _put_pairs(page, row + 1, "The three levels", "What it means", levels)
    answers = [(words.label, words.meaning) for words in frame.answers.values()]
    row = _put_pairs(page, row + 1, "What you can answer", "Choose it when", answers)
    rules = enumerate(guidance.how_ratings_are_made + describe_rules(configuration.rubric), 1)
    row = _put_pairs(page, row + 1, "How a rating is worked out", "", [(f"Rule {number}", rule) for number, rule in rules])
    row = _put_pairs(page, row + 1, "Glossary", "Meaning", [(entry.term, entry.meaning) for entry in guidance.glossary])
    page.put(f"A{row + 1}", form.EDITION, _EDITION)
    page.put(f"B{row + 1}", form.state_edition(configuration.rubric.edition, cycle, prefilled_from), _EDITION)
    return page


def _put_top(page: Page, school: School, configuration: Configuration, cycle: str, ranges: Sequence[AnswerRange]) -> None:
    dates = configuration.cycle(cycle)
    due = dates.returns_due
    page.put_band("ABC", 1, "Inclusive practice self-evaluation", 20)
    page.put_band("ABC", 2, f"{school.name} · {dates.label}", 13)
    asked = f"Please return this workbook by {due.day} {due:%B %Y} to {configuration.settings.authority.email}."
    page.put("A3", asked, _ASKED)
    total = sum(one.count for one in ranges)
    page.put("A4", Formula(f'={"+".join(one.counted for one in ranges)}&" of {total} answered"'), _PROGRESS)
    page.heights.update({1: 34, 2: 22, 3: 20, 4: 28})


def _put_areas(page: Page, row: int, ranges: Sequence[AnswerRange]) -> int:
    """The contents; gives the row after them."""
    page.put_headings(row, ("Sheet", "Area of Focus", "Answered"))
    for one in ranges:
        row += 1
        page.put(f"A{row}", one.sheet, _LINK)
        page.links[f"A{row}"] = f"'{one.sheet}'!A1"
        page.put(f"B{row}", f"{one.area.number}. {one.area.name}", style.BOXED)
        page.put(f"C{row}", Formula(f'={one.counted}&" of {one.count}"'), _COUNTED)
        page.heights[row] = _LINE + 5
    return row + 1


def _put_pairs(page: Page, row: int, title: str, meaning: str, pairs: Sequence[tuple[str, str]]) -> int:
    """A headed table of two columns; gives the row after it."""
    page.put_headings(row, (title, meaning or " "), 20)
    for label, text in pairs:
        row += 1
        page.put(f"A{row}", label, style.LABEL)
        page.put(f"B{row}", text, style.BOXED)
        page.heights[row] = _LINE * max(style.lines(text, 130), style.lines(label, 28)) + 5
    return row + 1


def compose_school(school: School) -> Page:
    """Your school: who you are (filled in), who completed it, who agreed it, and whether practice may be shared."""
    page = Page(form.SCHOOL, (46, 58, 60), school.name, freeze="A3")
    page.put_band("ABC", 1, form.SCHOOL, 16)
    page.heights[1] = 32
    page.put_headings(2, ("About this return", "Your entry", "Please note"), 20)
    known = (
        (form.NAME, school.name),
        (form.URN, school.urn),
        (form.LAESTAB, school.laestab),
        (form.PHASE, school.phase.label),
        (form.DISTRICT, school.district),
    )
    for row, (label, value) in enumerate(known, 3):
        note = "From our register. Tell us if it is wrong." if label == form.NAME else ""
        for column, text, look in (("A", label, style.LABEL), ("B", value, style.BOXED), ("C", note, style.BOXED)):
            page.put(f"{column}{row}", text, look)
        page.heights[row] = 20
    _put_sign_off(page, 3 + len(known))
    return page


def _put_sign_off(page: Page, row: int) -> None:
    for label, note in (
        (form.COMPLETED_BY, "The person we may ring with a question."),
        (form.ROLE, "For example: deputy headteacher, SENCO."),
        (form.COMPLETED_ON, "Where two workbooks come from one school, the later date counts."),
        (form.GOVERNOR, "The chair, or the link governor for SEND or inclusion."),
        (form.SIGNED_ON, "The date on which governors or trustees agreed this return."),
        (form.CONSENT, "Yes or No. We ask you again before any school is put in touch with you."),
    ):
        is_date = label in (form.COMPLETED_ON, form.SIGNED_ON)
        page.put(f"A{row}", label, style.LABEL)
        page.leave_open(f"B{row}", replace(style.OPEN, shown_as=_DATE) if is_date else style.OPEN)
        page.put(f"C{row}", note, style.BOXED)
        page.heights[row] = 30 if label == form.CONSENT else 24
        if is_date:
            page.asked.append(Asked(f"B{row}", label))
        if label == form.CONSENT:
            page.asked.append(Asked(f"B{row}", "Sharing practice", (form.YES, form.NO)))
        row += 1

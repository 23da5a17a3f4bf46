"""The rubric as an Excel workbook, for an officer who edits wording and thresholds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from io import BytesIO

from openpyxl import Workbook

from pipeline.model import rubric_form as form
from pipeline.model.draft import Draft
from pipeline.model.level import Level
from pipeline.model.rubric import Area, Criterion, LevelRule
from pipeline.model.rubric_form import Field, Form, Kind, level_word, quote_item
from pipeline.rules.rubric_soundness import LEVELS
from pipeline.writers import style
from pipeline.writers.archive import settle
from pipeline.writers.page import Asked, Formula, Page
from pipeline.writers.sheet import Wardrobe, draw
from pipeline.writers.style import Look

Value = str | int | date
Row = Sequence[Value]

_HEADING_ROW = 3
_LINE = 13.0  # points for a line of 10-point text
_TALLEST = 409  # the tallest row Excel allows, in points
_FIRST_DAY = date(1900, 3, 1)  # of Excel's calendar, before which it counts a day that never was
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot carry
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read the character with this number
_LONGEST_CHOICES = 250  # characters of a drop-down's list

_TEXT = Look(boxed=True, shown_as="@")  # text, so that 3/4 stays 3/4 and 1-0 stays 1-0 when typed
_ID = replace(_TEXT, bold=True, colour=style.BRAND, background=style.BRAND_PALE)
_DATE = replace(_TEXT, shown_as="d mmmm yyyy")
_QUIET = Look(boxed=True, colour=style.QUIET)
_LEVEL_WORDS = tuple(level_word(level.key) for level in Level)


def write_rubric_workbook(draft: Draft) -> bytes:
    """The workbook. Everything of the rubric is in it, retired areas too.

    Raises: ValueError where a text holds a character that Excel cannot, or is longer than a cell holds.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    wardrobe = Wardrobe()
    for page in (_compose_readme(draft), *(_compose(one, rows, draft) for one, rows in _list_rows(draft))):
        draw(page, workbook.create_sheet(page.title), wardrobe)
    workbook.properties.title = f"Rubric {draft.rubric.edition}"
    workbook.properties.creator = draft.frame.title
    workbook.properties.language = "en-GB"
    result = BytesIO()
    workbook.save(result)
    return settle(result.getvalue())


def _list_rows(draft: Draft) -> Sequence[tuple[Form, Sequence[Row]]]:
    frame = draft.frame
    criteria = [criterion for area in draft.areas for criterion in area.criteria]
    levels = [
        (form.LEVEL_KIND, level_word(level.key), words.label, words.name, words.meaning)
        for level, words in frame.levels.items()
    ]
    states = [(form.STATE_KIND, state, label, "", "") for state, label in frame.states.items()]
    answers = [
        (level_word(answer.value), words.label, words.meaning, _join(words.also)) for answer, words in frame.answers.items()
    ]
    sources = [
        (key, one.title, one.in_force, one.address, _day(one.checked_on), one.standing) for key, one in frame.sources.items()
    ]
    return (
        (form.SETTINGS, [(line.label, _setting(draft, line.path), line.meaning) for line in form.SETTING_LINES]),
        (form.RULES, [*_list_rules(form.AREA, frame.rules.area), *_list_rules(form.OVERALL, frame.rules.overall.levels)]),
        (form.LEVELS, [*levels, *states]),
        (form.ANSWERS, answers),
        (form.AREAS, [_list_area(area) for area in draft.areas]),
        (form.CRITERIA, [_list_criterion(criterion) for criterion in criteria]),
        (form.STEPS, [row for criterion in criteria for row in _list_steps(criterion)]),
        (form.THEMES, list(frame.themes.items())),
        (form.SOURCES, sources),
    )


def _setting(draft: Draft, path: Sequence[str]) -> Value:
    value: object = reduce(getattr, path, draft.frame)
    if isinstance(value, bool):
        return form.YES if value else form.NO
    if isinstance(value, Level):
        return level_word(value.key)
    return value if isinstance(value, int) else str(value)


def _list_rules(what: str, rules: Sequence[LevelRule]) -> Sequence[Row]:
    return [
        (
            *(what, level_word(rule.level.key), str(rule.share)),
            *(level_word(rule.at_least.key), level_word(rule.none_below.key)),
            "\n".join(f"{number}: {level_word(least.key)}" for number, least in rule.areas_at_least.items()),
        )
        for rule in rules
    ]


def _list_area(area: Area) -> Row:
    return area.number, area.name, area.status.capitalize(), "\n".join(map(str, area.crosswalk)), area.definition


def _list_criterion(criterion: Criterion) -> Row:
    phases = form.ALL_PHASES if criterion.phases == "all" else "\n".join(phase.label for phase in criterion.phases)
    gate = criterion.gate
    return (
        *(criterion.id, criterion.title, criterion.emerging, criterion.established, criterion.advanced),
        *((gate.duty, gate.source) if gate else ("", "")),
        *(phases, _join(criterion.themes), criterion.lead, _join(criterion.formerly)),
    )


def _list_steps(criterion: Criterion) -> Sequence[Row]:
    steps = [(level, criterion.steps.to(level)) for level in LEVELS]
    return [(criterion.id, "", level_word(level.key), step.opportunity, step.action, step.success) for level, step in steps]


def _join(items: Sequence[str]) -> str:
    return "\n".join(map(quote_item, items))


def _day(day: date) -> Value:
    return day if day >= _FIRST_DAY else day.isoformat()


def _compose(one: Form, rows: Sequence[Row], draft: Draft) -> Page:
    page = Page(
        one.sheet,
        [field.width for field in one.fields],
        f"Rubric {draft.rubric.edition} · {one.sheet}",
        freeze=f"{'C' if len(one.fields) > 4 else 'B'}{_HEADING_ROW + 1}",
        repeat_rows=f"{_HEADING_ROW}:{_HEADING_ROW}",
        is_protected=False,
    )
    letters = "".join(chr(65 + column) for column in range(len(one.fields)))
    page.put_band(letters, 1, one.sheet, 16)
    page.heights[1] = 32
    width = sum(field.width for field in one.fields)
    page.put_note(f"A2:{letters[-1]}2", one.note, 14 * style.lines(one.note, width * 1.05) + 8)
    page.put_headings(_HEADING_ROW, one.headings, 30)
    last = _HEADING_ROW + len(rows) + one.spare
    for number, row in enumerate([*rows, *[("",) * len(letters)] * one.spare], _HEADING_ROW + 1):
        _put_row(page, number, one, row)
    for letter, field in zip(letters, one.fields, strict=True):
        choices = _choices(one, field, draft)
        if choices and sum(map(len, choices)) + len(choices) <= _LONGEST_CHOICES:
            page.asked.append(Asked(f"{letter}{_HEADING_ROW + 1}:{letter}{last}", field.heading, choices))
    if one is form.SETTINGS:
        _ask_settings(page)
    return page


def _put_row(page: Page, number: int, one: Form, row: Row) -> None:
    tallest = 1
    for column, (field, value) in enumerate(zip(one.fields, row, strict=True)):
        place = f"{chr(65 + column)}{number}"
        page.put(place, _write(place, field, value), _look(one, field))
        width = field.width * 1.12
        long_words = sum(int(len(word) / width) for word in str(value).split())  # an address is broken where it must be
        tallest = max(tallest, style.lines(str(value), width) + long_words)
    page.heights[number] = min(_TALLEST, _LINE * tallest + 7)


def _write(place: str, field: Field, value: Value) -> str | int | date | None:
    if field.heading == form.TITLE_SHOWN:
        return Formula(f'=IFERROR(INDEX(Criteria!$B:$B,MATCH($A{place[1:]},Criteria!$A:$A,0)),"")')
    if not isinstance(value, str):
        return value
    if len(value) > 32_000:
        raise ValueError(f"{field.heading} holds {len(value):,} characters")
    if _UNPRINTABLE.search(value):
        raise ValueError(f"{field.heading} holds a character that cannot be printed")
    return _ESCAPE.sub("_x005F_", value) or None


def _look(one: Form, field: Field) -> Look:
    if field.heading == form.TITLE_SHOWN or (one is form.SETTINGS and field.heading == form.MEANING):
        return _QUIET
    if field is one.fields[0] or (one is form.LEVELS and field.kind is Kind.ID):
        return _ID
    return _DATE if field.kind is Kind.DATE else _TEXT


def _choices(one: Form, field: Field, draft: Draft) -> Sequence[str]:
    if field.kind is Kind.LEVEL:
        return _LEVEL_WORDS if field.heading in ("At least", "None below") else _LEVEL_WORDS[1:]
    if field.kind is Kind.CHOICE:
        return _CHOICES[field.heading]
    if one is form.CRITERIA and field.heading == "Source":
        return [key for key in draft.frame.sources if "," not in key and '"' not in key]
    return ()


_CHOICES: Mapping[str, Sequence[str]] = {
    "For": (form.AREA, form.OVERALL),
    "Kind": (form.LEVEL_KIND, form.STATE_KIND),
    "Status": tuple(status.capitalize() for status in form.STATUSES),
}


def _ask_settings(page: Page) -> None:
    for number, line in enumerate(form.SETTING_LINES, _HEADING_ROW + 1):
        if line.kind is Kind.LEVEL:
            page.asked.append(Asked(f"B{number}", line.label, _LEVEL_WORDS))
        elif line.kind is Kind.CHOICE:
            page.asked.append(Asked(f"B{number}", line.label, (form.YES, form.NO)))


_HOW = (
    ("Change", "Change wording and numbers where they stand. Pale cells in the first column are ids: keep those in "
     "use, because returns, "
     "resources and the checklist name them."),
    ("Add", "Write a new criterion into the spare rows at the end of Criteria, with the next free number of its area, "
     "and its three steps "
     "at the end of Steps. Its order among its area's criteria is that of the rows."),
    ("Retire", "Set an area's status to Retired and say which areas take over. Keep its rows, so that last cycle's "
     "ratings still compare."),
    ("Lists", "Where a cell holds a list, each entry has a line of its own: Alt and Enter begin a new line."),
    ("Version", "Raise the second number after a change of wording alone (1-0 to 1-1), the first when ratings stop "
     "being comparable: a "
     "criterion, a gate, a phase, a threshold, an answer (1-0 to 2-0). “inclusion rubric diff” says which it must be."),
    ("Bring it back", "Save this file, then run: inclusion rubric import FILE.xlsx --out FOLDER. Nothing is written "
     "while anything here "
     "cannot be used; each such cell is named with what mends it. Then run: inclusion rubric check FOLDER."),
)  # fmt: skip


def _compose_readme(draft: Draft) -> Page:
    page = Page(form.README, (22, 110), f"Rubric {draft.rubric.edition}", is_protected=False)
    page.put_band("AB", 1, "The rubric, for editing", 20)
    page.put_band("AB", 2, f"{draft.frame.title} · {draft.rubric.edition}", 12)
    page.heights.update({1: 36, 2: 22, 3: 10})
    page.put_headings(4, ("To do this", "Please"), 22)
    row = 5
    for label, text in _HOW:
        row = _put_pair(page, row, label, text)
    page.heights[row] = 10
    page.put_headings(row + 1, ("Sheet", "What it holds"), 22)
    row += 2
    for one in form.FORMS:
        page.links[f"A{row}"] = f"'{one.sheet}'!A1"
        row = _put_pair(page, row, one.sheet, one.note)
    return page


def _put_pair(page: Page, row: int, label: str, text: str) -> int:
    page.put(f"A{row}", label, style.LABEL)
    page.put(f"B{row}", text, style.BOXED)
    page.heights[row] = _LINE * style.lines(text, 132) + 7
    return row + 1

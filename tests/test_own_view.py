"""A school's own view of each area: asked for, read wherever it went, told where it cannot count, and set beside the rating."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from conftest import CYCLE, ROOT, complete, rows_of, texts
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import form
from pipeline.model.assessment import AreaRating, Assessment
from pipeline.model.batch import AreaLine, Batch, Entry, Outcome, Summary
from pipeline.model.finding import Finding, Place
from pipeline.model.level import Level
from pipeline.model.moderation import Moderated
from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import OwnView, Submission
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.intake import keep_asked
from pipeline.rules.merging import find_differences, put_together
from pipeline.rules.planning import plan_for
from pipeline.rules.side_by_side import tell_own_view, tell_reason, tell_status
from pipeline.rules.summary import reconcile, summarise
from pipeline.writers.overview import write_overview
from pipeline.writers.template import Properties, load_template
from pipeline.writers.workbook import build_workbook

WORDS = ("Not yet Emerging", "Emerging", "Established", "Advanced")
GIVEN = {1: "Advanced", 2: "Emerging", 5: "Established", 9: "Not yet Emerging"}
MEANT = {1: Level.ADVANCED, 2: Level.EMERGING, 5: Level.ESTABLISHED, 9: Level.NOT_YET}
TODAY = date(2026, 11, 23)

Edit = Callable[[Workbook], None]


def labels(workbook: Workbook) -> list[tuple[Worksheet, int]]:
    """Where the workbook asks for a view, area by area."""
    return [
        (sheet, cell.row or 0)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == form.VIEW
    ]


def give(views: Mapping[int, object]) -> Edit:
    def edit(workbook: Workbook) -> None:
        for area, (sheet, row) in enumerate(labels(workbook), 1):
            sheet[f"G{row}"].value = views.get(area)

    return edit


def read(
    configuration: Configuration,
    school: School,
    expected: Expectations,
    *edits: Edit,
    views: Mapping[int, object] | None = None,
    answers: Mapping[str, str] | None = None,
    otherwise: str = "S",
) -> tuple[Submission, tuple[Finding, ...]]:
    def edit(workbook: Workbook) -> None:
        for one in (give(GIVEN if views is None else views), *edits):
            one(workbook)

    content = complete(school, configuration, answers, otherwise=otherwise, edit=edit)
    submission, findings = read_return(content, "return.xlsx", expected)
    assert submission is not None
    return submission, findings


def seen(submission: Submission) -> dict[int, Level]:
    return {view.area: view.level for view in submission.views}


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


# The workbook.


def test_every_area_asks_for_a_view_below_its_criteria(school: School, configuration: Configuration) -> None:
    workbook = build_workbook(school, configuration, CYCLE)
    asked = labels(workbook)
    assert len(asked) == 9
    last = {sheet.title: row for sheet, row in rows_of(workbook).values()}
    for area, (sheet, row) in enumerate(asked, 1):
        assert row == last[sheet.title] + 2  # a row is left free, so that sorting and pasting leave it alone
        assert [cell.coordinate for cell in sheet[row] if not cell.protection.locked] == [f"G{row}"]
        (offered,) = [one.formula1 for one in sheet.data_validations.dataValidation if f"G{row}" in one.cells]
        assert offered == f'"{",".join(WORDS)}"'
        assert workbook.defined_names[form.view_name(area)].attr_text == f"'{sheet.title}'!$G${row}"
        assert sheet[f"C{row}"].value == form.VIEW_HINT


# Reading.


def insert_rows_and_columns(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(5, 3)
        sheet.insert_cols(7)
        sheet.insert_cols(1)


def rename_and_reorder(workbook: Workbook) -> None:
    for number, sheet in enumerate(workbook.worksheets):
        sheet.title = f"Tabelle {number}"
    workbook._sheets.reverse()  # type: ignore[attr-defined]


def sort_rows_with_the_view(workbook: Workbook) -> None:
    sheet = labels(workbook)[0][0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=12)]
    for row, values in zip(sheet.iter_rows(min_row=4, max_row=12), reversed(rows), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value


def put_views_above_the_table(workbook: Workbook) -> None:
    for sheet, row in labels(workbook):
        sheet.insert_rows(3)
        sheet.move_range(f"B{row + 1}:G{row + 1}", rows=3 - row - 1)


def lose_the_headings(workbook: Workbook) -> None:
    for sheet, _ in labels(workbook):
        sheet.delete_rows(3)


def shout(workbook: Workbook) -> None:
    for sheet, row in labels(workbook):
        sheet[f"B{row}"].value = f"  {form.VIEW.upper()}. "
        if sheet[f"G{row}"].value:
            sheet[f"G{row}"].value = f"{str(sheet[f'G{row}'].value).upper()}\xa0"


def put_every_area_on_one_sheet(workbook: Workbook) -> None:
    sheets = [sheet for sheet, _ in labels(workbook)]
    for sheet in sheets[1:]:
        for row in sheet.iter_rows(values_only=True):
            sheets[0].append(row)
        workbook.remove(sheet)


def delete_the_statutory_column(workbook: Workbook) -> None:
    for sheet, _ in labels(workbook):
        sheet.delete_cols(3)


@pytest.mark.parametrize(
    "edit",
    [
        insert_rows_and_columns, rename_and_reorder, sort_rows_with_the_view, put_views_above_the_table, lose_the_headings,
        shout, put_every_area_on_one_sheet, delete_the_statutory_column,
    ],
)  # fmt: skip
def test_a_view_is_found_wherever_it_went(
    edit: Edit, school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(configuration, school, expected, edit)
    assert seen(submission) == MEANT
    assert not {"RT327", "RT328", "RT326"} & set(codes(findings))
    assert len(submission.responses) == 63


def test_a_view_comes_with_its_cell_and_is_no_text_beside_the_answers(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(configuration, school, expected)
    assert submission.views[0] == OwnView(1, Level.ADVANCED, Place("return.xlsx", "1 Leadership, Governance", "G12"))
    assert submission.extras == ()
    assert findings == ()


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("3 - Advanced", Level.ADVANCED), ("adv.", Level.ADVANCED), (3, Level.ADVANCED), (2.0, Level.ESTABLISHED),
        (" estab ", Level.ESTABLISHED), ("developing practice", Level.EMERGING), ("not yet", Level.NOT_YET),
        ("NOT YET IN PLACE", Level.NOT_YET), (0, Level.NOT_YET),
    ],
)  # fmt: skip
def test_a_view_may_be_spelt_as_answers_may(
    typed: object, level: Level, school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(configuration, school, expected, views={3: typed})
    assert seen(submission) == {3: level}
    assert findings == ()


@pytest.mark.parametrize("typed", ["somewhere between the two, Kim says", "n/a", "none", "4", "=1+1 better"])
def test_what_is_no_level_is_told_by_cell_never_quoted_and_kept(
    typed: str, school: School, configuration: Configuration, expected: Expectations
) -> None:
    def put_as_text(workbook: Workbook) -> None:
        labels(workbook)[3][0]["G12"].data_type = "s"

    submission, (finding,) = read(configuration, school, expected, put_as_text, views={4: typed})
    assert submission.views == ()
    assert (finding.code, finding.place.cell, finding.is_error) == ("RT327", "G12", False)
    assert all(word in finding.fix for word in WORDS)
    assert typed not in f"{finding.seen} {finding.fix} {finding.title}"
    assert [(extra.place.cell, extra.text) for extra in submission.extras] == [("G12", typed)]


def copy_the_first_area(view: str) -> Edit:
    def edit(workbook: Workbook) -> None:
        copy = workbook.copy_worksheet(labels(workbook)[0][0])
        copy.title = "Governors"
        copy["G12"].value = view

    return edit


def test_two_different_views_of_one_area_count_as_none(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(configuration, school, expected, copy_the_first_area("Emerging"))
    assert seen(submission) == {area: level for area, level in MEANT.items() if area != 1}
    (finding,) = findings
    assert (finding.code, finding.place.cell) == ("RT328", "G12")
    assert "Governors G12" in finding.fix
    assert [extra.text for extra in submission.extras] == ["Advanced", "Emerging"]


@pytest.mark.parametrize("view", ["Advanced", ""])
def test_a_copied_sheet_that_says_the_same_or_nothing_changes_no_view(
    view: str, school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, findings = read(configuration, school, expected, copy_the_first_area(view))
    assert seen(submission) == MEANT
    assert findings == ()


def test_a_formula_never_worked_out_is_no_view(school: School, configuration: Configuration, expected: Expectations) -> None:
    submission, (finding,) = read(configuration, school, expected, views={2: "=G4"})
    assert submission.views == ()
    assert (finding.code, finding.place.cell) == ("RT320", "G12")
    assert form.VIEW in finding.fix


def test_a_view_that_was_moved_from_its_named_cell_is_told(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    def point_elsewhere(workbook: Workbook) -> None:
        workbook.defined_names[form.view_name(1)].attr_text = "'1 Leadership, Governance'!$G$13"

    _, (finding,) = read(configuration, school, expected, point_elsewhere)
    assert (finding.code, finding.place.cell) == ("RT324", "G13")


def test_a_workbook_without_the_cell_reads_as_before(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    def take_out(workbook: Workbook) -> None:
        for sheet, row in labels(workbook):
            sheet.delete_rows(row)

    submission, findings = read(configuration, school, expected, take_out)
    assert submission.views == ()
    assert findings == ()


# Two returns of one school.


def test_two_returns_are_put_together_with_their_views_or_told_apart_by_cell(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    one, _ = read(configuration, school, expected, views={1: "Advanced"})
    other, _ = read(configuration, school, expected, views={1: "Advanced", 2: "Emerging"})
    assert find_differences(one, other) == ()
    assert seen(put_together(one, other)) == {1: Level.ADVANCED, 2: Level.EMERGING}
    against, _ = read(configuration, school, expected, views={1: "Emerging"})
    assert find_differences(one, against) == ("1 Leadership, Governance G12",)


# The plan.


def rated(rate: Callable[[Iterable[str], int], AreaRating], letters: str) -> AreaRating:
    return rate(letters.split(), 1)


@pytest.mark.parametrize(
    ("letters", "own", "told"),
    [
        ("S S S S S S S", Level.ESTABLISHED, "Your answers come to the same."),
        ("E E E E E E E", Level.ESTABLISHED, "Your answers come to Emerging; what separates the two is named above."),
        ("E E E E E E E", Level.ADVANCED, "Your answers come to Emerging; the way to Established, the next level, is named above."),
        ("N N N N N N N", Level.EMERGING, "Your answers come to Not yet Emerging; what separates the two is named above."),
        ("S S S S S S S", Level.EMERGING, "Your answers come to Established, which is higher. Talk over which of the two a visitor would recognise."),
        ("N N N N N N N", Level.NOT_YET, "Your answers come to the same."),
        ("x x x x x x x", Level.ESTABLISHED, "By your answers nothing in this area applies to your school, so there is no rating to set beside it."),
        ("E E ? ? ? ? ?", Level.EMERGING, "There is no rating to set beside it until you answer what is missing."),
        ("E E ? ? ? ? ?", Level.ADVANCED, "There is no rating yet to set beside it; with the highest answers to what is missing it would be Emerging."),
        ("S S S S ? ? S", Level.NOT_YET, "There is no rating yet to set beside it; with the lowest answers to what is missing it would be Emerging."),
    ],
)  # fmt: skip
def test_a_plan_says_how_a_view_stands_to_the_answers(
    letters: str, own: Level, told: str, rubric: Rubric, rate: Callable[[Iterable[str], int], AreaRating]
) -> None:
    assert tell_own_view(own, rated(rate, letters).rating, rubric) == told


@pytest.mark.parametrize("letters", ["E E E E E E E", "N N N N S S S", "S S S S S S a", "N! A A A A A A", "S S S S S S E"])
def test_what_is_said_to_be_named_above_is_named_there(
    letters: str, rubric: Rubric, rate: Callable[[Iterable[str], int], AreaRating]
) -> None:
    rating = rated(rate, letters).rating
    assert rating.level is not None
    for own in Level:
        told = tell_own_view(own, rating, rubric)
        if "named above" in told:
            assert own > rating.level
            assert rating.next_level is not None
            assert rating.lift.startswith(f"For {rubric.label(rating.next_level)}: ")
            assert rubric.label(rating.level) in told


def test_an_advisers_reason_ends_as_a_sentence_and_the_plan_says_it_was_moderated() -> None:
    assert [tell_reason(reason) for reason in (" Seen", "Seen.", "Seen? ")] == ["Seen.", "Seen.", "Seen?"]
    assert tell_status(0) == "Self-evaluated"
    assert tell_status(1) == "Self-evaluated, moderated in 1 area"
    assert tell_status(3) == "Self-evaluated, moderated in 3 areas"


def judged(
    configuration: Configuration, school: School, expected: Expectations, views: Mapping[int, object], moderated: Iterable[int]
) -> tuple[Submission, Assessment]:
    submission, _ = read(configuration, school, expected, views=views, answers={"2.1": "E"})
    submission, _ = keep_asked(submission, school, configuration.rubric)
    assessment, _ = assess(submission, configuration.rubric, {})
    by, reason = "K. Adeyemi, local authority adviser", "Targets in {{ three }} of five plans had lapsed"
    found = tuple(Moderated(area, Level.EMERGING, reason, by, date(2026, 12, 4)) for area in moderated)
    return submission, replace(assessment, moderated=found)


def plan_text(submission: Submission, assessment: Assessment, configuration: Configuration, school: School) -> str:
    template, _ = load_template(ROOT / "templates" / "action_plan.docx", "action_plan.docx", Plan)
    assert template is not None
    plan = plan_for(school, submission, assessment, configuration, CYCLE, TODAY)
    document, findings = template.fill(plan, Properties("a", "b", "c"), TODAY)
    assert document is not None, findings
    return texts(document)


def test_a_plan_shows_the_view_and_the_advisers_level_beside_the_rating(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, assessment = judged(configuration, school, expected, {1: "Advanced", 2: "Established"}, [3])
    shown = plan_text(submission, assessment, configuration, school)
    glance = shown[shown.index("At a glance") : shown.index("What comes first")]
    assert glance.count("Your view: Advanced") == glance.count("Your view") == 1  # only where they differ
    assert glance.count("Adviser: Emerging") == 1
    body = shown[shown.index("Action plan by area") :]
    first, second, third = (body[body.index(f"\nArea {area}: ") : body.index(f"\nArea {area + 1}: ")] for area in (1, 2, 3))
    assert "Established. All 7 criteria" in first
    assert "Your own view: Advanced. Your answers come to Established; what separates the two is named above." in first
    assert "Your own view: Established. Your answers come to the same." in second
    moderated = "Moderated: Emerging, by K. Adeyemi, local authority adviser, on 4 December 2026: Targets in {{ three }} of five plans had lapsed."
    assert moderated in third
    assert "Your own view" not in third
    assert "Established. All 7 criteria" in third  # what the answers come to is not replaced
    assert "Self-evaluated, moderated in 1 area" in shown
    assert "nothing beside it changes it" in shown


def test_a_plan_without_views_or_moderation_says_nothing_of_them(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, assessment = judged(configuration, school, expected, {}, [])
    shown = plan_text(submission, assessment, configuration, school)
    for words in ("own view", "Your view", "Moderated", "moderated", "Adviser:", "Beside the ratings"):
        assert words not in shown, words


# The overview.


def test_the_overview_lists_where_levels_differ_and_counts_the_rest(
    school: School, configuration: Configuration, expected: Expectations
) -> None:
    submission, assessment = judged(configuration, school, expected, {1: "Advanced", 2: "Established", 4: "Emerging"}, [2, 3])
    summary = summarise(assessment, submission, configuration.rubric)
    assert summary.areas[1] == AreaLine(2, "established", "Established", "Established", "Emerging")
    workbook = load_workbook(BytesIO(overview(summary, school, configuration)))
    rows = [[cell.value or "" for cell in row[3:]] for row in workbook["Views and moderation"].iter_rows(min_row=2)]
    assert [[str(row[0])[0], *row[1:]] for row in rows] == [
        ["1", "Established", "Advanced", "", "higher than the answers", ""],
        ["2", "Established", "Established", "Emerging", "the same", "lower than the answers"],
        ["3", "Established", "", "Emerging", "", "lower than the answers"],
        ["4", "Established", "Emerging", "", "lower than the answers", ""],
    ]
    counts = [[cell.value for cell in row[1:]] for row in workbook["Views by area"].iter_rows(min_row=2, max_row=5)]
    assert counts == [
        [0, 1, 0, 0, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1, 0, 0, 1, 0],
        [0, 0, 1, 0, 0, 0, 0, 0, 0],
    ]
    said = " ".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row)
    assert "lapsed" not in said  # the adviser's reason is the school's


def overview(summary: Summary, school: School, configuration: Configuration) -> bytes:
    entry = Entry(
        file="a.xlsx", digest="", context="", group=(), outcome=Outcome.RATED, urn=school.urn, completed_on=None, answered=63,
        plan="", plan_digest="", note="", summary=summary, findings=(),
    )  # fmt: skip
    register = {school.urn: school}
    sums, urns = reconcile([entry], register, 1)
    batch = Batch(
        cycle=CYCLE, cycle_label="Autumn", rubric=configuration.rubric.edition, version="0", rules="", entries=(entry,), missing=urns,
        reconciliation=sums, findings=(),
    )  # fmt: skip
    return write_overview(batch, register, configuration, TODAY)

"""Next term's workbook: filled in with what a school last said, and read so that no old answer counts unseen."""

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, SIX, Convert, inclusion, rows_of, texts
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pipeline.model import form
from pipeline.model.finding import Finding, Place
from pipeline.model.level import Answer
from pipeline.model.prefill import Prefill, Said, Told
from pipeline.model.project import Configuration, Kept
from pipeline.model.school import Phase, School
from pipeline.model.settings import Cycle
from pipeline.model.submission import Figure, Identity, OldAnswer, Response, Submission
from pipeline.readers.returns import read_return
from pipeline.rules.confirming import hold_unconfirmed
from pipeline.rules.merging import put_together
from pipeline.rules.prefilling import fill_again, tell_age, tell_prefilled
from pipeline.runner.expecting import expect
from pipeline.runner.remembering import gather_said, recall_last
from pipeline.runner.sending import prefill_for
from pipeline.runner.workspace import Workspace, open_workspace
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.prefilled import Workbooks

SPRING, SUMMER, NEXT_AUTUMN = "2026-27-spring", "2026-27-summer", "2027-28-autumn"
E, S, A, N, X = Answer.EMERGING, Answer.ESTABLISHED, Answer.ADVANCED, Answer.NOT_YET, Answer.NOT_APPLICABLE


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county after its first cycle, with the next one open and its workbooks made."""
    folder = tmp_path_factory.mktemp("example")
    assert inclusion("demo", "--schools", "14", "--seed", "16", "--out", str(folder))[0] == 0
    assert inclusion("run", "--project", str(folder), "-q")[0] == 0
    assert inclusion("cycle", "new", SPRING, "--project", str(folder))[0] == 0
    code, said, _ = inclusion("workbooks", "--project", str(folder))
    assert code == 0
    assert "14 workbooks are in" in said
    assert "12 hold the school's last answers" in said
    return folder


@pytest.fixture(scope="module")
def workspace(example: Path) -> Workspace:
    opened, findings = open_workspace(example, None)
    assert opened is not None
    assert findings == ()
    return opened


def record(project: Path, urn: str, cycle: str) -> dict:  # type: ignore[type-arg]
    found: dict = json.loads((project / "outputs" / cycle / "records" / f"{urn}.json").read_bytes())  # type: ignore[type-arg]
    return found


def sent(project: Path, school: School) -> Workbook:
    return load_workbook(project / "outputs" / SPRING / "workbooks" / f"{school.file_stem}.xlsx")


def schools(workspace: Workspace) -> list[School]:
    """Those that have a record."""
    return [
        one
        for one in workspace.register.values()
        if (workspace.root / "outputs" / CYCLE / "records" / f"{one.urn}.json").exists()
    ]


def save(workbook: Workbook) -> bytes:
    result = BytesIO()
    workbook.save(result)
    return result.getvalue()


def tick(workbook: Workbook, *criteria: str) -> None:
    for criterion, (sheet, row) in rows_of(workbook).items():
        if not criteria or criterion in criteria:
            sheet[f"J{row}"].value = "Yes"


# What is filled in.


def test_a_workbook_holds_the_schools_last_answers_and_evidence_with_their_age(workspace: Workspace) -> None:
    labels = {answer.value: words.label for answer, words in workspace.configuration.rubric.frame.answers.items()}
    assert len(schools(workspace)) == 12
    for school in schools(workspace)[::5]:
        workbook, last = sent(workspace.root, school), record(workspace.root, school.urn, CYCLE)
        rows = rows_of(workbook)
        for response in last["submission"]["responses"]:
            sheet, row = rows[response["criterion"]]
            label = labels.get(response["answer"])
            assert sheet[f"G{row}"].value == label
            assert (sheet[f"H{row}"].value or "") == response["evidence"]
            beside = f"{label}, from autumn term 2026, " if label else "not answered in autumn term 2026"
            assert sheet[f"K{row}"].value.startswith(f"{response['criterion']}: {beside}")
            assert sheet[f"I{row}"].value is None
            assert sheet[f"J{row}"].value is None
            assert not sheet[f"J{row}"].protection.locked
            assert sheet[f"K{row}"].protection.locked
        answered = sum(response["answer"] is not None for response in last["submission"]["responses"])
        assert workbook[form.START]["A5"].value == f"{answered} of {len(rows)} pre-filled, 0 new"
        views = [
            sheet[f"G{row}"].value
            for sheet in workbook
            for row in range(1, sheet.max_row + 1)
            if sheet[f"B{row}"].value == form.VIEW
        ]
        assert views == [None] * 9


def test_a_school_without_a_record_gets_the_blank_workbook(workspace: Workspace) -> None:
    known = {school.urn for school in schools(workspace)}
    new = [school for school in workspace.register.values() if school.urn not in known]
    assert len(new) == 2
    for school in new:
        made = (workspace.folders.workbooks / f"{school.file_stem}.xlsx").read_bytes()
        assert made == fill_in(Blanks(workspace.configuration, SPRING).of(school), school)


def test_figures_stay_within_a_school_year(workspace: Workspace) -> None:
    school = schools(workspace)[0]
    figures, sheet = (
        record(workspace.root, school.urn, CYCLE)["submission"]["outcomes"],
        sent(workspace.root, school)[form.OUTCOMES],
    )
    for row, measure in enumerate(workspace.configuration.outcomes.measures, 4):
        given = figures[measure.id]
        for column, key in (("C", "this_year"), ("D", "last_year")):
            assert sheet[f"{column}{row}"].value == (float(given[key]) if given[key] else None)


def test_a_first_cycle_has_no_column_for_old_answers(example: Path, workspace: Workspace) -> None:
    school = schools(workspace)[0]
    assert inclusion("workbooks", "--cycle", CYCLE, "--school", school.urn, "--project", str(example), "-q")[0] == 0
    made = (example / "outputs" / CYCLE / "workbooks" / f"{school.file_stem}.xlsx").read_bytes()
    assert made == fill_in(Blanks(workspace.configuration, CYCLE).of(school), school)


def test_the_progress_line_counts_confirmed_and_changed_answers(convert: Convert, tmp_path: Path, workspace: Workspace) -> None:
    """Worked out by a spreadsheet program."""
    school = schools(workspace)[0]
    workbook = sent(workspace.root, school)
    rows = rows_of(workbook)
    tick(workbook, *list(rows)[:30])
    for sheet, row in list(rows.values())[28:38]:
        sheet[f"G{row}"].value = "Emerging" if sheet[f"G{row}"].value != "Emerging" else "Established"
    (tmp_path / "return.xlsx").write_bytes(save(workbook))
    from pipeline.readers.grid import read_sheets

    start = read_sheets(convert(tmp_path / "return.xlsx", "ods").read_bytes())[0]
    assert start.text(3, 0) == f"38 of {len(rows)} answered"
    assert start.text(6, 2) == "7 of 7"
    assert start.text(11, 2) == "4 of 7"


# What counts, through the command line.


@pytest.fixture(scope="module")
def second(example: Path, workspace: Workspace) -> dict[str, list[dict[str, str]]]:
    """The second cycle, run: of three schools one confirmed all, one nothing, and one half, with three answers changed. Gives
    the findings of each."""
    confirmed, untouched, half = schools(workspace)[:3]
    returns = example / "inputs" / SPRING / "returns"
    workbook = sent(example, confirmed)
    tick(workbook)
    (returns / "confirmed.xlsx").write_bytes(save(workbook))
    (returns / "untouched.xlsx").write_bytes(save(sent(example, untouched)))
    workbook = sent(example, half)
    rows = rows_of(workbook)
    tick(workbook, *list(rows)[:40])
    for sheet, row in list(rows.values())[40:43]:
        sheet[f"G{row}"].value = "Emerging" if sheet[f"G{row}"].value != "Emerging" else "Established"
    (returns / "half.xlsx").write_bytes(save(workbook))
    assert inclusion("run", "--project", str(example), "-q")[0] == 0
    found: dict[str, list[dict[str, str]]] = {"confirmed": [], "untouched": [], "half": []}
    for line in csv.DictReader((example / "outputs" / SPRING / "findings.csv").read_text("utf-8-sig").splitlines()):
        if line["file"]:
            found[line["file"].removesuffix(".xlsx")].append(line)
    return found


def test_a_confirmed_workbook_says_what_the_last_one_said(
    second: dict[str, list[dict[str, str]]], workspace: Workspace
) -> None:
    school = schools(workspace)[0]
    before, after = (record(workspace.root, school.urn, cycle) for cycle in (CYCLE, SPRING))
    told = [
        [(one["criterion"], one["answer"], one["evidence"]) for one in known["submission"]["responses"]]
        for known in (before, after)
    ]
    assert told[0] == told[1]
    levels = [[area["rating"]["level"] for area in known["assessment"]["areas"]] for known in (before, after)]
    assert levels[0] == levels[1]
    assert {row["code"] for row in second["confirmed"]}.isdisjoint(
        {"RT303", "RT307", "RT324", "RT326", "RT330", "RT331", "RT332"}
    )


def test_a_workbook_sent_back_as_it_came_is_not_rated(second: dict[str, list[dict[str, str]]], workspace: Workspace) -> None:
    school = schools(workspace)[1]
    codes = [row["code"] for row in second["untouched"]]
    last = record(workspace.root, school.urn, CYCLE)["submission"]["responses"]
    assert codes.count("RT330") == sum(one["answer"] is not None for one in last)
    assert "SC404" in codes
    assert not (workspace.root / "outputs" / SPRING / "records" / f"{school.urn}.json").exists()
    note = texts((workspace.folders.notes / f"{school.file_stem}.docx").read_bytes())
    assert "An old answer, not confirmed" in note


def test_old_answers_without_a_tick_are_blanks_with_their_cells(
    second: dict[str, list[dict[str, str]]], workspace: Workspace
) -> None:
    school = schools(workspace)[2]
    rows = rows_of(sent(workspace.root, school))
    held = [row for row in second["half"] if row["code"] == "RT330"]
    expected = [(sheet.title, f"J{row}") for sheet, row in list(rows.values())[43:]]
    assert sorted((row["sheet"], row["cell"]) for row in held) == sorted(expected)
    assert held[0]["remedy"].startswith(f"Choose Yes in {held[0]['cell']} if the answer to ")
    assert all(row["code"] != "RT311" for row in second["half"])
    known = record(workspace.root, school.urn, SPRING)
    answers = [one["answer"] for one in known["submission"]["responses"]]
    assert [answer is None for answer in answers] == [place >= 43 for place in range(len(answers))]


# What schools do to such a workbook.

Edit = Callable[[Workbook], None]


def sort_everything(workbook: Workbook) -> None:
    """Rows turned upside down, all columns with them."""
    for sheet in {sheet.title: sheet for sheet, _ in rows_of(workbook).values()}.values():
        rows = [row for one, row in rows_of(workbook).values() if one.title == sheet.title]
        values = [[sheet.cell(row, column).value for column in range(1, 12)] for row in rows]
        for row, held in zip(rows, reversed(values), strict=True):
            for column, value in enumerate(held, 1):
                sheet.cell(row, column).value = value


def sort_without_what_we_put_beside(workbook: Workbook) -> None:
    sheets = {sheet.title: sheet for sheet, _ in rows_of(workbook).values()}.values()
    kept = {sheet.title: [[sheet.cell(row, column).value for column in (10, 11)] for row in range(4, 11)] for sheet in sheets}
    sort_everything(workbook)
    for sheet in sheets:
        for row, held in enumerate(kept[sheet.title], 4):
            sheet.cell(row, 10).value, sheet.cell(row, 11).value = held


def insert_columns(workbook: Workbook) -> None:
    for sheet in {sheet.title: sheet for sheet, _ in rows_of(workbook).values()}.values():
        sheet.insert_cols(10, 2)
        sheet.insert_cols(3)


def delete(*columns: int) -> Edit:
    def edit(workbook: Workbook) -> None:
        for sheet in {sheet.title: sheet for sheet, _ in rows_of(workbook).values()}.values():
            for column in sorted(columns, reverse=True):
                sheet.delete_cols(column)

    return edit


def drop_headings(workbook: Workbook) -> None:
    for sheet in {sheet.title: sheet for sheet, _ in rows_of(workbook).values()}.values():
        sheet.delete_rows(3)


TICKED, CHANGED = ("1.1", "1.4", "5.2", "9.7"), ("2.1", "6.3")


def read_edited(
    workspace: Workspace, edit: Edit, ticked: tuple[str, ...] = TICKED
) -> tuple[dict[str, Answer | None], list[Finding]]:
    """What an edited workbook of one school comes to: four answers are confirmed and two changed, before the edit."""
    school = schools(workspace)[3]
    workbook = sent(workspace.root, school)
    if ticked:
        tick(workbook, *ticked)
    for criterion in CHANGED:
        sheet, row = rows_of(workbook)[criterion]
        sheet[f"G{row}"].value = "Emerging" if sheet[f"G{row}"].value != "Emerging" else "Established"
    edit(workbook)
    expected = expect([school], workspace.configuration, SPRING)
    submission, findings = read_return(save(workbook), "return.xlsx", expected)
    assert submission is not None
    kept, held = hold_unconfirmed(submission, recall_last(submission, school.urn, workspace))
    return {response.criterion: response.answer for response in kept.responses}, [*findings, *held]


@pytest.mark.parametrize(
    ("edit", "counting", "code"),
    [
        (lambda workbook: None, {*TICKED, *CHANGED}, ""),
        (sort_everything, {*TICKED, *CHANGED}, ""),
        (sort_without_what_we_put_beside, {*TICKED, *CHANGED}, ""),
        (insert_columns, {*TICKED, *CHANGED}, ""),
        (drop_headings, {*TICKED, *CHANGED}, "RT307"),
        (delete(10), set(CHANGED), "RT331"),
        (delete(11), {*TICKED, *CHANGED}, ""),
        (delete(10, 11), set(CHANGED), "RT331"),
    ],
    ids=["untouched", "sorted", "sorted without", "columns in", "no headings", "no ticks", "no last time", "neither"],
)
def test_no_old_answer_counts_unseen_whatever_is_done_to_the_sheet(
    edit: Edit, counting: set[str], code: str, workspace: Workspace
) -> None:
    answers, findings = read_edited(workspace, edit)
    assert {key for key, answer in answers.items() if answer} == counting
    codes = [finding.code for finding in findings]
    assert codes.count("RT333" if code == "RT331" else "RT330") == len(answers) - len(counting)
    assert {one for one in codes if one in ("RT303", "RT307", "RT326", "RT331", "RT332")} == ({code} if code else set())


def test_where_nothing_is_known_of_the_old_answers_only_a_tick_counts(workspace: Workspace, tmp_path: Path) -> None:
    """The text beside them is gone, and so is the record."""
    elsewhere = replace(workspace, root=tmp_path)
    school = schools(workspace)[3]
    workbook = sent(workspace.root, school)
    tick(workbook, *TICKED)
    delete(11)(workbook)
    submission, _ = read_return(save(workbook), "return.xlsx", expect([school], workspace.configuration, SPRING))
    assert submission is not None
    kept, _ = hold_unconfirmed(submission, recall_last(submission, school.urn, elsewhere))
    assert {response.criterion for response in kept.responses if response.answer} == set(TICKED)


@pytest.mark.parametrize(
    ("typed", "counts", "codes"),
    [("Yes", True, []), (" yes. ", True, []), ("Y", True, []), ("✓", True, []), (True, True, []),
     ("No", False, ["RT330"]), ("x", False, ["RT326", "RT332", "RT330"]), ("see governors", False, ["RT326", "RT332", "RT330"])],
)  # fmt: skip
def test_a_tick_is_what_people_type_for_yes(typed: object, counts: bool, codes: list[str], workspace: Workspace) -> None:
    def edit(workbook: Workbook) -> None:
        tick(workbook)
        sheet, row = rows_of(workbook)["5.2"]
        sheet[f"J{row}"].value = typed

    answers, findings = read_edited(workspace, edit, ())
    assert (answers["5.2"] is not None) is counts
    told = [finding.code for finding in findings if finding.code in ("RT326", "RT330", "RT331", "RT332")]
    assert sorted(told) == sorted(codes)


def test_a_blank_workbook_needs_no_ticks_in_the_second_cycle(workspace: Workspace) -> None:
    school = schools(workspace)[3]
    workbook = load_workbook(BytesIO(fill_in(Blanks(workspace.configuration, SPRING).of(school), school)))
    for sheet, row in rows_of(workbook).values():
        sheet[f"G{row}"].value = "Established"
    submission, findings = read_return(save(workbook), "return.xlsx", expect([school], workspace.configuration, SPRING))
    assert submission is not None
    assert hold_unconfirmed(submission, None) == (submission, ())
    assert submission.answered == len(submission.responses)
    assert {finding.code for finding in findings} == {"RT322"}


def test_two_copies_of_a_pre_filled_workbook_confirm_together(workspace: Workspace) -> None:
    school = schools(workspace)[3]
    expected, copies = expect([school], workspace.configuration, SPRING), []
    for ticked in (TICKED[:2], TICKED[2:]):
        workbook = sent(workspace.root, school)
        tick(workbook, *ticked)
        submission, _ = read_return(save(workbook), "return.xlsx", expected)
        assert submission is not None
        copies.append(submission)
    kept, _ = hold_unconfirmed(put_together(*copies), None)
    assert {response.criterion for response in kept.responses if response.answer} == set(TICKED)


# The rule itself.

SCHOOL = School("900101", "", "", Phase.PRIMARY, "", "", "", None)
PLACE = Place("return.xlsx", "1 Leadership", "J4")
ANSWERS = st.sampled_from([None, *Answer])
ROWS = st.lists(st.tuples(ANSWERS, ANSWERS, st.booleans(), st.booleans()), min_size=1, max_size=12)


def submission_of(rows: list[tuple[Answer | None, Answer | None, bool, bool]], school: School) -> Submission:
    """From what is answered, what was pre-filled, whether the workbook shows that, and whether it is confirmed."""
    identity = Identity(school.urn, "", "", "", "", None, "", None, False)
    responses = tuple(
        Response(f"1.{place}", answer, answer or "", "", "", PLACE, "H4") for place, (answer, *_) in enumerate(rows, 1)
    )
    old = tuple(
        OldAnswer(f"1.{place}", last if told else None, told, ticked, PLACE)
        for place, (_, last, told, ticked) in enumerate(rows, 1)
    )
    return Submission("return.xlsx", "", identity, responses, {}, {}, old_answers=old)


@given(ROWS, st.booleans())
def test_an_answer_counts_only_where_it_is_new_changed_or_confirmed(
    rows: list[tuple[Answer | None, Answer | None, bool, bool]], has_record: bool
) -> None:
    given = submission_of(rows, SCHOOL)
    last = {f"1.{place}": row[1] for place, row in enumerate(rows, 1)}
    kept, findings = hold_unconfirmed(given, last if has_record else None)
    for (answer, before, told, ticked), response in zip(rows, kept.responses, strict=True):
        is_known = told or has_record
        counts = ticked or (is_known and answer is not before)
        assert response.answer is (answer if counts else None)
        assert response.typed == (answer or "")
    assert len(findings) == sum(one.answer is not two.answer for one, two in zip(given.responses, kept.responses, strict=True))


@given(ROWS)
def test_a_tick_more_never_loses_an_answer_and_all_ticks_keep_all(
    rows: list[tuple[Answer | None, Answer | None, bool, bool]],
) -> None:
    before, _ = hold_unconfirmed(submission_of(rows, SCHOOL), None)
    for place in range(len(rows)):
        more = [(*row[:3], row[3] or place == number) for number, row in enumerate(rows)]
        after, _ = hold_unconfirmed(submission_of(more, SCHOOL), None)
        assert all(
            two.answer is one.answer or one.answer is None for one, two in zip(before.responses, after.responses, strict=True)
        )
    every = [(*row[:3], True) for row in rows]
    kept, findings = hold_unconfirmed(submission_of(every, SCHOOL), None)
    assert findings == ()
    assert [one.answer for one in kept.responses] == [row[0] for row in rows]


# Ages, editions and years.


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (date(2027, 1, 12), "less than a month ago"),
        (date(2026, 12, 12), "1 month ago"),
        (date(2026, 12, 13), "less than a month ago"),
        (date(2026, 10, 9), "3 months ago"),
        (date(2025, 10, 9), "15 months ago"),
        (date(2027, 3, 1), "less than a month ago"),
    ],
)
def test_an_age_is_told_in_whole_months(then: date, told: str) -> None:
    assert tell_age(then, date(2027, 1, 12)) == told


@pytest.fixture(scope="module")
def terms(configuration: Configuration) -> Configuration:
    """Four cycles, the last in a new school year."""
    days = {SPRING: ("Spring term 2027", 2), SUMMER: ("Summer term 2027", 5), NEXT_AUTUMN: ("Autumn term 2027", 10)}
    more = {
        key: Cycle(label, date(2027, month, 12), date(2027, month, 20), date(2027, 12, 1))
        for key, (label, month) in days.items()
    }
    settings = replace(configuration.settings, cycles={**configuration.settings.cycles, **more})
    return replace(configuration, settings=settings)


def said(configuration: Configuration, cycle: str, on: date, answer: Answer = S, **other: Told) -> Said:
    told = {key: Told(answer, f"Seen, {key}.") for key in configuration.rubric.criteria}
    told.update({key.lstrip("c").replace("_", "."): one for key, one in other.items()})
    return Said(cycle, configuration.rubric.edition, on, told, {"attendance": Figure("94.1", "93.0")})


def fill(school: School, configuration: Configuration, cycle: str, *earlier: Said) -> Prefill:
    prefill = fill_again(school, earlier, configuration, cycle, date(2027, 9, 20))
    assert prefill is not None
    return prefill


def test_an_answer_that_stood_for_two_terms_says_since_when(school: School, terms: Configuration) -> None:
    first = said(terms, CYCLE, date(2026, 10, 9), c1_2=Told(A, "Older."))
    second = said(terms, SPRING, date(2027, 2, 1))
    prefill = fill(school, terms, SUMMER, second, first)
    assert prefill.last_time["1.1"] == "1.1: Established, from autumn term 2026, 11 months ago, and again in spring term 2027"
    assert prefill.last_time["1.2"] == "1.2: Established, from spring term 2027, 7 months ago"
    assert prefill.cycle == SPRING


def test_figures_move_on_with_the_school_year_alone(school: School, terms: Configuration) -> None:
    assert fill(school, terms, SUMMER, said(terms, SPRING, date(2027, 2, 1))).figures["attendance"] == Figure("94.1", "93.0")
    assert fill(school, terms, NEXT_AUTUMN, said(terms, SUMMER, date(2027, 5, 1))).figures["attendance"] == Figure("", "94.1")


def test_what_was_blank_stays_blank_and_its_evidence_is_not_lost(school: School, terms: Configuration) -> None:
    prefill = fill(school, terms, SPRING, said(terms, CYCLE, date(2026, 10, 9), c5_1=Told(None, "We are still talking.")))
    assert prefill.last_time["5.1"] == "5.1: not answered in autumn term 2026"
    assert prefill.old["5.1"] == Told(None, "We are still talking.")
    assert tell_prefilled(prefill) == "62 of 63 pre-filled, 0 new"


def test_criteria_that_moved_carry_their_answers_one_to_one(school: School, terms: Configuration) -> None:
    six = replace(terms.under(SIX), kept=(Kept(terms.rubric, terms.checklists, terms.resources, ""),))
    prefill = fill(school, six, SPRING, said(terms, CYCLE, date(2026, 10, 9)))
    for key, criterion in six.rubric.criteria.items():
        if len(criterion.formerly) > 1:
            assert key not in prefill.old
            assert prefill.last_time[key].startswith(f"{key}: new this time, in place of ")
        elif criterion.formerly:
            assert prefill.old[key].evidence == f"Seen, {criterion.formerly[0]}."
            assert prefill.last_time[key].endswith(f". It was {criterion.formerly[0]} then")
        else:
            assert prefill.old[key].evidence == f"Seen, {key}."
    assert tell_prefilled(prefill) == f"{len(prefill.old)} of {len(six.rubric.criteria)} pre-filled, {prefill.new} new"
    assert len(prefill.old) + prefill.new == len(six.rubric.criteria)


def test_criteria_that_changed_are_marked_from_the_rubrics_diff(school: School, terms: Configuration) -> None:
    area, *others = terms.rubric.areas
    first, second, *rest = area.criteria
    changed = replace(first, advanced="Quite another wording.", lead="Somebody else")
    added = replace(second, id="1.99", title="A new question", formerly=())
    areas = (replace(area, criteria=(changed, replace(second, lead="Somebody else"), *rest, added)), *others)
    later = replace(terms.rubric, frame=replace(terms.rubric.frame, version="1-1"), areas=areas)
    kept = Kept(terms.rubric, terms.checklists, terms.resources, "")
    prefill = fill(school, replace(terms, rubric=later, kept=(kept,)), SPRING, said(terms, CYCLE, date(2026, 10, 9)))
    assert prefill.last_time["1.1"].endswith(". Changed: The descriptor of Advanced is reworded.")
    assert "Changed" not in prefill.last_time["1.2"]
    assert prefill.last_time["1.99"] == "1.99: new this time"
    assert tell_prefilled(prefill) == "63 of 64 pre-filled, 1 new, 1 changed"


def test_old_words_are_only_ever_words(school: School, terms: Configuration) -> None:
    evil = '=HYPERLINK("http://x","y") & ⟦&urn⟧ </t>\n@SUM'
    prefill = fill(school, terms, SPRING, said(terms, CYCLE, date(2026, 10, 9), c1_1=Told(S, evil)))
    workbook = load_workbook(BytesIO(Workbooks(terms, SPRING).make(school, prefill)))
    sheet, row = rows_of(workbook)["1.1"]
    assert (sheet[f"H{row}"].value, sheet[f"H{row}"].data_type) == (evil, "s")
    assert sheet.row_dimensions[row].height > 50


def test_what_was_not_confirmed_is_filled_in_once_more(workspace: Workspace, second: dict[str, list[dict[str, str]]]) -> None:
    """The record of the second cycle has blanks for them; a third workbook still asks."""
    from pipeline.readers.said import load_said

    school = schools(workspace)[2]
    told, findings = load_said(workspace.folders.records / f"{school.urn}.json", "record", SPRING)
    before, _ = load_said(workspace.root / "outputs" / CYCLE / "records" / f"{school.urn}.json", "record", CYCLE)
    assert told is not None
    assert before is not None
    assert findings == ()
    held = list(told.told)[43:]
    assert [told.told[key] for key in held] == [before.told[key] for key in held]


def test_a_cycle_that_a_school_missed_is_passed_over(workspace: Workspace, second: dict[str, list[dict[str, str]]]) -> None:
    settings = workspace.configuration.settings
    cycles = {**settings.cycles, SUMMER: settings.cycles[SPRING]}
    configuration = replace(workspace.configuration, settings=replace(settings, cycles=cycles))
    later = replace(workspace, cycle=SUMMER, configuration=configuration)
    both, first_only = (gather_said(school.urn, later)[0] for school in (schools(workspace)[0], schools(workspace)[1]))
    assert [one.cycle for one in both] == [SPRING, CYCLE]
    assert [one.cycle for one in first_only] == [CYCLE]
    prefill = fill_again(schools(workspace)[1], first_only, configuration, SUMMER, date(2027, 4, 20))
    assert prefill is not None
    assert prefill.cycle == CYCLE


def test_a_record_that_cannot_be_read_is_told_and_passed_over(example: Path, workspace: Workspace, tmp_path: Path) -> None:
    school = schools(workspace)[11]
    for name in ("config", "templates"):
        shutil.copytree(example / name, tmp_path / name)
    records = tmp_path / "outputs" / CYCLE / "records"
    records.mkdir(parents=True)
    (records / f"{school.urn}.json").write_text('{"made_by": 1}', "utf-8")
    code, said, errors = inclusion("workbooks", "--school", school.urn, "--project", str(tmp_path))
    assert code == 0
    assert "PF101" in errors
    assert "0 hold the school's last answers" in said


@pytest.mark.parametrize(
    ("edition", "code", "is_filled"),
    [
        ("inclusive-practice 1-0", [], True),
        ("inclusive-practice 1-7", ["PF103"], True),
        ("another-rubric 3-0", ["PF102"], False),
    ],
)
def test_an_edition_that_is_not_kept_is_told(
    edition: str, code: list[str], is_filled: bool, workspace: Workspace, tmp_path: Path
) -> None:
    school = schools(workspace)[7]
    records = tmp_path / "outputs" / CYCLE / "records"
    records.mkdir(parents=True)
    text = (workspace.root / "outputs" / CYCLE / "records" / f"{school.urn}.json").read_text("utf-8")
    (records / f"{school.urn}.json").write_text(
        text.replace('"rubric": "inclusive-practice 1-0"', f'"rubric": "{edition}"'), "utf-8"
    )
    prefill, findings = prefill_for(school, replace(workspace, root=tmp_path), date(2027, 1, 5))
    assert [finding.code for finding in findings] == code
    assert (prefill is not None) is is_filled


def test_a_demo_of_two_terms_reads_as_schools_do(tmp_path: Path) -> None:
    """The first term is as without the second; most old answers are confirmed, some changed, few forgotten."""
    for folder, cycles in (("one", "1"), ("two", "2")):
        assert inclusion("demo", "--schools", "6", "--cycles", cycles, "--no-plans", "--out", str(tmp_path / folder))[0] == 0
    first = sorted((tmp_path / "one" / "inputs" / CYCLE / "returns").iterdir())
    assert all((tmp_path / "two" / one.relative_to(tmp_path / "one")).read_bytes() == one.read_bytes() for one in first)
    opened, _ = open_workspace(tmp_path / "two", None)
    assert opened is not None
    assert opened.cycle == SPRING
    expected = expect(opened.register.values(), opened.configuration, SPRING)
    confirmed = changed = held = 0
    for path in opened.folders.list_returns():
        submission, findings = read_return(path.read_bytes(), path.name, expected)
        assert submission is not None
        assert {"RT303", "RT326", "RT331", "RT332"}.isdisjoint(finding.code for finding in findings)
        kept, doubts = hold_unconfirmed(submission, None)
        answers = {response.criterion: response.answer for response in submission.responses}
        confirmed += sum(row.is_confirmed for row in kept.old_answers)
        changed += sum(row.answer is not None and answers[row.criterion] is not row.answer for row in kept.old_answers)
        held += len(doubts)
    assert confirmed > 150
    assert 5 < changed < confirmed
    assert held < changed

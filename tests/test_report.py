"""The board's paper over a county of two terms: its tables are the records counted, nothing small is in it or can be worked out."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

import openpyxl
import pytest
from conftest import Once, W, texts
from lxml import etree
from paper_county import BEFORE, HIDDEN, NOW, County, is_small, is_told, key_of, lay_out_county, read_tables

from pipeline.model.dossier import Dossier
from pipeline.model.level import LEVELS
from pipeline.model.paper import Paper
from pipeline.model.profile import ActionState, Profile, ProfileLife
from pipeline.model.rubric import Rubric
from pipeline.readers.records import load_batch
from pipeline.rules.figure import take_figure
from pipeline.runner.profiles import load_profiles
from pipeline.runner.report import make_report
from pipeline.runner.workspace import Workspace, open_workspace

TODAY = date(2027, 2, 8)
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@pytest.fixture(scope="module")
def county(once: Once) -> County:
    return County(once("paper-county", lay_out_county))


def cannot_be_worked_out(told: Sequence[str], total: int) -> bool:
    """Whether numbers of which every one that is hidden may be two things at least: all of them are one or more."""
    hidden = [one for one in told if one == HIDDEN]
    rest = total - sum(int(one) for one in told if one != HIDDEN)
    return not hidden or (len(hidden) > 1 and rest > len(hidden))


def test_every_table_is_added_up_here(county: County) -> None:
    """A new table needs a test of its own in this file, and its name here."""
    assert list(county.tables) == [
        "Returns by district", "Returns by phase", "Returns by type", "Levels by area", "Movement by area",
        "Questions that moved most", "Opportunities that many schools share", "Statutory duties not yet met", "Outcomes",
        "Good practice that schools share", "Every question", "Questions that told nothing",
    ]  # fmt: skip


def test_levels_are_those_of_the_records(county: County, rubric: Rubric) -> None:
    counts = Counter((area["area"], key_of(area["rating"])) for _, area in county.areas())
    counts.update((0, key_of(record["assessment"]["overall"])) for record in county.records.values())
    words = {rubric.label(level): (key,) for key, level in LEVELS.items()} | {"Not rated": ("not-rated", "not-applicable")}
    rows = county.tables["Levels by area"]
    assert [row["Area of Focus"] for row in rows] == [*(f"{area.number} {area.name}" for area in rubric.areas), "Overall"]
    for row, number in zip(rows, (*(area.number for area in rubric.areas), 0), strict=True):
        for word, keys in words.items():
            assert is_told(row[word], sum(counts[number, key] for key in keys))
            assert not is_small(row[word])
        assert cannot_be_worked_out([row[word] for word in words], len(county.records))
    assert sum(row[word] != HIDDEN for row in rows for word in words) > 20


def test_the_chart_holds_the_same_numbers_and_its_own_workbook(county: County) -> None:
    chart = etree.fromstring(county.parts["word/charts/chart1.xml"])
    rows = county.tables["Levels by area"]
    words = [word for word in rows[0] if word != "Area of Focus"]
    drawn = {}
    for series in chart.iter(f"{{{C}}}ser"):
        points = {
            one.get("idx"): float(one.findtext(f"{{{C}}}v", "")) for one in series.iterfind(f".//{{{C}}}numCache/{{{C}}}pt")
        }
        drawn[series.findtext(f".//{{{C}}}tx//{{{C}}}v")] = [points.get(f"{at}", 0) for at in range(len(rows))]
    assert list(drawn) == [*words, "Not shown"]
    for word in words:
        assert drawn[word] == [0 if row[word] == HIDDEN else int(row[word]) for row in rows]
    assert {sum(line) for line in zip(*drawn.values(), strict=True)} == {len(county.records)}
    sheet = openpyxl.load_workbook(io.BytesIO(county.parts["word/embeddings/levels.xlsx"]))["spread"]
    held = list(sheet.iter_rows(values_only=True))
    assert list(held[0][1:]) == list(drawn)
    assert [row[0] for row in held[1:]] == [*(f"Area {at}" for at in range(1, 10)), "Overall"]
    assert [[value or 0 for value in row[1:]] for row in held[1:]] == [list(line) for line in zip(*drawn.values(), strict=True)]


def test_who_returned_is_counted_by_district_phase_and_type(county: County) -> None:
    index = json.loads((county.folder / "outputs" / NOW / "run.json").read_bytes())
    returned = county.register.keys() - set(index["missing"])
    for by, column in (("district", "DistrictAdministrative (name)"), ("type", "TypeOfEstablishment (name)"), ("phase", "")):
        rows = county.tables[f"Returns by {by}"]
        assert sum(int(row["Schools"]) for row in rows) == len(county.register)
        assert cannot_be_worked_out([row["Returned"] for row in rows], len(returned))
        assert not any(is_small(row["Schools"]) or is_small(row["Returned"]) for row in rows)
        for row in rows:
            members = {urn for urn, school in county.register.items() if column and school[column] == row[by.capitalize()]}
            if members:
                assert int(row["Schools"]) == len(members)
                assert is_told(row["Returned"], len(members & returned))
            if row["Returned"] != HIDDEN:
                assert int(row["Per cent"]) == pytest.approx(100 * int(row["Returned"]) / int(row["Schools"]), abs=0.5)


def test_movement_is_that_of_the_records(county: County, rubric: Rubric) -> None:
    compared = [record["compared"]["areas"] for record in county.records.values() if record["compared"]]
    moved = Counter((one["area"], one["movement"]) for areas in compared for one in areas)
    for row, area in zip(county.tables["Movement by area"], rubric.areas, strict=True):
        told = [row[word] for word in ("Higher", "The same", "Lower", "Not compared")]
        counts = [moved[area.number, word] for word in ("Higher", "The same", "Lower")]
        assert all(map(is_told, told, [*counts, len(county.records) - sum(counts)]))
        assert cannot_be_worked_out(told, len(county.records))
        assert not any(map(is_small, told))
    assert "Across a change of rubric" not in county.tables


def test_every_question_has_its_trend(county: County, rubric: Rubric) -> None:
    now, before = ({urn: dict(levels_of(record)) for urn, record in all.items()} for all in (county.records, county.before))
    rows = county.tables["Every question"]
    assert [row["Criterion"] for row in rows] == list(rubric.criteria)
    for row in rows:
        pairs = [(levels.get(row["Criterion"]), before.get(urn, {}).get(row["Criterion"])) for urn, levels in now.items()]
        known = [LEVELS[one] - LEVELS[other] for one, other in pairs if one and other]
        counts = [sum(one > 0 for one in known), known.count(0), sum(one < 0 for one in known), len(pairs) - len(known)]
        told = [row[word] for word in ("Higher", "The same", "Lower", "Not compared")]
        assert all(map(is_told, told, counts))
        assert cannot_be_worked_out(told, len(pairs))
        assert not any(map(is_small, told))
    changed = [int(row["Higher"]) + int(row["Lower"]) for row in county.tables["Questions that moved most"]]
    assert changed == sorted(changed, reverse=True)
    assert changed


def levels_of(record: Any) -> Iterator[tuple[str, str]]:
    for area in record["assessment"]["areas"]:
        yield from ((one["criterion"], one["level"]) for one in area["standings"])


def test_opportunities_and_duties_are_those_of_the_records(county: County, rubric: Rubric) -> None:
    found = [one for record in county.records.values() for one in record["assessment"]["opportunities"]]
    shared = Counter((one["criterion"], one["opportunity"]) for one in found if one["kind"] != "The school's own")
    needs = county.tables["Opportunities that many schools share"]
    for row, (_, count) in zip(needs, shared.most_common(len(needs)), strict=True):
        assert int(row["Schools"]) == shared[row["Criterion"], row["Opportunity"]] == count > 4
    gaps = Counter(one["criterion"] for one in found if one["kind"] == "Statutory gap")
    duties = county.tables["Statutory duties not yet met"]
    assert {row["Criterion"] for row in duties} == set(gaps)
    for row in duties:
        assert row["Schools"] == (f"{gaps[row['Criterion']]}" if gaps[row["Criterion"]] > 4 else "fewer than 5")
    met = sum(one.gate is not None for one in rubric.criteria.values()) - len(gaps)
    assert f"No school says so of the other {met} duties." in texts(county.content)


def test_outcomes_are_of_schools_that_gave_both_years(county: County, workspace: Workspace) -> None:
    measures = {measure.label: measure for measure in workspace.configuration.outcomes.measures}
    for row in county.tables["Outcomes"]:
        measure = measures[row["Measure"]]
        figures = [record["submission"]["outcomes"].get(measure.id, {}) for record in county.records.values()]
        pairs = [[take_figure(one.get(year, ""), measure) for year in ("last_year", "this_year")] for one in figures]
        both = [(before, now) for before, now in pairs if before is not None and now is not None]
        assert int(row["Schools"]) == len(both)
        for word, at in (("Year before", 0), ("Last school year", 1)):
            values = [pair[at] for pair in both]
            expected = sum(values) if measure.unit == "count" else median(values)
            assert row[word] == HIDDEN or float(row[word].replace(",", "")) == pytest.approx(expected, abs=0.01)
        better = sum(measure.is_better(now, before) for before, now in both)
        words = {0: "none", **dict.fromkeys(range(1, 5), "fewer than 5")}
        words |= dict.fromkeys(range(len(both) - 4, len(both)), "all but fewer than 5")
        assert row["Better in"] == ("not judged" if measure.better == "neither" else words.get(better, f"{better}"))
    assert "say nothing of cause" in texts(county.content)


def test_questions_that_told_nothing_are_those_of_the_overview(county: County) -> None:
    sheet = openpyxl.load_workbook(county.folder / "outputs" / NOW / "overview.xlsx", read_only=True)["Questions"]
    _, headings, *rows = sheet.iter_rows(values_only=True)
    spare = [row[headings.index("Criterion")] for row in rows if row[headings.index("Could be left out")] == "Yes"]
    assert [row["Criterion"] for row in county.tables["Questions that told nothing"]] == spare != []


def test_schools_are_named_for_good_practice_alone_and_by_consent(county: County, rubric: Rubric) -> None:
    advanced = {(urn, area["area"]) for urn, area in county.areas() if key_of(area["rating"]) == "advanced"}
    willing = {urn for urn, record in county.records.items() if record["submission"]["identity"]["shares_practice"]}
    names = {urn: record["school"]["name"] for urn, record in county.records.items()}
    named: set[str] = set()
    for row in county.tables["Good practice that schools share"]:
        area = int(row["Area of Focus"].split()[0])
        told = {one for one in row["By their own answers"].split("; ") if one != "and others"}
        assert told <= {names[urn] for urn in willing if (urn, area) in advanced}
        named |= told
    assert named
    text = texts(county.content)
    for urn, name in names.items():
        is_inside = any(name in other for other in named)
        assert name not in text or is_inside, urn


def test_no_words_of_a_school_are_in_it(county: County) -> None:
    text = texts(county.content)
    for record in county.records.values():
        for response in record["submission"]["responses"]:
            for words in (response["evidence"], response["own_opportunity"]):
                assert len(words) < 20 or words not in text


def test_everyone_can_read_it(county: County) -> None:
    document = etree.fromstring(county.parts["word/document.xml"])
    styles = [one.get(f"{{{W}}}val", "") for one in document.iter(f"{{{W}}}pStyle")]
    assert styles.count("Title") == 1
    levels = [int(one[7]) for one in styles if one.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "a heading level is left out"
    for table in document.iter(f"{{{W}}}tbl"):
        assert table.find(f"{{{W}}}tr/{{{W}}}trPr/{{{W}}}tblHeader") is not None
        assert table.find(f"{{{W}}}tblPr/{{{W}}}tblDescription") is not None
        assert not table.findall(f".//{{{W}}}gridSpan")
        assert len(list(table.iter(f"{{{W}}}tr"))) > 1
    pictures = list(document.iter(f"{{{WP}}}docPr"))
    assert len(pictures) == 2
    assert all(len(drawing.get("descr", "")) > 10 for drawing in pictures)
    assert b"<dc:language>en-GB</dc:language>" in county.parts["docProps/core.xml"]
    assert not re.search(r"\{\{|\{%", texts(county.content))


@pytest.fixture(scope="module")
def workspace(county: County) -> Workspace:
    opened, findings = open_workspace(county.folder, NOW)
    assert opened, findings
    return opened


def dossier_of(workspace: Workspace) -> Dossier:
    batch = load_batch(workspace.folders.index)
    assert batch
    return Dossier(batch, workspace.register, workspace.configuration, load_profiles(workspace.folders.profiles), TODAY, {})


def make(dossier: Dossier, workspace: Workspace) -> bytes:
    ((name, content),) = make_report(dossier, workspace)
    assert name == "report.docx"
    return content


def test_the_same_cycle_gives_the_same_bytes(workspace: Workspace) -> None:
    assert make(dossier_of(workspace), workspace) == make(dossier_of(workspace), workspace)


def test_the_settings_say_what_the_board_sees(workspace: Workspace) -> None:
    dossier, configuration = dossier_of(workspace), workspace.configuration
    settings = replace(configuration.settings, papers={Paper.REPORT: ()})
    shown = dict(read_tables(make(dossier, workspace)))
    left = dict(read_tables(make(replace(dossier, configuration=replace(configuration, settings=settings)), workspace)))
    assert shown.keys() - left.keys() == {"Outcomes", "Good practice that schools share", "Questions that told nothing"}


def test_a_county_of_few_schools_tells_nothing_of_them(workspace: Workspace) -> None:
    dossier = dossier_of(workspace)
    three = [*dossier.register][:3]
    few = replace(
        dossier,
        register={urn: dossier.register[urn] for urn in three},
        profiles=[one for one in dossier.profiles if one.school.urn in three],
        batch=replace(
            dossier.batch,
            entries=tuple(one for one in dossier.batch.entries if one.urn in three),
            missing=tuple(urn for urn in dossier.batch.missing if urn in three),
            reconciliation=replace(dossier.batch.reconciliation, register=3, returned=3, missing=0),
        ),
    )
    content = make(few, workspace)
    for title, rows in read_tables(content):
        cells = [cell for row in rows for heading, cell in row.items() if heading != "Criterion"]
        assert not any(map(is_small, cells)), title
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chart = etree.fromstring(archive.read("word/charts/chart1.xml"))
    assert not chart.findall(f".//{{{C}}}numCache/{{{C}}}pt")


DAYS = ("", "2026-10-16", "2027-02-07", "2027-02-08", "2027-07-16")  # no date, two past, today, one to come
COLUMNS = ("In time", "Overdue", "Stuck", "Done", "Done, no higher", "Dropped")


def with_actions(profiles: Sequence[Profile], few: int) -> list[Profile]:
    """Every state in turn, with and without a date that is past; those of Area 9 are of few schools, and one area is no more."""
    states = [*ActionState]

    def live(at: int) -> Iterator[ProfileLife]:
        for number in range(60):
            area = 1 + (number * 7 + at) % 9
            if area < 9 or at < few:
                area = 12 if number == at == 30 else area
                state, due = states[(number + at) % 5], DAYS[(number * 3 + at) % 5]
                yield ProfileLife(f"{area}-{number}", "", area, BEFORE, number % 5, state.value, "Under way", due)

    return [replace(one, lives=tuple(live(at)) if at < 45 else ()) for at, one in enumerate(profiles)]


def test_actions_are_those_of_the_ledgers_each_once(workspace: Workspace, rubric: Rubric) -> None:
    dossier = dossier_of(workspace)
    profiles = with_actions(dossier.profiles, few=4)
    content = make(replace(dossier, profiles=profiles), workspace)
    rows = {row["Area of Focus"]: row for row in dict(read_tables(content))["Overdue and stuck actions"]}
    names = {area.number: f"{area.number} {area.name}" for area in rubric.areas}
    assert list(rows) == [*names.values(), "Areas of earlier rubrics", "All areas"]
    counts: Counter[tuple[str, str]] = Counter()
    for life in (life for profile in profiles for life in profile.lives):
        late = life.state == "Open" and life.due in DAYS[1:3]
        column = "Overdue" if late else {"Open": "In time", "Done, not higher": "Done, no higher"}.get(life.state, life.state)
        counts.update(
            (area, one) for area in (names.get(life.area, "Areas of earlier rubrics"), "All areas") for one in (column, "All")
        )
    for (area, column), count in counts.items():
        assert is_told(rows[area][column].replace(",", ""), count), (area, column)
    assert rows["All areas"]["All"] == f"{counts['All areas', 'All']:,}"
    told = [[row[column] for column in (*COLUMNS, "All")] for row in rows.values()]
    for line in (*told, *map(list, zip(*told, strict=True))):
        assert line.count(HIDDEN) != 1
    assert all(rows[names[9]][column] in (HIDDEN, "0") for column in (*COLUMNS, "All")), "four schools have these"
    assert sum(line.count(HIDDEN) for line in told) < 25
    text = texts(content)
    assert "45 of the 51 schools have sent back a plan." in text
    assert "those done and dropped are of the plans of Autumn term 2026" in text
    overdue, stuck = rows["All areas"]["Overdue"], rows["All areas"]["Stuck"]
    assert f"{overdue} are past their date and {stuck} have been carried forward three times or more." in text


@pytest.mark.parametrize(
    ("followed", "expected"),
    [(0, "No school has sent back its plan so far"), (3, "Fewer than 5 of the 51 schools have sent back")],
)
def test_actions_of_few_schools_are_not_told(workspace: Workspace, followed: int, expected: str) -> None:
    dossier = dossier_of(workspace)
    profiles = [
        one if at < followed else replace(one, lives=()) for at, one in enumerate(with_actions(dossier.profiles, few=0))
    ]
    content = make(replace(dossier, profiles=profiles, earlier={BEFORE: ()}), workspace)
    assert "Overdue and stuck actions" not in dict(read_tables(content))
    assert expected in texts(content)


def test_the_first_paper_says_when_actions_will_be_followed(county: County) -> None:
    first = (county.folder / "outputs" / BEFORE / "report.docx").read_bytes()
    assert "Overdue and stuck actions" not in dict(read_tables(first))
    assert "These are the first plans." in texts(first)


def test_a_county_in_which_nobody_returned_has_a_paper(workspace: Workspace) -> None:
    dossier = dossier_of(workspace)
    sums = replace(dossier.batch.reconciliation, returned=0, rated=0, found=0, sent_back=0, set_aside=0)
    batch = replace(dossier.batch, entries=(), missing=tuple(dossier.register), reconciliation=sums)
    text = texts(make(replace(dossier, batch=batch, profiles=()), workspace))
    assert f"None of the {sums.register} schools on the register returned" in text

"""The LA's papers over a county: every table adds up to the records, no school's words are in any, and each audience sees its own."""

import csv
import io
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion, rows_of
from lxml import html
from openpyxl import Workbook, load_workbook
from test_records import ENTRY

from pipeline.model import form
from pipeline.model.paper import PAPERS
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.readers.records import load_batch
from pipeline.rules.figure import take_figure
from pipeline.runner.profiles import ProfileShelf

BEFORE = "2025-26-summer"
SCHOOLS = 60
KEYS = ("advanced", "established", "emerging", "not-yet", "not-rated", "not-applicable")
Row = dict[str, Any]


class County:
    """An invented county of two cycles: its workbook's tables as rows, and its records as they lie on disk."""

    def __init__(self, folder: Path) -> None:
        self.outputs = folder / "outputs" / CYCLE
        self.before = self._load(folder / "outputs" / BEFORE)
        self.records = self._load(self.outputs)
        self.workbook = load_workbook(self.outputs / "overview.xlsx")
        with (folder / "config" / "schools.csv").open(encoding="cp1252", newline="") as file:
            self.register = {
                row["URN"]: row for row in csv.DictReader(file) if row.get("EstablishmentStatus (name)", "Open") == "Open"
            }

    def _load(self, outputs: Path) -> dict[str, Any]:
        return {path.stem: json.loads(path.read_bytes()) for path in sorted((outputs / "records").glob("*.json"))}

    def table(self, title: str) -> list[Row]:
        """The rows of a sheet's native table, by heading."""
        sheet = self.workbook[title]
        (table,) = sheet.tables.values()
        cells = [[cell.value for cell in row] for row in sheet[table.ref]]
        assert [column.name for column in table.tableColumns] == cells[0]
        assert sheet.freeze_panes is not None
        rows = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
        return [] if rows[0][cells[0][0]] == "None" else rows

    def areas(self, records: Mapping[str, Any] | None = None) -> Iterator[tuple[str, Any]]:
        for urn, record in (records or self.records).items():
            for area in record["assessment"]["areas"]:
                yield urn, area

    def opportunities(self) -> Iterator[tuple[str, Any]]:
        for urn, record in self.records.items():
            for found in record["assessment"]["opportunities"]:
                yield urn, found


def key_of(rating: Mapping[str, Any]) -> str:
    return str(rating["level"] or rating["state"])


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("papers") / "county"
    assert inclusion("demo", "--schools", f"{SCHOOLS}", "--seed", "5", "--out", str(folder))[0] == 0
    shutil.copytree(folder / "inputs" / CYCLE, folder / "inputs" / BEFORE)
    for path in sorted((folder / "inputs" / CYCLE / "returns").glob("*.xlsx"))[:6]:
        weaken(path)
    assert inclusion("run", "-q", "--project", str(folder), "--cycle", BEFORE)[0] == 0
    for at, path in enumerate(sorted((folder / "outputs" / BEFORE / "records").glob("*.json"))):
        if at % 3:
            open_a_ledger(path)
    assert inclusion("run", "-q", "--project", str(folder), "--cycle", CYCLE)[0] == 0
    return County(folder)


def open_a_ledger(path: Path) -> None:
    """As if a school's plans had come back before: its actions of every kind in turn."""
    record = json.loads(path.read_bytes())
    kinds = (
        {"carried": 1, "status": "Under way", "due": "2026-07-17"},
        {"carried": 4, "status": "On hold", "due": None},
        {"carried": 1, "status": "Done", "due": None, "closed_in": BEFORE},
        {
            "carried": 0,
            "status": "No longer needed",
            "due": None,
            "closed_in": BEFORE,
            "dropped": "The school no longer needs it.",
        },
        {"carried": 2, "status": "Done", "due": None, "closed_in": "long ago"},
        {"carried": 3, "status": None, "due": "2100-01-01"},
    )
    lives = [
        {
            "ref": one["ref"],
            "area": one["area"],
            "opened": BEFORE,
            "closed_in": "",
            "dropped": "",
            "words": "",
            **kinds[at % len(kinds)],
        }
        for at, one in enumerate(record["assessment"]["opportunities"])
    ]
    record["ledger"] = {"urn": path.stem, "lives": lives, "taken_in": []}
    path.write_text(json.dumps(record), "utf-8")


def weaken(path: Path) -> None:
    """Some of a return's answers fall, so that there is movement and a gap or two."""
    workbook = load_workbook(path)
    for at, (sheet, row) in enumerate(rows_of(workbook).values()):
        if at % 3 == 0 and sheet[f"G{row}"].value in ("Advanced", "Established"):
            sheet[f"G{row}"].value = "Not yet in place" if at % 9 == 0 else "Emerging"
    workbook.save(path)


def test_every_sheet_is_added_up_here(county: County) -> None:
    """A new sheet needs a test of its own in this file, and its name here."""
    assert set(county.workbook.sheetnames) == {
        "Summary", "Schools by area", "Levels by area", "Movement", "Movement by area", "Levels by cycle", "Outcomes by cycle",
        "Views and moderation", "Views by area", "Statutory gaps", "Actions", "Stuck actions", "Done, not higher", "Opportunities",
        "Commonest opportunities", "Districts", "Themes", "Outcomes beside levels", "Outcome figures", "Pairing", "Questions",
        "Not returned", "Findings",
    }  # fmt: skip


def test_schools_by_area_says_what_the_records_say(county: County, rubric: Rubric) -> None:
    rows = county.table("Schools by area")
    assert [row["URN"] for row in rows] == [urn for urn in county.register if urn in county.records]
    names = {area.number: f"{area.number} {area.name}" for area in rubric.areas}
    labels = {row["URN"]: row for row in rows}
    for urn, area in county.areas():
        assert labels[urn][names[area["area"]]] == word(key_of(area["rating"]), rubric)
    for urn, record in county.records.items():
        assessment, row = record["assessment"], labels[urn]
        assert row["Overall"] == word(key_of(assessment["overall"]), rubric)
        assert row["Statutory gaps"] == sum(one["kind"] == "Statutory gap" for one in assessment["opportunities"])
        assert row["Opportunities"] == len(assessment["opportunities"])
        moved = Counter(one["movement"] for one in record["compared"]["areas"])
        assert (row["Areas higher than last cycle"], row["Areas lower"]) == (moved["Higher"], moved["Lower"])


def test_the_page_says_what_the_records_say(county: County, rubric: Rubric) -> None:
    page: Any = html.fromstring((county.outputs / "overview.html").read_text("utf-8"))
    rows: dict[str, Any] = {row.xpath("string(td[1]//b)"): row.xpath("td[position() > 1]") for row in page.xpath("//tbody/tr")}
    assert rows.keys() == county.register.keys()
    assert [urn for urn, cells in rows.items() if len(cells) > 1] == [urn for urn in county.register if urn in county.records]
    arrows: Counter[str] = Counter()
    for urn, record in county.records.items():
        assessment, told = record["assessment"], [cell.xpath("string(text())") for cell in rows[urn]]
        ratings = [assessment["overall"], *(area["rating"] for area in assessment["areas"])]
        assert told == [word(key_of(rating), rubric) for rating in ratings]
        assert [bool(cell.xpath("small[@class='duty']")) for cell in rows[urn]] == [bool(rating["gates"]) for rating in ratings]
        arrows += Counter(mark for cell in rows[urn] for mark in cell.xpath("small/i/text()"))
    moved = Counter(one["movement"] for record in county.records.values() for one in record["compared"]["areas"])
    assert (arrows["▲"], arrows["▼"]) == (moved["Higher"], moved["Lower"])


def word(key: str, rubric: Rubric) -> str:
    return {**rubric.frame.states, **{level.key: words.label for level, words in rubric.frame.levels.items()}}[key]


def test_levels_are_counted_right_in_this_cycle_and_the_last(county: County, rubric: Rubric) -> None:
    now = Counter((area["area"], key_of(area["rating"])) for _, area in county.areas())
    before = Counter((area["area"], key_of(area["rating"])) for _, area in county.areas(county.before))
    words = [word(key, rubric) for key in KEYS]
    now.update((0, key_of(record["assessment"]["overall"])) for record in county.records.values())
    numbers = [*(area.number for area in rubric.areas), 0]
    for row, number in zip(county.table("Levels by area"), numbers, strict=True):
        assert row["Area of Focus"].startswith(f"{number} " if number else "Overall")
        assert [row[label] for label in words] == [now[number, key] for key in KEYS]
    by_cycle = {(row["Area of Focus"], row["Cycle"]): row for row in county.table("Levels by cycle")}
    for area in rubric.areas:
        for cycle, counts in (("Summer term 2026", before), ("Autumn term 2026", now)):
            row = by_cycle[f"{area.number} {area.name}", cycle]
            assert [row[label] for label in words] == [counts[area.number, key] for key in KEYS]
            assert row["Schools"] == sum(counts[area.number, key] for key in KEYS)
    overall = Counter(key_of(record["assessment"]["overall"]) for record in county.records.values())
    assert [by_cycle["Overall", "Autumn term 2026"][label] for label in words] == [overall[key] for key in KEYS]


def test_movement_adds_up(county: County) -> None:
    moved = Counter(one["movement"] for record in county.records.values() for one in record["compared"]["areas"])
    assert moved["Lower"]
    assert Counter(row["Movement"] for row in county.table("Movement")) == {
        key: moved[key] for key in ("Higher", "Lower") if moved[key]
    }
    by_area = Counter(
        (one["area"], one["movement"]) for record in county.records.values() for one in record["compared"]["areas"]
    )
    counted = {int(row["Area of Focus"].split()[0]): row for row in county.table("Movement by area")}
    assert {(area, way): row[way] for area, row in counted.items() for way in ("Higher", "Lower", "The same") if row[way]} == {
        key: count for key, count in by_area.items() if key[1] in ("Higher", "Lower", "The same")
    }
    assert not any(row[heading] for row in counted.values() for heading in row if heading.startswith("Across"))


def test_every_view_is_counted_and_those_that_differ_are_listed(county: County, rubric: Rubric) -> None:
    levels = {(urn, area["area"]): area["rating"]["level"] for urn, area in county.areas()}
    places = {"not-yet": 0, "emerging": 1, "established": 2, "advanced": 3}
    counts: Counter[tuple[int, str]] = Counter()
    differing = []
    for urn, record in county.records.items():
        for view in record["submission"]["views"]:
            level = levels[urn, view["area"]]
            apart = places[view["level"]] - places[level] if level else None
            way = "no rating to compare" if apart is None else "higher" if apart > 0 else "lower" if apart < 0 else "the same"
            counts[view["area"], way] += 1
            if way != "the same":
                differing.append((urn, view["area"], word(view["level"], rubric)))
    told = county.table("Views and moderation")
    assert sorted((row["URN"], int(row["Area of Focus"].split()[0]), row["The school's own view"]) for row in told) == sorted(
        differing
    )
    assert differing
    for row in county.table("Views by area"):
        area = int(row["Area of Focus"].split()[0])
        given = [row[f"Own view: {way}"] for way in ("the same", "higher than the answers", "lower than the answers")]
        assert given == [counts[area, way] for way in ("the same", "higher", "lower")]
        assert row["Own view: no rating to compare"] == counts[area, "no rating to compare"]
        assert sum(given) + row["Own view: no rating to compare"] + row["Own view: not given"] == len(county.records)
        assert not any(row[heading] for heading in row if heading.startswith("Moderated"))


def test_every_action_of_a_ledger_has_its_row_and_what_became_of_it(county: County) -> None:
    rows = county.table("Actions")
    told = Counter((row["What became of it"].partition(",")[0], row["Overdue"]) for row in rows)
    lives = [(urn, one) for urn, record in county.records.items() for one in (record["ledger"] or {"lives": ()})["lives"]]
    followed = [(urn, one) for urn, one in lives if one["closed_in"] in ("", BEFORE)]
    assert sorted((row["URN"], row["Reference"]) for row in rows) == sorted((urn, one["ref"]) for urn, one in followed)
    assert told == Counter(
        ("Dropped" if one["dropped"] else "Done", "No")
        if one["closed_in"]
        else ("Stuck" if one["carried"] >= 3 else "Open", "Yes" if one["due"] == "2026-07-17" else "No")
        for _, one in followed
    )
    assert {row["Date"] for row in rows} == {None, "2026-07-17", "2100-01-01"}
    for title, state in (("Stuck actions", "Stuck"), ("Done, not higher", "Done, not higher")):
        listed = [(row["URN"], row["Ref"]) for row in county.table(title)]
        assert sorted(listed) == sorted((row["URN"], row["Reference"]) for row in rows if row["What became of it"] == state)
        assert listed
    carried = [row["Times carried"] for row in county.table("Stuck actions") if row["URN"] == rows[0]["URN"]]
    assert carried == sorted(carried, reverse=True)


def test_every_opportunity_has_its_row_and_every_count_is_of_them(county: County, rubric: Rubric) -> None:
    rows = county.table("Opportunities")
    told = [(urn, one["ref"], one["kind"], own_or(one)) for urn, one in county.opportunities()]
    assert [(row["URN"], row["Reference"], row["Why"], row["Opportunity"]) for row in rows] == sorted(
        told, key=lambda one: list(county.register).index(one[0])
    )
    first = Counter(row["URN"] for row in rows if row["On the plan's first page"] == "Yes")
    for urn, record in county.records.items():
        gaps = [one for one in record["assessment"]["opportunities"] if one["kind"] == "Statutory gap"]
        assert first[urn] == len(gaps) + len(record["assessment"]["priorities"])
    shared = Counter(
        (one["criterion"], one["opportunity"]) for _, one in county.opportunities() if one["kind"] != "The school's own"
    )
    needs = county.table("Commonest opportunities")
    assert {(row["Criterion"], row["Opportunity"]): row["Schools"] for row in needs} == shared
    assert [row["Schools"] for row in needs] == sorted((row["Schools"] for row in needs), reverse=True)
    kinds = Counter(one["kind"] for _, one in county.opportunities())
    for heading, kind in (
        ("Statutory gap", "Statutory gap"),
        ("Not yet in place", "Not yet in place"),
        ("Holds the area back", "Holds the area back"),
        ("Has slipped", "Has slipped since last cycle"),
    ):
        assert sum(row[heading] for row in needs) == kinds[kind]
    assert sum(row["On a first page"] for row in needs) == sum(
        row["On the plan's first page"] == "Yes" and row["Why"] != "The school's own" for row in rows
    )
    gaps = [(row["URN"], row["Ref"]) for row in county.table("Statutory gaps")]
    assert Counter(gaps) == Counter(
        (urn, one["criterion"]) for urn, one in county.opportunities() if one["kind"] == "Statutory gap"
    )
    assert gaps


def own_or(found: Mapping[str, str]) -> str:
    return "In the school's own words: see its plan" if found["kind"] == "The school's own" else found["opportunity"]


def test_groups_add_up_to_the_register(county: County, rubric: Rubric) -> None:
    rows = county.table("Districts")
    columns = {"District": "DistrictAdministrative (name)", "Type": "TypeOfEstablishment (name)"}
    gaps = Counter(urn for urn, one in county.opportunities() if one["kind"] == "Statutory gap")
    for by in ("District", "Phase", "Type"):
        mine = [row for row in rows if row["By"] == by]
        assert sum(row["Schools"] for row in mine) == len(county.register)
        assert sum(row["Rated"] for row in mine) == len(county.records)
        assert sum(row["Not returned"] for row in mine) == len(county.table("Not returned"))
        assert all(row["Schools"] == row["Returned"] + row["Not returned"] for row in mine)
        assert sum(row["Statutory gaps"] for row in mine) == gaps.total()
        assert sum(row["Schools with a gap"] for row in mine) == len(gaps)
        assert sum(row[f"Overall: {word(key, rubric)}"] for row in mine for key in KEYS) == len(county.records)
        for row in mine if by in columns else ():
            members = {urn for urn, school in county.register.items() if school[columns[by]] == row["Group"]}
            assert (row["Schools"], row["Rated"]) == (len(members), len(members & county.records.keys()))
            assert row["Statutory gaps"] == sum(gaps[urn] for urn in members)


def test_themes_and_questions_count_the_answers(county: County, rubric: Rubric) -> None:
    answers = Counter((one["criterion"], key_of(one)) for _, area in county.areas() for one in area["standings"])
    labels = {"not-yet": "Not yet in place", "not-rated": "Not answered"}
    themes = {row["Theme"]: row for row in county.table("Themes")}
    for theme, label in rubric.frame.themes.items():
        criteria = [one.id for one in rubric.criteria.values() if theme in one.themes]
        row = themes[label]
        assert row["Criteria"] == ", ".join(criteria)
        for key in KEYS:
            assert row[f"Answers: {labels.get(key) or word(key, rubric)}"] == sum(answers[one, key] for one in criteria)
        mine = [(urn, one) for urn, one in county.opportunities() if one["criterion"] in criteria]
        gaps = [urn for urn, one in mine if one["kind"] == "Statutory gap"]
        assert (row["Statutory gaps"], row["Schools with a gap"]) == (len(gaps), len(set(gaps)))
        shared = Counter((one["criterion"], one["opportunity"]) for _, one in mine if one["kind"] != "The school's own")
        assert (
            row["Schools that have it"]
            == max(shared.values())
            == shared[row["Commonest: criterion"], row["Commonest opportunity"]]
        )
    for row in county.table("Questions"):
        counts = [answers[row["Criterion"], key] for key in KEYS[:4]]
        assert (row["Schools that answered"], row["Schools with that answer"]) == (sum(counts), max(counts))
        assert row["Statutory"] == ("Yes" if rubric.criteria[row["Criterion"]].gate else "No")
        assert not (row["Statutory"] == "Yes" and row["Could be left out"] == "Yes")


def test_outcomes_are_those_of_the_records(county: County, configuration: Configuration, rubric: Rubric) -> None:
    measures = {measure.id: measure for measure in configuration.outcomes.measures}

    def figures(records: Mapping[str, Any]) -> dict[tuple[str, str], tuple[float | None, float | None]]:
        return {
            (urn, key): (take_figure(one["this_year"], measures[key]), take_figure(one["last_year"], measures[key]))
            for urn, record in records.items()
            for key, one in record["submission"]["outcomes"].items()
        }

    now, before = figures(county.records), figures(county.before)
    told = {
        (row["URN"], row["Cycle"], row["Measure"]): (row["Last school year"], row["The year before"])
        for row in county.table("Outcome figures")
    }
    assert told == {
        (urn, cycle, measures[key].label): pair
        for cycle, figures_of in (("Autumn term 2026", now), ("Summer term 2026", before))
        for (urn, key), pair in figures_of.items()
        if pair != (None, None) and urn in county.records
    }
    levels = {(urn, area["area"]): area["rating"]["level"] for urn, area in county.areas()}
    rows = county.table("Outcomes beside levels")
    assert len(rows) == sum(len(measure.areas) for measure in measures.values()) * 4
    for row in rows:
        measure = next(one for one in measures.values() if one.label == row["Measure"])
        area = int(row["Area of Focus"].split()[0])
        key = next(key for key in KEYS if word(key, rubric) == row["Level of the area"])
        pairs = [
            pair for (urn, one), pair in now.items() if one == measure.id and None not in pair and levels[urn, area] == key
        ]
        assert row["Schools with both years"] == len(pairs)
        for heading, at in (("Last school year, median", 0), ("The year before, median", 1)):
            assert row[heading] == (pytest.approx(median(pair[at] for pair in pairs), abs=0.01) if pairs else None)  # type: ignore[type-var]
    for row in county.table("Outcomes by cycle"):
        measure = next(one for one in measures.values() if one.label == row["Measure"])
        both = [
            urn
            for urn in county.records
            if all(found.get((urn, measure.id), (None,))[0] is not None for found in (now, before))
        ]
        assert row["Schools"] == len(both)
        figures_of = now if row["Cycle"] == "Autumn term 2026" else before
        middle = median(figures_of[urn, measure.id][0] for urn in both)  # type: ignore[type-var]
        assert row["Last school year, median"] == pytest.approx(middle, abs=0.01)
    assert "say nothing of cause" in str(county.workbook["Outcomes beside levels"]["A1"].value)


def test_pairing_is_for_those_below_established_and_by_those_who_said_yes(county: County) -> None:
    rows = county.table("Pairing")
    low = [(urn, area["area"]) for urn, area in county.areas() if area["rating"]["level"] in ("emerging", "not-yet")]
    assert sorted((row["URN"], int(row["Area of Focus"].split()[0])) for row in rows) == sorted(low)
    for row in rows:
        if row["Its URN"]:
            assert county.records[row["Its URN"]]["submission"]["identity"]["shares_practice"]
    assert any(row["Its URN"] for row in rows)
    assert "do not pass this table on" in str(county.workbook["Pairing"]["A1"].value)


def test_lists_and_sums_are_those_of_the_run(county: County) -> None:
    def lines(name: str) -> list[Row]:
        return list(csv.DictReader(io.StringIO((county.outputs / name).read_text("utf-8-sig"))))

    def index() -> Any:
        return json.loads((county.outputs / "run.json").read_bytes())

    chased = lines("chase.csv")
    assert [row["URN"] for row in county.table("Not returned")] == [row["URN"] for row in chased]
    assert sorted(row["URN"] for row in chased) == sorted(set(county.register) - {entry["urn"] for entry in index()["entries"]})
    assert {row["Days overdue"] for row in county.table("Not returned")} == {int(row["Days overdue"]) for row in chased}
    assert [(row["Code"], row["File"]) for row in county.table("Findings")] == [
        (row["code"], row["file"]) for row in lines("findings.csv")
    ]
    summary = {row[0].value: row[1].value for row in county.workbook["Summary"].iter_rows(min_row=4)}
    sums = index()["reconciliation"]
    labels = ("Returns found", "rated", "sent back", "set aside", "Schools on the register", "returned", "missing")
    assert [summary[label] for label in labels] == list(sums.values())
    assert (sums["rated"], sums["register"]) == (len(county.records), len(county.register))
    assert summary["Does it add up?"] == "Yes"
    for sheet in county.workbook.worksheets[1:]:
        (table,) = sheet.tables.values()
        first, last = table.ref.split(":")
        assert summary[sheet.title] in (int("".join(filter(str.isdigit, last))) - int("".join(filter(str.isdigit, first))), 0)


def test_what_schools_receive_names_no_other_school(county: County) -> None:
    names = {urn: school["EstablishmentName"] for urn, school in county.register.items()}
    documents = [path for folder in ("plans", "notes") for path in (county.outputs / folder).glob("*.docx")]
    assert len(documents) >= len(county.records)
    for path in documents:
        text = text_of(path)
        others = [
            name
            for urn, name in names.items()
            if urn not in path.name and name in text and name not in names.get(path.name[:6], "")
        ]
        # A school may write a neighbour's name itself; the LA's papers and what we print never do.
        record = json.dumps(county.records.get(path.name[:6], {}), ensure_ascii=False)
        assert [name for name in others if name not in record] == []


def text_of(path: Path) -> str:
    """Everything in a file that could be read, whatever it is packed in."""
    content = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


MARK = "Quite unmistakable words"


def mark_everything(workbook: Workbook) -> None:
    """The mark in every cell where a school may write, and in some where it should not."""
    for sheet, row in rows_of(workbook).values():
        sheet[f"H{row}"].value = sheet[f"I{row}"].value = sheet[f"L{row}"].value = f"{MARK} {row}"
    identity = workbook[form.SCHOOL]
    for row in range(8, 13):
        identity[f"B{row}"].value = MARK if row != 10 else identity["B10"].value
    for row in range(4, 13):
        workbook[form.OUTCOMES][f"C{row}"].value = workbook[form.OUTCOMES][f"D{row}"].value = MARK
    for row in range(4, 12):
        workbook[form.CHECKLIST][f"F{row}"].value = MARK


def test_no_words_of_a_school_are_in_any_paper(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "one.xlsx", complete(school, configuration, {"1.1": MARK, "2.2": "N", "5.2": "N"}, edit=mark_everything))
    drop(project, "two.xlsx", complete(OTHER, configuration, otherwise="A", edit=mark_everything))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    folder = project / "outputs" / CYCLE
    assert MARK in text_of(next((folder / "records").iterdir()))
    papers = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name not in ("plans", "records", "notes", "workbooks") and "sent" not in path.parts
    ]
    assert {"overview.xlsx", "findings.csv", "chase.csv", "run.json", ".profiles"} <= {path.name for path in papers}
    assert [path.name for path in papers if "unmistakable" in text_of(path)] == []


def test_papers_are_the_same_whether_profiles_were_kept_torn_or_lost(
    project: Path, school: School, configuration: Configuration
) -> None:
    drop(project, "one.xlsx", complete(school, configuration))
    drop(project, "two.xlsx", complete(OTHER, configuration, otherwise="A"))
    profiles, overview = (project / "outputs" / CYCLE / name for name in (".profiles", "overview.xlsx"))

    def run(*options: str) -> tuple[bytes, bytes]:
        code, said, errors = inclusion("run", *options, "--project", str(project))
        assert code == 0, errors
        assert options or "Worked on 1," in said
        return profiles.read_bytes(), overview.read_bytes()

    run("-q")
    kept = profiles.read_bytes()
    for left, answer in ((kept, "E"), (kept[:-40], "S"), (kept[:3000], "A"), (b"", "N"), (kept + kept, "E")):
        profiles.write_bytes(left)
        drop(project, "one.xlsx", complete(school, configuration, otherwise=answer))
        assert run() == run("--force", "-q")


def test_a_paper_whose_worker_gives_up_is_made_all_the_same(
    project: Path, school: School, configuration: Configuration
) -> None:
    from concurrent.futures import Executor, Future

    from pipeline.runner.crew import Crew, Workers
    from pipeline.runner.cycle import _brief, _gather
    from pipeline.runner.papers import write_papers
    from pipeline.runner.workspace import open_workspace
    from pipeline.writers.issued import Issued

    class Tired(Executor):
        def submit(self, *_: object, **__: object) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(TimeoutError())
            return future

    drop(project, "one.xlsx", complete(school, configuration))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    overview = project / "outputs" / CYCLE / "overview.xlsx"
    before = overview.read_bytes()
    overview.unlink()
    workspace, _ = open_workspace(project, None)
    assert workspace is not None
    batch = _gather(load_batch(workspace.folders.index).entries, workspace, ["one.xlsx"])  # type: ignore[union-attr]
    with Crew(lambda: Workers(Tired(), 1, (), lambda _: None)) as crew:
        digests, findings = write_papers(batch, _brief(workspace, date.today()), crew, Issued(project / "issued"))
    assert (list(digests)[:3], findings) == (["overview.xlsx", "overview.html", "report.docx"], ())
    assert overview.read_bytes() == before


def test_a_trend_is_drawn_again_when_an_earlier_cycle_is_read_late(
    project: Path, school: School, configuration: Configuration
) -> None:
    """The cycle before the last: no school's rating hangs on it, and the trend does."""
    cycle = "  {0}:\n    label: {0}\n    returns_due: 2025-10-17\n    gaps_closed_by: 2025-12-19\n    review_on: 2026-03-27\n"
    retell(project, lambda text: text.replace("cycles:\n", f"cycles:\n{cycle.format('long ago')}{cycle.format('last')}", 1))
    drop(project, "one.xlsx", complete(school, configuration))
    read_late(project, "last")
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    assert cycles_drawn(project) == {"last", "Autumn term 2026"}
    read_late(project, "long ago")
    assert "Worked on 0, 1 unchanged." in inclusion("run", "--project", str(project))[1]
    assert cycles_drawn(project) == {"long ago", "last", "Autumn term 2026"}


def read_late(project: Path, cycle: str) -> None:
    shutil.copytree(project / "inputs" / CYCLE, project / "inputs" / cycle)
    assert inclusion("run", "-q", "--project", str(project), "--cycle", cycle)[0] == 0


def cycles_drawn(project: Path) -> set[str]:
    sheet = load_workbook(project / "outputs" / CYCLE / "overview.xlsx", read_only=True)["Levels by cycle"]
    values = {f"{value}" for row in sheet.iter_rows(values_only=True) for value in row}
    return values & {"long ago", "last", "Autumn term 2026"}


def retell(project: Path, change: Callable[[str], str]) -> None:
    path = project / "config" / "settings.yaml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def sheets(project: Path) -> set[str]:
    return set(load_workbook(project / "outputs" / CYCLE / "overview.xlsx", read_only=True).sheetnames)


def test_each_audience_sees_what_the_settings_let_it(project: Path, school: School, configuration: Configuration) -> None:
    drop(project, "one.xlsx", complete(school, configuration))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    everything = sheets(project)
    assert {"Pairing", "Questions", "Findings", "Views and moderation", "Outcomes beside levels"} <= everything
    line = "overview: [own-views, moderation, outcomes, pairing, questions, findings]"
    retell(project, lambda text: text.replace(line, "overview: [findings]"))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    assert everything - sheets(project) == {
        "Pairing", "Questions", "Views and moderation", "Views by area", "Outcomes beside levels", "Outcome figures",
    }  # fmt: skip
    retell(project, lambda text: text.replace("  overview: [findings]", ""))
    assert inclusion("run", "-q", "--project", str(project))[0] == 0
    assert not (project / "outputs" / CYCLE / "overview.xlsx").exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("districts: [outcomes]", "districts: [outcomes, pairing]", "CF104"),
        ("report: [outcomes, questions, good-practice]", "report: [findings]", "CF104"),
        ("districts: [outcomes]", "districts: [gossip]", "CF103"),
        ("  page: [", "  pages: [", "CF103"),
    ],
)
def test_what_is_for_advisers_goes_to_nobody_else(project: Path, old: str, new: str, code: str) -> None:
    retell(project, lambda text: text.replace(old, new))
    exit_code, _, errors = inclusion("run", "-q", "--project", str(project))
    assert exit_code == 1
    assert code in errors
    assert "config/settings.yaml" in errors


def test_the_settings_that_ship_are_the_defaults(configuration: Configuration) -> None:
    assert configuration.settings.papers == PAPERS
    shipped = (ROOT / "config" / "settings.yaml").read_text("utf-8")
    assert "papers:" in shipped


@pytest.mark.parametrize("line", ["one part", "two\tparts"])
def test_what_is_kept_of_a_school_is_not_made_again_while_its_return_is_the_same(tmp_path: Path, line: str) -> None:
    """A row of the page has one part and a profile two: either is found again, and a torn one alone is made anew."""
    kept = [replace(ENTRY, file=f"{urn}.xlsx", urn=urn) for urn in ("900101", "900202")]
    path, urns = tmp_path / ".kept", [entry.urn for entry in kept]
    shelf = ProfileShelf(path, "rules")
    for entry in kept:
        shelf.add(entry, line)
    shelf.settle(kept, urns, lambda urn: pytest.fail(f"{urn} was made again"))
    settled = path.read_bytes()
    added = replace(ENTRY, file="3.xlsx", urn="900303")
    again = ProfileShelf(path, "rules")
    again.add(added, line)
    again.settle([*kept, added], [*urns, "900303"], lambda urn: pytest.fail(f"{urn} was made again"))
    assert path.read_bytes().startswith(settled)
    path.write_bytes(settled[:-20])  # what a run that was killed leaves
    made: list[str] = []

    def make(urn: str) -> str:
        made.append(urn)
        return line

    ProfileShelf(path, "rules").settle(kept, urns, make)
    assert made == ["900202"]
    assert path.read_bytes() == settled

"""The papers for heads: each is its schools counted, and all of them beside the board's tell of nobody."""

import csv
import io
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from conftest import OTHER, Once, W, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from paper_county import HIDDEN, NOW, County, Row, is_small, is_told, key_of, lay_out_county, read_tables

from pipeline.model.dossier import Dossier
from pipeline.model.level import LEVELS
from pipeline.model.paper import Matter, Paper
from pipeline.model.profile import Profile, ProfileArea
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Measure
from pipeline.readers.records import load_batch
from pipeline.rules.figure import take_figure
from pipeline.rules.spread import BANDS, Grouping, is_telling, spread_levels
from pipeline.runner.districts import make_districts
from pipeline.runner.profiles import load_profiles
from pipeline.runner.workspace import Workspace, open_workspace

COLUMN = "DistrictAdministrative (name)"


@pytest.fixture(scope="module")
def county(once: Once) -> County:
    return County(once("paper-county", lay_out_county))


@pytest.fixture(scope="module")
def papers(county: County) -> Mapping[str, bytes]:
    """District → its paper."""
    return {path.stem: path.read_bytes() for path in (county.folder / "outputs" / NOW / "districts").glob("*.docx")}


def counted_in(place: str, content: bytes, county: County) -> set[str]:
    """The URNs of the schools that a paper counts, which it says: its district's, and those it is counted with."""
    names = {school[COLUMN] for school in county.register.values()}
    lines = texts(content)
    (said,) = [line for line in lines.splitlines() if "of 51 in all" in line] or [""]
    chosen = {place} if said.startswith(tuple("0123456789")) else {place} | {name for name in names if name in said}
    return {urn for urn in county.records if county.register[urn][COLUMN] in chosen}


def words_of(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    return {rubric.label(level): (key,) for key, level in LEVELS.items()} | {"Not rated": ("not-rated", "not-applicable")}


def test_every_district_has_its_paper_and_every_number_is_of_its_schools(
    county: County, papers: Mapping[str, bytes], rubric: Rubric
) -> None:
    assert papers.keys() == {school[COLUMN] for school in county.register.values()}
    words, told = words_of(rubric), 0
    board = {row["Area of Focus"]: row for row in county.tables["Levels by area"]}
    for place, content in papers.items():
        members = counted_in(place, content, county)
        counts = Counter((area["area"], key_of(area["rating"])) for urn, area in county.areas() if urn in members)
        counts.update((0, key_of(county.records[urn]["assessment"]["overall"])) for urn in members)
        for row in dict(read_tables(content))["Where schools stand"]:
            if row["Schools"] == "All schools":
                assert [row[word] for word in words] == [board[row["Area of Focus"]][word] for word in words]
                continue
            number = int(row["Area of Focus"].split()[0]) if row["Area of Focus"] != "Overall" else 0
            for word, keys in words.items():
                assert is_told(row[word], sum(counts[number, key] for key in keys))
                assert not is_small(row[word])
                told += row[word] != HIDDEN
            assert row["Your school"] == ""
            assert [row[word] for word in words].count(HIDDEN) != 1
    assert told > 50


def test_outcomes_are_those_of_the_records(county: County, papers: Mapping[str, bytes], workspace: Workspace) -> None:
    measures = {measure.label: measure for measure in workspace.configuration.outcomes.measures}

    def middle(urns: Iterable[str], measure: Measure) -> float:
        given = [county.records[urn]["submission"]["outcomes"].get(measure.id, {}) for urn in urns]
        known = [figure for one in given if (figure := take_figure(one.get("this_year", ""), measure)) is not None]
        return median(known)

    for place, content in papers.items():
        rows = dict(read_tables(content))["Outcomes"]
        assert {row["Measure"] for row in rows} <= {label for label, one in measures.items() if one.unit != "count"}
        for row in rows:
            measure = measures[row["Measure"]]
            assert float(row["Here"]) == pytest.approx(middle(counted_in(place, content, county), measure), abs=0.01)
            assert float(row["All schools"]) == pytest.approx(middle(county.records, measure), abs=0.01)


def test_all_papers_laid_side_by_side_give_no_number_away(county: County, papers: Mapping[str, bytes], rubric: Rubric) -> None:
    """In no column of districts is one number alone left out, and each row's and column's are more than ones."""
    words = list(words_of(rubric))
    rows: dict[str, dict[frozenset[str], Row]] = {}
    for place, content in papers.items():
        members = frozenset(counted_in(place, content, county))
        for row in dict(read_tables(content))["Where schools stand"]:
            everyone = row["Schools"] == "All schools"
            rows.setdefault(row["Area of Focus"], {})[frozenset() if everyone else members] = row
    for area, lines in rows.items():
        everywhere = lines.pop(frozenset())
        assert sum(map(len, lines)) == len(county.records), area
        for word in words:
            column = [row[word] for row in lines.values()]
            assert [*column, everywhere[word]].count(HIDDEN) != 1, (area, word)
        for members, row in lines.items():
            rest = len(members) - sum(int(row[word]) for word in words if row[word] != HIDDEN)
            hidden = [row[word] for word in words].count(HIDDEN)
            assert rest > hidden or hidden in (0, len(words)), (area, members)  # where all are left out, zeros are as well


def test_opportunities_that_a_paper_counts_cannot_be_subtracted(county: County, papers: Mapping[str, bytes]) -> None:
    shared = Counter(
        (one["criterion"], one["opportunity"], urn)
        for urn, record in county.records.items()
        for one in record["assessment"]["opportunities"]
        if one["kind"] != "The school's own"
    )
    told: dict[tuple[str, str], dict[frozenset[str], int]] = {}
    for place, content in papers.items():
        members = frozenset(counted_in(place, content, county))
        tables = dict(read_tables(content))
        for row in (*tables.get("Opportunities that schools here share", ()), *tables.get("Theme by theme", ())):
            key = row["Criterion"], row["Opportunity"]
            assert int(row["Schools"]) == sum(shared[*key, urn] for urn in members) > 4
            told.setdefault(key, {})[members] = int(row["Schools"])
    assert told
    for key, counts in told.items():
        rest = sum(shared[*key, urn] for urn in county.records) - sum(counts.values())
        unseen = set(county.records) - frozenset().union(*counts)
        groups = {county.register[urn][COLUMN] for urn in unseen}
        assert rest == 0 or rest > 4 or len(groups) > 1, key


def test_no_school_is_named_and_no_words_of_one_are_in_them(county: County, papers: Mapping[str, bytes]) -> None:
    for content in papers.values():
        text = texts(content)
        for record in county.records.values():
            assert record["school"]["name"] not in text
            for response in record["submission"]["responses"]:
                assert len(response["evidence"]) < 20 or response["evidence"] not in text


def test_everyone_can_read_them(papers: Mapping[str, bytes]) -> None:
    for content in papers.values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = etree.fromstring(archive.read("word/document.xml"))
        styles = [one.get(f"{{{W}}}val", "") for one in document.iter(f"{{{W}}}pStyle")]
        levels = [int(one[7]) for one in styles if one.startswith("Heading")]
        assert (styles.count("Title"), levels[0]) == (1, 1)
        assert all(after <= before + 1 for before, after in pairwise(levels)), "a heading level is left out"
        for table in document.iter(f"{{{W}}}tbl"):
            assert table.find(f"{{{W}}}tr/{{{W}}}trPr/{{{W}}}tblHeader") is not None
            assert table.find(f"{{{W}}}tblPr/{{{W}}}tblDescription") is not None
            assert len(list(table.iter(f"{{{W}}}tr"))) > 1


@pytest.fixture(scope="module")
def workspace(county: County) -> Workspace:
    opened, findings = open_workspace(county.folder, NOW)
    assert opened, findings
    return opened


@pytest.fixture(scope="module")
def dossier(workspace: Workspace) -> Dossier:
    batch = load_batch(workspace.folders.index)
    assert batch
    profiles = load_profiles(workspace.folders.profiles)
    return Dossier(batch, workspace.register, workspace.configuration, profiles, date(2027, 2, 8), {})


def test_the_same_cycle_gives_the_same_bytes(dossier: Dossier, workspace: Workspace) -> None:
    again = Dossier(
        dossier.batch, dossier.register, dossier.configuration, tuple(dossier.profiles), dossier.today, dossier.earlier
    )
    assert list(make_districts(dossier, workspace)) == list(make_districts(again, workspace))


def test_where_the_settings_say_so_each_school_has_its_own_position(
    county: County, dossier: Dossier, workspace: Workspace, rubric: Rubric
) -> None:
    configuration = dossier.configuration
    chosen = replace(configuration.settings, papers={Paper.DISTRICTS: (Matter.POSITION,)})
    made = dict(make_districts(replace(dossier, configuration=replace(configuration, settings=chosen)), workspace))
    own = {name: content for name, content in made.items() if name.count("/") == 2}
    assert len(own) == len(county.records)
    names = {urn: record["school"]["name"] for urn, record in county.records.items()}
    for name, content in sorted(own.items())[:8]:
        urn = name.split("/")[2][:6]
        assert name.split("/")[1] == county.register[urn][COLUMN]
        text = texts(content)
        assert [other for other in names.values() if other in text and other not in names[urn]] == []
        levels = {
            int(row["Area of Focus"].split()[0]): row["Your school"]
            for row in dict(read_tables(content))["Where schools stand"]
            if row["Your school"] and row["Area of Focus"] != "Overall"
        }
        words = {key: word for word, keys in words_of(rubric).items() for key in keys}
        mine = county.records[urn]["assessment"]["areas"]
        assert levels == {area["area"]: words[key_of(area["rating"])] for area in mine}
        assert "Outcomes" not in dict(read_tables(content))


def test_a_paper_that_nobody_wants_needs_no_template(county: County, tmp_path: Path) -> None:
    shutil.copytree(county.folder / "config", tmp_path / "config")
    shutil.copytree(county.folder / "templates", tmp_path / "templates")
    chosen = tmp_path / "config" / "settings.yaml"
    for name, line in (("report", "  report: "), ("district", "  districts: ")):
        (tmp_path / "templates" / f"{name}.docx").unlink()
        assert open_workspace(tmp_path, NOW)[0] is None
        kept = [one for one in chosen.read_text("utf-8").splitlines() if not one.startswith(line)]
        chosen.write_text("\n".join(kept), "utf-8")
        opened, findings = open_workspace(tmp_path, NOW)
        assert opened, findings


def test_a_trust_of_the_register_has_a_paper_unless_it_would_tell_of_few(
    county: County, dossier: Dossier, workspace: Workspace, tmp_path: Path
) -> None:
    rated = [urn for urn in county.register if urn in county.records]
    first = Counter(county.register[urn][COLUMN] for urn in rated).most_common(1)[0][0]
    nearly = [urn for urn in rated if county.register[urn][COLUMN] == first][1:]
    wide = [urn for urn in rated if urn not in nearly][:14]
    trusts = {**dict.fromkeys(wide, "Wide Trust"), **dict.fromkeys(nearly, "Nearly Trust"), rated[-1]: "Small Trust"}
    rows = [{**row, "Trusts (name)": trusts.get(urn, "")} for urn, row in county.register.items()]
    (tmp_path / "config").mkdir()
    with (tmp_path / "config" / "schools.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    made = dict(make_districts(dossier, replace(workspace, root=tmp_path)))
    further = [name for name in made if "(trust)" in name]
    assert further == ["districts/Wide Trust (trust).docx"]
    assert f"{len([urn for urn in wide if trusts[urn] == 'Wide Trust'])} schools of this trust" in texts(made[further[0]])


# The rule, by itself.


def profile(urn: int, district: str, key: str) -> Profile:
    area = ProfileArea(1, key, "", "", "", "", (), (), ())
    school = replace(OTHER, urn=f"{900_000 + urn}", district=district)
    return Profile(school, "", "r 1-0", None, False, None, (area,), (), (), (), ())


def profiles_of(counts: list[list[int]]) -> list[Profile]:
    stand = [(f"D{at}", BANDS[band]) for at, line in enumerate(counts) for band, n in enumerate(line) for _ in range(n)]
    return [profile(urn, district, key) for urn, (district, key) in enumerate(stand)]


def by_district(profiles: list[Profile]) -> Grouping:
    return Grouping("district", {one.school.urn: one.school.district for one in profiles})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=1, max_size=3))
def test_nothing_left_out_can_be_worked_out_by_who_knows_how_many_are_rated(counts: list[list[int]]) -> None:
    profiles = profiles_of(counts)
    (spread,) = spread_levels(profiles, [1], [by_district(profiles)])
    lines = {joined: [sum(counts[int(name[1:])][band] for name in joined) for band in range(3)] for joined in spread.sizes}
    for joined, line in lines.items():
        for count, told in zip(line, spread.groups[1][joined], strict=False):
            assert told in (None, count)
            assert told is None or told == 0 or told > 4
    possible = list(other_tables(lines, spread.groups[1], spread.everywhere[1]))
    if len(profiles) < 5:
        assert all(told is None for told in spread.everywhere[1])
        return
    for at, (joined, line) in enumerate(lines.items()):
        if sum(line) - max(line) < 2:
            assert set(spread.groups[1][joined]) == {None}, "who knows of one school would know of all"
        for band, told in enumerate(spread.groups[1][joined][:3]):
            if told is None and line[band]:  # that there are none tells of nobody
                assert len({table[at][band] for table in possible}) > 1, (joined, band)


def other_tables(lines: Mapping[Any, list[int]], shown: Mapping[Any, Any], everywhere: Any) -> Iterator[list[list[int]]]:
    """Every table within one of this, cell by cell, with the same rows' totals, that would be shown in the same way."""
    by_row = [
        [
            list(row)
            for row in product(
                *(
                    [n] if told is not None else [m for m in (n - 1, n, n + 1) if m >= 0]
                    for n, told in zip(line, shown[key], strict=False)
                )
            )
            if sum(row) == sum(line)
        ]
        for key, line in lines.items()
    ]
    for table in product(*by_row):
        sums = [sum(column) for column in zip(*table, strict=True)]
        if all(told in (None, total) for told, total in zip(everywhere, sums, strict=False)):
            yield list(table)


@pytest.mark.parametrize(
    ("counts", "shown", "everywhere"),
    [
        # All of a district stand alike: neither its numbers are shown nor those of the one it is joined with.
        ([[0, 8, 0], [5, 6, 7], [9, 9, 9]], [None, None, (9, 9, 9)], (14, 23, 16)),
        # All but one do, and that one's head would know of all.
        ([[0, 8, 1], [5, 6, 7], [9, 9, 9]], [None, None, (9, 9, 9)], (14, 23, 17)),
        ([[0, 8, 2], [5, 6, 7], [9, 9, 9]], [(0, None, None), (5, None, None), (9, 9, 9)], (14, 23, 18)),
        # All of all do.
        ([[0, 8, 0], [0, 9, 0]], [None, None], None),
    ],
)
def test_a_district_whose_schools_stand_alike_is_not_told(
    counts: list[list[int]], shown: list[tuple[int | None, ...] | None], everywhere: tuple[int, ...] | None
) -> None:
    profiles = profiles_of(counts)
    (spread,) = spread_levels(profiles, [1], [by_district(profiles)])
    nothing = (None, None, None)
    assert [spread.groups[1][f"D{at}",][:3] for at in range(len(counts))] == [one or nothing for one in shown]
    assert spread.everywhere[1][:3] == (everywhere or nothing)


def test_small_districts_are_counted_together_and_share_no_line_of_their_own() -> None:
    profiles = profiles_of([[2, 0, 0], [0, 9, 9], [1, 1, 0], [8, 8, 8]])
    (spread,) = spread_levels(profiles, [1], [by_district(profiles)])
    assert dict(spread.sizes) == {("D0", "D1", "D2"): 22, ("D3",): 24}  # four together are too few still
    assert spread.find("D0") == spread.find("D2")
    assert spread.find("D9") == ()


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (range(10), True),  # the very schools of a district
        (range(8), True),  # a district without two
        (range(22), True),  # two districts and two more
        (range(5, 15), False),  # half of one and half of another
        (range(25, 30), False),  # five of ten
        (range(28, 30), True),  # two of ten
    ],
)
def test_a_group_nearly_the_sum_of_districts_would_tell(members: range, expected: bool) -> None:
    profiles = profiles_of([[10, 0, 0], [0, 10, 0], [0, 0, 10]])
    trust = Grouping("trust", {f"{900_000 + urn}": "T" for urn in members})
    assert is_telling("T", trust, [by_district(profiles)], profiles) is expected

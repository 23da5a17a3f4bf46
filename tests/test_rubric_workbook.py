"""The rubric's way through Excel: nothing lost, whatever its texts look like, and every mistake told with its cell."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Convert, inclusion
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.draft import Draft
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import AnswerWords, Area, Criterion, Gate, LevelRule, Source, Step, Steps
from pipeline.model.school import Phase
from pipeline.readers.rubric import read_rubric
from pipeline.readers.rubric_workbook import read_rubric_workbook
from pipeline.runner.rubric_exchange import export_rubric, import_rubric
from pipeline.writers.rubric_workbook import write_rubric_workbook


@pytest.fixture(scope="module")
def draft() -> Draft:
    folder, _ = read_rubric(ROOT / "config/rubric", "config/rubric")
    assert folder.draft
    return folder.draft


@pytest.fixture(scope="module")
def small(draft: Draft) -> Draft:
    """Three areas of two criteria, the second of them retired: quick to write and to read."""
    areas = (draft.numbered[1], replace(draft.numbered[2], status="retired", crosswalk=(1, 5)), draft.numbered[5])
    return replace(draft, areas=tuple(replace(area, criteria=area.criteria[:2]) for area in areas))


@pytest.fixture(scope="module")
def exported(small: Draft) -> bytes:
    return write_rubric_workbook(small)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "config/rubric", tmp_path / "rubric")


def there_and_back(draft: Draft) -> Draft:
    back, findings = read_rubric_workbook(write_rubric_workbook(draft), "rubric.xlsx")
    assert findings == ()
    assert back is not None
    return back


def to_yaml(draft: Draft, folder: Path) -> Draft:
    """Through a workbook into a folder, and read from there."""
    book = folder.parent / "rubric.xlsx"
    book.write_bytes(write_rubric_workbook(draft))
    written, _, findings = import_rubric(book, folder)
    assert (written, findings) == (draft, ())
    read = read_rubric(folder, "rubric")[0].draft
    assert read is not None
    return read


# Nothing is lost.


def test_the_shipped_rubric_comes_back_equal_and_its_files_byte_for_byte(draft: Draft, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert to_yaml(draft, folder) == draft
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_new_folder_gets_clean_files_that_explain_themselves(draft: Draft, tmp_path: Path) -> None:
    assert to_yaml(draft, tmp_path / "new") == draft
    frame = (tmp_path / "new/rubric.yaml").read_text("utf-8")
    area = (tmp_path / "new/area-5.yaml").read_text("utf-8")
    assert frame.startswith("# The rubric's levels")
    assert "\n# How answers become ratings." in frame
    assert "    emerging: >-\n      The child protection policy" in area
    assert max(map(len, area.splitlines())) < 300


def test_the_same_rubric_gives_the_same_bytes(small: Draft, exported: bytes) -> None:
    assert write_rubric_workbook(small) == exported


def test_retired_areas_former_ids_and_named_areas_are_kept(small: Draft, tmp_path: Path) -> None:
    rules = small.frame.rules
    named = {1: Level.EMERGING, 5: Level.ESTABLISHED}
    levels = (replace(rules.overall.levels[0], areas_at_least=named, share=Fraction(1)), *rules.overall.levels[1:])
    overall = replace(rules.overall, levels=levels, enabled=False)
    frame = replace(small.frame, rules=replace(rules, overall=overall), follows="inclusive-practice 1-0")
    first = small.areas[0]
    split = replace(first.criteria[0], formerly=("2.1", "2.2"), phases=(Phase.SIXTEEN_PLUS, Phase.ALL_THROUGH))
    changed = replace(small, frame=frame, areas=(replace(first, criteria=(split, *first.criteria[1:])), *small.areas[1:]))
    assert to_yaml(changed, tmp_path / "new") == changed
    assert to_yaml(small, tmp_path / "new") == small  # and taken back again, in the same files


HOSTILE = [
    "=1+1", "+44", "-3", "@SUM(A1)", "3/4", "1-0", "75%", "TRUE", "yes", "null", "~", "0012", "1e5", "2026-11-23", "1:30", "5.10",
    " leading", "trailing ", "two\nlines", "\nfirst", "last\n\n", "tab\there", "a: b", "# no comment", "- item", "> folded", "| kept",
    "'single'", '"double"', '"', "'", "{a}", "[b]", "&amp; <b>", "*star", "!bang", "%YAML", "---", "...", "_x0041_", "_x000D_",
    "back\\slash", "{{ 7*7 }}", "ŵ 😀 é e\u0301", "\u200bzero", "\ufeffmark", "\u2028line", "\x85next", "\xa0hard\xa0", "word " * 60,
    "no trailing colon:", "a" * 200, "1_000", "0x1F", "0o17", ".5", "+.inf", "<<", "=", "Area 5: Established", "a,b;c",
]  # fmt: skip
PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.sampled_from(HOSTILE) | st.text(PRINTABLE, min_size=1, max_size=30)
WORDINGS = TEXTS.filter(lambda text: bool(text.strip()))
SPELLINGS = st.lists(TEXTS.map(lambda text: f"typed {text}"), max_size=3, unique=True).map(tuple)
PHASES: st.SearchStrategy[Any] = st.just("all") | st.lists(st.sampled_from(Phase), min_size=1, unique=True).map(tuple)
DAYS = st.dates(date(1850, 1, 1), date(2199, 12, 31))


def of_steps(draw: st.DrawFn) -> Steps:
    return Steps(*(Step(draw(TEXTS | st.just("")), draw(TEXTS), draw(TEXTS)) for _ in range(3)))


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[Draft], Draft]:
    """A rubric whose texts are whatever they like."""

    def criterion(one: Criterion, sources: list[str]) -> Criterion:
        return replace(
            one,
            title=f"{one.id} {draw(WORDINGS)}",
            lead=draw(TEXTS | st.just("")),
            emerging=draw(WORDINGS),
            established=draw(WORDINGS),
            advanced=draw(WORDINGS),
            steps=of_steps(draw),
            phases=draw(PHASES),
            gate=draw(st.none() | st.builds(Gate, TEXTS, st.sampled_from(sources))),
            formerly=draw(st.lists(st.sampled_from(["9.1", "9.10", "12.3"]), unique=True).map(tuple)),
        )

    def mutate(draft: Draft) -> Draft:
        frame = draft.frame
        words = {answer: AnswerWords(f"{answer} {draw(WORDINGS)}", draw(TEXTS), ()) for answer in Answer}
        spelt = replace(words[Answer.ADVANCED], also=draw(SPELLINGS))
        sources = {
            key: Source(draw(WORDINGS), draw(TEXTS), draw(TEXTS), draw(DAYS), draw(TEXTS)) for key in list(frame.sources)[:3]
        }
        share = draw(st.fractions(Fraction(1, 100), 1, max_denominator=100))
        area_rules = (LevelRule(Level.ADVANCED, share, Level.ADVANCED, draw(st.sampled_from(Level))),)
        frame = replace(
            frame,
            title=draw(WORDINGS),
            answers=words | {Answer.ADVANCED: spelt},
            sources=sources,
            themes={"lift": draw(WORDINGS), "attendance": draw(WORDINGS), "1": draw(WORDINGS), "yes": draw(WORDINGS)},
            rules=replace(frame.rules, area=area_rules),
        )

        def area(one: Area) -> Area:
            criteria = tuple(criterion(held, list(sources)) for held in one.criteria)
            themed = (replace(criteria[0], themes=draw(st.sampled_from([("yes",), ("1", "lift"), ()]))), *criteria[1:])
            return replace(one, name=draw(WORDINGS), definition=draw(TEXTS), criteria=themed)

        return Draft(frame, tuple(area(one) for one in draft.areas))

    return mutate


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_whatever_its_texts_look_like_a_rubric_comes_back_equal(
    small: Draft, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    bare = replace(
        small,
        areas=tuple(replace(area, criteria=(replace(area.criteria[0], themes=()),)) for area in small.areas),
    )
    mutated = data.draw(mutations())(bare)
    assert there_and_back(mutated) == mutated
    folder = tmp_path_factory.mktemp("way") / "rubric"
    assert to_yaml(mutated, folder) == mutated
    assert to_yaml(bare, folder) == bare  # edited where it stands, however strange what stands there


def test_texts_stay_texts_in_the_file(small: Draft) -> None:
    first = small.areas[0]
    texts = replace(first.criteria[0], emerging="=cmd|'/c calc'!A1", established="3/4", advanced="1-0")
    book = load_workbook(
        BytesIO(write_rubric_workbook(replace(small, areas=(replace(first, criteria=(texts,)), *small.areas[1:]))))
    )
    cells = [book["Criteria"][place] for place in ("C4", "D4", "E4")]
    assert [(cell.data_type, cell.number_format) for cell in cells] == [("s", "@")] * 3
    assert cells[0].quotePrefix


def test_libreoffice_gives_the_rubric_back_equal(small: Draft, exported: bytes, tmp_path: Path, convert: Convert) -> None:
    path = tmp_path / "rubric.xlsx"
    path.write_bytes(exported)
    back, findings = read_rubric_workbook(convert(path, "ods").read_bytes(), "rubric.ods")
    assert (back, findings) == (small, ())


# What is edited, and the comments that stay.


def edited(content: bytes, *edits: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(BytesIO(content))
    for edit in edits:
        edit(book)
    result = BytesIO()
    book.save(result)
    return result.getvalue()


def put(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        page = book[sheet]
        assert isinstance(page, Worksheet)
        page[cell].value = value

    return edit


def test_an_edit_changes_its_line_and_keeps_every_comment(draft: Draft, folder: Path) -> None:
    book = folder.parent / "rubric.xlsx"
    edits = (put("Rules", "C5", "4/5"), put("Settings", "B5", "2-0"), put("Criteria", "B5", "Looking at ourselves"))
    book.write_bytes(edited(write_rubric_workbook(draft), *edits))
    before = {path.name: path.read_text("utf-8").splitlines() for path in folder.iterdir()}
    written, changed, findings = import_rubric(book, folder)
    assert findings == ()
    assert written
    assert sorted(path.name for path in changed) == ["area-1.yaml", "rubric.yaml"]
    after = {path.name: path.read_text("utf-8").splitlines() for path in folder.iterdir()}
    differing = [
        (old.strip(), new.strip()) for name in before for old, new in zip(before[name], after[name], strict=True) if old != new
    ]
    assert sorted(differing) == [
        ("share: 3/4", "share: 4/5"),
        ('title: "Self-evaluation and the improvement cycle"', 'title: "Looking at ourselves"'),
        ('version: "1-0"', 'version: "2-0"'),
    ]


def test_criteria_may_be_moved_added_and_taken_away_and_a_gate_removed(draft: Draft, folder: Path) -> None:
    five = draft.numbered[5]
    first, second, third, *others = five.criteria
    new = replace(first, id="5.8", title="Something new", gate=None)
    criteria = (replace(second, gate=None), new, first, *others)
    changed = replace(
        draft, areas=tuple(replace(five, criteria=criteria) if area.number == 5 else area for area in draft.areas)
    )
    text = (folder / "area-5.yaml").read_text("utf-8")
    (folder / "area-5.yaml").write_text(
        text.replace('    lead: "Senior attendance', '    # asked in 2026\n    lead: "Senior attendance'), "utf-8"
    )
    assert third.id == "5.3"
    assert to_yaml(changed, folder) == changed
    assert "# asked in 2026" in (folder / "area-5.yaml").read_text("utf-8")


def test_excels_own_ways_are_understood(small: Draft, exported: bytes) -> None:
    edits = (
        put("Rules", "C4", "75 %"), put("Rules", "C6", 0.5), put("Areas", "A4", 1.0), put("Sources", "E4", "4/12/2026"),
        put("Rules", "E6", None), put("Areas", "C5", "RETIRED"), put("Criteria", "I5", "lift, attendance"), put("Steps", "C4", "emerging "),
    )  # fmt: skip
    back, findings = read_rubric_workbook(edited(exported, *edits), "rubric.xlsx")
    assert findings == ()
    assert back
    assert back.frame.rules == small.frame.rules
    assert back.frame.sources["G1"].checked_on == date(2026, 12, 4)
    assert back.areas[0].criteria[1].themes == ("lift", "attendance")
    assert back.areas[1].status == "retired"


def insert_and_rename(book: Workbook) -> None:
    page = book["Criteria"]
    page.insert_rows(5)
    page.insert_cols(2)
    page.title = "The criteria"
    book.move_sheet("Steps", -4)


def test_sheets_are_read_by_their_headings(small: Draft, exported: bytes) -> None:
    back, findings = read_rubric_workbook(edited(exported, insert_and_rename), "rubric.xlsx")
    assert (back, findings) == (small, ())


# What cannot be used.


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "seen", "remedy"),
    [
        ("Rules", "C4", "5/4", "5/4", "not above 1"),
        ("Rules", "C4", "7", "7", "not above 1"),
        ("Rules", "C4", "most", "most", "such as 3/4"),
        ("Rules", "C4", 0.6667, "0.6667", "such as 3/4"),
        ("Rules", "C4", date(2026, 4, 3), "Excel has made a date of it", "formatted as text"),
        ("Rules", "C4", None, "empty", "such as 3/4"),
        ("Rules", "B5", "Advanced", "advanced", "each level once"),
        ("Rules", "B5", "Outstanding", "Outstanding", "Choose one of: Not yet, Emerging, Established, Advanced"),
        ("Rules", "A5", "A school", "A school", "Choose one of: An area, Overall"),
        ("Rules", "F8", "7: Established", "7", "Area 7 is not in this rubric"),
        ("Rules", "F8", "2: Established", "2", "Area 2 is retired"),
        ("Rules", "F8", "Five", "Five", "5: Established"),
        ("Settings", "B5", "1.0", "1.0", 'such as "1-0"'),
        ("Settings", "B5", date(2026, 1, 1), "Excel has made a number or a date of it", "Format the cell as text"),
        ("Settings", "A6", "Titel", "Titel", "as they were called"),
        ("Settings", "B13", "Sometimes", "Sometimes", None),
        ("Settings", "B17", "few", "few", "whole number"),
        ("Levels", "B5", "Emerging", "emerging twice", "each id once"),
        ("Levels", "C4", " ", "empty", "the word that schools read"),
        ("Answers", "D5", "no", "no", "one answer only"),
        ("Areas", "A5", "1", "1", "a number of its own"),
        ("Areas", "A4", "one", "one", "whole number"),
        ("Areas", "C4", "asleep", "asleep", "Choose one of: Active, Retiring, Retired"),
        ("Areas", "D5", "2", "2", "not the area itself"),
        ("Areas", "D4", "2", "1 → 2 → 1", "leads nowhere further"),
        ("Areas", "D5", "the first", "the first", "numbers of areas"),
        ("Criteria", "A5", "1.1", "1.1", "id once"),
        ("Criteria", "A5", 1.2, "Excel has made a number", "Format the cell as text"),
        ("Criteria", "A5", "7.1", "7.1", "Add Area 7 to the sheet"),
        ("Criteria", "A5", "two", "two", "a point and a number"),
        ("Criteria", "B5", None, "empty", "Write the criterion's title"),
        ("Criteria", "B5", "Vision and values for inclusion", "1.2", "title of its own"),
        ("Criteria", "D5", None, "empty", "Write what established looks like"),
        ("Criteria", "D5", True, "Excel has made a date or a true/false", "Format the cell as text"),
        ("Criteria", "G8", "G99", "G99", "listed on the sheet “Sources”"),
        ("Criteria", "G8", None, "", "listed on the sheet “Sources”"),
        ("Criteria", "H5", "Primry", "Primry", "Write All, or phases"),
        ("Criteria", "H5", None, "empty", "Write All, or phases"),
        ("Criteria", "I5", "lft", "lft", "listed on the sheet “Themes”"),
        ("Criteria", "K5", "before", "before", "ids it had"),
        ("Steps", "A4", "1.9", "1.9", "Write the id of a criterion"),
        ("Steps", "C5", "Emerging", "1.1 to emerging twice", "one row for each"),
        ("Steps", "C5", "Not yet", "Not yet", "Choose the level that the step reaches"),
        ("Themes", "A5", "lift", "lift twice", "each id once"),
        ("Sources", "E4", "soon", "soon", "such as 4 December 2026"),
        ("Sources", "A5", "G1", "G1 twice", "each id once"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_sheet_cell_and_remedy(
    exported: bytes, tmp_path: Path, sheet: str, cell: str, value: object, seen: str, remedy: str | None
) -> None:
    path = tmp_path / "edited.xlsx"
    path.write_bytes(edited(exported, put(sheet, cell, value)))
    draft, findings = read_rubric_workbook(path.read_bytes(), path.name)
    assert draft is None
    told = [one for one in findings if (one.place.sheet, one.place.cell) == (sheet, cell) and one.seen.startswith(seen)]
    assert told, findings
    assert remedy is None or any(remedy in one.fix for one in told), told
    written, changed, _ = import_rubric(path, tmp_path / "new")
    assert (written, changed) == (None, ())
    assert not (tmp_path / "new").exists()


def remove(sheet: str) -> Callable[[Workbook], None]:
    return lambda book: book.remove(book[sheet])


def drop_row(sheet: str, row: int) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        page = book[sheet]
        assert isinstance(page, Worksheet)
        page.delete_rows(row)

    return edit


@pytest.mark.parametrize(
    ("edit", "code", "seen", "remedy"),
    [
        (remove("Steps"), "RB951", "no such sheet", "Put back the sheet “Steps”"),
        (put("Criteria", "D3", "Good"), "RB951", "no column “Established”", "Put back the column"),
        (drop_row("Settings", 5), "RB952", "no “Version”", "Put back a row with “Version”"),
        (drop_row("Steps", 5), "RB952", "1.1 has no step to established", "Add a row to the sheet “Steps”"),
        (drop_row("Levels", 4), "CF104", "emerging", "Add the level"),
        (drop_row("Answers", 8), "CF104", "not-applicable", "Add the answer"),
        (drop_row("Rules", 4), None, "", ""),
    ],
)
def test_what_is_gone_is_told(
    exported: bytes, edit: Callable[[Workbook], None], code: str | None, seen: str, remedy: str
) -> None:
    draft, findings = read_rubric_workbook(edited(exported, edit), "edited.xlsx")
    if code is None:  # a rule fewer can be used; `rubric check` says that nothing reaches its level
        assert draft
        return
    assert draft is None
    assert [one for one in findings if one.code == code and one.seen.startswith(seen) and remedy in one.fix], findings


def test_a_note_beside_the_table_is_told_and_does_no_harm(small: Draft, exported: bytes) -> None:
    back, findings = read_rubric_workbook(edited(exported, put("Criteria", "N5", "ask Ana")), "edited.xlsx")
    assert back == small
    assert [(one.code, one.place.cell) for one in findings] == [("RB953", "N5")]
    assert "Ana" not in findings[0].seen


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 torn", (ROOT / "config/resources.yaml").read_bytes()])
def test_what_is_no_workbook_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "it.xlsx").write_bytes(content)
    draft, _, findings = import_rubric(tmp_path / "it.xlsx", tmp_path / "new")
    assert draft is None
    assert [one.code for one in findings] == ["RB950"]


def test_an_area_of_the_folder_is_never_dropped(small: Draft, folder: Path) -> None:
    book = folder.parent / "rubric.xlsx"
    book.write_bytes(write_rubric_workbook(small))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    draft, changed, findings = import_rubric(book, folder)
    assert (draft, changed) == (None, ())
    assert [(one.code, one.seen) for one in findings] == [("RB954", f"Area {number}") for number in (3, 4, 6, 7, 8, 9)]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("text", ["bell \x07", "x" * 40_000])
def test_what_no_cell_can_hold_is_told_and_nothing_is_written(folder: Path, text: str) -> None:
    path = folder / "area-1.yaml"
    shown = text.replace("\x07", "\\x07")
    path.write_text(path.read_text("utf-8").replace('name: "Leadership', f'name: "{shown}Leadership', 1), "utf-8")
    out = folder.parent / "rubric.xlsx"
    draft, findings = export_rubric(ROOT, str(folder), out)
    assert draft is None
    assert [one.code for one in findings] == ["RB955"]
    assert not out.exists()


def test_the_commands(tmp_path: Path) -> None:
    book, new = tmp_path / "rubric.xlsx", tmp_path / "new"
    code, out, err = inclusion("rubric", "export", "--out", str(book))
    assert (code, err) == (0, "")
    assert "9 areas, 63 criteria" in out
    code, out, err = inclusion("rubric", "import", str(book), "--out", str(new))
    assert (code, err) == (0, "")
    assert "area-9.yaml" in out
    code, out, err = inclusion("rubric", "import", str(tmp_path / "no.xlsx"), "--out", str(new))
    assert code == 1
    assert "RB950" in err
    assert "Traceback" not in out + err

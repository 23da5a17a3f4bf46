"""The overview's tables: every school and finding has its row, text is only text, and what it shows it says in words too."""

from io import BytesIO

from conftest import CYCLE, OTHER
from openpyxl import Workbook, load_workbook

from pipeline.model.batch import AreaLine, Batch, Entry, Outcome, Summary
from pipeline.model.dossier import Dossier
from pipeline.model.finding import Place, find
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.rules.summary import reconcile
from pipeline.writers import style
from pipeline.writers.overview import write_overview

KEYS = ("advanced", "established", "emerging", "not-yet", "not-rated", "not-applicable")
NAMES = ("=1+1", " two\nlines ", "a & <b>", "ŵ 😀", "bell \x07, \ud83d", "@SUM(A1)", "_x0041_")


def overview(schools: list[School], missing: list[School], configuration: Configuration) -> Workbook:
    """Of a county in which all but the missing are rated, each school's areas at the levels in turn."""
    areas = configuration.rubric.areas
    entries = [
        Entry(
            file=f"{school.name}.xlsx", digest="", context="", group=(), outcome=Outcome.RATED, urn=school.urn, completed_on=None,
            answered=63, plan="", plan_digest="", note="", summary=summary(turn, len(areas)),
            findings=(find("RT303", Place(f"{school.name}.xlsx"), "another edition", urn=school.urn, edition="1-0"),),
        )
        for turn, school in enumerate(schools)
    ]  # fmt: skip
    register = {school.urn: school for school in (*schools, *missing)}
    sums, urns = reconcile(entries, register, len(entries))
    batch = Batch(
        cycle=CYCLE, cycle_label="Autumn", rubric="r 1-0", version="0", rules="", entries=tuple(entries), missing=urns,
        reconciliation=sums, findings=(),
    )  # fmt: skip
    today = configuration.cycle(CYCLE).returns_due
    dossier = Dossier(batch, register, configuration, (), today, {})
    content = write_overview(dossier)
    assert content == write_overview(dossier)
    return load_workbook(BytesIO(content))


def summary(turn: int, areas: int) -> Summary:
    lines = tuple(AreaLine(number, key := KEYS[(turn + number) % 6], key.capitalize()) for number in range(1, areas + 1))
    return Summary(
        overall_key="emerging", overall="Emerging", areas=lines, gaps=(), opportunities=3, answered=62, asked=63,
        shares_practice=False,
    )  # fmt: skip


def named(names: tuple[str, ...], first: int = 900_000) -> list[School]:
    return [
        School(f"{urn}", "999/2001", name, OTHER.phase, "Academy", "Quillborough", "Quillborough", 1)
        for urn, name in enumerate(names, first)
    ]


def test_every_name_is_only_text_and_none_stops_the_file(configuration: Configuration) -> None:
    workbook = overview(named(NAMES), [], configuration)
    rows = list(workbook["Schools by area"].iter_rows(min_row=2))
    assert [row[1].value for row in rows] == [name.replace("\x07", "\ufffd").replace("\ud83d", "\ufffd") for name in NAMES]
    assert {row[1].data_type for row in rows} == {"s"}
    assert [row[1].quotePrefix for row in rows] == [name[0] in "=@" for name in NAMES]
    assert [row[-1].value for row in rows] == [63] * len(NAMES)


def test_a_tint_stands_behind_its_word(configuration: Configuration) -> None:
    sheet = overview(named(NAMES), [], configuration)["Schools by area"]
    for row in sheet.iter_rows(min_row=2, min_col=5, max_col=5 + len(configuration.rubric.areas)):
        for cell in row:
            key = str(cell.value).lower()
            assert cell.fill.start_color.rgb == f"00{style.TINTS.get(key, style.TINTS['none'])}"


def test_a_table_holds_every_row_and_an_empty_one_says_so(configuration: Configuration) -> None:
    missing = named(tuple(f"School {number}" for number in range(300)), 910_000)
    workbook = overview(named(NAMES), missing, configuration)
    lengths = {"Schools by area": len(NAMES), "Not returned": 300, "Findings": len(NAMES), "Statutory gaps": 1}
    for title, rows in lengths.items():
        sheet = workbook[title]
        (table,) = sheet.tables.values()
        assert (sheet.max_row, table.ref) == (rows + 1, sheet.dimensions)
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
        assert table.autoFilter.ref == table.ref
        assert sheet.print_title_rows == "$1:$1"
    assert workbook["Statutory gaps"]["A2"].value == "None"
    assert workbook["Levels by area"]["B11"].value == 0  # nobody's overall rating is Advanced


def test_a_row_is_as_high_as_its_longest_text(configuration: Configuration) -> None:
    short, long = overview(named(("Short", "A school with a very long name " * 4)), [], configuration)["Schools by area"][2:3]
    sheet = short[0].parent
    assert sheet.row_dimensions[3].height == sheet.row_dimensions[2].height + 3 * 13.5
    assert long[0].row == 3

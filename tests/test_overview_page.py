"""`overview.html` in a real browser: filters, the reasons behind the cells, the keyboard, and what it must never do."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion
from openpyxl import Workbook

from pipeline.model import form
from pipeline.model.comparison import AreaComparison, Comparison, Movement
from pipeline.model.heat_map import Cell, HeatMap, Row, Way
from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.readers.heat_row import RowReader
from pipeline.rules.heat_map import NOT_RETURNED, SENT_BACK, find_moves, list_columns, list_levels
from pipeline.writers.heat_map import NAMES, REQUIRED, write_heat_map
from pipeline.writers.heat_row import write_row
from pipeline.writers.page_template import PageTemplate, load_page_template

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEMPLATE = ROOT / "templates" / "overview.html"
LABELS = {"A": "Advanced", "S": "Established", "E": "Emerging", "N": "Not yet Emerging", "?": "Not rated"}
KEYS = {"A": "advanced", "S": "established", "E": "emerging", "N": "not-yet", "?": "not-rated"}
SIGNS = {"+": Way.UP, "-": Way.DOWN, "=": Way.SAME, "#": Way.BREAK}
HOSTILE = (
    "<img src=x onerror=\"document.title='had'\">",
    "</script><script>document.title='had'</script>",
    '"><svg onload="document.title=\'had\'">\u2028{{ rows }}',
    "&lt;b&gt; ŵ 😀 \u202egnihsirt \ud83d bell\x07",
)
SEEN = (
    "() => [...document.querySelectorAll('tbody tr')].filter((row) => row.offsetParent).map((row) => row.cells[0].textContent)"
)


def row(urn: int, name: str, district: str, phase: str, letters: str) -> Row:
    """A school from its letters, the overall's first: a level, then how it moved (+-=#) and ! for a statutory gap."""
    cells = tuple(cell(number, told) for number, told in enumerate(letters.split()))
    return Row(f"{urn}", name, phase, district, cells, told=("From a return.",))


def cell(number: int, told: str) -> Cell:
    key, movement = KEYS[told[0]], next((SIGNS[sign] for sign in told if sign in SIGNS), Way.NONE)
    before = "Emerging" if movement in (Way.UP, Way.DOWN) else ""
    lines = (
        f"Area {number}: {LABELS[told[0]]}",
        f"  The reason of {number}.",
        "  The answers:",
        "      1.1 G4",
        "      1.2 G5",
        "  And so on.",
    )
    return Cell(number, key, LABELS[told[0]], "!" in told, lines, movement, before, f"Moved {movement}." if movement else "")


ROWS = (
    row(900005, "Yarnscote Vale School", "Yarnscote", "Secondary", "E!  S+ S E! S S S S S S"),
    row(900001, "St Thérèse's Primary", "Brackmarsh", "Primary", "S   A+ S S  S S S S S A-"),
    Row("900004", "Harrowmere Infants", "Primary", "Yarnscote", state=NOT_RETURNED),
    row(900003, "Fennacre Juniors", "Yarnscote", "Primary", "E   E- E E  E E E E E A="),
    row(900002, "Anstey Academy", "", "Secondary", "?   ? S# S  S S S S S S"),
    Row("900006", "Oxenhythe School", "Secondary", "Brackmarsh", state=SENT_BACK),
)  # fmt: skip
YARNSCOTE, THERESE, HARROWMERE, FENNACRE, ANSTEY, OXENHYTHE = (one.name for one in ROWS)
RATED_FIRST = [YARNSCOTE, THERESE, FENNACRE, ANSTEY, HARROWMERE, OXENHYTHE]


@pytest.fixture(scope="module")
def heat_map(rubric: Rubric) -> HeatMap:
    told = {
        "authority": "Wendershire <County> Council",
        "cycle": "Autumn term 2026",
        "made_on": "25 November 2026",
        "remark": "",
    }
    return HeatMap(**told, edition=rubric.edition, columns=list_columns(rubric), levels=list_levels(rubric), rows=ROWS)


@pytest.fixture(scope="module")
def template() -> PageTemplate:
    return loaded(TEMPLATE)


def loaded(path: Path) -> PageTemplate:
    template, findings = load_page_template(path, "templates/overview.html", NAMES, REQUIRED)
    assert findings == ()
    assert template is not None
    return template


@pytest.fixture(scope="module")
def written(heat_map: HeatMap, template: PageTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a share, with spaces and ŵ") / "overview.html"
    path.write_bytes(write_heat_map(template, heat_map))
    return path


@pytest.fixture
def page(browser: "Browser", written: Path) -> "Iterator[Page]":
    yield from opened(browser, written)


def opened(browser: "Browser", path: Path, **options: Any) -> "Iterator[Page]":
    """The page as somebody sees it who opens the file; whatever goes wrong in it is a failure."""
    wrong: list[str] = []
    with browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}) as context:
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: wrong.append(f"{error}"))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: wrong.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        yield page
        assert wrong == []


def choose(page: "Page", **wanted: str) -> None:
    """Sets filters by what they are labelled; `name` is typed, and `gap` ticked."""
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("document.getElementById('count').textContent.endsWith('schools shown')")
    for label, value in wanted.items():
        if label == "name":
            page.get_by_role("searchbox", name="Find a school").fill(value)
        elif label == "gap":
            page.get_by_role("checkbox", name="Statutory gap").check()
        else:
            page.get_by_role("combobox", name=label.capitalize(), exact=True).select_option(label=value)


CHOSEN: tuple[tuple[Mapping[str, str], list[str]], ...] = (
    ({}, RATED_FIRST),
    ({"district": "Yarnscote"}, [YARNSCOTE, FENNACRE, HARROWMERE]),
    ({"district": "None given"}, [ANSTEY]),
    ({"phase": "Secondary"}, [YARNSCOTE, ANSTEY, OXENHYTHE]),
    ({"level": "Advanced"}, [THERESE, FENNACRE]),
    ({"level": "Emerging"}, [YARNSCOTE, FENNACRE]),  # an area of the first is, as well as its overall
    ({"level": "Established", "area": "Overall"}, [THERESE]),
    ({"level": "Advanced", "area": "9 Wider Community (including collaborative work)", "movement": "Moved down"}, [THERESE]),
    ({"level": "Advanced", "movement": "Moved up", "phase": "Secondary"}, []),
    ({"movement": "Moved up"}, [YARNSCOTE, THERESE]),
    ({"movement": "As last cycle"}, [FENNACRE]),
    ({"movement": "Cannot be compared"}, [ANSTEY]),
    ({"level": "Not rated"}, [ANSTEY]),
    ({"level": "Not returned"}, [HARROWMERE]),
    ({"level": "Sent back to the school"}, [OXENHYTHE]),
    ({"gap": "yes"}, [YARNSCOTE]),
    ({"gap": "yes", "area": "1 Leadership, Governance, and Structure"}, []),
    ({"name": "st thereses"}, [THERESE]),
    ({"name": "school YARN"}, [YARNSCOTE]),
    ({"name": "900003"}, [FENNACRE]),
)  # fmt: skip


def test_filters_show_the_schools_that_have_all_that_was_chosen_and_say_how_many(page: "Page") -> None:
    for wanted, expected in CHOSEN:
        choose(page, **wanted)
        assert page.evaluate(SEEN) == expected, wanted
        assert page.get_by_role("status").first.inner_text() == f"{len(expected)} of 6 schools shown"
        assert page.get_by_text("No school is like that").is_visible() == (not expected)


def test_schools_stand_by_register_name_or_district_and_can_never_be_put_in_order_of_level(page: "Page") -> None:
    assert page.evaluate(SEEN) == RATED_FIRST
    page.get_by_role("combobox", name="Order").select_option(label="By name")
    assert page.evaluate(SEEN) == [ANSTEY, FENNACRE, THERESE, YARNSCOTE, HARROWMERE, OXENHYTHE]
    page.get_by_role("combobox", name="Order").select_option(label="By district, then name")
    assert page.evaluate(SEEN) == [THERESE, ANSTEY, FENNACRE, YARNSCOTE, OXENHYTHE, HARROWMERE]
    choose(page)
    assert page.evaluate(SEEN) == RATED_FIRST
    offered = page.get_by_role("combobox", name="Order").locator("option").all_inner_texts()
    assert offered == ["The register's", "By name", "By district, then name"]


def test_a_cell_says_its_level_its_movement_and_a_gap_in_words(page: "Page") -> None:
    cells = page.locator("tbody tr", has_text=YARNSCOTE).get_by_role("gridcell")
    assert cells.nth(2).inner_text().split("\n") == ["Established", "▲ up from Emerging"]
    assert cells.nth(4).inner_text().split("\n") == ["Emerging", "§ Statutory gap"]
    assert page.get_by_role("rowheader", name=HARROWMERE).is_visible()
    assert page.locator("tbody tr", has_text=ANSTEY).get_by_role("gridcell").nth(3).inner_text().endswith("rules changed")


def test_a_click_on_a_level_says_why_and_how_it_moved(page: "Page") -> None:
    page.locator("tbody tr", has_text=YARNSCOTE).get_by_role("gridcell").nth(2).click()
    panel = page.get_by_role("dialog", name=YARNSCOTE)
    assert panel.get_by_role("heading", level=3).all_inner_texts() == ["Area 1: Established"]
    assert panel.locator("section > *").all_inner_texts() == [
        "Area 1: Established", "Moved up.", "The reason of 1.", "The answers:", "1.1 G4\n1.2 G5", "And so on.",
    ]  # fmt: skip
    assert panel.get_by_text("Yarnscote, Secondary, 900005").is_visible()
    panel.get_by_role("button", name="Next area").click()
    assert panel.get_by_role("heading", level=3).all_inner_texts() == ["Area 2: Established"]
    assert panel.get_by_role("status").text_content() == "Area 2: Established"
    panel.get_by_role("button", name="Whole school").click()
    assert len(panel.get_by_role("heading", level=3).all()) == 10
    panel.get_by_role("button", name="Close").click()
    assert panel.is_hidden()
    page.get_by_role("rowheader", name=THERESE).click()
    assert page.get_by_role("dialog", name=THERESE).is_visible()
    page.mouse.click(20, 20)  # beside the panel
    assert panel.is_hidden()
    press(page, "Enter", comes_to=THERESE)
    page.get_by_role("dialog").get_by_text("Brackmarsh, Primary").click()
    press(page, "Escape", "ArrowUp", comes_to=YARNSCOTE)
    assert page.evaluate(SEEN) == RATED_FIRST


def test_a_school_without_ratings_says_why_it_has_none(page: "Page") -> None:
    page.get_by_role("rowheader", name=HARROWMERE).click()
    assert page.get_by_role("dialog", name=HARROWMERE).get_by_text(NOT_RETURNED).is_visible()
    assert page.get_by_role("button", name="Next area").is_disabled()


def press(page: "Page", *keys: str, comes_to: str) -> None:
    """Presses keys, and sees that the keyboard comes to what begins with these words."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function("(words) => document.activeElement.textContent.trim().startsWith(words)", arg=comes_to)


def test_everything_can_be_done_with_the_keyboard(page: "Page") -> None:
    press(page, "Tab", comes_to="Skip to the table of schools")
    page.get_by_role("button", name="Clear").focus()
    press(page, "Tab", comes_to=YARNSCOTE)
    press(page, "ArrowDown", comes_to=THERESE)
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", comes_to="Advanced▲")
    press(page, "Enter", comes_to=THERESE)  # the heading of the panel
    assert page.get_by_role("dialog", name=THERESE).is_visible()
    press(page, "Escape", comes_to="Advanced▲")  # back to the level it was asked of
    assert page.get_by_role("dialog").is_hidden()
    press(page, "End", comes_to="Advanced▼")
    press(page, "ArrowRight", comes_to="Advanced▼")
    press(page, "Control+End", comes_to="Sent back to the school")
    press(page, "Control+Home", comes_to=YARNSCOTE)
    press(page, "PageDown", comes_to=OXENHYTHE)
    choose(page, level="Advanced")
    page.get_by_role("button", name="Clear").focus()
    press(page, "Tab", comes_to=THERESE)  # the stop was on a row that is hidden now
    press(page, "ArrowDown", comes_to=FENNACRE)
    press(page, "ArrowDown", comes_to=FENNACRE)
    press(page, " ", comes_to=FENNACRE)
    assert page.get_by_role("dialog", name=FENNACRE).is_visible()


def close(page: "Page") -> None:
    page.get_by_role("button", name="Close").click()
    page.get_by_role("dialog").wait_for(state="hidden")


def test_the_page_has_no_fault_that_axe_can_find(page: "Page") -> None:
    from axe_playwright_python.sync_playwright import Axe

    def faults() -> list[tuple[str, list[str]]]:
        found = Axe().run(page).response["violations"]
        return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]

    assert faults() == []
    page.locator("td.gap").first.click()
    assert faults() == []
    close(page)
    choose(page, name="nobody")
    assert faults() == []


def test_what_a_school_gave_its_name_is_only_ever_text(
    browser: "Browser", heat_map: HeatMap, template: PageTemplate, tmp_path: Path
) -> None:
    rows = tuple(replace(ROWS[0], urn=f"90000{number}", name=name, told=(name,)) for number, name in enumerate(HOSTILE))
    hostile = tuple(
        replace(one, district=one.name, cells=tuple(replace(cell, before=one.name, moved=one.name) for cell in one.cells))
        for one in rows
    )
    path = tmp_path / "overview.html"
    path.write_bytes(write_heat_map(template, replace(heat_map, rows=hostile)))
    for page in opened(browser, path):
        shown = page.evaluate(SEEN)
        assert shown[:3] == [" ".join(name.split()) if "\u2028" not in name else name for name in HOSTILE[:3]]
        assert shown[3].startswith("&lt;b&gt; ŵ 😀")
        for name in shown:
            page.get_by_role("rowheader", name=name).click()
            close(page)
        assert page.title() == "Schools by areas, Autumn term 2026: Wendershire <County> Council"
        assert page.locator("img, svg").count() == 0


def test_the_page_can_reach_no_network_and_runs_no_script_but_its_own(browser: "Browser", written: Path) -> None:
    with browser.new_context() as context:
        page, stopped, answered = context.new_page(), list[str | None](), list[str]()
        page.on("requestfailed", lambda request: stopped.append(request.failure))
        page.on("response", lambda response: answered.append(response.url))
        page.goto(written.as_uri())
        tried = "(url) => fetch(url).then(() => 'reached', () => 'refused')"
        assert page.evaluate(tried, "https://tillermouth.example/") == "refused"
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"https://tillermouth.example/a.png\">')")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b onclick=\"document.title = 1\" id=trap>trap</b>')")
        page.evaluate("document.getElementById('trap').click()")
        assert page.title() != "1"
        assert set(stopped) == {"csp"}
        assert answered == [written.as_uri()]


def test_without_scripts_the_table_is_there_to_read(browser: "Browser", written: Path) -> None:
    for page in opened(browser, written, java_script_enabled=False):
        assert page.get_by_role("table", name="Schools by areas, Autumn term 2026").is_visible()
        assert page.get_by_role("columnheader").count() == 12
        assert page.get_by_role("rowheader").all_inner_texts() == RATED_FIRST
        assert page.get_by_role("row", name=YARNSCOTE).get_by_role("cell").nth(2).inner_text().startswith("Established")
        assert page.get_by_role("button").count() == 0
        assert page.get_by_text("This browser runs no scripts here").is_visible()


def test_paper_shows_the_schools_chosen_or_the_one_that_is_open(page: "Page") -> None:
    choose(page, district="Yarnscote", level="Emerging")
    page.emulate_media(media="print")
    assert page.get_by_text("Only: Yarnscote; Emerging").is_visible()
    assert page.evaluate(SEEN) == [YARNSCOTE, FENNACRE]
    assert page.get_by_role("button").count() == 0
    page.emulate_media(media="screen")
    page.get_by_role("rowheader", name=FENNACRE).click()
    page.emulate_media(media="print")
    assert page.evaluate(SEEN) == []
    assert page.get_by_role("heading", name=FENNACRE).is_visible()
    assert page.get_by_text("For officers and advisers of the authority only").last.is_visible()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") > 1, "a long explanation goes on overleaf"


def test_the_same_map_gives_the_same_bytes_and_rows_come_back_from_their_lines(
    heat_map: HeatMap, template: PageTemplate
) -> None:
    reader = RowReader()
    hostile = tuple(replace(ROWS[0], name=name, told=(name,)) for name in HOSTILE)
    assert tuple(reader.read(write_row(one).encode()) for one in hostile) == hostile
    back = tuple(reader.read(write_row(one)) for one in ROWS)
    assert back == ROWS
    assert write_heat_map(template, replace(heat_map, rows=back)) == write_heat_map(template, heat_map)


def test_a_template_saved_in_notepad_with_other_words_and_colours_still_works(
    browser: "Browser", heat_map: HeatMap, tmp_path: Path
) -> None:
    edited = TEMPLATE.read_text("utf-8").replace("#17525C", "#5A1E6B").replace("schools shown", "of our schools shown")
    path = tmp_path / "template.html"
    path.write_bytes(edited.replace("\n", "\r\n").encode("utf-8-sig"))
    page_path = tmp_path / "overview.html"
    page_path.write_bytes(write_heat_map(loaded(path), heat_map))
    for page in opened(browser, page_path):
        assert page.get_by_role("status").first.inner_text() == "6 of 6 of our schools shown"
        assert page.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor") == "rgb(90, 30, 107)"


@pytest.mark.parametrize(
    ("edit", "seen", "fix"),
    [
        (lambda text: text.replace("{{ rows }}", ""), "no {{ rows }}", "Put {{ rows }} back where it stood."),
        (lambda text: text.replace("{{ cycle }}", "{{ cycel }}", 1), "“cycel”", "There is nothing called “cycel” here; did you mean “cycle”?"),
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_filled_says_what_mends_it(edit: Any, seen: str, fix: str, tmp_path: Path) -> None:
    path = tmp_path / "template.html"
    path.write_text(edit(TEMPLATE.read_text("utf-8")), "utf-8")
    template, (finding,) = load_page_template(path, "templates/overview.html", NAMES, REQUIRED)
    assert template is None
    assert (finding.code, finding.seen, finding.fix) == ("CF105", seen, fix)


def test_a_template_that_is_gone_or_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "template.html"
    assert [finding.code for finding in load_page_template(path, "t", NAMES, REQUIRED)[1]] == ["CF105"]
    path.write_bytes("ŵ".encode("utf-16"))
    assert [finding.seen for finding in load_page_template(path, "t", NAMES, REQUIRED)[1]] == ["not UTF-8"]


MOVES = (
    (Movement.HIGHER, False, (Way.UP, "Emerging")),
    (Movement.LOWER, False, (Way.DOWN, "Emerging")),
    (Movement.SAME, False, (Way.SAME, "")),
    (Movement.UNKNOWN, False, (Way.NONE, "")),
    (Movement.HIGHER, True, (Way.BREAK, "")),
    (Movement.BETWEEN, True, (Way.BREAK, "")),
)


@pytest.mark.parametrize(("movement", "crosses", "expected"), MOVES)
def test_an_arrow_is_shown_for_like_with_like_alone(
    movement: Movement, crosses: bool, expected: tuple[Way, str], rubric: Rubric
) -> None:
    area = AreaComparison(5, (5,), Level.EMERGING, Level.EMERGING, crosses, movement, "How it moved.")
    move = find_moves(Comparison(rubric.edition, not crosses, (area,)), rubric)[5]
    assert (move.way, move.before) == expected
    assert move.sentence == "How it moved."
    assert find_moves(None, rubric) == {}


def test_a_school_rated_under_another_edition_shows_the_areas_it_has_and_explains_them_all(
    browser: "Browser", heat_map: HeatMap, template: PageTemplate, tmp_path: Path
) -> None:
    cells = (cell(0, "S"), cell(1, "A"), replace(cell(2, "E"), number=12))
    path = tmp_path / "overview.html"
    path.write_bytes(
        write_heat_map(
            template, replace(heat_map, rows=(replace(ROWS[0], cells=cells, apart="inclusive-practice 1-0"), ROWS[1]))
        )
    )
    for page in opened(browser, path):
        assert page.locator("tbody tr").first.get_by_role("gridcell").all_inner_texts()[1:4] == ["Established", "Advanced", "–"]
        assert page.get_by_text("Rated under inclusive-practice 1-0").is_visible()
        choose(page, level="Emerging")
        assert page.evaluate(SEEN) == [YARNSCOTE]
        page.locator("tbody tr").first.get_by_role("gridcell").nth(3).click()
        assert len(page.get_by_role("dialog").get_by_role("heading", level=3).all()) == 3


PRIVATE = "Tobias Fernlow still runs out of lessons"
WHY = "() => [...document.querySelectorAll('dialog section :is(h3, p:not(.moved), li)')].map((line) => line.textContent)"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, configuration: Configuration) -> Path:
    """A project after a run: a school rated, one sent back, and one of which nothing came."""
    folder = tmp_path_factory.mktemp("ran")
    for name in ("config", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "inputs" / CYCLE / "returns").mkdir(parents=True)
    header = "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),PhaseOfEducation (name),DistrictAdministrative (name),Town,NumberOfPupils"
    thin = replace(OTHER, urn="900404", laestab="999/4004", name="Marlhurst School")
    schools = [
        f"{urn},999,{number},{name},Community school,Secondary,Quillborough,Quillborough,800"
        for urn, number, name in (
            ("900202", 4002, OTHER.name),
            ("900303", 4003, "Hexcombe Park School"),
            ("900404", 4004, thin.name),
        )
    ]
    (folder / "config" / "schools.csv").write_text("\r\n".join((header, *schools, "")), encoding="cp1252", newline="")
    answers = {"1.1": "A", "1.2": "N", "1.4": "1 - emerging", "2.1": "?", "2.2": PRIVATE, "5.1": "E", "8.5": "N"}
    evidence = dict.fromkeys(("1.1", "1.2", "5.1"), PRIVATE)
    content = complete(OTHER, configuration, answers, evidence=evidence, own={"3.1": PRIVATE}, edit=give_own_view)
    drop(folder, "return.xlsx", content)
    drop(folder, "thin.xlsx", complete(thin, configuration, otherwise="?"))
    assert inclusion("run", "--project", str(folder), "-q", "--jobs", "1")[0] == 0
    return folder


def give_own_view(workbook: Workbook) -> None:
    """The school sees Area 1 as Advanced."""
    first = next(sheet for sheet in workbook.worksheets if sheet["G3"].value == form.ANSWER)
    first["G12"].value = "Advanced"


def made_page(project: Path) -> Path:
    return project / "outputs" / CYCLE / "overview.html"


def test_a_run_makes_the_page_and_it_says_why_in_the_sentences_of_explain(browser: "Browser", ran: Path) -> None:
    for page in opened(browser, made_page(ran)):
        page.get_by_role("rowheader", name=OTHER.name).click()
        told = inclusion("explain", "900202", "--project", str(ran))[1].splitlines()
        assert page.evaluate(WHY) == [line.strip() for line in told[3:] if line]
        assert page.locator("dialog .told").all_inner_texts() == ["Quillborough, Secondary, 900202", *told[1:3]]
        close(page)
        page.locator("tbody tr", has_text=OTHER.name).get_by_role("gridcell").nth(6).click()
        told = inclusion("explain", "900202", "--area", "5", "--project", str(ran))[1].splitlines()
        assert page.evaluate(WHY) == [line.strip() for line in told[4:]]


def test_every_school_of_the_register_is_on_the_page_with_what_became_of_it(browser: "Browser", ran: Path) -> None:
    for page in opened(browser, made_page(ran)):
        assert page.evaluate(SEEN) == [OTHER.name, "Hexcombe Park School", "Marlhurst School"]
        states = page.locator("td.state").all_inner_texts()
        assert states == ["Not returned", "Sent back to the school"]


def test_nothing_a_school_wrote_is_on_the_page(ran: Path) -> None:
    assert PRIVATE.encode() not in made_page(ran).read_bytes()
    assert PRIVATE in (ran / "outputs" / CYCLE / "records" / "900202.json").read_text("utf-8"), "it was written"


def test_the_settings_say_what_the_page_shows_and_whether_there_is_one(ran: Path, tmp_path: Path) -> None:
    project = shutil.copytree(ran, tmp_path / "copy")
    settings = project / "config" / "settings.yaml"
    assert b"own view is Advanced" in made_page(project).read_bytes()
    settings.write_text(settings.read_text("utf-8").replace("page: [own-views, moderation]", "page: []"), "utf-8")
    assert inclusion("run", "--project", str(project), "-q", "--jobs", "1")[0] == 0
    assert b"own view" not in made_page(project).read_bytes()
    settings.write_text(settings.read_text("utf-8").replace("  page: []", "  # no page"), "utf-8")
    (project / "templates" / "overview.html").unlink()
    assert inclusion("run", "--project", str(project), "-q", "--jobs", "1")[0] == 0
    assert not made_page(project).exists()

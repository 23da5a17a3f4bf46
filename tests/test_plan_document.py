"""The plan as people meet it in Word: everyone can read it, it is safe to edit, and its chart and links are right."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from itertools import pairwise

import openpyxl
import pytest
from conftest import CYCLE, ROOT, W, complete
from lxml import etree

from pipeline.model.comparison import Earlier
from pipeline.model.level import Level
from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.comparison import compare
from pipeline.rules.intake import keep_asked
from pipeline.rules.planning import plan_for
from pipeline.rules.shown_text import digest_shown, read_shown
from pipeline.writers.template import Properties, Template

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PAPERS = ("action_plan.docx", "extracts/governor_summary.docx", "extracts/sef_extract.docx")
LONG = "A very long sentence that somebody wrote late in the evening, without a full stop and with much to say " * 8


@pytest.fixture(scope="module")
def plans(configuration: Configuration) -> dict[str, Plan]:
    """The weakest, the strongest, and one with much of everything."""
    from pipeline.runner.expecting import expect

    school = School(
        "900101",
        "999/2001",
        "St Mary & St John's <CofE> Primary School, Fennacre",
        Phase.PRIMARY,
        "Voluntary aided school",
        "Sallowby",
        "Fennacre",
        212,
    )
    expected: Expectations = expect([school], configuration, CYCLE)
    made = {}
    for name, otherwise, evidence in (
        ("weakest", "N", {}),
        ("strongest", "A", {}),
        ("mixed", "S", {"1.1": LONG, "2.2": "x & <y>"}),
    ):
        content = complete(
            school, configuration, {"5.1": "E", "7.2": "?"} if name == "mixed" else {}, otherwise=otherwise, evidence=evidence
        )
        submission, _ = read_return(content, "r.xlsx", expected)
        assert submission is not None
        asked, _ = keep_asked(submission, school, configuration.rubric)
        assessment = assess(asked, configuration.rubric, {})[0]
        now = {area.area: area.rating.level for area in assessment.areas}
        edition = configuration.rubric.edition
        earlier = Earlier("" if name == "weakest" else edition, {}, dict.fromkeys(range(1, 10), Level.ESTABLISHED))
        compared = compare(earlier, now, configuration.rubric, {edition: configuration.rubric})
        made[name] = plan_for(school, asked, assessment, configuration, CYCLE, date(2026, 11, 25), compared)
    return made


NAMES = ("weakest", "strongest", "mixed")


def fill(paper: str, plan: Plan) -> dict[str, bytes]:
    content, findings = Template(paper, (ROOT / "templates" / paper).read_bytes()).fill(
        plan, Properties("Plan", "A", "B"), date(2026, 11, 25)
    )
    assert findings == ()
    assert content is not None
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


def said(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{{{W}}}t"))


def style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    return "" if found is None else found.get(f"{{{W}}}val", "")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_everyone_can_read_it(paper: str, name: str, plans: dict[str, Plan]) -> None:
    parts = fill(paper, plans[name])
    document = body(parts)
    paragraphs = list(document.iter(f"{{{W}}}p"))
    assert [style_of(one) for one in paragraphs].count("Title") == 1
    levels = [int(style_of(one)[7]) for one in paragraphs if style_of(one).startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "a heading level is left out"
    assert all(said(one).strip() for one in paragraphs if style_of(one).startswith(("Heading", "TOC"))), "an empty heading"
    for table in document.iter(f"{{{W}}}tbl"):
        if (title := table.find(f"{{{W}}}tblPr/{{{W}}}tblCaption")) is not None and title.get(
            f"{{{W}}}val"
        ) == "About this plan":
            continue  # labels and values, with no row of headings
        assert table.find(f"{{{W}}}tr/{{{W}}}trPr/{{{W}}}tblHeader") is not None
        assert table.find(f"{{{W}}}tblPr/{{{W}}}tblDescription") is not None
        assert not table.findall(f".//{{{W}}}gridSpan"), "merged cells"
        assert not table.findall(f".//{{{W}}}vMerge"), "merged cells"
        assert len(table.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol")) <= 8
    assert all(drawing.get("descr") for drawing in document.iter(f"{{{WP}}}docPr")), "a picture without words"
    assert not list(document.iter(f"{{{WP}}}anchor")), "a floating picture"
    assert b'w:lang w:val="en-GB"' in parts["word/styles.xml"]
    assert b"<dc:language>en-GB</dc:language>" in parts["docProps/core.xml"]
    formatted = {child.tag for run in document.iter(f"{{{W}}}rPr") for child in run} - {f"{{{W}}}rStyle"}
    assert not formatted, f"formatting without a style: {formatted}"
    for text in re.findall(r"<w:instrText[^>]*> HYPERLINK", parts["word/document.xml"].decode()):
        assert text
    assert not re.search(r"<w:t[^>]*>https?://[^<]*</w:t>", parts["word/document.xml"].decode()), (
        "an address for a link's words"
    )
    turned = {size.get(f"{{{W}}}orient", "portrait") for size in document.iter(f"{{{W}}}pgSz")}
    assert len(turned) == 1, "pages turned both ways"


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_lead_to_every_heading(name: str, plans: dict[str, Plan]) -> None:
    document = body(fill("action_plan.docx", plans[name]))
    links = {link.get(f"{{{W}}}anchor", ""): said(link) for link in document.iter(f"{{{W}}}hyperlink")}
    found: dict[str, str] = {}
    for paragraph in document.iter(f"{{{W}}}p"):
        for start in paragraph.iter(f"{{{W}}}bookmarkStart"):
            found[start.get(f"{{{W}}}name", "")] = said(paragraph)
    assert len(links) >= 17
    assert {anchor: found.get(anchor) for anchor in links} == links
    headings = [said(one) for one in document.iter(f"{{{W}}}p") if style_of(one) == "Heading1"]
    assert set(headings) <= set(links.values()), "a heading that the contents leave out"
    assert b"updateFields" not in fill("action_plan.docx", plans[name])["word/settings.xml"]


@pytest.mark.parametrize("name", NAMES)
def test_the_status_of_each_action_is_a_list(name: str, plans: dict[str, Plan]) -> None:
    plan = plans[name]
    document = body(fill("action_plan.docx", plan))
    controls = list(document.iter(f"{{{W}}}sdtPr"))
    assert len(controls) == plan.opportunity_count
    ids = [control.find(f"{{{W}}}id").get(f"{{{W}}}val") for control in controls]  # type: ignore[union-attr]
    assert len(set(ids)) == len(ids)
    for control in controls:
        assert control.find(f"{{{W}}}alias").get(f"{{{W}}}val").startswith("Status of ")  # type: ignore[union-attr]
        assert control.find(f"{{{W}}}lock") is None, "a row with a locked control cannot be deleted"
        assert control.find(f"{{{W}}}dataBinding") is None, "copied rows would mirror each other"
        choices = [item.get(f"{{{W}}}value") for item in control.iter(f"{{{W}}}listItem")]
        assert "Not started" in choices
        assert len(set(choices)) == len(choices)
    shown = {said(control.getparent()) for control in controls}  # type: ignore[arg-type]
    assert shown <= {"Not started"}


@pytest.mark.parametrize("name", NAMES)
def test_the_chart_shows_the_levels_and_holds_its_figures(name: str, plans: dict[str, Plan]) -> None:
    plan = plans[name]
    parts = fill("action_plan.docx", plan)
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    names = [point.findtext(f"{{{C}}}v") for point in chart.iterfind(f".//{{{C}}}cat//{{{C}}}pt")]
    values = {
        int(point.get("idx", "-1")): int(point.findtext(f"{{{C}}}v") or 0)
        for point in chart.iterfind(f".//{{{C}}}val//{{{C}}}pt")
    }
    assert names == [f"Area {area.number}" for area in plan.areas]
    assert values == {place: area.rung for place, area in enumerate(plan.areas) if area.rung}
    sheet = openpyxl.load_workbook(BytesIO(parts["word/embeddings/levels.xlsx"]))["areas"]
    assert [sheet.cell(row, 1).value for row in range(2, 11)] == names
    assert [sheet.cell(row, 2).value for row in range(2, 11)] == [area.rung for area in plan.areas]


def test_the_document_says_what_it_was_made_from(plans: dict[str, Plan]) -> None:
    plan = plans["mixed"]
    parts = fill("action_plan.docx", plan)
    told = dict(re.findall(r'name="([^"]+)"><vt:lpwstr>([^<]*)', parts["docProps/custom.xml"].decode()))
    content = digest_shown(read_shown(parts["word/document.xml"].decode()))
    assert {key: unescape(value) for key, value in told.items()} == {
        "School": "900101", "Cycle": CYCLE, "Rubric": plan.about.edition, "Plan id": plan.about.plan_id,
        "Made": plan.about.made_on, "Content": content,
    }  # fmt: skip
    other = fill("action_plan.docx", replace(plan, about=replace(plan.about, made_on="1 January 2027")))
    assert content.encode() not in other["docProps/custom.xml"]


def test_an_area_says_how_it_has_moved(plans: dict[str, Plan]) -> None:
    assert {area.change for area in plans["weakest"].areas} == {"First review"}
    assert {area.change for area in plans["strongest"].areas} == {"Up from Established"}
    assert {area.change for area in plans["mixed"].areas} >= {"No change"}


def test_strengths_stand_before_gaps(plans: dict[str, Plan]) -> None:
    headings = [
        said(one) for one in body(fill("action_plan.docx", plans["strongest"])).iter(f"{{{W}}}p") if style_of(one) == "Heading1"
    ]
    assert headings.index("What is going well") < headings.index("What comes first")
    assert len(plans["strongest"].strengths) == 6
    assert plans["weakest"].strengths == ()
    weakest = fill("action_plan.docx", plans["weakest"])
    assert "What is going well" not in said(body(weakest))


def test_the_checklist_says_each_line_with_its_evaluation_areas_and_each_area_with_its_lines(plans: dict[str, Plan]) -> None:
    plan = plans["mixed"]
    text = " ".join(said(one) for one in body(fill("action_plan.docx", plan)).iter(f"{{{W}}}p"))
    actions = [action for area in plan.areas for action in area.opportunities]
    assert all(f"{action.ref} {action.evaluation_areas}." in text for action in actions)
    for area in plan.checklist.areas:
        bearing = {action.ref.replace("-", "\u2011") for action in actions if area.title in action.evaluation_areas.split("; ")}
        assert set(filter(None, area.refs.split(", "))) == bearing
        assert area.refs in text

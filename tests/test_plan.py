"""The plan: what a school wrote comes through as typed, and the pages are fit for a head teacher's desk."""

import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT, Convert, W, complete, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.intake import keep_asked
from pipeline.rules.planning import plan_for
from pipeline.writers.template import Properties, Template, load_template

PROPERTIES = Properties("A plan", "Wendershire County Council", "900101/2026-27-autumn")
HOSTILE = (
    "St Mary & St John's <CofE>",
    "{{ 7*7 }}",
    "{% raw %}{# gone? #}",
    "{_{ x }_} {_% y %_}",
    "=1+1",
    "<w:p/></w:t>",
    "&amp; &lt;",
    "😀 ŵ ŷ — “quoted”",
    "one\ntwo\n\nfour",
    "tab\there",
    "]]>",
    "{{ school.name.__class__ }}",
    "%p if",
)


@pytest.fixture(scope="session")
def template() -> Template:
    loaded, findings = load_template(ROOT / "templates" / "action_plan.docx", "action_plan.docx", Plan)
    assert findings == ()
    assert loaded is not None
    return loaded


def fill(template: Template, school: School, configuration: Configuration, content: bytes) -> bytes:
    submission, _ = read_return(content, "return.xlsx", Expectations(configuration, CYCLE, frozenset()))
    assert submission is not None
    submission, _ = keep_asked(submission, school, configuration.rubric)
    assessment, _ = assess(submission, configuration.rubric, {})
    plan = plan_for(school, submission, assessment, configuration, CYCLE, date(2026, 11, 23))
    properties = replace(PROPERTIES, title=f"Inclusion action plan: {school.name}")
    document, findings = template.fill(plan, properties, date(2026, 11, 23))
    assert findings == ()
    assert document is not None
    return document


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_through_as_typed(text: str, template: Template, school: School, configuration: Configuration) -> None:
    """As evidence on a strength, in front and in its area, as evidence on an opportunity, and as the school's own next step."""
    evidence = {"1.1": text, "2.1": text}
    content = complete(school, configuration, {"1.1": "A", "2.1": "E"}, evidence=evidence, own={"3.1": text})
    shown = texts(fill(template, school, configuration, content))
    assert shown.count(text) - school.name.count(text) * shown.count(school.name) == 4, text


def test_a_long_evidence_cell_comes_through_whole(template: Template, school: School, configuration: Configuration) -> None:
    long = " ".join(f"word{number}" for number in range(700))[:5000]
    content = complete(school, configuration, {"1.1": "A"}, evidence={"1.1": long})
    assert long in texts(fill(template, school, configuration, content))


def test_a_hostile_school_name_comes_through_everywhere(template: Template, configuration: Configuration) -> None:
    name = "St Mary & St John's <CofE> {{ 7*7 }} Academy 😀"
    school = School("900101", "999/2001", name, Phase.PRIMARY, "Free school", "A & B", "X <Y>", 10)
    document = fill(template, school, configuration, complete(school, configuration))
    shown = texts(document)
    assert shown.count(name) >= 3  # cover, subtitle and header
    assert "49" not in shown.split("At a glance")[0]
    with zipfile.ZipFile(BytesIO(document)) as archive:
        core = etree.fromstring(archive.read("docProps/core.xml"))
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == f"Inclusion action plan: {name}"


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_through(text: str, template: Template, school: School, configuration: Configuration) -> None:
    content = complete(school, configuration, {"1.1": "A"}, evidence={"1.1": f"<{text}>"})
    assert f"<{text}>" in texts(fill(template, school, configuration, content))


def test_no_tag_and_no_empty_table_is_left_in_a_plan(template: Template, school: School, configuration: Configuration) -> None:
    for letter in "ASENx":
        document = fill(template, school, configuration, complete(school, configuration, otherwise=letter))
        assert not re.search(r"\{\{|\}\}|\{%|%\}", texts(document)), letter
        with zipfile.ZipFile(BytesIO(document)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
        for table in body.iter(f"{{{W}}}tbl"):
            assert len(table.findall(f"{{{W}}}tr")) >= 2
        for cell in body.iter(f"{{{W}}}tc"):
            assert cell[-1].tag == f"{{{W}}}p"


def test_every_opportunity_stands_in_its_areas_table(template: Template, school: School, configuration: Configuration) -> None:
    shown = texts(
        fill(template, school, configuration, complete(school, configuration, otherwise="E", own={"4.4": "Our own."}))
    )
    for criterion in configuration.rubric.criteria.values():
        assert criterion.steps.established.opportunity in shown
        assert criterion.steps.established.action in shown
    assert "4.4-b" in shown


def test_an_area_that_is_not_rated_says_what_it_waits_for(
    template: Template, school: School, configuration: Configuration
) -> None:
    blanks = {f"6.{number}": "?" for number in range(1, 7)}
    shown = texts(fill(template, school, configuration, complete(school, configuration, blanks)))
    area = shown[shown.rindex("Area 6: ") : shown.rindex("Area 7: ")]
    assert "follows from your answers to 6.1, 6.2, 6.3, 6.4, 6.5 and 6.6" in area
    assert "nothing that holds this area back" not in area


def test_a_statutory_gap_is_printed_first_with_its_duty_and_source(
    template: Template, school: School, configuration: Configuration
) -> None:
    shown = texts(fill(template, school, configuration, complete(school, configuration, {"5.2": "N", "6.1": "E"})))
    gate = configuration.rubric.criteria["5.2"].gate
    assert gate is not None
    gaps = shown.index("Statutory gaps")
    assert gaps < shown.index(gate.duty) < shown.index("Priorities this term") < shown.index("6.1-a")
    sources = shown.index("Where the statutory duties come from")
    assert configuration.rubric.frame.sources["G2"].title in shown[sources:]


def test_the_plan_says_what_it_is_not(template: Template, school: School, configuration: Configuration) -> None:
    shown = texts(fill(template, school, configuration, complete(school, configuration)))
    assert "It is not an Ofsted judgement and does not predict one." in shown


def test_styles_are_named_and_headings_in_order(template: Template, school: School, configuration: Configuration) -> None:
    document = fill(template, school, configuration, complete(school, configuration, otherwise="E"))
    with zipfile.ZipFile(BytesIO(document)) as archive:
        body, styles = (etree.fromstring(archive.read(f"word/{part}.xml")) for part in ("document", "styles"))
    known = {style.get(f"{{{W}}}styleId") for style in styles.iter(f"{{{W}}}style")}
    used = {node.get(f"{{{W}}}val") for node in body.iter(f"{{{W}}}pStyle", f"{{{W}}}rStyle", f"{{{W}}}tblStyle")}
    assert used <= known
    assert not list(body.iter(f"{{{W}}}color", f"{{{W}}}sz", f"{{{W}}}b", f"{{{W}}}jc"))  # nothing formatted by hand
    levels = [
        int(style[7]) for node in body.iter(f"{{{W}}}pStyle") if (style := str(node.get(f"{{{W}}}val"))).startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in body.iter(f"{{{W}}}tbl"):
        assert table.find(f"{{{W}}}tblPr/{{{W}}}tblDescription") is not None
        if str(table.find(f"{{{W}}}tblPr/{{{W}}}tblStyle").get(f"{{{W}}}val")) == "PlanTable":  # type: ignore[union-attr]
            assert table.find(f"{{{W}}}tr/{{{W}}}trPr/{{{W}}}tblHeader") is not None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ school.name }}", "{{ shcool.name }}", "did you mean “school”?"),
        ("{{ school.name }}", "{{ school.nmae }}", "nmae"),
        ("{%p endfor %}", "{%p endfr %}", "endfr"),
        ("{{ school.name }}", "{{ school.name.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_broken_template_is_told_and_makes_no_document(
    old: str, new: str, told: str, tmp_path: Path, school: School, configuration: Configuration
) -> None:
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(ROOT / "templates" / "action_plan.docx") as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old.encode(), new.encode()) if name == "word/document.xml" else part)
    template, findings = load_template(broken, "broken.docx", Plan)
    if template is not None:
        submission, _ = read_return(
            complete(school, configuration), "return.xlsx", Expectations(configuration, CYCLE, frozenset())
        )
        assert submission is not None
        assessment, _ = assess(submission, configuration.rubric, {})
        plan = plan_for(school, submission, assessment, configuration, CYCLE, date(2026, 11, 23))
        document, findings = template.fill(plan, PROPERTIES, date(2026, 11, 23))
        assert document is None
    assert [finding.code for finding in findings] == ["CF105"]
    assert told in f"{findings[0].seen} {findings[0].fix}"


def test_the_pages_are_landscape_and_hold_what_they_should(
    convert: Convert, tmp_path: Path, template: Template, school: School, configuration: Configuration
) -> None:
    """The weakest plan, the longest, made into pages: a cover of one page, the nine areas on one, headings never alone at a foot."""
    content = complete(school, configuration, otherwise="N", evidence={"1.1": "Seen. " * 800})
    (tmp_path / "plan.docx").write_bytes(fill(template, school, configuration, content))
    pdf = convert(tmp_path / "plan.docx", "pdf")
    shown = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    pages = shown.stdout.split("\f")[:-1]
    assert school.name in pages[0]
    assert "not an Ofsted judgement" in pages[0]
    assert "Contents" in pages[1]
    assert "At a glance" in pages[2]
    assert all(re.search(rf"^\s*{number}\.", pages[2], re.MULTILINE) for number in range(1, 10))
    assert "What comes first" in pages[3]
    assert f"Page 3 of {len(pages)}" in pages[2]
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[-1].startswith("Plan 900101/2026-27-autumn")
        assert lines[-2] not in ("Opportunities for improvement", "What is working well, in your words")
    size = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Page size:\s+84[12]\.\d+ x 595", size)

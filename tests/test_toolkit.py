"""The toolkit document: everything that the rubric and its company say is in it, everybody can read it, and its links are right."""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import CYCLE, NINE, ROOT, SIX, W, inclusion, texts
from lxml import etree
from sound_document import complaints

from pipeline.cli import commands
from pipeline.model.project import Configuration

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
HOSTILE = "{{ 7*7 }} {% raw %} <w:p/> &amp; =1+1 ŵ “quoted” ]]>"


@dataclass(frozen=True)
class Made:
    """A toolkit document: its bytes, its parts, and the configuration that it is made from."""

    content: bytes
    parts: Mapping[str, bytes]
    configuration: Configuration

    @property
    def body(self) -> etree._Element:
        return etree.fromstring(self.parts["word/document.xml"])

    @property
    def text(self) -> str:
        return texts(self.content)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "a project, with spaces and ŵ")


def lay_out(folder: Path) -> Path:
    for name in ("config", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def toolkit(project: Path, *more: str) -> Result:
    return CliRunner().invoke(commands, ["toolkit", "--project", str(project), *more], standalone_mode=False)


def written(project: Path) -> bytes:
    return (project / "outputs" / CYCLE / "toolkit.docx").read_bytes()


def unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module", params=[NINE, SIX])
def made(request: pytest.FixtureRequest, configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The document under each of the rubrics that ship, as the command writes it."""
    project = lay_out(tmp_path_factory.mktemp("toolkit") / "project")
    if request.param == SIX:
        change(project / "config" / "settings.yaml", "rubric: rubric ", "rubric: rubric-six ")
    code, said, wrong = inclusion("toolkit", "--project", str(project))
    assert (code, wrong) == (0, "")
    content = written(project)
    found = configuration.under(request.param)
    assert f"{len(found.rubric.criteria)} criteria, 91 resources and 3 completed examples" in said
    return Made(content, unzip(content), found)


def said(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{{{W}}}t"))


def style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    return "" if found is None else found.get(f"{{{W}}}val", "")


def every_word(configuration: Configuration) -> Iterator[str]:
    """All that has to be in the document, piece by piece."""
    rubric, guidance = configuration.rubric, configuration.guidance
    yield from (guidance.vision, guidance.definition, guidance.why_it_matters, guidance.privacy)
    for level in rubric.frame.levels.values():
        yield from (level.label, level.name, level.meaning)
    for area in rubric.areas:
        yield from (f"Area {area.number}: {area.name}", area.definition)
        for criterion in area.criteria:
            yield from (criterion.title, criterion.emerging, criterion.established, criterion.advanced)
            yield criterion.gate.duty if criterion.gate else ""
    for source in {one.gate.source for one in rubric.criteria.values() if one.gate}:
        yield from (rubric.frame.sources[source].title, rubric.frame.sources[source].standing)
    checklist = configuration.checklists[-1]
    yield from (checklist.title, checklist.standing)
    for evaluated in checklist.areas:
        yield from (evaluated.title, evaluated.looks_at, ", ".join(evaluated.criteria))
        yield from (prompt.text for prompt in evaluated.prompts)
    for resource in configuration.resources:
        yield from (resource.title, resource.helps_with, resource.publisher)
    for measure in configuration.outcomes.measures:
        yield from (measure.label, measure.meaning)
    yield from (sought.outcome for sought in guidance.outcomes_sought)
    for entry in guidance.glossary:
        yield from (entry.term, entry.meaning)


def test_everything_is_in_it(made: Made) -> None:
    text = made.text
    assert [words for words in every_word(made.configuration) if words not in text] == []
    fields = {(code.text or "").strip() for code in made.body.iter(f"{{{W}}}instrText")}
    assert {f'HYPERLINK "{one.address}"' for one in made.configuration.resources} <= fields
    rows = {tuple(said(cell) for cell in row.iter(f"{{{W}}}tc")) for row in made.body.iter(f"{{{W}}}tr")}
    for one in made.configuration.resources:
        cells = next(row for row in rows if row[0] == one.title and row[1] == one.publisher and len(row) == 5)
        assert cells[4] == f"{one.checked_on.day} {one.checked_on:%B %Y}"


def test_criteria_and_evaluation_areas_are_listed_both_ways(made: Made) -> None:
    rows = [tuple(said(cell) for cell in row.iter(f"{{{W}}}tc")) for row in made.body.iter(f"{{{W}}}tr")]
    checklist = made.configuration.checklists[-1]
    for criterion in made.configuration.rubric.criteria.values():
        titles = "; ".join(area.title for area in checklist.areas if criterion.id in area.criteria)
        assert (criterion.id, criterion.title, titles or "None") in rows


def test_each_outcome_names_the_criteria_and_figures_that_would_show_it(made: Made) -> None:
    rows = {cells[0]: cells for row in made.body.iter(f"{{{W}}}tr") if (cells := [said(c) for c in row.iter(f"{{{W}}}tc")])}
    attend = rows["Pupils attend more."]
    bearing = [one.id for one in made.configuration.rubric.criteria.values() if "attendance" in one.themes]
    assert attend[1:] == [", ".join(bearing), "Attendance; Persistent absence; Severe absence"]


def test_the_contents_lead_to_every_heading_and_every_criterion_to_its_row(made: Made) -> None:
    links = [(link.get(f"{{{W}}}anchor", ""), said(link)) for link in made.body.iter(f"{{{W}}}hyperlink")]
    places: dict[str, str] = {}
    for paragraph in made.body.iter(f"{{{W}}}p"):
        for mark in paragraph.iter(f"{{{W}}}bookmarkStart"):
            name = mark.get(f"{{{W}}}name", "")
            assert name not in places, "a name that two bookmarks have"
            places[name] = said(paragraph)
    for anchor, words in links:
        expected = words.partition(" ")[0] if anchor.startswith("criterion_") else words
        assert places[anchor] == expected
    headings = [said(one) for one in made.body.iter(f"{{{W}}}p") if style_of(one) == "Heading1"]
    assert len(headings) == 11
    named = {words for _, words in links}
    assert set(headings) <= named
    assert {f"Area {area.number}: {area.name}" for area in made.configuration.rubric.areas} <= named
    assert {f"{one.id} {one.title}" for one in made.configuration.rubric.criteria.values()} <= named
    assert b"updateFields" not in made.parts["word/settings.xml"]


def test_everybody_can_read_it(made: Made) -> None:
    paragraphs = list(made.body.iter(f"{{{W}}}p"))
    assert [style_of(one) for one in paragraphs].count("Title") == 1
    levels = [int(style_of(one)[7]) for one in paragraphs if style_of(one).startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "a heading level is left out"
    assert all(said(one).strip() for one in paragraphs if style_of(one).startswith(("Heading", "TOC"))), "an empty heading"
    first, *tables = made.body.iter(f"{{{W}}}tbl")
    assert first.find(f"{{{W}}}tblPr/{{{W}}}tblCaption").get(f"{{{W}}}val") == "About this document"  # type: ignore[union-attr]
    for table in tables:
        assert table.find(f"{{{W}}}tr/{{{W}}}trPr/{{{W}}}tblHeader") is not None
        assert table.find(f"{{{W}}}tblPr/{{{W}}}tblDescription") is not None
        assert len(table.findall(f"{{{W}}}tr")) > 1, "a table with nothing but its heading"
    assert b'w:lang w:val="en-GB"' in made.parts["word/styles.xml"]
    assert b"<dc:language>en-GB</dc:language>" in made.parts["docProps/core.xml"]
    assert b"<dc:title>Inclusive Practice Toolkit</dc:title>" in made.parts["docProps/core.xml"]
    formatted = {child.tag for run in made.body.iter(f"{{{W}}}rPr") for child in run} - {f"{{{W}}}rStyle"}
    assert not formatted, f"formatting without a style: {formatted}"
    assert not re.search(r"<w:t[^>]*>https?://[^<]*</w:t>", made.parts["word/document.xml"].decode()), "an address for words"


def test_the_flow_chart_is_drawn_and_said_in_words(made: Made) -> None:
    drawings = list(made.body.iter(f"{{{WP}}}docPr"))
    assert all(drawing.get("descr") for drawing in drawings)
    assert not list(made.body.iter(f"{{{WP}}}anchor")), "a floating picture"
    chart = next(drawing for drawing in drawings if drawing.get("name") == "Flow chart")
    shapes = chart.getparent().findall(f".//{{{SHAPE}}}wsp")  # type: ignore[union-attr]
    assert len(shapes) == 12
    for number in range(1, 7):
        title = next(line for line in made.text.splitlines() if line.startswith(f"Step {number}: ")).partition(": ")[2]
        assert f"{number}, {title.lower()}" in chart.get("descr", "")


def test_checkers_from_elsewhere_have_nothing_against_it(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "toolkit.docx"
    path.write_bytes(made.content)
    assert complaints(path) == {}


def test_examples_are_shown_with_why_their_evidence_is_good(made: Made) -> None:
    text = made.text
    for said_why in (
        "Three groups were asked one question",  # why
        "Staff, pupils in each class and 18 parents at the gate",  # evidence
        "As the plan stood when it came back on",  # the plan
        "Still Emerging, with new evidence",  # the next time
    ):
        assert said_why in text
    assert text.count("Why this is good evidence") == 9  # three areas of three schools
    assert text.count("What had changed the next time") == 3
    under_another = "Completed under rubric 1-0, whose criteria had the numbers shown here."
    assert text.count(under_another) == (3 if made.configuration.rubric.edition == SIX else 0)


def test_the_same_files_give_the_same_bytes(project: Path) -> None:
    assert toolkit(project).return_value == 0
    first = written(project)
    assert toolkit(project, "--out", str(project / "other.docx")).return_value == 0
    assert (project / "other.docx").read_bytes() == first


def test_what_an_authority_writes_is_printed_as_it_stands(project: Path) -> None:
    guidance = project / "config" / "guidance.yaml"
    text = guidance.read_text("utf-8")
    text = re.sub(r"(?ms)^definition: >-\n.*?\n\n", f"definition: '{HOSTILE}'\n\n", text)
    text = text.replace(
        'strategy: {title: "", address: ""}', f"strategy: {{title: '{HOSTILE}', address: 'https://county.example/a?b=1&c=2'}}"
    )
    guidance.write_text(text, "utf-8")
    assert toolkit(project).return_value == 0
    lines = texts(written(project)).splitlines()
    assert HOSTILE in lines
    assert f"The toolkit is part of our strategy: {HOSTILE}" in lines
    fields = [node.text for node in etree.fromstring(unzip(written(project))["word/document.xml"]).iter(f"{{{W}}}instrText")]
    assert ' HYPERLINK "https://county.example/a?b=1&c=2" ' in fields


def test_words_that_are_not_there_leave_no_hole(project: Path) -> None:
    guidance = project / "config" / "guidance.yaml"
    text = guidance.read_text("utf-8")
    text = re.sub(r"(?ms)^definition: >-\n.*?^steps:", "steps:", text)  # as a project of an earlier version has it
    guidance.write_text(text, "utf-8")
    shutil.rmtree(project / "config" / "examples")
    result = toolkit(project)
    assert (result.return_value, "0 completed examples" in result.output) == (0, True)
    said = texts(written(project))
    assert not [
        words for words in ("What inclusive practice means here", "Within a few terms", "Completed examples") if words in said
    ]


MISTAKES = {
    "a theme": ("guidance.yaml", "themes: [pathways]", "themes: [pathway]", "guidance.yaml", "“pathway”"),
    "a measure": ("guidance.yaml", "measures: [attainment-gap]", "measures: [gap]", "guidance.yaml", "“gap”"),
    "an address": ("guidance.yaml", 'address: ""', 'address: "see our website"', "guidance.yaml", "https://"),
    "an example": ("examples/emerging-primary.yaml", '  "5.1": >-', '  "5.9": >-', "emerging-primary.yaml", "5.9"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_what_cannot_be_is_told_and_nothing_is_written(case: str, project: Path) -> None:
    file, old, new, told, seen = MISTAKES[case]
    change(project / "config" / file, old, new)
    result = CliRunner().invoke(commands, ["toolkit", "--project", str(project)])
    assert "Nothing was" in result.output
    assert told in result.output
    assert seen.strip("“”") in result.output
    assert not (project / "outputs" / CYCLE / "toolkit.docx").exists()


def test_a_place_where_nothing_can_be_written_is_told(project: Path) -> None:
    result = toolkit(project, "--out", str(project / "config" / "settings.yaml" / "toolkit.docx"))
    assert (result.return_value, "WR601" in result.output) == (1, True)


def test_a_document_that_somebody_changed_is_kept(project: Path) -> None:
    assert toolkit(project).return_value == 0
    path = project / "outputs" / CYCLE / "toolkit.docx"
    ours = path.read_bytes()
    path.write_bytes(ours + b" ")
    result = toolkit(project)
    assert "WR602" in result.output
    (kept,) = path.parent.glob("toolkit (changed by hand *).docx")
    assert (kept.read_bytes(), path.read_bytes()) == (ours + b" ", ours)


def test_a_draft_of_the_template_is_previewed(project: Path) -> None:
    arguments = ["template", "preview", "--project", str(project), str(project / "templates" / "toolkit.docx")]
    assert CliRunner().invoke(commands, arguments, standalone_mode=False).return_value == 0
    (made,) = (project / "outputs" / "preview").iterdir()
    assert toolkit(project).return_value == 0
    assert texts(made.read_bytes()) == texts(written(project))


def test_a_name_that_is_no_word_document_is_refused(project: Path) -> None:
    result = CliRunner().invoke(commands, ["toolkit", "--project", str(project), "--out", "toolkit.pdf"])
    assert (result.exit_code, ".docx" in result.output) == (2, True)

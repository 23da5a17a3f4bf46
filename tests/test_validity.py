"""What Word would repair or refuse is told by its rule, in templates and in documents, and what we write has no such fault."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from random import Random

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion
from hypothesis import given, settings
from small_template import Context, Row, docx, p, tbl, tc, tr
from sound_document import BODY, CONTROL, FIELD, PARTS, complaints, zipped
from test_template import TEXT, spread

from pipeline.demo.county import choose_returning
from pipeline.demo.establishment import invent_establishments
from pipeline.demo.submitting import invent_submissions
from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.rules.assessing import assess
from pipeline.rules.planning import plan_for
from pipeline.writers.compiling import compile_template
from pipeline.writers.template import Properties, Template, load_template
from pipeline.writers.validity.examining import find_faults
from pipeline.writers.validity.rule import Rule

PROPERTIES, TODAY = Properties("A title", "An author", "A subject"), date(2026, 11, 23)
PLAN = Template("action_plan.docx", (ROOT / "templates" / "action_plan.docx").read_bytes())
Edit = tuple[str, str, str]  # part, what stands there, what stands there instead

DOCUMENT = "word/document.xml"
NEXT = CONTROL.replace('w:val="11"', 'w:val="12"')  # another number
ROW = BODY[BODY.index("<w:tr>") : BODY.index("</w:tr>") + 7]
CELL = '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>One</w:t></w:r></w:p></w:tc>'
LAST, LINK = (
    "<w:p><w:r><w:t>Last words</w:t></w:r></w:p>",
    '<w:hyperlink w:anchor="top"><w:r><w:t>To the top</w:t></w:r></w:hyperlink>',
)


def body(old: str, new: str) -> Edit:
    assert old in BODY
    return DOCUMENT, old, new


BROKEN: dict[str, tuple[Edit, Rule]] = {
    "a cell without a paragraph": (body("<w:p><w:r><w:t>One</w:t></w:r></w:p></w:tc>", "</w:tc>"), Rule.CELL_END),
    "a cell that ends with a table": (body(f"{CELL}", CELL.replace("</w:tc>", f"{BODY[BODY.index('<w:tbl>') : BODY.index('</w:tbl>') + 8]}</w:tc>")), Rule.CELL_END),
    "a row without cells": (body("</w:tr></w:tbl>", "</w:tr><w:tr/></w:tbl>"), Rule.ROW_CELLS),
    "a table without rows": (body(ROW, ""), Rule.TABLE_ROWS),
    "a table without a grid": (body('<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/></w:tblGrid>', ""), Rule.TABLE_GRID),
    "a row with a cell too many": (body(CELL, CELL * 2), Rule.GRID_FIT),
    "a control without content": (body("<w:sdtContent><w:r><w:t>Done</w:t></w:r></w:sdtContent>", "<w:sdtContent/>"), Rule.CONTROL_CONTENT),
    "a control round a paragraph in a paragraph": (body("<w:sdtContent><w:r><w:t>Done</w:t></w:r>", "<w:sdtContent><w:p/>"), Rule.CONTROL_LEVEL),
    "a paragraph in a paragraph": (body(LAST, LAST.replace("<w:r>", "<w:p/><w:r>")), Rule.NESTING),
    "text outside a run": (body(LAST, f"{LAST}words"), Rule.NESTING),
    "a paragraph behind the section": (body("</w:sectPr>", f"</w:sectPr>{LAST}"), Rule.BODY_END),
    "properties behind the text": (body("<w:p><w:r><w:t>Last words</w:t></w:r></w:p>", "<w:p><w:r><w:t>Last words</w:t><w:rPr><w:b/></w:rPr></w:r></w:p>"), Rule.PROPERTIES_FIRST),
    "properties in another order": (body('<w:keepNext/><w:jc w:val="left"/>', '<w:jc w:val="left"/><w:keepNext/>'), Rule.PROPERTY_ORDER),
    "a run's properties in another order": (body('<w:b/><w:sz w:val="24"/>', '<w:sz w:val="24"/><w:b/>'), Rule.PROPERTY_ORDER),
    "a property twice": (body("<w:keepNext/>", "<w:keepNext/><w:keepNext/>"), Rule.PROPERTY_TWICE),
    "a measure that is none": (body('<w:sz w:val="24"/>', '<w:sz w:val="large"/>'), Rule.WORD_FITS),
    "a field that does not end": (body('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""), Rule.FIELD),
    "a link without words": (body(LINK, '<w:hyperlink w:anchor="top"/>'), Rule.LINK_EMPTY),
    "a field's link to a file": (body("https://example.org/a", "file:///c:/windows/x.exe"), Rule.LINK_FORM),
    "a field's link that is malformed": (body("https://example.org/a", "https://example.org/a b"), Rule.LINK_FORM),
    "a link to a script": (("word/_rels/document.xml.rels", "https://example.org/", "javascript:alert(1)"), Rule.LINK_FORM),
    "a link to no bookmark": (body('w:anchor="top"', 'w:anchor="bottom"'), Rule.ANCHOR),
    "two controls with one number": (body(f"<w:p>{CONTROL}</w:p>", f"<w:p>{CONTROL}{CONTROL}</w:p>"), Rule.CONTROL_ID),
    "a control's number that is none": (body('<w:id w:val="11"/>', '<w:id w:val="5.2-a"/>'), Rule.CONTROL_ID),
    "two bookmarks with one number": (body("<w:p><w:r><w:t>Last", '<w:p><w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/><w:r><w:t>Last'), Rule.BOOKMARK_ID),
    "two bookmarks of one name": (body("<w:p><w:r><w:t>Last", '<w:p><w:bookmarkStart w:id="2" w:name="TOP"/><w:bookmarkEnd w:id="2"/><w:r><w:t>Last'), Rule.BOOKMARK_NAME),
    "a bookmark's name with a blank": (body('w:name="top"', 'w:name="the top"'), Rule.BOOKMARK_FORM),
    "a bookmark without an end": (body('<w:bookmarkEnd w:id="1"/>', ""), Rule.BOOKMARK_PAIR),
    "two pictures with one number": (body(LAST, BODY[BODY.index("<w:p><w:r><w:drawing>") : BODY.index("</w:drawing>")] + "</w:drawing></w:r></w:p>" + LAST), Rule.DRAWING_ID),
    "two paragraphs with one number": (body('"00000002"', '"00000001"'), Rule.PARAGRAPH_ID),
    "a tag that is too long": (body('<w:tag w:val="status"/>', f'<w:tag w:val="{"s" * 65}"/>'), Rule.TAG_LENGTH),
    "a list that offers one thing twice": (body('w:value="begun"', 'w:value="done"'), Rule.CHOICES),
    "a footnote that is missing": (body("Last words</w:t></w:r>", 'Last words</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r>'), Rule.NOTE),
    "a style that is missing": (body('<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Titel"/>'), Rule.STYLE),
    "a list that is missing": (body('<w:numId w:val="1"/>', '<w:numId w:val="7"/>'), Rule.NUMBERING),
    "two styles with one name": (("word/styles.xml", 'w:styleId="Title"', 'w:styleId="Normal"'), Rule.STYLE_ID),
    "a style based on none": (("word/styles.xml", '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="None"/>'), Rule.STYLE_ID),
    "a picture that points nowhere": (body('r:embed="rId4"', 'r:embed="rId44"'), Rule.RELATION),
    "a part that is missing": (("word/_rels/document.xml.rels", "media/logo.png", "media/gone.png"), Rule.PART_MISSING),
    "a part without a type": (("[Content_Types].xml", '<Default Extension="png" ContentType="image/png"/>', ""), Rule.PART_TYPE),
    "a picture fetched from elsewhere": (("word/_rels/document.xml.rels", 'Target="media/logo.png"', 'Target="https://example.org/a.png" TargetMode="External"'), Rule.OUTSIDE),
    "a field that fetches a picture": (body(' HYPERLINK "https://example.org/a" ', ' INCLUDEPICTURE "https://example.org/a.png" '), Rule.OUTSIDE),
    "a property of the document twice": (("docProps/core.xml", "<dc:title>A title</dc:title>", "<dc:title>A title</dc:title>" * 2), Rule.CORE_TWICE),
    "a part that is not well-formed": (("word/header1.xml", "</w:p>", ""), Rule.UNREADABLE),
}  # fmt: skip


def broken(edit: Edit) -> bytes:
    part, old, new = edit
    assert old in PARTS[part]
    return zipped(PARTS | {part: PARTS[part].replace(old, new, 1)})


def test_a_sound_document_breaks_no_rule(tmp_path: Path) -> None:
    assert find_faults(zipped(PARTS)) == ()
    pytest.importorskip("openxml_audit")
    (tmp_path / "sound.docx").write_bytes(zipped(PARTS))
    assert all("A required relationship type" in said for said in complaints(tmp_path / "sound.docx"))  # it is that small


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_document_is_told_by_its_rule(case: str) -> None:
    edit, rule = BROKEN[case]
    assert rule in {fault.rule for fault in find_faults(broken(edit))}


UNKNOWN_TO_US = {
    "an element that there is not": body("<w:keepNext/>", "<w:keepFirst/>"),
    "a list's level in another order": ("word/numbering.xml", '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>', '<w:lvlText w:val="•"/><w:numFmt w:val="bullet"/>'),
}  # fmt: skip


@pytest.mark.parametrize("case", UNKNOWN_TO_US)
def test_what_only_openxml_audit_sees(case: str, tmp_path: Path) -> None:
    """Faults that no value can make: a template's, found by the checks from elsewhere that our documents go through in the tests."""
    pytest.importorskip("openxml_audit")
    sound, other = tmp_path / "sound.docx", tmp_path / "other.docx"
    sound.write_bytes(zipped(PARTS))
    other.write_bytes(broken(UNKNOWN_TO_US[case]))
    assert find_faults(other.read_bytes()) == ()
    assert complaints(other) - complaints(sound)


def test_every_rule_has_its_case() -> None:
    assert set(Rule) - {rule for _, rule in BROKEN.values()} == {Rule.LEFT_OVER}  # a template's: see below


# What is given anew, or mended, when a template is filled.
MENDED = {
    "a table without a grid", "a row with a cell too many", "two controls with one number", "two pictures with one number",
    "two paragraphs with one number",
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_template_that_is_broken_so_is_not_used(case: str, tmp_path: Path) -> None:
    edit, rule = BROKEN[case]
    (tmp_path / "t.docx").write_bytes(broken(edit))
    template, findings = load_template(tmp_path / "t.docx", "t.docx", Context)
    if case in MENDED:
        assert template is not None, findings
        document, _ = template.fill(Context(), PROPERTIES, TODAY)
        assert document is None or find_faults(document) == ()
        return
    assert template is None
    assert {finding.code for finding in findings} == {"CF105"}
    assert any(one.seen.startswith(rule.seen) or one.seen == "not a Word document" for one in findings)


# What hangs on values.

ITEMS = '{% for row in rows %}<w:listItem w:displayText="{{ row.name }}" w:value="{{ row.name }}"/>{% endfor %}'
NUMBERED = (Row("a", ("1",)), Row("b", ("2",)))
LOOP, END = p("{%p for row in rows %}"), p("{%p endfor %}")
ROWS = (Row("one", ("a", "b")), Row("two", ("c", "d")))


def with_body(xml: str) -> bytes:
    inside = re.sub("<w:b/>|<w:keepNext/>", "", xml)
    return zipped(PARTS | {DOCUMENT: PARTS[DOCUMENT].replace(LAST, inside + LAST)})


HANGING: dict[str, tuple[str, Context, Context, Rule]] = {
    "a cell that may be empty": (tbl(1, tr(tc("{%p for row in rows %}", "{{ row.name }}", "{%p endfor %}"))), Context(rows=ROWS), Context(), Rule.CELL_END),
    "a table that may have no rows": (tbl(1, tr("{%tr for row in rows %}"), tr("{{ row.name }}"), tr("{%tr endfor %}")), Context(rows=ROWS), Context(), Rule.TABLE_ROWS),
    "an address": (f"<w:p>{FIELD}</w:p>".replace("https://example.org/a", "{{ text }}"), Context("https://example.org/b?c=d&e=f"), Context('https://a" b'), Rule.LINK_FORM),
    "a tag": (f"<w:p>{NEXT}</w:p>".replace('"status"', '"{{ text }}"'), Context("s" * 64), Context("s" * 65), Rule.TAG_LENGTH),
    "a list": (f"<w:p>{NEXT}</w:p>".replace('w:value="done"', 'w:value="{{ text }}"'), Context("new"), Context("begun"), Rule.CHOICES),
    "a list of a loop": (f"<w:p>{NEXT}</w:p>".replace("<w:dropDownList>", f"<w:dropDownList>{ITEMS}"), Context(rows=ROWS), Context(rows=ROWS + ROWS[:1]), Rule.CHOICES),
    "a number of ours": (f"{LOOP}<w:p>{NEXT}</w:p>{END}".replace('w:val="12"', 'w:val="{{ row.cells[0] }}"'), Context(rows=NUMBERED), Context(rows=NUMBERED * 2), Rule.CONTROL_ID),
    "a bookmark's name": (f'{LOOP}<w:p><w:bookmarkStart w:id="5" w:name="a_{{{{ row.name }}}}"/><w:bookmarkEnd w:id="5"/></w:p>{END}', Context(rows=ROWS), Context(rows=ROWS + ROWS), Rule.BOOKMARK_NAME),
    "a link to a bookmark": ('<w:p><w:hyperlink w:anchor="{{ text }}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>', Context("top"), Context("gone"), Rule.ANCHOR),
    "a link past a condition": (p("{%p if on %}") + '<w:p><w:bookmarkStart w:id="5" w:name="b"/><w:bookmarkEnd w:id="5"/></w:p>' + p("{%p endif %}") + '<w:p><w:hyperlink w:anchor="b"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>', Context(on=True), Context(), Rule.ANCHOR),
    "more links than bookmarks": (LOOP + '<w:p><w:hyperlink w:anchor="b"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>' + END + LOOP + p("{%p if on %}") + '<w:p><w:bookmarkStart w:id="5" w:name="b"/><w:bookmarkEnd w:id="5"/></w:p>' + p("{%p endif %}") + END, Context(rows=ROWS, on=True), Context(rows=ROWS), Rule.ANCHOR),
    "a style": ('<w:p><w:pPr><w:pStyle w:val="{{ text }}"/></w:pPr></w:p>', Context("Title"), Context("Titel"), Rule.STYLE),
    "a list's number": ('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{{ count }}"/></w:numPr></w:pPr></w:p>', Context(count=1), Context(count=2), Rule.NUMBERING),
    "a colour": ('<w:p><w:r><w:rPr><w:color w:val="{{ text }}"/></w:rPr><w:t>x</w:t></w:r></w:p>', Context("AA00FF"), Context("red"), Rule.WORD_FITS),
    "a field across a condition": ('<w:p>{% if on %}<w:r><w:fldChar w:fldCharType="begin"/></w:r>{% endif %}{% if on or count == 2 %}<w:r><w:fldChar w:fldCharType="end"/></w:r>{% endif %}</w:p>', Context(on=True), Context(count=2), Rule.FIELD),
    "properties of a condition": ('<w:p><w:pPr>{% if on %}<w:jc w:val="left"/>{% endif %}{% if not on or count == 2 %}<w:keepNext/>{% endif %}</w:pPr></w:p>'.replace("<w:keepNext/>", "<w:keepLines/>"), Context(), Context(on=True, count=2), Rule.PROPERTY_ORDER),
}  # fmt: skip


@pytest.mark.parametrize("case", HANGING)
def test_what_hangs_on_values_is_told_of_the_document(case: str, tmp_path: Path) -> None:
    xml, good, bad, rule = HANGING[case]
    (tmp_path / "t.docx").write_bytes(with_body(xml))
    template, findings = load_template(tmp_path / "t.docx", "t.docx", Context)
    assert template is not None, findings
    document, findings = template.fill(good, PROPERTIES, TODAY)
    assert findings == ()
    assert document is not None
    assert find_faults(document) == ()
    document, findings = template.fill(bad, PROPERTIES, TODAY, "900101 A school.docx")
    assert document is None
    assert {(one.code, one.place.file) for one in findings} == {("VD101", "900101 A school.docx")}
    assert any(one.seen.startswith(rule.seen) and "t.docx" in one.fix for one in findings)


CERTAIN: dict[str, tuple[str, Rule]] = {
    "half a tag": (p("{{ text }} }}"), Rule.LEFT_OVER),
    "half a block": (p("%} text"), Rule.LEFT_OVER),
    "a footnote in a loop": (LOOP + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + END, Rule.NOTE),
    "a style in a branch": (p("{%p if on %}") + '<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr></w:p>' + p("{%p endif %}"), Rule.STYLE),
    "a name that counting may give": (LOOP + '<w:p><w:bookmarkStart w:id="5" w:name="b"/><w:bookmarkEnd w:id="5"/></w:p>' + END + '<w:p><w:bookmarkStart w:id="6" w:name="b_1"/><w:bookmarkEnd w:id="6"/></w:p>', Rule.BOOKMARK_NAME),
}  # fmt: skip


@pytest.mark.parametrize("case", CERTAIN)
def test_what_is_certain_of_a_template_is_told_when_it_is_loaded(case: str, tmp_path: Path) -> None:
    xml, rule = CERTAIN[case]
    (tmp_path / "t.docx").write_bytes(with_body(xml))
    template, findings = load_template(tmp_path / "t.docx", "t.docx", Context)
    assert template is None
    assert any(finding.seen.startswith(rule.seen) for finding in findings)


def test_numbers_that_word_gave_do_not_count(tmp_path: Path) -> None:
    """Word numbers paragraphs, controls and bookmarks whenever it saves, and a loop repeats what it numbered."""
    xml = (
        LOOP
        + f'<w:p w14:paraId="00000007">{CONTROL}<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/></w:p>'
        + END
    )
    (tmp_path / "t.docx").write_bytes(with_body(xml))
    template, findings = load_template(tmp_path / "t.docx", "t.docx", Context)
    assert template is not None, findings
    document, findings = template.fill(Context(rows=ROWS * 3), PROPERTIES, TODAY)
    assert document is not None, findings
    assert find_faults(document) == ()


# What we write.


@pytest.mark.parametrize("seed", range(3))
def test_plans_of_a_county_break_no_rule_and_nothing_their_template_does_not(
    seed: int, configuration: Configuration, tmp_path: Path
) -> None:
    rng = Random(seed)
    county = invent_establishments(4, rng)
    returning = choose_returning(county, rng)
    for one, submission in zip(returning, invent_submissions(configuration, county, returning, rng), strict=True):
        assessment, _ = assess(submission, configuration.rubric, {})
        document, findings = PLAN.fill(
            plan_for(one.school, submission, assessment, configuration, CYCLE, TODAY), PROPERTIES, TODAY
        )
        assert document is not None, findings
        assert find_faults(document) == ()
    assert document is not None
    pytest.importorskip("openxml_audit")
    (tmp_path / "template.docx").write_bytes(PLAN.content)
    (tmp_path / "plan.docx").write_bytes(document)
    assert not complaints(tmp_path / "plan.docx") - complaints(tmp_path / "template.docx")


@pytest.fixture(scope="session")
def plan(configuration: Configuration) -> Plan:
    county = invent_establishments(4, Random(1))
    (submission,) = invent_submissions(configuration, county, county[:1], Random(1))
    assessment, _ = assess(submission, configuration.rubric, {})
    return plan_for(county[0].school, submission, assessment, configuration, CYCLE, TODAY)


@given(value=TEXT)
@settings(max_examples=25, deadline=None)
def test_the_quick_check_says_what_looking_at_the_whole_says(value: str, plan: Plan) -> None:
    """Hostile text everywhere, addresses of links included, which makes most of these no documents."""
    compiled, context = compile_template(PLAN.content), spread(plan, value)
    rendered = compiled.render({one.name: getattr(context, one.name) for one in fields(context)}, PROPERTIES, TODAY)
    quick = {fault.rule for fault in compiled.check(rendered)}
    whole = {fault.rule for fault in find_faults(compiled.join(rendered, fast=False))}
    assert quick == whole <= {Rule.LINK_FORM, Rule.TAG_LENGTH}  # references, which stand in the tags of lists, grow as well


def test_a_run_does_not_begin_with_a_template_that_word_would_repair(project: Path) -> None:
    (project / "templates" / "action_plan.docx").write_bytes(docx(tbl(1, tr("a"), "<w:tr></w:tr>")))
    code, said, errors = inclusion("run", "--project", str(project))
    assert code == 1
    assert "CF105" in errors
    assert Rule.ROW_CELLS.seen in errors
    assert "Nothing was done" in said


def test_a_document_that_word_would_repair_is_not_written_and_the_run_goes_on(
    project: Path, school: School, configuration: Configuration
) -> None:
    title = "{{ school.name }} {{ school.name }}"  # for one of the two it is longer than Word lets a control's title be
    broken_for_one = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:id w:val="7"/></w:sdtPr><w:sdtContent>{p("a")}</w:sdtContent></w:sdt>'
    )
    template = with_body(broken_for_one)
    (project / "templates" / "action_plan.docx").write_bytes(template)
    drop(project, "one.xlsx", complete(school, configuration))
    drop(project, "two.xlsx", complete(OTHER, configuration, {"5.1": "N"}))
    code, said, errors = inclusion("run", "--project", str(project))
    assert "Traceback" not in errors
    assert code == 1
    assert f"VD101  {school.file_stem}.docx" in errors
    assert "2 returns found = 2 rated" in said
    plans = [path.name for path in (project / "outputs" / CYCLE / "plans").iterdir()]
    assert plans == [f"{OTHER.file_stem}.docx"]
    assert not (project / "outputs" / CYCLE / "records" / "900101.json").exists()

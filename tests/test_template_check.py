"""The template contract: each kind of fault is told with its place, sound templates are left in peace, and a run waits for both."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from conftest import CYCLE, ROOT, Convert, W, complete, inclusion, texts
from lxml import etree
from random_template import invent_body
from small_template import Context, Row, docx, p, tbl, tc, tr

from pipeline.demo.awkward import invent_awkward
from pipeline.model.contract import CONTRACTS, DISTRICT, FILLED_BY_A_RUN, NOTE, PLAN, REPORT, Contract, each_of, names_of
from pipeline.model.finding import Finding
from pipeline.model.project import Configuration
from pipeline.model.template_checks import TEMPLATE_CHECKS
from pipeline.readers.register import load_register
from pipeline.readers.word_guard import guard_template
from pipeline.rules.naming import list_names
from pipeline.rules.template_report import describe_changes
from pipeline.runner.template_check import check_template
from pipeline.runner.template_preview import compare, last_batch
from pipeline.runner.workspace import open_workspace
from pipeline.writers.comparing import find_changes, read_lines
from pipeline.writers.contract.contrast import contrast
from pipeline.writers.template import Properties, Template

Edit = Callable[[str], str]
BODY = "word/document.xml"
STYLES = "word/styles.xml"
URN = "900001"  # a school of the shipped register


@cache
def shipped(name: str) -> bytes:
    return (ROOT / "templates" / name).read_bytes()


def edit_part(content: bytes, part: str, edit: Edit) -> bytes:
    """A template with one part changed."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            old = source.read(name)
            new = edit(old.decode()).encode() if name == part else old
            assert name != part or new != old, "nothing was edited"
            target.writestr(name, new)
    return result.getvalue()


def swap(old: str, new: str) -> Edit:
    """The first `old` changed to `new`."""
    return lambda text: text.replace(old, new, 1)


def pattern(old: str, new: str) -> Edit:
    return lambda text: re.sub(old, new, text, count=1, flags=re.DOTALL)


def in_front_of(words: str, added: str) -> Edit:
    """Something put in front of the paragraph that holds these words."""
    return lambda text: re.sub(rf"<w:p>(?:(?!<w:p>).)*{re.escape(words)}", lambda found: added + found[0], text, count=1)


def findings_of(content: bytes, contract: Contract = PLAN) -> list[Finding]:
    return [fault.finding for fault in check_template(content, "t.docx", contract)]


def para(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


FIRST = "What comes first"  # a heading of the plan, paragraph 17
# What is wrong → part, edit, the finding's code, and what its place, what was seen and the remedy say.
BROKEN: dict[str, tuple[str, Edit, str, str, str, str]] = {
    # Names.
    "a name misspelt": (BODY, swap("{{ school.name }}", "{{ shcool.name }}"), "TP402", "paragraph 4", "“shcool”", "Write “school”"),
    "a field misspelt in a loop": (BODY, swap("{{ area.level }}", "{{ area.lvel }}"), "TP402", "table 2, row 3, cell 2", "“area.lvel”", "Write “area.level”"),
    "a name in a condition": (BODY, swap("{%p if area.gaps %}", "{%p if area.gasp %}"), "TP402", "table 2, row 3, cell 2", "area.gasp", "area.gaps"),
    "a name in a loop's list": (BODY, swap("for action in area.opportunities", "for action in area.oportunities"), "TP402", "row 2, cell 1", "area.oportunities", "area.opportunities"),
    "a name outside its loop": (BODY, in_front_of(FIRST, para("{{ area.level }}")), "TP402", "paragraph", "“area”", "{%p for area in areas %}"),
    "a name without what holds it": (BODY, in_front_of(FIRST, para("{{ laestab }}")), "TP402", "paragraph", "laestab", "Write “school.laestab”"),
    "a name in the header": ("word/header1.xml", swap("{{ school.name }}", "{{ school.nmae }}"), "TP402", "header, paragraph 1", "nmae", "school.name"),
    "a name in the footer": ("word/footer1.xml", swap("{{ about.reference }}", "{{ about.ref }}"), "TP402", "footer, paragraph 1", "about.ref", "“about.reference”"),
    "a name in a picture's description": (BODY, swap('descr="Logo of Wendershire County Council"', 'descr="Logo of {{ authority.nam }}"'), "TP402", "paragraph 1", "authority.nam", "authority.name"),
    "a field of a list": (BODY, in_front_of(FIRST, para("{{ areas.name }}")), "TP402", "paragraph", "areas.name", "is a list"),
    "a field of a text": (BODY, in_front_of(FIRST, para("{{ school.name.first }}")), "TP402", "paragraph", "school.name.first", "“school.name” alone"),
    "a filter": (BODY, swap("{{ school.name }}", "{{ school.name|uper }}"), "TP414", "paragraph 4", "uper", "“upper”"),
    "a test": (BODY, swap("{%p if gaps %}", "{%p if gaps is definned %}"), "TP414", "paragraph", "definned", "“defined”"),
    "a list printed": (BODY, in_front_of(FIRST, para("{{ priorities }}")), "TP418", "paragraph", "{{ priorities }}", "it is a list"),
    "a whole thing printed": (BODY, swap("{{ school.name }}", "{{ school }}"), "TP418", "paragraph 4", "{{ school }}", "{{ school.name }}"),
    "a loop over a text": (BODY, in_front_of(FIRST, para("{%p for x in school.name %}") + para("a") + para("{%p endfor %}")), "TP418", "paragraph", "for x in school.name", "without a loop"),
    # Tags.
    "a tag not closed": (BODY, swap("{{ school.name }}", "{{ school.name"), "TP403", "paragraph 4", "{{ school.name", "}}"),
    "a tag closed with one brace": (BODY, swap("{{ school.name }}", "{{ school.name }"), "TP403", "paragraph 4", "{{ school.name }", "}}"),
    "an end alone": (BODY, in_front_of(FIRST, para("school.name }}")), "TP403", "paragraph", "“}}”", "{{"),
    "single braces": (BODY, swap("{{ school.name }}", "{school.name}"), "TP403", "paragraph 4", "{school.name}", "{{ school.name }}"),
    "a statement not closed": (BODY, swap("{%p if gaps %}", "{%p if gaps"), "TP403", "paragraph", "{%p if gaps", "%}"),
    "a tag over two cells": (BODY, lambda text: text.replace("{{ school.district }}", "{{ school.", 1).replace("{{ about.cycle }}", "district }}", 1), "TP404", "table 1, row 4, cell 2", "⏎", "two different cells"),
    "a tag over two paragraphs": (BODY, in_front_of(FIRST, para("{{ school") + para(".name }}")), "TP404", "paragraph", "⏎", "two different paragraphs"),
    "a tag half in a link": (BODY, in_front_of(FIRST, '<w:p><w:r><w:t>{{ school</w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t>.name }}</w:t></w:r></w:hyperlink></w:p>'), "TP404", "paragraph", "{{ school.name }}", "in one go"),
    "a tag round a picture": (BODY, in_front_of(FIRST, "<w:p><w:r><w:t>{{ school</w:t></w:r><w:r><w:drawing/></w:r><w:r><w:t>.name }}</w:t></w:r></w:p>"), "TP404", "paragraph", "{{ school.name }}", "picture"),
    "a tag in a tracked change": (BODY, in_front_of(FIRST, '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>{{ school.name }}</w:t></w:r></w:ins></w:p>'), "TP416", "paragraph", "{{ school.name }}", "Accept"),
    "a deleted tag": (BODY, in_front_of(FIRST, '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>{{ nobody }}</w:delText></w:r></w:del></w:p>'), "TP416", "paragraph", "{{ nobody }}", "Accept"),
    "an unseen character": (BODY, swap("{{ school.name }}", "{{ school\u200b.name }}"), "TP417", "paragraph 4", "school", "cannot be seen"),
    "a fixed space behind p": (BODY, swap("{%p if gaps %}", "{%p\u00a0if gaps %}"), "TP417", "paragraph", "if gaps", "ordinary spaces"),
    "low quotation marks": (BODY, swap('{%p if area.level == "Advanced" %}', "{%p if area.level == „Advanced“ %}"), "TP413", "table 2", "Advanced", "straight quotation mark"),
    "a long dash": (BODY, in_front_of(FIRST, para("{{ opportunity_count – 1 }}")), "TP413", "paragraph", "opportunity_count", "in place of “–”"),
    "quotes in a description": (BODY, swap('descr="Logo of Wendershire County Council"', "descr='{% if gaps == \"x\" %}a{% endif %}'"), "TP413", "paragraph 1", "if gaps", "without quotation marks"),
    "a space for a full stop": (BODY, swap("{{ school.name }}", "{{ school name }}"), "TP413", "paragraph 4", "school name", "{{ school.name }}"),
    "one equals sign": (BODY, swap('{%p if area.level == "Advanced" %}', '{%p if area.level = "Advanced" %}'), "TP413", "table 2", "area.level", "Write =="),
    "a statement misspelt": (BODY, swap("{%p endfor %}", "{%p enfor %}"), "TP413", "paragraph", "enfor", "“endfor”"),
    "a name between percent signs": (BODY, swap("{{ school.name }}", "{% school.name %}"), "TP413", "paragraph 4", "school.name", "{{ school.name }}"),
    "a statement between braces": (BODY, in_front_of(FIRST, para("{{ if gaps }}")), "TP413", "paragraph", "if gaps", "{% if gaps %}"),
    "a space before p": (BODY, swap("{%p if gaps %}", "{% p if gaps %}"), "TP413", "paragraph", "p if gaps", "%p with no space"),
    "else if": (BODY, swap("{%p elif area.unanswered %}", "{%p else if area.unanswered %}"), "TP413", "paragraph", "else if", "elif"),
    "another template": (BODY, in_front_of(FIRST, para("{% include 'x.docx' %}")), "TP413", "paragraph", "include", "cannot bring in another"),
    "nothing in a tag": (BODY, in_front_of(FIRST, para("{{ }}")), "TP413", "paragraph", "{{ }}", "delete it"),
    "a loop without in": (BODY, in_front_of(FIRST, para("{%p for area areas %}") + para("{%p endfor %}")), "TP413", "paragraph", "for area areas", "“in”"),
    # Conditions and loops.
    "a condition without an end": (BODY, in_front_of(FIRST, para("{%p if gaps %}")), "TP405", "paragraph", "{%p if gaps %}", "{%p endif %}"),
    "a loop without an end": (BODY, in_front_of(FIRST, para("{%p for action in gaps %}")), "TP405", "paragraph", "for action in gaps", "{%p endfor %}"),
    "an end too many": (BODY, in_front_of(FIRST, para("{%p endif %}")), "TP406", "paragraph", "{%p endif %}", "the “if” that it ends"),
    "an else too many": (BODY, in_front_of(FIRST, para("{%p else %}")), "TP406", "paragraph", "{%p else %}", "“if”"),
    "two that cross": (BODY, in_front_of(FIRST, "".join(map(para, ("{%p for x in gaps %}", "{%p if x.duty %}", "{%p endfor %}", "{%p endif %}")))), "TP407", "paragraph", "{%p endfor %}", "what begins last ends first"),
    "begun in one cell, ended in another": (BODY, lambda text: text.replace("{{ school.urn }}", "{% if gaps %}{{ school.urn }}", 1).replace("{{ school.phase }}", "{% endif %}{{ school.phase }}", 1), "TP408", "table 1, row 3, cell 2", "{% endif %}", "table 1, row 2, cell 2"),
    "begun with p, ended without": (BODY, in_front_of(FIRST, para("{%p if gaps %}") + para("x {% endif %}")), "TP408", "paragraph", "{% endif %}", "the same letters"),
    "begun outside a table, ended inside": (BODY, lambda text: text.replace("{{ school.urn }}", "{{ school.urn }}</w:t></w:r></w:p>" + para("{%p endif %}") + "<w:p><w:r><w:t>", 1).replace("<w:tbl>", para("{%p if gaps %}") + "<w:tbl>", 1), "TP408", "table 1, row 2, cell 2", "{%p endif %}", "the cell in which it begins"),
    # Text that would vanish.
    "text beside a paragraph tag": (BODY, swap("{%p if gaps %}", "Look here: {%p if gaps %}"), "TP409", "paragraph", "“Look here:”", "paragraph of its own"),
    "two tags in one paragraph": (BODY, in_front_of(FIRST, para("{%p if gaps %}{%p endif %}")), "TP409", "paragraph", "{%p endif %}", "paragraph of its own"),
    "a picture beside a paragraph tag": (BODY, in_front_of(FIRST, "<w:p><w:r><w:t>{%p if gaps %}</w:t></w:r><w:r><w:drawing/></w:r></w:p>" + para("{%p endif %}")), "TP409", "paragraph", "a picture", "paragraph of its own"),
    "text beside a row tag": (BODY, swap("{%tr for area in areas %}", "{%tr for area in areas %} Areas"), "TP410", "table 2, row 2, cell 1", "“Areas”", "row of its own"),
    "a row tag in the row it repeats": (BODY, lambda text: text.replace("{{ action.ref }}", "{%tr for action in gaps %}{{ action.ref }}", 1), "TP410", "table 4, row 3, cell 1", "action.ref", "row of its own"),
    # Tables.
    "a row tag outside a table": (BODY, in_front_of(FIRST, para("{%tr if gaps %}") + para("{%tr endif %}")), "TP411", "paragraph", "{%tr if gaps %}", "%p"),
    "a loop over no row": (BODY, pattern(r"(\{%tr for source in sources %\}.*?</w:tr>)<w:tr>.*?</w:tr>(<w:tr>(?:(?!<w:tr>).)*\{%tr endfor)", r"\1\2"), "TP412", "table", "for source in sources", "row to be repeated"),
    "a table that may have no row": (BODY, in_front_of(FIRST, tbl(1, tr("{%tr for x in gaps %}"), tr("{{ x.ref }}"), tr("{%tr endfor %}")) + para("a")), "TP412", "table 2", "no row", "heading row"),
    # What Word could not open, and what nobody fills.
    "a cell's colour": (BODY, swap("{{ school.name }}", "{% cellbg school.name %}x"), "TP419", "paragraph 4", "cellbg", "Delete it"),
    "a value for a paragraph": (BODY, in_front_of(FIRST, para("{{p school.name }}")), "TP419", "paragraph", "{{p school.name }}", "{{ school.name }}"),
    "a tag in a link's address": ("word/_rels/document.xml.rels", swap("</Relationships>", '<Relationship Id="rId99" Type="http://x/hyperlink" Target="https://%7B%7Bschool.name%7D%7D" TargetMode="External"/></Relationships>'), "TP415", "t.docx", "a link's address", "field"),
    # House style.
    "a house style that is missing": (STYLES, swap('<w:name w:val="Rating 4"/>', '<w:name w:val="Rating four"/>'), "TP430", "t.docx", "Rating 4", ""),
    "a style that is named and not there": (BODY, swap('w:val="Callout"', 'w:val="Calllout"'), "TP431", "paragraph", "Calllout", "list of styles"),
    "a font set by hand": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:rFonts w:ascii="Comic Sans MS"/><w:sz w:val="40"/></w:rPr><w:t>Hello.</w:t></w:r></w:p>'), "TP432", "paragraph", "font, size", "style"),
    "tracked changes": (BODY, in_front_of(FIRST, '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>Hello.</w:t></w:r></w:ins></w:p>'), "TP434", "t.docx", "changes", "Accept"),
    "tags that leave empty paragraphs": (BODY, in_front_of(FIRST, para("{% if gaps %}") + para("x") + para("{% endif %}")), "TP435", "paragraph", "{% if gaps %}", "{%p if gaps %}"),
    # Accessibility.
    "a picture kept elsewhere": ("word/_rels/document.xml.rels", swap("</Relationships>", '<Relationship Id="rId99" Type="http://x/image" Target="https://x.example/a.png" TargetMode="External"/></Relationships>'), "TP436", "t.docx", "a picture kept elsewhere", "into the template"),
    "no title": ("docProps/core.xml", pattern(r"<dc:title>.*?</dc:title>", ""), "TP440", "t.docx", "no title", "Title"),
    "another language": (STYLES, swap('w:lang w:val="en-GB"', 'w:lang w:val="en-US"'), "TP441", "t.docx", "en-US", "United Kingdom"),
    "a language set by hand": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>Bon.</w:t></w:r></w:p>'), "TP441", "paragraph", "fr-FR", "United Kingdom"),
    "a heading that skips a level": (BODY, in_front_of(FIRST, '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>Aside</w:t></w:r></w:p>'), "TP442", "paragraph", "Heading 3 after the beginning", "Heading 1"),
    "small text": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>Hello.</w:t></w:r></w:p>'), "TP455", "paragraph", "8 points", "12"),
    "an empty heading": (BODY, in_front_of(FIRST, '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>'), "TP443", "paragraph", "Heading 1", "Delete"),
    "bold for a heading": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>Our vision</w:t></w:r></w:p>'), "TP444", "Our vision", "bold", "Heading 1"),
    "a heading row not marked": (BODY, swap("<w:tblHeader/>", ""), "TP445", "table 2", "not marked", "Repeat"),
    "merged cells": (BODY, swap("<w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>", '<w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:vMerge/>'), "TP446", "table 1", "merged", "Split"),
    "a table without a title": (BODY, pattern(r"<w:tblCaption [^>]*/>", ""), "TP447", "table 1", "no title", "Alt Text"),
    "a row that may be split": (BODY, swap("<w:cantSplit/>", ""), "TP448", "table 1", "row 1", "Untick"),
    "a picture without a description": (BODY, swap('name="Logo" descr="Logo of Wendershire County Council"', 'name="Logo"'), "TP449", "paragraph 1", "Logo", "Alt Text"),
    "a text box": (BODY, in_front_of(FIRST, f"<w:p><w:r><w:pict><w:txbxContent>{para('Hello.')}</w:txbxContent></w:pict></w:r></w:p>"), "TP450", "paragraph", "text box", "In Line"),
    "a bare address for a link": (BODY, in_front_of(FIRST, '<w:p><w:hyperlink w:anchor="x"><w:r><w:t>https://www.gov.uk/x</w:t></w:r></w:hyperlink></w:p>'), "TP451", "paragraph", "gov.uk", "title"),
    "an address filled in for a link": (BODY, swap("{{ resource.title }}", "{{ resource.address }}"), "TP451", "table", "resource.address", "title"),
    "an empty paragraph": (BODY, in_front_of(FIRST, "<w:p/>"), "TP452", "paragraph", "nothing", "space"),
    "tabs for columns": (BODY, in_front_of(FIRST, "<w:p><w:r><w:t>Name</w:t><w:tab/><w:t>Date</w:t></w:r></w:p>"), "TP453", "paragraph", "tabs", "table"),
    "pale text": (STYLES, swap('<w:style w:type="paragraph" w:styleId="Callout" w:customStyle="1"><w:name w:val="Callout"/><w:basedOn w:val="Normal"/><w:qFormat/>', '<w:style w:type="paragraph" w:styleId="Callout" w:customStyle="1"><w:name w:val="Callout"/><w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:color w:val="9DB3B7"/></w:rPr>'), "TP454", "paragraph", "9DB3B7 on DCE8EA", "4.5"),
    "italics": (BODY, in_front_of(FIRST, "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Please read.</w:t></w:r></w:p>"), "TP456", "paragraph", "italics", "Strong"),
    "justified text": (BODY, in_front_of(FIRST, '<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>Please read.</w:t></w:r></w:p>'), "TP457", "paragraph", "justified", "left"),
    "bullets typed by hand": (BODY, in_front_of(FIRST, para("• one thing")), "TP458", "paragraph", "•", "List Bullet"),
    "a control without a title": (BODY, in_front_of(FIRST, f"<w:sdt><w:sdtPr/><w:sdtContent>{para('Choose.')}</w:sdtContent></w:sdt>"), "TP459", "paragraph", "no title", "Properties"),
    "pages turned both ways": (BODY, in_front_of(FIRST, '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'), "TP460", "t.docx", "landscape", "orientation"),
    "two titles": (BODY, swap('w:val="Subtitle"', 'w:val="Title"'), "TP461", "paragraph", "2 paragraphs", "exactly one"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_each_kind_of_fault_is_told_with_its_place(case: str) -> None:
    part, edit, code, place, seen, remedy = BROKEN[case]
    found = findings_of(edit_part(shipped(PLAN.file), part, edit))
    mine = [one for one in found if one.code == code and place in f"{one.place}" and seen in one.seen and remedy in one.fix]
    assert mine, [(one.code, f"{one.place}", one.seen, one.fix) for one in found]


SHIPPED = [(contract.file, contract) for contract in CONTRACTS]
SHIPPED += [(f"extracts/{path.name}", PLAN) for path in sorted((ROOT / "templates" / "extracts").glob("*.docx"))]


@pytest.mark.parametrize(("file", "contract"), SHIPPED, ids=[file for file, _ in SHIPPED])
def test_nothing_is_wrong_with_the_shipped_templates(file: str, contract: Contract) -> None:
    assert findings_of(shipped(file), contract) == []


def test_every_fault_is_told_at_once_in_the_order_of_the_document() -> None:
    edits = (
        ("{{ about.agreed }}", "{{ about.agred }}"),
        ("{{ area.lift }}", "{{ area.lft }}"),
        ("{%p if gaps %}", "Look: {%p if gaps %}"),
    )
    content = shipped(PLAN.file)
    for old, new in edits:
        content = edit_part(content, BODY, swap(old, new))
    assert [(one.code, one.place.cell.partition(" (")[0]) for one in findings_of(content)] == [
        ("TP402", "table 1, row 7, cell 2"),
        ("TP409", "paragraph 51"),
        ("TP402", "table 6, row 3, cell 3, paragraph 4"),
    ]


# What an author may write without being told off. Each stands alone in a small template, filled from a plan.
SOUND = {
    "a tag broken into runs by formatting": '<w:p><w:r><w:t>{{ scho</w:t></w:r><w:r><w:rPr><w:rStyle w:val="x"/></w:rPr><w:t>ol.na</w:t></w:r><w:r><w:t>me }}</w:t></w:r></w:p>',
    "braces broken apart": "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ school.name }</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p>",
    "curly quotation marks": para("{%p if overall.level == “Advanced” %}") + para("a") + para("{%p endif %}"),
    "a condition in a line": para("{% if gaps %}a{% elif priorities %}b{% else %}c{% endif %}"),
    "a condition over runs": "<w:p><w:r><w:t>{% if gaps %}a</w:t></w:r><w:r><w:t>b{% endif %}</w:t></w:r></w:p>",
    "a loop in a loop": para("{%p for one in areas %}") + para("{%p for two in one.opportunities %}") + para("{{ two.ref }} {{ loop.index }} {{ one.name }}") + para("{%p endfor %}") + para("{%p endfor %}"),
    "a loop with a condition": para("{%p for a in areas if a.gaps %}") + para("{{ a.name }}") + para("{%p endfor %}"),
    "filters": para("{{ school.name|upper }} {{ areas|length }} {{ (areas|first).name }} {{ gaps|map(attribute='ref')|join(', ') }}"),
    "what filters leave a list": para("{%p for a in areas|selectattr('gaps')|sort(attribute='name') %}") + para("{{ a.level }}") + para("{%p endfor %}"),
    "one of a list": para("{{ areas[0].name }} {{ areas[1:]|length }} {{ areas[-1].opportunities[0].ref }}"),
    "a choice of values": para("{{ 'yes' if about.shares_practice else 'no' }} {{ school.name ~ '!' }} {{ opportunity_count + 1 }}"),
    "a method of a text": para("{{ school.name.title() }}"),
    "a value set": para("{% set one = areas|first %}{{ one.name }}"),
    "a note to oneself": para("a{# {{ nobody }} #}") + para("{#p a paragraph #}"),
    "text that is to stand as braces": para("{_{ school.name }_} {% raw %}{{ nobody }} }}{% endraw %} { a }"),
    "a macro": para("{%p macro shown(x) %}") + para("{{ x }}!") + para("{%p endmacro %}") + para("{{p shown(school.name) }}"),
    "rows below a heading": tbl(1, tr("Ref"), tr("{%tr for a in gaps %}"), tr("{{ a.ref }}"), tr("{%tr endfor %}")),
    "rows alone where there are some": para("{%p if gaps %}") + tbl(1, tr("{%tr for a in gaps %}"), tr("{{ a.ref }}"), tr("{%tr endfor %}")) + para("{%p endif %}"),
    "one row or another": tbl(1, tr("{%tr if gaps %}"), tr("a"), tr("{%tr else %}"), tr("b"), tr("{%tr endif %}")),
    "cells for a list": tbl(3, tr("Area", "{%tc for a in areas %}", "{{ a.name }}", "{%tc endfor %}")),
    "a table in a cell": tbl(2, tr("x", tc(tbl(1, tr("{%tr if gaps %}"), tr("c"), tr("{%tr endif %}"), tr("d")), p("")))),
}  # fmt: skip


@pytest.mark.parametrize("case", SOUND)
def test_what_works_is_no_error(case: str) -> None:
    errors = [one for one in findings_of(docx(SOUND[case])) if one.is_error]
    assert errors == []


INVENTED = Contract("t.docx", "A template of tests", Context, {})


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_found_sound_can_be_filled_and_leaves_whole_tables(seed: int) -> None:
    """Templates made at random, with names that are right: what goes wrong with them was told before."""
    rng, sound, filled = Random(seed), 0, 0
    rows = (Row("one", ("a", "b")), Row("two & <three>"))
    for _ in range(60):
        content = docx(invent_body(rng))
        if any(one.is_error for one in findings_of(content, INVENTED)):
            continue
        sound += 1
        for context in (Context(), Context("x", rows[:1], True), Context("y", rows * 2, False, 3)):
            document, findings = Template("t", content).fill(context, Properties("a", "b", "c"), date(2026, 11, 23))
            if document is None:  # what only values decide: no document that Word would have to repair is made, and it is told
                assert {one.code for one in findings} == {"VD101"}
                continue
            filled += 1
            assert findings == ()
            body = etree.fromstring(parts_of(document)[BODY])
            assert all(table.find(f"{{{W}}}tr") is not None for table in body.iter(f"{{{W}}}tbl"))
            assert all(row.find(f"{{{W}}}tc") is not None for row in body.iter(f"{{{W}}}tr"))
            assert all(cell[-1].tag == f"{{{W}}}p" for cell in body.iter(f"{{{W}}}tc"))
    assert sound >= 30
    assert filled >= 60


def test_a_sound_template_is_filled(configuration: Configuration) -> None:
    """So that what was found sound is so: all of them together, for each of the awkward schools."""
    body = "".join(SOUND.values())
    for awkward in invent_awkward(PLAN, configuration, CYCLE, date(2026, 11, 23)):
        if awkward.context.areas[-1].opportunities:  # one of the cases asks for the first of them
            document, findings = Template("t", docx(body)).fill(awkward.context, Properties("a", "b", "c"), date(2026, 11, 23))
            assert (findings, document is not None) == ((), True)


NO_TEMPLATES = {
    b"": ("TP400", "empty"), b"plain words": ("TP400", "no Word document"), b"PK\3\4 and no more": ("TP400", "damaged"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old": ("TP400", "Word 2003"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"): ("TP400", "password"),
    b"PK\3\4" + bytes(26_000_000): ("TP401", "26 MB"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), NO_TEMPLATES.items(), ids=[seen for _, seen in NO_TEMPLATES.values()])
def test_what_is_no_template_is_findings_of(content: bytes, expected: tuple[str, str]) -> None:
    (finding,) = guard_template(content, "t.docx")
    assert (finding.code, expected[1] in finding.seen) == (expected[0], True)
    assert [one.code for one in findings_of(content)] == [expected[0]]


MAIN = "wordprocessingml.document.main+xml"
TYPES = "[Content_Types].xml"
OTHERS: dict[str, tuple[str, Edit, str]] = {
    "macros": (TYPES, swap(f"application/vnd.openxmlformats-officedocument.{MAIN}", "application/vnd.ms-word.document.macroEnabled.main+xml"), "TP401"),
    "a .dotx": (TYPES, swap(MAIN, "wordprocessingml.template.main+xml"), "TP400"),
    "a workbook": (TYPES, swap(MAIN, "spreadsheetml.sheet.main+xml"), "TP400"),
    "a declaration": (BODY, swap("<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document'), "TP401"),
    "strict Open XML": (BODY, swap(W, "http://purl.oclc.org/ooxml/wordprocessingml/main"), "TP400"),
    "a part that is no XML": (BODY, swap("<w:body>", "<w:body><w:p>"), "TP400"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_other_kinds_of_files_are_told(case: str) -> None:
    part, edit, code = OTHERS[case]
    assert [one.code for one in findings_of(edit_part(shipped(PLAN.file), part, edit))] == [code]


def test_every_code_is_raised_here() -> None:
    """Each of the catalogue's kinds of template faults has a case above, or a test of its own below."""
    cases = {case[2] for case in BROKEN.values()} | {case[2] for case in OTHERS.values()}
    assert {check.code for check in TEMPLATE_CHECKS} - cases == {"TP433"}


# The marked copy.


def commented(tmp_path: Path, content: bytes) -> tuple[bytes, str]:
    """A project's plan template replaced; the marked copy, and what was printed."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "templates" / PLAN.file).write_bytes(content)
    code, out, err = inclusion("template", "check", "--project", str(tmp_path))
    assert code == 1
    return (tmp_path / "outputs" / "templates" / "action_plan (faults marked).docx").read_bytes(), out + err


@pytest.fixture
def two_faults() -> bytes:
    content = edit_part(shipped(PLAN.file), BODY, swap("{{ area.lift }}", "{{ area.lft }}"))
    return edit_part(content, "word/header1.xml", swap("{{ school.name }}", "{{ shcool.name }}"))


def words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join(map(str, element.itertext()))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_marked_copy_has_a_comment_at_each_fault_and_is_otherwise_the_template(tmp_path: Path, two_faults: bytes) -> None:
    marked, shown = commented(tmp_path, two_faults)
    before, after = parts_of(two_faults), parts_of(marked)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {BODY, TYPES, "word/_rels/document.xml.rels", "word/comments1.xml"}
    body, comments = etree.fromstring(after[BODY]), etree.fromstring(after["word/comments1.xml"])
    said = {one.get(f"{{{W}}}id"): words(one) for one in comments}
    assert {one.get(f"{{{W}}}author") for one in comments} == {"Inclusive Practice Toolkit"}
    assert list(said) == [f"{number}" for number in range(len(said))]
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert {one.get(f"{{{W}}}id") for one in body.iter(f"{{{W}}}{kind}")} == said.keys()
    (lift,) = [one for one, text in said.items() if "area.lft" in text]
    (start,) = body.iterfind(f".//{{{W}}}commentRangeStart[@{{{W}}}id='{lift}']")
    assert "{{ area.lft }}" in words(start.getparent())
    assert "Write “area.lift”" in said[lift]
    assert any("header, paragraph 1" in text for text in said.values())
    runs = [one.getparent() for one in body.iter(f"{{{W}}}commentReference")]
    etree.strip_elements(body, f"{{{W}}}commentRangeStart", f"{{{W}}}commentRangeEnd", f"{{{W}}}commentReference")
    for run in runs:
        paragraph = run.getparent() if run is not None else None
        assert run is not None
        assert paragraph is not None
        paragraph.remove(run)
    assert etree.tostring(body, method="c14n") == etree.tostring(etree.fromstring(before[BODY]), method="c14n")
    assert "2 errors" in shown
    assert "TP433" in {one.code for one in findings_of(marked)}  # the comments, if it is used as it is


def test_another_program_opens_the_marked_copy_and_shows_the_comments(
    tmp_path: Path, two_faults: bytes, convert: Convert
) -> None:
    (tmp_path / "marked.docx").write_bytes(commented(tmp_path / "a project", two_faults)[0])
    shown = convert(tmp_path / "marked.docx", "fodt").read_text("utf-8")
    assert shown.count("<office:annotation ") == shown.count("<dc:creator>Inclusive Practice Toolkit</dc:creator>") >= 2
    assert "area.lft" in shown


def test_a_marked_copy_goes_when_all_is_mended_and_one_worked_on_stays(tmp_path: Path) -> None:
    small = docx(p("{{ nobody }}"))
    templates, out = tmp_path / "templates", tmp_path / "outputs" / "templates"
    templates.mkdir(parents=True)
    draft = templates / "action_plan draft.docx"
    draft.write_bytes(small)
    assert inclusion("template", "check", "--project", str(tmp_path), str(draft))[0] == 1
    (marked,) = out.glob("*.docx")
    marked.write_bytes(marked.read_bytes() + b" ")  # somebody's work
    assert inclusion("template", "check", "--project", str(tmp_path), str(draft))[0] == 1
    assert sorted(path.name.partition("hand ")[0] for path in out.glob("*.docx")) == [
        "action_plan draft (faults marked) (changed by ", "action_plan draft (faults marked).docx",
    ]  # fmt: skip


# A run waits.


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, configuration: Configuration) -> Path:
    """A project of one school that has been run, with a draft of a plan template beside it."""
    folder = tmp_path_factory.mktemp("county")
    for name in ("config", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    returns = folder / "inputs" / CYCLE / "returns"
    returns.mkdir(parents=True)
    register, _ = load_register(ROOT / "config" / "schools.csv", "schools.csv")
    content = complete(register[URN], configuration, {"1.1": "A", "5.2": "N"}, evidence={"1.1": "Seen by Mrs Secret."})
    (returns / "a.xlsx").write_bytes(content)
    assert inclusion("run", "-q", "--project", str(folder))[0] == 0
    return folder


def test_a_run_does_not_begin_with_a_broken_template_and_says_why(county: Path) -> None:
    path = county / "templates" / PLAN.file
    sound = path.read_bytes()
    outputs = {one: one.stat().st_mtime_ns for one in (county / "outputs").rglob("*")}
    try:
        path.write_bytes(edit_part(sound, BODY, swap("{%p if gaps %}", "Read this: {%p if gaps %}")))
        code, out, err = inclusion("run", "--project", str(county))
    finally:
        path.write_bytes(sound)
    assert (code, "TP409" in err, "paragraph 51" in err, "inclusion template check" in out) == (1, True, True, True)
    assert {one: one.stat().st_mtime_ns for one in (county / "outputs").rglob("*")} == outputs


def test_a_template_found_sound_is_remembered_until_it_changes(county: Path, tmp_path: Path) -> None:
    shutil.copytree(county / "templates", tmp_path / "templates")
    (tmp_path / "outputs").mkdir()
    remembered = county / "outputs" / ".templates"
    assert len(remembered.read_text().split()) == len(FILLED_BY_A_RUN)
    shutil.copy(remembered, tmp_path / "outputs")
    code = (
        "import sys, pathlib; from pipeline.runner.templates import load_templates as load; "
        "found, findings = load(pathlib.Path(sys.argv[1]), sys.argv[2:], fast=False); "
        "print(len(found), [one.code for one in findings], 'docxtpl' in sys.modules)"
    )

    def load() -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), *(one.file for one in FILLED_BY_A_RUN)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return done.stdout.strip()

    assert load() == f"{len(FILLED_BY_A_RUN)} [] False"  # so that it costs a run nothing
    path = tmp_path / "templates" / PLAN.file
    path.write_bytes(edit_part(path.read_bytes(), BODY, swap("{{ area.lift }}", "{{ area.lft }}")))
    assert load() == f"{len(FILLED_BY_A_RUN) - 1} ['TP402'] True"


# Names.


def test_every_name_of_every_template_has_its_meaning_and_no_other_has() -> None:
    for contract in CONTRACTS:
        wanted, waiting = set(), [contract.context]
        while waiting:
            context = waiting.pop()
            for name, kind in names_of(context).items():
                wanted.add(f"{context.__name__}.{name}")
                inner = each_of(kind) or kind
                waiting += [inner] if names_of(inner) else []
                assert bool(contract.meaning(context, name).each) == bool(each_of(kind)), name
        assert set(contract.names) == wanted
        for line in list_names(contract):
            assert line.meaning.endswith("."), line
            assert line.is_loop or line.example or line.tag == "{{ action.cost }}", line


def test_every_tag_of_the_page_is_one_that_works() -> None:
    """The tags of each list stand in its loop, as the page shows them."""
    for contract in CONTRACTS:
        body, depth = [], 0
        for line in list_names(contract):
            body += [p("{%p endfor %}")] * (depth - line.depth)
            body.append(p(line.tag))
            depth = line.depth + line.is_loop
        body += [p("{%p endfor %}")] * depth
        assert [one for one in findings_of(docx("".join(body)), contract) if one.is_error] == []


def test_names_are_printed_with_meaning_and_example() -> None:
    code, out, _ = inclusion("template", "names", "return_note")
    assert code == 0
    assert "{{ school.urn }}" in out
    assert "Example: 900101" in out
    assert "opportunities" not in out
    assert inclusion("template", "names", "letter")[0] == 2


# The preview.


def test_the_awkward_schools_are_as_awkward_as_they_say(configuration: Configuration) -> None:
    plans = {one.title: one.context for one in invent_awkward(PLAN, configuration, CYCLE, date(2026, 11, 23))}
    assert len(plans) == 5
    assert plans["no opportunities"].opportunity_count == 0
    assert plans["sixty opportunities"].opportunity_count == 60
    assert all(area.unanswered for area in plans["not rated"].areas)
    assert len(plans["longest names and texts"].school.name) > 150
    notes = [one.context for one in invent_awkward(NOTE, configuration, CYCLE, date(2026, 11, 23))]
    assert {bool(note.school.urn) for note in notes} == {note.can_be_rated for note in notes} == {True, False}


def try_template(county: Path, edit: Edit) -> list[str]:
    """What an edited plan template is said to change."""
    workspace, findings = open_workspace(county, None)
    assert workspace, findings
    assert last_batch(workspace) == CYCLE
    compared = compare(PLAN, edit_part(shipped(PLAN.file), BODY, edit), workspace, CYCLE)
    return list(describe_changes([(one.school, [(it.what, it.words, it.where) for it in one.changes]) for one in compared]))


def test_a_preview_fills_five_schools_and_compares(county: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(edit_part(shipped(PLAN.file), BODY, swap(FIRST, "First things")))
    arguments = ("template", "preview", "--project", str(county), str(draft), "--out", str(tmp_path / "out"))
    code, out, err = inclusion(*arguments)
    assert (code, err) == (0, "")
    assert f"Words changed: 1 document ({URN}), in 2 places" in out
    made = sorted((tmp_path / "out").glob("*.docx"))
    assert len(made) == 5
    assert "{{ 7*7 }}" in texts(made[4].read_bytes())
    draft.write_bytes(edit_part(draft.read_bytes(), BODY, swap("{{ entry.text }}", "{{ entry.txet }}")))
    code, out, err = inclusion(*arguments)
    assert (code, "TP402" in err, "Nothing was filled" in out) == (1, True, True)


@pytest.mark.parametrize(
    ("contract", "words", "paper"),
    [(REPORT, "Levels by area", "Autumn term 2026"), (DISTRICT, "Where schools stand", "Brackmarsh")],
)
def test_a_preview_of_a_paper_fills_awkward_counties_and_compares(
    county: Path, tmp_path: Path, contract: Contract, words: str, paper: str
) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(edit_part(shipped(contract.file), BODY, swap(words, "A new heading")))
    code, out, err = inclusion("template", "preview", "--project", str(county), str(draft), "--out", str(tmp_path / "out"))
    assert (code, err) == (0, "")
    assert "Words changed: " in out
    assert paper in out
    made = {path.stem.split(" ", 2)[2]: path.read_bytes() for path in (tmp_path / "out").glob("*.docx")}
    assert {"a first cycle", "everything to tell", "few schools", "nobody returned"} <= made.keys()
    assert all("A new heading" in texts(content) for content in made.values())
    assert ("for one school alone" in made) == (contract is DISTRICT)
    everything = texts(made["everything to tell"])
    needed = (
        ("Movement since The cycle before", "Overdue and stuck actions")
        if contract is REPORT
        else ("Llanfairbrackenmarlhurst",)
    )
    assert all(one in everything for one in needed)


def test_layout_is_told_from_words(county: Path) -> None:
    assert try_template(county, swap('w:val="Callout"', 'w:val="CalloutAlert"')) == [
        f"Layout only: 1 document ({URN}). Not a word differs."
    ]
    both = try_template(
        county, lambda text: text.replace(FIRST, "First things").replace("{{ about.agreed }}", "{{ about.completed }}")
    )
    assert both == [
        f"Words changed: 1 document ({URN}), in 6 places:",
        "  taken out before the first heading: “{{ about.agreed }}”",
        f"  taken out before the first heading: “{FIRST}”",
        f"  taken out under “{FIRST}”: “{FIRST}”",
        "  put in before the first heading: “{{ about.completed }}”",
        "  put in before the first heading: “First things”",
        "  put in under “First things”: “First things”",
    ]


def test_a_preview_never_quotes_a_school(county: Path) -> None:
    shown = "\n".join(try_template(county, swap("{{ entry.text }}", "{{ entry.text }}!")))
    assert "“{{ entry.criterion }} {{ entry.title }} ({{ entry.answer }}): {{ entry.text }}!”" in shown
    assert "Secret" not in shown


def test_moved_words_are_told_as_moved(configuration: Configuration) -> None:
    plan = invent_awkward(PLAN, configuration, CYCLE, date(2026, 11, 23))[0].context
    before, after = (
        read_lines(docx(p("One") + p(first) + p(second)), plan)
        for first, second in (("Two", "{{ school.urn }}"), ("{{ school.urn }}", "Two"))
    )
    (change,) = find_changes(before, after)
    assert (change.what, change.where) == ("moved", "before the first heading")
    hostile = replace(plan, school=replace(plan.school, name="a\ue012 secret \ue010 b \ue011 c"))
    (line,) = read_lines(docx(p("Of {{ school.name }}")), hostile)[:1]
    assert line.own == "Of {{ school.name }}"
    assert find_changes(before, before) == ()


@pytest.mark.parametrize(
    ("pair", "ratio"), [(("000000", "FFFFFF"), 21.0), (("FFFFFF", "FFFFFF"), 1.0), (("767676", "FFFFFF"), 4.54)]
)
def test_contrast_is_wcags(pair: tuple[str, str], ratio: float) -> None:
    """The known values of WCAG's own examples."""
    assert round(contrast(*pair), 2) == ratio == round(contrast(*pair[::-1]), 2)

"""The template contract: each kind of fault is told with its place, sound templates are left in peace, and a run waits for both."""

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from conftest import ROOT
from small_template import tbl, tr

from pipeline.model.contract import PLAN
from pipeline.model.finding import Finding
from pipeline.runner.template_check import check_template

Edit = Callable[[str], str]
BODY = "word/document.xml"
STYLES = "word/styles.xml"


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


def findings_of(content: bytes, contract: object = PLAN) -> list[Finding]:
    return [fault.finding for fault in check_template(content, "t.docx", contract)]  # type: ignore[arg-type]


KNOWN_WARNINGS = {"TP430", "TP442", "TP455"}  # true of the shipped templates, and theirs to mend


def told(content: bytes) -> list[Finding]:
    return [finding for finding in findings_of(content) if finding.code not in KNOWN_WARNINGS]


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
    "a name in a picture's description": (BODY, swap('descr="Logo of the local authority"', 'descr="Logo of {{ authority.nam }}"'), "TP402", "paragraph 1", "authority.nam", "authority.name"),
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
    "quotes in a description": (BODY, swap('descr="Logo of the local authority"', "descr='{% if gaps == \"x\" %}a{% endif %}'"), "TP413", "paragraph 1", "if gaps", "without quotation marks"),
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
    "a row tag in the row it repeats": (BODY, lambda text: text.replace("{{ action.ref }}", "{%tr for action in gaps %}{{ action.ref }}", 1), "TP410", "table 3, row 3, cell 1", "action.ref", "row of its own"),
    # Tables.
    "a row tag outside a table": (BODY, in_front_of(FIRST, para("{%tr if gaps %}") + para("{%tr endif %}")), "TP411", "paragraph", "{%tr if gaps %}", "%p"),
    "a loop over no row": (BODY, pattern(r"(\{%tr for source in sources %\}.*?</w:tr>)<w:tr>.*?</w:tr>(<w:tr>(?:(?!<w:tr>).)*\{%tr endfor)", r"\1\2"), "TP412", "table", "for source in sources", "row to be repeated"),
    "a table that may have no row": (BODY, in_front_of(FIRST, tbl(1, tr("{%tr for x in gaps %}"), tr("{{ x.ref }}"), tr("{%tr endfor %}")) + para("a")), "TP412", "table 3", "no row", "heading row"),
    # What Word could not open, and what nobody fills.
    "a cell's colour": (BODY, swap("{{ school.name }}", "{% cellbg school.name %}x"), "TP419", "paragraph 4", "cellbg", "Delete it"),
    "a value for a paragraph": (BODY, in_front_of(FIRST, para("{{p school.name }}")), "TP419", "paragraph", "{{p school.name }}", "{{ school.name }}"),
    "a tag in a link's address": ("word/_rels/document.xml.rels", swap("</Relationships>", '<Relationship Id="rId99" Type="http://x/hyperlink" Target="https://%7B%7Bschool.name%7D%7D" TargetMode="External"/></Relationships>'), "TP415", "t.docx", "a link's address", "field"),
    # House style.
    "a style that is named and not there": (BODY, swap('w:val="Callout"', 'w:val="Calllout"'), "TP431", "paragraph", "Calllout", "list of styles"),
    "a font set by hand": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:rFonts w:ascii="Comic Sans MS"/><w:sz w:val="40"/></w:rPr><w:t>Hello.</w:t></w:r></w:p>'), "TP432", "paragraph", "font, size", "style"),
    "tracked changes": (BODY, in_front_of(FIRST, '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>Hello.</w:t></w:r></w:ins></w:p>'), "TP434", "t.docx", "changes", "Accept"),
    "tags that leave empty paragraphs": (BODY, in_front_of(FIRST, para("{% if gaps %}") + para("x") + para("{% endif %}")), "TP435", "paragraph", "{% if gaps %}", "{%p if gaps %}"),
    # Accessibility.
    "no title": ("docProps/core.xml", pattern(r"<dc:title>.*?</dc:title>", ""), "TP440", "t.docx", "no title", "Title"),
    "another language": (STYLES, swap('w:lang w:val="en-GB"', 'w:lang w:val="en-US"'), "TP441", "t.docx", "en-US", "United Kingdom"),
    "a language set by hand": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>Bon.</w:t></w:r></w:p>'), "TP441", "paragraph", "fr-FR", "United Kingdom"),
    "an empty heading": (BODY, in_front_of(FIRST, '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>'), "TP443", "paragraph", "Heading 1", "Delete"),
    "bold for a heading": (BODY, in_front_of(FIRST, '<w:p><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>Our vision</w:t></w:r></w:p>'), "TP444", "Our vision", "bold", "Heading 1"),
    "a heading row not marked": (BODY, swap("<w:tblHeader/>", ""), "TP445", "table 2", "not marked", "Repeat"),
    "merged cells": (BODY, swap("<w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>", '<w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:vMerge/>'), "TP446", "table 1", "merged", "Split"),
    "a table without a title": (BODY, pattern(r"<w:tblCaption [^>]*/>", ""), "TP447", "table 1", "no title", "Alt Text"),
    "a row that may be split": (BODY, swap("<w:cantSplit/>", ""), "TP448", "table 1", "row 1", "Untick"),
    "a picture without a description": (BODY, swap('name="Logo" descr="Logo of the local authority"', 'name="Logo"'), "TP449", "paragraph 1", "Logo", "Alt Text"),
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
    found = told(edit_part(shipped(PLAN.file), part, edit))
    mine = [one for one in found if one.code == code and place in f"{one.place}" and seen in one.seen and remedy in one.fix]
    assert mine, [(one.code, f"{one.place}", one.seen, one.fix) for one in found]

"""Templates: what comes out is what docxtpl makes of them, values are only ever text, and what is not filled is not touched."""

import pickle
import re
import subprocess
import sys
import zipfile
from dataclasses import fields, is_dataclass, replace
from datetime import date
from io import BytesIO, RawIOBase
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CYCLE, ROOT
from docx import Document
from docxtpl import RichText
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from random_template import invent_body
from small_template import CORE, Context, Row, by_docxtpl, canonical, docx, drawing, members, p, says, tbl, tc, tr

from pipeline.demo.county import choose_returning
from pipeline.demo.establishment import invent_establishments
from pipeline.demo.submitting import invent_submissions
from pipeline.model.finding import Finding, Place, find
from pipeline.model.note import Note
from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.rules.assessing import assess
from pipeline.rules.noting import note_for
from pipeline.rules.planning import plan_for
from pipeline.rules.shown_text import list_paragraphs
from pipeline.writers.compiling import compile_template
from pipeline.writers.fault import BrokenTemplateError
from pipeline.writers.package import join, pack, read_members
from pipeline.writers.proof import Doubt
from pipeline.writers.template import Properties, Template, load_template

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PROPERTIES, TODAY = Properties("A title", "An author", "A subject"), date(2026, 11, 23)
PLAN, NOTE = (Template(name, (ROOT / "templates" / name).read_bytes()) for name in ("action_plan.docx", "return_note.docx"))
BODY = "word/document.xml"
ROWS = (Row("one", ("a", "b")), Row("two & <three>", ("c", "d")))
CONTEXTS = (Context(), Context("A & <b>", ROWS[:1], True), Context("“ŵ” 😀 ' \"", ROWS * 2, True, 3))


def fill(template: Template, context: "DataclassInstance", properties: Properties = PROPERTIES) -> bytes:
    """As the engine fills it. Whether Word would open that is another matter: see test_validity."""
    compiled = compile_template(template.content)
    names = {field.name: getattr(context, field.name) for field in fields(context)}
    return compiled.join(compiled.render(names, properties, TODAY), fast=template.fast)


def fault(content: bytes, context: Context = CONTEXTS[1]) -> Finding:
    """What is told of a template that makes no document."""
    document, findings = Template("t.docx", content).fill(context, PROPERTIES, TODAY)
    assert document is None
    (finding,) = findings
    assert (finding.code, finding.place.file) == ("CF105", "t.docx")
    return finding


# It equals docxtpl.


def assert_equal(template: Template, context: "DataclassInstance") -> None:
    ours, theirs = canonical(fill(template, context)), canonical(by_docxtpl(template.content, context))
    assert ours.keys() == theirs.keys()
    for name, part in ours.items():
        assert part == theirs[name], name


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Two counties; where a county was asked for, as `make check-documents` does, ten."""
    if "county_seed" in metafunc.fixturenames:
        metafunc.parametrize("county_seed", range(10 if metafunc.config.getoption("--county") else 2))


def test_plans_and_notes_of_a_county_equal_docxtpls(county_seed: int, configuration: Configuration) -> None:
    """A county of 24 schools, of which at least 20 returned."""
    rng = Random(county_seed)
    county = invent_establishments(24, rng)
    returning = choose_returning(county, rng)
    assert len(returning) >= 20
    for one, submission in zip(returning, invent_submissions(configuration, county, returning, rng), strict=True):
        assessment, findings = assess(submission, configuration.rubric, {})
        assert_equal(PLAN, plan_for(one.school, submission, assessment, configuration, CYCLE, TODAY))
        blanks = [
            find("RT311", Place("x", "s", f"G{row}"), "", cell=f"G{row}", criterion="1.1") for row in range(rng.randrange(9))
        ]
        odd = find("RT312", Place("x", "s", "G4"), f"“{one.school.name}”", allowed="Advanced")
        note = note_for("x", one.school, [*findings, *blanks, odd], configuration, CYCLE, has_marked_copy=rng.random() < 0.5)
        assert note
        assert_equal(NOTE, note)


MACRO = p("{%p macro cell(x) %}") + p("{{ x }}!") + p("{%p endmacro %}")
CASES = {
    "text": p("{{ text }} and {{ text }}"),
    "a number, a truth, nothing": p("{{ count }} {{ on }} {{ nothing }} {{ rows }}"),
    "a tag split over runs": '<w:p><w:r><w:t>{{ te</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>xt }}</w:t></w:r></w:p>',
    "paragraphs": p("{%p for row in rows %}") + p("{{ loop.index }} {{ row.name }}") + p("{%p endfor %}"),
    "rows under a heading": tbl(2, tr("a", "b"), tr("{%tr for row in rows %}", ""), tr("{{ row.name }}", "c"), tr("{%tr endfor %}", "")),
    "rows alone": tbl(2, tr("{%tr for row in rows %}", ""), tr("{{ row.name }}", "c"), tr("{%tr endfor %}", "")),
    "a loop with else": tbl(1, tr("{%tr for row in rows %}"), tr("{{ row.name }}"), tr("{%tr else %}"), tr("none"), tr("{%tr endfor %}")),
    "columns": tbl(3, tr("{%tc for row in rows %}", "{{ row.name }}", "{%tc endfor %}"), tr("a", "b", "c")),
    "more columns than the grid": tbl(1, tr("{%tc for row in rows %}", "{{ row.name }}", "{{ row.name }}", "{%tc endfor %}")),
    "a loop in a loop": p("{%p for row in rows %}") + p("{% for cell in row.cells %}{{ row.name }}{{ cell }}{% endfor %}") + p("{%p endfor %}"),
    "a table in a cell": tbl(2, tr("x", tc(tbl(2, tr("a", "b"), tr("{%tr if on %}", ""), tr("c", "d"), tr("{%tr endif %}", "")), p("")))),
    "a table in a loop": p("{%p for row in rows %}") + tbl(1, tr("{{ row.name }}")) + p("{%p endfor %}"),
    "conditions": p("{%p if on %}") + p("a") + p("{%p elif count == 1 %}") + p("b") + p("{%p else %}") + p("c") + p("{%p endif %}"),
    "a condition in a line": p("a {% if on %}b{% else %}c {{ text }}{% endif %}, {{ 'd' if on else 'e' }}"),
    "a condition over cells": tbl(2, tr("a{% if on %}", "b{% endif %}"), tr("c", "d")),
    "a condition over paragraphs": p("a {% if on %}b") + p("c{% else %}d{% endif %}"),
    "a run": '<w:p><w:r><w:t>{%r if on %}</w:t></w:r><w:r><w:t>a</w:t></w:r><w:r><w:t>{%r endif %}</w:t></w:r></w:p>',
    "a value for a run": '<w:p><w:r><w:t>a {{r text }} b</w:t></w:r></w:p>',
    "a value for a paragraph": p("{{p text }}"),
    "comments": p("a{# {{ gone }} #}b") + p("{#p a paragraph #}") + tbl(1, tr("{#tr a row #}"), tr("b")),
    "braces that are no tags": p("{_{ text }_} {_% if %_} {{ text }}"),
    "raw": p("{% raw %}{{ text }}{% endraw %}{{ text }}"),
    "blanks taken away": p("a {%- if on %} b") + p("c {% endif -%}") + p("d {{- text -}} e"),
    "set": p("{% set x = text %}{{ x }}{% set y %}<w:br/>{{ text }}{% endset %}{{ y }}"),
    "a macro": MACRO + p("{%p if on %}") + p("{{p cell(text) }}") + p("{%p endif %}"),
    "a recursive loop": p("{% for row in rows recursive %}{{ row.name }}{{ loop(()) }}{% endfor %}"),
    "a block filtered": p("{% filter upper %}a {{ count }}{% endfilter %}"),
    "filters and tests": p("{{ text|upper }} {{ text|e }} {{ rows|map(attribute='name')|join(' + ') }} {{ count is odd }}"),
    "constants": p("{{ '&lt;w:br/&gt;' }} {{ 1 + 1 }} {{ 'a' ~ text ~ 1 }}"),
    "globals": p("{% for n in range(count) %}{{ n }}{% endfor %}{{ cycler('a', 'b').next() }}"),
    "cells merged down": tbl(2, tr("a", "b"), tr("{%tr for row in rows %}", ""), tr("{% vm %}x", "{{ row.name }}"), tr("{%tr endfor %}", "")),
    "cells merged across": tbl(2, tr("a", "b"), tr("{%tc for row in rows %}", "{% hm %}{{ text }}", "{%tc endfor %}")),
    "a cell's colour": tbl(1, tr("{% cellbg text %}x")),
    "a cell's span": tbl(3, tr("{% colspan count %}x"), tr("a", "b", "c")),
    "a drawing": drawing("{{ text }}") + drawing("b"),
    "drawings in a loop": p("{%p for row in rows %}") + drawing("a") + p("{%p endfor %}") + drawing("b"),
    "a drawing in a comment": drawing("{# a #}{{ text }}") + p("{#p gone #}"),
    "a field": '<w:p><w:r><w:instrText>HYPERLINK "{{ text }}"</w:instrText></w:r></w:p>',
    "a link": '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>{{ text }}</w:t></w:r></w:hyperlink></w:p>',
    "lines in the template's own text": p("a\tb\nc") + p("{{ text }}\t{{ text }}"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_language_is_docxtpls(case: str) -> None:
    template = Template(case, docx(CASES[case], header="{{ text }} {% if on %}a{% endif %}", footnote="{{ text }}"))
    for context in CONTEXTS:
        assert_equal(template, context)
    assert_equal(template, Context("a\tb\nc\n", (Row("d\te", ("\n",)),), True))


def test_a_template_that_is_not_filled_equals_docxtpls() -> None:
    assert_equal(Template("t", docx(p("a"), header="b", footnote="c {_{")), Context())


def test_a_document_shows_what_is_filled_and_what_stands_in_the_template() -> None:
    template = Template("t", docx(p("{{ text }} there") + p("a"), header="{{ text }}", footnote="as it is"))
    filled, findings = template.fill_and_show(Context("A & <b>\nnext"), PROPERTIES, TODAY)
    assert not findings
    assert filled is not None
    assert sorted(list_paragraphs(filled.shown)) == ["A & <b> next", "A & <b> next there", "a", "as it is"]
    assert filled.content == template.fill(Context("A & <b>\nnext"), PROPERTIES, TODAY)[0]


@pytest.mark.parametrize("seed", range(3))
def test_templates_made_at_random_equal_docxtpls_or_are_refused_alike(seed: int) -> None:
    """Some are proved, most are not; where docxtpl fails, or what comes of one is not well-formed, ours makes no document."""
    rng, proved = Random(seed), 0
    for _ in range(25):
        content, context = docx(invent_body(rng)), rng.choice(CONTEXTS)
        document, seen = None, ""
        try:
            document = fill(Template("t", content), context)
        except BrokenTemplateError as broken:
            seen = f"{broken}"
        try:
            theirs = by_docxtpl(content, context)
        except Exception:
            assert document is None
            continue
        assert document is not None or "different paragraphs" in seen
        assert document is None or canonical(document) == canonical(theirs)
        proved += document is not None and not compile_template(content).parts[BODY].doubts
    assert proved >= 8


# Values are only ever text.

PIECES = st.sampled_from(
    ("{{ 7*7 }}", "{{text}}", "{%", "%}", "{#", "#}", "{{", "}}", "{", "}", "{_{", "}_}", "{_%", "%_}", "{%p endfor %}", "{{r text }}",
     "<w:p>", "</w:t>", "</w:t></w:r>", "<", ">", "&", "&amp;", "&#123;", "&bogus;", "]]>", "<![CDATA[", "<!--", "-->", "<?x?>", "'", '"',
     "\n", "\t", "\r", "\r\n", "\a", "\f", "\v", "\0", "\x1b", "\x7f", "\x85", "\ud83d", "\udc00", "\ufffe", "\ufeff", "\u2028", "\u200b",
     "\ue000", "\U0001f600", " ", "  ", "word", "%s", "$1", "\\1", "_x0007_")
)  # fmt: skip
TEXT = st.lists(PIECES | st.text(st.characters(exclude_categories=()), max_size=8), max_size=12).map("".join)
TYPED = TEXT.filter(lambda text: not re.search(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\{_[{%]|[}%]_\}", text))
EVERYWHERE = Template("everywhere", docx(p("{{ text }}"), "{{ text }}", "{{ text }}", sections=2))


def as_text(value: str) -> str:
    """What a person should read where a value stands."""
    lines = re.sub("\r\n|[\r\v\f]", "\n", value)
    return re.sub("[\0-\x08\x0e-\x1f\ufffe\uffff]", "", re.sub("[\ud800-\udfff]", "\ufffd", lines))


@given(value=TEXT)
@example(value="{{ 7*7 }}")
@example(value="{_{ 7*7 }_}")
@example(value="bell\arings, page\fturns, null\0ends")
@example(value="half \ud83d of a face")
@example(value="word & <w:t> {{ 7*7 }} " * 20_000)
@settings(max_examples=300, deadline=None)
def test_a_value_is_read_as_it_was_typed_in_every_part(value: str) -> None:
    document = fill(EVERYWHERE, Context(value), Properties(value, value, value))
    part = members(document)
    assert says(part[BODY]) == as_text(value) + "\n"  # and the paragraph that ends the first section
    assert says(part["word/header1.xml"]) == says(part["word/footnotes.xml"]) == as_text(value)
    core = etree.fromstring(part[CORE])
    assert [core.findtext(f"{{*}}{name}") for name in ("title", "creator", "subject")] == [as_text(value)] * 3
    Document(BytesIO(document))


@given(value=TYPED)
@settings(max_examples=100, deadline=None)
def test_a_value_is_written_as_docxtpl_writes_it(value: str) -> None:
    body = p("{{ text }}") + p("a {% if on %}{{ text }}{% endif %}") + drawing("{{ text }}") + tbl(1, tr("{{ text }}"))
    assert_equal(Template("t", docx(body, "{{ text }}", "{{ text }}")), Context(value, on=True))


def spread(context: Any, value: str) -> Any:
    """A context with `value` for each of its texts, and short lists."""
    if isinstance(context, tuple):
        is_of_texts = all(isinstance(one, str) for one in context)  # three words for three levels must stay three
        return tuple(spread(one, value) for one in (context if is_of_texts else context[:2]))
    if is_dataclass(context):
        return replace(context, **{one.name: spread(getattr(context, one.name), value) for one in fields(context)})  # type: ignore[type-var]
    return value if isinstance(context, str) else context


@pytest.fixture(scope="session")
def plan(configuration: Configuration) -> Plan:
    county = invent_establishments(4, Random(1))
    (submission,) = invent_submissions(configuration, county, county[:1], Random(1))
    assessment, _ = assess(submission, configuration.rubric, {})
    return plan_for(county[0].school, submission, assessment, configuration, CYCLE, TODAY)


@given(value=TYPED)
@settings(max_examples=15, deadline=None)
def test_a_plan_of_hostile_text_equals_docxtpls(value: str, plan: Plan) -> None:
    assert_equal(PLAN, spread(plan, value))


@pytest.mark.parametrize("sections", [1, 2, 3])
def test_footnotes_are_filled_once_however_many_sections_there_are(sections: int) -> None:
    template, context = docx(p("a"), footnote="{{ text }}", sections=sections), Context("{{ 7*7 }}")
    assert says(members(fill(Template("t", template), context))["word/footnotes.xml"]) == "{{ 7*7 }}"
    theirs = says(members(by_docxtpl(template, context))["word/footnotes.xml"])
    assert theirs == ("{{ 7*7 }}" if sections == 1 else "49")  # why ours is not theirs


@pytest.mark.parametrize(
    "how", ["{{ nothing }}", "{% autoescape false %}{{ nothing }}{% endautoescape %}", "{{ nothing|string }}"]
)
def test_what_brings_markup_of_its_own_is_put_as_text(how: str) -> None:
    rich = RichText("bold", bold=True)
    template = Template("t", docx(p(how), how))
    part = members(fill(template, Context(nothing=rich)))
    assert says(part[BODY]) == says(part["word/header1.xml"]) == str(rich)
    assert says(members(fill(template, Context(nothing="<w:br/>&amp;")))[BODY]) == "<w:br/>&amp;"


@pytest.mark.parametrize("filtered", ["text|safe", "text|urlize", "rows|map('safe')|join"])
def test_there_is_no_filter_that_makes_markup_of_a_value(filtered: str) -> None:
    assert "No filter named" in fault(docx(p(f"{{{{ {filtered} }}}}"))).seen


@pytest.mark.parametrize(
    ("cut", "shown"), [("(text|e)[:3]", "A &"), ("text|e|truncate(3, True, '')", "A &"), ("text|e|upper", "A & <B>")]
)
def test_what_is_cut_from_escaped_text_is_text(cut: str, shown: str) -> None:
    """In docxtpl half of `&amp;` is left."""
    assert says(members(fill(Template("t", docx(p(f"{{{{ {cut} }}}}"))), Context("A & <b>")))[BODY]) == shown


def test_what_a_macro_makes_is_markup_and_the_values_in_it_are_text() -> None:
    template = Template("t", docx(MACRO + p("{{p (text|e) ~ cell(text) }}")))
    assert says(members(fill(template, Context("a\x1b <b>")))[BODY]) == "a <b>!"


# The core properties.


def core_of(document: bytes) -> dict[str, str]:
    return {etree.QName(one).localname: one.text or "" for one in etree.fromstring(members(document)[CORE])}


OURS = {"title": "A title", "creator": "An author", "subject": "A subject", "language": "en-GB"}
DATED = {"created": "2026-11-23T00:00:00Z", "modified": "2026-11-23T00:00:00Z"}


@pytest.mark.parametrize(
    ("core", "kept"),
    [
        ("", {}),
        ("<dc:title>{{ text }} old</dc:title><dc:creator>An old author</dc:creator>", {}),
        ("<dcterms:created>2001-02-03T04:05:06Z</dcterms:created>", {}),
        ("<dc:description>Of {{ text }}</dc:description>", {"description": "Of A & <b>"}),
        ("<cp:keywords>a &amp; b</cp:keywords>", {"keywords": "a & b"}),
    ],
)
def test_the_core_properties_are_ours_and_the_others_stay(core: str, kept: dict[str, str]) -> None:
    assert core_of(fill(Template("t", docx(p("a"), core=core)), CONTEXTS[1])) == OURS | DATED | kept


def test_a_template_without_core_properties_is_given_them() -> None:
    document = fill(Template("t", docx(p("{{ text }}"), core=None)), CONTEXTS[1])
    assert OURS.items() <= core_of(document).items()
    assert Document(BytesIO(document)).core_properties.title == "A title"
    assert says(members(document)[BODY]) == "A & <b>"


# What a template proves.

ALL = set(Doubt)
VERDICTS: dict[str, set[Doubt]] = {
    "a number, a truth, nothing": set(), "a tag split over runs": set(), "paragraphs": set(), "rows under a heading": set(),
    "a loop in a loop": set(), "a table in a cell": set(), "a table in a loop": set(), "constants": set(), "conditions": set(),
    "a condition in a line": set(), "a run": set(), "comments": set(), "braces that are no tags": set(), "a drawing": set(),
    "a field": set(), "a link": set(), "filters and tests": set(), "a drawing in a comment": set(),
    "rows alone": {Doubt.TABLES}, "a loop with else": {Doubt.TABLES}, "columns": {Doubt.TABLES},
    "more columns than the grid": {Doubt.TABLES}, "a cell's span": {Doubt.TABLES}, "drawings in a loop": {Doubt.DRAWINGS},
    "a condition over cells": ALL, "a condition over paragraphs": ALL, "a value for a run": ALL, "a value for a paragraph": ALL,
    "raw": ALL, "set": ALL, "a macro": ALL, "a recursive loop": ALL, "a block filtered": ALL, "cells merged down": ALL,
    "cells merged across": {Doubt.TABLES},
}  # fmt: skip
OTHER_VERDICTS = {
    tbl(3, tr("a", "b")): {Doubt.TABLES},  # docxtpl takes the third column away
    tbl(1, tr("a", "b")): {Doubt.TABLES},  # and adds one here
    tbl(1, tr(tc(tbl(2, tr("a", "b"))))): {Doubt.TABLES},  # and here, since it counts the cells of the table inside
    tbl(2, tr(tc("a", properties='<w:gridSpan w:val="2"/>'))): set(),
    tbl(2, tr(tc("a", properties='{% if on %}<w:gridSpan w:val="2"/>{% endif %}'))): {Doubt.TABLES},
    tbl(1, tr("{%tr if on %}"), tr("a"), tr("{%tr endif %}"), tr("b")): set(),
    tbl(2, tr("{%tr if on %}"), tr(tc(tbl(1, tr("a")), "")), tr("{%tr endif %}"), tr("b", "c")): set(),
    "<w:tbl><w:tblPr/>" + tr("a") + "</w:tbl>": {Doubt.TABLES},
    "<w:p><w:r><w:t>{{ text }}</w:t><w:t>{% set x = 1 %}{{ x }}</w:t></w:r></w:p>": set(),
    "<w:p><w:t>{{ text }}</w:t></w:p>": ALL,  # a tab would need a run to stand in
    "<w:p>{{ text }}</w:p>": ALL,
    "<w:p><!-- {{ text }} --></w:p>": ALL,
    "<w:p><w:r><w:t>\ue000</w:t></w:r></w:p>": ALL,
    p("{% with x = 1 %}a{% endwith %}"): ALL,
}  # fmt: skip


@pytest.mark.parametrize("case", VERDICTS)
def test_what_is_proved_of_a_template(case: str) -> None:
    assert compile_template(docx(CASES[case])).parts[BODY].doubts == VERDICTS[case]


@pytest.mark.parametrize("body", OTHER_VERDICTS)
def test_what_is_proved_of_other_templates(body: str) -> None:
    assert compile_template(docx(body)).parts[BODY].doubts == OTHER_VERDICTS[body]


@pytest.mark.parametrize("template", [PLAN, NOTE], ids=["plan", "note"])
def test_the_projects_templates_are_proved_whole(template: Template) -> None:
    parts = compile_template(template.content).parts
    small = {CORE, "docProps/custom.xml", "word/charts/chart1.xml"}  # looked at in each document: they cost little
    assert not [name for name, part in parts.items() if part.doubts and name not in small]
    assert parts.keys() - small | {CORE} == {
        BODY,
        "word/header1.xml",
        "word/footer1.xml",
        CORE,
    }


# The zip.


@pytest.mark.parametrize("fast", [False, True])
def test_what_is_not_filled_is_copied_as_it_lies_in_the_template(plan: Plan, fast: bool) -> None:
    if fast:
        pytest.importorskip("isal")
    document = fill(replace(PLAN, fast=fast), plan)
    before, after = ({one.name: one for one in read_members(content)} for content in (PLAN.content, document))
    filled = {
        BODY, "word/header1.xml", "word/footer1.xml", CORE, "docProps/custom.xml", "word/charts/chart1.xml", "word/embeddings/levels.xlsx",
    }  # fmt: skip
    assert list(before) == list(after)
    assert {name for name in after if after[name] != before[name]} == filled
    assert canonical(document) == canonical(fill(PLAN, plan))
    with zipfile.ZipFile(BytesIO(document)) as archive:
        assert {(one.date_time, one.external_attr >> 16) for one in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0o644)}
    Document(BytesIO(document))


def test_the_same_plan_gives_the_same_bytes_in_every_process(plan: Plan) -> None:
    first = fill(PLAN, plan)
    sent = pickle.dumps(PLAN)
    assert len(sent) < len(PLAN.content) + 500  # nothing that was worked out goes with it
    code = "import pickle,sys; t,p,a,d=pickle.load(sys.stdin.buffer); sys.stdout.buffer.write(t.fill(p,a,d)[0])"
    told = pickle.dumps((pickle.loads(sent), plan, PROPERTIES, TODAY))
    done = subprocess.run([sys.executable, "-c", code], input=told, capture_output=True, check=True, cwd=ROOT)
    assert first == fill(PLAN, plan) == done.stdout


class Stream(RawIOBase):
    """A file that cannot be wound back, so that sizes are written behind each member."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.written += content
        return len(content)


def test_members_are_read_and_joined_however_they_were_written() -> None:
    stream = Stream()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("folder/", b"")
        archive.writestr("ŵ.xml", b"<a/>", zipfile.ZIP_DEFLATED)
        archive.writestr("stored.bin", b"\0" * 1000, zipfile.ZIP_STORED)
        archive.writestr("empty.bin", b"")
        archive.writestr("twice.xml", b"<old/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("twice.xml", b"<new/>")
    wanted = {"ŵ.xml": b"<a/>", "stored.bin": b"\0" * 1000, "empty.bin": b"", "twice.xml": b"<new/>"}
    assert members(join(read_members(bytes(stream.written)))) == wanted
    assert members(join([pack(name, part) for name, part in wanted.items()])) == wanted


# A template that is at fault.

ESCAPES = (
    "text.__class__", "text.__class__.__mro__", "''.__class__.__base__.__subclasses__()", "text['__class__']", "text|attr('__class__')",
    "rows[0].__dict__", "rows[0]._secret", "rows[0].__dataclass_fields__", "rows[0].__init__.__globals__", "self.__init__.__globals__",
    "cycler.__init__.__globals__.os", "range.__self__", "text.format.__globals__", "rows|map(attribute='__class__')|first",
    "'{0.__class__}'.format(text)", "'{0.__class__}'|format(text)|format.__call__", "lipsum.__globals__", "on.__class__()",
)  # fmt: skip


@pytest.mark.parametrize("expression", ESCAPES)
def test_code_in_a_template_reaches_nothing_but_its_context(expression: str) -> None:
    fault(docx(p(f"{{{{ {expression} }}}}")))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{{ text.nmae }}", "nmae"),
        ("{{ nobody }}", "nobody"),
        ("{{ text text }}", "expected"),
        ("{% bla %}", "bla"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{% include 'x' %}", "cannot be worked out"),
        ("{{ text|nofilter }}", "nofilter"),
    ],
)
def test_a_fault_is_told_with_the_words_beside_it(body: str, told: str) -> None:
    here = (
        p("Far before") + p("{%p for row in rows %}") + p("Just here &amp; now " + body) + p("{%p endfor %}") + p("Far behind")
    )
    seen = fault(docx(here)).seen
    assert told in seen
    assert "in the document near “Just here & now" in seen
    assert "Far" not in seen
    assert "in a header near “Just here & now" in fault(docx(p("a"), header="Just here &amp; now " + body)).seen
    assert "in the footnotes near “Just here & now" in fault(docx(p("a"), footnote="Just here &amp; now " + body)).seen


def test_a_document_that_word_could_not_open_is_not_made() -> None:
    """docxtpl would mend it by guessing, and lose text."""
    template = docx(p("a {% if on %}b") + p("{%p endif %}") + p("{{ text }}"))
    assert "different paragraphs" in fault(template, Context("c", on=False)).seen
    assert says(members(fill(Template("t", template), Context("c", on=True)))[BODY]) == "a b\nc"


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ({"body": p("{{ shcool }}")}, "“shcool”"),
        ({"body": p("a"), "header": "{{ shcool }}"}, "“shcool”"),
        ({"body": p("a"), "footnote": "{{ shcool }}"}, "“shcool”"),
        ({"body": p("a"), "core": "<dc:description>{{ shcool }}</dc:description>"}, "“shcool”"),
        ({"body": p("{{ text|shcool }}")}, "No filter named 'shcool'"),
        ({"body": p("{% for x in y %}")}, "endfor"),
        ({"body": p("{{ range(3) }} {{ text }} {% for x in rows %}{{ loop.index }}{{ x }}{% endfor %}")}, None),
    ],
)
def test_a_name_that_there_is_not_is_told_when_a_template_is_loaded(
    where: dict[str, str], wrong: str | None, tmp_path: Path
) -> None:
    (tmp_path / "t.docx").write_bytes(docx(**where))  # type: ignore[arg-type]
    template, findings = load_template(tmp_path / "t.docx", "t.docx", Context)
    assert (template is None) is (wrong is not None)
    assert [finding.code for finding in findings] == ["CF105"] * (wrong is not None)
    assert all(str(wrong) in finding.seen for finding in findings)


@pytest.mark.parametrize("content", [b"", b"PK", b"plain text", join([pack("a.xml", b"<a/>")]), None])
def test_what_is_no_word_document_is_told(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "t.docx").write_bytes(content)
    template, (finding,) = load_template(tmp_path / "t.docx", "t.docx", Note)
    assert template is None
    assert finding.seen == ("not a Word document" if content is not None else "No such file or directory")


def test_a_template_is_light_until_it_is_used() -> None:
    code = "import sys, pipeline.writers.template; print({'docx', 'docxtpl', 'jinja2', 'lxml', 'isal'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"

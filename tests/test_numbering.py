"""What a loop repeats in a document has ids and names of its own, and a link leads to the heading it names."""

import re
import zipfile
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from small_template import Context, Row, docx, p, tbl, tr
from test_template import fill

from pipeline.rules.shown_text import digest_shown, read_shown
from pipeline.writers.template import Template

CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="Status of {{ row.name }}"/><w:tag w:val="s"/><w:id w:val="7"/><w:dropDownList/></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>{{ row.name }}</w:t></w:r></w:sdtContent></w:sdt>"
)


def mark(name: str, id: int, text: str) -> str:
    return f'<w:p><w:bookmarkStart w:id="{id}" w:name="{name}"/><w:r><w:t>{text}</w:t></w:r><w:bookmarkEnd w:id="{id}"/></w:p>'


def jump(name: str, text: str) -> str:
    return f'<w:p><w:hyperlink w:anchor="{name}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>'


def loop(inside: str) -> str:
    return p("{%p for row in rows %}") + inside + p("{%p endfor %}")


def body(template: str, context: Context) -> str:
    with zipfile.ZipFile(BytesIO(fill(Template("t", docx(template)), context))) as archive:
        return archive.read("word/document.xml").decode()


ROWS = Context("x", (Row("one"), Row("two & <three>"), Row("four")))


def test_a_contents_list_leads_to_the_headings_of_a_loop() -> None:
    filled = body(
        jump("top", "to the top")
        + loop(jump("area", "{{ row.name }}"))
        + mark("top", 1, "top")
        + loop(mark("area", 2, "{{ row.name }}")),
        ROWS,
    )
    links = re.findall(r'w:anchor="(\w+)"><w:r><w:t[^>]*>([^<]*)', filled)
    names = dict(re.findall(r'w:name="(\w+)"/><w:r><w:t[^>]*>([^<]*)', filled))
    assert [name for name, _ in links] == ["top", "area_1", "area_2", "area_3"]
    assert all(names[name] == text for name, text in links[1:])
    assert names["top"] == "top"


def test_a_link_from_outside_a_loop_leads_to_its_first() -> None:
    filled = body(jump("area", "the first") + loop(mark("area", 2, "{{ row.name }}")), ROWS)
    assert re.findall(r'w:anchor="(\w+)"', filled) == ["area_1"]


@given(count=st.integers(0, 6), other=st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_no_two_controls_or_bookmarks_share_an_id(count: int, other: int) -> None:
    rows = tuple(Row(f"r{n}", ("a",) * other) for n in range(count))
    nested = loop(
        mark("a", 1, "a") + p("{%p for cell in row.cells %}") + mark("b", 2, "b") + p("{%p endfor %}") + f"<w:p>{CONTROL}</w:p>"
    )
    filled = body(mark("c", 1, "c") + nested + mark("d", 3, "d"), Context("x", rows))
    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"', filled)
    ends = re.findall(r'<w:bookmarkEnd w:id="(\d+)"', filled)
    controls = re.findall(r'<w:tag w:val="s"/><w:id w:val="(\d+)"', filled)
    assert len(starts) == 2 + count + count * other
    assert sorted(id for id, _ in starts) == sorted(ends)
    ids = [id for id, _ in starts] + controls
    assert len(set(ids)) == len(ids)
    assert len({name for _, name in starts}) == len(starts)


def test_a_control_in_a_row_that_repeats() -> None:
    filled = body(
        tbl(1, tr("{%tr for row in rows %}"), f"<w:tr><w:tc><w:p>{CONTROL}</w:p></w:tc></w:tr>", tr("{%tr endfor %}")), ROWS
    )
    assert len(set(re.findall(r'<w:id w:val="(\d+)"', filled))) == 3
    assert "Status of two &amp; &lt;three&gt;" in filled


def test_what_is_shown_is_the_same_however_it_is_split() -> None:
    one = '<w:p><w:r><w:t xml:space="preserve">It&apos;s in </w:t></w:r><w:r><w:t>place</w:t></w:r></w:p>'
    other = "<w:p><w:r><w:t>It's</w:t></w:r><w:r><w:t> in place</w:t></w:r></w:p>"
    assert digest_shown(read_shown(one)) == digest_shown(read_shown(other))
    assert digest_shown(read_shown(one)) != digest_shown(read_shown(one.replace("place", "plaice")))

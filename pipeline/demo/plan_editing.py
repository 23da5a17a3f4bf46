"""A Word plan edited as its school does it: rows filled in, rewritten, added, deleted and moved, and comments in the margin."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from lxml import etree

from pipeline.model.edited_plan import AddedAction, EditedAction, PlanComment, PlanEdits
from pipeline.model.plan_words import PlanWords
from pipeline.rules.plan_column import REF, heading_roles
from pipeline.rules.wording import fold
from pipeline.writers.package import join, pack, read_members

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BODY, _LINKS, _TYPES, _CORE = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "docProps/core.xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_LABEL = "TableLabel"  # the style of a line that says what an opportunity is; nobody types over it
_TYPED = ("opportunity", "action", "lead", "by_when", "success", "cost")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_AREA = re.compile(r"\d+")
_FIRST_ID = 80_000  # of tracked changes, above every id of the template

_make = etree.SubElement


@dataclass(frozen=True)
class Row:
    """A row of a table of actions: its reference, its area's number, and its cells by what they are."""

    ref: str
    area: int
    element: etree._Element
    cells: Mapping[str, etree._Element]


def list_rows(content: bytes, words: PlanWords) -> tuple[Row, ...]:
    """The actions of a plan in its order. `words` say what its columns are called."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = etree.fromstring(archive.read(_BODY))
    return tuple(_rows(root, words))


def read_cell(row: Row, role: str) -> str:
    """The text of one cell, the line that says what it is left out."""
    lines = [paragraph for paragraph in row.cells[role].iter(_W + "p") if not _is_label(paragraph)]
    return "\n".join(_text(line) for line in lines)


def edit_plan(content: bytes, edits: PlanEdits, words: PlanWords) -> bytes:
    """A plan as it comes back. The same arguments give the same bytes. Raises: KeyError where an edit speaks of a row, or of an
    area, that the plan has none of."""
    members = {member.name: member for member in read_members(content)}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in (_BODY, _LINKS, _TYPES, _CORE)}
    root = etree.fromstring(parts[_BODY])
    _Hand(root, edits, words).work()
    parts[_BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts[_CORE] = _MODIFIED.sub(rb"\g<1>" + f"{edits.returned_on}T00:00:00Z".encode(), parts[_CORE])
    if edits.comments:
        parts |= _comments_part(edits, parts)
    members |= {name: pack(name, part) for name, part in parts.items()}
    return join(tuple(members.values()))


class _Hand:
    """Works through the edits of one plan."""

    def __init__(self, root: etree._Element, edits: PlanEdits, words: PlanWords) -> None:
        self._edits = edits
        self._rows = {row.ref: row for row in _rows(root, words)}
        self._changes = _FIRST_ID

    def work(self) -> None:
        """Everything, in the order in which a term brings it."""
        for ref, action in self._edits.actions.items():
            self._fill_in(self._rows[ref], action)
        for place, comment in enumerate(self._edits.comments):
            _anchor(self._rows[comment.ref].cells[REF], place)
        for added in self._edits.added:
            self._add(added)
        for ref in self._edits.moved:
            element = self._rows[ref].element
            first = next(row for row in element.getparent().iterfind(_W + "tr") if not _is_head(row))  # type: ignore[union-attr]
            if first is not element:
                first.addprevious(element)
        for deleted in self._edits.deleted:
            self._delete(self._rows[deleted.ref].element)

    def _fill_in(self, row: Row, action: EditedAction) -> None:
        for role in _TYPED:
            text = getattr(action, role)
            if text:
                self._type_over(row.cells[role], text)
        if action.status:
            self._choose(row.cells["progress"], action.status)
        if action.progress:
            self._type_below(row.cells["progress"], action.progress)

    def _type_over(self, cell: etree._Element, text: str) -> None:
        first, *rest = [paragraph for paragraph in cell.iterfind(_W + "p") if not _is_label(paragraph)]
        for paragraph in rest:
            cell.remove(paragraph)
        for run in list(first.iterfind(_W + "r")):
            self._take_out(run)
        self._put_in(first, text)

    def _choose(self, cell: etree._Element, status: str) -> None:
        """Another choice from the list of the cell, where it still has one."""
        held = next(cell.iter(_W + "sdtContent"), None)
        texts = list(held.iter(_W + "t")) if held is not None else []
        if not texts:
            self._type_over(cell, status)
            return
        texts[0].text = status
        for other in texts[1:]:
            other.text = ""

    def _type_below(self, cell: etree._Element, text: str) -> None:
        last = list(cell.iterfind(_W + "p"))[-1]
        paragraph = etree.Element(_W + "p")
        paragraph.extend(deepcopy(last.findall(_W + "pPr")))
        last.addnext(paragraph)
        self._put_in(paragraph, text)

    def _add(self, added: AddedAction) -> None:
        """A row below the last of its area: as Word inserts one, with empty cells and without a list of statuses."""
        model = [row for row in self._rows.values() if row.area == added.area]
        if not model:
            raise KeyError(added.area)
        row = _emptied(model[-1])
        model[-1].element.addnext(row.element)
        for role in _TYPED:
            if text := getattr(added, role):
                self._type_over(row.cells[role], text)
        self._type_over(row.cells["progress"], added.status)
        if added.progress:
            self._type_below(row.cells["progress"], added.progress)
        if self._edits.tracked_by:
            _row_properties(row.element).append(self._change("ins"))

    def _delete(self, row: etree._Element) -> None:
        table = row.getparent()
        assert table is not None
        if not self._edits.tracked_by:
            table.remove(row)
            return
        _row_properties(row).append(self._change("del"))
        for run in list(row.iter(_W + "r")):
            self._take_out(run)

    def _take_out(self, run: etree._Element) -> None:
        parent = run.getparent()
        assert parent is not None
        if not self._edits.tracked_by or not _text(run):
            parent.remove(run)
            return
        change = self._change("del")
        run.addprevious(change)
        change.append(run)
        for text in run.iterfind(_W + "t"):
            text.tag = _W + "delText"

    def _put_in(self, paragraph: etree._Element, text: str) -> None:
        place = paragraph
        if self._edits.tracked_by:
            place = self._change("ins")
            paragraph.append(place)
        told = _make(_make(place, _W + "r"), _W + "t")
        told.set(_SPACE, "preserve")
        told.text = text

    def _change(self, kind: str) -> etree._Element:
        self._changes += 1
        made = etree.Element(_W + kind)
        made.set(_W + "id", f"{self._changes}")
        made.set(_W + "author", self._edits.tracked_by)
        made.set(_W + "date", f"{self._edits.returned_on - timedelta(days=9)}T15:40:00Z")
        return made


def _rows(root: etree._Element, words: PlanWords) -> Iterator[Row]:
    known = heading_roles(words)
    for table in root.iter(_W + "tbl"):
        head, *rows = table.findall(_W + "tr")
        roles = [known.get(fold(_text(cell)), "") for cell in head.iterfind(_W + "tc")]
        if {REF, "progress", *_TYPED} <= set(roles):
            yield from (_row(row, roles) for row in rows)


def _row(element: etree._Element, roles: Sequence[str]) -> Row:
    cells = dict(zip(roles, element.iterfind(_W + "tc"), strict=True))
    ref = _text(cells[REF])
    found = _AREA.match(ref)
    return Row(ref, int(found[0]) if found else 0, element, cells)


def _emptied(model: Row) -> Row:
    """A copy of a row with nothing in it: each cell has one paragraph, in the style of its last."""
    element = deepcopy(model.element)
    for cell in element.iterfind(_W + "tc"):
        *others, last = cell.findall(_W + "p")
        for paragraph in others:
            cell.remove(paragraph)
        for child in list(last):
            if child.tag != _W + "pPr":
                last.remove(child)
    return Row("", model.area, element, dict(zip(model.cells, element.iterfind(_W + "tc"), strict=True)))


def _row_properties(row: etree._Element) -> etree._Element:
    found = row.find(_W + "trPr")
    if found is None:
        found = etree.Element(_W + "trPr")
        row.insert(0, found)
    return found


def _is_head(row: etree._Element) -> bool:
    return row.find(f"{_W}trPr/{_W}tblHeader") is not None


def _is_label(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(_W + "val") == _LABEL


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(_W + "t"))


def _anchor(cell: etree._Element, place: int) -> None:
    """The reference of a row as what a comment is about."""
    paragraph = cell.find(_W + "p")
    assert paragraph is not None
    start, end = (etree.Element(_W + name) for name in ("commentRangeStart", "commentRangeEnd"))
    properties = paragraph.find(_W + "pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)
    mark = _make(_make(paragraph, _W + "r"), _W + "commentReference")
    for node in (start, end, mark):
        node.set(_W + "id", f"{place}")


def _comments_part(edits: PlanEdits, parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The part that holds the comments, and the two that must know of it."""
    root = etree.Element(_W + "comments", nsmap={"w": _NAMESPACE})
    for place, comment in enumerate(edits.comments):
        root.append(_comment(comment, place, edits))
    link = f'<Relationship Id="rIdComments" Type="{_OFFICE}/comments" Target="comments.xml"/></Relationships>'
    override = f'<Override PartName="/word/comments.xml" ContentType="{_COMMENTS_TYPE}"/></Types>'
    return {
        "word/comments.xml": etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
        _LINKS: parts[_LINKS].replace(b"</Relationships>", link.encode()),
        _TYPES: parts[_TYPES].replace(b"</Types>", override.encode()),
    }


def _comment(comment: PlanComment, place: int, edits: PlanEdits) -> etree._Element:
    node = etree.Element(_W + "comment")
    initials = "".join(word[0] for word in comment.by.split())
    day = edits.returned_on - timedelta(days=6)
    for name, value in (("id", f"{place}"), ("author", comment.by), ("initials", initials), ("date", f"{day}T16:05:00Z")):
        node.set(_W + name, value)
    told = _make(_make(_make(node, _W + "p"), _W + "r"), _W + "t")
    told.text = comment.text
    return node

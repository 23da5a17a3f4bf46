"""What people and programs do to a Word plan before they send it back: each edit a small function on the document's own XML.

Whatever is typed into the row of an action is a word of its own that names that action (`zz7of5p2a`), so that a test sees at once
where it went. Rows and cells know what they were by attributes that are taken off before the document is saved.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
ROLES = ("ref", "opportunity", "action", "lead", "by_when", "success", "cost", "progress")
WORDINGS = ("opportunity", "action", "success")
_BY = 'w:id="990" w:author="A. Marlhurst" w:date="2027-02-01T10:00:00Z"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

Node = etree._Element


class Document:
    """A plan that is being edited. `meant` says what was typed over an action's field and must be read there, `typed` all words
    that were typed and not taken away again. Words are numbered from `words` on."""

    def __init__(self, content: bytes, seed: int = 0, words: int = 0) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.random = Random(seed)
        self.meant: dict[tuple[str, str], str] = {}
        self.tags_gone = self.marks_gone = False
        self._words = words
        for table in self.tables():
            self._annotate(table)

    @property
    def body(self) -> Node:
        return self.root[0]

    def _annotate(self, table: Node) -> None:
        rows = table.findall(W + "tr")
        if [text_of(cell) for cell in rows[0].findall(W + "tc")][-1:] != ["Progress"]:
            return
        table.set("actions", "1")
        for row in rows:
            for role, cell in zip(ROLES, row.findall(W + "tc"), strict=True):
                cell.set("role", role)
        for row in rows[1:]:
            row.set("origin", text_of(row[1]))

    def tables(self) -> list[Node]:
        return list(self.body.iter(W + "tbl"))

    def action_tables(self) -> list[Node]:
        return [table for table in self.tables() if table.get("actions") and any(True for _ in _rows(table))]

    def rows(self) -> list[Node]:
        """Every row of an action that has its cells still."""
        return [row for row in self.body.iter(W + "tr") if row.get("origin") and cell_of(row, "ref") is not None]

    def table(self) -> Node:
        return self.random.choice(self.action_tables())

    def row(self) -> Node:
        return self.random.choice(self.rows())

    def word(self, row: Node | None = None) -> str:
        """A word that was never typed before, and tells whose row it is typed into."""
        self._words += 1
        origin = (row.get("origin") or row.get("was") or "none") if row is not None else "none"
        return f"zz{self._words}of{origin.replace('.', 'p').replace('-', '')}"

    def type(self, row: Node, role: str, text: str) -> None:
        """Types over a cell, if the row still has it."""
        cell = cell_of(row, role)
        if cell is not None:
            put(cell, text)
            self.mean(row, role, text)

    def mean(self, row: Node, role: str, text: str) -> None:
        self.meant[row.get("origin", ""), role] = text

    def add_part(self, name: str, kind: str, content: str) -> None:
        """A part beside the body, with its relation and its type."""
        self.parts[f"word/{name}.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}'.encode()
        relations, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
        link = f'<Relationship Id="rIdE{name}" Type="{_RELATION}/{kind}" Target="{name}.xml"/></Relationships>'
        self.parts[relations] = self.parts[relations].replace(b"</Relationships>", link.encode())
        override = f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/></Types>'
        self.parts[types] = self.parts[types].replace(b"</Types>", override.encode())

    def save(self) -> bytes:
        root = deepcopy(self.root)
        for node in root.iter(W + "tr", W + "tc", W + "tbl"):
            for name in ("origin", "was", "role", "actions", "rewritten", "tampered"):
                node.attrib.pop(name, "")
        self.parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        result = BytesIO()
        with zipfile.ZipFile(result, "w") as archive:
            for name, part in self.parts.items():
                archive.writestr(name, part)
        return result.getvalue()


def text_of(node: Node) -> str:
    return "".join(piece.text or "" for piece in node.iter(W + "t"))


def cell_of(row: Node, role: str) -> Node | None:
    return next((cell for cell in row.iter(W + "tc") if cell.get("role") == role), None)


def _rows(table: Node) -> Iterator[Node]:
    return (row for row in table.iter(W + "tr") if row.get("origin"))


def make(markup: str) -> Node:
    """A piece of WordprocessingML."""
    return etree.fromstring(f"<x {_NAMESPACES}>{markup}</x>")[0]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str) -> Node:
    return make(f"<w:p>{run(text)}</w:p>")


def put(cell: Node, *lines: str) -> None:
    """Types over what a cell holds."""
    for child in list(cell):
        if child.tag != W + "tcPr":
            cell.remove(child)
    cell.extend(paragraph(line) for line in lines)


def _say(cell: Node, markup: str) -> None:
    """Adds runs to a cell's last paragraph."""
    *_, last = cell.iter(W + "p")
    for child in etree.fromstring(f"<x {_NAMESPACES}>{markup}</x>"):
        last.append(child)


def _new_row(document: Document, table: Node, texts: dict[str, str]) -> Node:
    """A row as Word adds it: cells as in the row above, empty."""
    model = next(_rows(table))
    row = deepcopy(model)
    for name in ("origin", "was", "tampered", "rewritten"):
        row.attrib.pop(name, "")
    for cell in row.iter(W + "tc"):
        put(cell, texts.get(cell.get("role", ""), ""))
    return row


def _insert_after(node: Node, *others: Node) -> None:
    for other in reversed(others):
        node.addnext(other)


Edit = Callable[[Document], None]
EDITS: dict[str, Edit] = {}
# What needs a document as it was, or leaves none to edit; not for random sequences.
ALONE: set[str] = set()


def edit(function: Edit) -> Edit:
    EDITS[function.__name__] = function
    return function


# Words in a row.


@edit
def fill_in_who_leads(d: Document) -> None:
    row = d.row()
    d.type(row, "lead", f"Mrs Ashby {d.word(row)}")


@edit
def type_a_date(d: Document) -> None:
    row = d.row()
    d.type(row, "by_when", d.random.choice(("4th Dec 2026", "12/03/27", "end of spring term", "31/02/2027", "Friday 5 March")))


@edit
def fill_in_the_cost(d: Document) -> None:
    row = d.row()
    d.type(row, "cost", f"£{d.random.randrange(900)} {d.word(row)}")


@edit
def type_over_the_status(d: Document) -> None:
    row = d.row()
    d.type(row, "progress", d.random.choice(("Done ✔", "Green", "half way", "DONE - see minutes", "nearly there")))


@edit
def choose_the_status_from_the_list(d: Document) -> None:
    row = d.row()
    control = next(row.iter(W + "sdtContent"), None)
    cell = cell_of(row, "progress")
    if control is not None and cell is not None and text_of(control):
        next(control.iter(W + "t")).text = "Under way"
        d.mean(row, "progress", text_of(cell))


@edit
def write_progress_in_paragraphs(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "progress")
    if cell is not None:
        lines = ("Under way", f"Parents met {d.word(row)}", f"Governors told {d.word(row)}")
        put(cell, *lines)
        d.mean(row, "progress", "\n".join(lines))


@edit
def add_words_to_the_action(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "action")
    if cell is not None:
        _say(cell, run(f" and {d.word(row)}"))


def _rewrite(d: Document, role: str) -> None:
    """Other words altogether. In one row at most two wordings of three, and one where its reference was touched: beyond that
    nobody could tell which action it was."""
    row = d.row()
    if _note_rewriting(row, role):
        d.type(row, role, f"Wholly fresh phrasing chosen here {d.word(row)} instead of theirs")


def _note_rewriting(row: Node, role: str) -> bool:
    """Whether one more wording may go."""
    done = set(row.get("rewritten", "").split()) | {role}
    if len(done) > (1 if row.get("tampered") else 2):
        return False
    row.set("rewritten", " ".join(sorted(done)))
    return True


@edit
def rewrite_an_opportunity(d: Document) -> None:
    _rewrite(d, "opportunity")


@edit
def rewrite_an_action(d: Document) -> None:
    _rewrite(d, "action")


@edit
def rewrite_a_success_measure(d: Document) -> None:
    _rewrite(d, "success")


@edit
def split_runs_within_words(d: Document) -> None:
    for piece in list(d.row().iter(W + "t")):
        text, parent = piece.text or "", piece.getparent()
        if len(text) > 3 and parent is not None and parent.tag == W + "r":
            piece.text = text[: len(text) // 2]
            other = deepcopy(parent)
            for extra in [child for child in other if child.tag not in (W + "t", W + "rPr")]:
                other.remove(extra)
            *_, last = other.iter(W + "t")
            last.text = text[len(text) // 2 :]
            for earlier in list(other.iter(W + "t"))[:-1]:
                other.remove(earlier)
            parent.addnext(other)


@edit
def have_quotes_and_dashes_corrected(d: Document) -> None:
    for piece in d.body.iter(W + "t"):
        piece.text = (piece.text or "").replace("'", "’").replace(" - ", " – ")


@edit
def double_the_spaces(d: Document) -> None:
    for piece in d.row().iter(W + "t"):
        piece.text = (piece.text or "").replace(" ", "  ")


@edit
def clear_a_cell(d: Document) -> None:
    row = d.row()
    d.type(row, d.random.choice(("lead", "by_when")), "")


@edit
def break_a_line_in_a_cell(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "cost")
    if cell is not None:
        first, second = d.word(row), d.word(row)
        put(cell, first)
        _say(cell, f"<w:r><w:br/><w:t>{second}</w:t></w:r>")
        d.mean(row, "cost", f"{first}\n{second}")


@edit
def tick_with_a_symbol(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "progress")
    if cell is not None:
        put(cell, "Done ")
        _say(cell, '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
        d.mean(row, "progress", "Done ✔")


@edit
def leave_zero_width_characters(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "cost")
    if cell is not None:
        put(cell, "\u200b\ufeff")
        d.mean(row, "cost", "")


@edit
def put_a_control_with_a_prompt(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "cost")
    if cell is not None:
        put(cell, "")
        _say(
            cell,
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click or tap here to enter text.')}</w:sdtContent></w:sdt>",
        )
        d.mean(row, "cost", "")


@edit
def put_words_into_controls_in_controls(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "lead")
    if cell is not None:
        word = d.word(row)
        inner = f"<w:sdt><w:sdtContent>{run(word)}</w:sdtContent></w:sdt>"
        put(cell)
        cell.append(
            make(f"<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>")
        )
        cell.append(make("<w:p/>"))
        d.mean(row, "lead", word)


@edit
def link_and_tag_words(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "lead")
    if cell is not None:
        one, two = d.word(row), d.word(row)
        put(cell, "")
        _say(
            cell,
            f'<w:hyperlink w:anchor="plan">{run(one + " ")}</w:hyperlink><w:smartTag w:element="x"><w:customXml w:element="y">{run(two)}</w:customXml></w:smartTag>',
        )
        d.mean(row, "lead", f"{one} {two}")


# References.


def _tamper(d: Document, count: int) -> list[Node]:
    """Rows whose reference may be touched: enough of their wording stands that it can still be told which they are."""
    rows = [row for row in d.rows() if len(row.get("rewritten", "").split()) <= 1]
    chosen = d.random.sample(rows, min(count, len(rows)))
    for row in chosen:
        row.set("tampered", "1")
    return chosen


def _write_reference(row: Node, text: str) -> None:
    """Typed over, so that a bookmark round it stays where Word leaves it."""
    cell = cell_of(row, "ref")
    assert cell is not None
    pieces = list(cell.iter(W + "t"))
    for piece in pieces[1:]:
        piece.text = ""
    if pieces:
        pieces[0].text = text
    else:
        put(cell, text)


@edit
def delete_a_reference(d: Document) -> None:
    for row in _tamper(d, 1):
        _write_reference(row, "")


@edit
def retype_a_reference(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "ref")
    found = re.fullmatch(r"(\d+)\.(\d+)-(\w)", text_of(cell) if cell is not None else "")
    if found:
        area, number, letter = found.groups()
        form = d.random.choice(("Ref: {0}.{1}-{2}", "{0}.{1}–{3}", "{0}.{1} {2}", "{0}.{1}{3}"))
        _write_reference(row, form.format(area, number, letter, letter.upper()))


@edit
def swap_two_references(d: Document) -> None:
    rows = _tamper(d, 2)
    if len(rows) == 2:
        texts = [text_of(cell) for row in rows if (cell := cell_of(row, "ref")) is not None]
        for row, text in zip(rows, reversed(texts), strict=True):
            _write_reference(row, text)


@edit
def give_a_row_the_reference_of_another(d: Document) -> None:
    rows = _tamper(d, 2)
    if len(rows) == 2:
        _write_reference(rows[0], rows[1].get("origin", ""))


@edit
def type_a_reference_that_was_never_given(d: Document) -> None:
    for row in _tamper(d, 1):
        _write_reference(row, d.random.choice(("9.9-z", "New 1", "12", "7.7-q")))


@edit
def number_the_rows_by_hand(d: Document) -> None:
    table = d.table()
    for number, row in enumerate([row for row in _rows(table) if row in _tamper_all(d, table)], 1):
        _write_reference(row, str(number))


@edit
def delete_every_reference(d: Document) -> None:
    for table in d.action_tables():
        for row in _tamper_all(d, table):
            _write_reference(row, "")


def _tamper_all(d: Document, table: Node) -> list[Node]:
    rows = [row for row in _rows(table) if cell_of(row, "ref") is not None and len(row.get("rewritten", "").split()) <= 1]
    for row in rows:
        row.set("tampered", "1")
    return rows


# What programs drop.


@edit
def lose_the_controls(d: Document) -> None:
    for control in list(d.body.iter(W + "sdt")):
        parent, content = control.getparent(), control.find(W + "sdtContent")
        if parent is not None:
            place = parent.index(control)
            for child in list(content) if content is not None else []:
                parent.insert(place, child)
                place += 1
            parent.remove(control)


@edit
def lose_the_bookmarks(d: Document) -> None:
    for mark in list(d.body.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)


@edit
def lose_the_properties(d: Document) -> None:
    d.parts["docProps/custom.xml"] = re.sub(rb"<property .*</property>", b"", d.parts["docProps/custom.xml"], flags=re.DOTALL)


# Rows.


@edit
def add_a_row_at_the_end(d: Document) -> None:
    table = d.table()
    *_, last = _rows(table)
    last.addnext(
        _new_row(d, table, {"opportunity": f"Our own idea {d.word()}", "action": f"Try it {d.word()}", "lead": "SENCO"})
    )


@edit
def add_a_row_with_a_number_of_its_own(d: Document) -> None:
    table = d.table()
    row = next(_rows(table))
    row.addnext(_new_row(d, table, {"ref": "1a", "opportunity": f"Another idea {d.word()}", "progress": "Done"}))


@edit
def add_an_empty_row(d: Document) -> None:
    table = d.table()
    next(_rows(table)).addnext(_new_row(d, table, {}))


@edit
def add_a_line_across(d: Document) -> None:
    table = d.table()
    line = make(
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="8"/></w:tcPr><w:p>{run(f"Spring term {d.word()}")}</w:p></w:tc></w:tr>'
    )
    next(_rows(table)).addnext(line)


@edit
def copy_a_row(d: Document) -> None:
    row = d.row()
    row.addnext(_copied(row))


@edit
def copy_a_row_and_change_the_copy(d: Document) -> None:
    row = d.row()
    other = _copied(row)
    row.addnext(other)
    cell = cell_of(other, "lead")
    if cell is not None:
        put(cell, f"Copy {d.word(row)}")


@edit
def copy_a_row_as_a_new_action(d: Document) -> None:
    row = d.row()
    other = _copied(row)
    other.attrib.pop("origin")
    row.addnext(other)
    for role in ROLES:
        cell = cell_of(other, role)
        if cell is not None and role != "progress":
            put(cell, "" if role == "ref" else f"Something new altogether {d.word()}")


def _copied(row: Node) -> Node:
    """As Word copies a row: a control keeps its tag, a bookmark stays behind."""
    other = deepcopy(row)
    for mark in list(other.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        mark.getparent().remove(mark)  # type: ignore[union-attr] # it was found below the row
    return other


@edit
def delete_a_row(d: Document) -> None:
    if len(d.rows()) > 4:
        row = d.row()
        row.getparent().remove(row)  # type: ignore[union-attr] # every row has a table
        for key in [key for key in d.meant if key[0] == row.get("origin")]:
            del d.meant[key]


@edit
def reorder_the_rows(d: Document) -> None:
    rows = list(_rows(d.table()))
    texts = [deepcopy(row) for row in rows]
    d.random.shuffle(texts)
    for row, other in zip(rows, texts, strict=True):
        row.getparent().replace(row, other)  # type: ignore[union-attr] # every row has a table


@edit
def move_a_row_to_another_area(d: Document) -> None:
    row, table = d.row(), d.table()
    *_, last = _rows(table)
    if last is not row:
        last.addnext(row)


@edit
def wrap_a_row_in_a_control(d: Document) -> None:
    row = d.row()
    parent = row.getparent()
    wrapper = make('<w:sdt><w:sdtPr><w:tag w:val="repeat"/></w:sdtPr><w:sdtContent/></w:sdt>')
    if parent is not None:
        parent.replace(row, wrapper)
        wrapper[1].append(row)


# Tracked changes.


def _track_row(row: Node, kind: str) -> None:
    properties = row.find(W + "trPr")
    if properties is None:
        properties = make("<w:trPr/>")
        row.insert(0, properties)
    properties.append(make(f"<w:{kind} {_BY}/>"))


@edit
def add_a_row_with_tracking(d: Document) -> None:
    table = d.table()
    row = _new_row(d, table, {})
    _track_row(row, "ins")
    for role, text in (("opportunity", f"A tracked idea {d.word()}"), ("action", f"Do it {d.word()}")):
        cell = cell_of(row, role)
        if cell is not None:
            _say(cell, f"<w:ins {_BY}>{run(text)}</w:ins>")
    next(_rows(table)).addnext(row)


def _strike(node: Node, kind: str) -> None:
    """Marks every run below as taken away."""
    for one in [found for found in node.iter(W + "r") if found.getparent() is not None]:
        parent = one.getparent()
        if parent is None or parent.tag in (W + "del", W + "moveFrom", W + "ins"):
            continue
        wrapper = make(f"<w:{kind} {_BY}/>")
        parent.replace(one, wrapper)
        wrapper.append(one)
        if kind == "del":
            for piece in one.iter(W + "t"):
                piece.tag = W + "delText"


@edit
def delete_a_row_with_tracking(d: Document) -> None:
    row = d.row()
    _strike(row, "del")
    _track_row(row, "del")
    row.set("was", row.attrib.pop("origin"))


@edit
def move_a_row_with_tracking(d: Document) -> None:
    row = d.row()
    *_, last = _rows(d.table())
    if last is row:
        return
    other = deepcopy(row)
    last.addnext(other)
    _strike(row, "moveFrom")
    _track_row(row, "del")
    row.set("was", row.attrib.pop("origin"))
    for mark in list(row.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        mark.getparent().remove(mark)  # type: ignore[union-attr] # it was found below the row
    _track_row(other, "ins")


@edit
def insert_words_with_tracking(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "lead")
    if cell is not None:
        word = d.word(row)
        before = text_of(cell)
        _say(cell, f"<w:ins {_BY}>{run(f' {word}')}</w:ins>")
        d.mean(row, "lead", f"{before} {word}".strip())


@edit
def delete_words_with_tracking(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "lead")
    if cell is not None:
        _strike(cell, "del")
        _say(cell, f"<w:ins {_BY}>{run(d.word(row))}</w:ins>")


# Columns.


@edit
def add_a_column(d: Document) -> None:
    table = d.table()
    for row in table.iter(W + "tr"):
        text = f"Link governor {d.word(row)}" if row.get("origin") or row.get("was") else "Governor"
        row.append(make(f"<w:tc><w:tcPr/><w:p>{run(text)}</w:p></w:tc>"))
    grid = table.find(W + "tblGrid")
    if grid is not None:
        grid.append(make('<w:gridCol w:w="900"/>'))


def _drop_column(table: Node, role: str) -> None:
    for cell in [cell for cell in table.iter(W + "tc") if cell.get("role") == role]:
        cell.getparent().remove(cell)  # type: ignore[union-attr] # every cell has a row


@edit
def take_out_the_cost_column(d: Document) -> None:
    _drop_column(d.table(), "cost")


@edit
def take_out_the_progress_column(d: Document) -> None:
    _drop_column(d.table(), "progress")


@edit
def take_out_the_reference_column(d: Document) -> None:
    table = d.table()
    if all(len(row.get("rewritten", "").split()) <= 1 for row in _rows(table)):
        for row in _rows(table):
            row.set("tampered", "1")
        _drop_column(table, "ref")


@edit
def move_a_column(d: Document) -> None:
    role = d.random.choice(ROLES)
    for row in d.table().iter(W + "tr"):
        cell = cell_of(row, role)
        if cell is not None and cell.getparent() is row:
            row.append(cell)


def _heads(table: Node, role: str) -> list[Node]:
    """The headings of a column."""
    heads = [row for row in table.iter(W + "tr") if not row.get("origin") and not row.get("was")]
    return [cell for row in heads for cell in row.iter(W + "tc") if cell.get("role") == role]


@edit
def rename_the_headings(d: Document) -> None:
    names = {"lead": "Who", "by_when": "Deadline", "success": "Impact", "progress": "RAG", "action": "What we will do"}
    for role, name in names.items():
        for head in _heads(d.table(), role):
            put(head, name)


@edit
def rename_a_heading_beyond_knowing(d: Document) -> None:
    for head in _heads(d.table(), "success"):
        put(head, f"Evidence we look for {d.word()}")


@edit
def delete_the_row_of_headings(d: Document) -> None:
    table = d.table()
    first = next((row for row in table.iter(W + "tr") if not row.get("origin") and not row.get("was")), None)
    if first is not None and first.getparent() is table:
        table.remove(first)


@edit
def merge_two_cells_of_a_row(d: Document) -> None:
    row = d.row()
    one, two = cell_of(row, "lead"), cell_of(row, "by_when")
    if one is None or two is None or one.getnext() is not two:
        return
    for block in [child for child in two if child.tag != W + "tcPr"]:
        one.append(block)
    row.remove(two)
    properties = one.find(W + "tcPr")
    if properties is None:
        properties = make("<w:tcPr/>")
        one.insert(0, properties)
    properties.append(make('<w:gridSpan w:val="2"/>'))


@edit
def merge_cells_down_two_rows(d: Document) -> None:
    rows = list(_rows(d.table()))[:2]
    role = d.random.choice(("lead", "action"))
    cells = [cell for row in rows if (cell := cell_of(row, role)) is not None]
    if len(cells) < 2 or rows[0].getnext() is not rows[1] or any("zz" in text_of(cell) for cell in cells):
        return
    if role in WORDINGS and not all(_note_rewriting(row, role) for row in rows):
        return
    for cell, kind in zip(cells, ("restart", "continue"), strict=True):
        properties = cell.find(W + "tcPr")
        if properties is not None:
            properties.append(make(f'<w:vMerge w:val="{kind}"/>'))
    for block in [child for child in cells[1] if child.tag != W + "tcPr"]:
        cells[0].append(block)
    cells[1].append(make("<w:p/>"))


# Tables.


@edit
def split_a_table(d: Document) -> None:
    table = d.table()
    rows = list(_rows(table))
    if len(rows) > 1 and rows[-1].getparent() is table:
        other = deepcopy(table)
        for row in list(other.iter(W + "tr")):
            row.getparent().remove(row)  # type: ignore[union-attr] # every row has a table
        for row in rows[len(rows) // 2 :]:
            other.append(row)
        _insert_after(table, paragraph(f"Carried over the page {d.word()}"), other)


@edit
def join_two_tables(d: Document) -> None:
    tables = d.action_tables()
    if len(tables) > 1:
        place = d.random.randrange(len(tables) - 1)
        one, two = tables[place : place + 2]
        if any(ancestor is one for ancestor in two.iterancestors()):
            return
        for row in list(two):
            if row.tag in (W + "tr", W + "sdt"):
                one.append(row)
        two.getparent().remove(two)  # type: ignore[union-attr] # every table stands in something


@edit
def move_an_area(d: Document) -> None:
    table = d.table()
    if table.getparent() is d.body:
        d.body.insert(0, table)


@edit
def put_a_table_within_a_table(d: Document) -> None:
    table = d.table()
    parent = table.getparent()
    if parent is not None:
        outer = make("<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr></w:tbl>")
        parent.replace(table, outer)
        outer[1][0].insert(1, table)


@edit
def put_a_small_table_into_a_cell(d: Document) -> None:
    row = d.row()
    cell = cell_of(row, "action")
    if cell is not None:
        small = make(
            f"<w:tbl><w:tblPr/><w:tr><w:tc><w:p>{run(d.word(row))}</w:p></w:tc><w:tc><w:p>{run(d.word(row))}</w:p></w:tc></w:tr></w:tbl>"
        )
        cell.append(small)
        cell.append(make("<w:p/>"))


@edit
def copy_a_whole_table(d: Document) -> None:
    table = d.table()
    other = deepcopy(table)
    for mark in list(other.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        mark.getparent().remove(mark)  # type: ignore[union-attr] # it was found below the table
    for row in _rows(other):
        row.attrib.pop("origin")
    other.attrib.pop("actions")
    _insert_after(table, make("<w:p/>"), other)


@edit
def rename_the_headings_of_areas(d: Document) -> None:
    for one in d.body.findall(W + "p"):
        if text_of(one).startswith("Area ") and one.find(f"{W}pPr/{W}pStyle") is not None:
            pieces = list(one.iter(W + "t"))
            pieces[0].text = f"What we do next {d.word()}"
            for piece in pieces[1:]:
                piece.text = ""


@edit
def turn_a_table_into_paragraphs(d: Document) -> None:
    table = d.table()
    lines = [paragraph("\t".join(text_of(cell) for cell in row.iter(W + "tc"))) for row in table.iter(W + "tr")]
    if len(d.action_tables()) > 2:
        _insert_after(table, *lines)
        table.getparent().remove(table)  # type: ignore[union-attr] # every table stands in something


# Beside the rows.


def _comment(d: Document, paragraph: Node, text: str) -> None:
    key = f"77{len(d.parts)}"
    name = f"comments{key}"
    d.add_part(
        name,
        "comments",
        f'<w:comments {_NAMESPACES}><w:comment w:id="{key}" w:author="B. Hexcombe"><w:p>{run(text)}</w:p></w:comment></w:comments>',
    )
    paragraph.append(make(f'<w:r><w:commentReference w:id="{key}"/></w:r>'))


@edit
def comment_on_a_row(d: Document) -> None:
    row = d.row()
    _comment(d, next(row.iter(W + "p")), f"Is this ours? {d.word(row)}")


@edit
def comment_on_a_paragraph(d: Document) -> None:
    _comment(d, d.body.findall(W + "p")[30], f"We see it otherwise {d.word()}")


@edit
def leave_a_comment_without_a_place(d: Document) -> None:
    d.add_part(
        f"comments9{len(d.parts)}",
        "comments",
        f'<w:comments {_NAMESPACES}><w:comment w:id="9"><w:p>{run(d.word())}</w:p></w:comment></w:comments>',
    )


@edit
def add_a_footnote(d: Document) -> None:
    key = f"88{len(d.parts)}"
    row = d.row()
    d.add_part(
        f"footnotes{key}",
        "footnotes",
        f'<w:footnotes {_NAMESPACES}><w:footnote w:id="{key}"><w:p>{run(d.word(row))}</w:p></w:footnote></w:footnotes>',
    )
    next(row.iter(W + "p")).append(make(f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'))


def _box(text: str) -> str:
    content = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@edit
def put_a_text_box_into_a_row(d: Document) -> None:
    row = d.row()
    next(row.iter(W + "p")).append(make(_box(f"Note {d.word(row)}")))


@edit
def put_a_text_box_on_a_page(d: Document) -> None:
    d.body.findall(W + "p")[20].append(make(_box(f"Remember {d.word()}")))


@edit
def write_between_the_tables(d: Document) -> None:
    _insert_after(d.table(), paragraph(f"We talked about this with families {d.word()}"))


@edit
def change_our_own_paragraph(d: Document) -> None:
    paragraphs = [one for one in d.body.findall(W + "p") if len(text_of(one)) > 80]
    next(d.random.choice(paragraphs).iter(W + "t")).text = f"We put it differently {d.word()} "


@edit
def fill_in_the_sign_off(d: Document) -> None:
    for table in d.tables():
        cells = list(table.iter(W + "tc"))
        if text_of(cells[0]) == "Agreed by":
            put(cells[4], f"A. Marlhurst {d.word()}")
            put(cells[5], "3/2/27")


@edit
def write_into_the_checklist(d: Document) -> None:
    for table in d.tables():
        cells = list(table.iter(W + "tc"))
        if text_of(cells[0]) == "Evaluation area":
            cells[7].append(paragraph(f"Ready for this {d.word()}"))


@edit
def write_into_the_footer(d: Document) -> None:
    d.parts["word/footer1.xml"] = d.parts["word/footer1.xml"].replace(
        b"</w:p>", run(f" draft {d.word()}").encode() + b"</w:p>", 1
    )


def _front(d: Document, heading: str) -> list[Node]:
    """The rows of one of the first page's tables."""
    for table in d.tables():
        rows = table.findall(W + "tr")
        if not table.get("actions") and rows and [text_of(cell) for cell in rows[0].iter(W + "tc")][:2] == ["Ref", heading]:
            return rows[1:]
    return []


@edit
def name_who_leads_on_the_first_page(d: Document) -> None:
    for row in _front(d, "Area")[:1]:
        row.set("origin", text_of(row[1]))
        put(list(row.iter(W + "tc"))[3], f"Deputy {d.word(row)}")
        row.attrib.pop("origin")


@edit
def add_a_priority_on_the_first_page(d: Document) -> None:
    for row in _front(d, "Area")[:1]:
        other = deepcopy(row)
        for cell, text in zip(other.iter(W + "tc"), ("", "Area 4", f"Our own priority {d.word()}", "Head", ""), strict=True):
            put(cell, text)
        row.addnext(other)


@edit
def export_from_google_docs(d: Document) -> None:
    """Cells wrapped in controls that are not ours, ours gone, widths as fractions, no bookmarks, no properties."""
    lose_the_controls(d)
    lose_the_bookmarks(d)
    lose_the_properties(d)
    for cell in list(d.body.iter(W + "tc")):
        parent = cell.getparent()
        if parent is not None:
            wrapper = make('<w:sdt><w:sdtPr><w:id w:val="-1"/><w:tag w:val="goog_rdk_7"/></w:sdtPr><w:sdtContent/></w:sdt>')
            parent.replace(cell, wrapper)
            wrapper[1].append(cell)
    for width in d.body.iter(W + "tcW"):
        width.set(W + "w", "1538.4000000000001")

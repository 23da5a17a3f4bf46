"""The rules about what stands where, kept by a part however its blocks are chosen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten

from lxml import etree

from pipeline.writers.proof import VALUE, word_of
from pipeline.writers.validity import schema
from pipeline.writers.validity.rule import Fault, Rule
from pipeline.writers.validity.sequence import CLOSES, NAMES, OPENS, PARTS, Sequence, children_of, name_of

_SHOWN = 80  # characters of the text beside a fault
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Look:
    """A rule that a part breaks; where that is not certain, since it hangs on what its blocks do, each document is asked."""

    fault: Fault
    is_certain: bool


def find_structure(root: etree._Element, part: str, *, quotes: bool) -> Iterator[Look]:
    """What is broken in a part. It may hold blocks, whole siblings each. `quotes` is whether the text beside a fault is given:
    that of a template may be, that of a school never."""
    for element in root.iter(etree.Element):
        if str(element.tag).startswith(NAMES):
            for rule in _broken(element):
                yield Look(Fault(rule, part, near(element) if quotes else ""), not _varies(element))
    yield from _look_at_fields(root, part)


def near(element: etree._Element) -> str:
    """The text of the paragraph, row or table that an element stands in, values left out."""
    around = next((one for one in element.iterancestors(f"{NAMES}p", f"{NAMES}tr", f"{NAMES}tbl")), element)
    around = element if name_of(element) in ("p", "tr", "tbl", "tc") else around
    text = " ".join("".join(map(str, paragraph.itertext(f"{NAMES}t"))) for paragraph in around.iter(f"{NAMES}p"))
    return shorten(text.replace(VALUE, "…"), _SHOWN, placeholder=" …")


def _varies(element: etree._Element) -> bool:
    """Whether its children, or what else decides here whether it keeps a rule, hang on what fills it."""
    deciding = [element, *(node for path in _DECIDING.get(name_of(element), ()) for node in element.iterfind(path, {"": _W}))]
    blocks = (child for node in deciding for child in node if isinstance(child, etree._ProcessingInstruction))
    values = (value for node in deciding for value in node.attrib.values() if VALUE in value)
    return any(True for _ in blocks) or any(True for _ in values)


_W = NAMES.strip("{}")
_DECIDING = {
    "tc": ("sdt/sdtContent",),
    "tr": ("tc/tcPr", "tc/tcPr/gridSpan", "trPr", "trPr/gridBefore", "trPr/gridAfter"),
    "tbl": ("tblGrid",),
    "sdt": ("sdtContent",),
}


def _broken(element: etree._Element) -> Iterator[Rule]:
    name, parent = name_of(element), element.getparent()
    allowed = schema.PARENTS.get(name)
    if allowed and parent is not None and str(parent.tag).startswith(NAMES) and name_of(parent) not in allowed:
        yield Rule.NESTING
    if name not in schema.TEXTS and _holds_text(element):
        yield Rule.NESTING
    if name in schema.FORMED and not _fits_forms(name, element):
        yield Rule.WORD_FITS
    if name in _LOOKS:
        yield from _LOOKS[name](element)
    if len(element):
        yield from _ordered(element, name)


def _fits_forms(name: str, element: etree._Element) -> bool:
    """Whether its attributes hold words that they may, as far as they are known."""
    for attribute, value in element.attrib.items():
        form = schema.FORMS.get((name, str(attribute).removeprefix(NAMES)))
        if form and VALUE not in str(value) and not form.fullmatch(str(value)):
            return False
    return True


def _holds_text(element: etree._Element) -> bool:
    """Whether text stands in it bare; line ends and blanks between elements are none."""
    return bool(element.text and element.text.strip()) or any(child.tail and child.tail.strip() for child in element)


def _ordered(element: etree._Element, name: str) -> Iterator[Rule]:
    """The order of its children, as far as they have one."""
    if name in schema.ONCE:
        named = [name_of(child) for child in element.iterchildren(etree.Element)]
        if any(named.count(one) > 1 for one in schema.ONCE[name].intersection(named)):
            yield Rule.PROPERTY_TWICE
    if name in schema.FIRST or name in schema.ORDERS:
        yield from _rules_of_order(name, _content(element))


@lru_cache(maxsize=4096)
def _rules_of_order(name: str, content: Sequence) -> tuple[Rule, ...]:
    rules = []
    if name in schema.FIRST and schema.FIRST[name] in {after for _, after in content.pairs}:
        rules.append(Rule.PROPERTIES_FIRST)
    order = schema.ORDERS.get(name, {})
    for before, after in content.pairs:
        if before not in order or after not in order:
            continue
        if before == after and before not in schema.REPEATED:
            rules.append(Rule.PROPERTY_TWICE)
        elif order[before] > order[after] and {before, after} != {"headerReference", "footerReference"}:
            rules.append(Rule.PROPERTY_ORDER)
    return tuple(rules)


def _content(element: etree._Element) -> Sequence:
    return children_of(element, without=schema.RANGE_MARKS)


def _look_at_cell(cell: etree._Element) -> Iterator[Rule]:
    content = children_of(cell, without=(schema.RANGE_MARKS | {"tcPr"}))
    if content.may_be_empty or not content.last <= {"p", "sdt", "customXml"} or not _controls_end_in_paragraph(cell):
        yield Rule.CELL_END


def _controls_end_in_paragraph(cell: etree._Element) -> bool:
    """Whether a cell's controls end with a paragraph themselves: one of them may be its last child."""
    contents = cell.findall(f"{NAMES}sdt/{NAMES}sdtContent")
    return all(children_of(one, without=schema.RANGE_MARKS).last <= {"p", "sdt"} for one in contents)


def _look_at_row(row: etree._Element) -> Iterator[Rule]:
    without = schema.RANGE_MARKS | {"trPr", "tblPrEx"}
    if children_of(row, without=without).may_be_empty:
        yield Rule.ROW_CELLS
    table = next(row.iterancestors(f"{NAMES}tbl"), None)
    grid = table.find(f"{NAMES}tblGrid") if table is not None else None
    if grid is not None and not _fits_grid(row, len(grid.findall(f"{NAMES}gridCol"))):
        yield Rule.GRID_FIT


def _fits_grid(row: etree._Element, columns: int) -> bool:
    """Whether its cells fill the grid, as far as that can be told here."""
    cells = [cell for cell in row.iter(f"{NAMES}tc") if next(cell.iterancestors(f"{NAMES}tr")) is row]
    spans = [cell.find(f"{NAMES}tcPr/{NAMES}gridSpan") for cell in cells]
    beside = [row.find(f"{NAMES}trPr/{NAMES}{name}") for name in ("gridBefore", "gridAfter")]
    widths = ["1" if one is None else one.get(f"{NAMES}val", "") for one in spans]
    widths += [one.get(f"{NAMES}val", "") for one in beside if one is not None]
    has_blocks = any(isinstance(node, etree._ProcessingInstruction) for node in row)
    return not has_blocks and all(one.isdecimal() for one in widths) and sum(map(int, widths)) == columns


def _look_at_table(table: etree._Element) -> Iterator[Rule]:
    content = _content(table)
    if content.first != {"tblPr"} or ("tblPr", "tblGrid") not in content.pairs:
        yield Rule.TABLE_GRID
    if children_of(table, without=(schema.RANGE_MARKS | {"tblPr", "tblGrid"})).may_be_empty:
        yield Rule.TABLE_ROWS


def _look_at_control(control: etree._Element) -> Iterator[Rule]:
    contents = control.findall(f"{NAMES}sdtContent")
    if len(contents) != 1 or _content(contents[0]).may_be_empty:
        yield Rule.CONTROL_CONTENT
    around = next((name_of(one) for one in control.iterancestors() if name_of(one) not in ("sdt", "sdtContent")), "")
    inside = {name_of(child) for content in contents for child in content.iterchildren(etree.Element)}
    if not inside & schema.LEVELLED <= schema.LEVELS.get(around, schema.LEVELLED):
        yield Rule.CONTROL_LEVEL


def _look_at_link(link: etree._Element) -> Iterator[Rule]:
    if _content(link).may_be_empty or not (link.get(_R_ID) or link.get(f"{NAMES}anchor")):
        yield Rule.LINK_EMPTY


def _look_at_body(body: etree._Element) -> Iterator[Rule]:
    if any(before == "sectPr" for before, _ in children_of(body).pairs):
        yield Rule.BODY_END


_LOOKS: dict[str, Callable[[etree._Element], Iterator[Rule]]] = {
    "tc": _look_at_cell,
    "tr": _look_at_row,
    "tbl": _look_at_table,
    "sdt": _look_at_control,
    "hyperlink": _look_at_link,
    "body": _look_at_body,
}


def _look_at_fields(root: etree._Element, part: str) -> Iterator[Look]:
    """Whether each field begins, has at most one separator, and ends; and whether each branch leaves fields as it met them."""
    open_fields: tuple[bool, ...] = ()  # innermost last; whether each has been separated
    met: list[tuple[bool, ...]] = []
    for node in root.iter(f"{NAMES}fldChar", etree.ProcessingInstruction):
        if isinstance(node, etree._ProcessingInstruction):
            word = word_of(node)
            if word in PARTS | CLOSES and open_fields != met[-1]:
                yield Look(Fault(Rule.FIELD, part), False)
                return
            met = [*met, open_fields] if word in OPENS else met[:-1] if word in CLOSES else met
            continue
        kind = node.get(f"{NAMES}fldCharType")
        if kind == "begin":
            open_fields = (*open_fields, False)
        elif not open_fields or (kind == "separate" and open_fields[-1]):
            yield Look(Fault(Rule.FIELD, part), True)
            return
        else:
            open_fields = open_fields[:-1] if kind == "end" else (*open_fields[:-1], True)
    if open_fields:
        yield Look(Fault(Rule.FIELD, part), True)

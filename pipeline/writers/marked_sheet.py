"""Marks on cells of somebody else's sheet; whatever else the sheet holds stays as it is."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from pipeline.writers.marked_look import MarkedLooks
from pipeline.writers.office_file import MAIN
from pipeline.writers.place import find_held, find_place

_TRUE = ("1", "true")


def find_shown(sheet: etree._Element, cells: Collection[str]) -> Mapping[str, str]:
    """Where each cell shows: of merged cells, the first."""
    merged = [one.get("ref", "") for one in sheet.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]
    first = {cell: merged[number].partition(":")[0] for number, cell in find_held(merged, cells)}
    return {cell: first.get(cell, cell) for cell in cells}


def mark_cells(sheet: etree._Element, cells: Collection[str], looks: MarkedLooks) -> None:
    """Gives cells the mark's background, also where answers are tinted. One that is absent is made."""
    (rows,) = sheet.findall(f"{MAIN}sheetData")
    wanted: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for cell in cells:
        number, column = find_place(cell)
        wanted[number][column] = cell
    _complete(rows, "row", {number: f"{number}" for number in wanted})
    for number, row in _numbered(rows, "row"):
        if number in wanted:
            _mark_row(sheet, row, wanted[number], looks)
    _come_first(sheet, cells, looks)


def _mark_row(sheet: etree._Element, row: etree._Element, cells: Mapping[int, str], looks: MarkedLooks) -> None:
    made = _complete(row, "c", cells)
    if made:
        row.attrib.pop("spans", "")  # which columns the row has: a hint, and now a wrong one
    for column, cell in _numbered(row, "c"):
        if column in cells:
            own = _look_of_absent(sheet, row, column) if cell in made else cell.get("s")
            cell.set("s", f"{looks.of_cell(int(own or 0))}")


def _numbered(parent: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    """Rows with their number, or a row's cells with their column. One that does not say follows the one before it."""
    number = 0
    for child in parent.iterchildren(f"{MAIN}{tag}"):
        said = child.get("r")
        number = number + 1 if said is None else int(said) if tag == "row" else find_place(said)[1]
        yield number, child


def _complete(parent: etree._Element, tag: str, names: Mapping[int, str]) -> Sequence[etree._Element]:
    """Makes the rows or cells that are absent, each in its place (number → what it says of itself); gives them."""
    present = {number for number, _ in _numbered(parent, tag)}
    made = [(number, parent.makeelement(f"{MAIN}{tag}", {"r": names[number]})) for number in sorted(names.keys() - present)]
    left = deque(made)
    for number, child in _numbered(parent, tag) if made else ():
        while left and left[0][0] < number:
            child.addprevious(left.popleft()[1])
    parent.extend(element for _, element in left)
    return [element for _, element in made]


def _look_of_absent(sheet: etree._Element, row: etree._Element, column: int) -> str | None:
    """How a cell looks that is not there: as its row, or else its column."""
    if row.get("customFormat") in _TRUE:
        return row.get("s")
    columns = sheet.iterfind(f"{MAIN}cols/{MAIN}col")
    return next((one.get("style") for one in columns if int(one.get("min", 0)) <= column <= int(one.get("max", 0))), None)


def _come_first(sheet: etree._Element, cells: Collection[str], looks: MarkedLooks) -> None:
    """Answers are tinted by conditional formats, which hide a cell's own background: there our mark is a rule, the first to be
    tried.

    It stands in the same range as the tints, because LibreOffice does not look at the order of rules in ranges that overlap.
    """
    formats = [(ref, one) for one in sheet.iterfind(f"{MAIN}conditionalFormatting") for ref in one.get("sqref", "").split()]
    tinted = dict.fromkeys((formats[number][1], cell) for number, cell in find_held([ref for ref, _ in formats], cells))
    for rule in sheet.iter("{*}cfRule") if tinted else ():
        if (priority := rule.get("priority", "")).isdecimal():
            rule.set("priority", f"{int(priority) + len(tinted)}")
    for order, (one, cell) in enumerate(tinted, 1):
        row, column = find_place(cell)
        attributes = {"type": "expression", "dxfId": f"{looks.of_rule()}", "priority": f"{order}", "stopIfTrue": "1"}
        rule = one.makeelement(f"{MAIN}cfRule", attributes)
        etree.SubElement(rule, f"{MAIN}formula").text = f"AND(ROW()={row},COLUMN()={column})"
        one.insert(0, rule)

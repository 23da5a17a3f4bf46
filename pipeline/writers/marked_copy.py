"""A copy of a return in which the cells to mend are marked. The school's own file is never altered."""

import re
import warnings
import zipfile
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.finding import Finding
from pipeline.rules.noting import asks_school, say_need
from pipeline.writers import style
from pipeline.writers.archive import settle

_AUTHOR = "Inclusion team"
_MARK = "F9C9A9"  # stronger than the tint of an open cell, and unlike the tints of answers
_CELL = re.compile(r"([A-Z]|[A-W][A-Z]|[A-W][A-Z]{2}|X[A-Z]|X[A-E][A-Z]|XF[A-D])[1-9][0-9]{0,6}")
_LAST_ROW = 1_048_576
_MACROS = ("vbaproject", "macrosheets")
_LARGEST = (
    20_000_000  # bytes of markup; a completed workbook has well under one million, and openpyxl needs fifty times as much
)
_WIDTH, _LINE, _LETTERS = 320, 18, 46  # of a comment: pixels, pixels a line, letters a line

Marks = Mapping[tuple[str, str], Sequence[Finding]]


def mark_copy(content: bytes, findings: Sequence[Finding]) -> bytes | None:
    """The return with every cell that a school is asked to mend marked by a fill and a comment; the rest as openpyxl keeps it.

    A cell's own comment stays above ours. None where there is no such cell, and for a file that openpyxl cannot write again
    whole: another format, one with macros, or one in which it does not find a sheet that a finding names. Only for files that
    the reader has opened: it looks into them within limits of time and memory, which this does not.
    """
    marks: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if asks_school(finding) and _is_address(finding.place.cell):
            marks.setdefault((finding.place.sheet, finding.place.cell), []).append(finding)
    if not marks or not _can_be_rewritten(content):
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # of what openpyxl does not keep
            return _rewrite(content, marks)
    except Exception:  # openpyxl raises many kinds for a workbook that is not quite one; then there is no copy
        return None


def _is_address(cell: str) -> bool:
    return _CELL.fullmatch(cell) is not None and int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) <= _LAST_ROW


def _can_be_rewritten(content: bytes) -> bool:
    """Whether it is a zip without macros, of a size that openpyxl can hold."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(part.filename.lower(), part.file_size) for part in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    markup = sum(size for name, size in parts if name.endswith((".xml", ".rels", ".vml")))
    return markup <= _LARGEST and not any(macro in name for name, _ in parts for macro in _MACROS)


def _rewrite(content: bytes, marks: Marks) -> bytes | None:
    workbook = load_workbook(BytesIO(content), rich_text=True)
    if not {sheet for sheet, _ in marks} <= {sheet.title for sheet in workbook.worksheets}:
        return None
    _mark(workbook, marks)
    result = BytesIO()
    workbook.save(result)
    return settle(result.getvalue())


def _mark(workbook: Workbook, marks: Marks) -> None:
    by_sheet: dict[str, dict[str, list[Finding]]] = {}
    for (title, address), findings in marks.items():
        shown_at = _shown_at(workbook[title], address)
        by_sheet.setdefault(title, {}).setdefault(shown_at, []).extend(findings)
    for title, cells in by_sheet.items():
        sheet = workbook[title]
        for address, findings in cells.items():
            cell = sheet[address]
            assert isinstance(cell, Cell)
            cell.fill = style.fill(_MARK)
            cell.comment = _comment(cell.comment, findings)
        _come_first(sheet, cells)


def _shown_at(sheet: Worksheet, address: str) -> str:
    """Where a cell shows: of merged cells, the first."""
    ranges = (merged.coord for merged in sheet.merged_cells.ranges if address in merged)
    return next(ranges, address).split(":", maxsplit=1)[0]


def _comment(already: Comment | None, findings: Sequence[Finding]) -> Comment:
    said = dict.fromkeys(f"{finding.title}.\n{say_need(finding)}" for finding in findings)
    text = "\n\n".join([*([already.text] if already and already.text else []), *said])
    height = _LINE * (style.lines(text, _LETTERS) + 1)
    return Comment(text, _AUTHOR, height=height, width=_WIDTH)


def _come_first(sheet: Worksheet, cells: Collection[str]) -> None:
    """Answers are tinted by conditional formats, which hide a cell's own fill: there our mark is a rule, the first to be tried.

    It stands in the same range as the tints, because LibreOffice does not look at the order of rules in ranges that overlap.
    """
    formats = sheet.conditional_formatting
    tinted = [(f"{one.sqref}", cell) for one in formats for cell in cells if any(cell in part for part in one.sqref.ranges)]
    for conditional in formats:
        for rule in conditional.rules:
            rule.priority += len(tinted)
    for place, (ranges, cell) in enumerate(tinted, 1):
        row, column = coordinate_to_tuple(cell)
        formula = f"AND(ROW()={row},COLUMN()={column})"
        mark = FormulaRule(formula=[formula], fill=style.conditional_fill(_MARK), stopIfTrue=True)
        mark.priority = place
        formats.add(ranges, mark)

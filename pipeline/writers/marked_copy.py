"""A copy of a return in which the cells to mend are marked. The school's own file is never altered."""

import re
from collections.abc import Mapping, Sequence

from pipeline.model.finding import Finding
from pipeline.rules.noting import asks_school, say_need
from pipeline.writers.marked_comment import add_comments
from pipeline.writers.marked_look import MarkedLooks
from pipeline.writers.marked_sheet import find_shown, mark_cells
from pipeline.writers.office_file import LINKS, MAIN, OfficeFile

_CELL = re.compile(r"([A-Z]|[A-W][A-Z]|[A-W][A-Z]{2}|X[A-Z]|X[A-E][A-Z]|XF[A-D])[1-9][0-9]{0,6}")
_LAST_ROW = 1_048_576
_MACROS = ("vbaproject", "macrosheets")
_LARGEST = 20_000_000  # bytes of markup; a completed workbook has well under one million

# A workbook that could hold macros, or a template, is neither when it is called .xlsx.
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Marks = Mapping[str, Mapping[str, Sequence[Finding]]]


def mark_copy(content: bytes, findings: Sequence[Finding]) -> bytes | None:
    """The return with every cell that a school is asked to mend marked by a fill and a comment; all else stays as it is.

    A cell's own comment stays above ours. None where there is no such cell, and for a file in which they cannot be marked:
    another format, one with macros, or one without a sheet that a finding names. Only for files that the reader has opened: it
    looks into them within limits of time and memory, which this does not.
    """
    marks: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        if asks_school(finding) and _is_address(finding.place.cell):
            marks.setdefault(finding.place.sheet, {}).setdefault(finding.place.cell, []).append(finding)
    try:
        return _mark(OfficeFile(content), marks) if marks else None
    except Exception:  # a workbook may be faulty in any place and in any way; then there is no copy
        return None


def _is_address(cell: str) -> bool:
    return _CELL.fullmatch(cell) is not None and int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) <= _LAST_ROW


def _mark(file: OfficeFile, marks: Marks) -> bytes | None:
    book = file.linked("", "officeDocument")
    sheets = _find_sheets(file, book)
    if not _can_be_marked(file.sizes()) or not marks.keys() <= sheets.keys():
        return None
    file.set_type(book, _WORKBOOK)
    looks = MarkedLooks(file.edit(file.linked(book, "styles")))
    for title, by_cell in marks.items():
        part = sheets[title]
        sheet = file.edit(part)
        shown: dict[str, list[Finding]] = {}
        for cell, shown_at in find_shown(sheet, by_cell).items():
            shown.setdefault(shown_at, []).extend(by_cell[cell])
        mark_cells(sheet, shown, looks)
        add_comments(file, part, {cell: _say(findings) for cell, findings in shown.items()})
    return file.save()


def _can_be_marked(sizes: Mapping[str, int]) -> bool:
    """Whether it is a workbook without macros, of a size that can be held as trees."""
    markup = sum(size for name, size in sizes.items() if name.lower().endswith((".xml", ".rels", ".vml")))
    return markup <= _LARGEST and not any(macro in name.lower() for name in sizes for macro in _MACROS)


def _find_sheets(file: OfficeFile, book: str) -> Mapping[str, str]:
    """A worksheet's title → its part."""
    links = file.links(book)
    listed = file.tree(book).iterfind(f"{MAIN}sheets/{MAIN}sheet")
    linked = ((sheet.get("name", ""), links.get(sheet.get(f"{{{LINKS}}}id", ""))) for sheet in listed)
    return {name: link[1] for name, link in linked if link and link[0] == "worksheet"}


def _say(findings: Sequence[Finding]) -> str:
    return "\n\n".join(dict.fromkeys(f"{finding.title}.\n{say_need(finding)}" for finding in findings))

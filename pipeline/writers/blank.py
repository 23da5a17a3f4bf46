"""Workbooks by the hundred: a blank is made once for all schools that are alike, and then filled in for each of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers.cell import Value, encode, escape, write_cell
from pipeline.writers.package import Member, join, read_members
from pipeline.writers.parts import make_part, unpack
from pipeline.writers.workbook import build_workbook, save_workbook

Entries = Mapping[str, Mapping[str, Value]]
Heights = Mapping[str, Mapping[int, float]]

# What stands for a school's own texts in a blank: brackets that nobody writes, and an ampersand, of which a footer has two
# where a cell has one.
_MARKS = {field: f"⟦&{field}⟧" for field in ("urn", "laestab", "name", "kind", "district", "town")}
# A text that any program takes as it stands: no formula, no code of footers, no space at its ends.
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ '’‘\"“”,.&()/<>:;!–-])*(?<! )")
_ROW = re.compile(rb'(<row r="([0-9]+)" (?:[a-z]+="[^"]*" )*?)ht="([0-9.]+)"')
_EMPTY_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)" s="([0-9]+)" t="n"></c>')


@dataclass(frozen=True)
class Blank:
    """The workbook of all schools that are alike.

    Shape: `contents`, part → what it holds, for those that vary from school to school; `marked`, part → the fields of a school
    whose marks are in it; `sheets`, title → part.
    """

    parts: tuple[Member, ...]
    contents: Mapping[str, bytes]
    marked: Mapping[str, tuple[str, ...]]
    sheets: Mapping[str, str]


class Blanks:
    """The blanks of a cycle; each is made when the first school like it comes."""

    def __init__(self, configuration: Configuration, cycle: str) -> None:
        self._configuration = configuration
        self._cycle = cycle
        self._made: dict[tuple[School, str], Blank] = {}

    def of(self, school: School, prefilled_from: str = "") -> Blank:
        """The blank of a school; one to be filled with the answers of an earlier cycle, where that is named."""
        key = _liken(school), prefilled_from
        if key not in self._made:
            self._made[key] = _make_blank(key[0], self._configuration, self._cycle, prefilled_from)
        return self._made[key]


def fill_in(blank: Blank, school: School, entries: Entries | None = None, heights: Heights | None = None) -> bytes:
    """A school's workbook, with what was typed into its empty cells: sheet → A1 address → value. `heights` make rows taller:
    sheet → row → points.

    Without entries the same bytes as `save_workbook(build_workbook(school, ...))`. Raises: KeyError for an entry that has no
    empty cell.
    """
    typed = {blank.sheets[sheet]: cells for sheet, cells in (entries or {}).items()}
    taller = {blank.sheets[sheet]: rows for sheet, rows in (heights or {}).items()}
    replacements = {field: _replacements(mark, getattr(school, field)) for field, mark in _MARKS.items()}
    made = {}
    for part in {**blank.marked, **typed}:
        content = blank.contents[part]
        for mark, text in (pair for field in blank.marked.get(part, ()) for pair in replacements[field]):
            content = content.replace(mark, text)
        made[part] = make_part(part, [_type(_stretch(content, taller.get(part, {})), typed.get(part, {}))])
    return join([made.get(part.name, part) for part in blank.parts])


def _liken(school: School) -> School:
    """A school with marks for its texts; one that is not plain stays, and with it the school has a blank to itself."""
    texts = {field: getattr(school, field) for field in _MARKS}
    marks = {} if any("⟦" in text for text in texts.values()) else _MARKS
    marked: dict[str, Any] = {field: mark for field, mark in marks.items() if _PLAIN.fullmatch(texts[field])}
    return replace(school, pupils=None, **marked)


def _make_blank(likeness: School, configuration: Configuration, cycle: str, prefilled_from: str) -> Blank:
    workbook = build_workbook(likeness, configuration, cycle, prefilled_from)
    parts = read_members(save_workbook(workbook))
    sheets = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(workbook.sheetnames, 1)}
    contents = {part.name: unpack(part) for part in parts}
    marks = {field: mark for field, mark in _MARKS.items() if getattr(likeness, field) == mark}
    marked = {name: fields for name, content in contents.items() if (fields := _find_marks(content, marks))}
    varying = {name: content for name, content in contents.items() if name in marked or name in sheets.values()}
    return Blank(parts, varying, marked, sheets)


def _find_marks(content: bytes, marks: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(field for field, mark in marks.items() if any(found in content for found, _ in _replacements(mark, "")))


def _replacements(mark: str, text: str) -> tuple[tuple[bytes, bytes], ...]:
    """What stands for a text and the text: in a footer, in a cell, and in a part whose encoding is UTF-8."""
    in_footer = mark.replace("&", "&&"), text.replace("&", "&&")
    in_sheets = [(encode(escape(one)), encode(escape(other))) for one, other in (in_footer, (mark, text))]
    return (*in_sheets, (escape(mark).encode(), escape(text).encode()))


def _stretch(sheet: bytes, taller: Mapping[int, float]) -> bytes:
    """A sheet with rows as tall as they were, or as asked."""

    def heighten(found: re.Match[bytes]) -> bytes:
        return b'%sht="%.16g"' % (found[1], max(float(found[3]), taller.get(int(found[2]), 0)))

    return _ROW.sub(heighten, sheet) if taller else sheet


def _type(sheet: bytes, typed: Mapping[str, Value]) -> bytes:
    """A sheet with what was typed into its open cells; last of all, so that nothing typed is taken for a mark."""
    left = {place: value for place, value in typed.items() if value != ""}

    def write(found: re.Match[bytes]) -> bytes:
        place = found[1].decode()
        return encode(write_cell(place, int(found[2]), left.pop(place))) if place in left else found[0]

    written = _EMPTY_CELL.sub(write, sheet) if left else sheet
    if left:
        raise KeyError(*left)
    return written

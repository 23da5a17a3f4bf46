"""`overview.html`: the heat map as one page that opens from a folder, with nothing fetched from anywhere.

The table stands in the page as it is, so that it can be read and printed without scripts. Every sentence stands once beside it,
as JSON, and a rating holds the places of its own. What a school gave its name or its file is only ever text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from pipeline.model.heat_map import OVERALL, Cell, HeatMap, Row, Way
from pipeline.model.school import Phase
from pipeline.writers.page_template import PageTemplate

_MOVEMENTS = (
    (Way.UP, "Moved up"),
    (Way.DOWN, "Moved down"),
    (Way.SAME, "As last cycle"),
    (Way.BREAK, "Cannot be compared"),
)
_ARROWS = {Way.UP: ("▲", "up from"), Way.DOWN: ("▼", "down from")}
_BREAK = "<small>rules changed</small>"
_GAP = '<small class="duty"><i aria-hidden="true">§</i> Statutory gap</small>'
_NONE_GIVEN = "None given"
# In a page these would end the JSON, or a line of it, before its end.
_ESCAPED = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
_NAMES = ("authority", "cycle", "edition", "made_on", "remark")
NAMES = frozenset(
    (*_NAMES, "policy", "districts", "phases", "columns", "levels", "movements", "counted", "key", "head", "rows", "records")
)
REQUIRED = frozenset(("policy", "districts", "phases", "columns", "levels", "movements", "head", "rows", "records"))


def write_heat_map(template: PageTemplate, heat_map: HeatMap) -> bytes:
    """The page. The same map gives the same bytes."""
    composing = _Composing(heat_map)
    rated = [row for row in heat_map.rows if row.cells]
    without = [row for row in heat_map.rows if not row.cells]
    rows = "".join((_body("rated", map(composing.row, rated)), _body("without", map(composing.row, without))))
    values = {name: escape(getattr(heat_map, name)) for name in _NAMES}
    values |= {name: _options(enumerate(words)) for name, words in composing.lists.items()}
    values |= {
        "levels": composing.level_options(),
        "counted": f"{len(rated)} of {len(heat_map.rows)} schools have ratings",
        "key": "".join(f'<li class="{key}">{escape(label)}</li>' for key, label in heat_map.levels),
        "head": "".join(map(_heading, heat_map.columns)),
        "rows": rows,
        "records": composing.records((*rated, *without)),
    }
    return template.fill(values)


class _Composing:
    """What all rows share: the lists that the filters offer, and the texts, each kept once."""

    def __init__(self, heat_map: HeatMap) -> None:
        rows = heat_map.rows
        phases = {phase.label: place for place, phase in enumerate(Phase)}
        self.levels = heat_map.levels
        self.numbers = [number for number, _ in heat_map.columns]
        self.states = sorted({row.state for row in rows if not row.cells})
        self.lists: Mapping[str, tuple[str, ...]] = {
            "districts": tuple(sorted({row.district or _NONE_GIVEN for row in rows}, key=str.casefold)),
            "phases": tuple(sorted({row.phase for row in rows}, key=lambda phase: phases.get(phase, len(phases)))),
            "columns": tuple(f"{number} {name}" if number else name for number, name in heat_map.columns),
            "movements": tuple(words for _, words in _MOVEMENTS),
        }
        self._texts: dict[str, int] = {}
        self._places = {name: {word: place for place, word in enumerate(words)} for name, words in self.lists.items()}
        self._level_places = {key: place for place, (key, _) in enumerate(heat_map.levels)}
        self._movement_places = {movement: place for place, (movement, _) in enumerate(_MOVEMENTS)}

    def level_options(self) -> str:
        """Levels by their place in the list, and what schools without ratings are, by theirs after an `s`."""
        levels = _options(enumerate(label for _, label in self.levels))
        return levels + _options((f"s{place}", state) for place, state in enumerate(self.states))

    def row(self, row: Row) -> str:
        """A school as a row of the table."""
        where = f"{escape(row.district or _NONE_GIVEN)}<small>{escape(row.phase)}, <b>{escape(row.urn)}</b></small>"
        where += f"<small>Rated under {escape(row.apart)}</small>" if row.apart else ""
        head = f'<tr><th scope="row">{_clean(row.name)}</th><td>{where}</td>'
        if not row.cells:
            return f'{head}<td class="state" colspan="{len(self.numbers)}">{escape(row.state)}</td></tr>\n'
        cells = {cell.number: cell for cell in row.cells}
        return f"{head}{''.join(_cell(cells.get(number), row.apart) for number in self.numbers)}</tr>\n"

    def records(self, rows: Iterable[Row]) -> str:
        """What filters and explanations go by, as JSON that can stand in a page."""
        schools = ",\n".join(_dump(self._record(row)) for row in rows)
        texts = json.dumps(list(self._texts), ensure_ascii=False, separators=(",\n", ":"))
        packed = f'{{"schools":[\n{schools}],\n"texts":{texts}}}'
        for mark, written in _ESCAPED:
            packed = packed.replace(mark, written)
        return packed

    def _record(self, row: Row) -> Mapping[str, Any]:
        cells = {cell.number: cell for cell in row.cells}
        # A school rated under another edition may have areas that are no column: they stand in its explanation alone.
        beyond = [cell for cell in row.cells if cell.number not in self.numbers]
        packed = [self._packed(cell) for cell in (*map(cells.get, self.numbers), *beyond)]
        return {
            "district": self._places["districts"][row.district or _NONE_GIVEN],
            "phase": self._places["phases"][row.phase],
            "state": None if row.cells else self.states.index(row.state),
            "told": [self._text(line) for line in row.told],
            "cells": packed if row.cells else [],
        }

    def _packed(self, cell: Cell | None) -> list[Any] | None:
        """Level, movement, whether it has a gap, how it moved and why: as places in the lists and among the texts."""
        if cell is None:
            return None
        moved = self._text(cell.moved) if cell.moved else None
        why = [self._text(line) for line in cell.lines]
        return [self._level_places[cell.key], self._movement_places.get(cell.movement), int(cell.has_gap), moved, why]

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))


def _body(name: str, rows: Iterator[str]) -> str:
    return f'<tbody class="{name}">\n{"".join(rows)}</tbody>\n'


def _heading(column: tuple[int, str]) -> str:
    number, name = column
    if number == OVERALL:
        return f'<th scope="col" class="overall"><b>{escape(name)}</b></th>'
    return f'<th scope="col"><b>{number}</b> {escape(name).replace("/", "/<wbr>")}</th>'


def _cell(cell: Cell | None, apart: str) -> str:
    """A rating. One of another edition has no colour that it could be compared by."""
    if cell is None:
        return '<td class="level state">–</td>'
    moved = _BREAK if cell.movement is Way.BREAK else ""
    if cell.movement in _ARROWS:
        arrow, words = _ARROWS[cell.movement]
        moved = f'<small><i aria-hidden="true">{arrow}</i> {words} {escape(cell.before)}</small>'
    gap, marked = (_GAP, " gap") if cell.has_gap else ("", "")
    return f'<td class="level {"apart" if apart else cell.key}{marked}">{escape(cell.label)}{moved}{gap}</td>'


def _options(words: Iterable[tuple[int | str, str]]) -> str:
    return "".join(f'<option value="{value}">{escape(word)}</option>' for value, word in words)


def _clean(text: str) -> str:
    """A name as it can stand in a page: without the characters that no page may hold."""
    return escape("".join(mark for mark in text if mark.isprintable() or mark.isspace()))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

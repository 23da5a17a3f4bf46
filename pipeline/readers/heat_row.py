"""Rows of the heat map as `writers.heat_row` left them."""

import json
from collections.abc import Sequence
from typing import Any

from pipeline.model.heat_map import Cell, Row, Way


class RowReader:
    """Reads the rows of a cycle. Most sentences are said of many schools: each is held once among them."""

    def __init__(self) -> None:
        self._shared: dict[str, str] = {}

    def read(self, line: str | bytes) -> Row:
        """The row of a line. Raises: ValueError, TypeError, where it is not as we write it."""
        urn, name, phase, district, cells, state, apart, told = json.loads(line)
        return Row(urn, name, phase, district, tuple(map(self._cell, cells)), state, apart, self._lines(told))

    def _cell(self, row: Sequence[Any]) -> Cell:
        number, key, label, has_gap, lines, movement, before, moved = row
        told = self._lines((key, label, before, moved))
        return Cell(number, told[0], told[1], has_gap, self._lines(lines), Way(movement), told[2], told[3])

    def _lines(self, lines: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._shared.setdefault(line, line) for line in lines)

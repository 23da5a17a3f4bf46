"""A school's row of the heat map as a line of JSON, so that a run explains only what has changed."""

import json
from collections.abc import Sequence
from typing import Any

from pipeline.model.heat_map import Cell, Row


def write_row(row: Row) -> str:
    """The row's fields in their order, and each cell's within, in ASCII, as a file's name may hold what no text can:
    `readers.heat_row` reads them back."""
    cells = [_list(cell) for cell in row.cells]
    fields = (row.urn, row.name, row.phase, row.district, cells, row.state, row.apart, row.told)
    return json.dumps(fields, separators=(",", ":"))


def _list(cell: Cell) -> Sequence[Any]:
    return (cell.number, cell.key, cell.label, cell.has_gap, cell.lines, cell.movement, cell.before, cell.moved)

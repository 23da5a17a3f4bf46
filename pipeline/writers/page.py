"""A sheet as it is composed: what is printed where, how it looks, and where a school may write.

It knows no file format, so that what a workbook says can be asked for without making one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipeline.writers import style
from pipeline.writers.style import Look


class Formula(str):
    """A formula of ours. Every other text is only ever text, whatever it looks like."""

    __slots__ = ()


class Printed(NamedTuple):
    """What stands in a cell before a school writes, None where nothing does, and how the cell looks."""

    value: str | int | date | None
    look: Look


@dataclass(frozen=True)
class Asked:
    """What may be typed into `cells`: one of the choices, or a date where there are none. `title` heads the prompt."""

    cells: str
    title: str
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Tint:
    """A background that `cells` take while a formula of their first cell holds."""

    cells: str
    formula: str
    colour: str


@dataclass
class Page:
    """One sheet, filled in by those who compose it.

    Shape: `cells`, A1 address → what stands there; `widths` of the columns from A, in characters; `heights`, row → points;
    `links`, A1 address → the place in this workbook that it leads to; `names`, defined name → A1 address; `repeat_rows` as
    "3:3", `merged` as "A2:I2".
    """

    title: str
    widths: Sequence[float]
    footer: str
    freeze: str = ""
    repeat_rows: str = ""
    is_protected: bool = True
    cells: dict[str, Printed] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def put(self, place: str, value: str | int | date | None, look: Look = style.TEXT) -> None:
        """Prints a value, over what was put there before."""
        self.cells[place] = Printed(value, look)

    def leave_open(self, place: str, look: Look = style.OPEN) -> None:
        """A cell for the school to fill in."""
        self.put(place, None, look)

    def put_band(self, columns: str, row: int, title: str, size: float) -> None:
        """A title on a band of the house colour across `columns`."""
        for column in columns[1:]:
            self.put(f"{column}{row}", None, style.BAND)
        look = Look(size, bold=True, colour=style.WHITE, background=style.BRAND, vertical="center", wraps=False)
        self.put(f"{columns[0]}{row}", title, look)

    def put_headings(self, row: int, headings: Sequence[str], height: float | None = None) -> None:
        """A table's heading row, from column A."""
        for column, heading in enumerate(headings):
            self.put(f"{chr(65 + column)}{row}", heading, style.HEADING)
        if height:
            self.heights[row] = height

    def put_note(self, cells: str, text: str, height: float) -> None:
        """A text above a table, across merged cells: a table itself has none."""
        first = cells.partition(":")[0]
        self.merged.append(cells)
        self.put(first, text, style.MIDDLE)
        self.heights[int(first[1:])] = height

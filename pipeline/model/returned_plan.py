"""A plan as it came back: what stands in it and where, before anything is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Source(StrEnum):
    """Where in a document a remark stands, in the words that people read."""

    COMMENT = "a comment"
    DELETED = "deleted with tracked changes"
    MOVED = "moved elsewhere with tracked changes"
    TEXT_BOX = "a text box"
    FOOTNOTE = "a footnote"
    ENDNOTE = "an endnote"
    DIAGRAM = "a diagram"
    PLACEHOLDER = "a control's own prompt"


@dataclass(frozen=True)
class Remark:
    """Text beside the text: a comment, what a tracked change took away, a note, a text box. `author` may be empty."""

    source: Source
    text: str
    author: str = ""


class PlanText(NamedTuple):
    """A paragraph outside tables. `heading` is the heading above it, or its own text where it is one."""

    text: str
    heading: str
    remarks: tuple[Remark, ...] = ()


class PlanRow(NamedTuple):
    """A row of a table. `cells` stand by column of the grid. A cell over several columns has its text in the first; None, there
    and in a cell that goes on from the row above, says that the column is not there in this row. `tags` are those of its
    controls, `bookmarks` the names of those that begin in it, `tables` those within its cells. `deleted` and `inserted` tell a
    tracked change of the whole row, and then `cells` hold what it held."""

    number: int
    cells: tuple[str | None, ...]
    tags: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    tables: tuple["PlanTable", ...] = ()
    inserted: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class PlanTable:
    """A table, numbered from 1 in the order of the document, with the heading above it and the number of the area that a
    heading above it names; 0 where none does."""

    number: int
    heading: str
    area: int
    rows: tuple[PlanRow, ...]

    def every_row(self) -> Iterator[tuple["PlanTable", PlanRow]]:
        """Its rows, each followed by those of the tables within it."""
        for row in self.rows:
            yield self, row
            for table in row.tables:
                yield from table.every_row()


@dataclass(frozen=True)
class ReturnedPlan:
    """A plan whole. `properties` are what the document says of itself; `references` the plan references that it shows, URN and
    cycle; `margins` the paragraphs of headers and footers; `pieces` every paragraph's text once more, found another way: what
    the proof that no word is lost is made with. `changes` counts tracked changes, `digest` is SHA-256 of the file."""

    file: str
    digest: str
    properties: Mapping[str, str]
    references: tuple[tuple[str, str], ...]
    texts: tuple[PlanText, ...]
    tables: tuple[PlanTable, ...]
    margins: tuple[str, ...]
    remarks: tuple[Remark, ...]
    pieces: tuple[str, ...] = field(repr=False, default=())
    changes: int = 0

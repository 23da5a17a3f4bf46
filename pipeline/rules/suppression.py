"""Small numbers in a table of counts: none from one to four is shown, and none can be worked out from what is.

A small number may point at a school or a pupil; five is the usual threshold of papers that leave an authority. What is left out
for being small could still be found by taking the other numbers of its row or column from the total, so more is left out: the
least that is needed, inner cells before totals. Method: complementary suppression along rings of cells, after L. H. Cox,
"Suppression methodology and statistical disclosure control", Journal of the American Statistical Association 75 (1980).

A zero is shown, as it points at nobody, and a reader may know that: what is left out has another possible value of one or more.
Tables are protected one by one; what two of them tell together is for the paper that prints both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

SMALLEST = 5  # the least count that is shown, zero apart
_TOTAL, _GRAND_TOTAL = 10**6, 10**12  # how much dearer than any inner cell it is to leave out a total

Cell = tuple[int, int]


@dataclass(frozen=True)
class Published:
    """A table as it may be shown: None where a number is left out. Rows and columns are those given, totals beside them."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def suppress(
    counts: Sequence[Sequence[int]], *, rows_known: bool = False, behind: Sequence[Sequence[int]] | None = None
) -> Published:
    """What may be shown of a table of counts by two keys, printed with the totals of its rows, of its columns and of all.

    `counts` are rows of equal length, none below zero. Where readers know the totals of rows from elsewhere (`rows_known`) one
    is left out only where nothing else helps: then the caller must not have it known. Where what is counted is of schools and
    not schools, `behind` is how many of them each number comes from, totals as a last column and a last row: then a number is
    small where these are."""
    table = _Table(counts, _GRAND_TOTAL if rows_known else _TOTAL, behind)
    hidden = table.find_small()
    for cell in sorted(hidden):
        hidden |= table.find_cover(cell, hidden)
    rows = [
        [None if (row, column) in hidden else count for column, count in enumerate(line)]
        for row, line in enumerate(table.counts)
    ]
    return Published(
        cells=tuple(tuple(line[:-1]) for line in rows[:-1]),
        row_totals=tuple(line[-1] for line in rows[:-1]),
        column_totals=tuple(rows[-1][:-1]),
        total=rows[-1][-1],
    )


def suppress_list(counts: Sequence[int]) -> tuple[tuple[int | None, ...], int | None]:
    """The same of a list that is printed with its total: what may be shown of it, and the total."""
    published = suppress([[count] for count in counts])
    return published.row_totals, published.total


class _Table:
    """Counts with their totals as a last row and a last column.

    Read as a road map, rows and columns are places and each cell is a road between its row and its column. A ring of roads is
    a way to change the table that no total tells: by one up and by one down in turn, for a total the other way round.
    """

    def __init__(
        self, counts: Sequence[Sequence[int]], row_total: int = _TOTAL, behind: Sequence[Sequence[int]] | None = None
    ) -> None:
        self._row_total = row_total  # how much dearer than an inner cell the total of a row is
        lines = [[*line, sum(line)] for line in counts]
        width = len(lines[0]) if lines else 1
        self.counts = [*lines, [sum(line[column] for line in lines) for column in range(width)]]
        self._behind = behind or self.counts
        self._last_row, self._last_column = len(lines), width - 1

    def find_small(self) -> set[Cell]:
        """The cells and totals too small to show."""
        every = ((row, column) for row, line in enumerate(self._behind) for column in range(len(line)))
        return {(row, column) for row, column in every if 0 < self._behind[row][column] < SMALLEST}

    def find_cover(self, cell: Cell, hidden: set[Cell]) -> set[Cell]:
        """The cheapest cells to leave out as well, so that `cell` is on a ring of what is left out; none where it is already.

        There always is such a ring: the cell, the totals of its row and its column, and that of all, one more each.
        """
        row, column = cell
        start, end = ("row", row), ("column", column)
        ways = []
        if self._may_rise(cell):
            ways.append(self._find_way(end, start, cell, hidden))
        if self._may_fall(cell):
            ways.append(self._find_way(start, end, cell, hidden))
        return set(min(ways)[1]) - hidden

    def _find_way(
        self, start: tuple[str, int], end: tuple[str, int], without: Cell, hidden: set[Cell]
    ) -> tuple[int, tuple[Cell, ...]]:
        """The cheapest way between two places that does not lead over a cell, and what it costs."""
        queue: list[tuple[int, tuple[Cell, ...], tuple[str, int]]] = [(0, (), start)]
        seen = set()
        while queue:
            cost, way, place = heappop(queue)
            if place == end:
                return cost, way
            if place not in seen:
                seen.add(place)
                for cell, further in self._roads(place):
                    if cell != without:
                        heappush(queue, (cost + (0 if cell in hidden else self._price(cell)), (*way, cell), further))
        return _GRAND_TOTAL**2, ()

    def _roads(self, place: tuple[str, int]) -> Iterator[tuple[Cell, tuple[str, int]]]:
        """From a row to the columns whose cell may rise, from a column to the rows whose cell may fall."""
        kind, number = place
        if kind == "row":
            cells = ((number, column) for column in range(self._last_column + 1))
            yield from ((cell, ("column", cell[1])) for cell in cells if self._may_rise(cell))
        else:
            cells = ((row, number) for row in range(self._last_row + 1))
            yield from ((cell, ("row", cell[0])) for cell in cells if self._may_fall(cell))

    def _may_rise(self, cell: Cell) -> bool:
        return self._may_change(cell, is_up=not self._is_total_of_one(cell))

    def _may_fall(self, cell: Cell) -> bool:
        return self._may_change(cell, is_up=self._is_total_of_one(cell))

    def _may_change(self, cell: Cell, *, is_up: bool) -> bool:
        """What is shown as zero stays, and what is left out is one at least."""
        count = self.counts[cell[0]][cell[1]]
        return count >= (1 if is_up else 2)

    def _is_total_of_one(self, cell: Cell) -> bool:
        """A total of a row or of a column, and not of both: it counts against the others of its line."""
        return (cell[0] == self._last_row) != (cell[1] == self._last_column)

    def _price(self, cell: Cell) -> int:
        dearer = (_TOTAL if cell[0] == self._last_row else 1) * (self._row_total if cell[1] == self._last_column else 1)
        return self.counts[cell[0]][cell[1]] * dearer

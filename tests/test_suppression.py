"""Small numbers in tables: none is shown, and none can be worked out."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.suppression import Published, suppress, suppress_list

Grid = list[list[int | None]]


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[list[list[int]]]:
    def lines(width: int) -> st.SearchStrategy[list[list[int]]]:
        return st.lists(st.lists(st.integers(0, most), min_size=width, max_size=width), min_size=1, max_size=rows)

    return st.integers(1, columns).flatmap(lines)


def extended(counts: list[list[int]]) -> list[list[int]]:
    lines = [[*line, sum(line)] for line in counts]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def shown(published: Published) -> Grid:
    lines = [[*line, total] for line, total in zip(published.cells, published.row_totals, strict=True)]
    return [*lines, [*published.column_totals, published.total]]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Nothing small: nothing is left out, and a zero is shown.
        ([[12, 0], [7, 9]], [[12, 0, 12], [7, 9, 16], [19, 9, 28]]),
        # One small cell takes three more along, the cheapest that close a ring.
        ([[3, 20, 30], [6, 25, 9]], [[None, 20, None, 53], [None, 25, None, 40], [9, 45, 39, 93]]),
        # Two ones in a row tell each other, as each is one at least, so a third goes with them.
        ([[1, 1, 40], [9, 9, 9]], [[None, None, None, 42], [None, None, None, 27], [10, 10, 49, 69]]),
        # A single small cell is its totals too.
        ([[3]], [[None, None], [None, None]]),
    ],
)
def test_suppress_by_hand(counts: list[list[int]], expected: Grid) -> None:
    assert shown(suppress(counts)) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([100, 17, 3], ((100, None, None), 120)),
        ([100, 0, 20], ((100, 0, 20), 120)),
        ([3, 0], ((None, 0), None)),
        ([1, 1, 1, 1, 1], ((None,) * 5, None)),
    ],
)
def test_suppress_list_by_hand(counts: list[int], expected: tuple[tuple[int | None, ...], int | None]) -> None:
    assert suppress_list(counts) == expected


@given(tables(6, 6, 12))
def test_what_is_shown_is_so_and_is_never_small(counts: list[list[int]]) -> None:
    for line, told in zip(extended(counts), shown(suppress(counts)), strict=True):
        for count, seen in zip(line, told, strict=True):
            assert seen in (None, count)
            assert seen is None or seen == 0 or seen >= 5
            assert count or seen == 0


def others(counts: list[list[int]], told: Grid) -> Iterator[list[list[int]]]:
    """Every table within one of this, cell by cell, that would be shown in the same way, zeros and all."""
    options = [
        [count] if told[row][column] is not None else [n for n in (count - 1, count, count + 1) if n >= 1]
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
    ]
    width = len(counts[0])
    for flat in product(*options):
        table = extended([list(flat[start : start + width]) for start in range(0, len(flat), width)])
        pairs = (pair for line, seen in zip(table, told, strict=True) for pair in zip(line, seen, strict=True))
        if all(seen in (None, count) for count, seen in pairs):
            yield table


@given(tables(3, 3, 8))
def test_nothing_left_out_can_be_worked_out_even_by_trying_every_table(counts: list[list[int]]) -> None:
    told = shown(suppress(counts))
    possible = list(others(counts, told))
    for row, line in enumerate(told):
        for column, seen in enumerate(line):
            if seen is None:
                assert len({table[row][column] for table in possible}) > 1, (row, column)


@given(tables(9, 9, 30))
def test_no_row_or_column_gives_away_one_number_alone(counts: list[list[int]]) -> None:
    told = shown(suppress(counts))
    for line in (*told, *map(list, zip(*told, strict=True))):
        assert line.count(None) != 1


@st.composite
def tables_of_actions(draw: st.DrawFn) -> tuple[list[list[int]], list[list[int]]]:
    """Actions of up to nine schools by two keys, and how many schools stand behind each number and total."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    places = st.tuples(st.integers(0, 8), st.integers(0, rows - 1), st.integers(0, columns - 1))
    actions = draw(st.lists(places, max_size=40))

    def those(row: int, column: int) -> list[int]:
        return [school for school, at, beside in actions if row in (at, rows) and column in (beside, columns)]

    counts = [[len(those(row, column)) for column in range(columns)] for row in range(rows)]
    return counts, [[len(set(those(row, column))) for column in range(columns + 1)] for row in range(rows + 1)]


@given(tables_of_actions())
def test_what_few_schools_have_much_of_is_left_out_and_cannot_be_worked_out(
    told: tuple[list[list[int]], list[list[int]]],
) -> None:
    counts, behind = told
    seen = shown(suppress(counts, behind=behind))
    for line, schools, cells in zip(extended(counts), behind, seen, strict=True):
        for count, few, cell in zip(line, schools, cells, strict=True):
            assert cell in (None, count)
            assert cell is None or few == 0 or few >= 5
            assert count or cell == 0
    possible = list(others(counts, seen))
    for row, cells in enumerate(seen):
        for column, cell in enumerate(cells):
            assert cell is not None or len({table[row][column] for table in possible}) > 1, (row, column)

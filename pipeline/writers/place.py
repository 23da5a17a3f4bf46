"""Places on a sheet: A1 addresses, and the ranges that hold them."""

import re
from collections.abc import Collection, Iterator, Sequence

Place = tuple[int, int]  # row and column, from 1

_MOST = 2_000_000  # comparisons of a cell with a range; a return has some hundred of the one and ten of the other
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def find_place(cell: str) -> Place:
    """Row and column of an A1 address. Raises: ValueError where it is none."""
    found = _CELL.fullmatch(cell)
    if found is None:
        raise ValueError("no address of a cell")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def find_held(ranges: Sequence[str], cells: Collection[str]) -> Iterator[tuple[int, str]]:
    """Each range (its number in the sequence) with each cell that it holds; what is no range of cells holds none.

    Raises: ValueError where there is so much of both that it would take minutes.
    """
    if len(ranges) * len(cells) > _MOST:
        raise ValueError("too many ranges")
    places = [(cell, find_place(cell)) for cell in cells]
    for number, (first, _, last) in enumerate(one.partition(":") for one in ranges):
        if _CELL.fullmatch(first) and _CELL.fullmatch(last or first):
            (top, left), (bottom, right) = find_place(first), find_place(last or first)
            yield from ((number, cell) for cell, (row, column) in places if top <= row <= bottom and left <= column <= right)

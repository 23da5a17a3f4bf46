"""Text that stands outside the answer cells: what a school added, told apart from what the blank workbook prints."""

import re
from collections.abc import Container, Iterable, Iterator

from pipeline.model.finding import CATALOGUE, Place
from pipeline.model.submission import Extra
from pipeline.readers.grid import Cell, Sheet, address, fold, to_text

# The counting lines, as a spreadsheet program works them out, and the one that a pre-filled workbook is sent out with.
_PROGRESS = re.compile(r"\d+ of \d+( answered| pre-filled, \d+ new(, \d+ changed)?)?")
_LONGEST_KNOWN = 1_000  # our own texts are shorter


class Printed:
    """The texts of the blank workbook, folded. Every school sends them back, so a cell once found among them is `known`
    as it stands when it comes again."""

    def __init__(self, folded: frozenset[str]) -> None:
        self._folded = folded
        self.known: set[Cell] = set()

    def find_added(self, value: Cell, school: str) -> str:
        """The text of a cell that is not printed, empty for one that is, wherever the name of the school was filled in."""
        text = to_text(value)
        plain = fold(text)
        if plain in self._folded:
            if text == value and len(text) <= _LONGEST_KNOWN:
                self.known.add(text)
            return ""
        is_ours = _PROGRESS.fullmatch(plain) or (school and school in text and fold(text.replace(school, "")) in self._folded)
        return "" if is_ours else text


def find_extras(
    sheets: Iterable[Sheet], name: str, school: str, printed: Printed, beside_criteria: Printed, criteria: Container[str]
) -> Iterator[Extra]:
    """Every text that no reader made sense of and that the blank workbook does not hold. On the sheets of `criteria`, an answer
    is an extra too, although the blank workbook explains the answers on its first sheet."""
    for sheet in sheets:
        ours = beside_criteria if sheet.name in criteria else printed
        for row, column, value in sheet.unclaimed():
            if value not in ours.known and (text := ours.find_added(value, school)):
                yield Extra(Place(name, sheet.name, address(row, column)), "text", text)


def leave_out_ours(extras: Iterable[Extra]) -> Iterator[Extra]:
    """Without the comments that we put into a marked copy, which a school may well mend and send back."""
    titles = tuple(f"{check.title}." for check in CATALOGUE.values())
    return (extra for extra in extras if not extra.text.startswith(titles))

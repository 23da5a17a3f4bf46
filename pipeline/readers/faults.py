"""Cells that are errors, formulas, or there twice: told from the stream of a sheet, however long it is."""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from lxml import etree

from pipeline.readers.grid import address

ERROR, UNWORKED, FORMULA = "an error", "a formula never worked out", "a formula"
TWICE = "a cell that is there twice"

_LARGEST_SHEET = 512 * 2**20
_ERROR_VALUE = re.compile("#[A-Z0-9/_]{1,20}[!?]?")

Noted = tuple[str, str]  # the A1 address, and what is wrong


def read_faults(stream: IO[bytes]) -> Iterator[Noted]:
    """The cells of a sheet that are errors or formulas, one after another: there may be a million rows."""
    finder = _FaultFinder()
    parser = etree.XMLParser(
        target=finder,  # type: ignore[arg-type]  # the types ask for bytes and for comments, which lxml does not send
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    size = 0
    while (chunk := stream.read(2**16)) and not finder.is_done and size <= _LARGEST_SHEET:
        size += len(chunk)
        parser.feed(chunk)
        yield from finder.found
        finder.found.clear()


class _FaultFinder:
    """Told a sheet's tags as they pass, so that nothing of it is kept but its faults."""

    def __init__(self) -> None:
        self.found: list[Noted] = []
        self.is_done = False
        self._row = self._column = 0
        self._last = ""
        self._cell: Mapping[str, str] = {}
        self._value: str | None = None
        self._is_formula = self._is_inside = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self._column += 1
            self._cell, self._value, self._is_formula = attributes, None, False
        elif name == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, 0
        elif name == "f":
            self._is_formula = True
        elif name == "v":
            self._value, self._is_inside = "", True

    def data(self, text: str) -> None:
        if self._is_inside:
            self._value = (self._value or "") + text

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "v":
            self._is_inside = False
        elif name == "c":
            place = self._cell.get("r", "").upper() or address(self._row - 1, self._column - 1)
            seen = TWICE if place == self._last else _judge(self._cell.get("t"), self._value, self._is_formula)
            self._last = place
            if seen:
                self.found.append((place, seen))
        elif name == "sheetData":
            self.is_done = True

    def close(self) -> None:
        """Wanted by the parser."""


def _judge(kind: str | None, value: str | None, is_formula: bool) -> str:
    """What is wrong with a cell, if anything. A formula that gives no text is worked out: it says so by its type."""
    if kind == "e":
        return f"the error {value}" if value and _ERROR_VALUE.fullmatch(value) else ERROR
    if not is_formula:
        return ""
    return FORMULA if value or (kind == "str" and value is not None) else UNWORKED

"""Cells that are errors, formulas, or there twice: told from the stream of a sheet, however long it is."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import IO

from lxml import etree

from pipeline.readers.grid import address

ERROR, UNWORKED, FORMULA = "an error", "a formula never worked out", "a formula"
TWICE = "a cell that is there twice"

_LARGEST_SHEET = 512 * 2**20
_LONGEST_SEARCHED = 2**20  # a completed sheet has 20,000 bytes
_DIGITS = "0123456789"
_ERROR_VALUE = re.compile("#[A-Z0-9/_]{1,20}[!?]?")

Noted = tuple[str, str]  # the A1 address, and what is wrong


def find_faults(stream: IO[bytes], cells: Collection[str] | None = None) -> Iterator[Noted]:
    """The cells of a sheet that are errors, formulas or there twice. `cells` are the addresses that matter: of a sheet that is
    certainly sound in all of them nothing is told."""
    if cells is not None:
        sheet = stream.read(_LONGEST_SEARCHED) if cells else b""
        if not cells or (len(sheet) < _LONGEST_SEARCHED and is_sound(sheet, cells)):
            return
        stream.seek(0)
    yield from read_faults(stream)


_PREFIXED_CELL = re.compile(rb":c[\s/>]")
_WHOLE = (
    r'(?: s="[0-9]+")?(?: t="(?:n|s|b|d|str|inlineStr)")?'
    r'(?:/>|>(?:<v/>|<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>)'
)


def is_sound(sheet: bytes, cells: Collection[str]) -> bool:
    """Whether it is certain, without parsing, that `read_faults` finds nothing in these cells.

    Whatever may be a cell, be it in a comment, must bear a plain address, and each of `cells` must stand there once, as a whole
    and plain cell: then none is there twice, holds a formula or is an error. A zero byte shows an encoding whose markup is not
    these bytes (UTF-16, UTF-32); other such encodings were refused with the file.
    """
    if b"\0" in sheet or _PREFIXED_CELL.search(sheet):
        return False
    found = _cells_in(frozenset(cell.rstrip(_DIGITS) for cell in cells)).findall(sheet)
    whole, other = [cell for cell, _ in found], {cell for _, cell in found}
    is_plain = all(cell or other for cell, other in found)
    return is_plain and all(whole.count(cell) == 1 and cell not in other for cell in map(str.encode, cells))


@lru_cache(64)
def _cells_in(columns: Collection[str]) -> re.Pattern[bytes]:
    """The cells of these columns: the address of one that is whole and as Excel, LibreOffice and openpyxl write it, then that
    of any other; and, with neither, whatever may be a cell and has no plain address."""
    address = f"(?:{'|'.join(columns)})[0-9]+"
    return re.compile(rf'<c(?: r="(?:({address})"{_WHOLE}|({address})")|(?! r="[A-Z]+[0-9]+")[\s/>])'.encode())


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

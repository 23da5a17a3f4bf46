"""Where the names of cells point in an .ods or .xls: the witness for cells that were moved, which calamine does not give."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

import xlrd
import xlrd.formula
from lxml import etree

from pipeline.readers.grid import address

_ODS_CELL = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]+)\$?([0-9]+)(?::.*)?")


def names_of_ods(content: bytes) -> Mapping[str, tuple[str, str]]:
    """Defined name → (sheet, A1 address). Empty where the file holds none, or cannot be read: it is only a witness."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("content.xml") as part:
            return dict(_ranges(etree.iterparse(part, tag="{*}named-range", resolve_entities=False, no_network=True)))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, ValueError):
        return {}


def _ranges(nodes: "etree.iterparse") -> Iterator[tuple[str, tuple[str, str]]]:
    for _, node in nodes:
        told = {etree.QName(key).localname: str(value) for key, value in node.attrib.items()}
        found = _ODS_CELL.fullmatch(told.get("cell-range-address", ""))
        if found:
            sheet = (found[1] or found[2]).replace("''", "'")
            yield told.get("name", ""), (sheet, f"{found[3]}{found[4]}")


def names_of_xls(content: bytes) -> Mapping[str, tuple[str, str]]:
    """The same for an .xls."""
    try:
        with xlrd.open_workbook(file_contents=content, on_demand=True, logfile=StringIO()) as book:
            return dict(_areas(book))
    except Exception:  # xlrd raises what the damage happens to cause; it is only a witness
        return {}


def _areas(book: "xlrd.Book") -> Iterator[tuple[str, tuple[str, str]]]:
    for name in book.name_obj_list:
        areas: Any = name.result.value if name.result is not None and name.result.kind == xlrd.formula.oREF else ()
        for area in areas[:1]:
            sheet, _, row, _, column, _ = area.coords
            yield name.name, (book.sheet_names()[sheet], address(row, column))

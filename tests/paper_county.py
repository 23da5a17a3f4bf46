"""An invented county of two terms and the papers made of it, laid out once for all tests that read them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conftest import W, inclusion
from lxml import etree

BEFORE, NOW = "2026-27-autumn", "2026-27-spring"
HIDDEN = "not shown"
Row = dict[str, str]


class County:
    """The county's records of two terms, and its board paper as it lies on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before, self.records = (self._load(folder / "outputs" / cycle / "records") for cycle in (BEFORE, NOW))
        self.content = (folder / "outputs" / NOW / "report.docx").read_bytes()
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.tables = dict(read_tables(self.content))
        with (folder / "config" / "schools.csv").open(encoding="cp1252", newline="") as file:
            self.register = {row["URN"]: row for row in csv.DictReader(file)}

    def _load(self, folder: Path) -> dict[str, Any]:
        return {path.stem: json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))}

    def areas(self) -> Iterator[tuple[str, Any]]:
        for urn, record in self.records.items():
            for area in record["assessment"]["areas"]:
                yield urn, area


def read_tables(content: bytes) -> Iterator[tuple[str, list[Row]]]:
    """The tables of a document by their titles, each a list of rows by heading."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    for table in body.iter(f"{{{W}}}tbl"):
        caption = table.find(f"{{{W}}}tblPr/{{{W}}}tblCaption")
        cells = [[said(cell) for cell in row.iter(f"{{{W}}}tc")] for row in table.iter(f"{{{W}}}tr")]
        assert caption is not None
        yield caption.get(f"{{{W}}}val", ""), [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def said(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{{{W}}}t"))


def lay_out_county(folder: Path) -> None:
    """A county of sixty schools, with two terms' papers."""
    assert inclusion("demo", "--schools", "60", "--seed", "5", "--cycles", "2", "--no-plans", "--out", str(folder))[0] == 0
    for cycle in (BEFORE, NOW):
        assert inclusion("run", "-q", "--project", str(folder), "--cycle", cycle)[0] == 0


def key_of(rating: Any) -> str:
    """A rating's level or, where it has none, its state."""
    return str(rating["level"] or rating["state"])


def is_told(told: str, count: int) -> bool:
    """Whether a cell says a count, or leaves it out."""
    return told in (HIDDEN, f"{count}")


def is_small(told: str) -> bool:
    """Whether a cell tells of few schools."""
    return told in ("1", "2", "3", "4")

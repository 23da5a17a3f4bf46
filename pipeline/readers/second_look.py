"""What calamine cannot tell of an .xlsx or .xlsm: errors, formulas, comments, text boxes and names, looked up in its parts.

Everything is told by local names, so that the strict form of the format, whose namespaces differ, reads like the usual one.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from lxml import etree

from pipeline.model.finding import Place
from pipeline.model.submission import Extra
from pipeline.readers.faults import find_faults
from pipeline.readers.grid import address, to_text
from pipeline.readers.package import Link, Package

BROKEN = ("", "#REF!")

_MOST = 100_000  # faults or extras of one sheet: ours has sixty answers, and memory is finite

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # how Excel writes a character that XML cannot carry
_ONE_CELL = re.compile(r"=?(?:'((?:[^'\[\]]|'')+)'|([^'!\[\]:]+))!\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?\3\$?\4)?")

# The copy of a thread for older Excel: a title in brackets, a sentence about versions, then "Comment:" and "Reply:", in the
# language of the Excel that wrote it. Its author is "tc=" and the thread's id.
_COPY = "[Threaded comment]"
_COPY_HEAD = re.compile(r"\A\[[^\]\n]*\]\s.*?\n\w+ ?:\n\s*", re.DOTALL)
_COPY_REPLY = re.compile(r"\n\w+ ?:\n {4}")
# Google Sheets names no author in the proper place, and signs the text instead, as each part's last line.
_SIGNATURE = re.compile(r"\n\t-[^\n]{1,100}(?=\n----\n|\Z)")

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")

Noted = tuple[str, str]  # the A1 address, empty where it hangs on no cell, and a text


@dataclass(frozen=True)
class SecondLook:
    """What stands in a workbook beside its values.

    Shape: `faults`, (sheet, A1 address) → "the error #REF!", "a formula never worked out", "a formula" or "a cell that is there
    twice"; `extras`, every comment, thread and text box in the order of the sheets, never with its author; `names`, defined
    name → (sheet, A1 address) of its one cell, or ("", "#REF!") where what it named is gone.
    """

    faults: Mapping[tuple[str, str], str]
    extras: tuple[Extra, ...]
    names: Mapping[str, tuple[str, str]]


def look_again(
    content: bytes,
    file: str,
    parts: Mapping[str, bytes] = MappingProxyType({}),
    cells: Mapping[str, Collection[str]] | None = None,
) -> SecondLook:
    """Errors, formulas, comments, text boxes and defined names of a workbook; what cannot be read is not there.

    `parts` are those already unpacked. `cells`, sheet → A1 addresses, are those whose faults matter; without it, all.
    """
    faults: dict[tuple[str, str], str] = {}
    extras: list[Extra] = []
    names: dict[str, tuple[str, str]] = {}
    with suppress(Exception), closing(Package(content, parts)) as package:
        book = next((part for _, kind, part in package.links("") if kind == "officeDocument"), "xl/workbook.xml")
        tree = package.tree(book)
        names.update(_read_names(tree))
        linked = {key: part for key, _, part in package.links(book)}
        for sheet in tree.iterfind("{*}sheets/{*}sheet"):
            name, part = sheet.get("name", ""), linked.get(_relation(sheet), "")
            asked = None if cells is None else cells.get(name, ())
            with suppress(Exception), package.open(part) as stream:
                for cell, seen in islice(find_faults(stream, asked), _MOST):
                    faults[name, cell] = seen
            for kind, (cell, text) in islice(_read_extras(package, part), _MOST):
                extras.append(Extra(Place(file, name, cell), kind, text))
    return SecondLook(faults, tuple(dict.fromkeys(extras)), names)


def _relation(sheet: etree._Element) -> str:
    """The sheet's `r:id`."""
    return next((str(value) for key, value in sheet.items() if str(key).rpartition("}")[2] == "id"), "")


def _read_names(workbook: etree._Element) -> dict[str, tuple[str, str]]:
    """A name of the whole workbook goes before its namesakes of single sheets, which copying a sheet makes."""
    whole: dict[str, tuple[str, str]] = {}
    single: dict[str, tuple[str, str]] = {}
    for defined in workbook.iterfind("{*}definedNames/{*}definedName"):
        found = whole if defined.get("localSheetId") is None else single
        name, target = defined.get("name", ""), defined.text or ""
        if name not in found and not name.startswith("_xlnm.") and (place := _find_place(target.strip())):
            found[name] = place
    return {**whole, **single, **whole}


@lru_cache(1_024)  # the names of one school's answers point where another's do
def _find_place(target: str) -> tuple[str, str] | None:
    one = _ONE_CELL.fullmatch(target)
    if BROKEN[1] in target:
        return BROKEN
    return ((one[1] or one[2]).replace("''", "'"), f"{one[3]}{one[4]}") if one else None


def _read_extras(package: Package, sheet: str) -> Iterator[tuple[str, Noted]]:
    links = package.links(sheet)
    for cell, text in _read_comments(package, links):
        if text := to_text(text):
            yield "comment", (cell, text)
    for _, kind, part in links:
        with suppress(Exception):
            for cell, text in _read_boxes(package, kind, part):
                if text := to_text(decode_escapes(text)):
                    yield "text box", (cell, text)


def _read_comments(package: Package, links: Sequence[Link]) -> Iterator[Noted]:
    """Threads, each with its replies, and notes; a thread's copy among the notes counts only where the thread is lost."""
    threads: dict[str, list[str]] = {}
    for _, kind, part in links:
        with suppress(Exception):
            for said in package.tree(part).iterfind("{*}threadedComment") if kind == "threadedComment" else ():
                threads.setdefault(said.get("ref", "").upper(), []).append(decode_escapes(said.findtext("{*}text") or ""))
    yield from ((cell, "\n".join(said)) for cell, said in threads.items())
    for _, kind, part in links:
        with suppress(Exception):
            for cell, text, is_copy in _read_notes(package.tree(part)) if kind == "comments" else ():
                if not (is_copy and cell in threads):
                    yield cell, text


def _read_notes(comments: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Each note's cell, its text without its author, and whether it is the copy of a thread."""
    authors = [(author.text or "").strip() for author in comments.iterfind("{*}authors/{*}author")]
    names = {author.casefold() for author in authors if author}
    for note in comments.iterfind("{*}commentList/{*}comment"):
        text = decode_escapes("".join(run.text or "" for run in note.iterfind("{*}text//{*}t"))).replace("\r\n", "\n")
        place = note.get("authorId", "")
        author = authors[int(place)] if place.isdecimal() and int(place) < len(authors) else ""
        is_copy = author.startswith("tc=") or text.startswith(_COPY)
        text = _COPY_REPLY.sub("\n", _COPY_HEAD.sub("", text)) if is_copy else _unsign(text, author, names)
        yield note.get("ref", "").upper(), text, is_copy


def _unsign(text: str, author: str, names: Collection[str]) -> str:
    """A note without the name that Excel and OnlyOffice put before it, or Google Sheets after it."""
    first, colon, rest = text.partition(":")
    if colon and first.strip().casefold() in names:
        return rest
    return text if author else _SIGNATURE.sub("", text.rstrip())


def _read_boxes(package: Package, kind: str, part: str) -> Iterator[Noted]:
    """The shapes with text of a drawing: text boxes, SmartArt, and those of old VML drawings that are not comments."""
    if kind == "drawing":
        yield from _read_shapes(package.tree(part), "")
        for _, inner, diagram in package.links(part):
            if inner == "diagramData":
                yield "", _read_paragraphs(package.tree(diagram))
    elif kind == "vmlDrawing":
        yield from _read_vml(package.tree(part, mend=True))


def _read_shapes(node: etree._Element, cell: str) -> Iterator[Noted]:
    """Every text below a node of a drawing. Of alternatives the first, for today's Excel; the second repeats or excuses it."""
    for child in node.iterchildren("*"):
        name = _local(child)
        if name == "AlternateContent":
            for branch in islice(child.iterchildren("*"), 1):
                yield from _read_shapes(branch, cell)
        elif name == "txBody":
            yield cell, _read_paragraphs(child)
        else:
            start = (child.findtext("{*}from/{*}row"), child.findtext("{*}from/{*}col"))
            yield from _read_shapes(child, _anchor(*start) if name in _ANCHORS else cell)


def _anchor(row: str | None, column: str | None) -> str:
    row, column = (row or "").strip(), (column or "").strip()
    return address(int(row), int(column)) if row.isdecimal() and column.isdecimal() else ""


def _read_paragraphs(body: etree._Element) -> str:
    return "\n".join(
        "".join("\n" if _local(piece) == "br" else piece.text or "" for piece in paragraph.iter("{*}t", "{*}br"))
        for paragraph in body.iter("{*}p")
    )


def _read_vml(drawing: etree._Element) -> Iterator[Noted]:
    for box in drawing.iter("{*}textbox"):
        shape = box.getparent()
        client = shape.find("{*}ClientData") if shape is not None else None
        if client is not None and client.get("ObjectType") == "Note":
            continue
        anchor = (client.findtext("{*}Anchor") or "").split(",") if client is not None else []
        lines = ["".join(map(str, line.itertext())) for line in box.iterchildren("*")] or [box.text or ""]
        text = "\n".join(re.sub(r"[ \t\r\n]+", " ", line).replace("\u2028", "\n") for line in lines)
        yield _anchor(*anchor[2::-2]) if len(anchor) > 2 else "", text


def decode_escapes(text: str) -> str:
    """Text with Excel's `_x000D_` escapes as the characters they stand for."""
    plain = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]

"""The questions that a template leaves open, asked of a document's markup as it stands, without parsing it.

What is searched for begins with `<`, or ends with a double quote, which no value holds (see the package); so every such mark is
found, and whatever is found is one. An answer that is not clearly good is no verdict: the parts are then parsed and looked at
whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

from pipeline.writers.validity.frame import Frame
from pipeline.writers.validity.judging import Question, judge
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.mark import STYLED, Mark, read_code

_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ELEMENT = re.compile(rb"<w:(id|tag|alias|listItem)( [^>]*)>")
_STYLE = re.compile(rb'<w:(pStyle|rStyle|tblStyle) w:val="([^"]*)"')
# A part keeps the rule where each of the first is the end of one of the second.
_ENDINGS = {
    Question.CELLS: (b"</w:tc>", b"</w:p></w:tc>"),
    Question.ROWS: (b"</w:tr>", b"</w:tc></w:tr>"),
    Question.TABLES: (b"</w:tbl>", b"</w:tr></w:tbl>"),
}


def is_doubtful(texts: Mapping[Question, Mapping[str, bytes]], frame: Frame, settled: Iterable[Mark]) -> bool:
    """Whether anything asked is not clearly good. Shape: question → part → what of it is searched; `settled` are the marks of
    the parts that were not filled."""
    for question in _ENDINGS.keys() & texts.keys():
        every, good = _ENDINGS[question]
        if any(part.count(every) != part.count(good) for part in texts[question].values()):
            return True
    marks = [mark for question, parts in texts.items() for name, part in parts.items() for mark in scan(part, name, question)]
    if Question.ANCHORS not in texts:
        marks = [mark for mark in marks if mark.kind is not Kind.ANCHOR]
    known = [mark for mark in settled if mark.kind in (Kind.BOOKMARK, Kind.BOOKMARK_END, Kind.BOOKMARK_NAME)]
    return any(True for _ in judge([*marks, *known], frame))


def scan(part: bytes, name: str, question: Question) -> Iterator[Mark]:
    """The marks of a part that a question is about."""
    if part and question in _SCANS:
        yield from _SCANS[question](part, name)


def _scan_anchors(part: bytes, name: str) -> Iterator[Mark]:
    yield from (Mark(Kind.ANCHOR, _read(one), name) for one in _ended(part, b' w:anchor="'))


def _scan_styles(part: bytes, name: str) -> Iterator[Mark]:
    yield from (Mark(Kind.STYLE, f"{STYLED[kind.decode()]} {_read(id)}", name) for kind, id in _STYLE.findall(part))


def _scan_numberings(part: bytes, name: str) -> Iterator[Mark]:
    yield from (Mark(Kind.NUMBERING, _read(one), name) for one in _ended(part, b'<w:numId w:val="'))


def _scan_controls(part: bytes, name: str) -> Iterator[Mark]:
    for control in part.split(b"<w:sdtPr>")[1:]:
        choices: list[tuple[str, str]] = []
        for element, attributes in _ELEMENT.findall(control.partition(b"</w:sdtPr>")[0]):
            values = {key: _read(value) for key, value in _ATTRIBUTE.findall(attributes)}
            if element == b"listItem":
                choices.append((values.get(b"w:value", ""), values.get(b"w:displayText", "")))
            else:
                yield Mark(Kind.CONTROL if element == b"id" else Kind.TAG, values.get(b"w:val", ""), name)
        for offered in zip(*choices, strict=True):
            yield Mark(Kind.CHOICES, "\n".join(offered), name)


def _scan_bookmarks(part: bytes, name: str) -> Iterator[Mark]:
    for start in part.split(b"<w:bookmarkStart ")[1:]:
        values = {key: _read(value) for key, value in _ATTRIBUTE.findall(start.partition(b">")[0])}
        yield Mark(Kind.BOOKMARK, values.get(b"w:id", ""), name)
        yield Mark(Kind.BOOKMARK_NAME, values.get(b"w:name", ""), name)
    for one in _ended(part, b'<w:bookmarkEnd w:id="'):
        yield Mark(Kind.BOOKMARK_END, _read(one), name)


def _scan_fields(part: bytes, name: str) -> Iterator[Mark]:
    """A code that runs over several runs is given in pieces, which are none: the part is then parsed."""
    inside = (piece.partition(b">")[2].partition(b"<")[0] for piece in part.split(b"<w:instrText")[1:])
    for code in (*inside, *_ended(part, b' w:instr="')):
        yield from (Mark(kind, value, name) for kind, value in read_code(_read(code)))


def _ended(part: bytes, start: bytes) -> Iterator[bytes]:
    """What stands between `start` and the next double quote, each time."""
    return (piece.partition(b'"')[0] for piece in part.split(start)[1:])


def _read(value: bytes) -> str:
    return unescape(value.decode())


_SCANS: dict[Question, Callable[[bytes, str], Iterator[Mark]]] = {
    Question.CONTROLS: _scan_controls,
    Question.BOOKMARKS: _scan_bookmarks,
    Question.ANCHORS: _scan_anchors,
    Question.FIELDS: _scan_fields,
    Question.STYLES: _scan_styles,
    Question.NUMBERINGS: _scan_numberings,
}

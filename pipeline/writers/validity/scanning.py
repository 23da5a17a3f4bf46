"""The questions that a template leaves open, asked of the pieces of a document that they are about, without parsing it.

What is searched for begins with `<`, or ends with a double quote, which no value holds (see the package); so every such mark is
found, and whatever is found is one. An answer that is not clearly good is no verdict: the parts are then parsed and looked at
whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape

from pipeline.writers.validity.address import is_address
from pipeline.writers.validity.frame import Frame
from pipeline.writers.validity.judging import LONGEST_TAG, Question, judge
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.mark import STYLED, Mark, read_code

_CODES = r'<w:instrText[^>]*>[^<]*</w:instrText>| w:instr="[^"]*"'
# The pieces that a question is about, as docxtpl writes them; those questions that are not here are about all of a part.
_PIECES = {
    question: re.compile(pattern, re.DOTALL)
    for question, pattern in {
        Question.CELLS: r"<w:tc[ >](?:(?!<w:tc[ >]).)*?</w:tc>",
        Question.TAGS: r'<w:(?:tag|alias) w:val="[^"]*"/>',
        Question.CHOICES: r"<w:(?:dropDownList|comboBox)\b.*?</w:(?:dropDownList|comboBox)>",
        Question.CONTROLS: r"<w:sdtPr>.*?</w:sdtPr>",
        Question.BOOKMARKS: r"<w:bookmark(?:Start|End) [^>]*>",
        Question.ANCHORS: rf' w:anchor="[^"]*"|{_CODES}',
        Question.FIELDS: _CODES,
        Question.STYLES: r'<w:(?:p|r|tbl)Style w:val="[^"]*"/>',
        Question.NUMBERINGS: r'<w:numId w:val="[^"]*"/>',
    }.items()
}
# Questions that hang on each piece for itself, so that only those with such a tag matter; the others compare pieces.
_TAGGED = {
    Question.CELLS: "{%",
    **dict.fromkeys((Question.TAGS, Question.CHOICES, Question.FIELDS, Question.STYLES, Question.NUMBERINGS), "{"),
}
_TABLE_IN_CELL = re.compile(r"<w:tc[ >](?:(?!</w:tc>).)*<w:tbl>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
# A part keeps the rule where each of the first is the end of one of the second.
_ENDINGS = {
    Question.CELLS: ("</w:tc>", "</w:p></w:tc>"),
    Question.ROWS: ("</w:tr>", "</w:tc></w:tr>"),
    Question.TABLES: ("</w:tbl>", "</w:tr></w:tbl>"),
}

Pieces = Mapping[Question, Mapping[str, Sequence[str]]]  # question → part → its pieces


def matters(piece: str, question: Question) -> bool:
    """Whether a piece of a template can be wrong in a document."""
    return _TAGGED.get(question, "") in piece


def pieces_of(text: str, question: Question) -> list[str]:
    """The pieces of a part that a question is about; all of it, where only how often something stands there is asked."""
    return [text] if question not in _PIECES or question is Question.CELLS else _PIECES[question].findall(text)


def mark_pieces(text: str, question: Question, change: Callable[[str], str]) -> str | None:
    """A part of a template with those of its pieces changed that matter; None where they cannot be told from its text."""
    if question not in _PIECES or (question is Question.CELLS and _TABLE_IN_CELL.search(text)):
        return None  # a piece would be the inner cell, and the outer none
    return _PIECES[question].sub(lambda found: change(found[0]) if matters(found[0], question) else found[0], text)


def is_doubtful(pieces: Pieces, frame: Frame, settled: Iterable[Mark]) -> bool:
    """Whether anything asked is not clearly good. `settled` are the marks of the parts that were not filled."""
    for question, parts in pieces.items():
        for texts in parts.values():
            if question in _GOOD and not all(_GOOD[question](piece) for piece in texts):
                return True
    marks = [
        mark
        for question in pieces.keys() & _SCANS.keys()
        for name, texts in pieces[question].items()
        for mark in scan(texts, name, question)
    ]
    if not marks:
        return False
    known = [mark for mark in settled if mark.kind in (Kind.BOOKMARK, Kind.BOOKMARK_END, Kind.BOOKMARK_NAME)]
    return any(True for _ in judge([*marks, *known], frame))


def scan(pieces: Iterable[str], name: str, question: Question) -> Iterator[Mark]:
    """The marks in pieces of the part `name`."""
    read = _SCANS.get(question) or _READS_ALONE[question]
    for piece in pieces:
        for kind, value in read(piece):
            yield Mark(kind, value, name)


def _ends_well(question: Question) -> Callable[[str], bool]:
    every, good = _ENDINGS[question]
    return lambda piece: piece.count(every) == piece.count(good)


def _is_short(piece: str) -> bool:
    """Whether a tag or title, as it is written, is short; as it reads it is no longer."""
    return len(piece) <= LONGEST_TAG + len('<w:tag w:val=""/>')


@lru_cache(maxsize=2048)  # the addresses of the configuration stand in every plan
def _leads_well(piece: str) -> bool:
    """Whether a field's code is no link, or leads somewhere; one that runs over several runs does not here."""
    return all(kind is Kind.ANCHOR or (kind is Kind.ADDRESS and is_address(value)) for kind, value in _scan_code(piece))


_GOOD: dict[Question, Callable[[str], bool]] = {
    **{question: _ends_well(question) for question in _ENDINGS},
    Question.TAGS: _is_short,
    Question.FIELDS: _leads_well,
}

Found = Iterator[tuple[Kind, str]]


def _scan_tag(piece: str) -> Found:
    yield Kind.TAG, _values(piece).get("w:val", "")


def _scan_choices(piece: str) -> Found:
    items = [_values(one) for one in piece.split("<w:listItem")[1:]]
    for attribute in ("w:value", "w:displayText"):
        yield Kind.CHOICES, "\n".join(one.get(attribute, "") for one in items)


def _scan_control(piece: str) -> Found:
    for one in piece.split("<w:id ")[1:]:
        yield Kind.CONTROL, _values(one.partition(">")[0]).get("w:val", "")


def _scan_bookmark(piece: str) -> Found:
    values = _values(piece)
    if piece.startswith("<w:bookmarkEnd"):
        yield Kind.BOOKMARK_END, values.get("w:id", "")
    else:
        yield Kind.BOOKMARK, values.get("w:id", "")
        yield Kind.BOOKMARK_NAME, values.get("w:name", "")


def _scan_anchor(piece: str) -> Found:
    if piece.startswith(" w:anchor"):
        yield Kind.ANCHOR, _values(piece).get("w:anchor", "")
    else:
        yield from ((kind, value) for kind, value in _scan_code(piece) if kind is Kind.ANCHOR)


def _scan_code(piece: str) -> Found:
    yield from read_code(unescape(piece.partition(">")[2].partition("<")[0] if piece.startswith("<") else piece.split('"')[1]))


def _scan_style(piece: str) -> Found:
    yield Kind.STYLE, f"{STYLED[piece[3:].partition(' ')[0]]} {_values(piece).get('w:val', '')}"


def _scan_numbering(piece: str) -> Found:
    yield Kind.NUMBERING, _values(piece).get("w:val", "")


def _values(piece: str) -> dict[str, str]:
    return {key: unescape(value) for key, value in _ATTRIBUTE.findall(piece)}


# Questions that each piece answers for itself; their marks are only looked for to try whether all are found.
_READS_ALONE: dict[Question, Callable[[str], Found]] = {Question.TAGS: _scan_tag, Question.FIELDS: _scan_code}
_SCANS: dict[Question, Callable[[str], Found]] = {
    Question.CHOICES: _scan_choices,
    Question.CONTROLS: _scan_control,
    Question.BOOKMARKS: _scan_bookmark,
    Question.ANCHORS: _scan_anchor,
    Question.STYLES: _scan_style,
    Question.NUMBERINGS: _scan_numbering,
}

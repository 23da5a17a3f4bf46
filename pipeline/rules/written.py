"""A school's evidence, laid out for looking at: the answer it stands beside, its length, and whether its words are its own."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipeline.model.finding import Place
from pipeline.model.level import Level
from pipeline.model.rubric import Rubric
from pipeline.model.submission import Response, Submission

_SPACES = bytes(mark if mark > 127 or chr(mark).isalnum() else 32 for mark in range(256))
_NOT_WORDS = re.compile(r"\W+")


class Written(NamedTuple):
    """The evidence beside an answer that has a level. `words` are its words in small letters and UTF-8, `letters` the same
    without a gap: two texts with the same letters are the same. `is_wording` says that they are the rubric's own."""

    response: Response
    level: Level
    words: tuple[bytes, ...]
    letters: bytes
    is_wording: bool

    @property
    def cell(self) -> str:
        """The address of the evidence, or that of the answer where there is none."""
        return self.response.evidence_cell or self.response.place.cell

    @property
    def place(self) -> Place:
        """The cell of the evidence."""
        return replace(self.response.place, cell=self.cell)


def gather_written(submission: Submission, rubric: Rubric) -> tuple[Written, ...]:
    """Everything a school gave as evidence for a level, in rubric order; a reason for *Not applicable* is none."""
    return tuple(_gather(submission, rubric))


def _gather(submission: Submission, rubric: Rubric) -> Iterator[Written]:
    for response in submission.responses:
        level = response.answer.level if response.answer else None
        if level is not None and (words := words_of(response.evidence)):
            letters = b"".join(words)
            own = rubric.criteria[response.criterion]
            is_wording = letters in _wording(own.title, own.emerging, own.established, own.advanced)
            yield Written(response, level, words, letters, is_wording)


@cache
def _wording(*printed: str) -> frozenset[bytes]:
    """What the workbook itself prints of a criterion."""
    return frozenset(b"".join(words_of(text)) for text in printed)


def words_of(text: str) -> tuple[bytes, ...]:
    """The words and figures of a text, in small letters and UTF-8; an apostrophe or a hyphen parts two words."""
    if not text.isascii():
        text = _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text))
    return tuple(text.lower().encode("utf-8", "surrogatepass").translate(_SPACES).split())

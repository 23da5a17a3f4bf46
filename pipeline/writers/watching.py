"""Pieces of a document noted as they are put out, so that what hangs on values can be looked at without searching all of it.

A piece of the template's markup, such as the properties of a content control, is put into a filter block that notes what comes
of it. It is done where the part is proved to be whole elements, so that a piece holds whole blocks. What is put out stays.
"""

import re
from collections.abc import Iterable
from functools import partial

import jinja2
from jinja2 import Environment, nodes, pass_context
from jinja2.runtime import Context

from pipeline.writers.validity.judging import Question

WATCHED = "_watched"  # a name that no context has
Watched = dict[str, list[str]]  # question → the pieces it is about, in their order

_PIECES = {
    Question.CELLS: r"<w:tc[ >](?:(?!<w:tc[ >]).)*?</w:tc>",
    Question.CONTROLS: r"<w:sdtPr>.*?</w:sdtPr>",
    Question.BOOKMARKS: r"<w:bookmark(?:Start|End) [^>]*>",
    Question.ANCHORS: r' w:anchor="[^"]*"',
    Question.FIELDS: r'<w:instrText[^>]*>[^<]*</w:instrText>| w:instr="[^"]*"',
    Question.STYLES: r'<w:(?:p|r|tbl)Style w:val="[^"]*"/>',
    Question.NUMBERINGS: r'<w:numId w:val="[^"]*"/>',
}
# Questions that hang on each piece for itself, so that only those with such a tag matter; the others compare pieces.
_TAGGED = {Question.CELLS: "{%", Question.FIELDS: "{", Question.STYLES: "{", Question.NUMBERINGS: "{"}
_TABLE_IN_CELL = re.compile(r"<w:tc[ >](?:(?!</w:tc>).)*<w:tbl>", re.DOTALL)


def watch(text: str, questions: Iterable[Question], language: Environment) -> tuple[nodes.Template, frozenset[Question]] | None:
    """A part of a template with the pieces watched that the questions are about, as Jinja reads it, and which questions these
    are; None where it cannot be done."""
    watched = [question for question in _PIECES if question in set(questions)]
    if Question.CELLS in watched and _TABLE_IN_CELL.search(text):  # a piece would be the inner cell, and the outer none
        watched.remove(Question.CELLS)
    if re.search(r"\{%-? *set\b", text):  # it would hold in its piece only
        return None
    for question in watched:  # cells first: other pieces are inside them
        text = re.sub(_PIECES[question], partial(_note, question), text, flags=re.DOTALL)
    try:
        return language.parse(text), frozenset(watched)
    except jinja2.TemplateError:  # a tag that a piece cuts in two
        return None


def pieces_of(text: str, question: Question) -> str:
    """The pieces of a part of a template that would be watched for a question, one behind the other."""
    pieces = (piece[0] for piece in re.finditer(_PIECES[question], text, re.DOTALL))
    return "".join(piece for piece in pieces if _TAGGED.get(question, "") in piece)


def _note(question: Question, piece: re.Match[str]) -> str:
    if _TAGGED.get(question, "") not in piece[0]:
        return piece[0]
    return f'{{% filter _watch("{question.name}") %}}{piece[0]}{{% endfilter %}}'


@pass_context
def note_piece(context: Context, piece: str, question: str) -> str:
    """The filter: notes a piece, and puts it out."""
    context[WATCHED].setdefault(question, []).append(piece)
    return piece

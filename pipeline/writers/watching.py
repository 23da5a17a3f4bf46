"""Pieces of a document noted as they are put out, so that what hangs on values can be looked at without searching all of it.

A piece of the template's markup, such as the tag of a content control, is put into a filter block that notes what comes of it.
It is done where the part is proved to be whole elements, so that a piece holds whole blocks. What is put out stays.
"""

import re
from collections.abc import Callable, Iterable

import jinja2
from jinja2 import Environment, nodes, pass_context
from jinja2.runtime import Context

from pipeline.writers.validity.judging import Question
from pipeline.writers.validity.scanning import mark_pieces

WATCHED = "_watched"  # a name that no context has
Watched = dict[str, list[str]]  # question → the pieces it is about, in their order

_SET = re.compile(r"\{%-?\s*set\b")


def watch(text: str, questions: Iterable[Question], language: Environment) -> tuple[nodes.Template, frozenset[Question]] | None:
    """A part of a template with the pieces watched that the questions are about, as Jinja reads it, and which questions these
    are; None where it cannot be done."""
    if _SET.search(text):  # what it sets would be known in its piece only
        return None
    watched = set()
    for question in sorted(questions, key=lambda one: one.value):  # the order of `Question`: what may be round others first
        noted = mark_pieces(text, question, _noting(question))
        if noted is not None:
            text = noted
            watched.add(question)
    try:
        return language.parse(text), frozenset(watched)
    except jinja2.TemplateError:  # a tag that a piece cuts in two
        return None


def _noting(question: Question) -> Callable[[str], str]:
    return lambda piece: f'{{% filter _watch("{question.name}") %}}{piece}{{% endfilter %}}'


@pass_context
def note_piece(context: Context, piece: str, question: str) -> str:
    """The filter: notes a piece, and puts it out."""
    context[WATCHED].setdefault(question, []).append(piece)
    return piece

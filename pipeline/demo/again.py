"""A pre-filled workbook completed as schools do: most old answers confirmed, some changed, a few forgotten."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from pipeline.model import form
from pipeline.model.level import Answer
from pipeline.model.prefill import Prefill, Said, Told
from pipeline.model.submission import Response, Submission

# Of a hundred old answers that could have moved by one level; and of a hundred that stay.
_CHANGED, _FORGOTTEN, _REWRITTEN = 35, 2, 12

Typed = tuple[tuple[str, str], str]  # the criterion and the heading, and what is typed there


def remember(submission: Submission, cycle: str, rubric: str) -> Said:
    """What a record will say of a return, before there is one."""
    identity = submission.identity
    assert identity.completed_on is not None
    told = {response.criterion: Told(response.answer, response.evidence) for response in submission.responses}
    return Said(cycle, rubric, identity.completed_on, told, submission.outcomes)


def answer_again(prefill: Prefill, fresh: Submission, rng: Random) -> Submission:
    """The return of a school that was asked again: `fresh` where an answer is new or has moved by a level, else as it was."""
    responses = tuple(_answer(response, prefill, rng) for response in fresh.responses)
    has_new_year = any(not figure.this_year for figure in prefill.figures.values())
    return replace(fresh, responses=responses, outcomes=fresh.outcomes if has_new_year else prefill.figures)


def _answer(fresh: Response, prefill: Prefill, rng: Random) -> Response:
    """A response; nothing is `typed` for an old answer that stays as it was filled in."""
    old = prefill.old.get(fresh.criterion, Told(None, ""))
    drawn = rng.randrange(100)
    if old.answer is None or (_has_moved(old.answer, fresh.answer) and drawn < _CHANGED):
        return replace(fresh, evidence=fresh.evidence or old.evidence)
    is_rewritten = fresh.answer is old.answer and drawn < _REWRITTEN and fresh.evidence
    return replace(fresh, answer=old.answer, typed="", evidence=fresh.evidence if is_rewritten else old.evidence)


def _has_moved(old: Answer, new: Answer | None) -> bool:
    return new is not None and old.level is not None and new.level is not None and abs(old.level - new.level) == 1


def confirm(answered: Submission, rng: Random) -> Iterator[Typed]:
    """What is typed to confirm the old answers: those for which nothing else was typed. Few are forgotten."""
    for response in answered.responses:
        if not response.typed and rng.randrange(100) >= _FORGOTTEN:
            yield (response.criterion, form.STILL_TRUE), form.YES

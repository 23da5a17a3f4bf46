"""A pre-filled workbook completed as schools do: most old answers confirmed, some changed, a few forgotten by some schools."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from pipeline.model import form
from pipeline.model.level import Answer
from pipeline.model.prefill import Prefill, Said, Told
from pipeline.model.submission import Response, Submission

# Of a hundred old answers that could have moved by one level, up or down; and of a hundred that stay.
_RISEN, _FALLEN, _REWRITTEN = 35, 8, 12
_FORGETFUL_EVERY, _FORGOTTEN = 6, 4  # one school in six forgets to confirm four answers in a hundred

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
    if old.answer is None or drawn < _share_that_moves(old.answer, fresh.answer):
        return replace(fresh, evidence=fresh.evidence or old.evidence)
    is_rewritten = fresh.answer is old.answer and drawn < _REWRITTEN and fresh.evidence
    return replace(fresh, answer=old.answer, typed="", evidence=fresh.evidence if is_rewritten else old.evidence)


def _share_that_moves(old: Answer, new: Answer | None) -> int:
    """How many in a hundred take the new answer's place; none where it isn't the next level up or down."""
    if new is None or old.level is None or new.level is None:
        return 0
    return {1: _RISEN, -1: _FALLEN}.get(new.level - old.level, 0)


def confirm(answered: Submission, rng: Random) -> Iterator[Typed]:
    """What is typed to confirm the old answers: those for which nothing else was typed. Few are forgotten, by few schools."""
    forgotten = _FORGOTTEN if rng.randrange(_FORGETFUL_EVERY) == 0 else 0
    for response in answered.responses:
        if not response.typed and rng.randrange(100) >= forgotten:
            yield (response.criterion, form.STILL_TRUE), form.YES

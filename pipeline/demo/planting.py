"""A few odd returns, in a large enough county: evidence copied, thin, used again and again, or at odds with its answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from pipeline.model.level import Answer
from pipeline.model.submission import Response, Submission

_GOOD = (Answer.ESTABLISHED, Answer.ADVANCED)
_THIN = ("See policy.", "Yes, all staff.", "Ongoing", "On our website.")
_CONTRARY = (
    "The group that looked after this has stopped meeting. We are finding another date for it.",
    "This has lapsed since our lead left in the summer term, and we know it.",
    "Our policy is out of date. The new one goes to governors in the spring.",
)
_AGAIN = "Minutes of the senior leaders' meetings, kept in the shared folder that governors can open at any time."

_Planted = Mapping[str, str]  # criterion id → other evidence


def plant_odd_returns(submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """The same returns, some of them with other evidence; no answer is altered. Draws on a stream of its own."""
    rng = Random("odd returns")
    planted = list(submissions)
    places = list(range(len(planted)))
    rng.shuffle(places)
    for plant, every in _KINDS:
        for _ in range(len(planted) // every):
            place = places.pop()
            planted[place] = _write(planted[place], plant(planted[place], submissions, rng))
    return tuple(planted)


def _write(submission: Submission, evidence: _Planted) -> Submission:
    responses = (replace(one, evidence=evidence.get(one.criterion, one.evidence)) for one in submission.responses)
    return replace(submission, responses=tuple(responses))


def _good(submission: Submission) -> list[Response]:
    return [one for one in submission.responses if one.answer in _GOOD and one.evidence]


def _some(responses: Sequence[Response], most: int, rng: Random) -> list[Response]:
    return rng.sample(responses, min(most, len(responses)))


def _copy(submission: Submission, others: Sequence[Submission], rng: Random) -> _Planted:
    """Up to five texts of one other school, each beside the same answer to the same criterion."""
    other = rng.choice([one for one in others if one.file != submission.file])
    theirs = {(one.criterion, one.answer): one.evidence for one in _good(other)}
    alike = [one for one in _good(submission) if (one.criterion, one.answer) in theirs]
    return {one.criterion: theirs[one.criterion, one.answer] for one in _some(alike, 5, rng)}


def _be_brief(submission: Submission, _: Sequence[Submission], rng: Random) -> _Planted:
    return {one.criterion: rng.choice(_THIN) for one in _some(_good(submission), 3, rng)}


def _contradict(submission: Submission, _: Sequence[Submission], rng: Random) -> _Planted:
    return {one.criterion: rng.choice(_CONTRARY) for one in _some(_good(submission), 1, rng)}


def _repeat(submission: Submission, _: Sequence[Submission], rng: Random) -> _Planted:
    return {one.criterion: _AGAIN for one in _some(_good(submission), 4, rng)}


# What is planted, and in one of how many returns.
_KINDS: Sequence[tuple[Callable[[Submission, Sequence[Submission], Random], _Planted], int]] = (
    (_copy, 50),
    (_be_brief, 100),
    (_contradict, 100),
    (_repeat, 200),
)

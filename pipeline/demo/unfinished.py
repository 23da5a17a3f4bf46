"""The return of a school that ran out of time."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from pipeline.model.rubric import Rubric
from pipeline.model.submission import Response, Submission

# How many answers are missing in each of two or three areas: 9 to 14 in all, and more than half of seven: none can be rated.
_BLANKS = ((4, 5), (5, 5), (4, 4, 4), (4, 4, 5), (4, 5, 5))


def leave_unfinished(submission: Submission, rubric: Rubric, rng: Random) -> Submission:
    """The same return with 9 to 14 criteria left empty, in two or three areas, and not yet agreed by governors."""
    areas = [
        [response.criterion for response in submission.responses if _area(response, rubric) == area.number]
        for area in rubric.areas
    ]
    blanks = rng.choice(_BLANKS)
    large = [area for area in areas if len(area) >= max(blanks)]
    chosen = rng.sample(large, min(len(blanks), len(large)))
    empty = {criterion for area, count in zip(chosen, blanks, strict=False) for criterion in rng.sample(area, count)}
    return replace(
        submission,
        responses=_clear(submission.responses, empty),
        identity=replace(submission.identity, governor="", signed_on=None),
    )


def _area(response: Response, rubric: Rubric) -> int:
    return rubric.criteria[response.criterion].area_number


def _clear(responses: Sequence[Response], empty: set[str]) -> tuple[Response, ...]:
    return tuple(
        replace(response, answer=None, typed="", evidence="", own_opportunity="") if response.criterion in empty else response
        for response in responses
    )

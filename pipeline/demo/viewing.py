"""How a school sees each area itself: mostly as its answers do, now and then a level higher, seldom lower."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from pipeline.model.assessment import AreaRating
from pipeline.model.finding import Place
from pipeline.model.level import Level
from pipeline.model.rubric import Rubric
from pipeline.model.submission import OwnView, Submission
from pipeline.rules.assessing import assess

_HIGHER, _LOWER = 15, 4  # in a hundred areas
_LEAVES_OUT_EVERY = 5  # schools


def give_views(submission: Submission, rubric: Rubric, seed: int) -> Submission:
    """The same return with the school's own view of its areas. One school in five leaves some out, and nobody has a view of an
    area that the answers leave unrated.

    The numbers it draws are its own, by `seed` and school, so that whatever it does, the county's answers stay as they are.
    """
    rng = Random(f"{seed} {submission.identity.urn}")
    areas = assess(submission, rubric, {})[0].areas
    left_out = rng.randint(1, len(areas)) if rng.randrange(_LEAVES_OUT_EVERY) == 0 else 0
    silent = {area.area for area in rng.sample(areas, left_out)}
    return replace(submission, views=tuple(view for view in _see(areas, submission.file, rng) if view.area not in silent))


def _see(areas: Sequence[AreaRating], file: str, rng: Random) -> Iterator[OwnView]:
    for area in areas:
        drawn = rng.randrange(100)
        step = 1 if drawn < _HIGHER else -1 if drawn < _HIGHER + _LOWER else 0
        if (level := area.rating.level) is not None:
            yield OwnView(area.area, Level(min(Level.ADVANCED, max(Level.NOT_YET, level + step))), Place(file))

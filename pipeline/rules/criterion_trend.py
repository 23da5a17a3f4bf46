"""How the answers to each question moved since the last cycle, school by school counted, across editions of the rubric too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.model.comparison import Movement
from pipeline.model.level import Level
from pipeline.model.profile import Profile
from pipeline.model.rubric import Rubric
from pipeline.rules.succession import Trace, trace


@dataclass(frozen=True)
class CriterionTrend:
    """One criterion: how many schools answer it higher, the same or lower than before, or had nothing to compare it with."""

    criterion: str
    higher: int
    same: int
    lower: int
    not_compared: int


def trend_criteria(
    now: Sequence[Profile], before: Sequence[Profile], rubric: Rubric, kept: Mapping[str, Rubric]
) -> tuple[CriterionTrend, ...]:
    """One a criterion, in rubric order. One that took over several is compared with the lowest of theirs, as areas are.

    `kept` is edition → rubric, of all that are known."""
    earlier = {profile.school.urn: profile for profile in before}

    @cache
    def find_way(edition: str, known: tuple[str, ...]) -> Trace:
        return trace(rubric, edition, known, kept) or {}

    counts: Counter[tuple[str, Movement]] = Counter()
    for profile in now:
        past = earlier.get(profile.school.urn)
        levels = {answer.criterion: answer.level for answer in past.answers} if past else {}
        way = find_way(past.edition, tuple(levels)) if past else {}
        for answer in profile.answers:
            found = [levels[one] for one in way.get(answer.criterion, ())]
            counts[answer.criterion, _move(answer.level, found)] += 1
    return tuple(_gather(key, counts, len(now)) for key in rubric.criteria)


def _move(now: Level | None, found: Sequence[Level | None]) -> Movement:
    known = [level for level in found if level is not None]
    if now is None or not known or len(known) < len(found):
        return Movement.UNKNOWN
    before = min(known)
    return Movement.HIGHER if now > before else Movement.LOWER if now < before else Movement.SAME


def _gather(key: str, counts: Counter[tuple[str, Movement]], schools: int) -> CriterionTrend:
    """Schools that are not asked a question are among those not compared."""
    higher, same, lower = (counts[key, way] for way in (Movement.HIGHER, Movement.SAME, Movement.LOWER))
    return CriterionTrend(key, higher, same, lower, schools - higher - same - lower)

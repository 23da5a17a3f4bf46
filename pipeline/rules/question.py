"""Which questions of the workbook tell the LA nothing, so that it can be made shorter.

A criterion is always answered alike where every school that answered it stands at one level. It never decided where no school's
rating of the area would be another without it: each area is rated again with the criterion left out, by the rubric's own rules.
Statutory criteria are marked, and never proposed for removal: they are asked because the law asks.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.level import LEVELS, Level, State
from pipeline.model.profile import Profile, ProfileAnswer
from pipeline.model.rubric import Rubric
from pipeline.rules.rating import Gates, derive

LEAST = 5  # answers, before a question can be said to be answered alike

_Stand = tuple[str, bool]  # how a criterion counts, and whether it is a gate


@dataclass(frozen=True)
class Question:
    """What one criterion told the LA in a cycle. `answers` is how many schools stand at a level in it, `alike` how many of them
    at the commonest, whose label is `commonest`; `decided` is how many schools' rating of the area would be another without it.
    `verdict` is a sentence, empty for a question that tells something."""

    criterion: str
    title: str
    is_statutory: bool
    answers: int
    commonest: str
    alike: int
    decided: int
    verdict: str

    @property
    def is_spare(self) -> bool:
        """Whether the LA could leave it out and know as much."""
        return bool(self.verdict) and not self.is_statutory


def weigh_questions(profiles: Sequence[Profile], rubric: Rubric) -> tuple[Question, ...]:
    """One for each criterion, in rubric order. `profiles` are of schools rated under comparable editions."""
    levels: dict[str, Counter[str]] = {key: Counter() for key in rubric.criteria}
    decided: Counter[str] = Counter()
    rate = _Rater(rubric)
    for profile in profiles:
        for answers in _by_area(profile, rubric):
            stands = tuple(sorted((one.key, rubric.criteria[one.criterion].gate is not None) for one in answers))
            for one in answers:
                if one.level is not None:
                    levels[one.criterion][one.key] += 1
                stand = (one.key, rubric.criteria[one.criterion].gate is not None)
                decided[one.criterion] += rate.differs_without(stands, stand)
    return tuple(_weigh(key, levels[key], decided[key], rubric) for key in rubric.criteria)


def _by_area(profile: Profile, rubric: Rubric) -> list[list[ProfileAnswer]]:
    areas: dict[str, list[ProfileAnswer]] = {}
    for answer in profile.answers:
        if answer.criterion in rubric.criteria and answer.key != State.NOT_APPLICABLE:
            areas.setdefault(answer.criterion.partition(".")[0], []).append(answer)
    return list(areas.values())


class _Rater:
    """Rates areas by the rubric's rules. Areas that stand alike are rated once: of six hundred schools, few differ."""

    def __init__(self, rubric: Rubric) -> None:
        self._rules = rubric.frame.rules
        self.rate = lru_cache(maxsize=None)(self._rate)
        self.differs_without = lru_cache(maxsize=None)(self._differs_without)

    def _differs_without(self, stands: tuple[_Stand, ...], left_out: _Stand) -> bool:
        at = stands.index(left_out)
        return self.rate(stands) is not self.rate(stands[:at] + stands[at + 1 :])

    def _rate(self, stands: tuple[_Stand, ...]) -> Level | None:
        """The level of an area as `rating.rate_area` gives it; None where it has none."""
        if not stands:
            return None
        worst = {f"{at}": LEVELS.get(key, Level.NOT_YET) for at, (key, _) in enumerate(stands)}
        best = {f"{at}": LEVELS.get(key, Level.ADVANCED) for at, (key, _) in enumerate(stands)}
        unmet = tuple(key for (_, is_gate), key in zip(stands, worst, strict=True) if is_gate and worst[key] is Level.NOT_YET)
        gaps = tuple(key for key in unmet if best[key] is Level.NOT_YET)
        cap_low, cap_high = Gates(gaps, unmet, self._rules.gate.caps_area_at).caps
        low = derive(worst, self._rules.area, Level.NOT_YET, cap_low)
        return low if low is derive(best, self._rules.area, Level.NOT_YET, cap_high) else None


def _weigh(key: str, levels: Counter[str], decided: int, rubric: Rubric) -> Question:
    criterion = rubric.criteria[key]
    commonest, alike = min(levels.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
    label = rubric.answer_label(LEVELS[commonest]) if commonest else ""
    answers, is_statutory = levels.total(), criterion.gate is not None
    verdict = _say(answers, alike, label, decided, is_statutory)
    return Question(key, criterion.title, is_statutory, answers, label, alike, decided, verdict)


def _say(answers: int, alike: int, label: str, decided: int, is_statutory: bool) -> str:
    if answers < LEAST:
        return ""
    said = []
    if alike == answers:
        said.append(f"All {answers} schools answered “{label}”.")
    if not decided:
        said.append("No school's rating of the area would be another without it.")
    if said and is_statutory:
        said.append("It is statutory, and stays.")
    return " ".join(said)

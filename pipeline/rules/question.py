"""Which questions of the workbook tell the LA nothing, so that it can be made shorter.

A criterion is always answered alike where every school that answered it stands at one level. It never decided where no school's
rating of the area would be another without it: each area is rated again with the criterion left out, by the rubric's own rules.
Statutory criteria are marked, and never proposed for removal: they are asked because the law asks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.level import LEVELS, Level, State
from pipeline.model.profile import Profile, ProfileAnswer
from pipeline.model.rubric import Rubric
from pipeline.rules.rating import Gates, derive
from pipeline.rules.theme import count_answers

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
    for (criterion, key), schools in count_answers(profiles).items():
        if criterion in levels and key in LEVELS:
            levels[criterion][key] += schools
    areas = {criterion.id: area.number for area in rubric.areas for criterion in area.criteria}
    decided: Counter[str] = Counter()
    rater = _Rater(rubric)
    for profile in profiles:
        for answers in _by_area(profile, areas):
            decided.update(rater.find_deciding(answers))
    return tuple(_weigh(key, levels[key], decided[key], rubric) for key in rubric.criteria)


def _by_area(profile: Profile, areas: Mapping[str, int]) -> Iterable[list[ProfileAnswer]]:
    found: dict[int, list[ProfileAnswer]] = {}
    for answer in profile.answers:
        if answer.criterion in areas:
            found.setdefault(areas[answer.criterion], []).append(answer)
    return found.values()


class _Rater:
    """Rates areas by the rubric's rules, with a criterion and without. Areas that stand alike are rated once."""

    def __init__(self, rubric: Rubric) -> None:
        self._rules = rubric.frame.rules
        self._gates = frozenset(one.id for one in rubric.criteria.values() if one.gate)
        self._deciding = lru_cache(maxsize=None)(self._list_deciding)
        self._rate = lru_cache(maxsize=None)(self._work_out)

    def find_deciding(self, answers: Sequence[ProfileAnswer]) -> Iterator[str]:
        """The criteria without which the area's rating would be another."""
        stands = [(one.key, one.criterion in self._gates) for one in answers if one.key != State.NOT_APPLICABLE]
        deciding = self._deciding(tuple(sorted(stands)))
        if deciding:
            yield from (one.criterion for one in answers if (one.key, one.criterion in self._gates) in deciding)

    def _list_deciding(self, stands: tuple[_Stand, ...]) -> frozenset[_Stand]:
        """Of criteria that stand alike, each or none decides."""
        rated = self._rate(stands)
        places = {stand: stands.index(stand) for stand in stands}
        return frozenset(stand for stand, at in places.items() if self._rate(stands[:at] + stands[at + 1 :]) is not rated)

    def _work_out(self, stands: tuple[_Stand, ...]) -> Level | None:
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

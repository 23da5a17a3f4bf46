"""Which levels can be reached at all: every set of answers is tried, by how many stand at each level and not one by one.

Areas: the counts of answers at each level, for every number of criteria that may apply, with a gate missed and with none.
Overall: the areas are added one after another, and of each set of levels only what the rules can tell apart is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from typing import NamedTuple

from pipeline.model.draft import Draft
from pipeline.model.level import Level
from pipeline.model.rubric import Area, LevelRule
from pipeline.model.school import Phase
from pipeline.rules.rating import meets


@dataclass(frozen=True)
class Reach:
    """What the answers can come to: the levels given, the levels whose rule is ever met, and those whose rule ever decides."""

    given: frozenset[Level]
    met: frozenset[Level]
    decided: frozenset[Level]


class _Outcome(NamedTuple):
    """An area's level, None where it is not applicable, and whether a statutory gap is in it."""

    level: Level | None
    has_gap: bool


# A level, the levels whose rules were met for it, the highest first, and whether that one decided it and not a cap.
_Judged = tuple[Level | None, Sequence[Level], bool]


class _Gates(NamedTuple):
    """An area as a school of one phase is asked it: gates that must be answered, gates that may be waived, and the rest."""

    fixed: int
    waivable: int
    free: int


class Reaching:
    """Works out what can be reached under a draft's rules."""

    def __init__(self, draft: Draft) -> None:
        self._rules = draft.frame.rules
        self._areas = draft.rubric.areas
        self._known: dict[_Gates, tuple[Reach, frozenset[_Outcome]]] = {}
        self._known_overall: dict[tuple[tuple[int, _Gates], ...], Reach] = {}

    def area(self, area: Area, phase: Phase) -> Reach | None:
        """What an area can come to for a school of this phase; None where the school is asked nothing of it."""
        gates = _count_gates(area, phase)
        return self._try_area(gates)[0] if any(gates) else None

    def overall(self, phase: Phase) -> Reach | None:
        """What the overall rating can come to for a school of this phase; None where it is asked nothing."""
        asked = tuple((area.number, gates) for area in self._areas if any(gates := _count_gates(area, phase)))
        if asked and asked not in self._known_overall:
            self._known_overall[asked] = self._try_areas(asked)
        return self._known_overall.get(asked)

    def _try_areas(self, asked: Sequence[tuple[int, _Gates]]) -> Reach:
        rules = self._rules.overall.levels
        sums = {_Sum((0, 0, 0, 0), (True,) * len(rules), False)}
        for number, gates in asked:
            outcomes = self._try_area(gates)[1]
            sums = {_add(total, number, outcome, rules) for total in sums for outcome in outcomes}
        return _gather(self._judge_overall(total) for total in sums if any(total.counts))

    def _try_area(self, gates: _Gates) -> tuple[Reach, frozenset[_Outcome]]:
        if gates not in self._known:
            tried = list(self._try_answers(gates))
            reach = _gather((outcome.level, met, by_rule) for outcome, met, by_rule in tried)
            self._known[gates] = reach, frozenset(outcome for outcome, _, _ in tried)
        return self._known[gates]

    def _try_answers(self, gates: _Gates) -> Iterator[tuple[_Outcome, Sequence[Level], bool]]:
        """Every outcome, with the levels whose rules were met, and whether the highest of them decided and not the cap."""
        cap = self._rules.gate.caps_area_at
        for applicable, gated in _applicable(gates):
            if not applicable:
                yield _Outcome(None, False), (), False
            for levels in combinations_with_replacement(Level, applicable):
                met = _met(levels, self._rules.area)
                level = met[0] if met else Level.NOT_YET
                lowest = levels.count(Level.NOT_YET)
                if lowest <= applicable - gated:  # the lowest answers may all stand where there is no gate
                    yield _Outcome(level, False), met, True
                if lowest and gated:
                    yield _Outcome(min(level, cap), True), met, level <= cap

    def _judge_overall(self, total: "_Sum") -> _Judged:
        rules, gate = self._rules.overall, self._rules.gate
        levels = [level for level, count in zip(Level, total.counts, strict=True) for _ in range(count)]
        fair = [replace(rule, areas_at_least={}) for rule, named in zip(rules.levels, total.named, strict=True) if named]
        cap = gate.caps_overall_at if total.has_gap else Level.ADVANCED
        met = _met(levels, fair)
        level = met[0] if met else rules.lowest
        return min(level, cap), met, level <= cap


class _Sum(NamedTuple):
    """What the rules can tell of the areas so far: how many stand at each level, of which rules the named areas stand as asked,
    and whether there is a statutory gap."""

    counts: tuple[int, ...]
    named: tuple[bool, ...]
    has_gap: bool


def _add(total: _Sum, number: int, outcome: _Outcome, rules: Sequence[LevelRule]) -> _Sum:
    if outcome.level is None:
        return total
    counts = list(total.counts)
    counts[outcome.level] += 1
    named = total.named
    if any(number in rule.areas_at_least for rule in rules):
        asked = [rule.areas_at_least.get(number, Level.NOT_YET) for rule in rules]
        named = tuple(held and outcome.level >= least for held, least in zip(named, asked, strict=True))
    return _Sum(tuple(counts), named, total.has_gap or outcome.has_gap)


def _count_gates(area: Area, phase: Phase) -> _Gates:
    asked = [criterion for criterion in area.criteria if criterion.applies_to(phase)]
    fixed = sum(not criterion.allows_not_applicable for criterion in asked)
    waivable = sum(criterion.gate is not None and criterion.allows_not_applicable for criterion in asked)
    return _Gates(fixed, waivable, len(asked) - fixed - waivable)


def _applicable(gates: _Gates) -> Iterator[tuple[int, int]]:
    """How many criteria may apply, and how many of them are gates."""
    for waived in range(gates.waivable + 1):
        for left_out in range(gates.free + 1):
            gated = gates.fixed + gates.waivable - waived
            yield gated + gates.free - left_out, gated


def _met(levels: Sequence[Level], rules: Sequence[LevelRule]) -> list[Level]:
    named = {str(place): level for place, level in enumerate(levels)}
    return [rule.level for rule in rules if meets(named, rule)]


def _gather(tried: Iterable[_Judged]) -> Reach:
    given: set[Level] = set()
    met: set[Level] = set()
    decided: set[Level] = set()
    for level, rules, by_rule in tried:
        given.update(() if level is None else (level,))
        met.update(rules)
        decided.update(rules[:1] if by_rule else ())
    return Reach(frozenset(given), frozenset(met), frozenset(decided))

"""The smallest change that lifts a rating: the fewest rises by one level each and, of equally few, those of least trouble."""

from collections.abc import Callable, Mapping, Sequence

from pipeline.model.assessment import Change, Standing
from pipeline.model.level import Level
from pipeline.model.rubric import EvidenceRule, LevelRule

Levels = Mapping[str, Level]
# How much trouble it is to bring a key to a level, beside others that need as many rises: the less, the sooner it is taken.
Effort = Callable[[str, Level], int]


def smallest_change(
    levels: Levels, rule: LevelRule, must_rise: Sequence[str] = (), effort: Effort | None = None
) -> tuple[tuple[str, Level], ...]:
    """The fewest one-step rises that satisfy `rule` and lift every key of `must_rise` off the lowest rung.

    Gives (key, level to reach) in the order of `levels`. It is exact: each key's floor must be met whatever else is done, and
    after that every key costs what it lacks to `at_least`, independently of the others, so taking the cheapest is minimal.
    Of equally cheap ones those are taken that need not rise in any case, as nobody leaps two levels readily; then those of the
    least `effort`; then the first.
    """
    named = named_areas(rule)
    floors = {key: max(level, rule.none_below, named.get(key, level)) for key, level in levels.items()}
    floors |= {key: max(floors[key], Level.EMERGING) for key in must_rise if key in floors}
    missing = rule.needed(len(levels)) - sum(level >= rule.at_least for level in floors.values())
    below = [key for key in floors if floors[key] < rule.at_least] if missing > 0 else []
    below.sort(
        key=lambda key: (
            rule.at_least - floors[key],
            floors[key] > levels[key],
            effort(key, rule.at_least) if effort else 0,
        )
    )
    raised = floors | dict.fromkeys(below[: max(0, missing)], rule.at_least)
    return tuple((key, raised[key]) for key in levels if raised[key] > levels[key])


def reach(
    levels: Levels, rules: Sequence[LevelRule], target: Level, must_rise: Sequence[str] = (), effort: Effort | None = None
) -> tuple[tuple[str, Level], ...]:
    """The smallest change that gives `target` or better by whichever rule; of equally small ones that of the lowest rule.

    A rule that asks for all that the lowest one asks for is not tried: what satisfies it satisfies that one too."""
    nearest, *higher = [rule for rule in reversed(rules) if rule.level >= target]
    tried = [nearest, *(rule for rule in higher if not _asks_as_much(rule, nearest))]
    ways = [smallest_change(levels, rule, must_rise, effort) for rule in tried]
    return min(ways, key=lambda way: sum(to - levels[key] for key, to in way))


def _asks_as_much(rule: LevelRule, other: LevelRule) -> bool:
    """Whether whatever satisfies `rule` satisfies `other`."""
    named = rule.areas_at_least
    return (
        rule.share >= other.share
        and rule.at_least >= other.at_least
        and rule.none_below >= other.none_below
        and all(max(rule.none_below, named.get(area, Level.NOT_YET)) >= least for area, least in other.areas_at_least.items())
    )


def level_above(
    level: Level, rules: Sequence[LevelRule], lowest: Level = Level.NOT_YET, cap: Level = Level.ADVANCED
) -> Level | None:
    """The next level that can be given at all; `lowest` is given where no rule is met, `cap` where one is met beyond it."""
    given = [lowest, *(rule.level for rule in rules)]
    return min((one for one in (*given, min(cap, max(given))) if one > level), default=None)


def named_areas(rule: LevelRule) -> Levels:
    """Area number as a key → the level a rule asks of it."""
    return {str(area): least for area, least in rule.areas_at_least.items()}


def change_of(standing: Standing, to: Level, evidence: EvidenceRule) -> Change:
    """What a criterion's rise to a level takes: an answer, its evidence, or both."""
    evidence_only = _needs_evidence_only(standing, to)
    needs_evidence = not evidence_only and to >= evidence.required_for and not standing.has_evidence
    return Change(standing.criterion, standing.level, to, evidence_only, needs_evidence)


def effort_of(standings: Mapping[str, Standing], evidence: EvidenceRule) -> Effort:
    """Evidence alone is the least trouble, then an answer alone, then both."""

    def effort(key: str, to: Level) -> int:
        standing = standings[key]
        if standing.has_evidence or to < evidence.required_for:
            return 1
        return 0 if _needs_evidence_only(standing, to) else 2

    return effort


def _needs_evidence_only(standing: Standing, to: Level) -> bool:
    return standing.answered is not None and standing.answered >= to

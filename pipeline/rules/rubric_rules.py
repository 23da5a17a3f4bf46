"""Care for a rubric's rules: levels that nothing reaches, parts that decide nothing, and gates that contradict them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.draft import Draft, Whereabouts
from pipeline.model.finding import Finding, find
from pipeline.model.level import Level
from pipeline.model.rubric import Area, LevelRule, Rules
from pipeline.model.school import Phase
from pipeline.rules.rubric_reach import Reach, Reaching
from pipeline.rules.rubric_soundness import LEVELS
from pipeline.rules.sentence import join_words


def check_rules(draft: Draft, where: Whereabouts) -> Iterator[Finding]:
    """What is wrong with how levels are decided. Findings: RB901-RB906."""
    rules = draft.frame.rules
    yield from _check_idle_floors(rules.area, where, "area")
    if rules.overall.enabled:
        yield from _check_idle_floors(rules.overall.levels, where, "overall", "levels")
    yield from _check_reach(draft, where)
    yield from _check_caps(rules, where)
    if rules.evidence.counts_as == rules.evidence.required_for:
        yield find("RB904", where.locate(None, "rules", "evidence", "counts_as"), rules.evidence.counts_as.key)
    yield from _check_gates(draft, where)
    yield from _check_named_areas(draft, where)


def _check_idle_floors(rules: Sequence[LevelRule], where: Whereabouts, *loc: str) -> Iterator[Finding]:
    """A floor as high as what the share counts leaves the share nothing to decide."""
    for position, rule in enumerate(rules):
        if rule.none_below >= rule.at_least > Level.NOT_YET and rule.share < 1:
            seen = f"share {rule.share} at {rule.at_least.key}, and none below {rule.none_below.key}"
            remedy = "Lower “none_below” under “at_least”, or write 1 for “share”: as it stands, all must be there."
            yield find("RB902", where.locate(None, "rules", *loc, position, "none_below"), seen, remedy=remedy)
        elif rule.at_least is Level.NOT_YET:
            remedy = "Write a higher level for “at_least”: every answer stands at not-yet or better."
            yield find("RB902", where.locate(None, "rules", *loc, position, "at_least"), rule.at_least.key, remedy=remedy)


@dataclass(frozen=True)
class _Ladder:
    """The rules of an area or of the overall rating, where they stand, and from which level up each must be reached."""

    rules: Sequence[LevelRule]
    loc: tuple[str, ...]
    what: str
    lowest: Level

    def place(self, level: Level) -> tuple[int | str, ...]:
        """Where the rule that gives a level stands; where there is none, the list."""
        position = next((position for position, rule in enumerate(self.rules) if rule.level is level), None)
        return ("rules", *self.loc) if position is None else ("rules", *self.loc, position)


def _check_reach(draft: Draft, where: Whereabouts) -> Iterator[Finding]:
    reaching, rules = Reaching(draft), draft.frame.rules
    ladder = _Ladder(rules.area, ("area",), "an area", Level.EMERGING)
    reached = {
        (place, phase): reach
        for place, area in enumerate(draft.areas)
        for phase in Phase
        if area.status != "retired" and (reach := reaching.area(area, phase))
    }
    for level in LEVELS:
        missing = [key for key, reach in reached.items() if level not in reach.given]
        if missing and len(missing) == len(reached):
            yield _find_unreachable(level, ladder, list(reached.values()), where)
        else:
            yield from _find_unreachable_areas(level, missing, draft, where)
    yield from _find_idle_rules(ladder, list(reached.values()), where)
    if rules.overall.enabled:
        overall = {phase: reach for phase in Phase if (reach := reaching.overall(phase))}
        ladder = _Ladder(rules.overall.levels, ("overall", "levels"), "the overall rating", rules.overall.lowest)
        for level in (level for level in LEVELS if level >= rules.overall.lowest):
            lacking = [phase for phase, reach in overall.items() if level not in reach.given]
            if lacking:
                only = lacking if len(lacking) < len(overall) else []
                yield _find_unreachable(level, ladder, [overall[phase] for phase in lacking], where, only)
        yield from _find_idle_rules(ladder, list(overall.values()), where)


def _find_unreachable(
    level: Level, ladder: _Ladder, reached: Sequence[Reach], where: Whereabouts, only: Sequence[Phase] = ()
) -> Finding:
    schools = f" of a {join_words([phase.label.casefold() for phase in only])} school" if only else ""
    if all(rule.level is not level for rule in ladder.rules):
        why, remedy = "no rule gives it", f"Add a rule for {level.key}."
    elif any(level in reach.met for reach in reached):
        why = "whenever its rule is met, that of a higher level is met first"
        remedy = "Ask more for the level above than for this one: a larger share, a higher “at_least” or a higher floor."
    else:
        why = "no answers meet its rule"
        remedy = "Ask less of it: a smaller share, a lower floor, or fewer areas by name."
    place = where.locate(None, *ladder.place(level))
    return find("RB901", place, f"{level.key} for {ladder.what}{schools}: {why}", remedy=remedy)


def _find_unreachable_areas(
    level: Level, missing: Sequence[tuple[int, Phase]], draft: Draft, where: Whereabouts
) -> Iterator[Finding]:
    for place in dict.fromkeys(place for place, _ in missing):
        phases = join_words([phase.label.casefold() for at, phase in missing if at == place])
        seen = f"{level.key} for Area {draft.areas[place].number}, asked of a school of phase {phases}"
        remedy = "Ask more criteria of it, or less of the level: as the rules stand, so few criteria cannot come to it."
        yield find("RB901", where.locate(place, "number"), seen, remedy=remedy)


def _find_idle_rules(ladder: _Ladder, reached: Sequence[Reach], where: Whereabouts) -> Iterator[Finding]:
    """Rules whose level is given, but by a cap and never by the rule itself."""
    for rule in ladder.rules:
        if any(rule.level in reach.given for reach in reached) and not any(rule.level in reach.decided for reach in reached):
            remedy = "Ask less of it than of the level above: whenever it is met, a higher rule is met first."
            place = where.locate(None, *ladder.place(rule.level))
            yield find("RB902", place, f"{rule.level.key} for {ladder.what}", remedy=remedy)


def _check_caps(rules: Rules, where: Whereabouts) -> Iterator[Finding]:
    caps = [("caps_area_at", rules.gate.caps_area_at)]
    caps += [("caps_overall_at", rules.gate.caps_overall_at)] if rules.overall.enabled else []
    for key, cap in caps:
        if cap is Level.ADVANCED:
            remedy = "Write a level below advanced: a statutory duty that is not in place holds nothing back as it stands."
            yield find("RB903", where.locate(None, "rules", "gate", key), cap.key, remedy=remedy)
        elif cap is Level.NOT_YET:
            remedy = "Write emerging, unless one missing duty shall put a school below every level, whatever else it does."
            yield find("RB903", where.locate(None, "rules", "gate", key), cap.key, remedy=remedy)
    for position, rule in enumerate(rules.overall.levels if rules.overall.enabled else ()):
        for number, least in rule.areas_at_least.items():
            if least > rules.gate.caps_area_at and rules.gate.caps_overall_at >= rule.level:
                seen = f"a gap in Area {number} holds it at {rules.gate.caps_area_at.key}, but this asks for {least.key}"
                remedy = f"Lower “caps_overall_at” under {rule.level.key}, or the level asked of the area: the two contradict."
                loc = ("rules", "overall", "levels", position, "areas_at_least", number)
                yield find("RB903", where.locate(None, *loc), seen, remedy=remedy)


def _check_gates(draft: Draft, where: Whereabouts) -> Iterator[Finding]:
    """A gate may be answered *Not applicable* where the rubric limits it to some phases: limited to all, it binds nobody."""
    for place, area in enumerate(draft.areas):
        for position, criterion in enumerate(() if area.status == "retired" else area.criteria):
            if criterion.gate and criterion.phases != "all" and set(criterion.phases) == set(Phase):
                yield find("RB905", where.locate(place, "criteria", position, "phases"), criterion.id)


def _check_named_areas(draft: Draft, where: Whereabouts) -> Iterator[Finding]:
    """Areas that the overall rule asks for by name, and schools that are not asked their gates, or nothing of them."""
    overall = draft.frame.rules.overall
    for position, rule in enumerate(overall.levels if overall.enabled else ()):
        for number in rule.areas_at_least:
            area = draft.numbered[number]
            for what, phases in _list_unasked(area).items():
                seen = f"Area {number} for {rule.level.key}; {what}: {join_words([phase.label.casefold() for phase in phases])}"
                loc = ("rules", "overall", "levels", position, "areas_at_least", number)
                yield find("RB906", where.locate(None, *loc), seen)


def _list_unasked(area: Area) -> dict[str, list[Phase]]:
    """What is not asked → of schools of which phases."""
    unasked: dict[str, list[Phase]] = {}
    for phase in Phase:
        if not any(criterion.applies_to(phase) for criterion in area.criteria):
            unasked.setdefault("nothing of it is asked of", []).append(phase)
            continue
        for criterion in area.criteria:
            if criterion.gate and not criterion.applies_to(phase):
                unasked.setdefault(f"its statutory criterion {criterion.id} is not asked of", []).append(phase)
    return unasked

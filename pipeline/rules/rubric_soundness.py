"""Whether the parts of a rubric agree: what must hold before anything can be rated by it.

The same rules serve the YAML files and the officer's workbook: `Whereabouts` says where each part stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.model.draft import Draft, Whereabouts
from pipeline.model.finding import Finding, find
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import Area, Criterion, Frame, LevelRule, Rules

LEVELS = (Level.EMERGING, Level.ESTABLISHED, Level.ADVANCED)
STATES = ("not-yet", "not-rated", "not-applicable")
_LARGEST_PART = 1000  # of a share: 2/3 and 13/20 are shares, 6004799503160661/9007199254740992 is what is left of 0.6667

Tell = Callable[..., Finding]


def fold_wording(text: str) -> str:
    """Wording as returns are read by it: capitals, spaces and a full stop at the end make no difference."""
    return " ".join(text.split()).casefold().rstrip(".").rstrip()


def check_soundness(draft: Draft, where: Whereabouts) -> tuple[Finding, ...]:
    """Every disagreement between the parts of a rubric. Findings: CF104."""
    return (*check_frame(draft.frame, where), *check_areas(draft.frame, draft.areas, where))


def check_frame(frame: Frame, where: Whereabouts) -> Iterator[Finding]:
    """What can be told from the frame alone. Findings: CF104."""
    tell = _teller(where, None)
    if not re.fullmatch(r"\d+-\d+", frame.version):
        yield tell("version", frame.version, 'Write “version” as two numbers with a hyphen between them, such as "1-0".')
    for answer in Answer:
        if answer not in frame.answers:
            yield tell("answers", answer.value, f"Add the answer “{answer.value}”.")
    for level in LEVELS:
        if level not in frame.levels:
            yield tell("levels", level.key, f"Add the level “{level.key}”.")
    for state in STATES:
        if state not in frame.states:
            yield tell("states", state, f"Add the state “{state}”.")
    yield from _check_words(frame, tell)
    yield from _check_rules(frame.rules, tell)


def _teller(where: Whereabouts, area: int | None) -> Tell:
    def tell(*loc_seen_remedy: int | str) -> Finding:
        *loc, seen, remedy = loc_seen_remedy
        return find("CF104", where.locate(area, *loc), str(seen), remedy=remedy)

    return tell


def _check_words(frame: Frame, tell: Tell) -> Iterator[Finding]:
    """A word that stands for two answers, or names two levels, would be read as either."""
    meant: dict[str, Answer] = {}
    for answer, words in frame.answers.items():
        for position, word in enumerate((words.label, *words.also)):
            loc = ("label",) if position == 0 else ("also", position - 1)
            other = meant.setdefault(fold_wording(word), answer)
            if other is not answer:
                remedy = f"Let it stand for one answer only: it is also a word for “{other.value}”."
                yield tell("answers", answer, *loc, word, remedy)
    named: dict[str, Level] = {}
    for level, level_words in frame.levels.items():
        if named.setdefault(fold_wording(level_words.label), level) is not level:
            yield tell("levels", level.key, "label", level_words.label, "Give each level a label of its own.")


def _check_rules(rules: Rules, tell: Tell) -> Iterator[Finding]:
    yield from _check_level_rules(rules.area, tell, "area")
    yield from _check_level_rules(rules.overall.levels, tell, "overall", "levels")
    evidence, overall, lowest = rules.evidence, rules.overall, rules.overall.lowest
    if evidence.counts_as > evidence.required_for:
        remedy = f"Write a level not above {evidence.required_for.key}: an answer without evidence never counts for more."
        yield tell("rules", "evidence", "counts_as", evidence.counts_as.key, remedy)
    if any(rule.level < lowest for rule in overall.levels):
        remedy = "Write a level that is not above those the rules below it give."
        yield tell("rules", "overall", "lowest", lowest.key, remedy)
    if overall.enabled and rules.gate.caps_overall_at < lowest:
        remedy = f"Write {lowest.key} or better, the lowest overall level, or lower “lowest”."
        yield tell("rules", "gate", "caps_overall_at", rules.gate.caps_overall_at.key, remedy)
    for position, rule in enumerate(rules.area):
        if rule.areas_at_least:
            remedy = "Move it to a rule of the overall rating: an area is decided by its own criteria."
            yield tell("rules", "area", position, "areas_at_least", rule.level.key, remedy)
    for key, least in (("most", 0), ("most_in_one_area", 1)):
        if (value := getattr(rules.priorities, key)) < least:
            yield tell("rules", "priorities", key, value, f"Write {least} or more.")


def _check_level_rules(rules: Sequence[LevelRule], tell: Tell, *loc: str) -> Iterator[Finding]:
    for position, rule in enumerate(rules):
        if not 0 < rule.share <= 1:
            remedy = "Write “share” as a fraction above 0 and not above 1, such as 3/4."
            yield tell("rules", *loc, position, "share", str(rule.share), remedy)
        elif rule.share.denominator > _LARGEST_PART:
            remedy = "Write “share” as an exact fraction, such as 2/3: a decimal is not quite what is meant."
            yield tell("rules", *loc, position, "share", f"about {float(rule.share):.4g}", remedy)
        if rule.level is Level.NOT_YET:
            remedy = "Take the rule out: what meets no rule is not yet Emerging without one."
            yield tell("rules", *loc, position, "level", rule.level.key, remedy)
        if position and rule.level >= rules[position - 1].level:
            yield tell("rules", *loc, position, "level", rule.level.key, "List each level once, the highest first.")


def check_areas(frame: Frame, areas: Sequence[Area], where: Whereabouts) -> Iterator[Finding]:
    """What can be told of the areas and of how the frame speaks of them. Findings: CF104."""
    asked = {area.number for area in areas if area.status != "retired"}
    for position, rule in enumerate(frame.rules.overall.levels):
        for number in rule.areas_at_least:
            if number not in asked:
                why = "is retired" if any(area.number == number for area in areas) else "is not in this rubric"
                remedy = f"Name an area that schools are asked, or take the line out: Area {number} {why}."
                loc = ("rules", "overall", "levels", position, "areas_at_least", number)
                yield find("CF104", where.locate(None, *loc), str(number), remedy=remedy)
    numbers = Counter(area.number for area in areas)
    ids = Counter(criterion.id for area in areas for criterion in area.criteria)
    titles = Counter(
        fold_wording(one.title) for area in areas if area.number in asked for one in area.criteria if one.title.strip()
    )
    for place, area in enumerate(areas):
        tell = _teller(where, place)
        if numbers[area.number] > 1:
            yield tell("number", area.number, "Give each area a number of its own.")
        if not area.criteria and area.status != "retired":
            yield tell("criteria", f"Area {area.number}", "Add its criteria, or set its “status” to retired.")
        yield from _check_targets(area, numbers, tell)
        for position, criterion in enumerate(area.criteria):
            yield from _check_id(area, position, criterion, tell)
            if ids[criterion.id] > 1:
                yield tell("criteria", position, "id", criterion.id, "Use each criterion's id once.")
            if area.number in asked and titles[fold_wording(criterion.title)] > 1:
                remedy = "Give each criterion a title of its own: returns are read by it."
                yield tell("criteria", position, "title", criterion.id, remedy)
            yield from _check_references(frame, position, criterion, where, tell)
    yield from _check_loops(areas, where)


def _check_targets(area: Area, numbers: Mapping[int, int], tell: Tell) -> Iterator[Finding]:
    for target in area.crosswalk:
        if target not in numbers or target == area.number:
            yield tell("crosswalk", target, "Name areas that exist, and not the area itself, in “crosswalk”.")


def _check_id(area: Area, position: int, criterion: Criterion, tell: Tell) -> Iterator[Finding]:
    if not re.fullmatch(rf"{area.number}\.[0-9]+", criterion.id):
        remedy = f"Write the id as {area.number}. and a number, such as {area.number}.{position + 1}."
        yield tell("criteria", position, "id", criterion.id, remedy)
    for place, former in enumerate(criterion.formerly):
        if not re.fullmatch(r"[0-9]+\.[0-9]+", former):
            remedy = f"Write in “formerly” the ids it had, such as {area.number}.{position + 1}."
            yield tell("criteria", position, "formerly", place, former, remedy)


def _check_references(frame: Frame, position: int, criterion: Criterion, where: Whereabouts, tell: Tell) -> Iterator[Finding]:
    if criterion.gate and criterion.gate.source not in frame.sources:
        remedy = f"Name a source {where.listed('sources')}, or add it there."
        yield tell("criteria", position, "gate", "source", criterion.gate.source, remedy)
    for theme in criterion.themes:
        if theme not in frame.themes:
            remedy = f"Name a theme {where.listed('themes')}, or add it there."
            yield tell("criteria", position, "themes", theme, remedy)
    if criterion.phases != "all" and not criterion.phases:
        yield tell("criteria", position, "phases", criterion.id, "Name the phases that are asked, or write: all.")


def _check_loops(areas: Sequence[Area], where: Whereabouts) -> Iterator[Finding]:
    """A crosswalk that leads back to where it began: last cycle's answers would go round for ever."""
    leads = {area.number: [to for to in area.crosswalk if to != area.number] for area in areas}
    told: set[int] = set()
    for place, area in enumerate(areas):
        loop = [] if area.number in told else _find_loop(area.number, leads)
        if loop:
            told.update(loop)
            path = " → ".join(map(str, [*loop, loop[0]]))
            remedy = "Let the crosswalk end in an area that leads nowhere further; take out one of its steps."
            yield find("CF104", where.locate(place, "crosswalk"), path, remedy=remedy)


def _find_loop(start: int, leads: Mapping[int, Sequence[int]]) -> list[int]:
    """The shortest way from an area back to itself, without its end; empty where there is none."""
    ways, seen = [[start]], {start}
    for way in ways:  # grows while it is gone through: the shortest ways come first
        for to in leads.get(way[-1], ()):
            if to == start:
                return way
            if to not in seen:
                seen.add(to)
                ways.append([*way, to])
    return []

"""What changed in a rubric's frame: its rules, levels and answers, themes and sources."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pipeline.model.difference import Difference, Moves
from pipeline.model.draft import Draft
from pipeline.model.level import Level
from pipeline.model.rubric import LevelRule, Step
from pipeline.rules.rubric_soundness import LEVELS, fold_wording
from pipeline.rules.sentence import join_words, share_in_words

N, X = Moves.FIRST, Moves.SECOND
_RUBRIC, _RULES, _WORDS, _THEMES, _SOURCES = "The rubric", "Rules", "Levels and answers", "Themes", "Sources"

Entry = TypeVar("Entry")


def compare_frames(old: Draft, new: Draft) -> Iterator[Difference]:
    """Every change outside the areas, in the order of `rubric.yaml`."""
    if old.frame.title != new.frame.title:
        yield Difference(_RUBRIC, f"The title is changed: {told(old.frame.title, new.frame.title)}.", X)
    if old.frame.follows != new.frame.follows:
        was, now = (draft.frame.follows or "none" for draft in (old, new))
        yield Difference(_RUBRIC, f"The edition that it follows: {was} → {now}.", X)
    yield from _compare_words(old, new)
    yield from _compare_rules(old, new)
    yield from _compare_themes(old, new)
    yield from _compare_sources(old, new)


def told(old: object, new: object) -> str:
    """An old value and a new one, short ones both shown."""
    return f"“{old}” → “{new}”"


def _compare_words(old: Draft, new: Draft) -> Iterator[Difference]:
    for level in LEVELS:
        before, words = old.frame.levels[level], new.frame.levels[level]
        name = before.label
        if words.label != before.label:
            yield Difference(_WORDS, f"The level {name} has a new label: {told(before.label, words.label)}.", X)
        if words.name != before.name:
            yield Difference(_WORDS, f"The second name of {name} is changed: {told(before.name, words.name)}.", X)
        if words.meaning != before.meaning:
            yield Difference(_WORDS, f"The meaning of {name} is reworded.", X)
    for state in dict.fromkeys((*old.frame.states, *new.frame.states)):
        was, now = old.frame.states.get(state, ""), new.frame.states.get(state, "")
        if was != now:
            yield Difference(_WORDS, f"What a rating says for “{state}” is changed: {told(was, now)}.", X)
    yield from _compare_answers(old, new)


def _compare_answers(old: Draft, new: Draft) -> Iterator[Difference]:
    for answer, words in new.frame.answers.items():
        before = old.frame.answers[answer]
        if words.label != before.label:
            yield Difference(_WORDS, f"The answer {before.label} has a new label: {told(before.label, words.label)}.", X)
        if words.meaning != before.meaning:
            yield Difference(_WORDS, f"The meaning of the answer {before.label} is reworded.", X)
    was, now = _spellings(old), _spellings(new)
    for word in now:
        if word in was and was[word] != now[word]:
            yield Difference(_WORDS, f"“{word}”, as people type it, stood for {was[word]} and now stands for {now[word]}.", N)
    for label in dict.fromkeys(now.values()):
        added = [f"“{word}”" for word in now if now[word] == label and word not in was]
        gone = [f"“{word}”" for word in was if was[word] == label and word not in now]
        if added:
            yield Difference(_WORDS, f"Also read as {label}: {join_words(added)}.", X)
        if gone:
            yield Difference(_WORDS, f"No longer read as {label}: {join_words(gone)}.", X)


def _spellings(draft: Draft) -> dict[str, str]:
    """What people may type → the answer it stands for, by its key."""
    answers = draft.frame.answers.items()
    return {
        fold_wording(word): answer.value.replace("-", " ").capitalize()
        for answer, words in answers
        for word in (words.label, *words.also)
    }


def _compare_rules(old: Draft, new: Draft) -> Iterator[Difference]:
    was, now = old.frame.rules, new.frame.rules
    levels = (
        ("Evidence is required from another level", was.evidence.required_for, now.evidence.required_for),
        ("An answer without evidence counts as another level", was.evidence.counts_as, now.evidence.counts_as),
    )
    yield from _tell_levels(levels, old, new)
    for part in _reworded(was.evidence.step, now.evidence.step):
        yield Difference(_RULES, f"The {part} suggested where evidence is missing is reworded.", X)
    yield from _compare_ladders(_by_level(was.area), _by_level(now.area), "an area", old, new)
    caps = (
        ("A statutory gap caps its area at another level", was.gate.caps_area_at, now.gate.caps_area_at),
        ("A statutory gap caps the overall rating at another level", was.gate.caps_overall_at, now.gate.caps_overall_at),
        ("The overall rating where no rule is met is changed", was.overall.lowest, now.overall.lowest),
    )
    yield from _tell_levels(caps, old, new)
    if was.overall.enabled != now.overall.enabled:
        yield Difference(_RULES, f"An overall rating is {'now' if now.overall.enabled else 'no longer'} given.", N)
    yield from _compare_ladders(_by_level(was.overall.levels), _by_level(now.overall.levels), "the overall rating", old, new)
    for name, before, after in (
        ("Priorities on the plan's first page", was.priorities.most, now.priorities.most),
        ("Priorities in one area", was.priorities.most_in_one_area, now.priorities.most_in_one_area),
    ):
        if before != after:
            yield Difference(_RULES, f"{name}, at most: {before} → {after}.", X)


def _tell_levels(levels: Sequence[tuple[str, Level, Level]], old: Draft, new: Draft) -> Iterator[Difference]:
    for sentence, was, now in levels:
        if was is not now:
            yield Difference(_RULES, f"{sentence}: {old.rubric.label(was)} → {new.rubric.label(now)}.", N)


def _reworded(old: Step, new: Step) -> list[str]:
    return [part for part in ("opportunity", "action", "success") if getattr(old, part) != getattr(new, part)]


def _by_level(rules: tuple[LevelRule, ...]) -> Mapping[Level, LevelRule]:
    return {rule.level: rule for rule in rules}


def _compare_ladders(
    was: Mapping[Level, LevelRule], now: Mapping[Level, LevelRule], what: str, old: Draft, new: Draft
) -> Iterator[Difference]:
    for level in sorted({*was, *now}, reverse=True):
        name = f"{what} to be {new.rubric.label(level)}"
        if level not in was or level not in now:
            yield Difference(_RULES, f"The rule for {name} is {'new' if level in now else 'gone'}.", N)
            continue
        before, after = was[level], now[level]
        if before.share != after.share:
            shares = f"{share_in_words(before.share)} → {share_in_words(after.share)}"
            yield Difference(_RULES, f"The share needed for {name}: {shares}.", N)
        if before.at_least is not after.at_least:
            levels = f"{old.rubric.label(before.at_least)} → {new.rubric.label(after.at_least)}"
            yield Difference(_RULES, f"The level that the share must reach for {name}: {levels}.", N)
        if before.none_below is not after.none_below:
            floors = f"{_floor(before.none_below, old)} → {_floor(after.none_below, new)}"
            yield Difference(_RULES, f"The level below which none may be, for {name}: {floors}.", N)
        for number in sorted({*before.areas_at_least, *after.areas_at_least}):
            least, more = before.areas_at_least.get(number), after.areas_at_least.get(number)
            if least is not more:
                asked = f"{_asked(least, old)} → {_asked(more, new)}"
                yield Difference(_RULES, f"The level asked of Area {number} for {name}: {asked}.", N)


def _floor(level: Level, draft: Draft) -> str:
    return "no floor" if level is Level.NOT_YET else draft.rubric.label(level)


def _asked(level: Level | None, draft: Draft) -> str:
    return "none" if level is None else draft.rubric.label(level)


def _compare_themes(old: Draft, new: Draft) -> Iterator[Difference]:
    yield from _tell_entries(old.frame.themes, new.frame.themes, _THEMES, "theme")
    for key, text in new.frame.themes.items():
        if old.frame.themes.get(key, text) != text:
            yield Difference(_THEMES, f"The theme {key} has a new name: {told(old.frame.themes[key], text)}.", X)


def _tell_entries(old: Mapping[str, Entry], new: Mapping[str, Entry], part: str, kind: str) -> Iterator[Difference]:
    added, gone = [key for key in new if key not in old], [key for key in old if key not in new]
    for word, keys in (("added", added), ("taken out", gone)):
        if keys:
            many = f"The {kind}s {join_words(keys)} are" if len(keys) > 1 else f"The {kind} {keys[0]} is"
            yield Difference(part, f"{many} {word}.", X)


def _compare_sources(old: Draft, new: Draft) -> Iterator[Difference]:
    yield from _tell_entries(old.frame.sources, new.frame.sources, _SOURCES, "source")
    for key, source in new.frame.sources.items():
        before = old.frame.sources.get(key, source)
        for name, field in (("title", "title"), ("“in force”", "in_force"), ("address", "address"), ("standing", "standing")):
            was, now = getattr(before, field), getattr(source, field)
            if was != now:
                yield Difference(_SOURCES, f"The {name} of {key} is changed: {told(was, now)}.", X)
        if before.checked_on != source.checked_on:
            yield Difference(_SOURCES, f"{key} was looked at again: {before.checked_on} → {source.checked_on}.", X)

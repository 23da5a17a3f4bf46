"""Wording that says the same twice: between criteria, between the levels of one criterion, and in titles."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from pipeline.model.rubric import Criterion
from pipeline.rules.rubric_soundness import LEVELS, fold_wording

# Two texts share too much where so many of the shorter one's pairs of neighbouring words stand in the other as well.
# The shipped wording keeps below both: 0.38 between criteria, 0.28 between the levels of one.
_BETWEEN_CRITERIA = 0.4
_BETWEEN_LEVELS = 0.5

_SMALL_WORDS = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))

Pairs = frozenset[tuple[str, str]]


class Worded(NamedTuple):
    """A text of a criterion. `loc` leads to it from the criterion; `name` is what people call it."""

    loc: tuple[str, ...]
    name: str
    text: str


class Alike(NamedTuple):
    """Two texts that share too much, the later one second. `share` is the part of the shorter one's word pairs, 0-1."""

    first: Criterion
    first_text: Worded
    second: Criterion
    second_text: Worded
    share: float


def list_texts(criterion: Criterion) -> tuple[Worded, ...]:
    """The descriptors of a criterion, then the texts of its steps."""
    descriptors = [Worded((level.key,), f"the descriptor of {level.key}", getattr(criterion, level.key)) for level in LEVELS]
    steps = [
        Worded(("steps", level.key, part), f"the {part} to {level.key}", getattr(criterion.steps.to(level), part))
        for level in LEVELS
        for part in ("opportunity", "action", "success")
    ]
    return (*descriptors, *steps)


def find_alike_criteria(criteria: Sequence[Criterion]) -> Iterator[Alike]:
    """Texts of different criteria that could stand for each other. Each is compared only with those that share a word pair."""
    texts = [(criterion, worded, _word_pairs(worded.text)) for criterion in criteria for worded in list_texts(criterion)]
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (criterion, worded, pairs) in enumerate(texts):
        shared = Counter(earlier for pair in pairs for earlier in holders[pair])
        for earlier in sorted(shared):
            other, other_worded, other_pairs = texts[earlier]
            share = shared[earlier] / min(len(pairs), len(other_pairs))
            if share >= _BETWEEN_CRITERIA and other.id != criterion.id:
                yield Alike(other, other_worded, criterion, worded, share)
        for pair in pairs:
            holders[pair].append(place)


def find_alike_levels(criterion: Criterion) -> Iterator[Alike]:
    """Descriptors of one criterion between which a school could not choose."""
    for first, second in combinations(list_texts(criterion)[:3], 2):
        one, other = _word_pairs(first.text), _word_pairs(second.text)
        share = len(one & other) / max(1, min(len(one), len(other)))
        same = fold_wording(first.text) == fold_wording(second.text) != ""
        if same or share >= _BETWEEN_LEVELS:
            yield Alike(criterion, first, criterion, second, 1.0 if same else share)


def find_alike_titles(criteria: Sequence[Criterion]) -> Iterator[tuple[Criterion, Criterion]]:
    """Criteria whose titles have the same words but for small ones and their order."""
    for first, second in combinations(criteria, 2):
        words = _bearing_words(first.title)
        if words and words == _bearing_words(second.title):
            yield first, second


def _bearing_words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w']+", title.casefold())) - _SMALL_WORDS


def _word_pairs(text: str) -> Pairs:
    return frozenset(pairwise(re.findall(r"[\w']+", text.lower())))

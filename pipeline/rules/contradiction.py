"""Evidence that says something else than the answer it stands beside.

The phrases are configuration, and narrow on purpose: what is missing in one detail, was missing once, or will be there soon
does not contradict an answer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.model.finding import Finding, find
from pipeline.model.level import Answer, Level
from pipeline.model.oddity import Oddity, Telltale
from pipeline.model.rubric import Rubric
from pipeline.rules.written import Written, words_of

# Criterion id → the answer of the last cycle and the evidence beside it.
Earlier = Mapping[str, tuple[Answer | None, str]]

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE_ENDS = re.compile(r"[,;:–—]| and ")


@dataclass(frozen=True)
class Doubt:
    """Evidence that says, by the words of `telltale`, that something is or is not there. `disagrees` means that it is at odds
    with its answer; beside Emerging, which is a beginning, it tells only where it is new."""

    evidence: Written
    telltale: Telltale
    says: str
    disagrees: bool


def find_doubts(evidence: Sequence[Written], oddity: Oddity) -> tuple[Doubt, ...]:
    """Evidence whose words speak against its answer, or would if they were new: few, so that only for these need the last cycle
    be looked up."""
    return (
        *_find_doubts([one for one in evidence if one.level >= Level.EMERGING], oddity.missing, "something not in place"),
        *_find_doubts([one for one in evidence if one.level <= Level.EMERGING], oddity.present, "something in place"),
    )


def _find_doubts(candidates: Sequence[Written], telltale: Telltale, says: str) -> Iterator[Doubt]:
    by_word = _by_longest_word((*telltale.anywhere, *telltale.opening))
    needed = frozenset(by_word)
    for one in candidates:
        if needed.isdisjoint(one.words):
            continue
        joined = b" ".join(one.words)
        phrases = [phrase for word in needed.intersection(one.words) for phrase in by_word[word] if phrase in joined]
        if phrases and does_say(telltale, one.response.evidence):
            yield Doubt(one, telltale, says, one.level is not Level.EMERGING)


def weigh_doubts(doubts: Sequence[Doubt], earlier: Earlier, rubric: Rubric) -> tuple[Finding, ...]:
    """What the last cycle makes of doubts. Findings: OD702 where the answer is the same as then and only the evidence has come
    to say otherwise; OD704 where they disagree in any case."""
    return tuple(finding for doubt in doubts if (finding := _weigh(doubt, earlier, rubric)))


def _weigh(doubt: Doubt, earlier: Earlier, rubric: Rubric) -> Finding | None:
    response = doubt.evidence.response
    answer, before = earlier.get(response.criterion, (None, ""))
    details = {
        "criterion": response.criterion,
        "cell": response.place.cell,
        "level": f"“{rubric.answer_label(doubt.evidence.level)}”",
    }
    if answer is response.answer and _is_rewritten(doubt, before):
        return find("OD702", doubt.evidence.place, f"new words of {doubt.says}, and the answer of last cycle", **details)
    if doubt.disagrees:
        return find("OD704", doubt.evidence.place, f"words of {doubt.says} beside {details['level']}", **details)
    return None


def _is_rewritten(doubt: Doubt, before: str) -> bool:
    """Whether there was evidence before, in other words, that did not say so yet."""
    return bool(before.strip()) and words_of(before) != doubt.evidence.words and not does_say(doubt.telltale, before)


def does_say(telltale: Telltale, text: str) -> bool:
    """Whether a text says what the phrases say: plainly, now, and of the whole."""
    sentences = filter(None, map(_plain, _SENTENCE_ENDS.split(text)))
    return any(_says(telltale, sentence, is_opening=not place) for place, sentence in enumerate(sentences))


def _says(telltale: Telltale, sentence: str, *, is_opening: bool) -> bool:
    phrases = (*telltale.anywhere, *telltale.opening) if is_opening else telltale.anywhere
    for match in _any_of(phrases).finditer(sentence):
        before, behind = sentence[: match.start()], sentence[match.end() :]
        clause = _CLAUSE_ENDS.split(before)[-1]
        if not _any_of(telltale.unless).search(f"{before}|{behind}") and not _any_of(telltale.denied_by).search(clause):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


@cache
def _by_longest_word(phrases: tuple[str, ...]) -> Mapping[bytes, tuple[bytes, ...]]:
    """A phrase's longest word → the phrases: only those whose word is met in a text need be looked for there."""
    by_word: dict[bytes, tuple[bytes, ...]] = {}
    for words in map(words_of, phrases):
        word = max(words, key=len)
        by_word[word] = (*by_word.get(word, ()), b" ".join(words))
    return by_word


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the phrases as whole words, “nobody” in “nobody's” too; nothing where there are none."""
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = sorted(map(_plain, phrases), key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

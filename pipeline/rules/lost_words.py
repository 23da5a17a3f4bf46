"""The proof that no word of a school is lost: what goes in is found in what comes out, word for word and as often."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping


def find_missing(pieces: Iterable[str], kept: Iterable[str]) -> Counter[str]:
    """The words of `pieces` that stand less often in `kept`, with how many are missing; empty where nothing is lost.

    Words are what stands between spaces, letter for letter. Texts that are the same on both sides are taken off first: that
    changes nothing of the result, and leaves a tenth of the words to count.
    """
    given, found = Counter(pieces), Counter(kept)
    lacking = {text: times - same for text, times in given.items() if times > (same := found.get(text, 0))}
    words = _count_words(lacking)
    if not words:
        return words
    spare = {text: times - given.get(text, 0) for text, times in found.items()}
    there = _count_words(spare, words)
    return Counter({word: times - there[word] for word, times in words.items() if times > there[word]})


def _count_words(texts: Mapping[str, int], wanted: Container[str] | None = None) -> Counter[str]:
    """How often each word stands in texts, of which each is there so many times; of `wanted` words alone, where they are
    given: a plan has thousands, and few are asked for."""
    words = " ".join(text if times == 1 else f"{text} " * times for text, times in texts.items() if times > 0).split()
    return Counter(words if wanted is None else filter(wanted.__contains__, words))

"""The proof that no word of a school is lost: what goes in is found in what comes out, word for word and as often."""

from collections import Counter
from collections.abc import Iterable


def find_missing(pieces: Iterable[str], kept: Iterable[str]) -> Counter[str]:
    """The words of `pieces` that stand less often in `kept`, with how many are missing; empty where nothing is lost.

    Words are what stands between spaces, letter for letter. Texts that are the same on both sides are taken off first: that
    changes nothing of the result, and leaves a tenth of the words to count.
    """
    left = Counter(pieces)
    left.subtract(Counter(kept))
    words = Counter(" ".join(text for text, times in left.items() for _ in range(times)).split())
    if not words:
        return words
    found = Counter(" ".join(text for text, times in left.items() for _ in range(-times)).split())
    return Counter({word: times - found[word] for word, times in words.items() if times > found[word]})

"""How alike two wordings are: by their words, whatever the order, spaces, capitals, quotes and dashes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Container
from functools import lru_cache

_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟", '"') | dict.fromkeys("–—−‐‑", "-") | {"…": "...", "\u00a0": " "}
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Text as it is compared: spaces, quotes, dashes, capitals and a full stop at the end make no difference."""
    return " ".join(_plain(text).split()).casefold().rstrip(".").rstrip()


def _plain(text: str) -> str:
    """Quotes, dashes and letters in their plain forms. Normalising is slow, and seldom needed where those are plain."""
    if text.isascii():
        return text
    plain = text.translate(_QUOTES)
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain).translate(_QUOTES)


def likeness(one: str, other: str) -> float:
    """From 0, no word in common, to 1, the same words as often. Both are folded."""
    if one == other:
        return 1.0
    (mine, mine_in_all), (theirs, theirs_in_all) = _words(one), _words(other)
    total = mine_in_all + theirs_in_all
    shared = sum(min(mine[word], theirs[word]) for word in mine.keys() & theirs.keys())
    return 2 * shared / total if total else 0.0


def most_alike(one: str, words: Container[str]) -> float:
    """What the likeness of a text to any that has only these words can be at most."""
    mine, mine_in_all = _words(one)
    shared = sum(times for word, times in mine.items() if word in words)
    return 2 * shared / (mine_in_all + shared) if mine_in_all else 1.0


def list_words(text: str) -> Collection[str]:
    """The words of a folded text, each once."""
    return _words(text)[0].keys()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[dict[str, int], int]:
    """Each word with how often it stands there, and how many they are in all."""
    words = _WORD.findall(text)
    return dict(Counter(words)), len(words)

"""How alike two wordings are: by their words, whatever the order, spaces, capitals, quotes and dashes."""

import re
import unicodedata
from collections import Counter
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
    mine, theirs = _words(one), _words(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))

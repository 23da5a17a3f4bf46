"""References of actions as people type them: `5.2-a` is the criterion's number and a letter, `5-a` an action a school added."""

import re
from string import ascii_lowercase

_REFERENCE = re.compile(
    r"(?:ref(?:erence)?\.?\s*:?\s*)?(\d{1,2})(?:\s*[.,·]\s*(\d{1,2}))?\s*[-‐‑–—−_./ ]?\s*([a-z]{1,2})[.)]?", re.IGNORECASE
)
_NAMES = (*ascii_lowercase, *(first + second for first in ascii_lowercase for second in ascii_lowercase))


def read_reference(typed: str) -> str:
    """A reference as it is printed; empty where what was typed is none. `5.2–A`, `5.2 a` and `Ref: 5.2-a` are the same."""
    found = _REFERENCE.fullmatch(" ".join(typed.split()))
    if not found:
        return ""
    area, criterion, letter = found.groups()
    return f"{int(area)}.{int(criterion)}-{letter.lower()}" if criterion else f"{int(area)}-{letter.lower()}"


def next_reference(stem: str, taken: set[str]) -> str:
    """The first free one for a criterion or an area, and takes it. A reference is never given out twice."""
    free = next(f"{stem}-{name}" for name in _NAMES if f"{stem}-{name}" not in taken)
    taken.add(free)
    return free

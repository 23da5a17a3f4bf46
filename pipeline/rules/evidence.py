"""What can be told of evidence without reading it as a person would: its length, whether it was copied, if it says when."""

import re
from hashlib import sha256

from pipeline.model.review import Evidence

_WORD = re.compile(r"[^\W_]+")
_MONTHS = (
    "january|february|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
# “May” and “March” are also other words: they count beside a number or after a word that a month follows.
_WHEN = re.compile(
    r"\b(19|20)\d\d\b"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
    rf"|\b({_MONTHS}|autumn|spring|summer)\b"
    r"|\bterms? [1-6]\b"
    r"|\b(in|since|from|until|by|of|last|this|during|late|early|\d{1,2}(st|nd|rd|th)?) (may|march)\b"
    r"|\b(may|march) \d",
    re.IGNORECASE,
)


def weigh_evidence(text: str) -> Evidence:
    """Its words, its mark (the same for the same words, whatever stands between them, and whatever the capitals) and whether a
    year, month, term or date is named."""
    words = _WORD.findall(text.casefold())
    mark = sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:24] if words else ""
    return Evidence(len(words), mark, _WHEN.search(text) is not None)

"""Terms of an English school year: which one a cycle is named after, and a date moved on by as many terms.

A cycle's key says school year and term, such as `2026-27-autumn`, or half a term, such as `2026-27-autumn-2`. Terms differ a
little from council to council: dates that come of this are proposals.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NAMES = ("autumn", "spring", "summer")
# The first day of each term and the last, as (years after the school year's first, month, day). Spring ends before Easter.
_SPANS = (((0, 9, 1), (0, 12, 18)), ((1, 1, 4), (1, 3, 28)), ((1, 4, 12), (1, 7, 21)))
_KEY = re.compile(r"(?P<year>\d{4})-(?P<next>\d{2})-(?P<term>autumn|spring|summer)(?:-(?P<half>[12]))?")
_SAFE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,58}[0-9A-Za-z])?")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))})


@dataclass(frozen=True)
class Term:
    """One term, or half of one: the year in which its school year begins, its place in it from 0, and which half, 0 for all."""

    year: int
    place: int
    half: int = 0

    @property
    def label(self) -> str:
        """As people write it: Spring term 2027, and `second half` where it is one."""
        half = ("", ", first half", ", second half")[self.half]
        return f"{NAMES[self.place].capitalize()} term {self.year + (self.place > 0)}{half}"

    @property
    def halves(self) -> int:
        """How many half terms lie before it, from the year 0; a whole term counts from its first half."""
        return (self.year * len(NAMES) + self.place) * 2 + max(self.half - 1, 0)


def is_safe_key(key: str) -> bool:
    """Whether a cycle's name can be a folder everywhere: letters, figures and dashes, and no name that Windows keeps."""
    return bool(_SAFE.fullmatch(key)) and key.casefold() not in _RESERVED


def read_term(key: str) -> Term | None:
    """The term that a cycle is named after; None where its name says none, or its two years do not follow each other."""
    found = _KEY.fullmatch(key)
    if found is None or (int(found["year"]) + 1) % 100 != int(found["next"]):
        return None
    return Term(int(found["year"]), NAMES.index(found["term"]), int(found["half"] or 0))


def move_on(day: date, halves: int) -> date:
    """The same part of a later term and the same weekday, never beyond that term's end; `halves` are half terms.

    A day in the holidays goes with the term before it."""
    year, place = _find_term(day)
    start, end = _span(year, place)
    passed, length = min((day - start).days, (end - start).days), (end - start).days
    if halves % 2:
        passed += length // 2 + 1
        halves -= 1
    if passed > length:
        passed, halves = passed - length - 1, halves + 2
    later = year * len(NAMES) + place + halves // 2
    first, last = _span(*divmod(later, len(NAMES)))
    moved = first + timedelta(days=(2 * passed * (last - first).days + length) // (2 * length))
    return _same_weekday(moved, day.weekday(), first, last)


def _find_term(day: date) -> tuple[int, int]:
    """The last term that has begun."""
    year = day.year if day.month >= 9 else day.year - 1
    return max((year, place) for place in range(len(NAMES)) if place == 0 or _span(year, place)[0] <= day)


def _span(year: int, place: int) -> tuple[date, date]:
    (first, *start), (last, *end) = _SPANS[place]
    return date(year + first, *start), date(year + last, *end)


def _same_weekday(day: date, weekday: int, first: date, last: date) -> date:
    """The nearest such weekday within the term, which is longer than a week."""
    ahead = (weekday - day.weekday()) % 7
    nearest = day + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    if nearest < first:
        return nearest + timedelta(days=7)
    return nearest if nearest <= last else nearest - timedelta(days=7)

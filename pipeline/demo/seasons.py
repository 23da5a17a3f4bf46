"""The school year as a return looks back on it: which months, terms and years a school writes of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_HOLIDAY = 8  # nothing is dated August
_TERMS = {9: "autumn", 10: "autumn", 11: "autumn", 12: "autumn", 1: "spring", 2: "spring", 3: "spring"}


@dataclass(frozen=True)
class Term:
    """A past term, such as `spring term 2026`, and its months."""

    name: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Seasons:
    """What a return may speak of: the two months up to the day it is due, the ten school months before, their terms, and two
    years further back. `working_days` are those on which it may have been completed or agreed, the due date last."""

    due: date
    recent: tuple[str, ...]
    months: tuple[str, ...]
    terms: tuple[Term, ...]
    years: tuple[str, ...]
    working_days: tuple[date, ...]

    def seen_on(self, day: date) -> "Seasons":
        """The same from an earlier day: the last month is spoken of only once it is a week old."""
        has_begun = day.month == self.due.month and day.day > 7
        return self if has_begun else replace(self, recent=self.recent[:1])


def find_seasons(due: date) -> Seasons:
    """The seasons of returns due on a day. Months and terms stand in the order of time."""
    back = _months_back(due)
    recent = [next(back) for _ in range(2)][::-1]
    past = [next(back) for _ in range(10)][::-1]
    days = [due - timedelta(days=days) for days in range(24, -1, -1)]
    return Seasons(
        due=due,
        recent=tuple(_month_name(month) for month in recent),
        months=tuple(_month_name(month) for month in past),
        terms=tuple(_find_terms(past, _term_name(due))),
        years=(f"{due.year - 3}", f"{due.year - 2}"),
        working_days=tuple(day for day in days if day.weekday() < 5 and day.month != _HOLIDAY),
    )


def _months_back(due: date) -> Iterator[date]:
    month = due.replace(day=1)
    while True:
        if month.month != _HOLIDAY:
            yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _find_terms(months: list[date], current: str) -> Iterator[Term]:
    for name in dict.fromkeys(_term_name(month) for month in months):
        if name != current:
            yield Term(name, tuple(_month_name(month) for month in months if _term_name(month) == name))


def _term_name(month: date) -> str:
    return f"{_TERMS.get(month.month, 'summer')} term {month.year}"


def _month_name(month: date) -> str:
    return f"{month:%B %Y}"

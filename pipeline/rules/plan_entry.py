"""Statuses and dates as people type them into a plan."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pipeline.model.carried import Status
from pipeline.model.plan_words import PlanWords
from pipeline.rules.wording import fold

_TICKS = re.compile("[✓✔☑✅🗸√]")
_ORNAMENT = re.compile(r"[^\w%#/&' -]+")
_HEAD = re.compile(
    r"\s*(?:[:;,(\[\n]|\.(?:\s|$)|\s[-–—]+\s?|[–—]|\s/\s|\s(?:until|since)\s|\s(?=\d{1,2}[/.-]\d)|\s(?=\d{1,2}(?:st|nd|rd|th)?\s[A-Za-z]))"
)
_PERCENT = re.compile(r"(?:about |approx\.? |c\.? ?)?(\d{1,3})\s?(?:%|per ?cent)(?: (?:done|complete|completed))?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_BY = re.compile(r"^(?:by|before|until)\s+(?:the\s+)?", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:by the end of|by end of|end of|start of|week of|week commencing|w/c|approx\.?|by|before|until|due|on|from|end|mid"
    r"|early|late)"
    r"\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|of)\s+")
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\b\.?,?\s*", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?"
)
_YEAR = r"(\d{4}|\d{2})"
_FORMS = (
    (re.compile(rf"(\d{{1,2}})[\s-]+(?:of\s+)?{_MONTH}[\s,-]+'?{_YEAR}", re.IGNORECASE), "dmy"),
    (re.compile(rf"{_MONTH}\s+(\d{{1,2}}),?\s+{_YEAR}", re.IGNORECASE), "mdy"),
    (re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})"), "dmy"),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T[\d:]+Z?)?"), "ymd"),
    (re.compile(rf"{_MONTH}[\s,/-]+'?{_YEAR}", re.IGNORECASE), "my"),
    (re.compile(r"(\d{1,2})/(\d{4})"), "my"),
    (re.compile(rf"(\d{{1,2}})\s+(?:of\s+)?{_MONTH}", re.IGNORECASE), "dm"),
    (re.compile(rf"{_MONTH}\s+(\d{{1,2}})", re.IGNORECASE), "md"),
    (re.compile(r"(\d{1,2})/(\d{1,2})"), "dm"),
    (re.compile(_MONTH, re.IGNORECASE), "m"),
)


@dataclass(frozen=True)
class Entry:
    """What a cell was read as. `is_read` says that nothing needs to be asked; `day` is None where none is meant or none can be
    told. `is_exact` is False where the year or the day of the month was supplied."""

    day: date | None
    is_read: bool
    is_exact: bool = True


def read_status(typed: str, words: PlanWords) -> Status | None:
    """The status that a cell begins with, by the LA's list of words: `Done ✔`, `Green`, `Complete - see minutes`, `50%`. None
    where it begins with none."""
    return _read_status(typed, words) if typed.strip() else None


@lru_cache(maxsize=1024)
def _read_status(typed: str, words: PlanWords) -> Status | None:
    told = _TICKS.sub(" tick ", typed)
    heads = [told, _HEAD.split(told, maxsplit=1)[0]]
    for head in heads:
        plain = " ".join(_ORNAMENT.sub(" ", fold(head)).split()).strip("- '")
        for form in (plain, " ".join(word for word in plain.split() if word != "tick")):
            percent = _PERCENT.fullmatch(form)
            if percent:
                return _by_percent(int(percent[1]))
            if form in _statuses(words):
                return _statuses(words)[form]
    return None


def _by_percent(share: int) -> Status | None:
    if share > 100:
        return None
    return Status.NOT_STARTED if share == 0 else Status.DONE if share == 100 else Status.UNDER_WAY


@lru_cache(maxsize=4)
def _statuses(words: PlanWords) -> Mapping[str, Status]:
    lists = words.statuses
    named = (
        (Status.NOT_STARTED, lists.not_started),
        (Status.UNDER_WAY, lists.under_way),
        (Status.DONE, lists.done),
        (Status.ON_HOLD, lists.on_hold),
        (Status.NOT_NEEDED, lists.no_longer_needed),
    )
    return {" ".join(_ORNAMENT.sub(" ", fold(word)).split()): status for status, listed in named for word in listed}


def read_day(typed: str, sent_on: date | None, words: PlanWords) -> Entry:
    """The day a cell names. A month means its last day; a day without a year, and the LA's own word for a day, the first such
    day after the plan was sent. What is none of these stays as typed."""
    plain = fold(typed).strip(" .")
    if not plain or plain in {fold(word) for word in words.no_date}:
        return Entry(None, is_read=True)
    for form in (plain, _BY.sub("", plain), _BEFORE.sub("", plain)):
        later = [day for day in _days(words).get(_ARTICLE.sub("", form), ()) if sent_on and day >= sent_on]
        if later:
            return Entry(min(later), is_read=True, is_exact=False)
    return _read_form(_ORDINAL.sub("", _WEEKDAY.sub("", _BEFORE.sub("", plain))).strip(" ,."), sent_on)


@lru_cache(maxsize=4)
def _days(words: PlanWords) -> Mapping[str, tuple[date, ...]]:
    return {_ARTICLE.sub("", fold(word)): days for word, days in words.days.items()}


@lru_cache(maxsize=1024)
def _read_form(plain: str, sent_on: date | None) -> Entry:
    for form, order in _FORMS:
        found = form.fullmatch(plain)
        if found:
            parts = dict(zip(order, found.groups(), strict=True))
            day = _make_day(parts.get("d"), parts["m"], parts.get("y"), sent_on)
            return Entry(day, is_read=day is not None, is_exact="d" in parts and "y" in parts)
    return Entry(None, is_read=False)


def _make_day(day: str | None, month: str, year: str | None, sent_on: date | None) -> date | None:
    """None for a day that there is not, such as 31 February."""
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    if year is None:
        if sent_on is None:
            return None
        supplied = (_day_of(sent_on.year + later, number, day) for later in (0, 1))
        return next((one for one in supplied if one and one >= sent_on), None)
    full = int(year) + (2000 if len(year) == 2 else 0)
    return _day_of(full, number, day)


def _day_of(year: int, month: int, day: str | None) -> date | None:
    try:
        if day is None:
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date(year, month, int(day))
    except ValueError:
        return None

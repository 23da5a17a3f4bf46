"""What in free text may point to one person: told by its cell, never quoted, never altered.

The patterns are narrow on purpose. A warning that is usually wrong is soon not read, and returns are full of dates, year groups
and the word "pupil".
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.model.finding import Finding, Place, find
from pipeline.rules.one_child import describes_one_child, fold, may_describe_one_child

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def find_personal(texts: Iterable[tuple[Place, str]], urn: str, today: date | None) -> tuple[Finding, ...]:
    """What looks like personal data in free texts, in their order: one finding a kind and cell.

    With `today`, a date counts as one of birth only where it makes a person two years old or more, and beside “born” or
    “birthday” twenty at most. Findings: PV501, PV502, PV503, PV504.
    """
    written = [(place, text) for place, text in texts if text]
    whole = _plain("\n".join(text for _, text in written))
    kinds = [kind for kind in _kinds(today) if kind.may_be_in(whole, fold(whole))]
    found: dict[tuple[Place, str], Finding] = {}
    for place, text in written if kinds else ():
        plain = _plain(text)
        folded = fold(plain)
        for kind in kinds:
            if kind.may_be_in(plain, folded) and (place, kind.code) not in found and kind.is_in(plain):
                found[place, kind.code] = find(kind.code, place, kind.seen, urn=urn)
    return tuple(found.values())


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class _Kind:
    """A kind of personal data, and what a finding says was seen. `may_be_in` is quick, takes a text as it is and in small
    letters, and can be asked of many texts joined by ends of lines: where it is false, `is_in` is false of each of them."""

    code: str
    seen: str
    may_be_in: Callable[[str, str], bool]
    is_in: Callable[[str], bool]


def _kinds(today: date | None) -> tuple[_Kind, ...]:
    return (
        _Kind("PV501", "13 characters with the right check letter", _has_long_number, _holds_upn),
        _Kind("PV502", "a date beside a word about birth", _speaks_of_birth, lambda text: _holds_birth_date(text, today)),
        _Kind("PV503", "the figures of a telephone number", _has_long_number, _holds_phone),
        _Kind("PV504", "words about one boy, girl, pupil or child", may_describe_one_child, describes_one_child),
    )


# Ten figures with no more between them than a pupil number or a telephone number may have.
_LONG_NUMBER = re.compile(r"[0-9](?:[ ().\-–/]{0,3}[0-9]){9}")


def _has_long_number(text: str, _: str) -> bool:
    return _LONG_NUMBER.search(text) is not None


# Unique pupil numbers. Source: DfE, "Unique pupil numbers (UPNs): a guide for schools and local authorities".

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # without I, O and S
_UPN_GAP = r"[ .\-–/]{0,2}"
_UPN = re.compile(
    rf"(?<![A-Z0-9])(?:UPN)?([{_UPN_LETTERS}](?:{_UPN_GAP}[0-9]){{11}}(?:{_UPN_GAP}[0-9]|[{_UPN_LETTERS}]))(?![A-Z0-9])",
    re.IGNORECASE,
)


def _holds_upn(text: str) -> bool:
    return any(_checks("".join(filter(str.isalnum, match[1])).upper()) for match in _UPN.finditer(text))


def _checks(upn: str) -> bool:
    """Whether the letter in front is the one that the twelve characters behind it ask for. The local authority in them is not
    looked at: lists of authorities grow old."""
    total = sum(
        weight * (int(mark) if mark.isdecimal() else _UPN_LETTERS.index(mark)) for weight, mark in enumerate(upn[1:], 2)
    )
    return upn[0] == _UPN_LETTERS[total % 23]


# Telephone numbers: those of places (01, 02) and mobiles (07). Helplines (03, 08) point to no person.

_GAP = r"[ ().\-–/]{0,3}"
_PHONE = re.compile(
    rf"""
    (?<![A-Z0-9£])(?<![0-9][.,/\-])(?:(?:tel|t|mob|m|ph)[.:]?)?
    (?:
      \(?(?P<national>0[127](?:{_GAP}[0-9]){{8,9}})
    | (?P<abroad>\(?(?:\+|00)[ ]?44{_GAP}(?:0{_GAP})?[127](?:{_GAP}[0-9]){{8,9}} | 447[0-9]{{9}})
    )(?![0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOST_ZERO = re.compile(r"7[1-9][0-9]{8}")  # what Excel makes of a mobile typed into a cell of its own


def _holds_phone(text: str) -> bool:
    if _LOST_ZERO.fullmatch(text.strip()):
        return True
    return any(match["abroad"] or _is_set_out_as_phone(match["national"]) for match in _PHONE.finditer(text))


def _is_set_out_as_phone(number: str) -> bool:
    """Whether the figures are grouped as a number is: a code of three or more, then no group of one. Ten figures in all only
    after a long code, as 016977 1234; ten in a row are more often an ISBN."""
    groups = re.findall(r"[0-9]+", number)
    if len("".join(groups)) == 10:
        return len(groups) > 1 and len(groups[0]) in (5, 6)
    return len(groups[0]) >= 3 and all(len(group) > 1 for group in groups)


# Dates of birth: a date, with a word about birth close by.

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_DAY = r"(?<![0-9])[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|['’]?[0-9]{2})(?![0-9])"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}\s?[./\-–\s]\s?[01]?[0-9]\s?[./\-–\s]\s?{_YEAR}",
        r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})[./\-–][01]?[0-9][./\-–][0-3]?[0-9](?![0-9])",
        rf"{_DAY}(?:\s?of)?[\s./\-–]{{0,2}}{_MONTH}[\s.,/\-–]{{0,2}}{_YEAR}",
        rf"\b{_MONTH}\s[0-3]?[0-9](?:st|nd|rd|th)?,?\s{_YEAR}",
    )
)
_PARTS_OF_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:\s?of)?[\s./\-–]{{0,2}}{_MONTH}\b(?![\s.,/\-–]{{0,2}}['’]?[0-9])",
        rf"\b{_MONTH}[\s.,/\-–]{{0,2}}{_YEAR}",
        rf"(?<![0-9/])[01]?[0-9][/.]{_YEAR}",
        r"(?<![0-9])[0-3][0-9][01][0-9](?P<year>(?:19|20)[0-9]{2})(?![0-9])",
    )
)
_BIRTH = re.compile(r"\b(?:dob|d\.o\.b|d\. o\. b|d o b|dates? of births?|birth ?dates?)\b", re.IGNORECASE)
# Not what was born of an idea, nor a year group told by its first and last birthday.
_BORN = re.compile(r"(?<![\w-])(?:born(?! (?:out|from|of|between|before|after|on or)\b)|birthdays?)\b", re.IGNORECASE)
_BIRTH_WORDS = ("birth", "born", "dob", "d.o.b", "d. o. b", "d o b")  # one of them is in whatever the two patterns find
_BEFORE, _BEHIND = 18, 26  # characters between the date and the word
_YOUNGEST, _OLDEST = 2, 20


def _speaks_of_birth(_: str, folded: str) -> bool:
    return any(word in folded for word in _BIRTH_WORDS)


def _holds_birth_date(text: str, today: date | None) -> bool:
    for word, shapes, oldest in ((_BIRTH, (*_DATES, *_PARTS_OF_DATES), 110), (_BORN, _DATES, _OLDEST)):
        for match in word.finditer(text):
            if any(_is_of_age(year, today, oldest) for year in _years_near(text, match, shapes)):
                return True
    return False


def _years_near(text: str, word: re.Match[str], shapes: Iterable[re.Pattern[str]]) -> Iterator[str]:
    """The year of each date near a word, empty where it has none. A figure or a full stop between them parts them."""
    for shape in shapes:
        for found in shape.finditer(text, max(0, word.start() - 60), word.end() + 60):
            behind = found.start() >= word.end()
            between = text[word.end() : found.start()] if behind else text[found.end() : word.start()]
            close = len(between) <= (_BEHIND if behind else _BEFORE)
            if close and not re.search(r"[0-9;]|[.!?]\s+[A-Z]", between):
                yield (found.groupdict().get("year") or "").lstrip("'’")


def _is_of_age(year: str, today: date | None, oldest: int) -> bool:
    if today is None or not year:
        return True
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if 2000 + int(year) > today.year else 0)
    return _YOUNGEST <= today.year - full <= oldest

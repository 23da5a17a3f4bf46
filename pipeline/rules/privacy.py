"""What in free text may point to one person: told by its cell, never quoted, never altered.

The patterns are narrow on purpose. A warning that is usually wrong is soon not read, and returns are full of dates, year groups
and the word "pupil".
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from pipeline.model.finding import Finding, Place, find

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def find_personal(texts: Iterable[tuple[Place, str]], urn: str = "", *, today: date | None = None) -> tuple[Finding, ...]:
    """What looks like personal data in free texts, in their order: one finding a kind and cell.

    With `today`, a date counts as one of birth only where it makes a person two years old or more, and beside “born” or
    “birthday” twenty at most. Findings: PV501, PV502, PV503, PV504.
    """
    found: dict[tuple[Place, str], Finding] = {}
    kinds = _kinds(today)
    for place, text in texts:
        plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        for code, seen, is_in in kinds:
            if (place, code) not in found and is_in(plain):
                found[place, code] = find(code, place, seen, urn=urn)
    return tuple(found.values())


def _kinds(today: date | None) -> tuple[tuple[str, str, Callable[[str], bool]], ...]:
    """Each kind: its code, what a finding says was seen, and whether a text holds one."""
    return (
        ("PV501", "13 characters with the right check letter", _holds_upn),
        ("PV502", "a date beside a word about birth", lambda text: _holds_birth_date(text, today)),
        ("PV503", "the figures of a telephone number", _holds_phone),
        ("PV504", "words about one boy, girl, pupil or child", _describes_one_child),
    )


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
_BEFORE, _BEHIND = 18, 26  # characters between the date and the word
_YOUNGEST, _OLDEST = 2, 20


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


# One child: by a letter or initials, or by year group.

_ONE = r"(?:pupil|child|student|learner|young person|boy|girl)"
_YEAR_GROUP = r"(?:(?:year|yr|y|key stage|ks) ?(?:group )?[0-9]{1,2}|reception|nursery)"
_LABELLED = re.compile(
    rf"(?P<every>\b(?i:every|each|any|no|per|all) )?\b(?P<word>(?i:{_ONE}))(?: {{1,2}}[(\[“\"‘']?| ?[(\[][“\"‘']?)"
    r"(?P<label>(?:[A-Z]\. ?){1,2}[A-Z]\b\.?|[A-Z]{1,2}\b|[xyz]\b(?![.=]| ?[0-9]))(?=(?P<rest>.{0,18}))"
)
_NUMBERED = re.compile(
    rf"(?<!per )(?<!each )(?<!every )\b{_ONE} (?:no\.? ?)?[0-9]{{1,2}}"
    r"(?:\)|:(?![0-9])|['’]s\b| (?:has|had|is|was|now|made|makes|moved|returned|attends|attended|came)\b)",
    re.IGNORECASE,
)
# What follows a letter that is no child's: a level, a scale, a paper; “Q&A”, “A*”, “T-shirt”.
_NOT_A_CHILD = re.compile(r"[-‐–]\w| ?[&*+/=]|[- ](?:levels?|scales?|grades?|codes?|stars?|marks?|of E)\b", re.IGNORECASE)
# Child Q is the subject of a published national review that schools train on.
_PUBLISHED = re.compile(r"\)? (?:case|review|report|training|findings|recommendations)\b", re.IGNORECASE)
_SHORT_FORMS = re.compile(
    r"A[IPS]|BA|C[EPV]|DT|E[PRY]|F[ES]|GP|H[EIR]|I[DT]|KS|L[AD]|MH|NC|OT|P[DEIPR]|Q[AR]|R[ES]|[ST]A|TV|U[KS]|V[IR]"
)
_DOTTED_SHORT_FORMS = re.compile(r"C[EV]|EP|GP|I[DT]|[PR]E|TV|U[KS]")
_GROUP_NAMES = r"(?:groups?|bands?|bosses|power|friendly|teams?|football|rugby|cricket|choir|guides?|scouts?|leaders?)"
_YEAR_AND_SEX = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR_GROUP} (?:(?!(?:every|each|any|no|per|and|or) )[\w-]+ )?(?:boy|girl)\b(?!-|(?:['’]s)? {_GROUP_NAMES}\b)",
        rf"\b(?:a|one|this|that|the|our|another) (?:[\w-]+ ){{0,3}}(?:boy|girl) (?:in|from) (?:our |the )?{_YEAR_GROUP}\b",
        r"\b(?:boy|girl) ?[,(] ?(?:in )?(?:year|yr|y) ?[0-9]",
        r"\b(?:a|one|this|our|another) (?:[\w-]+ ){0,2}(?:boy|girl) (?:with|who|whose|aged)\b",
        r"\b[0-9]{1,2}[- ]year[- ]old (?:boy|girl)\b",
        rf"\bone {_YEAR_GROUP} (?:pupil|child|student|learner) (?:with|who|whose|has|had|is|was)\b",
        rf"\bone (?:pupil|child|student|learner) (?:in|from) {_YEAR_GROUP}\b",
    )
)
_NAMED = re.compile(rf"\b(?i:{_ONE}) (?:called|named) [A-Z][a-z]")


def _describes_one_child(text: str) -> bool:
    if any(_is_one_childs(match) for match in _LABELLED.finditer(text)):
        return True
    return any(shape.search(text) for shape in (_NUMBERED, _NAMED, *_YEAR_AND_SEX))


def _is_one_childs(match: re.Match[str]) -> bool:
    """Whether the letter or letters after the word stand for a child."""
    word, written, rest = match["word"], match["label"], match["rest"]
    label = re.sub(r"[. ]", "", written)
    short_forms = _DOTTED_SHORT_FORMS if "." in written else _SHORT_FORMS
    if label == "I" or _NOT_A_CHILD.match(rest) or short_forms.fullmatch(label):
        return False
    if label == "Q" and _PUBLISHED.match(rest):
        return False
    if word.isupper() and len(label) == 2 and "." not in written:  # “EVERY PUPIL IS KNOWN”
        return False
    # “Every Child A Reader”, “GIVE A CHILD A VOICE”
    return not (label == "A" and (match["every"] or word.isupper()) and re.match(r" \w", rest))

"""What an adviser wrote in the moderation sheet, row by row: taken as a judgement, or refused with its cell and its remedy."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.model import moderation_sheet as headings
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.moderation import FilledRow, Judgement
from pipeline.model.review import Review
from pipeline.model.rubric import Rubric

_LONGEST_SEEN = 20  # characters of what should be a URN, a reference or a level; anything longer is described, not quoted
_UNANSWERED = "blank"

Who = tuple[str, date]
Taken = tuple[FilledRow, Judgement]


@dataclass(frozen=True)
class Known:
    """What rows are checked against: the register's URNs, the cycle's records of the schools named, and the day."""

    register: Container[str]
    reviews: Mapping[str, Review]
    rubric: Rubric
    today: date


def judge_rows(rows: Sequence[FilledRow], known: Known) -> tuple[tuple[Judgement, ...], int, tuple[Finding, ...]]:
    """The judgements of the rows that are in order, how many rows were refused, and why.

    A row of a criterion takes its adviser and day from the school's rows of areas. Findings: MD803-MD809, MD813.
    """
    visits = _gather_visits(rows, known)
    taken: list[Taken] = []
    findings: list[Finding] = []
    filled = [row for row in rows if row.is_filled]
    for row in filled:
        judgement, found = _judge(row, visits, known)
        findings.extend(found)
        if judgement:
            taken.append((row, judgement))
    agreeing, disagreements = _keep_agreeing(taken)
    refused = len(filled) - len(taken) + len(disagreements)
    return tuple(dict.fromkeys(agreeing)), refused, (*findings, *disagreements)


def _gather_visits(rows: Iterable[FilledRow], known: Known) -> Mapping[tuple[str, str], set[Who]]:
    """URN and area, or URN alone with an empty area → who visited, and when."""
    visits: dict[tuple[str, str], set[Who]] = defaultdict(set)
    for row in rows:
        if row.is_area and row.by and row.on and row.on <= known.today:
            for area in (_number(row.key), ""):
                visits[row.urn, area].add((row.by, row.on))
    return visits


def _judge(
    row: FilledRow, visits: Mapping[tuple[str, str], set[Who]], known: Known
) -> tuple[Judgement | None, tuple[Finding, ...]]:
    review = known.reviews.get(row.urn)
    if review is None:
        return None, (_refuse_school(row, known),)
    subject, findings = _find_subject(row, review)
    findings += [*_check_level(row, known.rubric), *_check_reason(row)]
    if subject is None:
        return None, (*findings, *(_check_visit(row, known.today) if row.is_area else ()))
    area, criterion = subject
    who, doubts = _find_who(row, area, visits, known.today)
    findings += doubts
    if findings or who is None or row.level is None:
        return None, tuple(findings)
    by, on = who
    return Judgement(row.urn, area, criterion, row.level, row.reason, by, on, _rated(review, area, criterion)), ()


def _refuse_school(row: FilledRow, known: Known) -> Finding:
    cell = row.cells[headings.URN]
    if row.urn in known.register:
        return find("MD804", cell, row.urn, urn=row.urn)
    return find("MD803", cell, _quote(row.urn), cell=cell.cell)


def _find_subject(row: FilledRow, review: Review) -> tuple[tuple[int, str] | None, list[Finding]]:
    """The area's number and the criterion's id, empty for an area."""
    if row.is_area:
        number = _number(row.key)
        if number and int(number) in review.areas:
            return (int(number), ""), []
        return None, [_refuse_subject(row, headings.AREA, map(str, review.areas))]
    answered = review.by_criterion.get(row.key)
    if answered:
        return (answered.area, answered.criterion), []
    area = row.key.partition(".")[0]
    near = [one.criterion for one in review.answers if f"{one.area}" == area]
    return None, [_refuse_subject(row, headings.CRITERION, near or ["a reference such as 1.1"])]


def _refuse_subject(row: FilledRow, heading: str, known: Iterable[str]) -> Finding:
    return find("MD805", row.cells[heading], _quote(row.key), urn=row.urn, known=", ".join(known))


def _number(key: str) -> str:
    """`5`, `Area 5` and `5 Safeguarding` are 5; empty for what is no number."""
    match = re.match(r"(?:area\s+)?(\d{1,3})\b(?!\.\d)", key.strip(), re.IGNORECASE)
    return str(int(match[1])) if match else ""


def _check_level(row: FilledRow, rubric: Rubric) -> Iterator[Finding]:
    if row.level is None:
        cell = row.cells[headings.LEVEL]
        allowed = ", ".join(level_words(rubric, is_area=row.is_area))
        yield find("MD806", cell, _quote(row.typed_level), urn=row.urn, cell=cell.cell, allowed=allowed)


def level_words(rubric: Rubric, *, is_area: bool) -> tuple[str, ...]:
    """The levels that an adviser may choose, lowest first: of an area, or of a criterion."""
    return tuple(rubric.label(level) if is_area else rubric.answer_label(level) for level in Level)


def _check_reason(row: FilledRow) -> Iterator[Finding]:
    if not row.reason:
        cell = row.cells[headings.REASON if row.is_area else headings.WHY]
        yield find("MD807", cell, "an empty cell", urn=row.urn, cell=cell.cell)


def _find_who(
    row: FilledRow, area: int, visits: Mapping[tuple[str, str], set[Who]], today: date
) -> tuple[Who | None, list[Finding]]:
    if row.is_area:
        doubts = list(_check_visit(row, today))
        return ((row.by, row.on) if row.on and not doubts else None), doubts
    found = visits.get((row.urn, f"{area}")) or visits.get((row.urn, ""), set())
    if len(found) == 1:
        return next(iter(found)), []
    seen = "several visits" if found else "no visit"
    return None, [find("MD813", row.cells[headings.LEVEL], seen, urn=row.urn, sheet=headings.AREAS, area=area)]


def _check_visit(row: FilledRow, today: date) -> Iterator[Finding]:
    who, when = row.cells[headings.ADVISER], row.cells[headings.VISITED]
    if not row.by:
        yield find("MD808", who, "no adviser", urn=row.urn, remedy=f"Write the adviser's name in {who.cell}.")
    if row.on is None:
        seen = "words, not a date" if row.typed_on else "no date"
        yield find("MD808", when, seen, urn=row.urn, remedy=f"Write the day in {when.cell}, such as 4 December 2026.")
    elif row.on > today:
        remedy = f"Correct the day in {when.cell}: a visit that is still to come has no result."
        yield find("MD808", when, "a day to come", urn=row.urn, remedy=remedy)


def _rated(review: Review, area: int, criterion: str) -> str:
    if not criterion:
        return review.areas[area]
    answer = review.by_criterion[criterion].answer
    return answer.value if answer else _UNANSWERED


def _keep_agreeing(taken: Iterable[Taken]) -> tuple[list[Judgement], list[Finding]]:
    """Rows of one subject and day must say the same. Where they do not, none of them is known to be right (MD809)."""
    groups: dict[object, list[Taken]] = defaultdict(list)
    for row, judgement in taken:
        groups[judgement.subject, judgement.on].append((row, judgement))
    agreeing: list[Judgement] = []
    findings: list[Finding] = []
    for group in groups.values():
        if len({judgement for _, judgement in group}) == 1:
            agreeing.append(group[0][1])
            continue
        places = [row.cells[headings.LEVEL] for row, _ in group]
        for place, (row, _) in zip(places, group, strict=True):
            other = next(one for one in places if one is not place)
            findings.append(find("MD809", place, "two judgements of one day", urn=row.urn, other=_short(other)))
    return agreeing, findings


def _short(place: Place) -> str:
    return f"{place.sheet}, {place.cell}"


def _quote(typed: str) -> str:
    if not typed:
        return "an empty cell"
    return f"“{typed}”" if len(typed) <= _LONGEST_SEEN else f"{len(typed)} characters"

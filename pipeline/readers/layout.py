"""Where a criteria table's columns are, by its headings; by the place of the wording where the headings are gone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import form
from pipeline.model.level import Answer
from pipeline.model.rubric import Rubric
from pipeline.readers.grid import Sheet, fold

_ENOUGH_HEADINGS = 3  # of those below; fewer could be a chance likeness
_FARTHEST_ANSWER = 12  # columns from the wording to the answer, however many were put between


@dataclass(frozen=True)
class Layout:
    """One table: its rows and the zero-based columns of what is read. `is_guessed` where a heading was gone or changed."""

    sheet: Sheet
    rows: range
    reference: int | None
    wording: int | None
    answer: int | None
    evidence: int | None
    own: int | None
    is_guessed: bool


@dataclass(frozen=True)
class Vocabulary:
    """The folded words that rows and cells are told by."""

    titles: Mapping[str, str]
    answers: Mapping[str, Answer]
    headings: Sequence[str]


def vocabulary(rubric: Rubric) -> Vocabulary:
    """Criterion titles → ids, everything that counts as an answer, and the headings in the order of the blank workbook."""
    levels = [words.label for words in rubric.frame.levels.values()]
    headings = (form.REF, form.CRITERION, form.DUTY, *levels, form.ANSWER, form.EVIDENCE, form.OWN)
    return Vocabulary(
        titles={fold(criterion.title): criterion.id for criterion in rubric.criteria.values()},
        answers={fold(word): answer for answer, told in rubric.frame.answers.items() for word in (told.label, *told.also)},
        headings=[fold(heading) for heading in headings],
    )


def find_layouts(sheet: Sheet, words: Vocabulary) -> Iterator[Layout]:
    """The criteria tables of a sheet, from top to bottom."""
    starts = [row for row in range(len(sheet.rows)) if _is_heading_row(sheet, row, words)]
    first = starts[0] if starts else len(sheet.rows)
    yield from _without_headings(sheet, range(first), words)
    for place, row in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(sheet.rows)
        yield _under_headings(sheet, row, end, words)


def _is_heading_row(sheet: Sheet, row: int, words: Vocabulary) -> bool:
    found = sheet.headings(row)
    return sum(heading in found for heading in words.headings) >= _ENOUGH_HEADINGS


def _under_headings(sheet: Sheet, row: int, end: int, words: Vocabulary) -> Layout:
    found = sheet.headings(row)
    for heading, column in found.items():
        if heading in words.headings:
            sheet.claim(row, column)
    answer, evidence, own = (found.get(fold(heading)) for heading in (form.ANSWER, form.EVIDENCE, form.OWN))
    before = (answer, evidence, own)
    # A heading that was reworded still stands between its neighbours; one whose column was deleted does not.
    if answer is None and evidence is not None:
        answer = _reworded(found, evidence - 1, words)
    if evidence is None and answer is not None:
        evidence = _reworded(found, answer + 1, words)
    if own is None and evidence is not None:
        own = _reworded(found, evidence + 1, words)
    return Layout(
        sheet=sheet,
        rows=range(row + 1, end),
        reference=found.get(fold(form.REF)),
        wording=found.get(fold(form.CRITERION)),
        answer=answer,
        evidence=evidence,
        own=own,
        is_guessed=before != (answer, evidence, own),
    )


def _reworded(found: Mapping[str, int], column: int, words: Vocabulary) -> int | None:
    standing = next((heading for heading, place in found.items() if place == column), "")
    return column if standing and standing not in words.headings else None


def _without_headings(sheet: Sheet, rows: range, words: Vocabulary) -> Iterator[Layout]:
    """Rows of criteria with no heading row above them: the answers are in the column where answers stand."""
    places = [(row, column) for row in rows for heading, column in sheet.headings(row).items() if heading in words.titles]
    if not places:
        return
    wording = Counter(column for _, column in places).most_common(1)[0][0]
    counts = Counter(
        column
        for row, _ in places
        for column in range(wording + 1, wording + _FARTHEST_ANSWER)
        if fold(sheet.text(row, column)) in words.answers
    )
    if not counts:
        return
    answer = counts.most_common(1)[0][0]
    yield Layout(
        sheet=sheet,
        rows=range(places[0][0], rows.stop),
        reference=wording - 1 if wording else None,
        wording=wording,
        answer=answer,
        evidence=answer + 1,
        own=answer + 2,
        is_guessed=True,
    )

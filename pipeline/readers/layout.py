"""Where a criteria table's columns are, by its headings; by the place of the wording where the headings are gone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import form
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import Rubric
from pipeline.readers.grid import Sheet, fold

_ENOUGH_HEADINGS = 3  # of those below; fewer could be a chance likeness
# An answer of "no" to a criterion is clear; in a cell that may be left empty it may mean that there is no view.
_NO_VIEW = frozenset({"no", "none"})
_FARTHEST_ANSWER = 12  # columns from the wording to the answer, however many were put between


class Texts(NamedTuple):
    """What a row of a table says."""

    reference: str
    wording: str
    answer: str
    evidence: str
    own: str


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

    @cached_property
    def columns(self) -> tuple[int | None, ...]:
        """The columns, as `Texts` has them."""
        return self.reference, self.wording, self.answer, self.evidence, self.own

    def read(self, row: int) -> Texts:
        """A row of the table; empty where a column is not there."""
        return Texts(*self.sheet.texts(row, self.columns))


@dataclass(frozen=True)
class Vocabulary:
    """The folded words that rows and cells are told by."""

    titles: Mapping[str, str]
    answers: Mapping[str, Answer]
    headings: frozenset[str]
    views: Mapping[str, Level]
    areas: Mapping[str, int]


def vocabulary(rubric: Rubric) -> Vocabulary:
    """Criterion titles → ids; everything that counts as an answer; the headings of the blank workbook; everything that counts
    as a view of an area; and area names and criterion ids → the number of the area on whose sheet they stand."""
    levels = [words.label for words in rubric.frame.levels.values()]
    headings = (form.REF, form.CRITERION, form.DUTY, *levels, form.ANSWER, form.EVIDENCE, form.OWN, *form.AGAIN)
    return Vocabulary(
        titles={fold(criterion.title): criterion.id for criterion in rubric.criteria.values()},
        answers={fold(word): answer for answer, told in rubric.frame.answers.items() for word in (told.label, *told.also)},
        headings=frozenset(map(fold, headings)),
        views=_view_words(rubric),
        areas={
            **{fold(f"{area.number}. {area.name}"): area.number for area in rubric.areas},
            **{fold(criterion.id): criterion.area_number for criterion in rubric.criteria.values()},
        },
    )


def _view_words(rubric: Rubric) -> Mapping[str, Level]:
    """The levels as the workbook offers them for an area, and as people type them for a criterion."""
    words = {
        fold(word): answer.level
        for answer, told in rubric.frame.answers.items()
        for word in (told.label, *told.also)
        if answer.level is not None and fold(word) not in _NO_VIEW
    }
    return words | {fold(rubric.label(level)): level for level in Level}


def find_layouts(sheet: Sheet, words: Vocabulary) -> Iterator[Layout]:
    """The criteria tables of a sheet, from top to bottom."""
    starts = [row for row, found in enumerate(sheet.headings) if _is_heading_row(found, words)]
    yield from _without_headings(sheet, range(starts[0] if starts else len(sheet.rows)), words)
    for row, end in pairwise((*starts, len(sheet.rows))):
        yield _under_headings(sheet, row, end, words)


def _is_heading_row(found: Mapping[str, int], words: Vocabulary) -> bool:
    return len(found) >= _ENOUGH_HEADINGS and sum(map(words.headings.__contains__, found)) >= _ENOUGH_HEADINGS


def _under_headings(sheet: Sheet, row: int, end: int, words: Vocabulary) -> Layout:
    found = sheet.headings[row]
    sheet.claim(row, *(found[heading] for heading in found.keys() & words.headings))
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
    places = [(row, column) for _, row, column in sheet.find(words.titles, rows)]
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

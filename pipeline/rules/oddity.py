"""Evidence that is thin, borrowed from the workbook, or used again and again: what an officer may want to look at twice.

A warning that is usually wrong is soon not read: a document named by its address or file name is never thin, and one text may
well serve two criteria.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.model.finding import Finding, Place, find
from pipeline.model.oddity import Oddity, Thin
from pipeline.model.rubric import Rubric
from pipeline.rules.sentence import join_words
from pipeline.rules.written import Written, words_of

_NAMES_A_DOCUMENT = re.compile(r"https?://|\bwww\.|\.(?:docx?|pdf|pptx?|xlsx?|jpe?g|png)\b", re.IGNORECASE)


def find_odd(evidence: Sequence[Written], rubric: Rubric, oddity: Oddity) -> tuple[Finding, ...]:
    """What is odd about the evidence of one return, in its order. Findings: OD701, OD703, OD705; none quotes it."""
    alone = (_look_at(one, rubric, oddity.thin) for one in evidence)
    return (*(finding for finding in alone if finding), *_find_repeated(evidence, oddity))


def _look_at(one: Written, rubric: Rubric, thin: Thin) -> Finding | None:
    level = rubric.answer_label(one.level)
    if one.is_wording:
        return find("OD705", one.place, "the words of the workbook", criterion=one.response.criterion, level=level)
    if one.level >= thin.at_least and _is_thin(one, rubric, thin):
        count = len(one.words)
        seen = f"{count} {'word' if count == 1 else 'words'} of evidence for “{level}”"
        return find("OD701", one.place, seen, criterion=one.response.criterion, level=level)
    return None


def _is_thin(one: Written, rubric: Rubric, thin: Thin) -> bool:
    fewest = max(_count_words(rubric.criteria[one.response.criterion].title), thin.fewest_words)
    return len(one.words) < fewest and not _NAMES_A_DOCUMENT.search(one.response.evidence)


@cache
def _count_words(title: str) -> int:
    return len(words_of(title))


def _find_repeated(evidence: Sequence[Written], oddity: Oddity) -> Iterator[Finding]:
    """One finding for each text that stands beside too many criteria, at the first of them."""
    if len({one.letters for one in evidence}) == len(evidence):
        return
    alike: dict[bytes, list[Written]] = {}
    for one in evidence:
        if is_telling(one, oddity):
            alike.setdefault(one.letters, []).append(one)
    for group in alike.values():
        if len(group) >= oddity.shared.criteria:
            criteria = join_words([one.response.criterion for one in group])
            cells = name_cells([one.place for one in group])
            yield find("OD703", group[0].place, f"one text beside {criteria}", cells=cells)


def is_telling(one: Written, oddity: Oddity) -> bool:
    """Whether a text is long enough, and enough the school's own, that meeting it twice means something."""
    return len(one.words) >= oddity.shared.words and len(one.letters) >= oddity.shared.letters and not one.is_wording


def name_cells(places: Sequence[Place]) -> str:
    """Cells of one file, each sheet named once: “sheet “1 Leadership” H4, H6; sheet “2 Funding” H9”."""
    by_sheet: dict[str, list[str]] = {}
    for place in places:
        by_sheet.setdefault(place.sheet, []).append(place.cell)
    return "; ".join(f"sheet “{sheet}” {', '.join(cells)}" for sheet, cells in by_sheet.items())

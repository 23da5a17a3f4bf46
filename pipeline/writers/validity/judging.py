"""What a document's marks come to: which rules they break for certain, and what must be asked of each document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto

from pipeline.writers.proof import VALUE
from pipeline.writers.validity.address import is_address
from pipeline.writers.validity.frame import Frame
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.mark import Mark
from pipeline.writers.validity.rule import Fault, Rule

LONGEST_TAG = 64  # characters, in Word
_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}|_\w{0,39}")
_NUMBER = re.compile(r"-?\d{1,10}")
_ALWAYS_THERE = {"_top"}  # a place that every document has


class Question(Enum):
    """What the template does not settle, and each document is asked."""

    CELLS = auto()  # whether each cell ends with a paragraph
    ROWS = auto()  # whether each row has a cell
    TABLES = auto()  # whether each table has a row
    TAGS = auto()  # whether tags and titles of controls are short enough
    CHOICES = auto()  # whether no list offers one thing twice
    CONTROLS = auto()  # whether the numbers of controls differ
    BOOKMARKS = auto()  # whether bookmarks differ, and each ends
    ANCHORS = auto()  # whether links lead to a bookmark
    TURNS = auto()  # whether there are as many bookmarks as links that take turns
    FIELDS = auto()  # whether addresses in fields are whole
    STYLES = auto()
    NUMBERINGS = auto()
    WHOLE = auto()  # all of it, parsed


Verdict = Iterator[Fault | Question]

# Kind → the rule that one of it stands once, and what to ask where that is not settled.
_UNIQUE = {
    Kind.CONTROL: (Rule.CONTROL_ID, Question.CONTROLS),
    Kind.BOOKMARK: (Rule.BOOKMARK_ID, Question.BOOKMARKS),
    Kind.BOOKMARK_NAME: (Rule.BOOKMARK_NAME, Question.BOOKMARKS),
    Kind.DRAWING: (Rule.DRAWING_ID, Question.WHOLE),
    Kind.PARAGRAPH: (Rule.PARAGRAPH_ID, Question.WHOLE),
    Kind.FOOTNOTE: (Rule.NOTE, Question.WHOLE),
    Kind.ENDNOTE: (Rule.NOTE, Question.WHOLE),
    Kind.COMMENT: (Rule.NOTE, Question.WHOLE),
}


def judge(marks: Iterable[Mark], frame: Frame) -> Verdict:
    """The faults that are certain, and the questions that are open: in a document, which has no blocks, none is."""
    by_kind: dict[Kind, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_kind[mark.kind].append(mark)
    for kind, (rule, question) in _UNIQUE.items():
        yield from _judge_unique(by_kind[kind], rule, question)
    yield from _judge_pairs(by_kind[Kind.BOOKMARK], by_kind[Kind.BOOKMARK_END])
    yield from _judge_counted_names(by_kind[Kind.BOOKMARK_NAME])
    yield from _judge_anchors(by_kind[Kind.ANCHOR], by_kind[Kind.BOOKMARK_NAME])
    for kind, judge_one in _JUDGES.items():
        for mark in by_kind[kind]:
            yield from judge_one(mark, frame)


def _fault(rule: Rule, mark: Mark) -> Fault:
    return Fault(rule, mark.part, mark.near)


def _judge_unique(marks: Sequence[Mark], rule: Rule, question: Question) -> Verdict:
    """Names are unique in the whole document whatever their case, numbers in their part."""
    groups: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        if not mark.is_known:
            yield question
        elif mark.repeats and not mark.is_counted:
            yield _fault(rule, mark)
        elif not mark.is_counted or mark.kind is Kind.BOOKMARK:  # whose end is told by its number in the template
            is_name = mark.kind is Kind.BOOKMARK_NAME
            groups["" if is_name else mark.part, mark.value.casefold()].append(mark)
    for group in groups.values():
        for number, mark in enumerate(group):
            if any(not mark.never_meets(other) for other in group[:number]):
                yield _fault(rule, mark)


def _judge_pairs(starts: Sequence[Mark], ends: Sequence[Mark]) -> Verdict:
    """Whether each bookmark ends once: in the same branch that is certain, in another it is to be asked."""
    if not all(mark.is_known for mark in (*starts, *ends)):
        yield Question.BOOKMARKS
        return
    sides: dict[tuple[str, str], tuple[list[Mark], list[Mark]]] = defaultdict(lambda: ([], []))
    for side, marks in enumerate((starts, ends)):
        for mark in marks:
            sides[mark.part, mark.value][side].append(mark)
    for begun, ended in sides.values():
        if not (begun and ended) or (len(ended) > len(begun) and not any(mark.path for mark in ended)):
            yield _fault(Rule.BOOKMARK_PAIR, (begun or ended)[0])
        elif sorted(mark.path for mark in begun) != sorted(mark.path for mark in ended):
            yield Question.BOOKMARKS


def _judge_counted_names(names: Sequence[Mark]) -> Verdict:
    """A name that is the same in every document must not be one that another gets by counting."""
    counted = [re.compile(rf"{re.escape(name.counted_by)}_\d+", re.IGNORECASE) for name in names if name.is_counted]
    for name in names:
        if not name.is_counted and any(pattern.fullmatch(name.value) for pattern in counted):
            yield _fault(Rule.BOOKMARK_NAME, name)


def _judge_anchors(anchors: Sequence[Mark], names: Sequence[Mark]) -> Verdict:
    by_name: Mapping[str, list[Mark]] = defaultdict(list)
    for name in names:
        by_name[name.value.casefold()].append(name)
    varies = any(name.is_counted or not name.is_known for name in names)
    for anchor in anchors:
        there = by_name[anchor.value.casefold()]
        if anchor.is_counted:
            yield Question.TURNS if there else _fault(Rule.ANCHOR, anchor)
        elif anchor.value in _ALWAYS_THERE or (anchor.is_known and any(anchor.implies(name) for name in there)):
            continue
        elif anchor.is_known and not there and not varies:
            yield _fault(Rule.ANCHOR, anchor)
        else:
            yield Question.ANCHORS


def _is_fixed(mark: Mark) -> bool:
    """Whether every document has it as it stands."""
    return mark.is_known and not mark.is_counted


def _judge_control(mark: Mark, frame: Frame) -> Verdict:
    if _is_fixed(mark) and (not _NUMBER.fullmatch(mark.value) or not -(2**31) <= int(mark.value) < 2**31):
        yield _fault(Rule.CONTROL_ID, mark)


def _judge_tag(mark: Mark, frame: Frame) -> Verdict:
    if len(mark.value) > LONGEST_TAG:
        yield _fault(Rule.TAG_LENGTH, mark)
    elif not mark.is_known:
        yield Question.TAGS


def _judge_choices(mark: Mark, frame: Frame) -> Verdict:
    offered = [one for one in mark.value.split("\n") if one]
    if not mark.is_known:
        yield Question.CHOICES
    elif len(set(offered)) < len(offered):
        yield _fault(Rule.CHOICES, mark)


def _judge_bookmark(mark: Mark, frame: Frame) -> Verdict:
    if _is_fixed(mark) and not _NUMBER.fullmatch(mark.value):
        yield _fault(Rule.BOOKMARK_ID, mark)


def _judge_bookmark_name(mark: Mark, frame: Frame) -> Verdict:
    longest = f"{mark.counted_by}_99999" if mark.is_counted else mark.value
    if mark.is_known and not _BOOKMARK.fullmatch(longest):
        yield _fault(Rule.BOOKMARK_FORM, mark)


def _judge_paragraph(mark: Mark, frame: Frame) -> Verdict:
    if mark.is_known and not re.fullmatch(r"[0-7][0-9A-Fa-f]{7}", mark.value):
        yield _fault(Rule.PARAGRAPH_ID, mark)


def _judge_note(mark: Mark, frame: Frame) -> Verdict:
    if mark.is_known and mark.value not in frame.notes.get(mark.kind, ()):
        yield _fault(Rule.NOTE, mark)


def _judge_style(mark: Mark, frame: Frame) -> Verdict:
    if not mark.is_known:
        yield Question.STYLES
    elif mark.value not in frame.styles:
        yield _fault(Rule.STYLE, mark)


def _judge_numbering(mark: Mark, frame: Frame) -> Verdict:
    if not mark.is_known:
        yield Question.NUMBERINGS
    elif mark.value not in frame.numberings:
        yield _fault(Rule.NUMBERING, mark)


def _judge_relation(mark: Mark, frame: Frame) -> Verdict:
    if not mark.is_known:
        yield Question.WHOLE
    elif mark.value not in frame.relations.get(mark.part, ()):
        yield _fault(Rule.RELATION, mark)


def _judge_address(mark: Mark, frame: Frame) -> Verdict:
    if not mark.is_known:
        yield Question.FIELDS
    elif not is_address(mark.value):
        yield _fault(Rule.LINK_FORM, mark)


def _judge_field(mark: Mark, frame: Frame) -> Verdict:
    yield Question.FIELDS if VALUE in mark.value else _fault(Rule.LINK_FORM, mark)


def _judge_fetch(mark: Mark, frame: Frame) -> Verdict:
    yield _fault(Rule.OUTSIDE, mark)


def _judge_form(mark: Mark, frame: Frame) -> Verdict:
    yield Question.WHOLE


_JUDGES = {
    Kind.CONTROL: _judge_control,
    Kind.TAG: _judge_tag,
    Kind.CHOICES: _judge_choices,
    Kind.BOOKMARK: _judge_bookmark,
    Kind.BOOKMARK_NAME: _judge_bookmark_name,
    Kind.PARAGRAPH: _judge_paragraph,
    Kind.FOOTNOTE: _judge_note,
    Kind.ENDNOTE: _judge_note,
    Kind.COMMENT: _judge_note,
    Kind.STYLE: _judge_style,
    Kind.NUMBERING: _judge_numbering,
    Kind.RELATION: _judge_relation,
    Kind.ADDRESS: _judge_address,
    Kind.FIELD: _judge_field,
    Kind.FETCH: _judge_fetch,
    Kind.FORM: _judge_form,
}

"""Where a plan differs from the plan as sent: told by heading, row and column, with how many words, never with the words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.model.returned_plan import PlanRow, PlanTable, PlanText, ReturnedPlan
from pipeline.model.verification import Edit

Key = tuple[object, ...]

_PAGE = re.compile(r"Page \d+ of \d+")
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x00AD: None}
_LONGEST_HEAD, _LONGEST_REFERENCE = 40, 8  # characters


def find_edits(sent: ReturnedPlan, found: ReturnedPlan) -> tuple[Edit, ...]:
    """Every difference, in the order of the plan as sent; what was added stands where it is now. Spaces make no difference."""
    return (*_compare_texts(sent, found), *_compare_tables(sent, found), *_compare_margins(sent, found))


def count_remarks(plan: ReturnedPlan) -> Mapping[str, int]:
    """What stands beside the text, by kind, as people call it."""
    texts = [remark for text in plan.texts for remark in text.remarks]
    rows = [remark for table in plan.tables for _, row in table.every_row() for remark in row.remarks]
    return Counter(remark.source.value for remark in (*texts, *rows, *plan.remarks))


def _compare_texts(sent: ReturnedPlan, found: ReturnedPlan) -> Iterator[Edit]:
    """Paragraphs outside tables. A heading of the school's own is not named: it may be anything."""
    ours = {text.heading for text in sent.texts}
    before, after = ([_plain(text.text) for text in plan.texts] for plan in (sent, found))
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            heading = sent.texts[first].heading if first < last else _heading_at(found.texts, start, ours)
            what = tell_change(" ".join(before[first:last]), " ".join(after[start:end]))
            if what:
                yield Edit(f"Under “{heading}”" if heading else "Before the first heading", what)


def _heading_at(texts: Sequence[PlanText], place: int, ours: Iterable[str]) -> str:
    return next((text.heading for text in reversed(texts[: place + 1]) if text.heading in ours), "")


@dataclass(frozen=True)
class _Row:
    """A row, with the table it stands in."""

    table: PlanTable
    row: PlanRow

    @property
    def head(self) -> str:
        """What its first cell says."""
        return _plain(self.row.cells[0]) if self.row.cells else ""


def _compare_tables(sent: ReturnedPlan, found: ReturnedPlan) -> Iterator[Edit]:
    """Rows are told by their table and first cell; then by a reference alone, in whatever table; then by their place."""
    ours = {table.heading for table in sent.tables}
    before, after = _list_rows(sent), _list_rows(found)
    pairs = _pair(before, after)
    for row in before:
        other = pairs.get(id(row))
        if other is None:
            yield Edit(_name(row), f"the row is gone, {_words(_text(row))}")
        else:
            yield from _compare_rows(row, other)
    known = {id(other) for other in pairs.values()}
    for row in after:
        if id(row) not in known and _text(row):
            where = _name_table(row.table, is_ours=row.table.heading in ours)
            yield Edit(f"{where}, row {row.row.number}", f"a row is added, {_words(_text(row))}")


def _list_rows(plan: ReturnedPlan) -> list[_Row]:
    return [_Row(inner, row) for table in plan.tables for inner, row in table.every_row()]


def _pair(before: Sequence[_Row], after: Sequence[_Row]) -> Mapping[int, _Row]:
    pairs: dict[int, _Row] = {}
    left, free = list(before), list(after)
    for key_of in (_key_in_table, _key_anywhere, _key_by_place):
        places: defaultdict[Key, list[_Row]] = defaultdict(list)
        for row in free:
            places[key_of(row)].append(row)
        for row in list(left):
            same = places.get(key_of(row))
            if same and key_of(row) != ():
                pairs[id(row)] = same.pop(0)
                left.remove(row)
        taken = {id(row) for row in pairs.values()}
        free = [row for row in free if id(row) not in taken]
    return pairs


def _key_in_table(row: _Row) -> Key:
    return (row.table.area, row.table.heading, row.head) if row.head else ()


def _key_anywhere(row: _Row) -> Key:
    """Only for a reference of ours, such as `5.2-a`: other first cells stand in several tables."""
    area, dot, rest = row.head.partition(".")
    return (
        (len(row.row.cells), row.head)
        if dot and area.isdecimal() and rest[:1].isdecimal() and len(row.head) <= _LONGEST_REFERENCE
        else ()
    )


def _key_by_place(row: _Row) -> Key:
    return (row.table.number, row.row.number, len(row.row.cells))


def _compare_rows(row: _Row, other: _Row) -> Iterator[Edit]:
    """The cells of two rows, column by column. Where there are more or fewer of them, the row is told as a whole."""
    where = _name(row)
    if row.table.area and other.table.area and row.table.area != other.table.area:
        yield Edit(where, f"the row has moved to Area {other.table.area}")
    if other.row.deleted:
        yield Edit(where, f"the row is marked as deleted, {_words(_text(row))}")
        return
    cells, others = row.row.cells, other.row.cells
    if len(cells) != len(others):
        what = tell_change(_text(row), _text(other))
        yield Edit(where, f"it has {len(others)} cells, where {len(cells)} were sent{f': {what}' if what else ''}")
        return
    titles = row.table.rows[0].cells if row.table.rows else ()
    for place, (mine, theirs) in enumerate(zip(cells, others, strict=True)):
        what = tell_change(_plain(mine), _plain(theirs))
        if what:
            title = _plain(titles[place]) if place < len(titles) and row.row.number > 1 else ""
            yield Edit(f"{where}, {f'“{title}”' if title else f'column {place + 1}'}", what)


def _name(row: _Row) -> str:
    """A row of the plan as sent, by its first cell where that is short."""
    head = f"“{row.head}”" if 0 < len(row.head) <= _LONGEST_HEAD else f"{row.row.number}"
    return f"{_name_table(row.table)}, row {head}"


def _name_table(table: PlanTable, *, is_ours: bool = True) -> str:
    """A table by the heading above it; one of the school's own is not told, as it may be anything."""
    parts = [f"Area {table.area}"] if table.area else []
    parts += [f"“{table.heading}”"] if is_ours and table.heading else [f"table {table.number}"]
    return ", ".join(parts)


def _compare_margins(sent: ReturnedPlan, found: ReturnedPlan) -> Iterator[Edit]:
    """Headers and footers. A program may repeat them for each kind of page, and works out their page numbers."""
    before, after = (dict.fromkeys(_PAGE.sub("", _plain(text)) for text in plan.margins) for plan in (sent, found))
    what = tell_change(" ".join(before), " ".join(after))
    if what:
        yield Edit("In the header or the footer", what)


def tell_change(before: str, after: str) -> str:
    """`text changed: 5 words added, 2 taken out`; empty where the words are the same."""
    if before.split() == after.split():
        return ""
    if not before.split():
        return f"text added, {_words(after)}"
    if not after.split():
        return f"text removed, {_words(before)}"
    matcher = SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    added, gone = len(after.split()) - same, len(before.split()) - same
    parts = [f"{_count(added)} added"] if added else []
    parts += [f"{_count(gone) if not added else gone} taken out"] if gone else []
    return f"text changed: {', '.join(parts)}"


def _words(text: str) -> str:
    return _count(len(text.split()))


def _count(words: int) -> str:
    return "1 word" if words == 1 else f"{words} words"


def _text(row: _Row) -> str:
    return " ".join(_plain(cell) for cell in row.row.cells if cell).strip()


def _plain(text: str | None) -> str:
    """Text as it is compared: another program writes spaces and hyphens that do not break in its own way."""
    return " ".join((text or "").translate(_HYPHENS).split())

"""A row of a returned plan that may be an action, and what it says of which one: reference, control, bookmark and words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.model.returned_plan import PlanRow, PlanTable
from pipeline.model.sent_plan import SentPlan
from pipeline.rules.plan_column import BOOKMARK, TAG
from pipeline.rules.plan_reference import read_reference
from pipeline.rules.wording import fold, list_words


@dataclass(frozen=True)
class Candidate:
    """A row that may be an action. `typed` is what stands where the reference is, `visible` the reference if it is one of ours;
    `tag` and `bookmark` the actions that those name."""

    table: PlanTable
    row: PlanRow
    typed: str
    visible: str
    tag: str
    bookmark: str
    likenesses: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its cells, folded."""
        return tuple(folded for cell in self.row.cells if cell and (folded := fold(cell)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its cells."""
        return frozenset().union(*map(list_words, self.texts))


def make_candidate(table: PlanTable, row: PlanRow, reference_column: int | None, sent: SentPlan) -> Candidate:
    """What a row says of which action it is."""
    cells = [cell or "" for cell in row.cells]
    typed, visible = "", ""
    if reference_column is not None and reference_column < len(cells):
        typed = cells[reference_column].strip()
        visible = typed if typed in sent.by_ref else read_reference(typed)
    else:
        found = [reference for cell in cells if len(cell) < 20 and (reference := read_reference(cell)) in sent.by_ref]
        visible = typed = found[0] if len(found) == 1 else ""
    return Candidate(
        table=table,
        row=row,
        typed=typed,
        visible=visible if visible in sent.by_ref else "",
        tag=_named(row.tags, TAG, sent),
        bookmark=_marked(row.bookmarks, sent),
    )


def _named(tags: Sequence[str], start: str, sent: SentPlan) -> str:
    named = {tag.removeprefix(start) for tag in tags if tag.startswith(start)}
    return named.pop() if len(named) == 1 and named <= sent.by_ref.keys() else ""


def _marked(bookmarks: Sequence[str], sent: SentPlan) -> str:
    """Bookmarks are numbered in the order of the document as sent."""
    numbers = {mark.removeprefix(BOOKMARK) for mark in bookmarks if mark.startswith(BOOKMARK)}
    number = numbers.pop() if len(numbers) == 1 else ""
    place = int(number) - 1 if number.isdecimal() and len(number) < 6 else -1
    return sent.actions[place].ref if 0 <= place < len(sent.actions) else ""

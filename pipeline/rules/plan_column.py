"""What the columns of a returned table are: by their headings, by what still stands in them as sent, by their old places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from pipeline.model.carried import FIELDS
from pipeline.model.plan_words import PlanWords
from pipeline.model.returned_plan import PlanRow, PlanTable
from pipeline.model.sent_plan import SentAction
from pipeline.rules.wording import fold

REF, FRONT = "ref", "front"  # a column of references; one that only the plan's first page has
TAG, BOOKMARK = "status ", "action_"  # how the tag of an action's list of statuses begins, and its bookmark
_FRONT_COLUMNS = 5
_ORDER = (REF, *FIELDS)
_LONGEST_HEADING, _HEADINGS_LOOKED_AT = 60, 3  # characters; cells of which one must be a heading, or the row is none of them
_LEAST_HEADINGS = 3  # known headings that make a row one of headings


class TableKind(Enum):
    """What a table is to us: one of actions, one of the first page that names actions, any other."""

    ACTIONS = auto()
    FRONT = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Columns:
    """A table's rows from one row of headings to the next. `roles` says what each column is, empty where it is not known;
    `headings` are as typed; `head` is the row of headings, None where there is none."""

    table: PlanTable
    head: PlanRow | None
    roles: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[PlanRow, ...]

    @property
    def kind(self) -> TableKind:
        """Told by the columns. The first page has five, none of them of success, cost or progress, and of opportunity and
        action one; its rows have neither a list of statuses nor a bookmark."""
        known = set(self.roles)
        if known & {"success", "cost", "progress"} or {"opportunity", "action"} <= known:
            return TableKind.ACTIONS
        if self.head is None and any(known) and (len(self.roles) > _FRONT_COLUMNS or any(map(_has_mark, self.rows))):
            return TableKind.ACTIONS
        return TableKind.FRONT if REF in known and known & {FRONT, *FIELDS} else TableKind.OTHER


def _has_mark(row: PlanRow) -> bool:
    return any(tag.startswith(TAG) for tag in row.tags) or any(mark.startswith(BOOKMARK) for mark in row.bookmarks)


def heading_roles(words: PlanWords) -> Mapping[str, str]:
    """What a folded heading says of its column."""
    roles = {fold(word): FRONT for word in words.front_page}
    for role in _ORDER:
        roles |= {fold(word): role for word in getattr(words.headings, role)}
    return roles


def divide(table: PlanTable, known: Mapping[str, str]) -> Iterator[Columns]:
    """A table by its rows of headings: two tables that were joined have two. Rows before the first go with it."""
    heads = [row for row in table.rows if _is_head(row, known)]
    if not heads:
        width = max((len(row.cells) for row in table.rows), default=0)
        yield Columns(table, None, ("",) * width, ("",) * width, table.rows)
        return
    for place, head in enumerate(heads):
        start = head.number if place else 0
        end = heads[place + 1].number if place + 1 < len(heads) else len(table.rows) + 1
        headings = tuple(cell or "" for cell in head.cells)
        roles = _without_doubles([known.get(fold(heading), "") for heading in headings])
        rows = tuple(row for row in table.rows if start <= row.number < end and row is not head)
        yield Columns(table, head, roles, headings, rows)


def _is_head(row: PlanRow, known: Mapping[str, str]) -> bool:
    found = 0
    for place, cell in enumerate(row.cells):
        found += bool(cell) and len(cell) <= _LONGEST_HEADING and fold(cell) in known  # type: ignore[arg-type] # not None
        if place >= _HEADINGS_LOOKED_AT and not found:
            return False
    return found >= _LEAST_HEADINGS


def _without_doubles(roles: Sequence[str]) -> tuple[str, ...]:
    """Of two columns that say they are the same, the first is."""
    return tuple("" if role in roles[:place] and role != FRONT else role for place, role in enumerate(roles))


def complete(columns: Columns, claims: Mapping[int, SentAction]) -> Columns:
    """The roles that headings leave open, by what stands in the rows. `claims`: row number → the action it seems to be."""
    if all(columns.roles) or not claims:
        return columns
    roles = list(columns.roles)
    width = max((len(row.cells) for row in columns.rows), default=0)
    roles += [""] * (width - len(roles))
    votes = Counter(vote for row in columns.rows if row.number in claims for vote in _votes(row, claims[row.number]))
    for (place, role), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if place < len(roles) and not roles[place] and role not in roles:
            roles[place] = role
    if columns.head is None:
        roles = _by_place(roles)
    headings = (*columns.headings, *[""] * (len(roles) - len(columns.headings)))
    return Columns(columns.table, columns.head, tuple(roles), headings, columns.rows)


def _votes(row: PlanRow, action: SentAction) -> Iterator[tuple[int, str]]:
    """Column and what it seems to hold."""
    printed = {fold(action.ref): REF}
    for name in FIELDS:
        text = fold(getattr(action, name))
        if text:
            printed.setdefault(text, name)
    printed.setdefault(fold(f"{action.kind} {action.opportunity}"), "opportunity")
    for place, cell in enumerate(row.cells):
        role = printed.get(fold(cell)) if cell else None
        if role:
            yield place, role


def _by_place(roles: list[str]) -> list[str]:
    """Without headings, a table of eight columns whose known ones stand where we put them has the others there too."""
    if (
        len(roles) == len(_ORDER)
        and sum(map(bool, roles)) >= 2
        and all(mine in ("", ours) for mine, ours in zip(roles, _ORDER, strict=True))
    ):
        return list(_ORDER)
    return roles

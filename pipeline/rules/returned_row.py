"""From a row that was recognised to the action as the school left it: what still stands as sent is ours, the rest is theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.model.carried import FIELDS, Origin, ReturnedAction, Status
from pipeline.model.returned_plan import PlanRow, Remark, Source
from pipeline.model.sent_plan import SentAction
from pipeline.rules.own_text import OwnText
from pipeline.rules.plan_column import REF
from pipeline.rules.plan_reference import read_reference
from pipeline.rules.wording import fold

_LEAST_WORDS = 4  # a line of another action's own wording is known by at least so many


@dataclass
class RowText:
    """What a row holds beside the fields: `extra` columns, `remarks`, and what only the record keeps."""

    extra: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def read_sent_row(
    row: PlanRow,
    roles: Sequence[str],
    headings: Sequence[str],
    sent: ReturnedAction,
    action: SentAction,
    own: OwnText,
    nested: Sequence[str],
) -> tuple[ReturnedAction, list[str]]:
    """An action that we sent, as it came back, and what only the record keeps of its row; `sent` is it with nothing changed."""
    if not (row.remarks or row.deleted or nested) and _stands_as_sent(row, roles, action):
        own.note(*filter(None, row.cells))
        return sent, []
    values = {name: getattr(action, name) for name in FIELDS}
    changed: list[str] = []
    text = RowText()
    for place, cell, role, heading in _cells(row, roles, headings):
        if role == REF:
            _take_reference(cell, action.ref, own, text)
        elif role in FIELDS:
            told = _compare(cell, role, action, own)
            if told is not None:
                values[role] = told if told or role != "opportunity" else values[role]
                changed.append(role)
        else:
            _take_extra(cell, heading or f"Column {place + 1}", own, text)
    _take_beside(row, nested, own, text)
    returned = replace(
        sent,
        opportunity=values["opportunity"],
        action=values["action"],
        lead=values["lead"],
        by_when=values["by_when"],
        success=values["success"],
        cost=values["cost"],
        progress=values["progress"],
        changed=tuple(changed),
        extra=tuple(text.extra),
        remarks=tuple(text.remarks),
        deletion_proposed=row.deleted,
    )
    return returned, text.kept


def read_added_row(
    row: PlanRow, roles: Sequence[str], headings: Sequence[str], ref: str, area: int, own: OwnText, nested: Sequence[str]
) -> tuple[ReturnedAction, list[str]]:
    """An action that the school added, under the reference it is given."""
    values = dict.fromkeys(FIELDS, "")
    text = RowText()
    for place, cell, role, heading in _cells(row, roles, headings):
        if role == REF:
            text.kept += [cell] if cell.strip() else []
        elif role in FIELDS:
            values[role] = cell
        elif cell.strip():
            text.extra.append((heading or f"Column {place + 1}", cell))
    _take_beside(row, nested, own, text)
    added = replace(
        as_sent(_blank(ref, area), Origin.ADDED),
        opportunity=values["opportunity"],
        action=values["action"],
        lead=values["lead"],
        by_when=values["by_when"],
        success=values["success"],
        cost=values["cost"],
        progress=values["progress"],
        changed=tuple(name for name in FIELDS if values[name].strip()),
        extra=tuple(text.extra),
        remarks=tuple(text.remarks),
        deletion_proposed=row.deleted,
    )
    return added, text.kept


def _blank(ref: str, area: int) -> SentAction:
    return SentAction(ref, "", area, "", "", "", "", "", "", "", "")


def _stands_as_sent(row: PlanRow, roles: Sequence[str], action: SentAction) -> bool:
    """Whether every cell is, letter for letter, what was sent: nearly all rows of most plans are, and need no closer look."""
    return len(row.cells) == len(roles) and all(
        cell == getattr(action, role) if role else not cell for cell, role in zip(row.cells, roles, strict=True)
    )


def as_sent(
    action: SentAction, origin: Origin = Origin.SENT, status: Status | None = None, due: date | None = None
) -> ReturnedAction:
    """An action of which the school changed nothing."""
    return ReturnedAction(
        action.ref,
        action.area,
        action.criterion,
        action.kind,
        origin,
        action.opportunity,
        action.action,
        action.lead,
        action.by_when,
        action.success,
        action.cost,
        action.progress,
        status=status,
        due=due,
    )


def is_an_action(row: PlanRow, roles: Sequence[str]) -> bool:
    """Whether a row that was added says what to do or why, in a cell of its own; a line across the table is none."""
    told = [cell for cell in row.cells if cell and cell.strip()]
    across = len(row.cells) > 1 and sum(cell is None for cell in row.cells) >= len(row.cells) - 1
    wordings = [
        cell for _, cell, role, _ in _cells(row, roles, ()) if role in ("opportunity", "action", "success") and cell.strip()
    ]
    return bool(told) and not across and (bool(wordings) or not any(roles))


def _cells(row: PlanRow, roles: Sequence[str], headings: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """Place, text, role and heading of each cell that is there."""
    for place, cell in enumerate(row.cells):
        if cell is not None:
            yield place, cell, roles[place] if place < len(roles) else "", headings[place] if place < len(headings) else ""


def _compare(cell: str, role: str, action: SentAction, own: OwnText) -> str | None:
    """None where a cell is as sent; else what the school has there, without our own label or what is another action's."""
    printed = getattr(action, role)
    if cell == printed:
        own.note(cell)
        return None
    folded = fold(cell)
    if folded == fold(printed) or (role == "opportunity" and folded == fold(f"{action.kind} {printed}")):
        own.note(cell)
        return None
    lines = cell.split("\n")
    if role == "opportunity" and len(lines) > 1 and fold(lines[0]) == fold(action.kind):
        own.note(lines.pop(0))
    if len(lines) > 1:
        lines = [line for line in lines if not _is_anothers(line, printed, own)]
    told = "\n".join(lines)
    if fold(told) == fold(printed):
        own.note(*lines)
        return None
    return told


def _is_anothers(line: str, printed: str, own: OwnText) -> bool:
    """Whether a line is a wording of ours that never stood here: cells of two rows were merged."""
    return len(line.split()) >= _LEAST_WORDS and fold(line) not in fold(printed) and own.take(line)


def _take_reference(cell: str, ref: str, own: OwnText, text: RowText) -> None:
    if read_reference(cell) == ref or own.take(cell):
        own.note(*([cell] if read_reference(cell) == ref else []))
    elif cell.strip():
        text.kept.append(cell)


def _take_extra(cell: str, heading: str, own: OwnText, text: RowText) -> None:
    rest = own.keep_others(cell)
    if rest.strip():
        text.extra.append((heading.strip(), rest))


def _take_beside(row: PlanRow, nested: Sequence[str], own: OwnText, text: RowText) -> None:
    """Comments and what tracked changes took away go with the action; a table in the row as one more text."""
    for remark in row.remarks:
        if remark.source is Source.PLACEHOLDER:
            text.kept.append(remark.text)
        else:
            text.remarks.append(remark)
    for told in nested:
        _take_extra(told, "A table in this row", own, text)


def add_from_front(action: ReturnedAction, told: Mapping[str, str], extra: Sequence[tuple[str, str]]) -> ReturnedAction:
    """What a school wrote of an action on the plan's first page: who leads and by when count where its row says nothing else;
    the rest stands beside."""
    counted = {name: text for name, text in told.items() if name in ("lead", "by_when") and name not in action.changed}
    beside = [(f"On the first page, {name.replace('_', ' ')}", text) for name, text in told.items() if name not in counted]
    return replace(
        action,
        lead=counted.get("lead", action.lead),
        by_when=counted.get("by_when", action.by_when),
        changed=(*action.changed, *counted),
        extra=(*action.extra, *beside, *extra),
    )

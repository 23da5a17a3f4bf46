"""A returned plan taken apart: each action as the school left it, and all that is no action, with where it stood.

Pure policy over what the readers found. Nothing is dropped: every text becomes an action's, or is unplaced, or kept for the
record, or is noted as unchanged; `lost_words.find_missing` proves it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.model.carried import FIELDS, Origin, ReturnedAction, TakenBack, Unplaced
from pipeline.model.finding import Finding, Place, find
from pipeline.model.plan_words import PlanWords
from pipeline.model.returned_plan import PlanRow, PlanTable, ReturnedPlan
from pipeline.model.sent_plan import SentPlan
from pipeline.rules.candidate import Candidate, make_candidate
from pipeline.rules.plan_account import Account, Section
from pipeline.rules.plan_column import REF, Columns, TableKind, complete, divide, heading_roles
from pipeline.rules.plan_entries import Entries
from pipeline.rules.plan_reference import next_reference
from pipeline.rules.recognition import Doubt, Recognised, recognise
from pipeline.rules.returned_row import add_from_front, as_sent, is_an_action, read_added_row, read_sent_row
from pipeline.rules.sent_wording import Wording


def take_back(
    plan: ReturnedPlan, sent: SentPlan, words: PlanWords, sent_on: date | None = None
) -> tuple[TakenBack, tuple[Finding, ...]]:
    """A returned plan compared with the one that was sent. `sent_on` gives a day its year.

    Findings: PL531-PL541.
    """
    taker = _Taker(plan, sent, words, Entries(words, sent_on))
    taker.take()
    actions = [taker.entries.read(action) for action in taker.actions.values()]
    for action in actions:
        taker.account.findings += taker.entries.check(action, Place(plan.file, cell=taker.rows.get(action.ref, "")))
    order = {ref: place for place, ref in enumerate(sent.by_ref)}
    actions = sorted(actions, key=lambda action: (action.area, order.get(action.ref, len(order))))
    taken = TakenBack(tuple(actions), tuple(taker.account.unplaced), tuple(taker.account.kept), tuple(taker.own.unchanged))
    return taken, (*taker.account.findings, *_tell_whole(plan, taken))


class _Taker:
    """Goes through a plan once, and puts each text where it belongs."""

    def __init__(self, plan: ReturnedPlan, sent: SentPlan, words: PlanWords, entries: Entries) -> None:
        self.plan, self.sent, self.entries = plan, sent, entries
        self.account, self.wording, self.known = Account(plan.file, sent), Wording(sent), heading_roles(words)
        self.own = self.account.own
        self.actions: dict[str, ReturnedAction] = {}
        self.rows: dict[str, str] = {}  # action → where its row stands
        self._taken = {*sent.by_ref, *sent.retired}

    def take(self) -> None:
        """Tables of actions first, so that the first page can be compared with them."""
        sections = [section for table in self.plan.tables for section in self._divide(table)]
        for section in sections:
            self._take_head(section.columns)
        self._take_actions([section for section in sections if section.columns.kind is TableKind.ACTIONS])
        for section in sections:
            if section.columns.kind is TableKind.FRONT:
                self._take_front(section)
            elif section.columns.kind is TableKind.OTHER:
                self._take_other(section)
        for action in self.sent.actions:
            if action.ref not in self.actions:
                self.actions[action.ref] = as_sent(action, Origin.REMOVED)
                self.account.findings.append(find("PL535", Place(self.plan.file), f"no row of {action.ref}", ref=action.ref))
        self._take_texts()

    def _divide(self, table: PlanTable) -> Iterator[Section]:
        """A table by its headings, and the tables within it that are tables of actions themselves."""
        if self._is_as_sent(table):
            return
        for columns in divide(table, self.known):
            claims = {}
            for row in columns.rows if not all(columns.roles) else ():
                candidate = self._candidate(columns, row)
                named = (
                    candidate.visible or candidate.bookmark or candidate.tag or "".join(_only(self.wording.seems(candidate)))
                )
                if named:
                    claims[row.number] = self.sent.by_ref[named]
            whole = complete(columns, claims)
            nested: dict[int, list[str]] = {}
            for row in columns.rows:
                for inner in row.tables:
                    sections = list(self._divide(inner))
                    if any(section.columns.kind is not TableKind.OTHER for section in sections):
                        yield from sections
                    else:
                        nested.setdefault(row.number, []).extend(_list_texts(inner))
            yield Section(whole, nested)

    def _is_as_sent(self, table: PlanTable) -> bool:
        """Whether a table that is none of actions holds nothing but what was sent: most are so, and need no closer look."""
        if any(row.tags or row.bookmarks or row.remarks or row.tables or row.deleted for row in table.rows):
            return False
        cells = [cell for row in table.rows for cell in row.cells if cell]
        return not any(cell in self.wording.raw for cell in cells) and self.own.take_all(cells)

    def _candidate(self, columns: Columns, row: PlanRow) -> Candidate:
        column = columns.roles.index(REF) if REF in columns.roles else None
        return make_candidate(columns.table, row, column, self.sent)

    def _take_head(self, columns: Columns) -> None:
        """A row of headings; a heading that is not as sent is kept, and told where its column is not known."""
        for cell in columns.head.cells if columns.head else ():
            if cell and cell.strip() and not self.own.take(cell):
                self.account.keep(cell, columns, columns.head, "a heading")
        if columns.head:
            self.account.take_remarks(columns.head.remarks, self.account.where(columns, columns.head))
        if columns.kind is TableKind.ACTIONS and (columns.head is None or not {REF, *FIELDS} <= set(columns.roles)):
            seen = "columns added, taken out or renamed" if columns.head else "no row of headings"
            self.account.tell("PL540", columns, None, seen)

    def _take_actions(self, sections: Sequence[Section]) -> None:
        rows = [(section, row) for section in sections for row in section.columns.rows if _has_text(row)]
        for section in sections:
            for row in section.columns.rows:
                if not _has_text(row):
                    self.account.take_remarks(row.remarks, self.account.where(section.columns, row))
        candidates = [self._candidate(section.columns, row) for section, row in rows]
        recognised = recognise(candidates, self.sent, self.wording)
        areas = [self.sent.by_ref[one.ref].area if one.ref else 0 for one in recognised]
        for place, ((section, row), found) in enumerate(zip(rows, recognised, strict=True)):
            if found.ref:
                self._take_sent(section, row, found)
            elif found.copy_of:
                self._take_copy(section, row, found)
            else:
                self._take_added(section, row, found, _find_area(place, areas, row, section))

    def _take_sent(self, section: Section, row: PlanRow, found: Recognised) -> None:
        columns, printed, nested = section.columns, self.sent.by_ref[found.ref], section.nested.get(row.number, ())
        unchanged = as_sent(printed, Origin.SENT, self.entries.status(printed.progress), self.entries.day(printed.by_when).day)
        action, kept = read_sent_row(row, columns.roles, columns.headings, unchanged, printed, self.own, nested)
        self._add(action, kept, columns, row)
        if found.doubt:
            self.account.tell("PL531", columns, row, found.doubt.value, ref=found.ref)

    def _take_copy(self, section: Section, row: PlanRow, found: Recognised) -> None:
        for cell in row.cells:
            rest = self.own.keep_others(cell) if cell else ""
            if rest:
                self.account.keep(rest, section.columns, row, f"a copy of the row of {found.copy_of}")
        self.account.take_remarks(row.remarks, self.account.where(section.columns, row))
        for text in section.nested.get(row.number, ()):
            self.account.keep(text, section.columns, row, "a table in a copied row")
        if not row.deleted:
            remedy = f"Nothing to do: it says the same as the other row of {found.copy_of}, and was left out."
            self.account.tell("PL532", section.columns, row, found.copy_of, remedy=remedy)

    def _take_added(self, section: Section, row: PlanRow, found: Recognised, area: int) -> None:
        columns = section.columns
        if not area or not is_an_action(row, columns.roles):
            self.account.take_loose(section, row)
            return
        ref = next_reference(str(area), self._taken)
        nested = section.nested.get(row.number, ())
        action, kept = read_added_row(row, columns.roles, columns.headings, ref, area, self.own, nested)
        self._add(action, kept, columns, row)
        if found.doubt is Doubt.SAME_REFERENCE:
            remedy = f"Ask the school which of the two it means; this one stands in the new plan as {ref}."
            self.account.tell("PL532", columns, row, found.doubt.value, remedy=remedy)
        elif found.doubt:
            self.account.tell("PL533", columns, row, found.doubt.value, ref=ref)

    def _add(self, action: ReturnedAction, kept: Sequence[str], columns: Columns, row: PlanRow) -> None:
        self.actions[action.ref] = action
        self.rows[action.ref] = self.account.place(columns, row).cell
        for text in kept:
            self.account.keep(text, columns, row, f"in the row of {action.ref}")
        if action.deletion_proposed:
            self.account.tell("PL536", columns, row, "a tracked deletion of its row", ref=action.ref)

    def _take_front(self, section: Section) -> None:
        """Rows of the first page: what they say beyond what was sent goes to the action they name."""
        columns = section.columns
        for row in columns.rows:
            candidate = self._candidate(columns, row)
            seems = self.wording.seems(candidate)
            ref = candidate.visible if candidate.visible in seems or not seems else "".join(_only(seems))
            if ref not in self.actions:
                self.account.take_loose(section, row)
                continue
            told: dict[str, str] = {}
            extra: list[tuple[str, str]] = []
            for place, cell in enumerate(row.cells):
                rest = self.own.keep_others(cell) if cell else ""
                role = columns.roles[place] if place < len(columns.roles) else ""
                if rest and role in FIELDS:
                    told[role] = rest
                elif rest and role == REF:
                    self.account.keep(rest, columns, row, "a reference as typed")
                elif rest:
                    heading = columns.headings[place] if place < len(columns.headings) else ""
                    extra.append((f"On the first page, {heading.strip() or 'in a column'}", rest))
            self.actions[ref] = add_from_front(self.actions[ref], told, extra)
            self.account.take_remarks(row.remarks, self.account.where(columns, row))
            self.account.take_nested(section, row)

    def _take_other(self, section: Section) -> None:
        for row in section.columns.rows:
            self.account.take_loose(section, row)

    def _take_texts(self) -> None:
        """Everything outside tables."""
        for text in self.plan.texts:
            if not text.remarks and self.own.take(text.text):
                continue
            where = f"under “{text.heading}”" if text.heading else "before the first heading"
            self.account.take_text(text.text, where)
            self.account.take_remarks(text.remarks, where)
        for margin in self.plan.margins:
            if margin.strip() and not self.own.take(margin) and not self.own.take_margin(margin):
                self.account.unplaced.append(Unplaced(margin, "in a header or footer"))
        self.account.take_remarks(self.plan.remarks, "beside the text")


def _only(names: set[str]) -> set[str]:
    return names if len(names) == 1 else set()


def _has_text(row: PlanRow) -> bool:
    return any(cell and cell.strip() for cell in row.cells) or bool(row.tables)


def _list_texts(table: PlanTable) -> Iterator[str]:
    """Everything in a small table: of each row the cells in one line."""
    for _, row in table.every_row():
        cells = [cell for cell in row.cells if cell and cell.strip()]
        if cells:
            yield " | ".join(cells)
        yield from (remark.text for remark in row.remarks)


def _find_area(place: int, areas: Sequence[int], row: PlanRow, section: Section) -> int:
    """The area of a row that the school added: that of its neighbours, or of the heading above."""
    before = next((area for area in reversed(areas[:place]) if area), 0)
    after = next((area for area in areas[place + 1 :] if area), 0)
    return before if before == after else section.columns.table.area or before or after


def _tell_whole(plan: ReturnedPlan, taken: TakenBack) -> Iterator[Finding]:
    if plan.changes:
        yield find("PL537", Place(plan.file), f"{plan.changes} tracked changes")
    if taken.unplaced:
        count = len(taken.unplaced)
        yield find("PL541", Place(plan.file), f"{count} {'text' if count == 1 else 'texts'}")

"""What happens to a plan in the term after it was sent: which rows a school works on, and what it types there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from pipeline.demo.particulars import Particulars
from pipeline.demo.phrases import fill
from pipeline.demo.plan_editing import Row, read_cell
from pipeline.model.edited_plan import AddedAction, DeletedAction, EditedAction, PlanComment, PlanEdits
from pipeline.rules.planning import written_date

# Of a hundred rows with a date in them, and of a hundred others, how many are worked on.
_DATED, _UNDATED = 85, 25
_STATUSES = ("Done", "Under way", "Not started", "On hold", "No longer needed")
_WEIGHTS = (32, 42, 10, 9, 7)
_TOLD, _REWRITTEN, _COSTED = 75, 9, 20  # in a hundred rows that are worked on
_ADDS, _DELETES, _MOVES, _COMMENTED, _TRACKED = 50, 30, 35, 30, 20  # in a hundred schools
_CRITERION = re.compile(r"\d+\.\d+")
_BEGINNING = re.compile(r"(?:^|(?<=[.?!] ))[a-z]")


def live_through(
    rows: Sequence[Row], own: Particulars, life: Any, days: tuple[date, date], people: Sequence[str], rng: Random
) -> PlanEdits:
    """The edits of one term: `life` is `plan_life.yaml`, `days` are the first and the last of the term, `people` are who
    comments and who has tracked changes on."""
    return _Term(rows, own, life, days, people, rng).edits()


class _Term:
    """One school's term."""

    def __init__(
        self, rows: Sequence[Row], own: Particulars, life: Any, days: tuple[date, date], people: Sequence[str], rng: Random
    ) -> None:
        self._rows, self._own, self._life, self._rng = rows, own, life, rng
        self._begins, self._ends = days
        self._people = people

    def edits(self) -> PlanEdits:
        """What is done to the rows, and now and then to the table."""
        worked_on = {row.ref: self._work_on(row) for row in self._rows if self._is_worked_on(row)}
        edits = PlanEdits(self._ends, worked_on)
        others = [row.ref for row in self._rows if row.ref not in worked_on]
        if others and self._happens(_DELETES):
            edits = replace(edits, deleted=(DeletedAction(self._rng.choice(others)),))
        below = [row.ref for above, row in pairwise(self._rows) if row.area == above.area and row.ref in worked_on]
        if below and self._happens(_MOVES):
            edits = replace(edits, moved=(self._rng.choice(below),))
        if worked_on and self._happens(_COMMENTED):
            said = self._say(self._rng.choice(self._life["comments"]))
            edits = replace(edits, comments=(PlanComment(self._rng.choice(list(worked_on)), self._people[0], said),))
        if self._happens(_ADDS):
            edits = replace(edits, added=tuple(self._add()))
        return replace(edits, tracked_by=self._people[1]) if self._happens(_TRACKED) else edits

    def _happens(self, share: int) -> bool:
        return self._rng.randrange(100) < share

    def _is_worked_on(self, row: Row) -> bool:
        return self._happens(_DATED if read_cell(row, "by_when") else _UNDATED)

    def _work_on(self, row: Row) -> EditedAction:
        status = self._rng.choices(_STATUSES, _WEIGHTS)[0]
        if status == "No longer needed" and read_cell(row, "by_when"):
            status = "Under way"  # nobody drops what the first page asks for
        asked = read_cell(row, "action")
        is_rewritten = bool(asked) and self._happens(_REWRITTEN)
        return EditedAction(
            lead=self._rng.choice((*self._life["leads"], *map(_begin, self._own.roles))),
            by_when=self._type_day(row),
            status=status,
            progress=self._tell(row, status) if self._happens(_TOLD) else "",
            action=f"{asked} {self._say(self._rng.choice(self._life['rewritten']))}" if is_rewritten else "",
            cost=self._rng.choice(self._life["costs"]) if self._happens(_COSTED) else "",
        )

    def _type_day(self, row: Row) -> str:
        """The day that stands there left alone, or one of the school's own, in one of the ways in which people type it."""
        if read_cell(row, "by_when") and not self._happens(30):
            return ""
        day = self._draw_day()
        forms = (written_date(day), f"{day:%d/%m/%Y}", f"{day.day} {day:%b}", f"end of {day:%B}", f"{day:%B %Y}")
        return self._rng.choices(forms, (6, 4, 2, 1, 1))[0]

    def _draw_day(self) -> date:
        """A working day of the term or of the weeks after it, never in the summer holidays."""
        day = self._begins + timedelta(days=self._rng.randrange(20, (self._ends - self._begins).days + 60))
        day += timedelta(days=45 if (7, 20) < (day.month, day.day) < (9, 1) else 0)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _tell(self, row: Row, status: str) -> str:
        found = _CRITERION.match(row.ref)
        told: Mapping[str, str] = self._life["progress"].get(found[0] if found else "", {})
        if status.lower() in told:
            return self._say(told[status.lower()])
        waiting = self._life["waiting"].get(status.lower(), ())
        return self._say(self._rng.choice(waiting)) if waiting else ""

    def _add(self) -> Iterator[AddedAction]:
        areas = [area for area in sorted({row.area for row in self._rows}) if area in self._life["added"]]
        if areas:
            area = self._rng.choice(areas)
            told = self._rng.choice(self._life["added"][area])
            said = {name: self._say(text) for name, text in _fill_together(told, self._own, self._rng).items()}
            yield AddedAction(
                area=area,
                lead=self._rng.choice(self._life["leads"]),
                by_when=written_date(self._draw_day()),
                status=self._rng.choices(_STATUSES[:3], _WEIGHTS[:3])[0],
                progress="",
                **said,
            )

    def _say(self, text: str) -> str:
        return _BEGINNING.sub(lambda found: found[0].upper(), fill(text, self._own, self._rng))


def _fill_together(told: Mapping[str, str], own: Particulars, rng: Random) -> Mapping[str, str]:
    """The texts of one row, in which the same slot says the same."""
    marked = fill("\0".join(told.values()), own, rng)
    return dict(zip(told, marked.split("\0"), strict=True))


def _begin(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"

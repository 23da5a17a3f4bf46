"""The board's table of actions: of plans that came back, what is overdue, stuck, done or dropped, by area. No school is named.

Each action stands in one column, so that all of them add up. A number of actions from one to four schools is not shown, nor one
by which it could be worked out."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from pipeline.model.profile import ActionState, Profile, ProfileLife
from pipeline.model.report import ReportActions
from pipeline.model.rubric import Rubric
from pipeline.rules.small_number import NOT_SHOWN, say_part, say_shown
from pipeline.rules.suppression import SMALLEST, suppress

_OVERDUE = "Overdue"
_COLUMNS = (ActionState.OPEN, _OVERDUE, ActionState.STUCK, ActionState.DONE, ActionState.NOT_HIGHER, ActionState.DROPPED)
_EARLIER, _ALL = "Areas of earlier rubrics", "All areas"
_Slot = tuple[int, str]  # the number of a row, and a column


def tabulate_actions(profiles: Sequence[Profile], rubric: Rubric, today: date) -> tuple[ReportActions, ...]:
    """A line an area and one for all; nothing where fewer than five schools have sent back a plan."""
    followed = [profile for profile in profiles if profile.lives]
    if len(followed) < SMALLEST:
        return ()
    numbers = [area.number for area in rubric.areas]
    counts: Counter[_Slot] = Counter()
    schools: defaultdict[_Slot, set[str]] = defaultdict(set)
    for profile in followed:
        for life in profile.lives:
            slot = life.area if life.area in numbers else 0, _place(life, today)
            counts[slot] += 1
            schools[slot].add(profile.school.urn)
    rows = [*numbers, *([0] if any(slot[0] == 0 for slot in counts) else [])]
    lines = [[counts[row, column] for column in _COLUMNS] for row in rows]
    told = suppress(lines, behind=_count_behind(rows, schools))
    names = {area.number: f"{area.number} {area.name}" for area in rubric.areas} | {0: _EARLIER}
    return (
        *(_tell(names[row], cells, total) for row, cells, total in zip(rows, told.cells, told.row_totals, strict=True)),
        _tell(_ALL, told.column_totals, told.total),
    )


def _place(life: ProfileLife, today: date) -> str:
    return _OVERDUE if life.state == ActionState.OPEN and life.is_overdue(today) else life.state


def _count_behind(rows: Sequence[int], schools: defaultdict[_Slot, set[str]]) -> list[list[int]]:
    """How many schools each number comes from, with the totals of rows and columns."""
    lines = [[schools[row, column] for column in _COLUMNS] for row in rows]
    lines.append([set[str]().union(*column) for column in zip(*lines, strict=True)])
    return [[*map(len, line), len(set[str]().union(*line))] for line in lines]


def _tell(name: str, cells: Sequence[int | None], total: int | None) -> ReportActions:
    return ReportActions(name, *map(say_shown, (*cells, total)))


def say_followed(profiles: Sequence[Profile], last: str, *, is_first: bool) -> str:
    """How many schools have sent back a plan. `last` names the cycle before; `is_first`: none could."""
    followed = sum(bool(profile.lives) for profile in profiles)
    if not followed and is_first:
        return "These are the first plans. Once they come back, this paper says how schools get on with their actions."
    if not followed:
        return "No school has sent back its plan so far, so nothing can be said of how schools get on with their actions."
    all_schools = say_part(len(profiles), len(profiles))
    told = f"{say_part(followed, len(profiles)).capitalize()} of the {all_schools} schools have sent back a plan"
    if followed < SMALLEST:
        return f"{told}: too few to say how schools get on with their actions."
    closed = f"those done and dropped are of the plans of {last}"
    return f"{told}. Their actions are counted here, each once; {closed}. Actions of fewer than five schools are not shown."


def say_overdue(actions: Sequence[ReportActions]) -> str:
    """What most needs a look, as far as it may be shown."""
    if not actions:
        return ""
    total = actions[-1]
    told = ((total.overdue, "are past their date"), (total.stuck, "have been carried forward three times or more"))
    said = [f"{count} {what}" for count, what in told if count not in (NOT_SHOWN, "0")]
    return f"Of the actions in plans that came back, {' and '.join(said)}." if said else ""

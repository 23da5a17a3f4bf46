"""The board's tables of who returned: every district, phase and type, small ones together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.batch import Batch
from pipeline.model.report import ReportTurnout
from pipeline.model.school import School
from pipeline.rules.small_number import protect_list, say_part, say_shown
from pipeline.rules.suppression import SMALLEST
from pipeline.rules.turnout import count_turnout

_REST = {"District": "Other districts", "Phase": "Other phases", "Type": "Other types"}


@dataclass(frozen=True)
class _Group:
    name: str
    schools: int
    returned: int


def tabulate_returns(batch: Batch, register: Mapping[str, School]) -> Mapping[str, tuple[ReportTurnout, ...]]:
    """District, Phase and Type → a line each. Groups of fewer than five schools are one line, with the next smallest where they
    are still too few."""
    found: dict[str, list[_Group]] = {by: [] for by in _REST}
    for one in count_turnout(batch, register):
        found[one.by].append(_Group(one.group or "Not given", one.schools, one.returned))
    return {by: _tell(_join_small(groups, _REST[by])) for by, groups in found.items()}


def _join_small(groups: Sequence[_Group], rest: str) -> Sequence[_Group]:
    by_size = sorted(groups, key=lambda group: group.schools)
    count = sum(group.schools < SMALLEST for group in groups)
    if not count or count == len(groups):
        return [_add_up(by_size, rest)] if len(groups) > 1 and count else groups
    while sum(group.schools for group in by_size[:count]) < SMALLEST:
        count += 1
    together = by_size[:count]
    return [*(group for group in groups if group not in together), _add_up(together, rest)]


def _add_up(groups: Iterable[_Group], name: str) -> _Group:
    groups = list(groups)
    return _Group(name, sum(group.schools for group in groups), sum(group.returned for group in groups))


def _tell(groups: Sequence[_Group]) -> tuple[ReportTurnout, ...]:
    told = protect_list([group.returned for group in groups])
    return tuple(
        ReportTurnout(group.name, say_part(group.schools, group.schools), say_shown(returned), _share(returned, group.schools))
        for group, returned in zip(groups, told, strict=True)
    )


def _share(returned: int | None, schools: int) -> str:
    return "" if returned is None or schools < SMALLEST else f"{share_of(returned, schools)}"


def share_of(part: int, whole: int) -> int:
    """In per cent, rounded to the nearest."""
    return (200 * part + whole) // (2 * whole) if whole else 0

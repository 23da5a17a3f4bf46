"""What a draft would change, for the board: no school named, and no small number shown or to be worked out."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from pipeline.model.form import area_sheet
from pipeline.model.plan import PlanAuthority
from pipeline.model.project import Configuration
from pipeline.model.rubric import Area, Rubric
from pipeline.model.what_if import Paper, PaperArea, PaperMove, PaperPlace, Tally, WhatIf
from pipeline.rules.planning import written_date
from pipeline.rules.sentence import join_words
from pipeline.rules.suppression import SMALLEST, suppress_list
from pipeline.rules.what_if_tally import (
    Move,
    district_of,
    list_assumptions,
    list_moves,
    phase_of,
    summarise_change,
    tally_areas,
    tally_by,
    weigh_shifts,
)

_MOST_MOVES, _MOST_PLACES = 5, 8  # lines of the paper's tables, so that it stays one page
_OTHER_MOVES = "Others"
_NOT_SHOWN = "not shown"


def write_paper(what_if: WhatIf, draft: Rubric, configuration: Configuration, cycle: str, today: date) -> Paper:
    """The one-page paper. No count below five is in it, nor one by which such a count could be worked out."""
    authority = configuration.settings.authority
    return Paper(
        authority=PlanAuthority(authority.name, authority.team, authority.email),
        cycle=configuration.cycle(cycle).label,
        made_on=written_date(today),
        draft=what_if.draft,
        in_use=join_words(what_if.editions),
        summary=summarise_change(what_if, _say_together),
        moves=_moves(what_if),
        areas=_areas(what_if, draft),
        places=_places(tally_by(what_if, district_of), tally_by(what_if, phase_of)),
        assumptions=list_assumptions(what_if),
    )


def say_small(count: int) -> str:
    """A number that stands alone, or in no table with totals, as the paper gives it."""
    return "none" if count == 0 else f"fewer than {SMALLEST}" if count < SMALLEST else str(count)


def _say_together(counts: Sequence[int]) -> Sequence[str]:
    """Numbers of one sentence, whose total is in it as well."""
    if len(counts) == 1:
        return [say_small(counts[0])]
    return ["some" if one is None else f"{one}" for one in suppress_list(counts)[0]]


def _say_list(counts: Sequence[int]) -> list[str]:
    """Numbers whose total is in the paper too. Where even leaving out all of them would tell, as when each is one, a zero is
    left out with them."""
    told, total = suppress_list(counts)
    tells = total is None and sum(counts) >= SMALLEST
    return [_NOT_SHOWN if one is None or tells else say_small(one) for one in told]


def _moves(what_if: WhatIf) -> tuple[PaperMove, ...]:
    """The commonest moves, and the rest together. The summary counts them by their ways, so those of one way are a list with
    its total; where that is left out there, so are they here."""
    moves = list_moves(what_if)
    shown = moves if len(moves) <= _MOST_MOVES else moves[: _MOST_MOVES - 1]
    rest = sum(count for _, count, _ in moves[len(shown) :])
    told = _say_moves(shown, rest, what_if)
    papers = [PaperMove(*move, said, cause) for (move, _, cause), said in zip(shown, told, strict=False)]
    return (*papers, PaperMove(_OTHER_MOVES, "", told[-1], "")) if rest else tuple(papers)


def _say_moves(shown: Sequence[Move], rest: int, what_if: WhatIf) -> list[str]:
    way_of = {(shift.before, shift.after): shift.direction for shift in weigh_shifts(what_if)}
    ways = Counter(way_of[move] for move, count, _ in list_moves(what_if) for _ in range(count))
    kept = {way for way, seen in zip(ways, suppress_list([*ways.values()])[0], strict=True) if seen is not None}
    said: dict[tuple[str, str], str] = {}
    for way in ways:
        of_way = [(move, count) for move, count, _ in shown if way_of[move] is way]
        further = ways[way] - sum(count for _, count in of_way)
        counts = [*(count for _, count in of_way), *([further] if further else [])]
        told = _say_list(counts) if way in kept else [_NOT_SHOWN] * len(counts)
        said |= {move: one for (move, _), one in zip(of_way, told, strict=False)}
    in_order = [said[move] for move, _, _ in shown]
    return [*in_order, *_say_rest(in_order, rest)]


def _say_rest(others: Sequence[str], rest: int) -> list[str]:
    """All moves that have no line of their own: with one left out above, the total of all does not tell how many they are."""
    if not rest:
        return []
    return [_NOT_SHOWN if rest < SMALLEST or others.count(_NOT_SHOWN) == 1 else f"{rest}"]


def _areas(what_if: WhatIf, draft: Rubric) -> tuple[PaperArea, ...]:
    """The areas in which anything would change, by the short names that the workbook's sheets have."""
    counted = zip(draft.areas, tally_areas(what_if, draft), strict=True)
    return tuple(_area(area, tally, what_if.sources[area.number]) for area, tally in counted if tally.change)


def _area(area: Area, tally: Tally, since: Sequence[int]) -> PaperArea:
    ways = (tally.higher, tally.lower, tally.between, tally.other)
    compared = f"{'Area' if len(since) == 1 else 'Areas'} {join_words([f'{one}' for one in since])}" if since else "Nothing"
    return PaperArea(area_sheet(area.number, area.name), compared, *map(say_small, ways))


def _places(districts: Sequence[Tally], phases: Sequence[Tally]) -> tuple[PaperPlace, ...]:
    sides = (_say_places(_shorten(districts, "Other districts")), _say_places(_shorten(phases, "Other phases")))
    return tuple(PaperPlace(*district, *phase) for district, phase in zip_longest(*sides, fillvalue=("", "", "")))


def _say_places(tallies: Sequence[Tally]) -> Sequence[tuple[str, str, str]]:
    """Names, and how many schools there are and would change: two lists with totals in the summary."""
    schools, change = ([getattr(tally, field) for tally in tallies] for field in ("schools", "change"))
    return [*zip([tally.name for tally in tallies], _say_list(schools), _say_list(change), strict=True)]


def _shorten(tallies: Sequence[Tally], rest: str) -> Sequence[Tally]:
    """Those with the most schools that change, by name, and the rest together."""
    if len(tallies) <= _MOST_PLACES:
        return tallies
    ranked = sorted(tallies, key=lambda tally: (-tally.change, tally.name))
    kept, others = ranked[: _MOST_PLACES - 1], ranked[_MOST_PLACES - 1 :]
    together = (sum(getattr(tally, field) for tally in others) for field in ("schools", "higher", "lower", "between", "change"))
    return [*sorted(kept, key=lambda tally: tally.name), Tally(rest, *together)]

"""What a draft would change, counted in full, and what the answer rests on: for the officer."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pipeline.model.rubric import Rubric
from pipeline.model.what_if import Again, Direction, Shift, Tally, WhatIf
from pipeline.rules.sentence import join_words

_NAMED = 4

Move = tuple[tuple[str, str], int, str]  # from and to, how many schools, and the commonest cause


def list_moves(what_if: WhatIf) -> tuple[Move, ...]:
    """How overall ratings would move, the commonest first; without them, how those of areas would."""
    shifts = weigh_shifts(what_if)
    counts = Counter((shift.before, shift.after) for shift in shifts)
    return tuple((move, count, _commonest_cause(shifts, move)) for move, count in counts.most_common())


def weigh_shifts(what_if: WhatIf) -> list[Shift]:
    """The shifts that moves are counted of: the overall ratings' or, where these are switched off, all."""
    if not what_if.has_overall:
        return [shift for again in what_if.schools for shift in again.shifts]
    return [shift for again in what_if.schools if (shift := again.shift_of(0))]


def _commonest_cause(shifts: Sequence[Shift], move: tuple[str, str]) -> str:
    return Counter(shift.cause for shift in shifts if (shift.before, shift.after) == move).most_common(1)[0][0]


def tally_areas(what_if: WhatIf, draft: Rubric) -> tuple[Tally, ...]:
    """Area by area, in the draft's order."""
    return tuple(
        _tally(f"{area.number} {area.name}", what_if.schools, [again.shift_of(area.number) for again in what_if.schools])
        for area in draft.areas
    )


def tally_by(what_if: WhatIf, key: Callable[[Again], str]) -> tuple[Tally, ...]:
    """By district or by phase, by name: schools that change overall or, where that is switched off, in any area."""
    names = sorted({key(again) for again in what_if.schools})
    groups = {name: [again for again in what_if.schools if key(again) == name] for name in names}
    return tuple(_tally(name, group, [_main(again, what_if) for again in group]) for name, group in groups.items())


def _main(again: Again, what_if: WhatIf) -> Shift | None:
    return again.shift_of(0) if what_if.has_overall else next(iter(again.shifts), None)


def district_of(again: Again) -> str:
    """Where the school is."""
    return again.school.district


def phase_of(again: Again) -> str:
    """Its phase in words."""
    return again.school.phase.label


def _tally(name: str, schools: Sequence[Again], shifts: Sequence[Shift | None]) -> Tally:
    ways = Counter(shift.direction for shift in shifts if shift)
    return Tally(name, len(schools), ways[Direction.HIGHER], ways[Direction.LOWER], ways[Direction.BETWEEN], ways.total())


def _say_in_full(counts: Sequence[int]) -> Sequence[str]:
    return [f"{count}" for count in counts]


def summarise_change(what_if: WhatIf, say: Callable[[Sequence[int]], Sequence[str]] = _say_in_full) -> str:
    """How many schools would change, in a sentence or two; `say` puts numbers that stand together in words."""
    of = f"Of {len(what_if.schools)} {'school' if len(what_if.schools) == 1 else 'schools'}"
    ways = Counter(shift.direction for again in what_if.schools if (shift := _main(again, what_if)))
    of_what = "overall rating" if what_if.has_overall else "rating in some area"
    if not ways:
        somewhere = sum(bool(again.shifts) for again in what_if.schools)
        nobody = f"{of}, nobody's {of_what} would change."
        return f"{nobody} In single areas {say([somewhere])[0]} would." if somewhere else nobody
    found = [way for way in Direction if ways[way]]
    told = say([ways[way] for way in found])
    parts = [f"{count} {_WAYS[way]}" for count, way in zip(told, found, strict=True)]
    return f"{of}, {say([ways.total()])[0]} would have another {of_what}: {join_words(parts)}."


_WAYS = {
    Direction.HIGHER: "higher",
    Direction.LOWER: "lower",
    Direction.BETWEEN: "between what stood apart",
    Direction.NOW_RATED: "rated that are not rated now",
    Direction.NOT_RATED: "no longer rated",
}


def tabulate(what_if: WhatIf, draft: Rubric) -> Iterator[tuple[Sequence[str], Sequence[Sequence[str]]]]:
    """Headings and rows for the screen: from what to what and why, by area, by district, by phase; only what changes."""
    moves = [(f"{before} → {after}", f"{count}", cause) for (before, after), count, cause in list_moves(what_if)]
    yield ("From and to", "Schools", "Most often because"), moves
    areas = [tally for tally in tally_areas(what_if, draft) if tally.change]
    yield (
        ("Area", "Schools", *COUNTS),
        [(tally.name, f"{tally.schools}", *(f"{count}" for count in count_ways(tally))) for tally in areas],
    )
    for what, tallies in (("District", tally_by(what_if, district_of)), ("Phase", tally_by(what_if, phase_of))):
        changing = [tally for tally in tallies if tally.change]
        yield (
            (what, "Schools", "Change", "Higher", "Lower"),
            [(tally.name, *(f"{n}" for n in (tally.schools, tally.change, tally.higher, tally.lower))) for tally in changing],
        )


COUNTS = ("Higher", "Lower", "Between", "Rated or not", "All that change")


def count_ways(tally: Tally) -> tuple[int, ...]:
    """The figures under `COUNTS`."""
    return tally.higher, tally.lower, tally.between, tally.other, tally.change


def list_assumptions(what_if: WhatIf) -> tuple[str, ...]:
    """What the answer rests on, a sentence each."""
    return tuple(_assume(what_if))


def _assume(what_if: WhatIf) -> Iterator[str]:
    yield "Answers are those given to the wording that schools saw; under new wording some would differ."
    if what_if.merged:
        yield f"Where one criterion takes over several ({_name_some(what_if.merged)}), their lowest answer is taken."
    if what_if.new:
        yield f"New criteria ({_name_some(what_if.new)}) have no answer: their areas are rated at lowest and highest."
    if any(since not in ((), (area,)) for area, since in what_if.sources.items()):
        yield "Between: areas that stood apart would be one area, which stands neither above nor below them all."


def _name_some(keys: Sequence[str]) -> str:
    if len(keys) <= _NAMED:
        return join_words(keys)
    return f"{', '.join(keys[: _NAMED - 1])} and {len(keys) - _NAMED + 1} more"

"""What the paper of a district says in sentences: who is counted, and what schools there might work on together."""

from collections.abc import Mapping, Sequence

from pipeline.model.level import Level
from pipeline.model.rubric import Rubric
from pipeline.rules.sentence import join_words
from pipeline.rules.spread import BANDS, Joined, Line, Spread
from pipeline.rules.suppression import SMALLEST

_HIGH, _LOW = ("advanced", "established"), ("emerging", "not-yet")


def say_place(group: str, kind: str, joined: Joined, sizes: Mapping[Joined, int], schools: int) -> tuple[str, ...]:
    """How many schools the numbers are of."""
    if schools < SMALLEST:
        return ("Too few schools are rated so far for numbers that name no school.",)
    if not joined:
        return (f"No school of this {kind} is rated so far. The numbers are of the {schools} schools rated elsewhere.",)
    if len(joined) == 1:
        return (f"{sizes[joined]} schools of this {kind} are rated, of {schools} in all.",)
    others = join_words([name or "schools without one" for name in joined if name != group])
    return (
        f"So few schools are rated that numbers of this {kind} alone would tell of single schools. It is counted together with "
        f"{others}: {sizes[joined]} schools, of {schools} in all.",
    )


def list_together(joined: Joined, spread: Spread, rubric: Rubric) -> tuple[str, ...]:
    """Where more schools here are below Established than elsewhere, and where there is practice close by; from numbers that are
    shown alone."""
    if not joined:
        return ()
    numbers = [area.number for area in rubric.areas]
    below = [number for number in numbers if _is_below(spread.groups[number][joined], spread.everywhere[number])]
    close = [(number, spread.groups[number][joined][0] or 0) for number in numbers]
    said = []
    if below:
        where, established = _name(below), rubric.label(Level.ESTABLISHED)
        said.append(f"A larger share of schools here than of all schools is below {established} in {where}: a place to begin.")
    said.extend(
        f"In Area {number}, {count} schools here are {rubric.label(Level.ADVANCED)}: there is practice close by. The inclusion "
        "team can ask those that share it."
        for number, count in close
        if count >= SMALLEST
    )
    return tuple(said)


def _is_below(here: Line, everywhere: Line) -> bool:
    """Whether the share below Established is larger here; not told where a number is not shown."""
    mine, all_mine = (_part(line, _LOW) for line in (here, everywhere))
    whole, all_whole = (_part(line, (*_HIGH, *_LOW)) for line in (here, everywhere))
    if mine is None or all_mine is None or not whole or not all_whole:
        return False
    return mine * all_whole > all_mine * whole


def _part(line: Line, bands: Sequence[str]) -> int | None:
    numbers = [line[BANDS.index(band)] for band in bands]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _name(numbers: Sequence[int]) -> str:
    return f"{'Area' if len(numbers) == 1 else 'Areas'} {join_words([f'{one}' for one in numbers])}"

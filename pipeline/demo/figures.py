"""Plausible whole-school figures for the Outcomes sheet."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from pipeline.demo.character import STRONGEST
from pipeline.demo.establishment import Establishment
from pipeline.model.settings import Measure
from pipeline.model.submission import Figure

_LEFT_EMPTY = 8  # in a hundred
_LEAST_SAFE = 6  # fewer pupils than this, and a figure could point to one of them


def invent_figures(
    establishment: Establishment, quality: int, measures: Sequence[Measure], life: Any, rng: Random
) -> Mapping[str, Figure]:
    """Measure id → last school year's figure and the year before's, as typed; empty where the school gave none.

    Better schools have better figures, not in every measure and not in every year. None stands for one to five pupils.
    """
    ranges = life["figures"].get(establishment.school.phase.value, {})
    figures = {}
    for measure in measures:
        this_year = last_year = ""
        if measure.id in ranges and rng.randrange(100) >= _LEFT_EMPTY:
            this_year, last_year = (
                _figure(measure, ranges[measure.id], year, establishment.roll, rng) for year in _two_years(quality, rng)
            )
        figures[measure.id] = Figure(this_year, "" if rng.randrange(100) < _LEFT_EMPTY else last_year)
    return figures


def _two_years(quality: int, rng: Random) -> tuple[int, int]:
    """How good last school year and the year before were; most schools have become a little better."""
    this_year = quality + rng.randint(-120, 120)
    return this_year, this_year - rng.randint(-60, 140)


def _figure(measure: Measure, ends: Sequence[float], quality: int, roll: int, rng: Random) -> str:
    """One figure as typed. In tenths throughout, so that whole numbers decide."""
    weakest, strongest = (round(10 * end) for end in ends)
    tenths = weakest + (strongest - weakest) * max(0, min(STRONGEST, quality)) // STRONGEST
    tenths += abs(strongest - weakest) * rng.randint(-8, 8) // 100
    if measure.unit == "points":
        return f"{tenths // 10}"
    if measure.unit == "count":
        return f"{_safe(max(0, tenths) * roll // 10_000)}"
    return _percent(max(0, min(1000, tenths)), roll)


def _percent(tenths: int, roll: int) -> str:
    pupils = tenths * roll // 1000
    if pupils < _LEAST_SAFE:
        tenths = -(-1000 * _safe(pupils) // roll)
    return f"{tenths / 10:g}"


def _safe(pupils: int) -> int:
    """The nearest count that points to nobody: none, or six and more."""
    if pupils >= _LEAST_SAFE:
        return pupils
    return _LEAST_SAFE if 2 * pupils >= _LEAST_SAFE else 0

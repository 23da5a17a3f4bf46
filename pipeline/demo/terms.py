"""The terms that an invented county goes through: cycles of the settings, and those that would follow them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.model.project import Configuration
from pipeline.model.settings import Cycle, Settings
from pipeline.rules.next_cycle import name_next, propose_cycle
from pipeline.writers.settings_file import add_cycle, make_current
from pipeline.writers.whole_file import write_whole

_RUN_AFTER = timedelta(days=7)  # from the day returns are due to that of the run that makes plans of them
_BACK_BEFORE = timedelta(days=2)  # a plan comes back before it is reviewed, and before the next returns are due


def choose_terms(
    configuration: Configuration, first: str, count: int, due: date | None = None
) -> tuple[Configuration, tuple[str, ...]]:
    """The configuration with every cycle that is needed, the last of them current, and the keys of `count` cycles from `first`
    on. `due` is when the returns of a cycle that is not in the settings are due, where it is not for the settings to say.
    Raises: ValueError where a cycle cannot follow."""
    cycles = dict(configuration.settings.cycles)
    while len(list(cycles)[list(cycles).index(first) :]) < count:
        settings = replace(configuration.settings, cycles=cycles)
        key = name_next(settings)
        cycle, _ = propose_cycle(key, settings, None, due)
        if cycle is None:
            raise ValueError(key)
        cycles[key] = cycle
    start = list(cycles).index(first)
    keys = tuple(list(cycles)[start : start + count])
    return at_term(replace(configuration, settings=replace(configuration.settings, cycles=cycles)), keys[-1]), keys


def at_term(configuration: Configuration, key: str) -> Configuration:
    """The configuration as it is when a cycle is the current one."""
    return replace(configuration, settings=replace(configuration.settings, cycle=key))


def write_terms(path: Path, known: Settings, wanted: Settings) -> None:
    """The settings file at `path`, which says what `known` does, with the cycles and the current one of `wanted`.
    Raises: OSError; ValueError where its layout is unusual."""
    text = path.read_bytes().decode("utf-8-sig")
    for key, cycle in wanted.cycles.items():
        if key not in known.cycles:
            text = add_cycle(text, key, cycle)
    write_whole(path, make_current(text, wanted.cycle).encode())


def day_of_run(cycle: Cycle) -> date:
    """When the officer makes the plans of a cycle."""
    return cycle.returns_due + _RUN_AFTER


def days_between(before: Cycle, cycle: Cycle) -> tuple[date, date]:
    """The first and the last day on which schools work with the plans of the cycle `before`."""
    return day_of_run(before), min(before.review_on, cycle.returns_due) - _BACK_BEFORE

"""How many schools returned, and how they stand, by district, phase and type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.batch import Batch
from pipeline.model.school import School


@dataclass(frozen=True)
class Turnout:
    """One group of the register's schools: how many there are, returned and were rated; how many stand at each overall level or
    state (key → number, of comparable editions); and statutory gaps in all, and schools that have one."""

    by: str
    group: str
    schools: int
    returned: int
    rated: int
    levels: Mapping[str, int]
    gaps: int
    schools_with_gap: int


def count_turnout(batch: Batch, register: Mapping[str, School]) -> Iterator[Turnout]:
    """Every district, then every phase and every type, each by its name."""
    for by, groups in (
        ("District", {urn: school.district for urn, school in register.items()}),
        ("Phase", {urn: school.phase.label for urn, school in register.items()}),
        ("Type", {urn: school.kind for urn, school in register.items()}),
    ):
        for group in sorted(set(groups.values())):
            yield _count(by, group, {urn for urn, one in groups.items() if one == group}, batch)


def _count(by: str, group: str, urns: set[str], batch: Batch) -> Turnout:
    summaries = {entry.urn: entry.summary for entry in batch.entries if entry.summary and entry.urn in urns}
    levels: dict[str, int] = {}
    for summary in summaries.values():
        if not batch.is_apart(summary):
            levels[summary.overall_key] = levels.get(summary.overall_key, 0) + 1
    gaps = [len(summary.gaps) for summary in summaries.values()]
    missing = len(urns.intersection(batch.missing))
    return Turnout(by, group, len(urns), len(urns) - missing, len(summaries), levels, sum(gaps), sum(map(bool, gaps)))

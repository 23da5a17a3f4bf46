"""What the answers say of attendance, off-rolling, home education and the other themes that the rubric's criteria carry."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.model.assessment import Kind
from pipeline.model.profile import Profile
from pipeline.model.rubric import Rubric
from pipeline.rules.need import Need


def count_answers(profiles: Sequence[Profile]) -> Counter[tuple[str, str]]:
    """(Criterion id, key of a level or state) → how many schools stand there."""
    counted: Counter[tuple[str, str]] = Counter()
    # Schools share most of their answers, cells included: first those are counted, then the few that differ in cells alone.
    for answer, schools in Counter(chain.from_iterable(profile.answers for profile in profiles)).items():
        counted[answer.criterion, answer.key] += schools
    return counted


@dataclass(frozen=True)
class ThemeRow:
    """One theme: its criteria; how many answers stand at each level or state (key → number); how many statutory gaps there are,
    in how many schools; and the commonest opportunity."""

    key: str
    label: str
    criteria: tuple[str, ...]
    answers: Counter[str]
    gaps: int
    schools_with_gap: int
    commonest: Need | None


def tally_themes(profiles: Sequence[Profile], needs: Sequence[Need], rubric: Rubric) -> tuple[ThemeRow, ...]:
    """One row a theme, in the rubric's order; those that no criterion carries are left out. `needs` are those of `profiles`."""
    answers = count_answers(profiles)
    most = {need.criterion: need for need in reversed(needs)}
    gaps: dict[str, list[str]] = {}
    for profile in profiles:
        for found in profile.opportunities:
            if found.kind == Kind.STATUTORY_GAP:
                gaps.setdefault(found.criterion, []).append(profile.school.urn)
    carriers = {key: tuple(one.id for one in rubric.criteria.values() if key in one.themes) for key in rubric.frame.themes}
    return tuple(_row(key, criteria, answers, gaps, most, rubric) for key, criteria in carriers.items() if criteria)


def _row(
    key: str,
    criteria: tuple[str, ...],
    answers: Mapping[tuple[str, str], int],
    gaps: Mapping[str, Sequence[str]],
    most: Mapping[str, Need],
    rubric: Rubric,
) -> ThemeRow:
    mine: Counter[str] = Counter()
    for (criterion, level), count in answers.items():
        mine[level] += count if criterion in criteria else 0
    held = [urn for criterion in criteria for urn in gaps.get(criterion, ())]
    commonest = max((most[one] for one in criteria if one in most), key=lambda need: need.schools, default=None)
    return ThemeRow(key, rubric.frame.themes[key], criteria, mine, len(held), len(set(held)), commonest)

"""Which schools an adviser visits: some drawn by lot from every kind of school, some because their answers ask for it.

The lot: strata of district, phase and size; each is given its share of the visits by the largest remainder (Hamilton's method),
so that none is a whole visit away from its share; equal remainders, and the schools within a stratum, are drawn with the seed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random

from pipeline.model.level import Level
from pipeline.model.moderation import Cause, Part, Reason, Sampled
from pipeline.model.review import Answered, Review
from pipeline.model.school import School
from pipeline.model.settings import ModerationSettings, Stratified

Stratum = tuple[str, str, str]  # district, phase, size
Band = Callable[[School], str]

_UNKNOWN = "size not known"
_THIRDS = ("smallest third", "middle third", "largest third")


@dataclass(frozen=True)
class Asked:
    """How many schools of each part are wanted, and the seed of the lot."""

    stratified: int
    risk: int
    seed: int


def count_stratified(schools: int, rule: Stratified) -> int:
    """How many are drawn by lot unless the officer says: the rule's share, rounded up, at least its least, at most all."""
    share = -(-rule.share.numerator * schools // rule.share.denominator)
    return min(max(share, rule.least), schools)


def choose_schools(
    schools: Sequence[School], reasons: Mapping[str, tuple[Reason, ...]], band: Band, settings: ModerationSettings, asked: Asked
) -> tuple[Sampled, ...]:
    """The sample, no school twice: first those drawn by lot, in order of URN, then those at risk, the weightiest first.

    `schools` are those with a record, `reasons` the URNs of those at risk with every reason. One drawn by lot keeps its
    other reasons."""
    lot = Random(asked.seed)
    strata = _divide(schools, band)
    drawn: dict[str, Reason] = {}
    for stratum, visits in allocate({key: len(found) for key, found in strata.items()}, asked.stratified, lot).items():
        for urn in lot.sample(strata[stratum], visits):
            drawn[urn] = _say_drawn(stratum, visits, len(strata[stratum]))
    by_lot = [Sampled(urn, Part.STRATIFIED, (drawn[urn], *reasons.get(urn, ()))) for urn in sorted(drawn)]
    at_risk = rank_risks({urn: found for urn, found in reasons.items() if urn not in drawn}, settings, lot)
    return (*by_lot, *(Sampled(urn, Part.RISK, reasons[urn]) for urn in at_risk[: asked.risk]))


def _divide(schools: Iterable[School], band: Band) -> Mapping[Stratum, Sequence[str]]:
    """Strata in order, each with its URNs in order: so the lot does not depend on the order of the register."""
    strata: dict[Stratum, list[str]] = defaultdict(list)
    for school in sorted(schools, key=lambda one: one.urn):
        strata[school.district, school.phase.label, band(school)].append(school.urn)
    return dict(sorted(strata.items()))


def allocate(sizes: Mapping[Stratum, int], visits: int, lot: Random) -> Mapping[Stratum, int]:
    """Stratum → its visits, by the largest remainder. They add up to `visits`, or to all schools where there are fewer."""
    total = sum(sizes.values())
    if not total:
        return {}
    quotas = {stratum: Fraction(min(visits, total) * size, total) for stratum, size in sizes.items()}
    given = {stratum: int(quota) for stratum, quota in quotas.items()}
    ties = {stratum: lot.random() for stratum in quotas}
    by_remainder = sorted(quotas, key=lambda stratum: (given[stratum] - quotas[stratum], ties[stratum]))
    for stratum in by_remainder[: min(visits, total) - sum(given.values())]:
        given[stratum] += 1
    return given


def rank_risks(reasons: Mapping[str, Sequence[Reason]], settings: ModerationSettings, lot: Random) -> list[str]:
    """URNs, the weightiest first. A cause counts once, however many sentences it has; equals are put in order by lot."""

    def weigh(urn: str) -> int:
        return sum(settings.weight(cause) for cause in {reason.cause for reason in reasons[urn]})

    ties = {urn: lot.random() for urn in sorted(reasons)}
    return sorted((urn for urn in reasons if reasons[urn]), key=lambda urn: (-weigh(urn), ties[urn]))


def say_sample(stratified: int, risk: int, seed: int) -> str:
    """How many schools of each part there are."""
    by_lot = "1 school" if stratified == 1 else f"{stratified} schools"
    return f"{by_lot} drawn by lot with seed {seed}, {risk} chosen for what their answers say."


def _say_drawn(stratum: Stratum, visits: int, schools: int) -> Reason:
    district, phase, size = stratum
    kind = ", ".join(part for part in (district, phase, size) if part)
    return Reason(Cause.DRAWN, f"Drawn by lot: {visits} of the {schools} in “{kind}”.", "drawn by lot")


def divide_by_size(register: Iterable[School], settings: ModerationSettings) -> Band:
    """Says which band of size a school is in: the settings' own, or thirds of the register by number of pupils."""
    known = sorted(school.pupils for school in register if school.pupils is not None)
    if settings.size_bands:
        return _band_between(sorted(set(settings.size_bands)))
    if not known:
        return lambda school: _UNKNOWN
    starts = (known[len(known) // 3], known[2 * len(known) // 3])

    def band(school: School) -> str:
        return _UNKNOWN if school.pupils is None else _THIRDS[sum(school.pupils >= start for start in starts)]

    return band


def _band_between(starts: Sequence[int]) -> Band:
    middle = (f"{low} to {high - 1} pupils" for low, high in pairwise(starts))
    names = (f"fewer than {starts[0]} pupils", *middle, f"{starts[-1]} pupils or more")

    def band(school: School) -> str:
        return _UNKNOWN if school.pupils is None else names[sum(school.pupils >= start for start in starts)]

    return band


def draw_criteria(review: Review, seed: int) -> tuple[str, ...]:
    """For a school drawn by lot: one of the highest answers of each area, also by lot, so that no one can prepare for it."""
    lot = Random(f"{seed} {review.urn}")
    chosen = []
    for number in review.areas:
        answers = [one for one in review.answers if one.area == number and one.level is not None]
        if answers:
            highest = max(map(_level, answers))
            chosen.append(lot.choice([one.criterion for one in answers if _level(one) == highest]))
    return tuple(chosen)


def _level(answered: Answered) -> Level:
    return answered.level or Level.NOT_YET

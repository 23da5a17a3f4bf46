"""Which school could help which: for each area below Established, one that is Advanced there and willing to share.

For the adviser alone, who asks them. No school is told another's level: what says who is Emerging goes to nobody else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.model.level import LEVELS, Level
from pipeline.model.profile import Profile, ProfileArea
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase, School
from pipeline.model.settings import PairingRule

# Which phases follow on from one another. All-through schools have pupils of every phase; special schools and alternative
# provision take pupils of all ages, and know each other's work better than anybody.
_NEXT: Mapping[Phase, frozenset[Phase]] = {
    Phase.NURSERY: frozenset({Phase.PRIMARY}),
    Phase.PRIMARY: frozenset({Phase.NURSERY, Phase.MIDDLE, Phase.SECONDARY}),
    Phase.MIDDLE: frozenset({Phase.PRIMARY, Phase.SECONDARY}),
    Phase.SECONDARY: frozenset({Phase.PRIMARY, Phase.MIDDLE, Phase.SIXTEEN_PLUS}),
    Phase.SIXTEEN_PLUS: frozenset({Phase.SECONDARY}),
    Phase.SPECIAL: frozenset({Phase.ALTERNATIVE_PROVISION}),
    Phase.ALTERNATIVE_PROVISION: frozenset({Phase.SPECIAL}),
    Phase.ALL_THROUGH: frozenset({Phase.NURSERY, Phase.PRIMARY, Phase.MIDDLE, Phase.SECONDARY, Phase.SIXTEEN_PLUS}),
}


@dataclass(frozen=True)
class Pairing:
    """An area in which a school could be helped: by `helper`, or by nobody that can be asked. `level` is the key of the level
    it stands at, `is_moderated` whether an adviser has seen the helper there as Advanced; `why` is a sentence."""

    school: School
    area: int
    level: str
    helper: School | None
    is_moderated: bool
    why: str


@dataclass(frozen=True)
class _Helper:
    school: School
    is_moderated: bool


def pair_schools(profiles: Sequence[Profile], rubric: Rubric, rule: PairingRule, cycle: str) -> tuple[Pairing, ...]:
    """A row for each area of each school that is Emerging or below, in the order of the profiles and then of the areas.

    An adviser's level counts before the answers'. Helpers have consented, are Advanced in the area, and of the same or the next
    phase; first come those an adviser has seen, then those of the same phase, of the same district, asked least, and then by
    lot. Each school's greatest need has its turn before any school's second; whose turn is first is drawn by lot, the same for
    the same `cycle`, so that no school is first by its name or number. Nobody is asked more often than the rule says.
    """
    helpers = _list_helpers(profiles, rule)
    asked: Counter[str] = Counter()
    given: dict[tuple[str, int], Pairing] = {}
    for profile, area in _take_turns(profiles, cycle):
        near = profile.school.district if rule.same_district else ""
        able = [one for one in helpers.get((area.number, near), ()) if _is_able(one, profile.school)]
        free = [one for one in able if asked[one.school.urn] < rule.most]
        chosen = min(free, key=lambda one: _preference(one, profile.school, asked, cycle), default=None)
        if chosen:
            asked[chosen.school.urn] += 1
        given[profile.school.urn, area.number] = _pair(profile.school, area, chosen, bool(able), rule, rubric)
    return tuple(
        given[profile.school.urn, area.number]
        for profile in profiles
        for area in profile.areas
        if (profile.school.urn, area.number) in given
    )


def _list_helpers(profiles: Sequence[Profile], rule: PairingRule) -> Mapping[tuple[int, str], list[_Helper]]:
    """Area, and the district where only that counts → those that could help there."""
    found: dict[tuple[int, str], list[_Helper]] = {}
    for profile in profiles:
        for area in profile.areas if profile.shares_practice else ():
            if _level(area) is Level.ADVANCED:
                near = profile.school.district if rule.same_district else ""
                found.setdefault((area.number, near), []).append(_Helper(profile.school, bool(area.moderated)))
    return found


def _level(area: ProfileArea) -> Level | None:
    """The adviser's level where there is one, or that of the answers."""
    return LEVELS.get(area.moderated or area.key)


def _take_turns(profiles: Sequence[Profile], cycle: str) -> Iterator[tuple[Profile, ProfileArea]]:
    """Every need, lowest first within a school: the first of each school, then the second of each, and so on."""
    drawn = sorted(profiles, key=lambda one: _lot(one.school, cycle))
    needs = [(profile, _list_needs(profile)) for profile in drawn]
    for turn in range(max((len(areas) for _, areas in needs), default=0)):
        yield from ((profile, areas[turn]) for profile, areas in needs if turn < len(areas))


def _list_needs(profile: Profile) -> list[ProfileArea]:
    needs = [(level, area) for area in profile.areas if (level := _level(area)) is not None and level <= Level.EMERGING]
    return [area for _, area in sorted(needs, key=lambda need: need[0])]


def _lot(school: School, cycle: str) -> str:
    return sha256(f"{cycle} {school.urn}".encode()).hexdigest()


def _is_able(helper: _Helper, school: School) -> bool:
    return helper.school.urn != school.urn and _is_near_in_phase(helper.school.phase, school.phase)


def _is_near_in_phase(one: Phase, other: Phase) -> bool:
    return one is other or other in _NEXT[one] or one in _NEXT[other]


def _preference(helper: _Helper, school: School, asked: Counter[str], cycle: str) -> tuple[bool, bool, bool, int, str]:
    one = helper.school
    return (
        not helper.is_moderated,
        one.phase is not school.phase,
        one.district != school.district,
        asked[one.urn],
        _lot(one, cycle),
    )


def _pair(
    school: School, area: ProfileArea, chosen: _Helper | None, is_known: bool, rule: PairingRule, rubric: Rubric
) -> Pairing:
    level = area.moderated or area.key
    if chosen is None:
        return Pairing(school, area.number, level, None, False, _say_none(area.number, is_known, rule, rubric))
    return Pairing(
        school, area.number, level, chosen.school, chosen.is_moderated, _say_why(chosen, school, area.number, rubric)
    )


def _say_why(chosen: _Helper, school: School, area: int, rubric: Rubric) -> str:
    helper, advanced = chosen.school, rubric.label(Level.ADVANCED)
    seen = "as an adviser has seen" if chosen.is_moderated else "by its own answers"
    phase = "of the same phase" if helper.phase is school.phase else f"of the next phase ({helper.phase.label.lower()})"
    place = "in the same district" if helper.district == school.district else f"in {helper.district}"
    return f"{advanced} in Area {area}, {seen}; {phase}, {place}, and willing to share its practice."


def _say_none(area: int, is_known: bool, rule: PairingRule, rubric: Rubric) -> str:
    if is_known:
        times = {1: "once", 2: "twice"}.get(rule.most, f"{rule.most} times")
        return f"Every school that could help in Area {area} has been named {times} already."
    where = " in its district" if rule.same_district else ""
    advanced = rubric.label(Level.ADVANCED)
    return f"No school of the same or the next phase{where} is {advanced} in Area {area} and willing to share its practice."

"""The opportunities that many schools share, so that the LA can plan what to offer them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.model.assessment import Kind
from pipeline.model.profile import Profile, ProfileOpportunity
from pipeline.model.rubric import Rubric
from pipeline.rules.profile import step_of

_KINDS = (Kind.STATUTORY_GAP, Kind.NOT_YET, Kind.HOLDING, Kind.FELL)


@dataclass(frozen=True)
class Need:
    """One of the rubric's opportunities, and how many schools have it: in all, as a statutory gap, because it is not in place,
    because it holds its area back, because it has slipped; and on how many first pages it stands."""

    criterion: str
    title: str
    opportunity: str
    schools: int
    statutory: int
    not_yet: int
    holding: int
    slipped: int
    first_page: int


def tally_needs(profiles: Sequence[Profile], rubric: Rubric) -> tuple[Need, ...]:
    """Those that most schools have first, then in rubric order. The schools' own are not among them."""
    kinds: Counter[tuple[str, str, str]] = Counter()
    first: Counter[tuple[str, str]] = Counter()
    wording: dict[tuple[str, str], ProfileOpportunity] = {}
    for one, schools in Counter(chain.from_iterable(profile.opportunities for profile in profiles)).items():
        if one.to and one.criterion in rubric.criteria:
            kinds[one.criterion, one.to, one.kind] += schools
            wording[one.criterion, one.to] = one
    for one, schools in Counter(chain.from_iterable(map(list_first, profiles))).items():
        first[one.criterion, one.to] += schools
    places = {key: at for at, key in enumerate(rubric.criteria)}
    found = [
        _need(key, step.opportunity, kinds, first[key], rubric)
        for key, one in wording.items()
        if (step := step_of(one, rubric))
    ]
    return tuple(sorted(found, key=lambda need: (-need.schools, places[need.criterion], need.opportunity)))


def list_first(profile: Profile) -> Sequence[ProfileOpportunity]:
    """Those on the first page of a school's plan: its statutory gaps and its priorities."""
    refs = frozenset(profile.priorities)
    return [one for one in profile.opportunities if one.ref in refs or one.kind == Kind.STATUTORY_GAP]


def _need(key: tuple[str, str], opportunity: str, kinds: Counter[tuple[str, str, str]], first: int, rubric: Rubric) -> Need:
    statutory, not_yet, holding, slipped = (kinds[*key, kind.value] for kind in _KINDS)
    return Need(
        criterion=key[0],
        title=rubric.criteria[key[0]].title,
        opportunity=opportunity,
        schools=statutory + not_yet + holding + slipped,
        statutory=statutory,
        not_yet=not_yet,
        holding=holding,
        slipped=slipped,
        first_page=first,
    )

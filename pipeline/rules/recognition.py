"""Which action each row of a returned plan is: by its reference, its control's tag, its bookmark and its wording.

No row is ever given to an action on a guess. Where the layers disagree, the wording decides if it clearly can; where it cannot,
the row is an action of the school's own, and the one it may have been is told as missing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.sent_plan import SentPlan
from pipeline.rules.candidate import Candidate
from pipeline.rules.sent_wording import OWN, SURE, Wording
from pipeline.rules.wording import fold

_ENOUGH = 0.8  # likeness that is enough without any other layer
_HARDLY = 0.35  # likeness under which a row is another's already where it is as like that as a row of its own must be


class Doubt(StrEnum):
    """What is told of how a row was recognised."""

    NO_REFERENCE = "its reference is gone"
    OTHER_REFERENCE = "its reference and its wording disagree"
    COPY = "a copy of another row"
    SAME_REFERENCE = "another row has the same reference"
    UNKNOWN_REFERENCE = "its reference was never given"
    NO_AGREEMENT = "its reference, list and wording disagree"


@dataclass(frozen=True)
class Recognised:
    """A row and the action it is; `ref` is empty for one that the school added, `copy_of` is filled for a copy."""

    candidate: Candidate
    ref: str
    doubt: Doubt | None = None
    copy_of: str = ""


def recognise(candidates: Sequence[Candidate], sent: SentPlan, wording: Wording) -> tuple[Recognised, ...]:
    """Every candidate in its order, each action claimed by at most one of them."""
    claims = [_claim(candidate, wording) for candidate in candidates]
    kept = _settle(candidates, claims, wording)
    free = [ref for ref in sent.by_ref if ref not in kept]
    found: dict[int, Recognised] = {}
    for place, (candidate, (ref, doubt)) in enumerate(zip(candidates, claims, strict=True)):
        if ref and kept[ref] == place:
            found[place] = Recognised(candidate, ref, doubt)
        elif ref:
            found[place] = _double(candidate, ref, candidates[kept[ref]])
    for place, candidate in enumerate(candidates):
        if place not in found:
            found[place] = _recover(candidate, free, wording, claims[place][1])
            free = [ref for ref in free if ref != found[place].ref]
    return tuple(found[place] for place in range(len(candidates)))


def _claim(candidate: Candidate, wording: Wording) -> tuple[str, Doubt | None]:
    """The action a row is on its own showing, and what is odd about it; none where only its wording could tell."""
    visible, tag, mark = candidate.visible, candidate.tag, candidate.bookmark
    if visible and wording.stands(candidate, visible):
        return visible, None
    if visible and wording.likeness(candidate, visible) >= OWN:
        rival = wording.rival(candidate, visible)
        return (rival, Doubt.OTHER_REFERENCE) if rival else (visible, None)
    other, sure = _another(candidate, wording)
    if visible:
        enough = SURE if wording.likeness(candidate, visible) > _HARDLY else OWN
        if sure >= enough and other != visible:
            return other, Doubt.OTHER_REFERENCE
        hidden = [name for name in (tag, mark) if name]
        if visible in hidden or not hidden:
            return visible, None
        agreed = next((name for name in hidden if wording.likeness(candidate, name) >= OWN), "")
        return (agreed, Doubt.OTHER_REFERENCE) if agreed else ("", Doubt.NO_AGREEMENT)
    gone = Doubt.UNKNOWN_REFERENCE if candidate.typed else Doubt.NO_REFERENCE
    for name in (mark, tag):
        if name and wording.likeness(candidate, name) >= OWN:
            return name, gone
    if sure >= SURE:
        return other, gone
    # A copied row keeps its control's tag and loses its bookmark: only both together can stand against the wording.
    return (mark, gone) if mark and mark == tag and not candidate.typed else ("", gone)


def _another(candidate: Candidate, wording: Wording) -> tuple[str, float]:
    """The action whose wording a row has, if one alone has it."""
    return wording.best(candidate, sorted(wording.seems(candidate)) or list(wording.sent.by_ref))


def _settle(candidates: Sequence[Candidate], claims: Sequence[tuple[str, Doubt | None]], wording: Wording) -> Mapping[str, int]:
    """Action → the place of the row that keeps it: the closest wording; then the one that was there before, not a copy."""
    claimants: defaultdict[str, list[int]] = defaultdict(list)
    for place, (ref, _) in enumerate(claims):
        if ref:
            claimants[ref].append(place)

    def rank(place: int, ref: str) -> tuple[bool, float, bool, bool, bool, int]:
        one = candidates[place]
        return (
            not one.row.deleted,
            round(wording.likeness(one, ref), 3),
            one.bookmark == ref,
            one.visible == ref,
            one.tag == ref,
            -place,
        )

    return {
        ref: places[0] if len(places) == 1 else max(places, key=lambda place: rank(place, ref))
        for ref, places in claimants.items()
    }


def _double(candidate: Candidate, ref: str, keeper: Candidate) -> Recognised:
    """A second row of an action: a copy, or what a tracked move left behind, is none; anything else is the school's own."""
    if candidate.row.deleted or _without_reference(candidate) == _without_reference(keeper):
        return Recognised(candidate, "", Doubt.COPY, copy_of=ref)
    return Recognised(candidate, "", Doubt.SAME_REFERENCE)


def _without_reference(candidate: Candidate) -> list[str]:
    return [text for text in candidate.texts if text != fold(candidate.typed)]


def _recover(candidate: Candidate, free: Sequence[str], wording: Wording, doubt: Doubt | None) -> Recognised:
    """A row whose wording alone can tell, compared only with actions that no other row claims."""
    if doubt is not Doubt.NO_AGREEMENT and candidate.texts:
        near = [ref for ref in free if ref in wording.seems(candidate)] or free
        ref, share = wording.best(candidate, near)
        if share < _ENOUGH:
            ref, share = wording.best(candidate, [one for one in near if _area_of(one) == candidate.table.area])
        if share >= _ENOUGH:
            return Recognised(candidate, ref, doubt)
    return Recognised(candidate, "", doubt if candidate.typed or doubt is Doubt.NO_AGREEMENT else None)


def _area_of(ref: str) -> int:
    return int(ref.partition("-")[0].partition(".")[0])

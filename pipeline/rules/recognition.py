"""Which action each row of a returned plan is: by its reference, its control's tag, its bookmark and its wording.

No row is ever given to an action on a guess. Where the layers disagree, the wording decides if it clearly can; where it cannot,
the row is an action of the school's own, and the one it may have been is told as missing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pipeline.model.returned_plan import PlanRow, PlanTable
from pipeline.model.sent_plan import SentPlan
from pipeline.rules.plan_column import BOOKMARK, TAG
from pipeline.rules.plan_reference import read_reference
from pipeline.rules.wording import fold, likeness, list_words, most_alike

_OWN, _SURE, _ENOUGH = 0.6, 0.85, 0.8  # likeness: still its own; surely another's; enough without any other layer
_HARDLY = 0.35  # likeness under which a row is another's already where it is as like that as a row of its own must be
_CLOSER = 0.05  # by which another action's wording must be closer than that of the reference, which still is like it
_LEAD_OVER_OTHERS = 0.15  # by which the likest must be ahead of the next
_WORDINGS = ("opportunity", "action", "success")


class Doubt(StrEnum):
    """What is told of how a row was recognised."""

    NO_REFERENCE = "its reference is gone"
    OTHER_REFERENCE = "its reference and its wording disagree"
    COPY = "a copy of another row"
    SAME_REFERENCE = "another row has the same reference"
    UNKNOWN_REFERENCE = "its reference was never given"
    NO_AGREEMENT = "its reference, list and wording disagree"


@dataclass(frozen=True)
class Candidate:
    """A row that may be an action. `typed` is what stands where the reference is, `visible` the reference if it is one of ours;
    `tag` and `bookmark` the actions that those name."""

    table: PlanTable
    row: PlanRow
    typed: str
    visible: str
    tag: str
    bookmark: str
    likenesses: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its cells, folded."""
        return tuple(folded for cell in self.row.cells if cell and (folded := fold(cell)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its cells."""
        return frozenset().union(*map(list_words, self.texts))


@dataclass(frozen=True)
class Recognised:
    """A row and the action it is; `ref` is empty for one that the school added, `copy_of` is filled for a copy."""

    candidate: Candidate
    ref: str
    doubt: Doubt | None = None
    copy_of: str = ""


class Wording:
    """The wordings of the actions as sent; `raw` holds them, and the references, letter for letter."""

    def __init__(self, sent: SentPlan) -> None:
        self.sent = sent
        self.raw = {getattr(action, name) for action in sent.actions for name in ("ref", *_WORDINGS)}

    @cached_property
    def printed(self) -> Mapping[str, Sequence[str]]:
        """Action → its wordings, folded."""
        return {action.ref: [fold(getattr(action, name)) for name in _WORDINGS] for action in self.sent.actions}

    @cached_property
    def _exact(self) -> Mapping[str, set[str]]:
        exact: defaultdict[str, set[str]] = defaultdict(set)
        for action in self.sent.actions:
            for text in (*self.printed[action.ref], fold(f"{action.kind} {action.opportunity}")):
                if text:
                    exact[text].add(action.ref)
        return exact

    def likeness(self, candidate: Candidate, ref: str) -> float:
        """How much of what an action's row said still stands in the candidate, 0 to 1."""
        if ref not in candidate.likenesses and self.stands(candidate, ref):
            candidate.likenesses[ref] = 1.0
        if ref not in candidate.likenesses:
            label = fold(self.sent.by_ref[ref].kind)
            parts = [
                1.0
                if printed in candidate.texts
                else max((likeness(printed, _bare(text, label)) for text in candidate.texts), default=0.0)
                for printed in self.printed[ref]
                if printed
            ]
            candidate.likenesses[ref] = sum(parts) / len(parts) if parts else 0.0
        return candidate.likenesses[ref]

    def stands(self, candidate: Candidate, ref: str) -> bool:
        """Whether every wording of an action stands in the row, letter for letter."""
        action, cells = self.sent.by_ref[ref], candidate.row.cells
        return all(text in cells for text in (action.opportunity, action.action, action.success) if text) and bool(
            action.opportunity
        )

    def seems(self, candidate: Candidate) -> set[str]:
        """The actions of which a wording stands in the row as it was."""
        return set().union(*(self._exact.get(text, ()) for text in candidate.texts))

    def rival(self, candidate: Candidate, ref: str) -> str:
        """The one action whose wording the row has as it was sent, where what it has of `ref` is only much like it: two steps
        that a school wrote itself may differ in a word."""
        own = self.likeness(candidate, ref)
        if own == 1.0:
            return ""
        closer = [one for one in self.seems(candidate) - {ref} if self.likeness(candidate, one) >= max(_SURE, own + _CLOSER)]
        return closer[0] if len(closer) == 1 else ""

    def best(self, candidate: Candidate, among: Sequence[str]) -> tuple[str, float]:
        """The likest action, if it is like enough to count and clearly ahead of every other; else none."""
        near = (ref for ref in among if self._may_be_like(candidate, ref))
        ranked = sorted(((self.likeness(candidate, ref), ref) for ref in near), reverse=True)[:2]
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD_OVER_OTHERS):
            return "", 0.0
        return ranked[0][1], ranked[0][0]

    def _may_be_like(self, candidate: Candidate, ref: str) -> bool:
        """Whether enough words of an action stand in the row, in whatever order, for it to count or to be near one that does.
        It takes a tenth of what a likeness takes, and rules out nearly all."""
        parts = [most_alike(printed, candidate.words) for printed in self.printed[ref] if printed]
        return not parts or sum(parts) / len(parts) >= _OWN - _LEAD_OVER_OTHERS


def _bare(text: str, label: str) -> str:
    """A cell without the words that say why the action is there."""
    return text[len(label) :].strip() if text.startswith(label) else text


def make_candidate(table: PlanTable, row: PlanRow, reference_column: int | None, sent: SentPlan) -> Candidate:
    """What a row says of which action it is."""
    cells = [cell or "" for cell in row.cells]
    typed, visible = "", ""
    if reference_column is not None and reference_column < len(cells):
        typed = cells[reference_column].strip()
        visible = typed if typed in sent.by_ref else read_reference(typed)
    else:
        found = [reference for cell in cells if len(cell) < 20 and (reference := read_reference(cell)) in sent.by_ref]
        visible = typed = found[0] if len(found) == 1 else ""
    return Candidate(
        table=table,
        row=row,
        typed=typed,
        visible=visible if visible in sent.by_ref else "",
        tag=_named(row.tags, TAG, sent),
        bookmark=_marked(row.bookmarks, sent),
    )


def _named(tags: Sequence[str], start: str, sent: SentPlan) -> str:
    named = {tag.removeprefix(start) for tag in tags if tag.startswith(start)}
    return named.pop() if len(named) == 1 and named <= sent.by_ref.keys() else ""


def _marked(bookmarks: Sequence[str], sent: SentPlan) -> str:
    """Bookmarks are numbered in the order of the document as sent."""
    numbers = {mark.removeprefix(BOOKMARK) for mark in bookmarks if mark.startswith(BOOKMARK)}
    number = numbers.pop() if len(numbers) == 1 else ""
    place = int(number) - 1 if number.isdecimal() and len(number) < 6 else -1
    return sent.actions[place].ref if 0 <= place < len(sent.actions) else ""


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
    if visible and wording.likeness(candidate, visible) >= _OWN:
        rival = wording.rival(candidate, visible)
        return (rival, Doubt.OTHER_REFERENCE) if rival else (visible, None)
    other, sure = _another(candidate, wording)
    if visible:
        enough = _SURE if wording.likeness(candidate, visible) > _HARDLY else _OWN
        if sure >= enough and other != visible:
            return other, Doubt.OTHER_REFERENCE
        hidden = [name for name in (tag, mark) if name]
        if visible in hidden or not hidden:
            return visible, None
        agreed = next((name for name in hidden if wording.likeness(candidate, name) >= _OWN), "")
        return (agreed, Doubt.OTHER_REFERENCE) if agreed else ("", Doubt.NO_AGREEMENT)
    gone = Doubt.UNKNOWN_REFERENCE if candidate.typed else Doubt.NO_REFERENCE
    for name in (mark, tag):
        if name and wording.likeness(candidate, name) >= _OWN:
            return name, gone
    if sure >= _SURE:
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

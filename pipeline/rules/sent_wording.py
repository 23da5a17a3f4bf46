"""How a row of a returned plan compares with the wordings of the actions as they were sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from pipeline.model.sent_plan import SentPlan
from pipeline.rules.candidate import Candidate
from pipeline.rules.wording import fold, likeness, most_alike

OWN, SURE = 0.6, 0.85  # likeness: still a row's own; surely that of another
_CLOSER = 0.05  # by which another action's wording must be closer than that of the reference, which still is like it
_LEAD_OVER_OTHERS = 0.15  # by which the likest must be ahead of the next
_WORDINGS = ("opportunity", "action", "success")


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
        closer = [one for one in self.seems(candidate) - {ref} if self.likeness(candidate, one) >= max(SURE, own + _CLOSER)]
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
        return not parts or sum(parts) / len(parts) >= OWN - _LEAD_OVER_OTHERS


def _bare(text: str, label: str) -> str:
    """A cell without the words that say why the action is there."""
    return text[len(label) :].strip() if text.startswith(label) else text

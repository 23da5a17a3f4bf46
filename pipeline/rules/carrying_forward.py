"""The three-way merge: the plan as sent, the plan as returned, and what the new ratings suggest.

A school's words always win over ours. What is unfinished is carried forward under its reference; a new suggestion stands
beside, never over. Only an action of which the school wrote nothing, did nothing and that is no longer suggested goes by
itself. Where the school left our words as they were, and we now say the same in other words, ours are renewed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from pipeline.model.carried import FIELDS, Origin, ReturnedAction, Status, TakenBack
from pipeline.model.ledger import ActionLife, Ledger, MergedPlan, PlannedAction, TakenIn
from pipeline.model.sent_plan import SentAction, SentPlan
from pipeline.rules.plan_reference import next_reference
from pipeline.rules.returned_row import as_sent
from pipeline.rules.wording import fold, likeness

_SAME = 0.8  # likeness of two wordings of one suggestion
BESIDE = " – "  # between a label and what a school put beside an action, as the plan prints it: a word stays a word
_WORDINGS = ("opportunity", "action", "success")

TAKEN_OUT = "The school took it out of its plan."
NOT_NEEDED = "The school no longer needs it."
LAPSED = "It is no longer suggested, and nothing was written of it."
STILL_SUGGESTED = "The school took it out of its plan; its answers still suggest it."
DONE_ONCE = "It follows {ref}, which is done."
TO_BE_DELETED = "The school proposes to delete it."


def carry_forward(
    taken: TakenBack, sent: SentPlan, suggestions: Sequence[SentAction], ledger: Ledger, cycle: str, returned: TakenIn
) -> MergedPlan:
    """The actions of the plan for `cycle`. `suggestions` are the new ratings' opportunities as a plan prints them, in the order
    of the plan; their references are those they would have in a first plan. `returned` is the plan that was taken in."""
    merge = _Merge(taken, sent, suggestions, ledger, cycle)
    merge.carry()
    merge.suggest()
    lives = {life.ref: life for life in ledger.lives} | merge.lives
    return MergedPlan(
        open=tuple(sorted(merge.open, key=lambda planned: (planned.action.area, not planned.carried))),
        closed=tuple(merge.closed),
        unplaced=taken.unplaced,
        ledger=replace(ledger, lives=tuple(lives.values()), taken_in=(*ledger.taken_in, returned)),
    )


def open_ledger(sent: SentPlan) -> Ledger:
    """The ledger of a school's first plan."""
    return Ledger(sent.urn, tuple(_open(action, sent.cycle) for action in sent.actions))


class _Merge:
    """One school's merge."""

    def __init__(self, taken: TakenBack, sent: SentPlan, suggestions: Sequence[SentAction], ledger: Ledger, cycle: str) -> None:
        self.taken, self.sent, self.cycle = taken, sent, cycle
        self.open: list[PlannedAction] = []
        self.closed: list[PlannedAction] = []
        self.lives: dict[str, ActionLife] = {}
        self._before = {life.ref: life for life in ledger.lives}
        self._waiting = list(suggestions)
        self._given = {*ledger.refs, *sent.by_ref, *sent.retired, *(action.ref for action in taken.actions)}
        self._done: list[ReturnedAction] = []

    @cached_property
    def _unchanged(self) -> frozenset[str]:
        """What stands as it was sent, line by line: asked only where something stood beside an action."""
        return frozenset(fold(line) for text in self.taken.unchanged for line in (text, *text.split("\n")))

    def carry(self) -> None:
        """Every action that came back, in its order."""
        for action in self.taken.actions:
            again = None if action.status is Status.DONE else self._take_suggestion(action)
            if action.status is Status.DONE:
                self._done.append(action)
                self._close(action, "")
            elif action.status is Status.NOT_NEEDED and not again:
                self._close(action, NOT_NEEDED)
            elif action.origin is Origin.REMOVED:
                self._carry(action, STILL_SUGGESTED, again) if again else self._close(action, TAKEN_OUT)
            elif not (again or self._is_written_of(action)) and action.status is Status.NOT_STARTED:
                self._close(action, LAPSED)
            else:
                self._carry(action, TO_BE_DELETED if action.deletion_proposed else "", again)

    def suggest(self) -> None:
        """What is new, under references that were never given."""
        for suggestion in self._waiting:
            stem = suggestion.ref.partition("-")[0]
            ref = next_reference(stem, self._given)
            done = next((action.ref for action in self._done if action.ref.startswith(f"{stem}-")), "")
            new = replace(suggestion, ref=ref)
            self.lives[ref] = _open(new, self.cycle)
            note = DONE_ONCE.format(ref=done) if done else ""
            self.open.append(PlannedAction(as_sent(new), self.cycle, 0, note, suggestion.ref))

    def _take_suggestion(self, action: ReturnedAction) -> SentAction | None:
        """The suggestion that says the same as an action did when it was sent, or does now; it is then no new one."""
        printed = self.sent.by_ref.get(action.ref)
        ours = tuple(name for name in _WORDINGS if printed is None or name not in printed.own) or _WORDINGS
        wordings = [_wording(one, ours) for one in (printed, action) if one is not None]
        stem = action.ref.partition("-")[0]
        for suggestion in self._waiting:
            same_place = suggestion.ref.partition("-")[0] == stem or ("." not in stem and suggestion.area == action.area)
            if same_place and max(likeness(_wording(suggestion, ours), wording) for wording in wordings) >= _SAME:
                self._waiting.remove(suggestion)
                return suggestion
        return None

    def _carry(self, action: ReturnedAction, note: str, again: SentAction | None) -> None:
        own = self._own(action)
        action = _renew(self._with_earlier(action), again, own)
        life = self._life(action)
        carried = replace(life, carried=life.carried + 1, status=action.status, due=action.due, words=_wording(action))
        self.lives[action.ref] = carried
        suggested = again.ref if again else ""
        self.open.append(PlannedAction(action, carried.opened, carried.carried, note, suggested, own))

    def _is_written_of(self, action: ReturnedAction) -> bool:
        """Whether the school wrote anything of it, in this cycle or an earlier one."""
        printed = self.sent.by_ref.get(action.ref)
        return action.is_touched or (printed is not None and bool(printed.own or printed.beside))

    def _own(self, action: ReturnedAction) -> tuple[str, ...]:
        """The fields that hold the school's words, of this cycle or an earlier one."""
        printed = self.sent.by_ref.get(action.ref)
        return tuple(name for name in FIELDS if name in action.changed or (printed and name in printed.own))

    def _with_earlier(self, action: ReturnedAction) -> ReturnedAction:
        """With what the school put beside it in an earlier cycle, as far as that still stands as it was printed."""
        printed = self.sent.by_ref.get(action.ref)
        if printed is None or not printed.beside or action.origin is Origin.REMOVED:
            return action
        still = tuple(pair for pair in printed.beside if fold(BESIDE.join(pair)) in self._unchanged)
        return replace(action, extra=(*still, *action.extra))

    def _close(self, action: ReturnedAction, why: str) -> None:
        life = replace(self._life(action), status=action.status, due=action.due, closed_in=self.sent.cycle, dropped=why)
        self.lives[action.ref] = life
        planned = PlannedAction(self._with_earlier(action), life.opened, life.carried, why, own=self._own(action))
        self.closed.append(planned)

    def _life(self, action: ReturnedAction) -> ActionLife:
        return self._before.get(action.ref) or ActionLife(action.ref, action.area, self.sent.cycle)


def _wording(action: SentAction | ReturnedAction, names: Sequence[str] = _WORDINGS) -> str:
    """What an action says, by the fields that are ours: those a school once rewrote tell nothing of a suggestion."""
    return fold(" ".join(getattr(action, name) for name in names))


def is_said_again(suggestion: SentAction, life: ActionLife) -> bool:
    """Whether a suggestion says the same as an action did when it was last carried."""
    return likeness(_wording(suggestion), life.words) >= _SAME


def _open(action: SentAction, cycle: str) -> ActionLife:
    return ActionLife(action.ref, action.area, cycle, words=_wording(action))


def _renew(action: ReturnedAction, again: SentAction | None, own: Collection[str]) -> ReturnedAction:
    """Our own wording as we say it now, where it is not the school's; lead, date, cost and progress stay."""
    if again is None or action.origin is Origin.REMOVED:
        return action
    ours = {name: getattr(again, name) for name in _WORDINGS if name not in own}
    if again.kind == action.kind and all(getattr(action, name) == text for name, text in ours.items()):
        return action
    return replace(action, **ours, kind=again.kind)


def list_texts(merged: MergedPlan) -> Iterator[str]:
    """What the new plan must print of a school's words: what the proof looks for in the finished document."""
    for planned in (*merged.open, *merged.closed):
        yield from (getattr(planned.action, name) for name in planned.own)
        yield from (text for pair in planned.action.extra for text in pair)
        yield from (remark.text for remark in planned.action.remarks)
    yield from (one.text for one in merged.unplaced)

"""The ledger of a school's actions, for life: when each was opened, how often it was carried forward, what became of it."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.carried import ReturnedAction, Status, Unplaced


@dataclass(frozen=True)
class ActionLife:
    """One action from its first plan on. `ref` is never given to another; `opened` is the cycle of its first plan, `carried`
    how many times it went into a next one; `closed_in` the cycle in which it was done or dropped, empty while it is open;
    `dropped` says why it is no longer followed, empty where it is, or where it was done. `words` is its wording when last
    carried, folded."""

    ref: str
    area: int
    opened: str
    carried: int = 0
    status: Status | None = Status.NOT_STARTED
    due: date | None = None
    closed_in: str = ""
    dropped: str = ""
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it stands in the school's plan."""
        return not self.closed_in

    @property
    def criterion(self) -> str:
        """The criterion it belongs to; empty for one that the school added."""
        stem = self.ref.partition("-")[0]
        return stem if "." in stem else ""


@dataclass(frozen=True)
class TakenIn:
    """A returned plan that was taken in: its id, the SHA-256 of the file, and the cycle that it was sent in."""

    plan_id: str
    digest: str
    cycle: str


@dataclass(frozen=True)
class Ledger:
    """All actions of one school, in the order in which they were opened, and the plans that were taken in."""

    urn: str
    lives: tuple[ActionLife, ...] = ()
    taken_in: tuple[TakenIn, ...] = ()

    @property
    def refs(self) -> frozenset[str]:
        """Every reference that was ever given."""
        return frozenset(life.ref for life in self.lives)


@dataclass(frozen=True)
class PlannedAction:
    """An action of the new plan. `action` has the words to print, `carried` how many times it was carried forward (0 for one
    that is new), `note` what there is to say of it, as a sentence. `suggested` is the reference that the same suggestion would
    have in a first plan, empty where nothing suggests it any more; `own` names the fields that hold the school's words."""

    action: ReturnedAction
    opened: str
    carried: int
    note: str = ""
    suggested: str = ""
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class MergedPlan:
    """What the next plan holds of actions: `open` in the order of areas, what was carried before what is new; `closed` with
    why; `unplaced` for its last page; and the ledger as it then stands."""

    open: tuple[PlannedAction, ...]
    closed: tuple[PlannedAction, ...]
    unplaced: tuple[Unplaced, ...]
    ledger: Ledger

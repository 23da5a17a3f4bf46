"""What the rules made of a submission: ratings with their reasons, and the opportunities that follow."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.finding import Place
from pipeline.model.level import Level, State
from pipeline.model.moderation import Moderated


@dataclass(frozen=True)
class Standing:
    """One criterion as it counts. `level` is None where it is not applicable or blank; `answered` is what was chosen
    before the evidence rule, so that the two differ where evidence is missing; `has_evidence` says whether any was written."""

    criterion: str
    state: State
    level: Level | None
    answered: Level | None
    is_gate: bool
    place: Place
    has_evidence: bool = True

    @property
    def is_blank(self) -> bool:
        """Whether the criterion is asked but has no usable answer."""
        return self.state is State.NOT_RATED

    @property
    def is_statutory_gap(self) -> bool:
        """A gate answered *Not yet in place*."""
        return self.is_gate and self.level is Level.NOT_YET

    @property
    def lacks_evidence(self) -> bool:
        """Whether it counts for less than was answered."""
        return self.level is not self.answered


@dataclass(frozen=True)
class Change:
    """One criterion (or area) that must rise for the next level to be reached.

    `now` is None for a blank, and for an area that is not rated. With `evidence_only` the answer stands and only its evidence
    is missing; with `needs_evidence` the new answer counts only once evidence is written beside it, and none is there yet."""

    key: str
    now: Level | None
    to: Level
    evidence_only: bool = False
    needs_evidence: bool = False


@dataclass(frozen=True)
class Rating:
    """A level and its reasons. `lowest` and `highest` differ only where blanks keep it from being rated.

    `reason` is the deciding rule as a sentence, `lift` the smallest change that lifts it, to `next_level`, as a sentence (empty
    where there is none). `changes` are the same as data: for an area its criteria, for the overall the gates that must close
    and then areas; where blanks keep it from being rated, they lift `lowest`. `decided_by` are the criteria or areas that
    decided it, `gates` the statutory gaps, and `without_gates` is the level it would have with those duties in place, where
    they hold it down (the highest it could have, where there are blanks as well).
    """

    state: State
    level: Level | None
    lowest: Level | None
    highest: Level | None
    reason: str
    lift: str
    next_level: Level | None
    changes: tuple[Change, ...]
    decided_by: tuple[str, ...]
    gates: tuple[str, ...]
    without_gates: Level | None
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class AreaRating:
    """An area's rating and how each of its criteria stands."""

    area: int
    rating: Rating
    standings: tuple[Standing, ...]


class Kind(StrEnum):
    """Why an opportunity is in the plan, in the order in which opportunities are listed."""

    STATUTORY_GAP = "Statutory gap"
    NOT_YET = "Not yet in place"
    HOLDING = "Holds the area back"
    FELL = "Has slipped since last cycle"
    OWN = "The school's own"


@dataclass(frozen=True)
class Opportunity:
    """An opportunity for improvement. `ref` is the criterion's id and a letter, such as `5.2-a`: what people say aloud."""

    ref: str
    criterion: str
    area: int
    kind: Kind
    opportunity: str
    action: str
    success: str
    lead: str
    in_smallest_change: bool


@dataclass(frozen=True)
class Assessment:
    """Everything the rules say of one submission. Opportunities stand in order of importance; `moderated` are the areas that an
    adviser has looked at, in rubric order."""

    areas: tuple[AreaRating, ...]
    overall: Rating | None
    opportunities: tuple[Opportunity, ...]
    priorities: tuple[str, ...]
    moderated: tuple[Moderated, ...] = ()

    @property
    def gaps(self) -> tuple[Opportunity, ...]:
        """The statutory gaps."""
        return tuple(found for found in self.opportunities if found.kind is Kind.STATUTORY_GAP)

"""Why a school's ratings are what they are, down to the cell: what a screen, a page or another program shows."""

from dataclasses import dataclass, replace

from pipeline.model.finding import Place


@dataclass(frozen=True)
class AnswerTold:
    """One answer of an area.

    `answer` is the word for it, empty for a blank; `held` what its cell held, as a phrase and never free text, empty where
    it is empty; `counts` how it counts where that differs from the answer; `decides` whether it is one that decided.
    """

    criterion: str
    title: str
    answer: str
    held: str
    counts: str
    place: Place
    evidence_cell: str
    is_statutory: bool
    is_blank: bool
    decides: bool


@dataclass(frozen=True)
class AreaTold:
    """One area as the overall counts it."""

    number: int
    name: str
    level: str
    decides: bool


@dataclass(frozen=True)
class GateTold:
    """A statutory duty that is not yet in place."""

    criterion: str
    title: str
    duty: str
    source: str
    place: Place


@dataclass(frozen=True)
class ChangeTold:
    """One part of the smallest change: of a criterion, or (`criterion` empty) of an area. `now` and `to` are words; of an area,
    `how` is its own smallest change where that is all it takes."""

    criterion: str
    area: int
    title: str
    now: str
    to: str
    place: Place | None
    evidence_cell: str
    evidence_only: bool
    needs_evidence: bool
    how: str


@dataclass(frozen=True)
class OtherView:
    """The level somebody else sees an area at: the school itself, with the cell that says so, or an adviser, by name and day.
    `beside` says how it stands beside the rating."""

    level: str
    beside: str
    place: Place | None
    by: str
    on: str


@dataclass(frozen=True)
class RatingTold:
    """One rating. `area` is 0 for the overall, which has `areas` where an area has `answers`.

    `reason` and `lift` are the sentences of the plan, letter for letter. `shortfall` says what keeps it from `next_level`;
    `without_gates` is the level it would have with the duties of `gates` in place, empty where they do not hold it down.
    `since` says how it compares with the last cycle; empty for the overall, and in a school's first.
    """

    area: int
    title: str
    level: str
    is_rated: bool
    reason: str
    shortfall: str
    lift: str
    next_level: str
    without_gates: str
    answers: tuple[AnswerTold, ...]
    areas: tuple[AreaTold, ...]
    gates: tuple[GateTold, ...]
    changes: tuple[ChangeTold, ...]
    own_view: OtherView | None
    moderated: OtherView | None
    since: str = ""


@dataclass(frozen=True)
class Explanation:
    """Every rating of a school in one cycle, the overall first. `standing` says what the ratings are and are not; `rubric` is
    the edition they were made under, `made_on` the day, `file` the return."""

    urn: str
    school: str
    cycle: str
    rubric: str
    made_on: str
    file: str
    standing: str
    ratings: tuple[RatingTold, ...]

    def about(self, area: int) -> "Explanation | None":
        """The same of one area alone; None where the school has no such area."""
        ratings = tuple(rating for rating in self.ratings if rating.area == area and area)
        return replace(self, ratings=ratings) if ratings else None

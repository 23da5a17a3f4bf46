"""From a reading to one return a school: whose it is, and, of several files of one school, which counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.model.batch import Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.rules.intake import identify, keep_asked, order_of_counting
from pipeline.rules.merging import find_differences, put_together
from pipeline.runner.deliveries import Delivery
from pipeline.runner.workspace import Workspace

_CELLS_NAMED = 6

Reading = tuple[Submission | None, tuple[Finding, ...]]


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived, for one school; without a school it is set aside. `modified` is the file's time in seconds."""

    file: str
    digest: str
    modified: float
    submission: Submission | None = None
    school: School | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def urn(self) -> str:
        """The school's, or empty."""
        return self.school.urn if self.school else ""

    @property
    def completed_on(self) -> date | None:
        """The day the school says it was completed on."""
        return self.submission.identity.completed_on if self.submission else None

    @property
    def answered(self) -> int:
        """How many criteria it answers."""
        return self.submission.answered if self.submission else 0


@dataclass(frozen=True)
class Counting:
    """The return of a school that counts, the names of all its files, and the entries of the others, which follow it."""

    arrival: Arrival
    group: tuple[str, ...]
    others: tuple[Entry, ...] = field(default=())


def attribute(delivery: Delivery, reading: Reading, workspace: Workspace) -> Iterator[Arrival]:
    """A file as read, once for each school it is from; without a school, once, to be set aside."""
    submission, findings = reading
    arrived = Arrival(delivery.name, delivery.digest, delivery.modified)
    if submission is None:
        yield replace(arrived, findings=findings)
        return
    schools, doubts = identify(submission, workspace.register)
    if doubts:
        # What else is wrong with it matters only once it is known whose it is.
        yield replace(arrived, findings=doubts)
    for school in schools:
        asked, changes = keep_asked(submission, school, workspace.configuration.under(submission.edition).rubric)
        yield replace(arrived, submission=asked, school=school, findings=findings + changes)


def choose(arrivals: Sequence[Arrival]) -> Counting:
    """Of the files of one school, the one that counts. Two are put together where they never disagree (SC405); otherwise the
    later counts (SC403)."""
    by_name = {one.file: one for one in arrivals}
    names = order_of_counting([(one.file, one.completed_on, one.modified, one.answered) for one in arrivals])
    return _combine([by_name[name] for name in names], tuple(sorted(names)))


def _combine(ranked: Sequence[Arrival], group: tuple[str, ...]) -> Counting:
    """The first of `ranked`, with what the others add to it."""
    first, others = ranked[0], []
    for other in ranked[1:]:
        assert first.submission is not None
        assert other.submission is not None
        cells = find_differences(first.submission, other.submission)
        place = Place(other.file)
        if cells:
            named = ", ".join(cells[:_CELLS_NAMED]) + (" and more" if len(cells) > _CELLS_NAMED else "")
            told = find("SC403", place, f"{first.file} counts", urn=other.urn, other=first.file, cells=named)
            others.append(set_aside(other, group, (told,)))
        else:
            merged = put_together(first.submission, other.submission)
            told = find("SC405", place, f"the same as, or part of, {first.file}", urn=other.urn, other=first.file)
            first = replace(first, submission=merged, findings=_shared(first, other))
            others.append(replace(set_aside(other, group, (told,)), outcome=Outcome.RATED))
    return Counting(first, group, tuple(others))


def _shared(first: Arrival, other: Arrival) -> tuple[Finding, ...]:
    """Findings of both, without those of one that the other makes good: a blank, a missing row, a missing signature."""
    codes = [{finding.code for finding in one.findings} for one in (first, other)]
    made_good = {code for code in ("RT316", "RT322") if not all(code in found for found in codes)}
    kept = (finding for one in (first, other) for finding in one.findings if finding.code not in made_good)
    return tuple(dict.fromkeys(kept))


def set_aside(arrival: Arrival, group: tuple[str, ...], findings: tuple[Finding, ...]) -> Entry:
    """The entry of a file that makes no plan of its own, or has not made it yet."""
    return Entry(
        file=arrival.file,
        digest=arrival.digest,
        context="",
        group=group,
        outcome=Outcome.SET_ASIDE,
        urn=arrival.urn,
        edition=arrival.submission.edition if arrival.submission else "",
        completed_on=arrival.completed_on,
        answered=arrival.answered,
        plan="",
        plan_digest="",
        note="",
        summary=None,
        findings=findings,
    )


def follow(counting: Counting, outcome: Outcome) -> tuple[Entry, ...]:
    """The school's other files share the outcome of the one they were added to."""
    return tuple(other if other.outcome is Outcome.SET_ASIDE else replace(other, outcome=outcome) for other in counting.others)

"""What the board's paper says in sentences: what the figures come to, and what they cannot say."""

from collections.abc import Iterator, Sequence

from pipeline.model.assessment import Kind
from pipeline.model.dossier import Dossier
from pipeline.model.report import ReportMovement
from pipeline.rules.need import Need
from pipeline.rules.report_movement import say_moves
from pipeline.rules.report_turnout import share_of
from pipeline.rules.small_number import say_part
from pipeline.rules.suppression import SMALLEST

METHOD = (
    "Schools evaluate themselves, and the same published rules turn their answers into ratings. Ratings are indicative: they "
    "are not Ofsted judgements, and do not predict one.",
    "Only schools that returned are counted. Those that did not may differ from those that did.",
    "A number of schools from one to four is not shown, nor one by which it could be worked out, nor the numbers of schools "
    "that nearly all stand at one level. The size of the register and how many schools returned in all are public, and shown.",
)


def list_points(
    dossier: Dossier, moves: Sequence[ReportMovement], since: str, needs: Sequence[Need], overdue: str
) -> tuple[str, ...]:
    """What the paper comes to, most needed first. `overdue` is the sentence on actions, empty where there is none."""
    return tuple(point for point in _list_points(dossier, moves, since, needs, overdue) if point)


def _list_points(
    dossier: Dossier, moves: Sequence[ReportMovement], since: str, needs: Sequence[Need], overdue: str
) -> Iterator[str]:
    yield _say_returns(dossier)
    yield _say_apart(dossier)
    yield _say_gaps(dossier)
    yield overdue
    yield say_moves(moves, since)
    if needs and needs[0].schools >= SMALLEST:
        first = needs[0]
        told = f"{first.criterion} ({first.schools:,} schools)"
        yield f"The opportunity that most schools share is in {told}: {first.opportunity}"


def _say_returns(dossier: Dossier) -> str:
    sums, rated = dossier.batch.reconciliation, len(dossier.counted)
    if 0 < sums.returned < SMALLEST:
        return f"Fewer than {SMALLEST} schools have returned their self-evaluation: too few for numbers that name none."
    told = say_part(sums.returned, sums.returned)
    share = f" ({share_of(sums.returned, sums.register)} per cent)" if sums.returned else ""
    counted = say_part(rated, rated)
    first = f"{told.capitalize()} of the {sums.register:,} schools on the register returned their self-evaluation{share}"
    if rated == sums.returned:
        return f"{first}, and all of those are rated and counted here." if rated else f"{first}."
    return f"{first}; {counted} are rated and counted here."


def _say_apart(dossier: Dossier) -> str:
    apart = dossier.batch.rated_apart
    if not apart:
        return ""
    return f"Schools rated under another edition of the rubric are not counted ({say_part(apart, apart)})."


def _say_gaps(dossier: Dossier) -> str:
    schools = len(dossier.counted)
    if schools < SMALLEST:
        return ""
    held = sum(any(one.kind == Kind.STATUTORY_GAP for one in profile.opportunities) for profile in dossier.counted)
    told = say_part(held, schools)
    if told == "none":
        return "No school says that a statutory duty is not yet met."
    return f"{told.capitalize()} of the {say_part(schools, schools)} schools say that a statutory duty is not yet met."


def list_limits(dossier: Dossier) -> tuple[str, ...]:
    """How the figures came about, and what they cannot say."""
    schools = len(dossier.counted)
    seen = sum(any(area.moderated for area in profile.areas) for profile in dossier.counted)
    moderated = (
        f"Advisers have moderated {say_part(seen, schools)} of these schools. The tables count the schools' own answers."
        if seen
        else "No rating has been moderated by an adviser so far."
    )
    compared = (
        "Movement compares each school with itself in the last cycle. Where the rubric has changed in between, the paper says "
        "so, and the two are set side by side with care."
    )
    return (*METHOD[:1], moderated, *METHOD[1:2], compared, *METHOD[2:])

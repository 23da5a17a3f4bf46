"""What the LA's papers need of each school, and whether the run adds up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.model.assessment import Assessment, Rating
from pipeline.model.batch import AreaLine, Entry, GapLine, Outcome, Reconciliation, Summary
from pipeline.model.comparison import Comparison
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.rules.comparison import say_before, say_break


def summarise(assessment: Assessment, submission: Submission, rubric: Rubric, compared: Comparison | None = None) -> Summary:
    """Levels and counts of one school, and what is `compared` with the last cycle; no free text leaves its own record."""
    overall = assessment.overall
    own = {view.area: rubric.label(view.level) for view in submission.views}
    moderated = {one.area: rubric.label(one.level) for one in assessment.moderated}
    return Summary(
        overall_key=_key(overall) if overall else "",
        overall=rubric.label(overall.level, overall.state) if overall else "",
        areas=tuple(
            AreaLine(
                number=area.area,
                key=_key(area.rating),
                label=rubric.label(area.rating.level, area.rating.state),
                own=own.get(area.area, ""),
                moderated=moderated.get(area.area, ""),
                **_before(area.area, compared, rubric),
            )
            for area in assessment.areas
        ),
        gaps=tuple(_gap(gap.ref, gap.criterion, rubric) for gap in assessment.gaps),
        opportunities=len(assessment.opportunities),
        answered=submission.answered,
        asked=len(submission.responses),
        shares_practice=submission.identity.shares_practice,
        rubric=rubric.edition,
    )


def _before(area: int, compared: Comparison | None, rubric: Rubric) -> Mapping[str, str]:
    found = compared.of(area) if compared else None
    if compared is None or found is None:
        return {}
    across = say_break(found, compared.edition)
    return {"before": say_before(found, rubric), "movement": found.movement.value, "across": across}


def _key(rating: Rating) -> str:
    return rating.state.value if rating.level is None else rating.level.key


def _gap(ref: str, key: str, rubric: Rubric) -> GapLine:
    criterion = rubric.criteria[key]
    return GapLine(ref, criterion.title, criterion.gate.duty if criterion.gate else "")


def reconcile(entries: Sequence[Entry], register: Mapping[str, School], found: int) -> tuple[Reconciliation, tuple[str, ...]]:
    """The two sums of a run, and the URNs of schools with no return. `found` is counted in the folder, not from entries."""
    outcomes = Counter(_best_by_file(entries).values())
    returned = returned_urns(entries)
    missing = tuple(urn for urn in register if urn not in returned)
    sums = Reconciliation(
        found=found,
        rated=outcomes[Outcome.RATED],
        sent_back=outcomes[Outcome.SENT_BACK],
        set_aside=outcomes[Outcome.SET_ASIDE],
        register=len(register),
        returned=len(returned),
        missing=len(missing),
    )
    return sums, missing


def _best_by_file(entries: Iterable[Entry]) -> Mapping[str, Outcome]:
    """File → its outcome; a federation's file, which has an entry for each school, counts by the best of them."""
    best: dict[str, Outcome] = {}
    for entry in entries:
        held = best.get(entry.file, entry.outcome)
        best[entry.file] = min(held, entry.outcome, key=list(Outcome).index)
    return best


def returned_urns(entries: Iterable[Entry]) -> set[str]:
    """The schools of which a return was rated or sent back."""
    return {entry.urn for entry in entries if entry.outcome is not Outcome.SET_ASIDE}

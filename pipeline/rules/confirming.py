"""Old answers in a pre-filled workbook: each counts only where the school says that it is still true, or has changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.model.finding import Finding, find
from pipeline.model.level import Answer
from pipeline.model.submission import OldAnswer, Response, Submission

LastAnswers = Mapping[str, Answer | None]  # criterion id → what it was pre-filled with


def needs_record(submission: Submission) -> bool:
    """Whether the workbook no longer shows what some of its answers were."""
    return any(not row.is_told and not row.is_confirmed for row in submission.old_answers)


def hold_unconfirmed(submission: Submission, last: LastAnswers | None) -> tuple[Submission, tuple[Finding, ...]]:
    """The submission without its old answers that nobody has confirmed: they count as blanks.

    `last` is what the record says that the workbook was sent out with, for rows that no longer show it; where that is not known
    either (None), such an answer counts only with a Yes. Findings: RT330, RT333.
    """
    if not submission.old_answers:
        return submission, ()
    old = {row.criterion: _recall(row, last) for row in submission.old_answers}
    held = {response.criterion: _hold(response, old.get(response.criterion)) for response in submission.responses}
    responses = tuple(replace(one, answer=None) if held[one.criterion] else one for one in submission.responses)
    rows = tuple(
        replace(old[one.criterion], is_held=held[one.criterion]) for one in submission.responses if one.criterion in old
    )
    return replace(submission, responses=responses, old_answers=rows), tuple(_tell(submission, held, old))


def _recall(row: OldAnswer, last: LastAnswers | None) -> OldAnswer:
    """A row with what the record says of it, where the workbook says nothing."""
    return row if row.is_told or last is None else replace(row, answer=last.get(row.criterion), is_told=True)


def _hold(response: Response, row: OldAnswer | None) -> bool:
    """Whether an answer is an old one that does not count."""
    if response.answer is None or row is None or row.is_confirmed:
        return False
    return response.answer is row.answer if row.is_told else True


def _tell(submission: Submission, held: Mapping[str, bool], old: Mapping[str, OldAnswer]) -> Iterator[Finding]:
    for response in submission.responses:
        if held[response.criterion]:
            place, key = old[response.criterion].place, response.criterion
            code = "RT333" if place == response.place else "RT330"  # the answer's own place, where there is no cell for a Yes
            yield find(code, place, "an old answer without a Yes", criterion=key, cell=place.cell)

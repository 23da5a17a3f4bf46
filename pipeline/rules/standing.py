"""How each answer counts, and what is wrong with it."""

from pipeline.model.assessment import Standing
from pipeline.model.finding import Finding, find
from pipeline.model.level import Answer, Level, State
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.submission import Response


def stand(response: Response, criterion: Criterion, rubric: Rubric) -> tuple[Standing, tuple[Finding, ...]]:
    """How one answer counts under the rules.

    A blank, and a *Not applicable* that is not offered or has no reason, stay open: they are never guessed.
    Findings: RT311, RT313, RT314, RT315.
    """
    if response.answer is None:
        finding = find("RT311", response.place, "empty", criterion=criterion.id, cell=response.place.cell)
        return _open(response, criterion), () if response.typed else (finding,)
    answered = response.answer.level
    return _stand_aside(response, criterion, rubric) if answered is None else _count(response, criterion, rubric, answered)


def _count(response: Response, criterion: Criterion, rubric: Rubric, answered: Level) -> tuple[Standing, tuple[Finding, ...]]:
    evidence = rubric.frame.rules.evidence
    level = answered
    findings: tuple[Finding, ...] = ()
    has_evidence = bool(response.evidence.strip())
    if answered >= evidence.required_for and not has_evidence:
        level = min(answered, evidence.counts_as)
        counts_as = rubric.answer_label(level)
        findings = (_find_at_evidence("RT315", response, criterion, rubric.answer_label(answered), counts_as=counts_as),)
    is_gate = criterion.gate is not None
    return Standing(criterion.id, State.RATED, level, answered, is_gate, response.place, has_evidence), findings


def _stand_aside(response: Response, criterion: Criterion, rubric: Rubric) -> tuple[Standing, tuple[Finding, ...]]:
    if not criterion.allows_not_applicable:
        allowed = allowed_labels(criterion, rubric)
        return _open(response, criterion), (find("RT313", response.place, "Not applicable", allowed=", ".join(allowed)),)
    if not response.evidence.strip():
        return _open(response, criterion), (_find_at_evidence("RT314", response, criterion, "no reason"),)
    return Standing(criterion.id, State.NOT_APPLICABLE, None, None, criterion.gate is not None, response.place), ()


def _open(response: Response, criterion: Criterion) -> Standing:
    has_evidence = bool(response.evidence.strip())
    return Standing(criterion.id, State.NOT_RATED, None, None, criterion.gate is not None, response.place, has_evidence)


def _find_at_evidence(code: str, response: Response, criterion: Criterion, seen: str, **details: str) -> Finding:
    return find(code, response.place, seen, criterion=criterion.id, cell=response.evidence_cell, **details)


def allowed_labels(criterion: Criterion, rubric: Rubric) -> tuple[str, ...]:
    """The answers the workbook offers for a criterion, in the rubric's order."""
    return tuple(
        words.label
        for answer, words in rubric.frame.answers.items()
        if answer is not Answer.NOT_APPLICABLE or criterion.allows_not_applicable
    )

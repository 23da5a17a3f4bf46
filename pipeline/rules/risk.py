"""What makes an adviser look: named rules over a school's answers, each with its sentence and the criteria to look at.

None of them says that an answer is wrong. They say where a visit is worth most.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from pipeline.model.edition import is_comparable
from pipeline.model.level import Level
from pipeline.model.moderation import Cause, Reason
from pipeline.model.review import Answered, Review
from pipeline.model.rubric import Rubric
from pipeline.model.settings import ModerationSettings
from pipeline.rules.sentence import join_words

_JUMP = 2  # levels
_NAMED = 3


@dataclass(frozen=True)
class Case:
    """One school's record and what it is compared with: its records of the two cycles before, where there are any, and the
    schools in which the same evidence stands (mark → URNs; only marks of two schools or more). `rubric` is the record's own."""

    review: Review
    before: Review | None
    earliest: Review | None
    shared: Mapping[str, Collection[str]]
    settings: ModerationSettings
    rubric: Rubric


def find_reasons(case: Case) -> tuple[Reason, ...]:
    """Every reason for a visit, in the order of `Cause`."""
    weighed = (cause for cause in _RULES if case.settings.weight(cause))
    return tuple(chain.from_iterable(_RULES[cause](case) for cause in weighed))


def find_shared(schools: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, Collection[str]]:
    """Mark → the URNs of the schools with that evidence, where there are two or more. `schools` are URNs with their marks."""
    first: dict[str, str] = {}
    shared: dict[str, set[str]] = {}
    for urn, marks in schools:
        for mark in marks:
            owner = first.setdefault(mark, urn)
            if owner != urn:
                shared.setdefault(mark, {owner}).add(urn)
    return shared


def marks_of(review: Review, settings: ModerationSettings) -> Iterator[str]:
    """The marks of evidence that is long enough to count as copied."""
    return (one.evidence.mark for one in review.answers if one.evidence.words >= settings.copied_words)


def same_answers(one: Review, other: Review | None) -> bool:
    """Whether two records answer the same criteria, and all of them alike."""
    return other is not None and bool(one.answers) and _answers(one) == _answers(other)


def _answers(review: Review) -> Mapping[str, object]:
    return {answered.criterion: answered.answer for answered in review.answers}


def _find_all_advanced(case: Case) -> Iterator[Reason]:
    levels = {number: case.review.level_of(number) for number in case.review.areas}
    rated = [level for level in levels.values() if level is not None]
    if rated and all(level is Level.ADVANCED for level in rated):
        sentence = f"Every area that is rated is {case.rubric.label(Level.ADVANCED)} ({len(rated)} of {len(levels)})."
        yield Reason(Cause.ALL_ADVANCED, sentence, "every area at the highest level", _name_best(case))


def _name_best(case: Case) -> tuple[str, ...]:
    """For each area the first of its highest answers."""
    best: dict[int, Answered] = {}
    for answered in case.review.answers:
        held = best.get(answered.area)
        if answered.level is not None and (held is None or held.level is None or answered.level > held.level):
            best[answered.area] = answered
    return tuple(answered.criterion for answered in best.values())


def _find_contradictions(case: Case) -> Iterator[Reason]:
    """A pair may name criteria that others took over in the school's edition: then those are looked at."""
    for pair in case.settings.contradictions:
        for one, other in product(case.rubric.heirs(pair.high), case.rubric.heirs(pair.low)):
            high, low = _level(case, one), _level(case, other)
            if high is not None and low is not None and high >= pair.at_least and low <= pair.at_most:
                label = case.rubric.answer_label
                sentence = f"{one} is {label(high)} while {other} is {label(low)}: {pair.why}"
                yield Reason(Cause.CONTRADICTION, sentence, f"{one} against {other}", (one, other))


def _level(case: Case, criterion: str) -> Level | None:
    answered = case.review.by_criterion.get(criterion)
    return answered.level if answered else None


def _find_copied(case: Case) -> Iterator[Reason]:
    alike: dict[str, list[Answered]] = defaultdict(list)
    for answered in case.review.answers:
        if answered.evidence.words >= case.settings.copied_words:
            alike[answered.evidence.mark].append(answered)
    repeated = [one for group in alike.values() if len(group) > 1 for one in group]
    if repeated:
        sentence = f"{len(repeated)} criteria do not have evidence of their own: the same words stand for several."
        yield Reason(Cause.COPIED, sentence, "the same evidence for several criteria", _name(repeated, case))
    yield from _find_shared_with(alike, case)


def _find_shared_with(alike: Mapping[str, Sequence[Answered]], case: Case) -> Iterator[Reason]:
    """One other school with much of the same evidence: a single sentence may be alike by chance."""
    by_school: dict[str, list[Answered]] = defaultdict(list)
    for mark, group in alike.items():
        for urn in case.shared.get(mark, ()):
            if urn != case.review.urn:
                by_school[urn] += group
    others = sorted(urn for urn, found in by_school.items() if len(found) >= case.settings.copied_answers)
    if others:
        found = dict.fromkeys(one for urn in others for one in by_school[urn])
        named = join_words([*others[:_NAMED], f"{len(others) - _NAMED} more"] if len(others) > _NAMED else others)
        returns = "return" if len(others) == 1 else "returns"
        sentence = f"The evidence for {_count([*found])} also stands word for word in the {returns} of {named}."
        yield Reason(Cause.COPIED, sentence, "evidence that another school also has", _name([*found], case))


def _find_jumps(case: Case) -> Iterator[Reason]:
    """Only where the two ratings may be compared: a rubric's id and first number say so."""
    before = case.before
    if before is None or not is_comparable(before.edition, case.review.edition):
        return
    for number in case.review.areas:
        then, now = before.level_of(number), case.review.level_of(number)
        if then is not None and now is not None and abs(now - then) >= _JUMP:
            moved = "rose" if now > then else "fell"
            sentence = f"Area {number} {moved} from {case.rubric.label(then)} to {case.rubric.label(now)} in one cycle."
            changed = [one for one in case.review.answers if one.area == number and one.answer != _answer(before, one)]
            yield Reason(Cause.JUMP, sentence, f"{moved} by {abs(now - then)} levels", _name(changed, case))


def _answer(review: Review, answered: Answered) -> object:
    before = review.by_criterion.get(answered.criterion)
    return before.answer if before else None


def _find_unchanged(case: Case) -> Iterator[Reason]:
    if same_answers(case.review, case.before) and same_answers(case.review, case.earliest):
        sentence = "Not one answer has changed in three cycles."
        yield Reason(Cause.UNCHANGED, sentence, "unchanged in three cycles", _name_best(case))


def _find_thin(case: Case) -> Iterator[Reason]:
    limits = case.settings.thin
    claimed = [one for one in case.review.answers if one.level in (Level.ESTABLISHED, Level.ADVANCED)]
    thin = [one for one in claimed if one.evidence.words < limits.words]
    if len(thin) >= max(limits.least, 1) and len(thin) >= limits.share * len(claimed):
        levels = f"{case.rubric.answer_label(Level.ESTABLISHED)} or {case.rubric.answer_label(Level.ADVANCED)}"
        sentence = f"{len(thin)} of {len(claimed)} answers at {levels} have no evidence, or fewer than {limits.words} words."
        yield Reason(Cause.THIN, sentence, "thin evidence", _name(thin, case))


def _find_undated(case: Case) -> Iterator[Reason]:
    advanced = [one for one in case.review.answers if one.level is Level.ADVANCED and one.evidence.words]
    if len(advanced) >= max(case.settings.undated_answers, 1) and not any(one.evidence.is_dated for one in advanced):
        label = case.rubric.answer_label(Level.ADVANCED)
        sentence = f"None of the evidence for {len(advanced)} {label} answers names a year, a month, a term or a date."
        yield Reason(Cause.UNDATED, sentence, "evidence that does not say when", _name(advanced, case))


def _count(answers: Sequence[Answered]) -> str:
    return "one criterion" if len(answers) == 1 else f"{len(answers)} criteria"


def _name(answers: Sequence[Answered], case: Case) -> tuple[str, ...]:
    """At most so many as the settings allow, the highest answers first."""
    ranked = sorted(answers, key=lambda one: -(one.level or 0))
    return tuple(one.criterion for one in ranked[: case.settings.most_cells])


_RULES: Mapping[Cause, Callable[[Case], Iterator[Reason]]] = {
    Cause.ALL_ADVANCED: _find_all_advanced,
    Cause.CONTRADICTION: _find_contradictions,
    Cause.COPIED: _find_copied,
    Cause.JUMP: _find_jumps,
    Cause.UNCHANGED: _find_unchanged,
    Cause.THIN: _find_thin,
    Cause.UNDATED: _find_undated,
}

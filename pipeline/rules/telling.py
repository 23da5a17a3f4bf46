"""An explanation in lines that can be read aloud: of each rating why, what holds it back, what would change it, and its cells."""

from collections.abc import Iterator, Sequence

from pipeline.model.explanation import AnswerTold, ChangeTold, Explanation, GateTold, OtherView, RatingTold
from pipeline.model.finding import Place
from pipeline.rules.sentence import join_words

_IN, _DEEP = "  ", "      "


def tell(explanation: Explanation) -> Iterator[str]:
    """The lines of an explanation; an empty one stands between ratings."""
    yield f"{explanation.school} ({explanation.urn}), {explanation.cycle}"
    yield f"From {explanation.file}, rated on {explanation.made_on} under the rubric {explanation.rubric}."
    yield explanation.standing
    for rating in explanation.ratings:
        yield ""
        yield from _tell_rating(rating)


def _tell_rating(rating: RatingTold) -> Iterator[str]:
    yield f"{rating.title}: {rating.level}"
    yield f"{_IN}{rating.reason}"
    if rating.shortfall:
        yield f"{_IN}Why not {rating.next_level}? {rating.shortfall}"
    for gate in rating.gates:
        yield f"{_IN}{_tell_gate(gate)}"
    yield from _tell_lift(rating)
    yield from _tell_answers(rating.answers)
    yield from _tell_areas(rating)
    if rating.own_view:
        yield f"{_IN}The school's own view is {rating.own_view.level}{_compared(rating.own_view)}."
    if rating.moderated:
        seen = rating.moderated
        yield f"{_IN}{seen.by} saw it at {seen.level} on {seen.on}{_compared(seen)}; the reason is in the school's record."


def _tell_gate(gate: GateTold) -> str:
    source = f" ({gate.source})" if gate.source else ""
    return f"Statutory gap {gate.criterion}, {_where(gate.place)}: the duty is “{gate.duty.rstrip('.')}”{source}."


def _compared(view: OtherView) -> str:
    where = f"read in {_where(view.place)}" if view.place else ""
    parts = [part for part in (where, view.beside) if part]
    return f", {', '.join(parts)}" if parts else ""


def _tell_lift(rating: RatingTold) -> Iterator[str]:
    if not rating.lift:
        return
    yield f"{_IN}{rating.lift}"
    if not rating.is_rated:
        return
    for change in rating.changes:
        yield f"{_DEEP}{_tell_change(change)}"


def _tell_change(change: ChangeTold) -> str:
    if change.place is None:
        return f"Area {change.area}, {change.title}, is {change.now}. {change.how}".rstrip()
    named = f"{change.criterion} {change.title}"
    cell, evidence = _where(change.place), change.evidence_cell or "its evidence cell"
    if change.evidence_only:
        return f"{named}: evidence in {evidence}, beside the answer in {cell}"
    beside = f", with evidence in {evidence}" if change.needs_evidence else ""
    if not change.now:
        return f"{named}: an answer in {cell}, {change.to} or better{beside}"
    return f"{named}: {cell}, from {change.now} to {change.to}{beside}"


def _tell_answers(answers: Sequence[AnswerTold]) -> Iterator[str]:
    """What decided, then the others, under a heading that says where they all stand."""
    if not answers:
        return
    places = {(answer.place.file, answer.place.sheet) for answer in answers}
    shared = places.pop() if len(places) == 1 else ("", "")
    yield f"{_IN}The answers that decided it{f', on the sheet “{shared[1]}” of {shared[0]}' if shared[1] else ''}:"
    for answer in answers:
        if answer.decides:
            yield f"{_DEEP}{_tell_answer(answer, alone=not shared[1])}"
    others = [answer for answer in answers if not answer.decides]
    if others:
        yield f"{_IN}The other answers:"
    for answer in others:
        yield f"{_DEEP}{_tell_answer(answer, alone=not shared[1])}"


def _tell_answer(answer: AnswerTold, *, alone: bool) -> str:
    where = _where_in_file(answer.place) if alone else answer.place.cell
    held = f"{where} holds {answer.held}" if answer.place.cell else answer.held
    read = f", read as {answer.answer}" if not answer.is_blank and answer.held != f"“{answer.answer}”" else ""
    counts = f"; it {answer.counts}" if answer.counts else ""
    return f"{answer.criterion} {answer.title}: {held}{read}{counts}"


def _tell_areas(rating: RatingTold) -> Iterator[str]:
    for decides, heading in ((True, "The areas that decided it"), (False, "The other areas")):
        areas = [f"{area.number} {area.name} ({area.level})" for area in rating.areas if area.decides is decides]
        if areas:
            yield f"{_IN}{heading}: {join_words(areas)}."


def _where(place: Place) -> str:
    return place.cell or "a row that is missing"


def _where_in_file(place: Place) -> str:
    return f"{place.file}, “{place.sheet}” {place.cell}"

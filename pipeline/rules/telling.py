"""An explanation in lines that can be read aloud: of each rating why, what holds it back, what would change it, and where."""

from collections.abc import Iterator, Sequence

from pipeline.model.explanation import AnswerTold, AreaTold, ChangeTold, Explanation, GateTold, OtherView, RatingTold
from pipeline.model.finding import Place

_IN, _DEEP = "  ", "      "


def tell(explanation: Explanation) -> Iterator[str]:
    """The lines of an explanation; an empty one stands between ratings."""
    yield f"{explanation.school} ({explanation.urn}), {explanation.cycle}"
    yield tell_origin(explanation)
    yield explanation.standing
    for rating in explanation.ratings:
        yield ""
        yield from tell_rating(rating)


def tell_origin(explanation: Explanation) -> str:
    """The return it goes by, when it was rated and under which edition."""
    return f"From {explanation.file}, rated on {explanation.made_on} under the rubric {explanation.rubric}."


def tell_rating(rating: RatingTold) -> Iterator[str]:
    """The lines of one rating: its title and level, then indented why; what is listed is indented deeper."""
    yield f"{rating.title}: {rating.level}"
    yield f"{_IN}{rating.reason}"
    if rating.since:
        yield f"{_IN}{rating.since}"
    if rating.shortfall:
        yield f"{_IN}Why not {rating.next_level}? {rating.shortfall}"
    for gate in rating.gates:
        yield f"{_IN}{_tell_gate(gate, rating)}"
    if rating.lift:
        yield f"{_IN}{rating.lift}"
    for change in rating.changes if rating.is_rated else ():
        yield f"{_DEEP}{_tell_change(change, rating)}"
    yield from _tell_answers(rating)
    yield from _tell_areas(rating)
    if rating.own_view:
        yield f"{_IN}The school's own view is {rating.own_view.level}{_compared(rating.own_view)}."
    if rating.moderated:
        seen = rating.moderated
        yield f"{_IN}{seen.by} saw it at {seen.level} on {seen.on}{_compared(seen)}; the reason is in the school's record."


def _tell_gate(gate: GateTold, rating: RatingTold) -> str:
    source = f" ({gate.source})" if gate.source else ""
    return f"Statutory gap {gate.criterion}, {_where(gate.place, rating)}: the duty is “{gate.duty.rstrip('.')}”{source}."


def _compared(view: OtherView) -> str:
    where = f"read in “{view.place.sheet}” {view.place.cell}" if view.place else ""
    parts = [part for part in (where, view.beside) if part]
    return f", {', '.join(parts)}" if parts else ""


def _tell_change(change: ChangeTold, rating: RatingTold) -> str:
    if change.place is None:
        return f"Area {change.area}, {change.title}, is {change.now}. {change.how}".rstrip()
    named = f"{change.criterion} {change.title}"
    cell, evidence = _where(change.place, rating), change.evidence_cell or "its evidence cell"
    if change.evidence_only:
        return f"{named}: evidence in {evidence}, beside the answer in {cell}"
    beside = f", with evidence in {evidence}" if change.needs_evidence else ""
    if not change.now:
        return f"{named}: an answer in {cell}, {change.to} or better{beside}"
    return f"{named}: {cell}, from {change.now} to {change.to}{beside}"


def _tell_answers(rating: RatingTold) -> Iterator[str]:
    """What decided, then the others, under a heading that says where they all stand."""
    deciding = [answer for answer in rating.answers if answer.decides]
    others = [answer for answer in rating.answers if not answer.decides]
    places = {(answer.place.file, answer.place.sheet) for answer in rating.answers}
    file, sheet = places.pop() if len(places) == 1 else ("", "")
    where = f", on the sheet “{sheet}” of {file}" if sheet else ""
    heading = "The answers that decided it" if rating.is_rated else "Still to be answered"
    if deciding:
        yield f"{_IN}{heading}{where}:"
        yield from _list_answers(deciding, shared=bool(sheet))
    if others:
        yield f"{_IN}The other answers:" if deciding else f"{_IN}The answers{where}:"
        yield from _list_answers(others, shared=bool(sheet))


def _list_answers(answers: Sequence[AnswerTold], *, shared: bool) -> Iterator[str]:
    """A line an answer, which says file and sheet where the heading does not."""
    for answer in answers:
        place = answer.place
        where = place.cell if shared else f"{place.file}, “{place.sheet}” {place.cell}"
        yield f"{_DEEP}{answer.criterion} {answer.title}: {_tell_held(answer, where)}"


def _tell_held(answer: AnswerTold, where: str) -> str:
    if not answer.place.cell:
        return answer.held
    held = f"{where} holds {answer.held}" if answer.held else f"{where} is empty"
    read = f", read as {answer.answer}" if answer.answer and answer.held != f"“{answer.answer}”" else ""
    return f"{held}{read}{f'; it {answer.counts}' if answer.counts else ''}"


def _tell_areas(rating: RatingTold) -> Iterator[str]:
    deciding = [area for area in rating.areas if area.decides]
    others = [area for area in rating.areas if not area.decides]
    if deciding:
        yield f"{_IN}{'The areas that decided it' if rating.is_rated else 'The areas that are still open'}:"
        yield from map(_tell_area, deciding)
    if others:
        yield f"{_IN}{'The other areas' if deciding else 'The areas'}:"
        yield from map(_tell_area, others)


def _tell_area(area: AreaTold) -> str:
    return f"{_DEEP}Area {area.number}, {area.name}: {area.level}"


def _where(place: Place, rating: RatingTold) -> str:
    """The cell, and its sheet where the rating is not of one area alone."""
    if not place.cell:
        return "a row that is missing"
    return place.cell if rating.area else f"“{place.sheet}” {place.cell}"

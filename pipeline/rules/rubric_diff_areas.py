"""What changed in a rubric's areas and criteria."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model.difference import Difference, Moves
from pipeline.model.draft import Draft
from pipeline.model.rubric import Area, Criterion, Gate
from pipeline.rules.rubric_diff_frame import told
from pipeline.rules.rubric_match import match_criteria
from pipeline.rules.rubric_soundness import LEVELS
from pipeline.rules.sentence import join_words

N, X = Moves.FIRST, Moves.SECOND


def compare_areas(old: Draft, new: Draft) -> Iterator[Difference]:
    """Every change of the areas, by number, and of their criteria, in the order of the new rubric."""
    asked_before, asked = old.rubric.criteria, new.rubric.criteria
    was = match_criteria(asked_before, asked)
    for number in sorted({*old.numbered, *new.numbered}):
        before, after = old.numbered.get(number), new.numbered.get(number)
        part = f"Area {number}, {(after or before or new.areas[0]).name}"
        yield from (Difference(part, *one) for one in _compare_area(before, after, was))
        if after and after.status != "retired":
            is_new = before is None or before.status == "retired"
            for criterion in after.criteria:
                yield from (Difference(part, *one) for one in _compare_one(criterion, was, asked_before, is_new=is_new))
        if after and before and after.status != "retired":
            yield from (Difference(part, *one) for one in _tell_gone(before, after, was))


Told = tuple[str, Moves]


def _compare_area(before: Area | None, after: Area | None, was: Mapping[str, Sequence[str]]) -> Iterator[Told]:
    if before is None and after is not None:
        is_asked = after.status != "retired"
        yield (f"The area is new{_with_criteria(after)}." if is_asked else "The area is added, retired."), N if is_asked else X
        return
    if before is not None and (after is None or after.status == "retired"):
        if before.status != "retired":
            yield _tell_retired(before, after, was), N
        elif after is None:
            yield "The area, which was retired, is taken out.", X
    if before is None or after is None:
        return
    if before.status == "retired" and after.status != "retired":
        yield f"The area, which was retired, is asked again{_with_criteria(after)}.", N
    elif after.status not in (before.status, "retired"):
        yield f"Its status is changed: {before.status} → {after.status}.", X
    if before.name != after.name:
        yield f"It has a new name: {told(before.name, after.name)}.", X
    if before.definition != after.definition:
        yield "Its definition is reworded.", X
    if before.status == after.status == "retired" and before.criteria != after.criteria:
        yield "Its criteria, which are asked no more, are changed.", X
    if before.crosswalk != after.crosswalk:
        yield f"Its crosswalk is changed: {_numbers(before.crosswalk)} → {_numbers(after.crosswalk)}.", X


def _with_criteria(area: Area) -> str:
    count = len(area.criteria)
    return f", with {count} {'criterion' if count == 1 else 'criteria'}"


def _numbers(numbers: Sequence[int]) -> str:
    return join_words([str(number) for number in numbers]) or "nothing"


def _tell_retired(before: Area, after: Area | None, was: Mapping[str, Sequence[str]]) -> str:
    """An area that is asked no more: where it leads, and which of its criteria live on elsewhere."""
    kept = {old for olds in was.values() for old in olds}
    lost = [criterion.id for criterion in before.criteria if criterion.id not in kept]
    taken = len(before.criteria) - len(lost)
    sentence = "The area is retired" if after else "The area is taken out"
    if after and after.crosswalk:
        sentence += f" and leads to {'Area' if len(after.crosswalk) == 1 else 'Areas'} {_numbers(after.crosswalk)}"
    some = f"{taken} of its {len(before.criteria)}" if lost else f"its {taken}"
    taken_over = f"{some} criteria {'is' if taken == 1 else 'are'} taken over elsewhere"
    parts = [taken_over] if taken else []
    parts += [f"{join_words(lost)} {'is' if len(lost) == 1 else 'are'} asked no more"] if lost else []
    return f"{sentence}: {join_words(parts)}." if parts else f"{sentence}."


def _tell_gone(before: Area, after: Area, was: Mapping[str, Sequence[str]]) -> Iterator[Told]:
    kept = {old for olds in was.values() for old in olds}
    gone = [criterion.id for criterion in before.criteria if before.status != "retired" and criterion.id not in kept]
    for id in gone:
        title = next(criterion.title for criterion in before.criteria if criterion.id == id)
        yield f"{id}, “{title}”, is taken out.", N
    stayed = [criterion.id for criterion in before.criteria]
    order = [was[criterion.id][0] for criterion in after.criteria if was.get(criterion.id)]
    common = [id for id in order if id in stayed]
    if common != [id for id in stayed if id in common]:
        yield "Its criteria stand in another order.", X


def _compare_one(
    criterion: Criterion, was: Mapping[str, Sequence[str]], asked_before: Mapping[str, Criterion], *, is_new: bool
) -> Iterator[Told]:
    """A criterion of the new rubric against what it was; the criteria of a new area are told with the area."""
    olds = [asked_before[id] for id in was[criterion.id]]
    if not olds:
        if not is_new:
            yield f"{criterion.id}, “{criterion.title}”, is new.", N
        return
    if len(olds) > 1:
        yield f"{criterion.id}, “{criterion.title}”, takes over {join_words([old.id for old in olds])}.", N
        return
    (old,) = olds
    others = [id for id, ids in was.items() if old.id in ids and id != criterion.id]
    if others:
        yield f"{criterion.id}, “{criterion.title}”, is a part of what was {old.id}, as {join_words(others)} {_be(others)}.", N
    elif old.id != criterion.id:
        yield f"{criterion.id}, “{criterion.title}”, was {old.id}.", N
    yield from _compare_criterion(old, criterion)


def _be(ids: Sequence[str]) -> str:
    return "is" if len(ids) == 1 else "are"


def tell_wording(old: Criterion, new: Criterion) -> tuple[str, ...]:
    """What a school that answers a criterion again finds changed in it, in sentences: nothing of what only the plan prints."""
    alike = replace(
        old,
        steps=new.steps,
        lead=new.lead,
        themes=new.themes,
        formerly=new.formerly,
        phases=new.phases,
        gate=_same_source(old, new),
    )
    return tuple(sentence for sentence, _ in _compare_criterion(alike, new))


def _same_source(old: Criterion, new: Criterion) -> Gate | None:
    return replace(old.gate, source=new.gate.source) if old.gate and new.gate else old.gate


def _compare_criterion(old: Criterion, new: Criterion) -> Iterator[Told]:
    id = new.id
    if old.title != new.title:
        yield f"{id} has a new title: {told(old.title, new.title)}.", X
    if old.phases != new.phases:
        yield f"{id} is asked of other schools: {_phases(old)} → {_phases(new)}.", N
    if (old.gate is None) != (new.gate is None):
        yield f"{id} is {'now' if new.gate else 'no longer'} a statutory gate.", N
    elif old.gate and new.gate:
        if old.gate.source != new.gate.source:
            yield f"The source of {id}'s duty is changed: {old.gate.source} → {new.gate.source}.", X
        if old.gate.duty != new.gate.duty:
            yield f"The duty of {id} is reworded.", X
    levels = [level.key.capitalize() for level in LEVELS if getattr(old, level.key) != getattr(new, level.key)]
    if levels:
        many = "descriptors" if len(levels) > 1 else "descriptor"
        yield f"The {many} of {join_words(levels)} of {id} {_be(levels)} reworded.", X
    for level in LEVELS:
        was, now = old.steps.to(level), new.steps.to(level)
        parts = [part for part in ("opportunity", "action", "success") if getattr(was, part) != getattr(now, part)]
        if parts:
            yield f"The step of {id} to {level.key.capitalize()} is reworded ({join_words(parts)}).", X
    if old.lead != new.lead:
        yield f"{id} has another lead: {told(old.lead, new.lead)}.", X
    if set(old.themes) != set(new.themes):
        yield f"{id} bears on other themes: {_listed(old.themes)} → {_listed(new.themes)}.", X
    if old.formerly != new.formerly and set(new.formerly) != {old.id}:
        yield f"{id} says that it was {_listed(new.formerly)}, and said {_listed(old.formerly)}.", X


def _phases(criterion: Criterion) -> str:
    return "all" if criterion.phases == "all" else join_words([phase.label.casefold() for phase in criterion.phases])


def _listed(items: Sequence[str]) -> str:
    return join_words(list(items)) or "nothing"

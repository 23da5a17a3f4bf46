"""What changed between two versions of a rubric, in sentences, and what its version must do."""

from collections.abc import Iterator, Sequence

from pipeline.model.difference import Comparison, Difference, Moves
from pipeline.model.draft import Draft
from pipeline.rules.rubric_diff_areas import compare_areas
from pipeline.rules.rubric_diff_frame import compare_frames

_AWARE = (
    "Rewording counts as wording only while it asks the same of a school; where a descriptor now asks for more or less, "
    "move the first number."
)


def compare_rubrics(old: Draft, new: Draft) -> Comparison:
    """Every change, in the order of the rubric, and whether the version has moved as it must."""
    differences = (*compare_frames(old, new), *compare_areas(old, new))
    verdict = " ".join(_judge(old, new, differences))
    return Comparison(differences, verdict, _is_enough(old, new, differences))


def _version(draft: Draft) -> tuple[int, int]:
    first, _, second = draft.frame.version.partition("-")
    return int(first), int(second)


def _is_enough(old: Draft, new: Draft, differences: Sequence[Difference]) -> bool:
    before, after = _version(old), _version(new)
    if not differences or old.frame.id != new.frame.id:
        return True
    return after[0] > before[0] if _stop_comparing(differences) else after > before


def _stop_comparing(differences: Sequence[Difference]) -> bool:
    return any(one.moves is Moves.FIRST for one in differences)


def _judge(old: Draft, new: Draft, differences: Sequence[Difference]) -> Iterator[str]:
    (first, second), after = _version(old), _version(new)
    was, now = old.frame.version, new.frame.version
    if old.frame.id != new.frame.id:
        yield (
            f"These are two rubrics, {old.rubric.edition} and {new.rubric.edition}: each counts versions of its own, and "
            "ratings under the one compare with those under the other only by the crosswalk and by former ids."
        )
        return
    if not differences:
        yield "Nothing has changed." if was == now else f"Nothing has changed but the version, {was} → {now}."
        return
    is_enough = _is_enough(old, new, differences)
    if _stop_comparing(differences):
        count = sum(one.moves is Moves.FIRST for one in differences)
        why = f"Ratings stop being comparable ({count} {'change' if count == 1 else 'changes'} marked N)"
        told = f"has moved, {was} → {now}" if is_enough else f"must move: write {first + 1}-0; it is {now}, and was {was}"
        yield f"{why}: the first number of the version {told}."
    elif is_enough and after[0] > first:
        yield f"Ratings stay comparable: {was} → {first}-{second + 1} would do, and the version went further, to {now}."
    elif is_enough:
        yield f"Ratings stay comparable: the second number of the version has moved, {was} → {now}."
    else:
        must = f"write {first}-{second + 1}; it is {now}, and was {was}"
        yield f"Ratings stay comparable, but what people read has changed: the second number of the version must move: {must}."
    if any("reworded" in one.sentence and "escriptor" in one.sentence for one in differences) and after[0] == first:
        yield _AWARE

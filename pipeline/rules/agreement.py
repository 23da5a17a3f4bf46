"""How far advisers and schools agree: by area, and by criterion, so that one can tell which criteria are read differently.

Counts only. A chance-corrected coefficient says little on so few judgements, and nothing here is left out for being small: it
is the advisers' own paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.level import LEVELS
from pipeline.model.moderation import Judgement
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric

_NAMED = 5


@dataclass(frozen=True)
class Agreement:
    """How often an area or criterion was looked at, and how the adviser's level stood to the one from the answers. `unrated`
    counts where the answers gave no level."""

    key: str
    same: int = 0
    higher: int = 0
    lower: int = 0
    unrated: int = 0

    @property
    def compared(self) -> int:
        """How many have two levels to compare."""
        return self.same + self.higher + self.lower

    @property
    def looked_at(self) -> int:
        """How many judgements there are."""
        return self.compared + self.unrated

    @property
    def differing(self) -> int:
        """How many differ."""
        return self.higher + self.lower

    @property
    def share(self) -> str:
        """The share that is the same, in whole per cent; empty where nothing can be compared."""
        return f"{round(100 * self.same / self.compared)}%" if self.compared else ""


def agree_by_area(judgements: Iterable[Judgement], rubric: Rubric) -> tuple[Agreement, ...]:
    """One for each area that was looked at, in rubric order; those of no area of the rubric at the end."""
    counted = _count((f"{one.area}", one) for one in judgements if not one.criterion)
    places = {f"{area.number}": place for place, area in enumerate(rubric.areas)}
    return tuple(sorted(counted, key=lambda one: (places.get(one.key, len(places)), int(one.key))))


def agree_by_criterion(judgements: Iterable[Judgement], rubric: Rubric) -> tuple[Agreement, ...]:
    """One for each criterion that was looked at: those that differ most often first, then in rubric order."""
    counted = _count((one.criterion, one) for one in judgements if one.criterion)
    places = {criterion: place for place, criterion in enumerate(rubric.criteria)}
    return tuple(sorted(counted, key=lambda one: (-one.differing, one.looked_at, places.get(one.key, len(places)), one.key)))


def _count(judgements: Iterable[tuple[str, Judgement]]) -> list[Agreement]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, judgement in judgements:
        counts[key][_compare(judgement)] += 1
    return [Agreement(key, **found) for key, found in counts.items()]


def _compare(judgement: Judgement) -> str:
    rated = LEVELS.get(judgement.rated)
    if rated is None:
        return "unrated"
    return "same" if judgement.level == rated else "higher" if judgement.level > rated else "lower"


def say_agreement(areas: Sequence[Agreement], criteria: Sequence[Agreement], configuration: Configuration) -> tuple[str, ...]:
    """The same in sentences: a line an area, and the criteria that are read differently."""
    names = configuration.area_names
    lines = [f"Area {one.key}{_named(names.get(int(one.key), ''))}: {_say(one)}." for one in areas]
    differing = [one for one in criteria if one.differing]
    if differing:
        shown = [_say_criterion(one, configuration) for one in differing[:_NAMED]]
        more = [f"{len(differing) - _NAMED} more"] if len(differing) > _NAMED else []
        lines.append(f"Read differently: {'; '.join([*shown, *more])}.")
    elif criteria:
        lines.append("No criterion that was looked at is read differently.")
    return tuple(lines)


def _named(name: str) -> str:
    return f", {name}" if name else ""


def _say(agreement: Agreement) -> str:
    counts = {"the adviser higher": agreement.higher, "lower": agreement.lower}
    differing = [f"{words} in {count}" for words, count in counts.items() if count]
    if not agreement.higher and agreement.lower:
        differing = [f"the adviser lower in {agreement.lower}"]
    unrated = [f"{agreement.unrated} where the answers gave no level"] if agreement.unrated else []
    same = [f"{agreement.same} of {agreement.compared} the same"] if agreement.compared else []
    return ", ".join([*same, *differing, *unrated])


def _say_criterion(agreement: Agreement, configuration: Configuration) -> str:
    title = configuration.titles.get(agreement.key)
    titled = f" ({title})" if title else ""
    return f"{agreement.key}{titled}, {agreement.differing} of {agreement.compared}"

"""The sentences that explain a rating. They are the same in the plan, the record and on the screen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model.assessment import Change
from pipeline.model.level import Level
from pipeline.model.rubric import LevelRule, Rubric

_SHARES = {
    Fraction(1): "all",
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
    Fraction(4, 5): "four fifths",
}

_ANSWER_FIRST = "Answer what is blank, and the rating follows."


def share_in_words(share: Fraction) -> str:
    """A share as people say it: `3/4` is "three quarters"."""
    return _SHARES.get(share, f"{share.numerator} in {share.denominator}")


def join_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


@dataclass(frozen=True)
class Wording:
    """Writes about criteria (an area's rating) or about areas (the overall rating)."""

    rubric: Rubric
    one: str
    many: str

    def reason(
        self,
        low: Level,
        high: Level,
        levels: Mapping[str, Level],
        deciding: LevelRule | None,
        gates: Sequence[str],
        without_gates: Level,
        blanks: Sequence[str],
    ) -> str:
        """Why it is this level. `levels` are the lowest case's, `deciding` the rule met there, `gates` those that bit."""
        if low is not high:
            return self._open_reason(low, high, blanks)
        if gates:
            base = self._gate_reason(low, gates, without_gates)
        elif deciding is None:
            base = self._unmet_reason(levels)
        else:
            base = self._met_reason(levels, deciding)
        return f"{base} {self._blank_remark(blanks)}".strip()

    def _open_reason(self, low: Level, high: Level, blanks: Sequence[str]) -> str:
        named = self._named(blanks)
        verb = "is" if len(blanks) == 1 else "are"
        state = "not answered" if self.one == "criterion" else "not rated"
        answer = "its" if len(blanks) == 1 else "their"
        lowest, highest = self.rubric.label(low), self.rubric.label(high)
        return f"{named} {verb} {state}: at {answer} lowest this would be {lowest}, at {answer} highest {highest}."

    def _gate_reason(self, low: Level, gates: Sequence[str], without: Level) -> str:
        duties = "A statutory duty is" if len(gates) == 1 else "Statutory duties are"
        held = self.rubric.label(low)
        otherwise = f"otherwise it would be {self.rubric.label(without)}"
        return f"{duties} not yet in place ({join_words(list(gates))}), which holds the rating at {held}; {otherwise}."

    def _unmet_reason(self, levels: Mapping[str, Level]) -> str:
        rules = self.rubric.frame.rules.area if self.one == "criterion" else self.rubric.frame.rules.overall.levels
        lowest = rules[-1]
        reached = sum(level >= lowest.at_least for level in levels.values())
        sentence = f"{self._count(reached, len(levels))} at {self._or_better(lowest.at_least)}"
        target = self.rubric.label(lowest.level)
        if reached >= lowest.needed(len(levels)):
            return f"{sentence}, but {target} asks for more: {self._floors(lowest)}."
        return f"{sentence}; {target} asks for {share_in_words(lowest.share)}."

    def _floors(self, rule: LevelRule) -> str:
        """What a rule asks for beside its share."""
        floors = [f"none {self._below(rule.none_below)}"] if rule.none_below > Level.NOT_YET else []
        floors += [f"Area {area} at {self._or_better(least)}" for area, least in rule.areas_at_least.items()]
        return join_words(floors)

    def _below(self, level: Level) -> str:
        return self._rung(Level.NOT_YET) if level is Level.EMERGING else f"below {self._rung(level)}"

    def _met_reason(self, levels: Mapping[str, Level], rule: LevelRule) -> str:
        reached = sum(level >= rule.at_least for level in levels.values())
        # Where every one reaches the level, a floor below it goes without saying.
        has_floor = rule.none_below > Level.NOT_YET and reached < len(levels)
        floor = f" and none is {self._below(rule.none_below)}" if has_floor else ""
        return f"{self._count(reached, len(levels))} at {self._or_better(rule.at_least)}{floor}; {self._asked(rule)}."

    def _blank_remark(self, blanks: Sequence[str]) -> str:
        if not blanks:
            return ""
        state = "not answered" if self.one == "criterion" else "not rated"
        verb = "is" if len(blanks) == 1 else "are"
        return f"{self._named(blanks)} {verb} {state}, but no answer there would change this."

    def lift(self, changes: Sequence[Change], target: Level | None, is_rated: bool) -> str:
        """The smallest change that reaches `target`, as "For Established: ..."; empty at the top."""
        if target is None:
            return ""
        if not is_rated:
            return _ANSWER_FIRST
        return f"For {self.rubric.label(target)}: {self._steps(changes)}."

    def lift_overall(self, changes: Sequence[Change], rule: LevelRule | None, gates: Sequence[str], is_rated: bool) -> str:
        """What the next overall level asks for: areas to raise and statutory gaps to close."""
        if rule is None:
            return ""
        if not is_rated:
            return _ANSWER_FIRST
        parts = []
        if gates:
            parts.append(f"close the statutory {'gap' if len(gates) == 1 else 'gaps'} at {join_words(list(gates))}")
        if changes:
            parts.append(self._steps(changes))
        return f"For {self.rubric.label(rule.level)}: {', and '.join(parts)}." if parts else ""

    def _steps(self, changes: Sequence[Change]) -> str:
        """The changes, those to one level together: "raise 1.2 to Emerging, and 1.4 and 1.5 to Established"."""
        answers, evidence, raises = [], [], []
        together: defaultdict[tuple[bool, bool, Level], list[str]] = defaultdict(list)
        for change in changes:
            together[change.now is None, change.evidence_only, change.to].append(change.key)
        for (is_blank, evidence_only, to), keys in sorted(together.items()):
            if evidence_only:
                evidence.append(f"give evidence for {join_words(keys)}")
            elif is_blank:
                answers.append(f"answer {join_words(keys)} with {self._rung(to)} or better")
            else:
                raises.append(f"{self._named(keys)} to {self._rung(to)}")
        return ", and ".join([*answers, *evidence, *([f"raise {', and '.join(raises)}"] if raises else [])])

    def _rung(self, level: Level) -> str:
        return self.rubric.answer_label(level) if self.one == "criterion" else self.rubric.label(level)

    def _or_better(self, level: Level) -> str:
        return self._rung(level) if level is Level.ADVANCED else f"{self._rung(level)} or better"

    def _count(self, reached: int, total: int) -> str:
        if reached == total:
            return f"All {total} {self.many} are" if total > 1 else f"The one {self.one} that applies is"
        return f"{reached or 'None'} of the {total} {self.many} {'is' if reached in (0, 1) else 'are'}"

    def _asked(self, rule: LevelRule) -> str:
        share = share_in_words(rule.share)
        return f"{share} {'is' if share.startswith('a ') else 'are'} needed"

    def _named(self, keys: Sequence[str]) -> str:
        joined = join_words(list(keys))
        return joined if self.one == "criterion" else f"{'Area' if len(keys) == 1 else 'Areas'} {joined}"

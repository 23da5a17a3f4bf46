"""The sentences that explain a rating. They are the same in the plan, the record and on the screen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

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
            base = self._gate_reason(low, gates, without_gates, blanks)
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

    def _gate_reason(self, low: Level, gates: Sequence[str], without: Level, blanks: Sequence[str]) -> str:
        duties = "A statutory duty is" if len(gates) == 1 else "Statutory duties are"
        held = self.rubric.label(low)
        otherwise = f"otherwise it {'could be as high as' if blanks else 'would be'} {self.rubric.label(without)}"
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

    def lift_overall(self, closing: Sequence[Change], rises: Sequence[Change], target: Level | None, is_rated: bool) -> str:
        """What the next overall level asks for: statutory gaps to close (`closing`, of criteria) and areas to raise."""
        if target is None:
            return ""
        if not is_rated:
            return _ANSWER_FIRST
        gaps = [change.key for change in closing if change.now is not None]
        unanswered = [change.key for change in closing if change.now is None]
        parts = []
        if gaps:
            parts.append(f"close the statutory {'gap' if len(gaps) == 1 else 'gaps'} at {join_words(gaps)}")
        if unanswered:
            parts.append(f"answer {join_words(unanswered)} with {self.rubric.answer_label(Level.EMERGING)} or better")
        if rises:
            parts.append(self._steps(rises))
        return f"For {self.rubric.label(target)}: {', and '.join(parts)}."

    def _steps(self, changes: Sequence[Change]) -> str:
        """The changes, those to one level together: "raise 1.2 to Emerging, and 1.4 and 1.5 to Established"."""
        answers, evidence, raises = [], [], []
        together: defaultdict[tuple[bool, bool, Level], list[Change]] = defaultdict(list)
        for change in changes:
            together[change.now is None, change.evidence_only, change.to].append(change)
        for (is_blank, evidence_only, to), alike in sorted(together.items(), key=itemgetter(0)):
            keys = [change.key for change in alike]
            if evidence_only:
                evidence.append(f"give evidence for {join_words(keys)}")
            elif is_blank:
                answers.append(f"{self._fill_in(keys, to)}{self._with_evidence(alike)}")
            else:
                raises.append(f"{self._named(keys)} to {self._rung(to)}{self._with_evidence(alike)}")
        begun = "answer" if self.one == "criterion" else "bring"
        answered = [f"{begun} {', and '.join(answers)}"] if answers else []
        raised = [f"raise {', and '.join(raises)}"] if raises else []
        return ", and ".join([*answered, *evidence, *raised])

    def _fill_in(self, keys: Sequence[str], to: Level) -> str:
        if self.one == "criterion":
            return f"{join_words(keys)} with {self._or_better(to)}"
        return f"{self._named(keys)} (not rated so far) to {self._or_better(to)}"

    def _with_evidence(self, changes: Sequence[Change]) -> str:
        """What must be written beside answers, where nothing is written yet."""
        lacking = [change.key for change in changes if change.needs_evidence]
        if not lacking:
            return ""
        return ", with evidence" if len(lacking) == len(changes) else f", with evidence for {join_words(lacking)}"

    def shortfall(self, levels: Mapping[str, Level], rule: LevelRule, blanks: Sequence[str]) -> Sequence[str]:
        """What keeps `levels` from meeting a rule, a sentence for each part of it that is not met.
        `blanks` stand in `levels` at their lowest, and are not said to be there."""
        label, sentences = self.rubric.label(rule.level), []
        reached, needed = sum(level >= rule.at_least for level in levels.values()), rule.needed(len(levels))
        if reached < needed:
            asked = "all" if needed == len(levels) else f"{share_in_words(rule.share)}, which is {needed}"
            sentences.append(
                f"{self._count(reached, len(levels))} at {self._or_better(rule.at_least)}; {label} asks for {asked}."
            )
        low = [key for key, level in levels.items() if level < rule.none_below and key not in blanks]
        if low:
            verb = "is" if len(low) == 1 else "are"
            sentences.append(f"{self._named(low)} {verb} {self._below(rule.none_below)}; {label} asks that none is.")
        for area, least in rule.areas_at_least.items():
            if levels.get(str(area), least) < least and str(area) not in blanks:
                held = self.rubric.label(levels[str(area)])
                sentences.append(f"Area {area} is {held}; {label} asks that it is at {self._or_better(least)}.")
        return sentences

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

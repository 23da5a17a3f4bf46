"""What a school writes on the area sheets: answers, evidence, and next steps of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from pipeline.demo.particulars import Particulars
from pipeline.demo.phrases import Texts, fill
from pipeline.demo.telling_apart import Sayings
from pipeline.model.finding import Place
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.school import Phase
from pipeline.model.submission import Response

_NO_EVIDENCE_IN_A_HUNDRED = {Level.NOT_YET: 20, Level.EMERGING: 20, Level.ESTABLISHED: 20, Level.ADVANCED: 2}
_OWN_STEP_EVERY = 9  # criteria


@dataclass(frozen=True)
class Writer:
    """A school's hand: the texts it chooses from, its particulars, the reasons its phase may give for *Not applicable*, and
    what other schools have said."""

    texts: Texts
    reasons: Mapping[str, Iterable[Mapping[str, Any]]]
    own: Particulars
    phase: Phase
    rubric: Rubric
    rng: Random
    sayings: Sayings

    def respond(self, criterion: Criterion, level: Level, is_gap: bool, file: str) -> Response:
        """The row of one criterion. A statutory gap is never passed off as not applicable."""
        reason = "" if is_gap else self._reason(criterion)
        answer = Answer.NOT_APPLICABLE if reason else Answer(level.key)
        evidence = reason or self._evidence(criterion, level)
        return Response(
            criterion=criterion.id,
            answer=answer,
            typed=self.rubric.frame.answers[answer].label,
            evidence=evidence,
            own_opportunity="" if self.rng.randrange(_OWN_STEP_EVERY) else self._write(criterion, "own"),
            place=Place(file),
            evidence_cell="",
        )

    def _reason(self, criterion: Criterion) -> str:
        for reason in self.reasons.get(criterion.id, ()):
            fits = self.phase in reason["phases"] and criterion.allows_not_applicable
            if fits and self.rng.randrange(100) < reason["in_a_hundred"]:
                return fill(reason["reason"], self.own, self.rng)
        return ""

    def _evidence(self, criterion: Criterion, level: Level) -> str:
        if self.rng.randrange(100) < _NO_EVIDENCE_IN_A_HUNDRED[level]:
            return ""
        return self.sayings.tell_apart(self._write(criterion, level.key), self.own)

    def _write(self, criterion: Criterion, key: str) -> str:
        choices = self.texts.get(criterion.id, {}).get(key, ())
        return fill(self.rng.choice(choices), self.own, self.rng) if choices else ""

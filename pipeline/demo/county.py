"""An invented county laid out as a project of its own, term by term."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from pipeline.demo.again import answer_again, confirm, remember
from pipeline.demo.establishment import Establishment, invent_establishments
from pipeline.demo.giving_back import give_back
from pipeline.demo.submitting import invent_submissions
from pipeline.demo.terms import at_term, days_between
from pipeline.demo.workbooks import CompletedWorkbooks, lay_out_project
from pipeline.model.plan_words import PlanWords
from pipeline.model.prefill import Said
from pipeline.model.project import Configuration
from pipeline.model.submission import Submission
from pipeline.writers.whole_file import write_whole

_MISSING_EVERY, _MISSING_FROM = 7, 6  # one return in seven is missing, in a county of six schools or more


class County:
    """Invented schools, and what they send in one cycle after another. The same seed gives the same bytes."""

    def __init__(self, configuration: Configuration, out: Path, schools: int, seed: int) -> None:
        """Raises: ValueError where there are no names for so many schools."""
        self._configuration, self._out, self._seed = configuration, out, seed
        self._rng = Random(seed)
        self.schools = invent_establishments(schools, self._rng)
        self._said: dict[str, tuple[Said, ...]] = {}  # URN → what the school has said so far, the last first

    def lay_out(self, project: Path) -> None:
        """Configuration and templates of `project`, and the register. Raises: OSError."""
        lay_out_project(project, self._out, self.schools)

    def send(self, key: str) -> int:
        """The completed workbooks of the schools that have returned theirs for the next cycle: from the second on, workbooks
        with their last answers in them. Gives how many they are. Raises: OSError."""
        rng = Random(f"{self._seed} {key}") if self._said else self._rng
        configuration = at_term(self._configuration, key)
        returning = choose_returning(self.schools, rng)
        submissions = invent_submissions(configuration, self.schools, returning, rng)
        self._write_returns(configuration, list(zip(returning, submissions, strict=True)), rng)
        return len(submissions)

    def give_back(self, before: str, key: str, words: PlanWords) -> int:
        """The plans of the cycle `before`, edited, in the next one's folder. Gives how many they are. Raises: OSError."""
        days = days_between(self._configuration.cycle(before), self._configuration.cycle(key))
        plans = self._out / "outputs" / before / "plans"
        back = give_back(plans, self.schools, words, days, f"{self._seed} {key}")
        for name, content in back.items():
            write_whole(self._out / "inputs" / key / "plans" / name, content)
        return len(back)

    def _write_returns(
        self, configuration: Configuration, returns: Sequence[tuple[Establishment, Submission]], rng: Random
    ) -> None:
        cycle, workbooks = configuration.settings.cycle, CompletedWorkbooks(configuration)
        for establishment, fresh in returns:
            school = establishment.school
            earlier = self._said.get(school.urn, ())
            prefill = workbooks.prefill(school, earlier)
            submission = answer_again(prefill, fresh, rng) if prefill else fresh
            content = workbooks.complete(school, prefill, submission, tuple(confirm(submission, rng)) if prefill else ())
            write_whole(self._out / "inputs" / cycle / "returns" / submission.file, content)
            self._said[school.urn] = (remember(submission, cycle, configuration.rubric.edition), *earlier)


def choose_returning(county: Sequence[Establishment], rng: Random) -> tuple[Establishment, ...]:
    """The schools whose returns have come, in register order; no phase is missing altogether."""
    missing = round(len(county) / _MISSING_EVERY) if len(county) >= _MISSING_FROM else 0
    left = Counter(one.school.phase for one in county)
    absent: set[str] = set()
    for establishment in rng.sample(county, len(county)):
        if len(absent) < missing and left[establishment.school.phase] > 1:
            left[establishment.school.phase] -= 1
            absent.add(establishment.school.urn)
    return tuple(establishment for establishment in county if establishment.school.urn not in absent)

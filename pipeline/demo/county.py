"""An invented county laid out as a project of its own, term by term."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

from pipeline.demo.again import answer_again, confirm, remember
from pipeline.demo.completing import Places, complete, find_places
from pipeline.demo.establishment import Establishment, invent_establishments
from pipeline.demo.giving_back import give_back
from pipeline.demo.register import render_register
from pipeline.demo.submitting import invent_submissions
from pipeline.demo.terms import at_term, days_between
from pipeline.model.plan_words import PlanWords
from pipeline.model.prefill import Said
from pipeline.model.project import Configuration
from pipeline.model.school import Phase
from pipeline.model.submission import Submission
from pipeline.rules.prefilling import fill_again
from pipeline.writers.contents import compose_pages
from pipeline.writers.prefilled import Workbooks
from pipeline.writers.project import copy_project
from pipeline.writers.whole_file import write_whole

REGISTER = "schools.csv"
_COMPLETED_IN = timedelta(weeks=5)
_MISSING_EVERY, _MISSING_FROM = 7, 6  # one return in seven is missing, in a county of six schools or more


class County:
    """Invented schools, and what they send in one cycle after another. The same seed gives the same bytes."""

    def __init__(self, configuration: Configuration, out: Path, schools: int, seed: int) -> None:
        """Raises: ValueError where there are no names for so many schools."""
        self._configuration, self._out, self._seed = configuration, out, seed
        self._rng = Random(seed)
        self.schools = invent_establishments(schools, self._rng)
        self._said: dict[str, tuple[Said, ...]] = {}  # URN → what the school has said so far, the last first
        self._before = ""

    def lay_out(self, project: Path) -> None:
        """Configuration and templates of `project`, and the register. Raises: OSError."""
        copy_project(project, self._out)
        write_whole(self._out / "config" / REGISTER, render_register(self.schools))

    def send(self, key: str) -> int:
        """The completed workbooks of the schools that have returned theirs for the next cycle: from the second on, workbooks
        with their last answers in them. Gives how many they are. Raises: OSError."""
        rng = Random(f"{self._seed} {key}") if self._before else self._rng
        configuration = at_term(self._configuration, key)
        returning = choose_returning(self.schools, rng)
        submissions = invent_submissions(configuration, self.schools, returning, rng)
        self._write_returns(configuration, list(zip(returning, submissions, strict=True)), rng)
        self._before = key
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
        cycle, rubric = configuration.settings.cycle, configuration.rubric
        sent_on = configuration.cycle(cycle).returns_due - _COMPLETED_IN
        workbooks = Workbooks(configuration, cycle)
        places: dict[tuple[Phase, str], Places] = {}
        said = dict(self._said)
        for establishment, fresh in returns:
            school = establishment.school
            earlier = said.get(school.urn, ())
            prefill = fill_again(school, earlier, configuration, cycle, sent_on)
            submission = answer_again(prefill, fresh, rng) if prefill else fresh
            before = school.phase, prefill.cycle if prefill else ""
            if before not in places:
                places[before] = find_places(compose_pages(school, configuration, cycle, before[1]))
            asked = configuration.outcomes, configuration.checklist_for(cycle), rubric
            entries = complete(places[before], submission, *asked, tuple(confirm(submission, rng)) if prefill else ())
            content = workbooks.make(school, prefill, entries)
            write_whole(self._out / "inputs" / cycle / "returns" / submission.file, content)
            self._said[school.urn] = (remember(submission, cycle, rubric.edition), *earlier)


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

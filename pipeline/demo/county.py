"""An invented county laid out as a project of its own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from pipeline.demo.completing import Places, complete, find_places
from pipeline.demo.establishment import Establishment, invent_establishments
from pipeline.demo.register import render_register
from pipeline.demo.submitting import invent_submissions
from pipeline.model.project import Configuration
from pipeline.model.school import Phase
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.contents import compose_pages
from pipeline.writers.whole_file import write_whole

_REGISTER = "schools.csv"
_MISSING_EVERY, _MISSING_FROM = 7, 6  # one return in seven is missing, in a county of six schools or more


def lay_out(configuration: Configuration, project: Path, out: Path, schools: int, seed: int) -> tuple[int, int]:
    """Writes the county into `out`: configuration and templates of `project`, a register of `schools` invented schools, and the
    completed workbooks of those that have returned theirs for the current cycle. The same seed gives the same bytes.

    Gives how many schools are in the register and how many returns were written.
    Raises: OSError; ValueError where the county has no names for so many schools.
    """
    rng = Random(seed)
    county = invent_establishments(schools, rng)
    returning = choose_returning(county, rng)
    submissions = invent_submissions(configuration, county, returning, rng)
    _copy_project(project, out)
    write_whole(out / "config" / _REGISTER, render_register(county))
    cycle = configuration.settings.cycle
    blanks = Blanks(configuration, cycle)
    places: dict[Phase, Places] = {}
    for establishment, submission in zip(returning, submissions, strict=True):
        school = establishment.school
        if school.phase not in places:
            places[school.phase] = find_places(compose_pages(school, configuration, cycle))
        asked = configuration.outcomes, configuration.checklist, configuration.rubric
        entries = complete(places[school.phase], submission, *asked)
        write_whole(out / "inputs" / cycle / "returns" / submission.file, fill_in(blanks.of(school), school, entries))
    return len(county), len(submissions)


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


def _copy_project(project: Path, out: Path) -> None:
    """The configuration but its register, and the templates."""
    config = project / "config"
    copied = [path for path in sorted(config.rglob("*.yaml")) if path.is_file()]
    templates = project / "templates"
    for path in (*copied, *sorted((*templates.glob("*.docx"), *templates.glob("*.html")))):
        write_whole(out / path.relative_to(project), path.read_bytes())

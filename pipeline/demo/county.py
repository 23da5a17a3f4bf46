"""An invented county laid out as a project of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from pipeline.demo.again import answer_again, confirm, remember
from pipeline.demo.completing import Places, complete, find_places
from pipeline.demo.establishment import Establishment, invent_establishments
from pipeline.demo.register import render_register
from pipeline.demo.submitting import invent_submissions
from pipeline.model.prefill import Said
from pipeline.model.project import Configuration
from pipeline.model.school import Phase
from pipeline.model.submission import Submission
from pipeline.rules.next_cycle import name_next, propose_cycle
from pipeline.rules.prefilling import fill_again
from pipeline.writers.contents import compose_pages
from pipeline.writers.prefilled import Workbooks
from pipeline.writers.project import copy_project
from pipeline.writers.settings_file import add_cycle
from pipeline.writers.whole_file import write_whole

REGISTER = "schools.csv"
_COMPLETED_IN = timedelta(weeks=5)
_MISSING_EVERY, _MISSING_FROM = 7, 6  # one return in seven is missing, in a county of six schools or more


def lay_out(
    configuration: Configuration, project: Path, out: Path, schools: int, seed: int, cycles: int = 1
) -> tuple[int, int]:
    """Writes the county into `out`: configuration and templates of `project`, a register of `schools` invented schools, and the
    completed workbooks of those that have returned theirs for the current cycle, and for those of `cycles` that follow it, from
    workbooks with their last answers in them. The same seed gives the same bytes.

    Gives how many schools are in the register and how many returns were written.
    Raises: OSError; ValueError where the county has no names for so many schools, or a cycle cannot follow.
    """
    rng = Random(seed)
    county = invent_establishments(schools, rng)
    returning = choose_returning(county, rng)
    submissions = invent_submissions(configuration, county, returning, rng)
    copy_project(project, out)
    write_whole(out / "config" / REGISTER, render_register(county))
    said = _write_returns(configuration, out, list(zip(returning, submissions, strict=True)), {}, rng)
    written = len(submissions)
    for number in range(2, cycles + 1):
        configuration = _open_next(configuration, out)
        again = Random(f"{seed} {number}")
        returning = choose_returning(county, again)
        submissions = invent_submissions(configuration, county, returning, again)
        said = _write_returns(configuration, out, list(zip(returning, submissions, strict=True)), said, again)
        written += len(submissions)
    return len(county), written


Told = Mapping[str, tuple[Said, ...]]  # URN → what the school has said so far, the last first


def _write_returns(
    configuration: Configuration, out: Path, returns: Sequence[tuple[Establishment, Submission]], said: Told, rng: Random
) -> Told:
    """The completed workbooks of the current cycle; gives what schools have said by then."""
    cycle, rubric = configuration.settings.cycle, configuration.rubric
    sent_on = configuration.cycle(cycle).returns_due - _COMPLETED_IN
    workbooks = Workbooks(configuration, cycle)
    places: dict[tuple[Phase, str], Places] = {}
    told = dict(said)
    for establishment, fresh in returns:
        school = establishment.school
        earlier = said.get(school.urn, ())
        prefill = fill_again(school, earlier, configuration, cycle, sent_on)
        submission = answer_again(prefill, fresh, rng) if prefill else fresh
        key = school.phase, prefill.cycle if prefill else ""
        if key not in places:
            places[key] = find_places(compose_pages(school, configuration, *(cycle, key[1])))
        asked = configuration.outcomes, configuration.checklist_for(cycle), rubric
        entries = complete(places[key], submission, *asked, tuple(confirm(submission, rng)) if prefill else ())
        content = workbooks.make(school, prefill, entries)
        write_whole(out / "inputs" / cycle / "returns" / submission.file, content)
        told[school.urn] = (remember(submission, cycle, rubric.edition), *earlier)
    return told


def _open_next(configuration: Configuration, out: Path) -> Configuration:
    """The configuration with the next term opened, in its file as well. Raises: ValueError where none can follow."""
    settings = configuration.settings
    key = name_next(settings)
    cycle, _ = propose_cycle(key, settings, None, None)
    if cycle is None:
        raise ValueError(key)
    path = out / "config" / "settings.yaml"
    write_whole(path, add_cycle(path.read_bytes().decode("utf-8-sig"), key, cycle).encode())
    return replace(configuration, settings=replace(settings, cycle=key, cycles={**settings.cycles, key: cycle}))


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

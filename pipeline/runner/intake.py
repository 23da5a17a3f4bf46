"""From a folder of files to one return a school: read, identified, and the one that counts chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipeline.model.batch import Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.returns import read_return
from pipeline.rules.intake import identify, keep_asked, order_of_counting
from pipeline.runner.workspace import Workspace


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived. `submission` is what it says, unless `prior` spares the reading; without a school it is
    set aside."""

    file: str
    digest: str
    urn: str
    completed_on: date | None
    answered: int = 0
    submission: Submission | None = None
    school: School | None = None
    findings: tuple[Finding, ...] = ()
    prior: Entry | None = None


@dataclass(frozen=True)
class Sorted:
    """The arrivals that count, one a school, and the entries of those set aside."""

    counting: tuple[Arrival, ...]
    set_aside: tuple[Entry, ...] = field(default=())


def receive(path: Path, workspace: Workspace, index: Mapping[str, Entry]) -> Arrival:
    """Opens a file, or spares it where nothing has changed since the last run. Findings: as the reader and `identify`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        remedy = "Close the file if it is open elsewhere, check that you may read it, and run again."
        return Arrival(path.name, "", "", None, findings=(find("RT300", Place(path.name), reason, remedy=remedy),))
    digest = sha256(content + workspace.digest.encode()).hexdigest()
    prior = index.get(path.name)
    if prior and prior.digest == digest and prior.urn in workspace.register:
        return Arrival(path.name, digest, prior.urn, prior.completed_on, prior.answered, prior=prior)
    return read_arrival(path.name, content, digest, workspace)


def read_arrival(name: str, content: bytes, digest: str, workspace: Workspace) -> Arrival:
    """Reads a file and tells whose it is."""
    submission, findings = read_return(content, name, workspace.configuration)
    if submission is None:
        return Arrival(name, digest, "", None, findings=findings)
    school, doubts = identify(submission, workspace.register)
    if school is None:
        # What else is wrong with it matters only once it is known whose it is.
        return Arrival(name, digest, "", None, findings=doubts)
    submission, changes = keep_asked(submission, school, workspace.configuration.rubric)
    completed_on = submission.identity.completed_on
    return Arrival(name, digest, school.urn, completed_on, submission.answered, submission, school, findings + changes)


def sort_arrivals(arrivals: Sequence[Arrival]) -> Sorted:
    """One arrival a school counts; files of no school, and the other files of a school (SC403), are set aside."""
    counting: list[Arrival] = []
    aside = [_set_aside(arrival, arrival.findings) for arrival in arrivals if not arrival.urn]
    by_school: dict[str, dict[str, Arrival]] = {}
    for arrival in arrivals:
        if arrival.urn:
            by_school.setdefault(arrival.urn, {})[arrival.file] = arrival
    for files in by_school.values():
        first, *others = order_of_counting([(file, arrival.completed_on, arrival.answered) for file, arrival in files.items()])
        counting.append(files[first])
        for file in others:
            superseded = find("SC403", Place(file), f"{first} counts", urn=files[file].urn, other=first)
            aside.append(_set_aside(files[file], (superseded,)))
    return Sorted(tuple(counting), tuple(aside))


def _set_aside(arrival: Arrival, findings: tuple[Finding, ...]) -> Entry:
    return Entry(
        file=arrival.file,
        digest=arrival.digest,
        context="",
        outcome=Outcome.SET_ASIDE,
        urn=arrival.urn,
        completed_on=arrival.completed_on,
        answered=arrival.answered,
        plan="",
        plan_digest="",
        summary=None,
        findings=findings,
    )


def receive_all(
    paths: Iterable[Path], workspace: Workspace, index: Mapping[str, Entry], advance: Callable[[str], None]
) -> list[Arrival]:
    """Every file received; `advance` is told after each."""
    arrivals = []
    for path in paths:
        arrivals.append(receive(path, workspace, index))
        advance(path.name)
    return arrivals

"""From a folder of files to one return a school: read, identified, and the one that counts chosen."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipeline.model.batch import Entry, Outcome
from pipeline.model.finding import Finding, Place, find
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.readers.container import is_bundle, unpack
from pipeline.readers.isolated import PendingReading, Reading, ReadingPool
from pipeline.rules.intake import identify, keep_asked, order_of_counting
from pipeline.rules.merging import find_differences, put_together
from pipeline.runner.workspace import Workspace

_AHEAD = 6  # files given to the workers before the first is waited for: enough to keep them busy, few enough to hold
_CELLS_NAMED = 6


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived, for one school. `submission` is what it says, unless `prior` spares the reading; without a URN it
    is set aside. `modified` is the file's time in seconds."""

    file: str
    digest: str
    modified: float
    urn: str = ""
    completed_on: date | None = None
    answered: int = 0
    submission: Submission | None = None
    school: School | None = None
    findings: tuple[Finding, ...] = ()
    prior: Entry | None = None


@dataclass(frozen=True)
class Counting:
    """The return of a school that counts, and the entries of its other files, which follow it."""

    arrival: Arrival
    group: tuple[str, ...]
    others: tuple[Entry, ...] = field(default=())


@dataclass(frozen=True)
class Content:
    """A file's content, from the folder or from an attachment; `reason` says why there is none."""

    name: str
    content: bytes
    modified: float
    findings: tuple[Finding, ...] = ()


def open_files(paths: Sequence[Path], root: Path) -> Iterator[Content]:
    """Every file by its path from `root`, and the files inside attachments that are bundles. Findings: RT300, RT301, RT305."""
    for path in paths:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        try:
            content, modified = path.read_bytes(), path.stat().st_mtime
        except OSError as error:
            yield Content(name, b"", 0, (_unopened(name, error),))
            continue
        if content.startswith(b"PK") and is_bundle(content, name):
            members, findings = unpack(content, name)
            if findings or not members:
                yield Content(name, b"", modified, findings or (_empty_bundle(name),))
            yield from (Content(member, inside, modified) for member, inside in members)
        else:
            yield Content(name, content, modified)


def _unopened(name: str, error: OSError) -> Finding:
    remedy = "Close the file if it is open elsewhere, check that you may read it, and run again."
    return find("RT300", Place(name), error.strerror or "cannot be opened", remedy=remedy)


def _empty_bundle(name: str) -> Finding:
    return find("RT300", Place(name), "a zip with nothing in it", remedy="Ask the school to send the workbook again.")


def receive_all(
    contents: Iterator[Content],
    workspace: Workspace,
    spare: Callable[[Content, str], Sequence[Entry]],
    pool: ReadingPool,
    advance: Callable[[str], None],
) -> Iterator[Arrival]:
    """Every file received, in order. `spare` gives the last run's entries of a file (with its digest) that need not be opened;
    `advance` is told after each."""
    waiting: deque[tuple[Content, str, PendingReading | tuple[Arrival, ...]]] = deque()
    for content in contents:
        digest = sha256(content.content + workspace.digest.encode()).hexdigest()
        known = _known(content, digest, spare)
        waiting.append((content, digest, known or pool.start(content.content, content.name)))
        if len(waiting) > _AHEAD:
            yield from _finish(*waiting.popleft(), workspace, advance)
    while waiting:
        yield from _finish(*waiting.popleft(), workspace, advance)


def _known(content: Content, digest: str, spare: Callable[[Content, str], Sequence[Entry]]) -> tuple[Arrival, ...]:
    """What is known of a file without opening it; nothing where it has to be read."""
    if content.findings:
        return (Arrival(content.name, digest, content.modified, findings=content.findings),)
    return tuple(
        Arrival(content.name, digest, content.modified, entry.urn, entry.completed_on, entry.answered, prior=entry)
        for entry in spare(content, digest)
    )


def _finish(
    content: Content,
    digest: str,
    found: PendingReading | tuple[Arrival, ...],
    workspace: Workspace,
    advance: Callable[[str], None],
) -> Iterator[Arrival]:
    yield from found if isinstance(found, tuple) else attribute(content, digest, found.result(), workspace)
    advance(content.name)


def attribute(content: Content, digest: str, reading: Reading, workspace: Workspace) -> Iterator[Arrival]:
    """A file as read, once for each school it is from; without a school, once, to be set aside."""
    submission, findings = reading
    if submission is None:
        yield Arrival(content.name, digest, content.modified, findings=findings)
        return
    schools, doubts = identify(submission, workspace.register)
    if doubts:
        # What else is wrong with it matters only once it is known whose it is.
        yield Arrival(content.name, digest, content.modified, findings=doubts)
    for school in schools:
        asked, changes = keep_asked(submission, school, workspace.configuration.rubric)
        yield Arrival(
            file=content.name,
            digest=digest,
            modified=content.modified,
            urn=school.urn,
            completed_on=submission.identity.completed_on,
            answered=asked.answered,
            submission=asked,
            school=school,
            findings=findings + changes,
        )


def sort_arrivals(
    arrivals: Sequence[Arrival],
    read_again: Callable[[Sequence[str]], Mapping[tuple[str, str], Arrival]],
    register_digest: str,
) -> tuple[tuple[Counting, ...], tuple[Entry, ...]]:
    """The returns that count, one a school, and the entries of files of no school.

    Two files of one school are put together where they never disagree (SC405); otherwise the later counts (SC403). `read_again`
    opens files that had been spared, where their group has changed: file names → (file, URN) → arrival.
    """
    aside = tuple(
        arrival.prior or replace(set_aside(arrival, (), arrival.findings), context=register_digest)
        for arrival in arrivals
        if not arrival.urn
    )
    by_school: dict[str, dict[str, Arrival]] = {}
    for arrival in arrivals:
        if arrival.urn:
            by_school.setdefault(arrival.urn, {})[arrival.file] = arrival
    return tuple(_choose(urn, files, read_again) for urn, files in by_school.items()), aside


def _choose(
    urn: str, files: Mapping[str, Arrival], read_again: Callable[[Sequence[str]], Mapping[tuple[str, str], Arrival]]
) -> Counting:
    names = order_of_counting([(name, one.completed_on, one.modified, one.answered) for name, one in files.items()])
    group = tuple(sorted(names))
    spared = [files[name] for name in names if files[name].prior]
    if len(spared) == len(names) and all(one.prior and one.prior.group == group for one in spared):
        first = next((one for one in spared if one.prior and one.prior.plan), files[names[0]])
        others = tuple(one.prior for one in spared if one.prior and one is not first)
        return Counting(first, group, others)
    if spared:
        again = read_again([one.file for one in spared])
        files = {name: again.get((name, urn), one) for name, one in files.items()}
    return _combine([files[name] for name in names], group)


def _combine(ranked: Sequence[Arrival], group: tuple[str, ...]) -> Counting:
    """The first of `ranked`, with what the others add to it."""
    first, others = ranked[0], []
    for other in ranked[1:]:
        assert first.submission is not None
        assert other.submission is not None
        cells = find_differences(first.submission, other.submission)
        place = Place(other.file)
        if cells:
            named = ", ".join(cells[:_CELLS_NAMED]) + (" and more" if len(cells) > _CELLS_NAMED else "")
            told = find("SC403", place, f"{first.file} counts", urn=other.urn, other=first.file, cells=named)
            others.append(set_aside(other, group, (told,)))
        else:
            merged = put_together(first.submission, other.submission)
            told = find("SC405", place, f"the same as, or part of, {first.file}", urn=other.urn, other=first.file)
            first = replace(first, submission=merged, answered=merged.answered, findings=_shared(first, other))
            others.append(replace(set_aside(other, group, (told,)), outcome=Outcome.RATED))
    return Counting(first, group, tuple(others))


def _shared(first: Arrival, other: Arrival) -> tuple[Finding, ...]:
    """Findings of both, without those of one that the other makes good: a blank, a missing row, a missing signature."""
    codes = [{finding.code for finding in one.findings} for one in (first, other)]
    made_good = {code for code in ("RT316", "RT322") if not all(code in found for found in codes)}
    kept = (finding for one in (first, other) for finding in one.findings if finding.code not in made_good)
    return tuple(dict.fromkeys(kept))


def set_aside(arrival: Arrival, group: tuple[str, ...], findings: tuple[Finding, ...]) -> Entry:
    """The entry of a file that makes no plan of its own, or has not made it yet."""
    return Entry(
        file=arrival.file,
        digest=arrival.digest,
        context="",
        group=group,
        outcome=Outcome.SET_ASIDE,
        urn=arrival.urn,
        completed_on=arrival.completed_on,
        answered=arrival.answered,
        plan="",
        plan_digest="",
        note="",
        summary=None,
        findings=findings,
    )

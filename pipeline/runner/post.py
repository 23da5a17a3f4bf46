"""The plans that came back for a cycle, sorted by school. Each is read whole where its school's new plan is made."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.model.batch import Entry
from pipeline.model.finding import Finding, Place, find
from pipeline.model.plan_words import PlanWords
from pipeline.readers.came_back import was_left_out
from pipeline.readers.plan_owner import glance_owner
from pipeline.rules.whose_plan import identify_plan, tell_sender
from pipeline.runner.basis import digest_bytes
from pipeline.runner.folders import Folders


class PlanFile(NamedTuple):
    """A file of the plans folder: `name` is how findings call it, `digest` its SHA-256, `modified` its time in seconds."""

    name: str
    path: Path
    digest: str
    modified: float


@dataclass(frozen=True)
class Post:
    """What came back. `words` is how schools say things in a plan, None where nothing came; `findings` are of the files that
    are no school's."""

    words: PlanWords | None = None
    by_school: Mapping[str, tuple[PlanFile, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def open_post(
    folders: Folders, before: Sequence[Folders], register: Collection[str]
) -> tuple[Post | None, tuple[Finding, ...]]:
    """Looks into the plans folder of a cycle, and for plans that still wait into those `before` it, the last first.

    Findings: CF101-CF104 (the words, and then nothing). With the post: PL521, PL522, PL523, PL524, PL529."""
    paths, looked_back = folders.list_returned_plans(), tuple(_look_back(before, register))
    if not paths and not looked_back:
        return Post(), ()
    from pipeline.readers.plan_words import load_plan_words  # noqa: PLC0415 - only where a plan came back

    words, findings = load_plan_words(folders.root / "config" / "plan_words.yaml", "config/plan_words.yaml")
    if words is None:
        return None, findings
    by_school: dict[str, tuple[PlanFile, ...]] = {}
    told: list[Finding] = []
    awaited = before[0].cycle if before else ""
    for path in paths:
        opened, found = _open(path, path.relative_to(folders.returned_plans).as_posix(), awaited, register)
        told += found
        if opened:
            by_school[opened[0]] = (*by_school.get(opened[0], ()), opened[1])
    for urn, file, found in looked_back:
        told += found
        if not found:
            by_school[urn] = (*by_school.get(urn, ()), file)
    return Post(words, by_school, tuple(told)), ()


def _look_back(before: Sequence[Folders], register: Collection[str]) -> Iterator[tuple[str, PlanFile, tuple[Finding, ...]]]:
    """Plans that lie in the folder of an earlier cycle and were taken in nowhere. Where their school's workbook never came,
    they wait still; where it was rated without them, that is told: PL529. What else lies there was told then."""
    for place, folders in enumerate(before[:-1]):  # in the first cycle nothing could come back
        for path in folders.list_returned_plans():
            name = f"{folders.cycle}/plans/{path.relative_to(folders.returned_plans).as_posix()}"
            opened, _ = _open(path, name, before[place + 1].cycle, register)
            if not opened:
                continue
            urn, file = opened
            record = folders.records / f"{urn}.json"
            if record.exists():
                if was_left_out(record, file.digest):
                    yield urn, file, (find("PL529", Place(name), "rated without it", urn=urn, cycle=folders.cycle),)
            elif not any((since.records / record.name).exists() for since in before[:place]):
                yield urn, file, ()


def _open(
    path: Path, name: str, awaited: str, register: Collection[str]
) -> tuple[tuple[str, PlanFile] | None, tuple[Finding, ...]]:
    """A file and the school that it is from."""
    try:
        content = path.read_bytes()
        file = PlanFile(name, path, digest_bytes(content), path.stat().st_mtime)
    except OSError as error:
        remedy = "Close it if it is open, check that you may read it, then run again."
        return None, (find("PL521", Place(name), error.strerror or "cannot be opened", remedy=remedy),)
    urn, found = _find_owner(content, name, awaited, register)
    return ((urn, file) if urn else None), found


def _find_owner(content: bytes, name: str, awaited: str, register: Collection[str]) -> tuple[str, tuple[Finding, ...]]:
    """The school of the register that a plan is from; why there is none, where it is nobody's or cannot be read."""
    if not awaited:
        remedy = "Keep it for the next cycle; `inclusion cycle new` makes a folder for it."
        return "", (find("PL524", Place(name), "no cycle before this one", remedy=remedy),)
    urn = glance_owner(content)
    if urn in register:
        return urn, ()
    from pipeline.readers.returned_plan import read_returned_plan  # noqa: PLC0415 - few programs drop what a plan says of itself

    plan, findings = read_returned_plan(content, name)
    if plan is None:
        return "", findings
    told = tell_sender(plan)
    if not isinstance(told, str) and told.urn in register:
        return told.urn, ()
    return "", identify_plan(plan, awaited, register, {})[1]


def find_waiting(post: Post, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Plans of schools whose new plan is not made yet, since no return of theirs is rated. Findings: PL528."""
    rated = {entry.urn for entry in entries if entry.summary}
    for urn, files in post.by_school.items():
        if urn not in rated:
            yield from (find("PL528", Place(file.name), "no return rated", urn=urn) for file in files)

"""PDF copies of the plans, where they are asked for: of those that have none yet, or whose plan is another now."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.model.batch import Batch
from pipeline.model.finding import Finding, Place, find
from pipeline.runner.basis import digest_of
from pipeline.runner.documents import lay_beside, not_written, put_one_in_place
from pipeline.runner.folders import Folders
from pipeline.writers.issued import Issued
from pipeline.writers.pdf import convert, find_office
from pipeline.writers.whole_file import write_whole

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
Known = dict[str, tuple[str, str]]  # PDF's name → digests of the plan it was made of, and of itself (SHA-256, hex)

_SOME = 20  # copies after which it is noted of which plans there are some, so that a run that is stopped does not begin anew


@dataclass(frozen=True)
class Copies:
    """How many copies were made, how many were left as they were, and what could not be done."""

    made: int
    unchanged: int
    findings: tuple[Finding, ...] = ()


def make_copies(batch: Batch, folders: Folders, progress: Progress) -> Copies:
    """Puts a PDF beside each plan that stands as we wrote it. Findings: VD102, VD103, WR601, WR602.

    A plan that somebody has changed since is theirs: no copy of it is made.
    """
    known = _recall(folders)
    plans = {entry.plan: entry.plan_digest for entry in batch.entries if entry.plan}
    ours = {name: digest for name, digest in plans.items() if digest and digest_of(folders.plans / name) == digest}
    wanted = [name for name, digest in sorted(ours.items()) if not _is_there(_pdf_of(folders, name), digest, known)]
    if not wanted:
        return Copies(0, len(ours))
    office = find_office()
    if office is None:
        told = find("VD103", Place(folders.plans.name), f"{len(wanted)} plans without a copy")
        return Copies(0, len(ours) - len(wanted), (told,))
    made, findings = _make(wanted, ours, known, folders, office, progress)
    return Copies(made, len(ours) - len(wanted), tuple(findings))


def _make(
    wanted: list[str], digests: Mapping[str, str], known: Known, folders: Folders, office: str, progress: Progress
) -> tuple[int, list[Finding]]:
    issued, findings, made = Issued(folders.outputs / ".issued"), [], 0
    documents = [folders.plans / name for name in wanted]
    try:
        with progress("Making PDF copies", len(wanted)) as advance, closing(convert(documents, office)) as finished:
            for number, pdf in finished:
                name = wanted[number]
                if pdf is None:
                    findings.append(find("VD102", Place(name), "LibreOffice made none", file=name))
                else:
                    path = _pdf_of(folders, name)
                    try:
                        findings.extend(put_one_in_place(lay_beside(path, pdf, editable=True), issued, ""))
                        known[path.name] = (digests[name], sha256(pdf).hexdigest())
                        made += 1
                    except OSError as error:
                        findings.append(not_written(path, error))
                if made % _SOME == 0:
                    _remember(known, folders)
                advance()
    finally:
        _remember(known, folders)
    return made, findings


def take_away_stale(batch: Batch, folders: Folders) -> int:
    """Takes away copies of ours whose plan is another now, or gone, so that none is sent by mistake; gives how many."""
    known = _recall(folders)
    digests = {Path(entry.plan).with_suffix(".pdf").name: entry.plan_digest for entry in batch.entries if entry.plan}
    stale = [name for name, (plan, _) in known.items() if digests.get(name) != plan]
    taken = 0
    for name in stale:
        _, digest = known.pop(name)
        if digest_of(folders.plans / name) == digest:
            with suppress(OSError):
                (folders.plans / name).unlink()
                taken += 1
    if stale:
        _remember(known, folders)
    return taken


def _pdf_of(folders: Folders, name: str) -> Path:
    return (folders.plans / name).with_suffix(".pdf")


def _is_there(path: Path, digest: str, known: Known) -> bool:
    """Whether a copy stands as we made it of this very plan."""
    plan, copy = known.get(path.name, ("", ""))
    return plan == digest and digest_of(path) == copy


def _recall(folders: Folders) -> Known:
    try:
        read = json.loads(folders.copies.read_text("utf-8"))
        return {str(name): (str(plan), str(copy)) for name, (plan, copy) in read.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _remember(known: Known, folders: Folders) -> None:
    with suppress(OSError):  # then the next run makes them again
        write_whole(folders.copies, json.dumps(known, indent=0, sort_keys=True, ensure_ascii=False).encode())

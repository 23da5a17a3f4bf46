"""The plans that came back, file by file: read whole, found to be awaited, taken apart, and proved to have lost nothing.

`take_in` is for a worker: it needs a file and what the school was sent. `read_files` goes through several.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.model.carried import TakenBack
from pipeline.model.finding import Finding, Place, find
from pipeline.model.ledger import TakenIn
from pipeline.model.plan_words import PlanWords
from pipeline.model.sent_plan import SentPlan
from pipeline.readers.returned_plan import read_returned_plan
from pipeline.rules.issuing import as_made_on, read_written
from pipeline.rules.lost_words import find_missing
from pipeline.rules.taking_back import take_back
from pipeline.rules.verifying import MADE
from pipeline.rules.whose_plan import choose_sent, identify_plan

_LOST = "Please report this plan; the school's new plan is not made, and its returned one is untouched."


@dataclass(frozen=True)
class Awaited:
    """What returned plans are read against. `sent` gives what a school was sent in the cycle, `taken_in` what was taken in of
    it before, both by URN."""

    cycle: str
    register: Collection[str]
    words: PlanWords
    sent_on: date | None
    sent: Callable[[str], Sequence[SentPlan]]
    taken_in: Mapping[str, Collection[TakenIn]]


@dataclass(frozen=True)
class Returned:
    """A file of the plans folder. Without `taken` it counts for nothing, and a finding says why."""

    file: str
    urn: str = ""
    modified: float = 0.0
    identity: TakenIn | None = None
    sent: SentPlan | None = None
    taken: TakenBack | None = None
    findings: tuple[Finding, ...] = ()


def take_in(content: bytes, name: str, awaited: Awaited) -> Returned:
    """One returned plan.

    Findings: PL521, PL522, PL527 (the file), PL523-PL525 (whose it is), PL531-PL541 (what is read), PL542 (words are lost).
    """
    plan, findings = read_returned_plan(content, name)
    if plan is None:
        return Returned(name, findings=findings)
    sender, doubts = identify_plan(plan, awaited.cycle, awaited.register, awaited.taken_in)
    if sender is None:
        return Returned(name, findings=findings + doubts)
    sent = choose_sent(plan, sender, awaited.sent(sender.urn))
    if sent is None:
        remedy = "Check that it is a plan that you sent; what was sent to the school is not in the outputs of that cycle."
        unknown = find("PL523", Place(name), "a plan of which nothing is kept", urn=sender.urn, remedy=remedy)
        return Returned(name, sender.urn, findings=(*findings, unknown))
    made_on = read_written(plan.properties.get(MADE, ""))
    sent = as_made_on(sent, made_on) if made_on else sent
    taken, remarks = take_back(plan, sent, awaited.words, made_on or awaited.sent_on)
    missing = find_missing(plan.pieces, taken.every_text())
    told = tuple(replace(finding, urn=sender.urn) for finding in (*findings, *remarks))
    returned = Returned(name, sender.urn, 0.0, TakenIn(sent.plan_id, plan.digest, sent.cycle), sent, taken, told)
    if missing:
        lost = find("PL542", Place(name), f"{missing.total()} words not found again", urn=sender.urn, remedy=_LOST)
        return replace(returned, taken=None, findings=(*told, lost))
    return returned


def read_files(files: Sequence[tuple[Path, str]], awaited: Awaited) -> Iterator[Returned]:
    """Files with their names, in their order; of several plans of one school the one saved last counts.

    Findings: those of `take_in`; PL526 for a plan that another one outdoes.
    """
    read = [_read(path, name, awaited) for path, name in files]
    counting: dict[str, Returned] = {}
    for one in read:
        if one.taken and (one.urn not in counting or one.modified >= counting[one.urn].modified):
            counting[one.urn] = one
    for one in read:
        first = counting.get(one.urn)
        if one.taken and first and first is not one:
            told = find("PL526", Place(one.file), f"{first.file} counts", urn=one.urn, other=first.file)
            yield replace(one, taken=None, findings=(*one.findings, told))
        else:
            yield one


def _read(path: Path, name: str, awaited: Awaited) -> Returned:
    try:
        return replace(take_in(path.read_bytes(), name, awaited), modified=path.stat().st_mtime)
    except OSError as error:
        remedy = "Close it if it is open, check that you may read it, then run again."
        return Returned(name, findings=(find("PL521", Place(name), error.strerror or "cannot be opened", remedy=remedy),))
    except Exception:  # a fault of ours, or of a library: this school's trouble alone, and it is told
        return Returned(name, findings=(find("PL542", Place(name), "it could not be taken apart", remedy=_LOST),))

"""What a school said before: for its next workbook, and for a return that no longer shows what it was sent out with."""

from pipeline.model.finding import Finding
from pipeline.model.prefill import Said
from pipeline.model.submission import Submission
from pipeline.readers.old_answers import read_origin
from pipeline.readers.said import load_said
from pipeline.rules.confirming import LastAnswers, needs_record
from pipeline.rules.prefilling import recall_answers
from pipeline.runner.basis import digest_of
from pipeline.runner.folders import Folders
from pipeline.runner.workspace import Workspace


def gather_said(urn: str, workspace: Workspace) -> tuple[tuple[Said, ...], tuple[Finding, ...]]:
    """The school's records of the cycles before this one, the last first, without those that have none. Findings: PF101."""
    said: list[Said] = []
    findings: list[Finding] = []
    for cycle in workspace.configuration.cycles_before(workspace.cycle):
        one, found = _load(urn, cycle, workspace)
        said += [one] if one else []
        findings += found
    return tuple(said), tuple(findings)


def recall_last(submission: Submission, urn: str, workspace: Workspace) -> LastAnswers | None:
    """What the workbook was sent out with, from the record; None where that is not known, or need not be."""
    if not needs_record(submission):
        return None
    said = _load_origin(submission.edition, urn, workspace)
    configuration = workspace.configuration.under(submission.edition)
    return recall_answers(said, configuration.rubric, workspace.configuration.rubrics) if said else None


def digest_said(edition: str, urn: str, workspace: Workspace) -> str:
    """Changes with the record that a workbook was pre-filled from, where that is not the last cycle's; else empty."""
    cycle = read_origin(edition)[1]
    previous = workspace.previous
    if cycle not in workspace.configuration.settings.cycles or (previous and cycle == previous.cycle):
        return ""
    return digest_of(Folders(workspace.root, cycle).records / f"{urn}.json")


def _load_origin(edition: str, urn: str, workspace: Workspace) -> Said | None:
    """The record of the cycle that a workbook says it was pre-filled from, where that is one of the settings'."""
    cycle = read_origin(edition)[1]
    return _load(urn, cycle, workspace)[0] if cycle in workspace.configuration.settings.cycles else None


def _load(urn: str, cycle: str, workspace: Workspace) -> tuple[Said | None, tuple[Finding, ...]]:
    return load_said(Folders(workspace.root, cycle).records / f"{urn}.json", f"outputs/{cycle}/records/{urn}.json", cycle)

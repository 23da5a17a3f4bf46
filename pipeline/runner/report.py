"""The board's paper: its template filled with what the cycle comes to."""

from collections.abc import Iterator, Sequence

from pipeline.model.contract import REPORT
from pipeline.model.dossier import Dossier
from pipeline.model.profile import Profile
from pipeline.model.report import Report
from pipeline.rules.district import group_districts
from pipeline.rules.report import write_report
from pipeline.runner.districts import load_groupings
from pipeline.runner.profiles import load_profiles
from pipeline.runner.workspace import Workspace
from pipeline.writers.template import Properties


def make_report(dossier: Dossier, workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """`report.docx`. Raises: OSError where the template cannot be filled; it was found sound when the run began."""
    report = compose_report(dossier, workspace)
    title = f"Inclusive practice: {report.cycle}"
    content, faults = workspace.templates[REPORT.file].fill(
        report, Properties(title, report.authority.name, dossier.batch.cycle), dossier.today, "report.docx"
    )
    if content is None:
        raise OSError(f"{faults[0].seen}: {faults[0].fix}")
    yield "report.docx", content


def compose_report(dossier: Dossier, workspace: Workspace) -> Report:
    """What the paper says, protected together with those of districts and other groups."""
    groupings = (group_districts(dossier), *load_groupings(workspace))
    return write_report(dossier, load_before(workspace), groupings)


def load_before(workspace: Workspace) -> Sequence[Profile]:
    """The profiles of the last cycle; none where there was none, or where its file cannot be read."""
    try:
        return load_profiles(workspace.previous.profiles) if workspace.previous else ()
    except (OSError, ValueError, TypeError):
        return ()

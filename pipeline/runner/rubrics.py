"""A rubric's folder, wherever it is, read and cared for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.model.draft import Draft
from pipeline.model.finding import Finding, Place, find
from pipeline.model.settings import Settings
from pipeline.readers.library import load_library, load_settings
from pipeline.readers.rubric import RubricFolder, read_rubric
from pipeline.rules.flow import describe_flows
from pipeline.rules.rubric_care import Today, check_care
from pipeline.runner.documents import put_whole
from pipeline.writers.rubric_picture import draw_rubric


@dataclass(frozen=True)
class Chosen:
    """A rubric's folder and how findings call it."""

    path: Path
    name: str


def choose_folder(project: Path, given: str | None, settings: Settings | None) -> Chosen:
    """The folder a person means: a path, or a name in the project or in its `config`; without one, the settings' own."""
    config = project / "config"
    own = config / (settings.rubric if settings else "rubric")
    if given is None:
        return Chosen(own, f"config/{own.name}")
    paths = (Path(given), project / given, config / given)
    path = next((path for path in paths if path.is_dir()), paths[0])
    return Chosen(path, given.replace("\\", "/").rstrip("/"))


def open_rubric(project: Path, given: str | None) -> tuple[RubricFolder, Chosen, tuple[Finding, ...]]:
    """A rubric as its folder holds it, and the folder. Findings: CF101-CF104."""
    settings, findings = load_settings(project / "config") if given is None else (None, ())
    chosen = choose_folder(project, given, settings)
    read, rubric_findings = read_rubric(chosen.path, chosen.name)
    return read, chosen, (*findings, *rubric_findings)


def check_rubric(project: Path, given: str | None, today: date) -> tuple[Draft | None, Chosen, tuple[Finding, ...]]:
    """A rubric, if it is sound, its folder, and everything that is wrong with it or wants a look.

    Findings: CF101-CF104, RB901-RB919."""
    settings, findings = load_settings(project / "config")
    chosen = choose_folder(project, given, settings)
    read, rubric_findings = read_rubric(chosen.path, chosen.name)
    library, library_findings = load_library(project / "config")
    found = [*findings, *rubric_findings, *library_findings]
    if read.draft:
        stale_after = settings.stale_after_days if settings else Settings.stale_after_days
        found.extend(check_care(read.draft, read.where, library, Today(today, stale_after)))
        found.extend(_find_namesakes(read.draft, chosen, project / "config"))
    return read.draft, chosen, tuple(found)


def _find_namesakes(draft: Draft, chosen: Chosen, config: Path) -> Iterator[Finding]:
    """Other rubrics of the project under the same edition: a return says no more than for which edition it was made."""
    for path in sorted(config.glob("rubric*")):
        other = read_rubric(path, path.name)[0].draft if path.is_dir() and path.resolve() != chosen.path.resolve() else None
        if other and other.rubric.edition == draft.rubric.edition and other != draft:
            seen = f"{draft.rubric.edition}, as in config/{path.name}"
            yield find("RB919", Place(f"{chosen.name}/rubric.yaml"), seen)


def picture_rubric(draft: Draft, path: Path) -> tuple[Finding, ...]:
    """Draws how a rubric decides its levels. Findings: WR601."""
    return put_whole(path, draw_rubric(describe_flows(draft)))

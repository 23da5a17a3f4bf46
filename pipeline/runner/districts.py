"""The papers of districts, trusts and communities: one template filled for each."""

from collections.abc import Iterator, Sequence

from pipeline.model.contract import DISTRICT
from pipeline.model.district import District
from pipeline.model.dossier import Dossier
from pipeline.model.paper import Matter, Paper
from pipeline.model.school import safe_stem
from pipeline.readers.register import load_groups
from pipeline.rules.district import Papers, list_groups, prepare_papers
from pipeline.rules.spread import Grouping
from pipeline.runner.workspace import Workspace
from pipeline.writers.template import Properties


def make_districts(dossier: Dossier, workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """`districts/*.docx`, and where the settings say so a page for each school. Raises: OSError where the template cannot be
    filled; it was found sound when the run began."""
    before: list[Grouping] = []
    taken: set[str] = set()
    for papers in prepare_papers(dossier, load_groupings(workspace)):
        for group in list_groups(papers, before):
            district = papers.write(group)
            stem = _choose_stem(district.place if not before else f"{district.place} ({district.kind})", taken)
            yield f"districts/{stem}.docx", _fill(district, dossier, workspace)
            if not before and dossier.shows(Paper.DISTRICTS, Matter.POSITION):
                yield from _list_own(papers, group, stem, dossier, workspace)
        before.append(papers.grouping)


def load_groupings(workspace: Workspace) -> Sequence[Grouping]:
    """The ways besides districts in which the register groups schools."""
    found = load_groups(workspace.root / "config" / "schools.csv")
    return [Grouping(kind, groups) for kind, groups in found.items()]


def _choose_stem(name: str, taken: set[str]) -> str:
    """A file name that no other paper has, also where case does not count."""
    stem = first = safe_stem(name)
    number = 1
    while stem.casefold() in taken:
        number += 1
        stem = f"{first} {number}"
    taken.add(stem.casefold())
    return stem


def _list_own(papers: Papers, group: str, stem: str, dossier: Dossier, workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """A paper for each rated school of a district, with its own levels, for that school alone."""
    for profile in dossier.counted:
        if profile.school.district == group:
            content = _fill(papers.write(group, profile), dossier, workspace)
            yield f"districts/{stem}/{profile.school.file_stem}.docx", content


def _fill(district: District, dossier: Dossier, workspace: Workspace) -> bytes:
    properties = Properties(f"Inclusive practice: {district.place}", district.authority.name, dossier.batch.cycle)
    content, faults = workspace.templates[DISTRICT.file].fill(district, properties, dossier.today, f"{district.place}.docx")
    if content is None:
        raise OSError(f"{faults[0].seen}: {faults[0].fix}")
    return content

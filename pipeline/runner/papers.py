"""The LA's papers: which there are, who makes them, and that they are put in place whole."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from pipeline.model.batch import Batch
from pipeline.model.dossier import Dossier
from pipeline.model.finding import Finding
from pipeline.model.paper import Paper
from pipeline.model.profile import Outline
from pipeline.runner.basis import digest_of
from pipeline.runner.crew import Crew
from pipeline.runner.districts import make_districts
from pipeline.runner.documents import Document, lay_beside, not_written, replace_all
from pipeline.runner.folders import Folders
from pipeline.runner.heat_map import make_page
from pipeline.runner.profiles import load_outlines, load_profiles
from pipeline.runner.report import make_report
from pipeline.runner.working import Briefing, recall_briefing
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued

# What makes a paper gives each of its files, by its path from the cycle's outputs.
Make = Callable[[Dossier, Workspace], Iterator[tuple[str, bytes]]]


def _make_overview(dossier: Dossier, _: Workspace) -> Iterator[tuple[str, bytes]]:
    from pipeline.writers.overview import write_overview  # noqa: PLC0415 - heavy, and for workers only

    yield "overview.xlsx", write_overview(dossier)


# Those that take longest first, so that the others are made beside them.
_MAKERS: Mapping[Paper, Make] = {
    Paper.OVERVIEW: _make_overview,
    Paper.PAGE: make_page,
    Paper.REPORT: make_report,
    Paper.DISTRICTS: make_districts,
}


def make_paper(paper: Paper, batch: Batch, told: Briefing) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """A paper laid beside its place, or what kept it from being written (WR601)."""
    folders, dossier = told.workspace.folders, gather_dossier(batch, told.workspace, told.today)
    documents: list[Document] = []
    for name, content in _MAKERS[paper](dossier, told.workspace):
        path = folders.outputs / name
        try:
            documents.append(lay_beside(path, content))
        except OSError as error:
            return tuple(documents), (not_written(path, error),)
    return tuple(documents), ()


def gather_dossier(batch: Batch, workspace: Workspace, today: date) -> Dossier:
    """What papers are made from, as a run left it. Raises: OSError, ValueError."""
    profiles, earlier = load_profiles(workspace.folders.profiles), _look_back(workspace)
    return Dossier(batch, workspace.register, workspace.configuration, profiles, today, earlier)


def _look_back(workspace: Workspace) -> Mapping[str, Sequence[Outline]]:
    """The cycles before this one, as far as they left profiles."""
    found = {cycle: load_outlines(Folders(workspace.root, cycle).profiles) for cycle in workspace.earlier}
    return {cycle: outlines for cycle, outlines in found.items() if outlines}


def make_paper_in_worker(paper: Paper, batch: Batch, key: str = "") -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """The same, by a worker that has been told of the run."""
    return make_paper(paper, batch, recall_briefing(key))


def write_papers(batch: Batch, told: Briefing, crew: Crew, issued: Issued) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Makes the papers of the settings, each by a worker; gives their digests by their paths, and what went wrong (WR601)."""
    folders = told.workspace.folders
    papers = [paper for paper in _MAKERS if paper in told.workspace.configuration.settings.papers]
    light = replace(batch, entries=tuple(replace(entry, fingerprints="", group=()) for entry in batch.entries))
    digests: dict[str, str] = {}
    findings: list[Finding] = []
    for paper, made in zip(papers, crew.call_each(make_paper_in_worker, [(paper, light) for paper in papers]), strict=True):
        # A worker that gives up over a paper is no file's fault: it is made here, where there is time and memory.
        documents, found = made or make_paper(paper, light, told)
        findings.extend(found)
        for document in documents:
            failed, _ = replace_all((document,), issued, "")
            findings.extend(failed)
            digests[document.path.relative_to(folders.outputs).as_posix()] = document.digest
    return digests, tuple(findings)


def take_away(before: Mapping[str, str], made: Container[str], folders: Folders) -> None:
    """A paper of the last run that is made no more, such as one of a district that is gone, goes if it is as we left it."""
    for name, digest in before.items():
        path = folders.outputs / name
        if name not in made and digest_of(path) == digest:
            with suppress(OSError):
                path.unlink()

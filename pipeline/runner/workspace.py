"""A project on disk: where its files are, and everything that must be sound before work begins."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from pipeline import __version__
from pipeline.model.contract import DISTRICT, FILLED_BY_A_RUN, NOTE, PLAN, REPORT
from pipeline.model.finding import Finding, Place, find
from pipeline.model.moderation import Moderated
from pipeline.model.paper import Paper
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.config import load_configuration, recall_configuration
from pipeline.readers.judgements import load_judgements
from pipeline.readers.register import load_register
from pipeline.runner.basis import digest_of, digest_project
from pipeline.runner.extracts import Extract, load_extracts
from pipeline.runner.folders import Folders
from pipeline.runner.post import Post, open_post
from pipeline.runner.templates import load_templates
from pipeline.writers.heat_map import NAMES, REQUIRED
from pipeline.writers.page_template import PageTemplate, load_page_template
from pipeline.writers.records import write_configuration
from pipeline.writers.template import Template
from pipeline.writers.whole_file import write_whole

# The templates of papers, which are looked into where the settings want the paper.
_OF_PAPERS: Mapping[str, Paper] = {REPORT.file: Paper.REPORT, DISTRICT.file: Paper.DISTRICTS}
_LOOKS_BACK = 6  # cycles, which are two years or one
_REMEMBERED = ".configuration.json"


@dataclass(frozen=True)
class Workspace:
    """A project that is ready to work: configuration, register and templates read and sound. `digest` is of all their files;
    `templates` are those that a run fills, by file name, `papers` those that the settings ask for besides.

    `moderated` maps the URNs of schools that an adviser has looked at to their areas; `judgements_digest` is of its file.
    `page_template` is None where the settings want no page; `post` is what came back, which `with_post` looks for."""

    root: Path
    cycle: str
    digest: str
    configuration: Configuration
    register: Mapping[str, School]
    templates: Mapping[str, Template]
    extracts: tuple[Extract, ...] = ()
    moderated: Mapping[str, tuple[Moderated, ...]] = field(default_factory=dict)
    judgements_digest: str = ""
    page_template: PageTemplate | None = None
    post: Post = field(default_factory=Post)

    @property
    def plan_template(self) -> Template:
        """What plans are made from."""
        return self.templates[PLAN.file]

    @property
    def note_template(self) -> Template:
        """What notes are made from."""
        return self.templates[NOTE.file]

    @property
    def folders(self) -> Folders:
        """Where this cycle's files are."""
        return Folders(self.root, self.cycle)

    @property
    def previous(self) -> Folders | None:
        """Where the last cycle's files are, if there was one."""
        return next(iter(self.before), None)

    @property
    def before(self) -> tuple[Folders, ...]:
        """Where the files of all cycles before this one are, the last first."""
        return tuple(Folders(self.root, cycle) for cycle in self.configuration.cycles_before(self.cycle))

    def last_of(self, urn: str) -> Folders | None:
        """Where the files of the last cycle are in which a school was rated, if there was one: it may have left some out."""
        return next((folders for folders in self.before if (folders.records / f"{urn}.json").exists()), None)

    @property
    def earlier(self) -> Sequence[str]:
        """The cycles that a trend looks back on, the earliest first."""
        cycles = list(self.configuration.settings.cycles)
        return cycles[: cycles.index(self.cycle)][-_LOOKS_BACK:]

    @cached_property
    def register_digest(self) -> str:
        """Changes when any school of the register does: a file of no school may then be somebody's."""
        return sha256(repr(sorted(self.register.items())).encode()).hexdigest()

    @cached_property
    def template_digest(self) -> str:
        """SHA-256 of the template of plans."""
        return sha256(self.plan_template.content).hexdigest()

    @cached_property
    def rules(self) -> str:
        """Changes when the program, the configuration, a template or the cycle does."""
        extracts = (extract.template for extract in self.extracts)
        templates = (sha256(one.content).hexdigest() for one in (self.plan_template, self.note_template, *extracts))
        return sha256("\0".join((__version__, self.configuration.digest, *templates, self.cycle)).encode()).hexdigest()


def open_workspace(root: Path, cycle: str | None) -> tuple[Workspace | None, tuple[Finding, ...]]:
    """Reads what every command needs; `cycle` None means the one of the settings. Findings: CF101-CF106, RG201-RG203, MD810,
    errors of TP4xx."""
    digest = digest_project(root)  # before anything is read, so that a file changed meanwhile is noticed by the next run
    configuration, config_findings = _configuration(root)
    register, register_findings = load_register(root / "config" / "schools.csv", "config/schools.csv")
    fast = configuration is not None and configuration.settings.packing == "isal"
    templates, template_findings = load_templates(root, _list_templates(configuration), fast=fast)
    extracts, extract_findings = load_extracts(root, configuration.settings) if configuration else ((), ())
    page_template, page_findings = _page_template(root, configuration)
    findings = [*config_findings, *register_findings, *template_findings, *extract_findings, *page_findings]
    if configuration and cycle and cycle not in configuration.settings.cycles:
        known = ", ".join(configuration.settings.cycles)
        remedy = f"Choose one of the cycles in the settings: {known}."
        findings.append(find("CF106", Place("config/settings.yaml"), cycle, remedy=remedy))
    if fast and find_spec("isal") is None:
        remedy = 'Install it with: pip install "inclusive-practice-toolkit[fast]"; or write “packing: zlib”.'
        findings.append(find("CF104", Place("config/settings.yaml"), "packing: isal, which is not installed", remedy=remedy))
    if findings or not configuration:
        return None, tuple(findings)
    chosen = cycle or configuration.settings.cycle
    workspace = Workspace(root, chosen, digest, configuration, register, templates, extracts)
    return _with_judgements(replace(workspace, page_template=page_template))


def _with_judgements(workspace: Workspace) -> tuple[Workspace | None, tuple[Finding, ...]]:
    """With what advisers made of the cycle's schools. A file of it that cannot be read stops the work (MD810): plans made
    without it would drop an adviser's judgement unseen."""
    folders = workspace.folders
    digest = digest_of(folders.judgements)  # before it is read, as above
    judgements, findings = load_judgements(folders.judgements, folders.judgements_name)
    if judgements is None:
        return None, findings
    return replace(workspace, moderated=judgements.by_school, judgements_digest=digest), ()


def with_post(workspace: Workspace) -> tuple[Workspace | None, tuple[Finding, ...]]:
    """With the plans that came back. Where the words that schools use cannot be read, that stops the work: plans made without
    what came back would drop it unseen. Findings: CF101-CF104."""
    post, findings = open_post(workspace.folders, workspace.before, workspace.register)
    return (None if post is None else replace(workspace, post=post)), findings


def _configuration(root: Path) -> tuple[Configuration | None, tuple[Finding, ...]]:
    """As the last run read it, where no file of it has changed: YAML takes five times as long to read."""
    remembered = recall_configuration(root / "config", root / "outputs" / _REMEMBERED)
    return (remembered, ()) if remembered else load_configuration(root / "config")


def remember_configuration(workspace: Workspace) -> None:
    """Leaves the configuration as read for the next run."""
    content = write_configuration(workspace.configuration)
    if content:
        with suppress(OSError):  # then the next one reads the files
            write_whole(workspace.root / "outputs" / _REMEMBERED, content)


def _list_templates(configuration: Configuration | None) -> Sequence[str]:
    """The templates that a run fills."""
    files = [contract.file for contract in FILLED_BY_A_RUN]
    papers = configuration.settings.papers if configuration else {}
    return [file for file in files if file not in _OF_PAPERS or not configuration or _OF_PAPERS[file] in papers]


def _page_template(root: Path, configuration: Configuration | None) -> tuple[PageTemplate | None, tuple[Finding, ...]]:
    """That of the overview page, where the settings want one."""
    if configuration is None or Paper.PAGE not in configuration.settings.papers:
        return None, ()
    return load_page_template(root / "templates" / "overview.html", "templates/overview.html", NAMES, REQUIRED)

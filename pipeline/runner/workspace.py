"""A project on disk: where its files are, and everything that must be sound before work begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.model.finding import Finding, Place, find
from pipeline.model.note import Note
from pipeline.model.plan import Plan
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.readers.config import load_configuration
from pipeline.readers.register import load_register
from pipeline.writers.template import Template, load_template

# What operating systems and sync programs leave in a folder; not a return by any reading.
_NOT_RETURNS = {".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Folders:
    """The folders of one cycle of a project."""

    root: Path
    cycle: str

    @property
    def returns(self) -> Path:
        """Where the officer drops what arrives."""
        return self.root / "inputs" / self.cycle / "returns"

    @property
    def outputs(self) -> Path:
        """Where everything we make goes."""
        return self.root / "outputs" / self.cycle

    @property
    def plans(self) -> Path:
        """The Word plans."""
        return self.outputs / "plans"

    @property
    def records(self) -> Path:
        """The records, one a school."""
        return self.outputs / "records"

    @property
    def workbooks(self) -> Path:
        """The blank workbooks."""
        return self.outputs / "workbooks"

    @property
    def notes(self) -> Path:
        """The notes back to schools, and the marked copies beside them."""
        return self.outputs / "notes"

    def list_returns(self) -> list[Path]:
        """Every file of the returns folder and of the folders in it, by name."""
        return sorted(path for path in self.returns.rglob("*") if path.is_file() and path.name not in _NOT_RETURNS)


@dataclass(frozen=True)
class Workspace:
    """A project that is ready to work: configuration, register and template read and sound."""

    root: Path
    cycle: str
    configuration: Configuration
    register: Mapping[str, School]
    plan_template: Template
    note_template: Template

    @property
    def folders(self) -> Folders:
        """Where this cycle's files are."""
        return Folders(self.root, self.cycle)

    @property
    def previous(self) -> Folders | None:
        """Where the last cycle's files are, if there was one."""
        before = self.configuration.cycle_before(self.cycle)
        return Folders(self.root, before) if before else None

    @cached_property
    def register_digest(self) -> str:
        """Changes when any school of the register does: a file of no school may then be somebody's."""
        return sha256(repr(sorted(self.register.items())).encode()).hexdigest()

    @cached_property
    def digest(self) -> str:
        """Changes when the program, the configuration, the template or the cycle does."""
        templates = (sha256(template.content).hexdigest() for template in (self.plan_template, self.note_template))
        return sha256("\0".join((__version__, self.configuration.digest, *templates, self.cycle)).encode()).hexdigest()


def open_workspace(root: Path, cycle: str | None) -> tuple[Workspace | None, tuple[Finding, ...]]:
    """Reads what every command needs; `cycle` None means the one of the settings. Findings: CF101-CF105, RG201-RG203."""
    configuration, config_findings = load_configuration(root / "config")
    register, register_findings = load_register(root / "config" / "schools.csv", "config/schools.csv")
    plan_template, plan_findings = load_template(root / "templates" / "action_plan.docx", "templates/action_plan.docx", Plan)
    note_template, note_findings = load_template(root / "templates" / "return_note.docx", "templates/return_note.docx", Note)
    findings = [*config_findings, *register_findings, *plan_findings, *note_findings]
    if configuration and cycle and cycle not in configuration.settings.cycles:
        known = ", ".join(configuration.settings.cycles)
        remedy = f"Choose one of the cycles in the settings: {known}."
        findings.append(find("CF106", Place("config/settings.yaml"), cycle, remedy=remedy))
    if findings or not (configuration and plan_template and note_template):
        return None, tuple(findings)
    chosen = cycle or configuration.settings.cycle
    return Workspace(root, chosen, configuration, register, plan_template, note_template), ()

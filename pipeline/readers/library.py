"""What stands beside a rubric in `config/`, as far as it can be read: resources and the Ofsted checklist."""

from pathlib import Path

from pipeline.model.draft import Library
from pipeline.model.finding import Finding
from pipeline.model.settings import Resources, Settings
from pipeline.readers.checklist import load_checklists
from pipeline.readers.yaml_file import YamlFile


def load_settings(config: Path) -> tuple[Settings | None, tuple[Finding, ...]]:
    """The settings alone. Findings: CF101-CF103."""
    return YamlFile(config / "settings.yaml", "config/settings.yaml").load(Settings)


def load_library(config: Path) -> tuple[Library, tuple[Finding, ...]]:
    """Resources and checklists; empty where a file cannot be read. Findings: CF101-CF103."""
    resources_file = YamlFile(config / "resources.yaml", "config/resources.yaml")
    resources, resources_findings = resources_file.load(Resources)
    versions, _, checklist_findings = load_checklists(config)
    library = Library(
        resources.resources if resources else (),
        tuple(version.checklist for version in versions),
        resources_file.name,
        lambda position, *loc: resources_file.place("resources", position, *loc),
        lambda position, *loc: versions[position].file.place(*loc),
    )
    return library, (*resources_findings, *checklist_findings)

"""A project of one's own, laid out after another: the same configuration and templates, without its schools."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.writers.whole_file import write_whole

_BROUGHT = {"config": (".yaml", ".png"), "templates": (".docx", ".html")}
_LOCK = "~$"  # what Word leaves beside a document that is open


def copy_project(project: Path, out: Path) -> None:
    """Writes the configuration of `project`, all but its register, and its templates into `out`. Raises: OSError."""
    for path in list_brought(project):
        write_whole(out / path.relative_to(project), path.read_bytes())


def list_brought(project: Path) -> Iterator[Path]:
    """The files that a new project begins with, by name."""
    for folder, suffixes in _BROUGHT.items():
        for path in sorted((project / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file() and not path.name.startswith(_LOCK):
                yield path

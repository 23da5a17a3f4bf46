"""Every template put into a house style."""

from pathlib import Path

from pipeline.model.finding import Finding, Place, find
from pipeline.readers.house_style import load_house_style
from pipeline.runner.documents import not_written
from pipeline.writers.house_style import restyle
from pipeline.writers.whole_file import write_whole


def restyle_templates(root: Path, style_file: Path) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The names of the templates that changed. Nothing is written where the style is not sound.

    Findings: CF101-CF103, HS101-HS103 (the style); HS104 (a template that is none); WR601."""
    style, logo, findings = load_house_style(style_file, _name(style_file, root))
    if style is None:
        return (), findings
    changed, troubles = [], []
    for path in sorted((root / "templates").rglob("*.docx")):
        if path.name.startswith("~$"):
            continue
        name = path.relative_to(root / "templates").as_posix()
        try:
            content = restyle(path.read_bytes(), style, logo)
        except Exception as error:  # lxml and zipfile have many ways to say that this is no Word document
            troubles.append(find("HS104", Place(f"templates/{name}"), type(error).__name__))
            continue
        try:
            if write_whole(path, content):
                changed.append(name)
        except OSError as error:
            troubles.append(not_written(path, error))
    return tuple(changed), tuple(troubles)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

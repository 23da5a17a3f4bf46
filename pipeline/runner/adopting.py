"""`init`: a new local authority's project, laid out from what the toolkit brings."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.model.finding import Finding
from pipeline.model.settings import Authority, Settings
from pipeline.readers.library import load_settings
from pipeline.readers.register import COLUMNS, STATUS
from pipeline.readers.starter import find_starter
from pipeline.rules.adopting import UNNAMED, write_readme
from pipeline.runner.documents import not_written
from pipeline.writers.authority import begin_settings
from pipeline.writers.project import copy_project
from pipeline.writers.whole_file import write_whole

README = "README.txt"
_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


def is_empty(folder: Path) -> bool:
    """Whether nobody has put anything there: the folder is new, or holds only what an operating system leaves."""
    return not folder.exists() or all(path.name in _LEFT_BY_SYSTEMS for path in folder.iterdir())


def begin_project(out: Path, told: Mapping[str, str]) -> tuple[Settings | None, tuple[Finding, ...]]:
    """Lays out a project in an empty folder, and gives its settings. `told` is what is known of the authority: any of its name,
    team and email.

    Findings: CF101-CF103 (the toolkit's own settings), WR601.
    """
    starter = find_starter()
    settings, findings = load_settings(starter / "config")
    if settings is None:
        return None, findings
    authority = replace(UNNAMED, **told)
    try:
        copy_project(starter, out)
        for name, content in _own_files(starter, settings, authority).items():
            write_whole(out / name, content)
        (out / "inputs" / settings.cycle / "returns").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return None, (not_written(Path(error.filename or out), error),)
    return replace(settings, authority=authority, cycles={settings.cycle: settings.cycles[settings.cycle]}), ()


def _own_files(starter: Path, settings: Settings, authority: Authority) -> Mapping[str, bytes]:
    """What differs from one authority to the next. Text is as Notepad likes it: marked as UTF-8, lines ending in CRLF."""
    readme = write_readme(settings, authority, COLUMNS, STATUS).replace("\n", "\r\n")
    return {
        "config/settings.yaml": begin_settings((starter / "config" / "settings.yaml").read_bytes(), authority),
        "config/schools.csv": (",".join((*COLUMNS, STATUS)) + "\r\n").encode("utf-8-sig"),
        README: readme.encode("utf-8-sig"),
    }

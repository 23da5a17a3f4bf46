"""What a run rests on besides the returns: while none of it changes, only returns that changed need work.

Light on purpose: it decides whether anything else has to be imported at all.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.model.batch import Basis
from pipeline.runner.folders import Folders


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content, hex; empty where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def digest_bytes(content: bytes) -> str:
    """SHA-256 of a file's content as read, hex."""
    return sha256(content).hexdigest()


def digest_returned_plans(folders: Folders, before: Iterable[Folders]) -> str:
    """Changes when any plan that came back does, in this cycle or one `before`; empty without any."""
    paths = [path for one in (folders, *before) for path in one.list_returned_plans()]
    return _digest_all(paths, folders.root) if paths else ""


def digest_project(root: Path) -> str:
    """Changes when the program's version, any file of the configuration, the register or any template does."""
    config, templates = root / "config", root / "templates"
    files = [*config.rglob("*.yaml"), *config.glob("*.csv"), *templates.rglob("*.docx"), *templates.glob("*.html")]
    return _digest_all(sorted(files), root, __version__)


def digest_records(before: Iterable[Folders]) -> str:
    """Changes when the last record of any school does, in the cycles `before`, the last first; empty without one."""
    last: dict[str, Path] = {}
    for folders in before:
        for path in sorted(folders.records.glob("*.json")):
            last.setdefault(path.name, path)
    return _digest_all((last[name] for name in sorted(last)), folders.root) if last else ""


def digest_profiles(root: Path, cycles: Iterable[str]) -> Mapping[str, str]:
    """Cycle → digest of the profiles it left; empty where it left none."""
    return {cycle: digest_of(Folders(root, cycle).profiles) for cycle in cycles}


def list_shelves(folders: Folders) -> str:
    """Changes when a document is added to the folders we write to, or goes missing (SHA-256 of their names, hex). PDF copies
    are looked after for themselves."""
    shelves = (folders.plans, folders.extracts, folders.records, folders.notes)
    paths = (path for shelf in shelves if shelf.is_dir() for path in shelf.iterdir() if path.suffix != ".pdf")
    names = sorted(f"{path.parent.name}/{path.name}" for path in paths)
    return sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def holds(basis: Basis, folders: Folders, project: str, today: str) -> bool:
    """Whether all that a run rested on is still so, its documents and papers included."""
    before = [Folders(folders.root, cycle) for cycle in basis.cycles_before]
    return (
        (basis.project, basis.day) == (project, today)
        and basis.judgements == digest_of(folders.judgements)
        and basis.returned == digest_returned_plans(folders, before)
        and basis.shelves == list_shelves(folders)
        and all(digest_of(folders.outputs / name) == digest for name, digest in basis.papers.items())
        and basis.earlier == digest_profiles(folders.root, basis.earlier)
        and basis.records_before == digest_records(before)
    )


def _digest_all(paths: Iterable[Path], root: Path, *more: str) -> str:
    lines = (f"{path.relative_to(root).as_posix()} {digest_of(path)}" for path in paths)
    return sha256("\n".join((*more, *lines)).encode("utf-8", "surrogatepass")).hexdigest()

"""`cycle`: the next cycle opened, all of them counted, and an old one deleted."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.model.cycles import CycleLine, Heap
from pipeline.model.finding import Finding, Place, find
from pipeline.model.settings import Cycle, Settings
from pipeline.readers.library import load_settings
from pipeline.rules.next_cycle import propose_cycle
from pipeline.rules.planning import written_date
from pipeline.rules.term import is_safe_key
from pipeline.runner.documents import not_written
from pipeline.runner.folders import Folders
from pipeline.writers.whole_file import write_whole

_SETTINGS = "config/settings.yaml"
_PLACES = ("inputs", "outputs", "what-if")  # where a cycle has a folder of its own
_LEAVING = ".deleting-{name}"


@dataclass(frozen=True)
class Opened:
    """A cycle that was opened, and how many files its folders held already."""

    key: str
    cycle: Cycle
    folders: Folders
    held: int


def open_cycle(root: Path, key: str, label: str | None, due: date | None) -> tuple[Opened | None, tuple[Finding, ...]]:
    """Makes the folders of a new cycle, lists it in the settings and makes it the current one.

    The settings come last: until they are written, nothing has changed for any other command.
    Findings: CF101-CF103, CY101-CY105, WR601."""
    settings, findings = load_settings(root / "config")
    if settings is None:
        return None, findings
    cycle, findings = propose_cycle(key, settings, label, due)
    if cycle is None:
        return None, findings
    from pipeline.writers.settings_file import add_cycle  # noqa: PLC0415 - ruamel is slow to load

    folders, path = Folders(root, key), root / _SETTINGS
    try:
        for folder in (folders.returns, folders.returned_plans):
            folder.mkdir(parents=True, exist_ok=True)
        text = path.read_bytes().decode("utf-8-sig")
        write_whole(path, add_cycle(text, key, cycle).encode())
    except OSError as error:
        return None, (not_written(path, error, ""),)
    except ValueError:
        return None, (find("CY105", Place(_SETTINGS), "an unusual layout", key=key),)
    return Opened(key, cycle, folders, _count(folders.root / "inputs" / key)), ()


def list_cycles(root: Path) -> tuple[tuple[CycleLine, ...], tuple[Finding, ...]]:
    """Every cycle of the settings, in their order, then those that only have folders. Findings: CF101-CF103."""
    settings, findings = load_settings(root / "config")
    if settings is None:
        return (), findings
    return tuple(_line(root, key, settings) for key in (*settings.cycles, *_list_unlisted(root, settings))), ()


def _line(root: Path, key: str, settings: Settings) -> CycleLine:
    folders, cycle = Folders(root, key), settings.cycles.get(key)
    return CycleLine(
        key=key,
        label=cycle.label if cycle else "",
        due=written_date(cycle.returns_due) if cycle else "",
        returns=len(folders.list_returns()),
        plans=_count_kind(folders.plans, ".docx"),
        returned_plans=_count_kind(folders.returned_plans, ".docx"),
        records=_count_kind(folders.records, ".json"),
        is_current=key == settings.cycle,
        is_listed=cycle is not None,
    )


def _list_unlisted(root: Path, settings: Settings) -> list[str]:
    """Cycles that have folders and are not in the settings: returns of theirs would otherwise be forgotten."""
    found = {path.parent.name for path in (root / "inputs").glob("*/returns")}
    found |= {path.parent.name for path in (root / "outputs").glob("*/records")}
    return sorted(name for name in found - settings.cycles.keys() if not name.startswith("."))


def _count_kind(folder: Path, suffix: str) -> int:
    if not folder.is_dir():
        return 0
    return sum(path.suffix.lower() == suffix and not path.name.startswith((".", "~")) for path in folder.iterdir())


def _count(folder: Path) -> int:
    return sum(1 for _ in _walk(folder))


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder; links are not followed."""
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def find_heaps(root: Path, key: str, *, even_current: bool) -> tuple[tuple[Heap, ...], tuple[Finding, ...]]:
    """The folders that make up a cycle. Findings: CF101-CF103, CY106 (no such cycle), CY107 (the current one)."""
    settings, findings = load_settings(root / "config")
    if settings is None:
        return (), findings
    if key == settings.cycle and not even_current:
        return (), (find("CY107", Place(_SETTINGS), key),)
    heaps = tuple(_find_heaps(root, key)) if is_safe_key(key) else ()
    if not heaps and key not in settings.cycles:
        known = [line.key for line in list_cycles(root)[0]]
        return (), (find("CY106", Place(_SETTINGS), f"“{key[:40]}”", known=", ".join(known)),)
    return heaps, ()


def _find_heaps(root: Path, key: str) -> Iterator[Heap]:
    """Folders of the cycle, and what an interrupted deletion left of them."""
    for place in _PLACES:
        for path in (root / place / key, root / place / _LEAVING.format(name=key)):
            if path.is_dir() or path.is_symlink():
                files = [] if path.is_symlink() else list(_walk(path))
                size = sum(file.lstat().st_size for file in files)
                yield Heap(path, path.relative_to(root).as_posix(), len(files), size)


def delete_heap(heap: Heap) -> tuple[Finding, ...]:
    """Deletes a folder. It is put out of sight first, so that no run ever meets half of it; a deletion that was stopped goes on
    when it is asked for again. Findings: CY108."""
    leaving = heap.path if heap.path.name.startswith(".") else heap.path.with_name(_LEAVING.format(name=heap.path.name))
    try:
        if heap.path.is_symlink():
            heap.path.unlink()
            return ()
        if leaving != heap.path:
            shutil.rmtree(leaving, ignore_errors=True)
            heap.path.rename(leaving)
        shutil.rmtree(leaving)
    except OSError as error:
        return (find("CY108", Place(heap.name), error.strerror or "it cannot be deleted"),)
    return ()

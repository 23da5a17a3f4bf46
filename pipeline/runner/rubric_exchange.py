"""A rubric's way through Excel: out of its folder into a workbook, and back into YAML. What was written is read again before
it counts: nothing is lost on the way."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.draft import Draft
from pipeline.model.finding import Finding, Place, find
from pipeline.readers.rubric import find_area_files, read_rubric
from pipeline.readers.rubric_workbook import read_rubric_workbook
from pipeline.runner.documents import not_written, put_whole
from pipeline.runner.rubrics import open_rubric
from pipeline.writers.rubric_workbook import write_rubric_workbook
from pipeline.writers.rubric_yaml import write_rubric_files
from pipeline.writers.whole_file import write_whole


def export_rubric(project: Path, given: str | None, out: Path) -> tuple[Draft | None, tuple[Finding, ...]]:
    """Writes a rubric's workbook; gives the rubric, if it could be written. Findings: CF101-CF104, RB955, WR601."""
    read, chosen, findings = open_rubric(project, given)
    if read.draft is None:
        return None, findings
    try:
        content = write_rubric_workbook(read.draft)
    except ValueError as error:
        remedy = "Take out the character that cannot be printed, or shorten the text, and export again."
        return None, (find("RB955", Place(chosen.name), str(error) or type(error).__name__, remedy=remedy),)
    back, _ = read_rubric_workbook(content, out.name)
    if back != read.draft:
        remedy = "Look for an empty wording, or for spaces at the ends of an id, mend it, and export again."
        return None, (find("RB955", Place(chosen.name), _differing(read.draft, back), remedy=remedy),)
    failed = put_whole(out, content)
    return (None if failed else read.draft), failed


def _differing(draft: Draft, back: Draft | None) -> str:
    """The parts that would not come back as they are."""
    if back is None:
        return "a text that a workbook cannot give back"
    areas = [f"Area {one.number}" for one, other in zip(draft.areas, back.areas, strict=False) if one != other]
    return ", ".join((["rubric.yaml"] if draft.frame != back.frame else []) + areas) or "the areas"


def import_rubric(workbook: Path, folder: Path) -> tuple[Draft | None, tuple[Path, ...], tuple[Finding, ...]]:
    """Reads a rubric's workbook and writes it to a folder; gives the rubric and the files that changed.

    Files that are there are edited where they stand, so that their comments stay. Nothing is written before everything is found
    sound, and each file is written whole. Findings: RB950-RB954, CF101-CF104, WR601.
    """
    try:
        content = workbook.read_bytes()
    except OSError as error:
        remedy = "Give the path of the workbook that “inclusion rubric export” wrote."
        return None, (), (find("RB950", Place(workbook.name), error.strerror or "cannot be read", remedy=remedy),)
    draft, findings = read_rubric_workbook(content, workbook.name)
    if draft is None:
        return None, (), findings
    names, refused = _look_at_folder(draft, folder)
    if refused:
        return None, (), (*findings, *refused)
    files = _make_files(draft, folder, names)
    changed = []
    for name, made in files.items():
        try:
            if write_whole(folder / name, made):
                changed.append(folder / name)
        except OSError as error:
            return None, tuple(changed), (*findings, not_written(folder / name, error))
    return draft, tuple(changed), findings


def _look_at_folder(draft: Draft, folder: Path) -> tuple[Mapping[int, str], tuple[Finding, ...]]:
    """Number → file name of the areas that are there; an area that the workbook lacks is told and never deleted.

    Findings: RB954, CF101-CF103 (a file there cannot be read)."""
    names, unreadable = find_area_files(folder, folder.name)
    lost = [
        find("RB954", Place(f"{folder.name}/{name}"), f"Area {number}", number=number, file=name)
        for number, name in names.items()
        if number not in draft.numbered
    ]
    return names, (*unreadable, *lost)


def _make_files(draft: Draft, folder: Path, names: Mapping[int, str]) -> Mapping[str, bytes]:
    """The files that hold exactly this rubric: edited, or clean, or with every text in quotation marks, whichever is the first
    to be read as it was meant."""
    present = {path.name: path.read_text("utf-8-sig") for path in folder.glob("*.yaml")} if folder.is_dir() else {}
    for texts, quoted in ((present, False), ({}, False), ({}, True)):
        try:
            files = write_rubric_files(draft, texts, names, quoted=quoted)
        except Exception:  # whatever ruamel stumbles over in a file that is there: a clean one takes its place
            continue
        if _read_files(files) == draft:
            return files
    raise AssertionError("this rubric cannot be written as YAML")


def _read_files(files: Mapping[str, bytes]) -> Draft | None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return read_rubric(Path(folder), "rubric")[0].draft

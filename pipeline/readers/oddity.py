"""The file `oddity.yaml`, which a project may do without."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.model.finding import Finding, find
from pipeline.model.oddity import Oddity
from pipeline.readers.yaml_file import YamlFile

ODDITY = "oddity.yaml"
_LISTS = ("anywhere", "opening", "unless", "denied_by")


def load_oddity(folder: Path) -> tuple[Oddity | None, tuple[YamlFile, ...], tuple[Finding, ...]]:
    """What makes a return odd, and the file that says so, if there is one. Findings: CF101, CF102, CF103, CF104."""
    if not (folder / ODDITY).exists():
        return Oddity(), (), ()
    file = YamlFile(folder / ODDITY, f"config/{ODDITY}")
    oddity, findings = file.load(Oddity)
    return oddity, (file,), (*findings, *(_check(oddity, file) if oddity else ()))


def _check(oddity: Oddity, file: YamlFile) -> Iterator[Finding]:
    """Values that would make a warning of everything."""
    if oddity.shared.criteria < 2:
        remedy = "Write for “criteria” a number of 2 or more."
        yield find("CF104", file.place("shared", "criteria"), f"{oddity.shared.criteria}", remedy=remedy)
    for key, telltale in (("missing", oddity.missing), ("present", oddity.present)):
        for name in _LISTS:
            for position, phrase in enumerate(getattr(telltale, name)):
                if not phrase.strip():
                    yield find(
                        "CF104", file.place(key, name, position), "no words", remedy="Write a phrase, or remove the line."
                    )

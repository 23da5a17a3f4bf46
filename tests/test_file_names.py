"""The names of what we write: any school's name gives one that Windows, Linux and a synchronised folder can hold."""

import errno
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from conftest import CYCLE, complete, drop, inclusion, outputs
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.finding import Place, find
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School, safe_stem
from pipeline.runner.documents import not_written, take_away

# The longest of what is added to a stem.
LONGEST_ENDING = " inclusion strategy (changed by hand 0123abcd).docx"
DEVICES = ("CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "COM¹")


def is_legal_on_windows(name: str) -> bool:
    """By Microsoft's rules on naming files."""
    base = name.partition(".")[0].rstrip(" ").upper()
    return (
        not set(name) & set('<>:"/\\|?*')
        and all(ord(mark) > 31 for mark in name)
        and not name.endswith((" ", "."))
        and not name.startswith(" ")
        and base not in DEVICES
        and PureWindowsPath(name).name == name
    )


def school(name: str) -> School:
    return School("900101", "999/2001", name, Phase.PRIMARY, "", "", "", None)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=250))
@example("")
@example(". . .")
@example("CON")
@example("nul.pdf")
@example("com¹ .xlsx")
@example("Ysgol Gynradd Tŷ’r Ŵyl " * 12)
@example("学校" * 100)
@example("Left\u202eto\u200bright\ud800")
def test_any_name_becomes_one_that_every_system_can_hold(name: str) -> None:
    for stem in (safe_stem(name), school(name).file_stem):
        assert stem
        assert is_legal_on_windows(stem + LONGEST_ENDING)
        assert is_legal_on_windows(stem)
        assert len(stem + LONGEST_ENDING) < 200
        assert len((stem + LONGEST_ENDING).encode()) < 255
        assert not any(unicodedata.category(mark) in ("Cc", "Cf") for mark in stem)
        assert safe_stem(stem) == stem
    assert school(name).file_stem.startswith("900101")


def test_a_name_that_is_too_long_is_shortened_between_words() -> None:
    words = school("Ysgol Gynradd Tŷ’r Ŵyl " * 12).file_stem.split()
    assert set(words) == {"900101", "Ysgol", "Gynradd", "Tŷ’r", "Ŵyl"}
    assert 80 < len(" ".join(words)) <= 100


def test_letters_are_kept_as_they_are() -> None:
    assert school("Ysgol Tŷ’r Ŵyl & St Zoë’s, Brigg–Łódź").file_stem == "900101 Ysgol Tŷ’r Ŵyl & St Zoë’s, Brigg–Łódź"


@pytest.mark.parametrize("lock", ["~$report.xlsx", "~$port.xlsx"])
def test_a_file_that_is_open_in_word_or_excel_is_a_plain_sentence(lock: str, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    error = PermissionError(errno.EACCES, "Permission denied", str(path))
    assert not_written(path, error).fix.startswith("Close report.xlsx if it is open in Word or Excel, check that you may write")
    (tmp_path / lock).touch()
    assert not_written(path, error).fix == "report.xlsx is open in Word or Excel: close it and run again."


def test_each_document_that_cannot_be_replaced_is_told_by_its_name(
    project: Path, school: School, configuration: Configuration
) -> None:
    settings = project / "config" / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("extracts: [] ", "extracts: [governor_summary] "), "utf-8")
    drop(project, "return.xlsx", complete(school, configuration, {"1.1": "?", "5.2": "N"}))
    assert inclusion("run", "--project", str(project))[0] == 0
    starts = ("extracts/900101", "notes/900101", "districts/", "report.docx", "overview.xlsx")
    made = [next(path for path in outputs(project) if path.startswith(start)) for start in starts]
    for path in (project / "outputs" / CYCLE / name for name in made):
        path.unlink()
        path.mkdir()  # as little to be replaced as an open file is on Windows
    code, said, errors = inclusion("run", "--force", "--project", str(project))
    assert code == 1
    assert [name for name in made if f"WR601  {Path(name).name}" not in errors] == []
    assert "WR603" not in errors  # each has its return
    assert "Traceback" not in said + errors


def test_what_cannot_be_taken_away_is_told(tmp_path: Path) -> None:
    path = tmp_path / "900101 note.docx"
    path.mkdir()  # as little to be unlinked as an open file is on Windows
    (found,) = take_away(path)
    assert found == find("WR605", Place(path.name), found.seen, file=path.name)
    assert found.fix == "Close 900101 note.docx and run again; do not send it."
    path.rmdir()
    path.touch()
    assert take_away(path) == ()
    assert not path.exists()

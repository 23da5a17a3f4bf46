"""The next cycle opened, all of them counted, an old one deleted."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import CYCLE, ROOT, inclusion
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipeline.model.settings import Cycle
from pipeline.rules.term import is_safe_key, move_on, read_term
from pipeline.runner.cycles import delete_heap, find_heaps, list_cycles
from pipeline.writers.settings_file import add_cycle

SPRING = "2026-27-spring"
NEW = Cycle("Spring term 2027", date(2027, 2, 5), date(2027, 3, 26), date(2027, 7, 16))


def cycle(project: Path, *arguments: str) -> tuple[int, str, str]:
    return inclusion("cycle", *arguments, "--project", str(project))


def settings(project: Path) -> str:
    return (project / "config" / "settings.yaml").read_text("utf-8")


# Opening.


def test_the_next_cycle_is_opened_in_settings_and_folders_and_every_comment_stays(project: Path) -> None:
    before = settings(project).splitlines()
    code, said, errors = cycle(project, "new", SPRING)
    assert (code, errors) == (0, "")
    assert "Spring term 2027 (2026-27-spring) is open" in said
    assert "Returns are due on 5 February 2027" in said
    assert "inclusion workbooks" in said
    after = settings(project).splitlines()
    added = [line for line in after if line not in before]
    assert added == [
        "cycle: 2026-27-spring          # the cycle that commands work on",
        "  2026-27-spring:",
        "    label: Spring term 2027",
        "    returns_due: 2027-02-05",
        "    gaps_closed_by: 2027-03-26",
        "    review_on: 2027-07-16",
    ]
    assert len([line for line in before if line not in after]) == 1
    assert all((project / "inputs" / SPRING / name).is_dir() for name in ("returns", "plans"))
    code, said, errors = inclusion("run", "--project", str(project))
    assert code == 0
    assert said.splitlines()[1].startswith("Spring term 2027: 0 returns found")


def test_label_and_date_may_be_given(project: Path) -> None:
    code, said, _ = cycle(project, "new", "round-two", "--label", "Round 2: everyone", "--due", "2027-01-29")
    assert code == 0
    assert '    label: "Round 2: everyone"' in settings(project)
    assert "Returns are due on 29 January 2027, statutory gaps are to be closed by 2 April 2027" in said


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (CYCLE, "CY101"),
        (CYCLE.upper(), "CY101"),
        ("../outputs", "CY102"),
        ("CON", "CY102"),
        ("spring term", "CY102"),
        ("2026-27-autumn-1", "CY103"),
        ("2024-25-summer", "CY103"),
        ("2026-28-spring", "CY104"),
        ("round-two", "CY104"),
    ],
)
def test_what_exists_or_cannot_be_is_refused_and_nothing_changes(key: str, code: str, project: Path) -> None:
    from pipeline.runner.cycles import open_cycle

    before = settings(project)
    opened, findings = open_cycle(project, key, None, None)
    assert opened is None
    assert [finding.code for finding in findings] == [code]
    assert settings(project) == before
    assert [path.name for path in (project / "inputs").iterdir()] == [CYCLE]


FLOW = f"cycle: {CYCLE}\ncycles: {{{CYCLE}: {{label: A, returns_due: 2026-10-16, gaps_closed_by: 2026-12-18, review_on: 2027-03-26}}}}\n"
BLOCK = f"""# Ours
cycles:
    {CYCLE}:
        label: 'A'     # first
        returns_due: 2026-10-16
        gaps_closed_by: 2026-12-18
        review_on: 2027-03-26  # last

# and then
cycle:   {CYCLE}
rubric: rubric"""


@pytest.mark.parametrize("text", [FLOW, BLOCK, BLOCK.replace("\n", "\r\n"), f"{BLOCK}\n"])
@pytest.mark.parametrize("label", ["Spring term 2027", 'Half term: "two" # \\ no comment', "yes", "- dash", "ŵ"])
def test_settings_of_any_layout_say_the_new_cycle_and_keep_the_rest(text: str, label: str) -> None:
    added = add_cycle(text, SPRING, Cycle(label, NEW.returns_due, NEW.gaps_closed_by, NEW.review_on))
    told = YAML(typ="safe").load(added)
    assert told["cycle"] == SPRING
    assert list(told["cycles"]) == [CYCLE, SPRING]
    assert told["cycles"][SPRING]["label"] == label
    assert told["cycles"][SPRING]["review_on"] == NEW.review_on
    for comment in ("# Ours", "# first", "# last", "# and then"):
        assert (comment in text) == (comment in added)


DAYS = st.dates(date(2024, 9, 1), date(2032, 7, 1))


@given(DAYS, st.integers(1, 12))
@example(date(2025, 6, 1), 1)  # a Sunday, to a term whose first day is a Monday
def test_a_date_moves_to_a_later_term_on_the_same_weekday(day: date, halves: int) -> None:
    moved = move_on(day, halves)
    assert moved.weekday() == day.weekday()
    assert moved > day
    assert abs((moved - day) - timedelta(days=61 * halves)) < timedelta(days=75)
    assert moved.month not in (8,)


@given(DAYS, DAYS, st.integers(1, 6))
def test_dates_keep_their_order_when_they_move(one: date, other: date, terms: int) -> None:
    first, second = sorted((one, other))
    assert move_on(first, 2 * terms) <= move_on(second, 2 * terms) + timedelta(days=6)


def test_names_say_their_term() -> None:
    labels = {
        key: read_term(key).label  # type: ignore[union-attr]
        for key in ("2026-27-autumn", "2026-27-spring", "1999-00-summer", "2026-27-spring-2")
    }
    assert list(labels.values()) == [
        "Autumn term 2026",
        "Spring term 2027",
        "Summer term 2000",
        "Spring term 2027, second half",
    ]
    assert read_term("2026-28-spring") is None
    assert not any(map(is_safe_key, ("", ".", "..", "a/b", "a\\b", "-a", "a-", "nul", "x" * 61, "ŵ")))


# Listing.


def test_cycles_are_listed_with_how_much_there_is_of_each(project: Path) -> None:
    assert cycle(project, "new", SPRING)[0] == 0
    (project / "inputs" / CYCLE / "returns" / "a.xlsx").write_bytes(b"x")
    (project / "inputs" / "2024-25-summer" / "returns").mkdir(parents=True)
    (project / "inputs" / SPRING / "plans" / "a.docx").write_bytes(b"x")
    lines, findings = list_cycles(project)
    assert findings == ()
    assert [(one.key, one.returns, one.returned_plans, one.is_current, one.is_listed) for one in lines] == [
        ("2025-26-summer", 0, 0, False, True),
        (CYCLE, 1, 0, False, True),
        (SPRING, 0, 1, True, True),
        ("2024-25-summer", 0, 0, False, False),
    ]
    code, said, _ = cycle(project, "list")
    assert code == 0
    assert "Spring term 2027 (current)" in said
    assert "not in the settings" in said


# Deleting.


@pytest.fixture
def filled(project: Path) -> Path:
    """A project with files in a cycle's folders, and the next cycle open."""
    assert cycle(project, "new", SPRING)[0] == 0
    for name in (f"inputs/{CYCLE}/returns/a.xlsx", f"outputs/{CYCLE}/plans/a.docx", f"what-if/{CYCLE}/draft/what-if.xlsx"):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1000)
    return project


def test_a_cycle_is_deleted_after_it_was_listed_and_what_remains_is_said(filled: Path) -> None:
    code, said, _ = cycle(filled, "purge", CYCLE, "--yes")
    assert code == 0
    for name in ("inputs", "outputs", "what-if"):
        assert f"{name}/{CYCLE}: 1 file, 0.0 MB" in said
        assert not (filled / name / CYCLE).exists()
    assert "e-mails" in said
    assert "backups" in said
    assert CYCLE in settings(filled)
    assert (filled / "inputs" / SPRING / "returns").is_dir()
    code, said, _ = cycle(filled, "purge", CYCLE, "--yes")
    assert (code, said) == (0, f"There is nothing of {CYCLE} here to delete.\n")


def test_nothing_is_deleted_without_a_yes(filled: Path) -> None:
    from click.testing import CliRunner

    from pipeline.cli import commands

    done = CliRunner().invoke(commands, ["cycle", "purge", CYCLE, "--project", str(filled)], input="n\n", standalone_mode=False)
    assert "Nothing was deleted." in done.output
    assert (filled / "outputs" / CYCLE / "plans" / "a.docx").exists()


@pytest.mark.parametrize(
    ("key", "code"), [(SPRING, "CY107"), ("2019-20-spring", "CY106"), ("../config", "CY106"), ("", "CY106"), (".", "CY106")]
)
def test_the_current_cycle_and_what_is_none_are_refused(key: str, code: str, filled: Path) -> None:
    heaps, findings = find_heaps(filled, key, even_current=False)
    assert heaps == ()
    assert [finding.code for finding in findings] == [code]
    heaps, findings = find_heaps(filled, SPRING, even_current=True)
    assert [heap.name for heap in heaps] == [f"inputs/{SPRING}"]


def test_a_deletion_that_was_stopped_goes_on(filled: Path) -> None:
    """Stopped after the folder was put out of sight."""
    (filled / "outputs" / CYCLE).rename(filled / "outputs" / f".deleting-{CYCLE}")
    heaps, _ = find_heaps(filled, CYCLE, even_current=False)
    assert f"outputs/.deleting-{CYCLE}" in [heap.name for heap in heaps]
    assert [finding for heap in heaps for finding in delete_heap(heap)] == []
    assert not list(filled.glob(f"*/*{CYCLE}"))


def test_a_link_is_taken_away_and_what_it_leads_to_is_not(filled: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (filled / "inputs" / CYCLE).rename(elsewhere)
    (filled / "inputs" / CYCLE).symlink_to(elsewhere, target_is_directory=True)
    heaps, _ = find_heaps(filled, CYCLE, even_current=False)
    assert [finding for heap in heaps for finding in delete_heap(heap)] == []
    assert (elsewhere / "returns" / "a.xlsx").exists()
    assert not (filled / "inputs" / CYCLE).is_symlink()


def test_the_shipped_settings_take_a_cycle_line_by_line() -> None:
    text = (ROOT / "config" / "settings.yaml").read_text("utf-8")
    added = add_cycle(text, SPRING, NEW)
    assert len(added.splitlines()) == len(text.splitlines()) + 5
    assert [line for line in text.splitlines() if line not in added.splitlines()] == [
        "cycle: 2026-27-autumn          # the cycle that commands work on"
    ]

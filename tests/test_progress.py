"""Progress: a bar with rate and time left on a terminal, plain lines in a log, nothing when quiet."""

import sys
from collections.abc import Iterator
from itertools import count

import pytest

from pipeline import console


class Terminal:
    def __init__(self) -> None:
        self.shown = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.shown += text
        return len(text)

    def flush(self) -> None: ...


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A clock that moves on a quarter of a second each time it is looked at."""
    ticks = count()
    monkeypatch.setattr(console, "monotonic", lambda: next(ticks) / 4)
    return iter(())


def work(total: int, *, quiet: bool = False) -> None:
    with console.progress("Reading", total, quiet=quiet) as advance:
        for _ in range(total):
            advance()


@pytest.mark.usefixtures("clock")
def test_a_log_gets_a_line_at_each_tenth_with_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    work(600)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "Reading: 60 of 600, 4 a second, 2 min 15 s left"
    assert lines[-1] == "Reading: 600 of 600, in 2 min 30 s"


@pytest.mark.usefixtures("clock")
def test_a_few_files_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    work(3)
    assert capsys.readouterr().err == "Reading: 3 of 3, in 1 s\n"


@pytest.mark.usefixtures("clock")
def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    work(40)
    assert "Reading" in terminal.shown
    assert "\r" in terminal.shown
    assert "20 of 40, 4 a second, 5 s left" in terminal.shown
    assert "40 of 40, in 10 s" in terminal.shown


def test_quiet_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    work(40, quiet=True)
    work(0)
    assert capsys.readouterr() == ("", "")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    work(40, quiet=True)
    assert terminal.shown == ""

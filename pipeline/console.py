"""The only printing: findings, progress and summaries, as text or as JSON. Never free text of a school."""

import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

import click

from pipeline.model.batch import Batch, Entry, Outcome
from pipeline.model.finding import CATALOGUE, Finding

Advance = Callable[[], None]
_TOO_SOON = 0.5  # seconds before a rate means anything
_NARROW = 40  # columns, below which nothing is wrapped
_SHOWN = 40  # lines of findings printed; the rest stand in findings.csv
_NAMED = 20  # places named in one line


def show_findings(findings: Sequence[Finding], *, rest: str = "") -> None:
    """Errors first: place, what was seen, remedy. Findings of one kind in one file share a line. `rest` says where all of them
    stand, and keeps a long list short here."""
    alike: dict[tuple[bool, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((not finding.is_error, finding.place.file, finding.code), []).append(finding)
    groups = [alike[key] for key in sorted(alike)]
    shown = groups[:_SHOWN] if rest else groups
    for first, *others in shown:
        colour = "red" if first.is_error else "yellow"
        head = click.style(f"{first.severity.value} {first.code}", fg=colour, bold=True)
        click.echo(f"{head}  {first.place}: {first.title}{_more(first, others)}. Seen: {first.seen}. {first.fix}", err=True)
    if len(groups) > len(shown):
        click.echo(f"… and {sum(map(len, groups[len(shown) :]))} more.", err=True)
    if rest and findings:
        click.echo(f"Every finding, with its cell: {rest}", err=True)


def list_findings(findings: Sequence[Finding]) -> None:
    """Each finding by itself, in the order given."""
    for finding in findings:
        head = click.style(f"{finding.severity.value} {finding.code}", fg="red" if finding.is_error else "yellow", bold=True)
        click.echo(f"{head}  {finding.place}: {finding.title}. Seen: {finding.seen}. {finding.fix}", err=True)


def _more(first: Finding, others: Sequence[Finding]) -> str:
    if not others:
        return ""
    by_sheet: dict[str, list[str]] = {}
    for other in others[:_NAMED]:
        by_sheet.setdefault(other.place.sheet, []).append(other.place.cell)
    told = [
        f"{'' if sheet == first.place.sheet else sheet} {', '.join(filter(None, cells))}" for sheet, cells in by_sheet.items()
    ]
    named = "; ".join(filter(None, map(str.strip, told)))
    rest = " …" if named and len(others) > _NAMED else ""
    return f" (and {len(others)} more like it{f': {named}{rest}' if named else ''})"


def show_batch(batch: Batch, folder: str) -> None:
    """The end of a run: what became of the files, the two sums, and where to look."""
    sums = batch.reconciliation
    severities = Counter(finding.severity.value for finding in batch.all_findings)
    levels = Counter(summary.overall for summary in batch.summaries if summary.overall)
    became = f"{sums.rated} rated + {sums.sent_back} sent back + {sums.set_aside} set aside"
    click.echo(f"{batch.cycle_label}: {sums.found} returns found = {became}.")
    click.echo(f"Register: {sums.register} schools = {sums.returned} returned + {sums.missing} missing.")
    if levels:
        click.echo("Overall: " + ", ".join(f"{count} {label}" for label, count in sorted(levels.items())) + ".")
    if batch.rated_apart:
        click.echo(f"Rated under another edition of the rubric, and not counted there: {batch.rated_apart}.")
    click.echo(f"Findings: {severities['error']} errors, {severities['warning']} warnings.")
    if batch.returns_with_personal_data:
        click.echo(f"{batch.returns_with_personal_data} returns may hold personal data: see the findings that begin with PV.")
    if not sums.balances:
        click.echo(click.style("These sums do not balance. Please report this run.", fg="red", bold=True))
    click.echo(f"Plans, notes, records, papers, chase.csv and findings.csv are in {folder}.")


def show_outcomes(entries: Sequence[Entry]) -> None:
    """One line a file, as `check` prints it."""
    for entry in entries:
        colour = {Outcome.RATED: "green", Outcome.SENT_BACK: "yellow", Outcome.SET_ASIDE: "red"}[entry.outcome]
        word = "can be rated" if entry.outcome is Outcome.RATED else f"would be {entry.outcome.value}"
        summary = f" ({entry.summary.answered} of {entry.summary.asked} answered)" if entry.summary else ""
        click.echo(f"{click.style(word, fg=colour)}  {entry.file}{summary}")


def show_codes(code: str | None) -> bool:
    """The catalogue, or one entry of it; False where there is no such code."""
    chosen = [check for check in CATALOGUE.values() if code is None or check.code == code.upper()]
    for check in chosen:
        click.echo(f"{check.code}  {check.severity.value:8} {check.title}")
        if code:
            click.echo(f"       Remedy: {check.fix}")
    return bool(chosen)


def say(text: str) -> None:
    """One plain sentence."""
    click.echo(text)


def say_next(text: str) -> None:
    """What to do next, where there is anything to be said."""
    if text:
        click.echo(text)


def show_lines(lines: Iterable[str]) -> None:
    """Lines of text; on a terminal, those too long for it go on below, indented with their beginning."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        click.echo(textwrap.fill(line, width, subsequent_indent=indent) if width > _NARROW and len(line) > width else line)


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in columns, figures to the right; nothing where it has no rows."""
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    figures = [all(row[place].isdecimal() for row in rows) for place in range(len(headings))]
    for row in (headings, *rows):
        cells = [
            text.rjust(width) if figure else text.ljust(width) for text, width, figure in zip(row, widths, figures, strict=True)
        ]
        line = "   ".join(cells).rstrip()
        click.echo(click.style(f"\n{line}", bold=True) if row is headings else line)


def show_json(content: bytes) -> None:
    """A document of ours, for another program to read."""
    click.echo(content.decode(), nl=False)


@contextmanager
def progress(label: str, total: int, *, quiet: bool) -> Iterator[Advance]:
    """Counts work done, with its rate and the time left: a bar on a terminal, a plain line at each tenth elsewhere."""
    if quiet or not total:
        yield lambda: None
        return
    pace = _Pace(label, total)
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=label, file=sys.stderr, show_eta=False, item_show_func=_shown) as bar:
            yield lambda: bar.update(1, pace.advance())
    else:
        yield pace.say_tenths


class _Pace:
    """How far work has come, and how fast it goes."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total, self._done, self._began = label, total, 0, monotonic()

    def advance(self) -> str:
        """One more is done; gives the count, the rate and the time left in words."""
        self._done += 1
        seconds = max(monotonic() - self._began, 1e-6)
        words = f"{self._done} of {self._total}"
        if self._done == self._total:
            return f"{words}, in {_duration(seconds)}"
        if seconds < _TOO_SOON:
            return words
        rate = self._done / seconds
        return f"{words}, {rate:.0f} a second, {_duration((self._total - self._done) / rate)} left"

    def say_tenths(self) -> None:
        words, done, total = self.advance(), self._done, self._total
        if done == total or (total >= 20 and done * 10 // total > (done - 1) * 10 // total):
            click.echo(f"{self._label}: {words}", err=True)


def _shown(words: str | None) -> str | None:
    return words


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return f"{minutes} min {rest} s"
    return f"{rest} s" if rest else "less than 1 s"

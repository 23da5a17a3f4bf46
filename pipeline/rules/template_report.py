"""What an officer is told of a template: how many faults, and what a change to it would change in documents."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.model.finding import Finding
from pipeline.rules.sentence import join_words

_NAMED = 6  # documents named in a line
_SHOWN = 30  # changes listed of one group of documents

Place = tuple[str, str, str]  # what was done, the words (never a school's), where


def sum_up_faults(name: str, findings: Sequence[Finding]) -> str:
    """`templates/action_plan.docx: 2 errors and 1 warning.`"""
    if not findings:
        return f"{name}: nothing is wrong with it."
    errors = sum(finding.is_error for finding in findings)
    counts = [_count(errors, "error"), _count(len(findings) - errors, "warning")]
    return f"{name}: {join_words([count for count in counts if count])}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}" if number else ""


def describe_changes(documents: Sequence[tuple[str, Sequence[Place]]]) -> Iterator[str]:
    """Documents with the same changes share an entry: `Words changed: 12 documents (...)`, then a line a change. Each is named
    by its school, place or cycle."""
    alike = sorted(documents, key=lambda one: (len(one[1]) > 0, one[1]))
    for changes, group in groupby(alike, key=lambda one: one[1]):
        names = [name for name, _ in group]
        who = f"{len(names)} document{'s' * (len(names) != 1)} ({_name_some(names)})"
        if not changes:
            yield f"Layout only: {who}. Not a word differs."
            continue
        yield f"Words changed: {who}, in {len(changes)} place{'s' * (len(changes) != 1)}:"
        yield from (f"  {what} {where}: “{words}”" for what, words, where in changes[:_SHOWN])
        if len(changes) > _SHOWN:
            yield f"  … and {len(changes) - _SHOWN} more"


def _name_some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} …"

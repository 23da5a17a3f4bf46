"""The catalogue of findings as a page of documentation."""

import re
from collections.abc import Iterable
from itertools import groupby

from pipeline.model.finding import CATALOGUE, Check

# What the findings whose codes begin so are about. The page follows the catalogue's own order.
_ABOUT = {
    "CF": "Configuration: nothing runs until these are mended",
    "RB": "Care for the rubric, and its workbook",
    "RG": "The register of schools",
    "RT": "Returns",
    "PV": "Privacy",
    "SC": "Whose return it is",
    "PL": "Returned plans",
    "PF": "What a workbook is filled in with",
    "MD": "Moderation",
    "EX": "Explaining a rating",
    "OD": "Odd returns",
    "WI": "What a draft rubric would change",
    "CY": "Cycles",
    "VF": "What made a document",
    "HS": "The house style",
    "VD": "Documents, looked at before they are written",
    "WR": "Writing",
}
_SAID = "{remedy}"
_DETAIL = re.compile(r"\{(\w+)\}")
_TOP = """\
# Findings

Every problem that the toolkit reports has a code, a place (file, sheet and cell, or file and line), what was seen there, and
the one thing that mends it. It never quotes what a school wrote. An **error** means that the document it belongs to is not
made; a **warning** means that it is made and wants a look. `inclusion codes RT315` says the same on the screen.

Words in *italics* stand for what the finding names: a cell, a file, a criterion. Where it says *told with the finding*, the
remedy depends on what was seen.

This page is written from the catalogue by `inclusion codes --markdown`, and a test keeps it so.
"""


def write_catalogue() -> str:
    """The page: a table for each kind of thing that findings are about."""
    parts = [_TOP]
    ordered = sorted(CATALOGUE.values(), key=lambda check: (_place(check), check.code))
    for prefix, checks in groupby(ordered, key=lambda check: check.code[:2]):
        parts.append(f"## {_ABOUT.get(prefix, prefix)}\n\n{_table(checks)}")
    return "\n".join(parts)


def _place(check: Check) -> int:
    prefixes = list(_ABOUT)
    return prefixes.index(check.code[:2]) if check.code[:2] in prefixes else len(prefixes)


def _table(checks: Iterable[Check]) -> str:
    rows = [f"| {check.code} | {check.severity.value} | {check.title} | {_remedy(check)} |" for check in checks]
    return "\n".join(("| code | | what | what mends it |", "|---|---|---|---|", *rows, ""))


def _remedy(check: Check) -> str:
    if check.fix == _SAID:
        return "*told with the finding*"
    return _DETAIL.sub(r"*\1*", check.fix.replace(_SAID, "*the rest is told with the finding*")).replace("|", "\\|")

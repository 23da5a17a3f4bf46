"""What is asked of a school whose return is not yet right: which findings it can mend, put in words written to the school."""

import re
from collections.abc import Container, Iterable, Sequence
from pathlib import PurePosixPath
from textwrap import wrap

from pipeline.model.finding import CATALOGUE, Finding
from pipeline.model.note import Note, NoteLine, NoteSchool
from pipeline.model.plan import PlanAuthority
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.rules.planning import written_date
from pipeline.rules.sentence import join_words

_MOST_ROWS = 14
# The room that the template leaves for the table, in lines of its text; what a row needs beside its text; how many characters
# a line of each column holds. Measured in LibreOffice with long names; to be measured again when the template changes.
_ROOM, _ROW_EDGE = 27.5, 0.5
_WIDTHS = (15, 12, 22, 34)
_NAMED = 4
_ALL = "All"

# Code → what we read and what is needed; an empty first part is what the finding saw. A code that is missing here is not for
# the school to mend (another edition, text to look at, a file that counts instead), or does no harm (RT319).
_FILE = {
    "RT300": ("", "Send the workbook again."),
    "RT301": ("", "Send the workbook itself, saved in Excel (.xlsx) and without a password."),
    "RT302": ("A workbook without our headings", "Complete the workbook we sent you, and return that one."),
    "RT304": ("A workbook that does not open", "Open it in Excel, save it again and send it."),
    "RT305": ("", "Save it in Excel as an Excel Workbook (.xlsx), and send that copy."),
    "RT306": ("A workbook that took too long to read", "Save it again in Excel and send it."),
    "SC401": ("A URN that is not in our register", "Write your school's URN, as in the workbook we sent."),
    "SC402": ("A URN, LAESTAB and name that do not belong together", "Correct whichever of the three is not yours."),
    "SC404": ("", "Answer what is still blank, so that there is enough to rate."),
    "RT316": ("No row for {criteria}", "Tell us your answers when you reply."),
}
_PERSONAL = {
    "PV501": ("What looks like a unique pupil number", "Take out what points to one pupil."),
    "PV502": ("What looks like a date of birth", "Take out what points to one child."),
    "PV503": ("What looks like a telephone number", "Take it out; none is needed here."),
    "PV504": ("Words that may describe one child", "Write about groups of pupils instead."),
}
# Remedies of these speak to the school and name the criterion. The words here serve where cells share a row, or room is short.
_ANSWERS = {
    "RT311": ("No answer", "Choose an answer from the list."),
    "RT312": ("An answer that is not in the list", "Choose an answer from the list."),
    "RT313": ("“Not applicable”, which is not offered here", "Choose another answer from the list."),
    "RT314": ("“Not applicable”, with no reason", "Write in the next cell why it cannot apply."),
    "RT315": ("“{seen}”, with no evidence", "Write the evidence in the next cell."),
    "RT317": ("Two different answers", "Keep one answer to the criterion."),
    "RT318": ("A reference and wording that disagree", "Check that the answer belongs to this wording."),
    "RT320": ("An error or a formula", "Choose the answer again from the list."),
    "RT324": ("An answer that was moved", "Check that the answer belongs to this criterion."),
    "RT330": ("An old answer, not confirmed", "Choose Yes there where it is still true, or change the answer."),
    "RT333": ("An old answer, with no cell to confirm it", "Use the workbook we sent, and choose Yes beside it."),
    "RT332": ("Neither Yes nor empty", "Choose Yes if the old answer is still true."),
    "RT327": ("A view that is not one of the levels", "Choose a level from the list, or leave it empty."),
    "RT328": ("Two different views of the area", "Keep one of the two views."),
}
_OTHER_SHEETS = {
    "RT321": ("A figure that is {seen}", "Write a plain number, or leave it empty."),
    "RT341": ("Figures that {seen}", "Check both figures."),
    "RT322": ("Nothing yet", "Fill in the sign-off."),
    "RT323": ("Words, not a date", "Write a date, such as 4 December 2026."),
}
_ORDERED = (_FILE, _PERSONAL, _ANSWERS, _OTHER_SHEETS)
_REQUESTS = {code: words for group in _ORDERED for code, words in group.items()}
_RANKS = {code: rank for rank, group in enumerate(_ORDERED) for code in group}
_ALWAYS_TOGETHER = frozenset({"RT311", "RT316", "RT322", "RT330", "RT333"})
_CELL = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>[1-9][0-9]*)")
_ASK_SCHOOL = "Ask the school "
_ASK = re.compile(rf"{_ASK_SCHOOL}(?P<what>to|for) ")
_TO_OFFICER = re.compile(r"(?<!we sent )\byou\b|\bschool\b|\brun again\b")
_REMEDY_VARIES = frozenset({"RT300", "RT301", "RT305"})  # and says whether it is the school's: “Ask the school ...”
_STOPPED = "PV505"  # its cells have rows of their own


def note_for(
    file: str,
    school: School | None,
    findings: Sequence[Finding],
    configuration: Configuration,
    cycle: str,
    *,
    has_marked_copy: bool = False,
) -> Note | None:
    """The note for one returned file; None where it holds nothing that a school can mend.

    At most 14 rows, and no more than fit on the template's page: cells that need the same share a row where there are many.
    """
    asked = [finding for finding in findings if asks_school(finding)]
    if not asked:
        return None
    lines, more = _fit(asked)
    authority, dates = configuration.settings.authority, configuration.cycle(cycle)
    name = PurePosixPath(file).name  # which folder or attachment it came in is nothing to the school
    return Note(
        authority=PlanAuthority(authority.name, authority.team, authority.email),
        school=NoteSchool(school.name, school.urn) if school else NoteSchool(name, ""),
        cycle=dates.label,
        returned_file=name,
        has_marked_copy=has_marked_copy,
        due=written_date(dates.returns_due),
        lines=lines,
        more=more,
        can_be_rated=not any(one.is_error for one in findings if asks_school(one) or one.code == _STOPPED),
    )


def asks_school(finding: Finding) -> bool:
    """Whether the school can mend it. A file that we cannot open may be ours to unlock or unpack: its remedy says."""
    return finding.code in _REQUESTS and (finding.code not in _REMEDY_VARIES or finding.fix.startswith(_ASK_SCHOOL))


def say_need(finding: Finding) -> str:
    """What the school is asked to do about one finding that it can mend."""
    if finding.code in _ANSWERS or finding.code in _OTHER_SHEETS:
        return finding.fix
    told = _tell_school(finding.fix) if finding.code in _REMEDY_VARIES else ""
    return told or _REQUESTS[finding.code][1]


def _tell_school(fix: str) -> str:
    """“Ask the school to save it: ...” as the school is told it: “Save it.” Empty where no such sentence comes of it."""
    ask = _ASK.match(fix)
    if ask is None:
        return ""
    said = fix[ask.end() :].split(":", maxsplit=1)[0].rstrip(".")  # behind a colon stands the reason, for the officer
    for theirs, ours in ((r"\bits\b", "your"), (r"\bthat you sent\b", "we sent you"), (r",? and to\b", " and")):
        said = re.sub(theirs, ours, said)
    said = f"send {said}" if ask["what"] == "for" else said
    return "" if _TO_OFFICER.search(said) else f"{said[:1].upper()}{said[1:]}."


def _fit(asked: Iterable[Finding]) -> tuple[tuple[NoteLine, ...], int]:
    """The rows that fit on the page, and how many findings the others stand for."""
    ordered = sorted(asked, key=_order)
    groups = _gather(ordered, _ALWAYS_TOGETHER)
    lines = [_line(group, in_short=len(group) > 1) for group in groups]
    if not _fits(lines):
        groups = _gather(ordered, _REQUESTS)
        lines = [_line(group, in_short=True) for group in groups]
    kept = next(count for count in range(len(lines), 0, -1) if count == 1 or _fits(lines[:count]))
    return tuple(lines[:kept]), sum(len(group) for group in groups[kept:])


def _order(finding: Finding) -> tuple[int, str, int, int, str]:
    """The file first, then personal data, answers, figures and sign-off; each by sheet, row and column."""
    parts = _CELL.fullmatch(finding.place.cell)
    row, column = (int(parts["row"]), parts["column"]) if parts else (0, "")
    return _RANKS[finding.code], finding.place.sheet, row, len(column), column


def _gather(ordered: Iterable[Finding], together: Container[str]) -> list[list[Finding]]:
    """The findings of each row: those of one sheet and of a code in `together` share one."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in ordered:
        alone = () if finding.code in together else (finding.place.cell, finding.fix)
        key = (finding.code, finding.place.sheet, *alone)
        group = groups.setdefault(key, [])
        if finding not in group:
            group.append(finding)
    return list(groups.values())


def _line(group: Sequence[Finding], *, in_short: bool) -> NoteLine:
    first = group[0]
    read, short = _REQUESTS[first.code]
    seen = f"{first.seen[:1].upper()}{first.seen[1:]}"
    criteria = _name_some([_criterion(finding) for finding in group])
    return NoteLine(
        sheet=first.place.sheet or _ALL,
        cell=_name_some([finding.place.cell for finding in group if finding.place.cell]) or _ALL,
        what_we_read=read.format(seen=first.seen, criteria=criteria) or seen,
        what_is_needed=short if in_short and first.code not in _FILE else say_need(first),
    )


def _criterion(finding: Finding) -> str:
    """The criterion that the remedy of a missing row names; empty for every other finding."""
    before, named, after = CATALOGUE["RT316"].fix.partition("{criterion}")
    return finding.fix.removeprefix(before).removesuffix(after) if named and finding.code == "RT316" else ""


def _name_some(names: Iterable[str]) -> str:
    """`G4, G6, G7 and 2 more`: at most four are named, and each once."""
    once = [*dict.fromkeys(names)]
    if len(once) <= _NAMED:
        return join_words(once)
    return f"{', '.join(once[: _NAMED - 1])} and {len(once) - _NAMED + 1} more"


def _fits(lines: Sequence[NoteLine]) -> bool:
    used = sum(_height(line) + _ROW_EDGE for line in lines)
    return len(lines) <= _MOST_ROWS and used <= _ROOM


def _height(line: NoteLine) -> int:
    """How many lines of text its tallest cell takes."""
    texts = (line.sheet, line.cell, line.what_we_read, line.what_is_needed)
    return max(len(wrap(text, width)) for text, width in zip(texts, _WIDTHS, strict=True))

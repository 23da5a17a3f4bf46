"""Whose return it is, whether there is enough of it to rate, and which of two counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.school import School
from pipeline.model.submission import Response, Submission

_URN = re.compile(r"[0-9]{6}")
_URNS = re.compile(r"[0-9]{6}([\s,;/&+]+(and\s+)?[0-9]{6})+")


def identify(submission: Submission, register: Mapping[str, School]) -> tuple[tuple[School, ...], tuple[Finding, ...]]:
    """The register's school, if the return's URN is one of its own and its name and LAESTAB, where given, agree.

    A federation may give several URNs in the cell; then each of its schools is given, in that order.
    Findings: SC401, SC402; with either there is no school, so that nothing is written for the wrong one.
    """
    identity = submission.identity
    place = Place(submission.file, form.SCHOOL)
    urns = _URN.findall(identity.urn) if _URNS.fullmatch(identity.urn) else [identity.urn]
    unknown = [urn for urn in urns if urn not in register]
    if unknown:
        return (), (find("SC401", place, f"URN “{unknown[0][:12]}”", remedy=_who_it_may_be(submission, register)),)
    schools = tuple(register[urn] for urn in dict.fromkeys(urns))
    disagree = [
        label
        for label, given, ours in (
            (form.NAME, identity.name, [school.name for school in schools]),
            (form.LAESTAB, identity.laestab, [school.laestab for school in schools]),
        )
        if given and not _agree(given, ours)
    ]
    if disagree:
        seen = f"URN {', '.join(urns)} with another {' and '.join(disagree)}"
        return (), (find("SC402", place, seen, sheet=form.SCHOOL),)
    return schools, ()


def _agree(given: str, ours: Sequence[str]) -> bool:
    """One school: the same letters and figures. A federation: each school's are among those given."""
    letters = _letters(given)
    return letters == _letters(ours[0]) if len(ours) == 1 else all(_letters(one) in letters for one in ours)


def _who_it_may_be(submission: Submission, register: Mapping[str, School]) -> str:
    """Candidates by name or LAESTAB, at most three."""
    identity = submission.identity
    likely = [
        school
        for school in register.values()
        if (identity.name and _letters(school.name) == _letters(identity.name))
        or (identity.laestab and _letters(school.laestab) == _letters(identity.laestab))
    ]
    if likely:
        named = " or ".join(f"{school.name} ({school.urn})" for school in likely[:3])
        return f"It may be {named}: write that URN on the sheet “{form.SCHOOL}”, and run again."
    return f"Write the URN on the sheet “{form.SCHOOL}”, or add the school to the register, and run again."


def _letters(text: str) -> str:
    """Only letters and figures count when two names are compared."""
    return "".join(mark for mark in text.casefold() if mark.isalnum())


def keep_asked(submission: Submission, school: School, rubric: Rubric) -> tuple[Submission, tuple[Finding, ...]]:
    """The submission with exactly the criteria this school is asked, in rubric order.

    A criterion missing from the workbook stands as a blank. Findings: RT316, and RT319 for answers not asked for.
    """
    found = {response.criterion: response for response in submission.responses}
    findings: list[Finding] = []
    asked: list[Response] = []
    for criterion in rubric.criteria_for(school.phase):
        if criterion.id in found:
            asked.append(found.pop(criterion.id))
        else:
            asked.append(_missing(criterion, submission.file))
            findings.append(find("RT316", Place(submission.file), f"no row for {criterion.id}", criterion=criterion.id))
    for response in found.values():
        if response.typed:
            findings.append(find("RT319", response.place, "answered", criterion=response.criterion))
    return replace(submission, responses=tuple(asked)), tuple(findings)


def _missing(criterion: Criterion, file: str) -> Response:
    # The word keeps the blank from being reported twice: RT316 already says that there is no row.
    return Response(criterion.id, None, "no row", "", "", Place(file), "")


def check_completeness(submission: Submission, least: Fraction) -> tuple[Finding, ...]:
    """SC404 where fewer than the share `least` of the criteria asked are answered."""
    asked, answered = len(submission.responses), submission.answered
    if answered >= least * asked:
        return ()
    return (find("SC404", Place(submission.file), f"{answered} of {asked} answered", answered=answered, asked=asked),)


def order_of_counting(files: Sequence[tuple[str, date | None, float, int]]) -> tuple[str, ...]:
    """The files of one school as (name, completed on, file time, answers given), the one that counts first: the latest date of
    completion, then the latest file, then the one with more answers, then the last by name."""
    ranked = sorted(files, key=lambda file: (file[1] or date.min, *file[2:], file[0]), reverse=True)
    return tuple(file[0] for file in ranked)

"""Who has not returned, ready for a mail merge."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from pipeline.model.school import School
from pipeline.model.settings import Cycle


def days_overdue(dates: Cycle, today: date) -> int:
    """Whole days since returns were due; 0 before that."""
    return max(0, (today - dates.returns_due).days)


def write_chase_list(schools: Sequence[School], dates: Cycle, today: date) -> bytes:
    """`chase.csv`: one row a school with no return, by district, as Excel and Word open it (UTF-8 with a mark, CRLF)."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(("URN", "LAESTAB", "School", "Phase", "District", "Town", "Cycle", "Returns due", "Days overdue"))
    due = f"{dates.returns_due.day} {dates.returns_due:%B %Y}"
    for school in by_district(schools):
        row = (school.urn, school.laestab, school.name, school.phase.label, school.district, school.town, dates.label, due)
        writer.writerow((*(as_text(value) for value in row), days_overdue(dates, today)))
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def by_district(schools: Sequence[School]) -> list[School]:
    """The order of the chase list: district, then name."""
    return sorted(schools, key=lambda school: (school.district, school.name))


def as_text(value: str) -> str:
    """Text that may begin like a formula; an apostrophe keeps a spreadsheet from working it out."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value

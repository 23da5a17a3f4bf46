"""Who has not returned, ready for a mail merge."""

from collections.abc import Sequence
from datetime import date

from pipeline.model.school import School
from pipeline.model.settings import Cycle
from pipeline.writers.csv_table import write_table


def days_overdue(dates: Cycle, today: date) -> int:
    """Whole days since returns were due; 0 before that."""
    return max(0, (today - dates.returns_due).days)


def write_chase_list(schools: Sequence[School], dates: Cycle, today: date) -> bytes:
    """`chase.csv`: one row a school with no return, by district."""
    due, overdue = f"{dates.returns_due.day} {dates.returns_due:%B %Y}", days_overdue(dates, today)
    columns = ("URN", "LAESTAB", "School", "Phase", "District", "Town", "Cycle", "Returns due", "Days overdue")
    rows = (
        (one.urn, one.laestab, one.name, one.phase.label, one.district, one.town, dates.label, due, overdue)
        for one in by_district(schools)
    )
    return write_table(columns, rows)


def by_district(schools: Sequence[School]) -> list[School]:
    """The order of the chase list: district, then name."""
    return sorted(schools, key=lambda school: (school.district, school.name))

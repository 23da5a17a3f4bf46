"""A CSV table as Excel and Word open it: UTF-8 with a mark, commas, CRLF, and text that never becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """The file's content, its columns named in the first row."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(columns)
    writer.writerows([_as_text(value) if isinstance(value, str) else value for value in row] for row in rows)
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _as_text(value: str) -> str:
    """Text that may begin like a formula; an apostrophe keeps a spreadsheet from working it out."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value

"""How the pages of the toolkit document are divided."""

from letterhead import section

HALVES = (48, 48)  # hundredths of the text's width


def break_section(columns: tuple[int, ...] = (), *, first: bool = False, goes_on: bool = False) -> str:
    """Ends a section here, as in the action plan."""
    return f"<w:p><w:pPr>{section(columns, first=first, goes_on=goes_on)}</w:pPr></w:p>"

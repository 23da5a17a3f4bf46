"""How our workbooks look: one place for fonts, colours and borders."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FONT = "Arial"
INK = "1F2A30"
BRAND = "17525C"
BRAND_PALE = "E4EEEF"
LINE = "B9C7CA"
OPEN_CELL = "FFF9E5"
WHITE = "FFFFFF"

# Tints that still differ when printed in grey; the word always stands beside them.
TINTS = {"not-yet": "F1E4DF", "emerging": "EAF1F2", "established": "BFD6D9", "advanced": "86B0B6", "none": "F3F3F3"}

_side = Side(style="thin", color=LINE)
GRID = Border(left=_side, right=_side, top=_side, bottom=_side)
UNLOCKED = Protection(locked=False)


def font(size: float = 10, *, bold: bool = False, colour: str = INK) -> Font:
    """The house font."""
    return Font(name=FONT, size=size, bold=bold, color=colour)


def fill(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def wrap(horizontal: str = "left", vertical: str = "top") -> Alignment:
    """Wrapped text, left and at the top unless said otherwise, a little away from the border."""
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True, indent=1)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column `width` characters wide, erring on the long side."""
    count = 0
    for paragraph in text.split("\n"):
        used = 0
        count += 1
        for word in paragraph.split():
            if used and used + 1 + len(word) > width:
                count += 1
                used = len(word)
            else:
                used += len(word) + (1 if used else 0)
    return count


def conditional_fill(colour: str) -> PatternFill:
    """A background for a conditional format, where Excel reads the other of the two colours."""
    return PatternFill(bgColor=colour, fill_type="solid")

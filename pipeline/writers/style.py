"""How our workbooks look: one place for fonts, colours and borders."""

from dataclasses import dataclass

FONT = "Arial"
INK = "1F2A30"
QUIET = "5B6B70"
BRAND = "17525C"
BRAND_PALE = "E4EEEF"
LINE = "B9C7CA"
OPEN_CELL = "FFF9E5"
ASKING = "F9DDB1"  # behind what waits for the school
WHITE = "FFFFFF"

# Tints that still differ when printed in grey; the word always stands beside them.
TINTS = {"not-yet": "F1E4DF", "emerging": "EAF1F2", "established": "BFD6D9", "advanced": "86B0B6", "none": "F3F3F3"}


@dataclass(frozen=True)
class Look:
    """How a cell looks: the size of its text in points, colours as RRGGBB, how its text stands, a thin border if `boxed`.

    `is_open` leaves the cell for the school to fill in; `shown_as` is an Excel number format.
    """

    size: float = 10
    bold: bool = False
    colour: str = INK
    background: str = ""
    boxed: bool = False
    horizontal: str = "left"
    vertical: str = "top"
    wraps: bool = True
    indent: int = 1
    is_open: bool = False
    shown_as: str = ""


TEXT = Look()
LABEL = Look(bold=True, boxed=True)
BOXED = Look(boxed=True)
HEADING = Look(bold=True, colour=WHITE, background=BRAND, boxed=True, vertical="center")
BAND = Look(background=BRAND)
MIDDLE = Look(vertical="center")
ONE_LINE = Look(horizontal="", vertical="center", wraps=False, indent=0)
OPEN = Look(background=OPEN_CELL, boxed=True, is_open=True)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column `width` characters wide, erring on the long side."""
    if len(text) <= width and "\n" not in text:
        return 1
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

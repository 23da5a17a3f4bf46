"""A cell as a sheet's XML holds it, in the words that openpyxl writes; for the many cells that need no more than that."""

import re
from datetime import date

Value = str | int | float | date

_DAY_NOUGHT = date(1899, 12, 30)  # of Excel's calendar
_LONGEST = 32_767  # characters of a cell
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_cell(place: str, look: int, value: Value) -> str:
    """The cell at an A1 address. `look` is its number in the workbook's list of styles. Text is always text."""
    if not isinstance(value, str):
        number = (value - _DAY_NOUGHT).days if isinstance(value, date) else value
        return f'<c r="{place}" s="{look}" t="n"><v>{number:.16g}</v></c>'
    if not value:
        return f'<c r="{place}" s="{look}" t="inlineStr"></c>'
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t{space}>{escape(value[:_LONGEST])}</t></is></c>'


def escape(text: str) -> str:
    """Text between tags; a character that XML cannot carry is shown as one that is missing."""
    plain = _NOT_XML.sub("\ufffd", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def encode(xml: str) -> bytes:
    """XML as bytes, whatever its part says of its encoding."""
    return xml.encode("ascii", "xmlcharrefreplace")

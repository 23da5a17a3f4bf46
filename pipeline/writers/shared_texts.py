"""The texts of a workbook's tables, each kept once, as Excel itself keeps them: cells name them by number.

openpyxl writes every text into its cell. In a table of thousands of rows, most say the same."""

from collections.abc import Iterable, Iterator

from pipeline.writers.cell import encode, escape
from pipeline.writers.package import Member
from pipeline.writers.parts import make_part, unpack

_PART = "xl/sharedStrings.xml"
_KINDS, _LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = (
    '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="/xl/sharedStrings.xml" Id="rIdTexts"/></Relationships>'
)
_KIND = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_LONGEST = 32_767  # characters of a cell


class SharedTexts:
    """Texts by number, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def join(self, parts: Iterable[Member]) -> Iterator[Member]:
        """The parts of a workbook that openpyxl wrote, and the texts."""
        for part in parts:
            if part.name == _KINDS:
                yield make_part(part.name, (unpack(part).replace(b"</Types>", _KIND.encode()),))
            elif part.name == _LINKS:
                yield make_part(part.name, (unpack(part).replace(b"</Relationships>", _LINK.encode()),))
            else:
                yield part
        head = f'<sst xmlns="{_SHEETS}" uniqueCount="{len(self._numbers)}">'
        yield make_part(_PART, (head.encode(), encode("".join(map(_write, self._numbers))), b"</sst>"))


def _write(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{space}>{escape(text[:_LONGEST])}</t></si>"

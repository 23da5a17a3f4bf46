"""Tags in those parts of a Word file that are not filled: they would be printed as they stand."""

import re
from collections.abc import Collection, Iterator

from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.office_file import OfficeFile

_TAG = re.compile(rb"\{(?:<[^>]*>)*[{%].{0,200}?[}%](?:<[^>]*>)*\}|%7B%7B.{0,200}?%7D%7D", re.DOTALL)
_MARKUP = re.compile(rb"<[^>]*>")
# Part → where a person would look for it. Comments are told of for themselves, and what is filled in them does not matter.
_WHERE = {
    "endnotes": ("an endnote", "Put it into a footnote or into the text."),
    "chart": ("a chart", "Put it into the text beside the chart."),
    "diagram": ("a SmartArt graphic", "Put it into the text."),
    "rels": (
        "a link's address",
        "Make the link a field: Insert, Quick Parts, Field, Hyperlink, and write the tag as its address.",
    ),
    "docprops": ("the file's properties", "Delete it there: File, Info, Properties."),
    "header": ("a header that no page uses", "Delete it."),
    "footer": ("a footer that no page uses", "Delete it."),
}
_PASSED = ("comment", "people", "customxml")


def find_unfilled(file: OfficeFile, filled: Collection[str]) -> Iterator[Fault]:
    """Tags in parts that are not filled: TP415. `filled` are the names of those that are."""
    for name in sorted(file.sizes()):
        part = name.casefold()
        if name in filled or not part.endswith((".xml", ".rels")) or any(word in part for word in _PASSED):
            continue
        found = _TAG.search(file.read(name))
        if found:
            where, remedy = next(
                (told for word, told in _WHERE.items() if word in part), ("a part of the file", "Take it out.")
            )
            written = _MARKUP.sub(b"", found[0]).decode("utf-8", "replace")
            yield fault("TP415", None, f"“{written[:60]}” in {where}", remedy=remedy)

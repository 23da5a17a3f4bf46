"""The plan as sent, kept for when it comes back: one JSON file a plan, never changed once written.

It holds the actions. The paragraphs are those of the document, which is kept beside it and read where a plan comes back: most
plans never do, and listing their paragraphs would cost each run a tenth of its time."""

import json
import re
from collections.abc import Iterator
from html import unescape

from pipeline.model.sent_plan import SentPlan

_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_END = "\0"  # of a paragraph: XML has no such letter
_AS_TEXT = (("<w:br/>", "<w:t> </w:t>"), ("<w:tab/>", "<w:t> </w:t>"), ("</w:p>", f"<w:t>{_END}</w:t>"))


def list_paragraphs(part: str) -> Iterator[str]:
    """The text of each paragraph of a part as the template's writer leaves it: runs joined, breaks and tabs a space."""
    for markup, text in _AS_TEXT:
        part = part.replace(markup, text)
    return (text for text in unescape("".join(_TEXT.findall(part))).split(_END) if text.strip())


def is_text_part(name: str) -> bool:
    """Whether a part of a document of ours has paragraphs that people read."""
    return _PART.fullmatch(name) is not None


def write_sent(sent: SentPlan) -> bytes:
    """A plan as sent, for `load_sent`."""
    told = {**vars(sent), "actions": [vars(action) for action in sent.actions]}
    told.pop("by_ref", None)  # what it has worked out for itself
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"

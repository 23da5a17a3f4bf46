"""The plan as sent, kept beside the record under its plan id: one JSON file a plan, never changed once written."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from html import unescape

from pipeline.model.sent_plan import SentPlan

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:br|tab)/>")


def list_paragraphs(part: str) -> Iterator[str]:
    """The text of each paragraph of a part as the template's writer leaves it: runs joined, breaks and tabs a space."""
    for paragraph in part.split("</w:p>"):
        text = unescape("".join(found[1] if found[1] is not None else " " for found in _TEXT.finditer(paragraph)))
        if text.strip():
            yield text


def write_sent(sent: SentPlan) -> bytes:
    """A plan as sent, for `load_sent`."""
    return json.dumps(asdict(sent), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"

"""What a part of a Word document shows: for the digest in a plan's properties, and for what must be found in it again."""

import re
from collections.abc import Sequence
from hashlib import sha256
from html import unescape

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_AS_TEXT = (("<w:br/>", "<w:t> </w:t>"), ("<w:tab/>", "<w:t> </w:t>"), ("</w:p>", "<w:t>\n</w:t>"))


def read_shown(part: str) -> str:
    """All that a part shows, a line a paragraph, as the template's writer leaves it: runs joined, breaks and tabs a space."""
    for markup, text in _AS_TEXT:
        part = part.replace(markup, text)
    return unescape("".join(_TEXT.findall(part)))


def list_paragraphs(shown: str) -> Sequence[str]:
    """The paragraphs of what a part shows, empty ones left out."""
    return [text for text in shown.split("\n") if text.strip()]


def digest_shown(shown: str) -> str:
    """SHA-256 (hex) of what a part shows, without its spaces. It is the same after another program has saved the document,
    which splits runs and breaks lines as it likes."""
    return sha256("".join(shown.split()).encode()).hexdigest()

"""What a Word document's body shows, as one text: what the digest in a plan's properties is taken of."""

import re
from hashlib import sha256
from html import unescape

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def digest_shown(part: str) -> str:
    """SHA-256 (hex) of all that a part shows, without its spaces. It is the same after another program has saved the document,
    which splits runs and breaks lines as it likes."""
    return sha256("".join(unescape("".join(_TEXT.findall(part))).split()).encode()).hexdigest()

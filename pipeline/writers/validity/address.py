"""Where links may lead."""

import re

_WEB = re.compile(r"https?://[^\s/?#\"<>\\^`{|}@]+(?:[/?#][^\s\"<>\\^`{|}]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@\"<>]+@[^\s@\"<>]+", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether it is a whole address of a web page or for e-mail; nothing else may be opened from a document of ours."""
    return bool(_WEB.fullmatch(text) or _MAIL.fullmatch(text))

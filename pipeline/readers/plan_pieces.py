"""Every paragraph's text of a Word document, found another way than by reading it: by the tags as they stand in the file.

The proof that no word is lost is made with these, so that a fault in reading cannot hide itself. Text that a tracked change took
away and text in boxes are there too; of an alternative the copy for older programs is not.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_NAMESPACE = rb"http://schemas\.openxmlformats\.org/wordprocessingml/2006/main"
_PREFIX = re.compile(rb"xmlns(?::([\w.-]+))?\s*=\s*[\"']" + _NAMESPACE + rb"[\"']")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_BREAK, _HYPHEN = b" ", b"-"
_CHOICE = re.compile(rb"<(?:\w+:)?Choice\b.*?</(?:\w+:)?Choice>", re.DOTALL)
_FALLBACK = re.compile(rb"<(?:\w+:)?Fallback\b.*?</(?:\w+:)?Fallback>", re.DOTALL)
_ALTERNATIVE = re.compile(rb"<((?:\w+:)?AlternateContent)\b[^>]*>.*?</\1>", re.DOTALL)


def list_pieces(part: bytes) -> Iterator[str]:
    """The text of each paragraph of a part, in its order; a paragraph round a text box comes in two pieces. The part is UTF-8 and
    has neither comments nor CDATA."""
    prefix = _PREFIX.search(part)
    if prefix is None:
        return
    if b"Fallback" in part:
        part = _ALTERNATIVE.sub(_keep_one, part)
    texts: list[bytes] = []
    for text, mark in _pattern(prefix[1] or b"").findall(part):
        if not mark:
            texts.append(text)
        elif mark[-2:] in (b":p", b"/p") or mark == b"p":
            if texts:
                yield _plain(b"".join(texts))
                texts = []
        else:
            texts.append(_HYPHEN if mark.endswith(b"noBreakHyphen") else _BREAK)
    if texts:
        yield _plain(b"".join(texts))


def _keep_one(alternative: re.Match[bytes]) -> bytes:
    """Of what a document says twice, the first way, unless only the second has text."""
    whole = alternative[0]
    choice = _CHOICE.search(whole)
    return _FALLBACK.sub(b"", whole) if choice and b"txbxContent" in choice[0] else whole


@lru_cache
def _pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Text; or the end or the beginning of a paragraph; or what stands for a space or a hyphen in it."""
    start = re.escape(prefix) + b":" if prefix else b""
    text = rb"<(?:%b|m:)(?:t|delText)(?:\s[^>]*[^/>]|\s*)>([^<]*)<" % start
    mark = rb"<(/?%b(?:p(?=[\s>/])|tab(?=\s*/>)|ptab(?=\s)|br(?=[\s/])|cr(?=\s*/>)|noBreakHyphen(?=\s*/>)))" % start
    return re.compile(text + b"|" + mark)


def _plain(text: bytes) -> str:
    told = text.decode("utf-8", "replace")
    if "&" in told:
        told = _REFERENCE.sub(_character, told)
    return told if told.isascii() else _INVISIBLE.sub("", told)


def _character(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2]) if reference[2] else None
    if code is not None:
        return chr(code) if code < 0x110000 else ""
    return _NAMED.get(reference[3], reference[0])

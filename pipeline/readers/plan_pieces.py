"""Every paragraph's text of a Word document, gathered another way than by reading it: all text there is, one after another.

The proof that no word is lost is made with these, so that a fault in reading cannot hide itself: nothing here knows of tables,
wrappers or tracked changes. Text that a tracked change took away and text in boxes is there too; of an alternative the copy for
older programs is not.
"""

import re
from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = (_W + "del", _W + "moveFrom")
_P, _TEXT, _BOX, _FALLBACK = _W + "p", _W + "t", _W + "txbxContent", _MC + "Fallback"
_TEXTS = {_TEXT, _W + "delText", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SPACES = {_W + name for name in ("tab", "ptab", "br", "cr")}
_HYPHEN = _W + "noBreakHyphen"
_WANTED = (_TEXT, _P, *sorted(_TEXTS - {_TEXT}), *sorted(_SPACES), _HYPHEN)
_STANDS_FOR = {_P: "\0", _HYPHEN: "-"} | dict.fromkeys(_SPACES, " ")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


def list_pieces(root: etree._Element) -> list[str]:
    """The text of each paragraph of a part, spaces at its ends aside. The tree is no use afterwards: what is read with care is
    taken out of it."""
    pieces: list[str] = []
    for block in _find_unusual(root):
        pieces += _gather_with_care(block)
        parent = block.getparent()
        if parent is None:
            return pieces
        parent.remove(block)
    texts = [_STANDS_FOR.get(found.tag) or found.text or "" for found in root.iter(*_WANTED)]
    return [*pieces, *(piece for piece in _show("".join(texts)).split("\0") if piece)]


def _find_unusual(root: etree._Element) -> list[etree._Element]:
    """The outermost paragraphs in which another may stand or a tracked change took text away; all, where that is in none."""
    found: dict[etree._Element, None] = {}
    for one in root.iter(_BOX, _FALLBACK, *_GONE):
        around = [*one.iterancestors(_P)]
        if around:
            found[around[-1]] = None
        elif next(one.iter(*_WANTED), None) is not None:
            return [root]
    return list(found)


def _gather_with_care(root: etree._Element) -> Iterator[str]:
    """The same where a paragraph may stand within another, and tracked changes took text away: each text goes to the nearest
    paragraph round it, and what was taken away stands by itself."""
    texts: dict[tuple[etree._Element | None, etree._Element | None], list[str]] = {}
    for found in root.iter(*_WANTED):
        if found.tag == _P or _is_second_copy(found):
            continue
        place = (next(found.iterancestors(_P), None), _find_change(found))
        texts.setdefault(place, []).append(_read(found))
    return (_show("".join(piece)) for piece in texts.values())


def _find_change(node: etree._Element) -> etree._Element | None:
    """The tracked change that took a text away; of several in a row, which programs make of one, the first."""
    change = next(node.iterancestors(*_GONE), None)
    while change is not None and (before := change.getprevious()) is not None and before.tag == change.tag:
        change = before
    return change


def _read(found: etree._Element) -> str:
    if found.tag in _TEXTS:
        return found.text or ""
    return "-" if found.tag == _HYPHEN else " "


def _is_second_copy(node: etree._Element) -> bool:
    """Whether a text stands in the copy for older programs, while the newer program's has text too."""
    for fallback in node.iterancestors(_FALLBACK):
        alternative = fallback.getparent()
        if alternative is not None and next(alternative.iterfind(f"{_MC}Choice//{_BOX}"), None) is not None:
            return True
    return False


def _show(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", text)

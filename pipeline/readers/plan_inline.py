"""The words of a paragraph, through every wrapper, and what is met beside them.

Content controls, tracked insertions, links, fields and custom tags are looked through at any depth. What a tracked change took
away is no part of the text, and is kept as a remark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.model.returned_plan import Remark, Source
from pipeline.readers.plan_markup import COME, CONTROL, DRAWN, GONE, MARKS, MATH, PROPERTIES, VAL, Beside, P, R, T, W, show

# Symbols of Wingdings, which people choose as ticks and boxes: what they look like.
_SYMBOLS = {"F0FC": "✔", "F0FE": "☑", "F0FB": "✘", "F0FD": "☒", "F0A8": "☐", "F06F": "☐"}
_PROMPT = re.compile(r"(Click|Tap|Choose|Enter)\b.{0,60}\.?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Notes:
    """What a reference in the text leads to, by its id."""

    comments: Mapping[str, Remark] = field(default_factory=dict)
    footnotes: Mapping[str, Remark] = field(default_factory=dict)
    endnotes: Mapping[str, Remark] = field(default_factory=dict)


class Inline:
    """Reads paragraphs. `used` are the notes that were met, kind and id; `changes` counts tracked changes."""

    def __init__(self, notes: Notes | None = None) -> None:
        self.changes = 0
        self.used: set[tuple[str, str]] = set()
        self._notes = notes or Notes()

    def _read_drawing(self, node: etree._Element, beside: Beside) -> None:
        """What a drawing says is a story of its own."""
        raise NotImplementedError

    def _read_paragraph(self, paragraph: etree._Element, beside: Beside) -> str:
        pieces: list[str] = []
        self._read_inline(paragraph, pieces, beside)
        return show("".join(pieces))

    def _read_inline(self, node: etree._Element, pieces: list[str], beside: Beside) -> None:
        for child in node:
            tag = child.tag
            if tag == R:
                for piece in child:
                    if piece.tag == T:
                        pieces.append(piece.text or "")
                    else:
                        self._read_piece(piece, pieces, beside)
            elif tag not in PROPERTIES:
                self._read_piece(child, pieces, beside)

    def _read_piece(self, node: etree._Element, pieces: list[str], beside: Beside) -> None:
        """Whatever is no run of text."""
        tag = node.tag
        if tag in PROPERTIES:
            return
        if tag in MARKS:
            pieces.append(MARKS[tag])
        elif tag == T or tag == W + "delText" or tag == MATH + "t":
            pieces.append(node.text or "")
        elif tag == CONTROL:
            self._read_control(node, pieces, beside)
        elif tag in GONE:
            self._take_away(node, beside)
        elif tag == W + "bookmarkStart":
            beside.bookmarks.append(node.get(W + "name", ""))
        elif tag == W + "commentReference":
            self._refer(self._notes.comments, "comment", node, beside)
        elif tag == W + "footnoteReference":
            self._refer(self._notes.footnotes, "footnote", node, beside)
        elif tag == W + "endnoteReference":
            self._refer(self._notes.endnotes, "endnote", node, beside)
        elif tag in DRAWN:
            self._read_drawing(node, beside)
        elif tag == W + "sym":
            pieces.append(_SYMBOLS.get(node.get(W + "char", "").upper(), "\ufffd"))
        else:
            self.changes += tag in COME
            self._read_inline(node, pieces, beside)

    def _read_control(self, control: etree._Element, pieces: list[str], beside: Beside) -> None:
        """A content control within a paragraph. Its prompt is not text, and is kept as what it is."""
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        inner: list[str] = []
        self._note_tag(properties, beside)
        if content is not None:
            self._read_inline(content, inner, beside)
        text = "".join(inner)
        prompts = properties is not None and properties.find(W + "showingPlcHdr") is not None
        if prompts and _PROMPT.fullmatch(text.strip()):
            beside.remarks.append(Remark(Source.PLACEHOLDER, text.strip()))
        else:
            pieces.append(text)

    def _note_tag(self, properties: etree._Element | None, beside: Beside) -> None:
        tag = None if properties is None else properties.find(W + "tag")
        if tag is not None:
            beside.tags.append(tag.get(VAL, ""))

    def _take_away(self, node: etree._Element, beside: Beside) -> None:
        """What a tracked change took away: it is told, and is no part of the text."""
        self.changes += 1
        pieces: list[str] = []
        held = Beside()
        for paragraph in [*node.iter(P)] or [node]:
            pieces += [" "] if pieces else []
            self._read_inline(paragraph, pieces, held)
        text = "".join(pieces)
        before = node.getprevious()
        if (
            text
            and before is not None
            and before.tag == node.tag
            and beside.remarks
            and beside.remarks[-1].source is GONE[node.tag]
        ):
            beside.remarks[-1] = replace(
                beside.remarks[-1], text=beside.remarks[-1].text + text
            )  # one change in several pieces
        elif text:
            beside.remarks.append(Remark(GONE[node.tag], text, node.get(W + "author", "")))
        beside.remarks += held.remarks
        beside.bookmarks += held.bookmarks

    def _refer(self, notes: Mapping[str, Remark], kind: str, node: etree._Element, beside: Beside) -> None:
        key = node.get(W + "id", "")
        if key in notes and (kind, key) not in self.used:
            self.used.add((kind, key))
            beside.remarks.append(notes[key])

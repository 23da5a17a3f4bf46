"""Controls and bookmarks that a loop repeats, numbered apart: Word mends a document in which two share an id or a name.

In the template, as Word saved it, each has one id and one name, and a loop repeats them. So ids become tags that count, anew
in each document; a bookmark in a loop takes its turn behind its name (`area_1`, `area_2`), and so does a link to it that stands
in a loop of its own: the contents list and the headings go through the same areas in the same order.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

NUMBERS = "_numbers"  # a name that no context has
COUNTERS = frozenset(("control", "start", "end", "turn"))  # what the tags written here ask it

_FIRST = 10_000  # above what Word gives by itself, so that what a person adds does not meet ours
_LOOP = re.compile(r"\{%-?\s*(for|endfor)\b")
_MARK = re.compile(r"<w:(bookmarkStart|bookmarkEnd|hyperlink)\b[^>]*>")
_ID = re.compile(r'\bw:id="(-?\d+)"')
_NAME = re.compile(r'\bw:(name|anchor)="(\w+)"')
_PARAGRAPH_IDS = re.compile(r' w14:(?:paraId|textId)="[^"{]*"')
_CONTROL_ID = re.compile(r'(<w:sdtPr>(?:(?!</w:sdtPr>).)*?<w:id w:val=)"-?\d+"', re.DOTALL)

Span = tuple[int, int]


class Numbers:
    """What counts in one document."""

    def __init__(self) -> None:
        self._last = _FIRST
        self._open: dict[str, int] = {}
        self._turns: Counter[tuple[str, str]] = Counter()

    def control(self) -> int:
        """An id that no other control or bookmark has."""
        self._last += 1
        return self._last

    def start(self, id: str) -> int:
        """An id for a bookmark that begins; `id` is the one in the template."""
        self._open[id] = self.control()
        return self._open[id]

    def end(self, id: str) -> int:
        """The id of the bookmark that ends."""
        return self._open.get(id, 0)

    def turn(self, kind: str, name: str) -> str:
        """The name of the next bookmark (`kind` name) or of the one that the next link leads to (`kind` anchor)."""
        self._turns[kind, name] += 1
        return f"{name}_{self._turns[kind, name]}"

    @property
    def lead_nowhere(self) -> bool:
        """Whether more links took their turn than bookmarks of that name."""
        return any(count > self._turns["name", name] for (kind, name), count in self._turns.items() if kind == "anchor")


def number_apart(text: str) -> str:
    """A part as docxtpl patched it, with tags for its ids and for the names that loops repeat. Word's own numbers of paragraphs
    are left out: Word gives them anew, and nothing refers to them."""
    text = _PARAGRAPH_IDS.sub("", text)
    spans = tuple(_find_loops(text))
    starts = [mark for mark in _MARK.finditer(text) if mark[1] == "bookmarkStart" and _is_in(mark.start(), spans)]
    repeated = {name[2] for mark in starts if (name := _NAME.search(mark[0]))}

    def number(mark: re.Match[str]) -> str:
        """A mark by its turn; a link from outside a loop leads to the first."""
        in_loop, is_link = _is_in(mark.start(), spans), mark[1] == "hyperlink"

        def name(found: re.Match[str]) -> str:
            if found[2] not in repeated or not (in_loop or is_link):
                return found[0]
            return f'w:{found[1]}="{_tag("turn", found[1], found[2])}"' if in_loop else f'w:{found[1]}="{found[2]}_1"'

        told = _NAME.sub(name, mark[0])
        return (
            told
            if is_link
            else _ID.sub(lambda found: f'w:id="{_tag(mark[1].removeprefix("bookmark").lower(), found[1])}"', told)
        )

    return _CONTROL_ID.sub(rf'\1"{_tag("control")}"', _MARK.sub(number, text))


def _tag(call: str, *words: str) -> str:
    said = ", ".join(f"'{word}'" for word in words)
    return f"{{{{ {NUMBERS}.{call}({said}) }}}}"


def _find_loops(text: str) -> Iterator[Span]:
    """From where to where each outermost loop goes."""
    depth = start = 0
    for tag in _LOOP.finditer(text):
        if tag[1] == "for":
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()


def _is_in(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)

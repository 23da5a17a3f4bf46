"""A template proved, and a document looked at: with the proof where it has one, whole where it has none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.writers.numbering import Numbers
from pipeline.writers.package import read_members
from pipeline.writers.parts import unpack
from pipeline.writers.proof import COUNTED, VALUE
from pipeline.writers.validity.frame import Frame, read_frame
from pipeline.writers.validity.judging import Question, judge
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.mark import Mark, find_marks
from pipeline.writers.validity.rule import Fault, Rule
from pipeline.writers.validity.scanning import is_doubtful, matters, pieces_of, scan
from pipeline.writers.validity.structure import Look, find_structure

_ASKED_OF = {Rule.CELL_END: Question.CELLS, Rule.ROW_CELLS: Question.ROWS, Rule.TABLE_ROWS: Question.TABLES}
# The kinds of marks that a question is about, so that it can be tried whether searching for them finds them all.
_ABOUT = {
    Question.CONTROLS: {Kind.CONTROL},
    Question.TAGS: {Kind.TAG},
    Question.CHOICES: {Kind.CHOICES},
    Question.BOOKMARKS: {Kind.BOOKMARK, Kind.BOOKMARK_NAME, Kind.BOOKMARK_END},
    Question.ANCHORS: {Kind.ANCHOR},
    Question.FIELDS: {Kind.ADDRESS, Kind.FIELD},
    Question.STYLES: {Kind.STYLE},
    Question.NUMBERINGS: {Kind.NUMBERING},
}
# Rules that docxtpl's last steps may mend.
_MENDED = {Rule.TABLE_GRID, Rule.GRID_FIT, Rule.DRAWING_ID}
# Which questions another cannot be answered without.
_WITH = {Question.ANCHORS: {Question.BOOKMARKS}}
_COMPARES = {Question.CONTROLS, Question.BOOKMARKS, Question.ANCHORS}  # all pieces of a part with one another


@dataclass(frozen=True)
class Validity:
    """What is proved of a template: the rules it breaks for certain, and what each document has to be asked.

    `settled` are the marks of the parts that are not filled."""

    faults: tuple[Fault, ...]
    questions: frozenset[Question]
    frame: Frame
    settled: tuple[Mark, ...]

    def check(
        self, filled: Mapping[str, bytes], noted: Mapping[str, Mapping[Question, Sequence[str]]], numbers: Numbers
    ) -> tuple[Fault, ...]:
        """The rules that a document breaks, by those of its parts that were filled; none quotes what they hold. `noted` are
        the pieces of a part that a question is about, where they were watched; `numbers` what was counted."""
        if not self.questions:
            return ()
        stories = {name: part for name, part in filled.items() if name in self.frame.stories}
        if Question.WHOLE not in self.questions and not self._is_doubtful(stories, noted, numbers):
            return ()
        roots, faults = _parse_all({name: _plain(part) for name, part in stories.items()})
        found = _settle(roots, self.frame, self.settled, quotes=False)
        return tuple(dict.fromkeys([*faults, *(fault for fault in found if isinstance(fault, Fault))]))

    def _is_doubtful(
        self, stories: Mapping[str, bytes], noted: Mapping[str, Mapping[Question, Sequence[str]]], numbers: Numbers
    ) -> bool:
        if Question.TURNS in self.questions and numbers.lead_nowhere:
            return True
        pieces: dict[Question, dict[str, Sequence[str]]] = {}
        for question in self.questions - {Question.TURNS}:
            pieces[question] = {
                name: noted[name][question] if question in noted.get(name, ()) else pieces_of(part.decode(), question)
                for name, part in stories.items()
            }
        return is_doubtful(pieces, self.frame, self.settled)


def prove(
    parts: Mapping[str, bytes],
    texts: Mapping[str, str],
    outlines: Mapping[str, etree._Element | None],
    mended: frozenset[str],
) -> Validity:
    """What is proved of a template. `texts` are those of its parts that are filled, and `outlines` theirs, where one is proved
    (`read_outline`). The tables and drawings of those `mended` are changed after they are rendered."""
    roots, _ = _parse_all({name: part for name, part in parts.items() if name.endswith((".xml", ".rels"))})
    frame = read_frame(parts, roots, frozenset(texts))
    static = {name: roots[name] for name in frame.stories if name not in texts and name in roots}
    settled = tuple(mark for name, root in static.items() for mark in find_marks(root, name, quotes=True))
    proved = {name: root for name, root in outlines.items() if root is not None and name in frame.stories}
    found = [*_looks(static, quotes=True), *_settle(proved, frame, settled, quotes=True)]
    questions = {one for one in found if isinstance(one, Question)}
    questions.update(more for question in tuple(questions) for more in _WITH.get(question, ()))
    unproved = any(outlines.get(name) is None or name in mended for name in texts if name in frame.stories)
    if unproved or any(_hides(root, name, texts[name], questions) for name, root in proved.items()):
        questions.add(Question.WHOLE)
    certain = (one for one in found if isinstance(one, Fault) and not (one.part in mended and one.rule in _MENDED))
    return Validity(tuple(dict.fromkeys([*frame.faults, *certain])), frozenset(questions), frame, settled)


def find_faults(content: bytes) -> tuple[Fault, ...]:
    """Every rule that a finished document breaks, looked at whole; none quotes what it holds. Raises: zipfile.BadZipFile."""
    parts = {member.name: unpack(member) for member in read_members(content)}
    roots, _ = _parse_all({name: _plain(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))})
    frame = read_frame(parts, roots, frozenset(parts))
    stories = {name: roots[name] for name in frame.stories if name in roots}
    found = _settle(stories, frame, (), quotes=False)
    return tuple(dict.fromkeys([*frame.faults, *(one for one in found if isinstance(one, Fault))]))


def _settle(
    roots: Mapping[str, etree._Element], frame: Frame, others: Iterable[Mark], *, quotes: bool
) -> Iterator[Fault | Question]:
    yield from _looks(roots, quotes=quotes)
    marks = [mark for name, root in roots.items() for mark in find_marks(root, name, quotes=quotes)]
    yield from judge([*others, *marks], frame)


def _looks(roots: Mapping[str, etree._Element], *, quotes: bool) -> Iterator[Fault | Question]:
    for name, root in roots.items():
        yield from map(_settled, find_structure(root, name, quotes=quotes))


def _settled(look: Look) -> Fault | Question:
    return look.fault if look.is_certain else _ASKED_OF.get(look.fault.rule, Question.WHOLE)


def _hides(root: etree._Element, name: str, text: str, questions: set[Question]) -> bool:
    """Whether searching a part, as it is written, misses a mark that parsing it finds: then its documents are parsed."""
    marks = list(find_marks(root, name, quotes=False))
    for question in questions & _ABOUT.keys():
        about = [mark for mark in marks if mark.kind in _ABOUT[question]]
        parsed = sum(question in _COMPARES or not mark.is_known for mark in about)
        pieces = (piece for piece in pieces_of(text, question) if matters(piece, question))
        if parsed > sum(mark.kind in _ABOUT[question] for mark in scan(pieces, name, question)):
            return True
    return False


def _parse_all(parts: Mapping[str, bytes]) -> tuple[dict[str, etree._Element], list[Fault]]:
    """The parts that are well-formed, parsed, and a fault for each that is not."""
    roots, faults = {}, []
    for name, part in parts.items():
        try:
            roots[name] = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except etree.XMLSyntaxError:
            faults.append(Fault(Rule.UNREADABLE, name))
    return roots, faults


def _plain(part: bytes) -> bytes:
    """Without the characters that stand for values in an outline: what a school typed is none of them."""
    return part.replace(VALUE.encode(), b"?").replace(COUNTED.encode(), b"?")

"""A template proved, and a document looked at: with the proof where it has one, whole where it has none."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.writers.package import read_members
from pipeline.writers.parts import unpack
from pipeline.writers.proof import VALUE
from pipeline.writers.validity.frame import Frame, read_frame
from pipeline.writers.validity.judging import Question, judge
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.mark import Mark, find_marks
from pipeline.writers.validity.rule import Fault, Rule
from pipeline.writers.validity.scanning import is_doubtful, scan
from pipeline.writers.validity.structure import Look, find_structure

_ASKED_OF = {Rule.CELL_END: Question.CELLS, Rule.ROW_CELLS: Question.ROWS, Rule.TABLE_ROWS: Question.TABLES}
# The kinds of marks that a question is about, so that it can be tried whether searching for them finds them all.
_ABOUT = {
    Question.CONTROLS: {Kind.CONTROL, Kind.TAG},
    Question.BOOKMARKS: {Kind.BOOKMARK, Kind.BOOKMARK_NAME, Kind.BOOKMARK_END},
    Question.STYLES: {Kind.STYLE},
    Question.NUMBERINGS: {Kind.NUMBERING},
}
# Which questions another cannot be answered without.
_WITH = {Question.ANCHORS: {Question.BOOKMARKS, Question.FIELDS}}

Search = Callable[[str, Question], str]


@dataclass(frozen=True)
class Validity:
    """What is proved of a template: the rules it breaks for certain, and what each document has to be asked.

    `settled` are the marks of the parts that are not filled."""

    faults: tuple[Fault, ...]
    questions: frozenset[Question]
    frame: Frame
    settled: tuple[Mark, ...]

    def check(self, filled: Mapping[str, bytes], watched: Mapping[str, Mapping[Question, str]]) -> tuple[Fault, ...]:
        """The rules that a document breaks, by those of its parts that were filled; none quotes what they hold. `watched` are
        the pieces of a part that a question is about, where they were noted."""
        if not self.questions:
            return ()
        stories = {name: part for name, part in filled.items() if name in self.frame.stories}
        if Question.WHOLE not in self.questions and not self._is_doubtful(stories, watched):
            return ()
        roots, faults = _parse_all({name: _plain(part) for name, part in stories.items()})
        found = _settle(roots, self.frame, self.settled, quotes=False)
        return tuple(dict.fromkeys([*faults, *(fault for fault in found if isinstance(fault, Fault))]))

    def _is_doubtful(self, stories: Mapping[str, bytes], watched: Mapping[str, Mapping[Question, str]]) -> bool:
        texts = {
            question: {
                name: noted[question].encode() if question in (noted := watched.get(name, {})) else part
                for name, part in stories.items()
            }
            for question in self.questions
        }
        return is_doubtful(texts, self.frame, self.settled)


def prove(
    parts: Mapping[str, bytes], texts: Mapping[str, str], outlines: Mapping[str, etree._Element | None], pieces_of: Search
) -> Validity:
    """What is proved of a template. `texts` are those of its parts that are filled, and `outlines` theirs, where one is proved
    (`read_outline`). `pieces_of` gives the pieces of a text that will be searched for a question."""
    roots, _ = _parse_all({name: part for name, part in parts.items() if name.endswith((".xml", ".rels"))})
    frame = read_frame(parts, roots, frozenset(texts))
    static = {name: roots[name] for name in frame.stories if name not in texts and name in roots}
    settled = tuple(mark for name, root in static.items() for mark in find_marks(root, name, quotes=True))
    proved = {name: root for name, root in outlines.items() if root is not None and name in frame.stories}
    found = [*_looks(static, quotes=True), *_settle(proved, frame, settled, quotes=True)]
    questions = {one for one in found if isinstance(one, Question)}
    questions.update(more for question in tuple(questions) for more in _WITH.get(question, ()))
    unproved = any(outlines.get(name) is None for name in texts if name in frame.stories)
    if unproved or any(_hides(root, name, texts[name], questions, pieces_of) for name, root in proved.items()):
        questions.add(Question.WHOLE)
    faults = dict.fromkeys([*frame.faults, *(one for one in found if isinstance(one, Fault))])
    return Validity(tuple(faults), frozenset(questions), frame, settled)


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


def _hides(root: etree._Element, name: str, text: str, questions: set[Question], pieces_of: Search) -> bool:
    """Whether searching a part, as it is written, misses a mark that parsing it finds: then its documents are parsed."""
    for question in questions & _ABOUT.keys():
        about = [mark for mark in find_marks(root, name, quotes=False) if mark.kind in _ABOUT[question]]
        compares = question in (Question.CONTROLS, Question.BOOKMARKS)
        parsed = Counter(mark.kind for mark in about if compares or not mark.is_known)
        searched = Counter(mark.kind for mark in scan(pieces_of(text, question).encode(), name, question))
        if parsed - searched:
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
    """Without the character that stands for a value in an outline: what a school typed is none."""
    return part.replace(VALUE.encode(), b"?")

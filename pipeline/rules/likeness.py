"""The same evidence in the returns of two schools, found without keeping a word of either.

Each text leaves eight bytes of BLAKE2 and the address of its cell, in one string a return: a run over six thousand schools
holds some 6 MB of them. What returns share is looked for at the end, among all of them, so it is as the folder is now.
"""

from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby, islice, pairwise
from operator import attrgetter

from pipeline.model.batch import Entry
from pipeline.model.finding import Finding, Place, find
from pipeline.model.oddity import Oddity
from pipeline.rules.oddity import is_telling, name_cells
from pipeline.rules.sentence import join_words
from pipeline.rules.written import Written

_SIZE = 8  # bytes: among 300,000 texts, two different ones look alike by chance once in some 400 million runs
_NAMED = 3  # schools
_AT_A_TIME = 2_000_000  # characters of fingerprints and cells: some 2,000 returns

# Where a text stands: the position of an entry, and that of the text among the entry's.
_Spot = tuple[int, int]


def fingerprint(evidence: Sequence[Written], oddity: Oddity) -> str:
    """What `find_copies` needs of a return: a fingerprint and a cell for each text that is long enough to tell."""
    telling = [one for one in evidence if is_telling(one, oddity)]
    if not telling:
        return ""
    prints = b"".join([blake2b(one.letters, digest_size=_SIZE).digest() for one in telling])
    sheets = groupby(telling, key=lambda one: one.response.place.sheet)
    lines = [f"{' '.join(sheet.split())}\t{' '.join([one.cell for one in ones])}" for sheet, ones in sheets]
    return "\n".join((b64encode(prints).decode(), *lines))


def _prints(entry: Entry) -> Sequence[int]:
    return array("Q", b64decode(entry.fingerprints.partition("\n")[0]))


def _places(entry: Entry) -> list[Place]:
    lines = (line.partition("\t") for line in entry.fingerprints.split("\n")[1:])
    return [Place(entry.file, sheet, cell) for sheet, _, cells in lines for cell in cells.split(" ")]


def find_copies(entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """The schools whose returns share evidence: one finding for each school and each company of others, at its first cell.

    `entries` are in the order of their files. Several schools of one file share it by right. Findings: OD710.
    """
    spots = _find_spots(entries, _find_shared(entries))
    companies: dict[tuple[int, ...], _Company] = {}
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for mark, held in spots.items():
        members = tuple(dict.fromkeys(number for number, _ in held))
        company = companies.get(members)
        if company is None:
            files = Counter(entries[number].file for number in members)
            company = companies[members] = _Company(len(companies), members, files)
        for number, place in held:
            groups.setdefault((number, company.id), []).append((place, mark))
    by_id = list(companies.values())
    told = sorted((number, sorted(texts), company) for (number, company), texts in groups.items())
    return tuple(_tell(entries, number, texts, by_id[company], spots) for number, texts, company in told)


@dataclass(frozen=True)
class _Company:
    """The entries that share some texts. Each is looked at once, since one that a whole trust shares may be large; `files` says
    how many of them are of each file."""

    id: int
    members: tuple[int, ...]
    files: Mapping[str, int]


def _find_shared(entries: Sequence[Entry]) -> frozenset[int]:
    """The fingerprints that stand in more than one file: so many at a time that they take little room as numbers."""
    shared: set[int] = set()
    parts = 1 + sum(len(entry.fingerprints) for entry in entries) // _AT_A_TIME
    for part in range(parts):
        marks: list[int] = []
        for _, same_file in groupby(entries, key=attrgetter("file")):
            distinct = {mark for entry in same_file for mark in _prints(entry)}
            marks.extend(distinct if parts == 1 else [mark for mark in distinct if mark % parts == part])
        marks.sort()
        shared.update(one for one, other in pairwise(marks) if one == other)
    return frozenset(shared)


def _find_spots(entries: Sequence[Entry], shared: frozenset[int]) -> Mapping[int, Sequence[_Spot]]:
    """Where each shared text stands, in the order of entries."""
    spots: dict[int, list[_Spot]] = {}
    for number, entry in enumerate(entries if shared else ()):
        marks = _prints(entry)
        if not shared.isdisjoint(marks):
            for place, mark in enumerate(marks):
                if mark in shared:
                    spots.setdefault(mark, []).append((number, place))
    return spots


def _tell(
    entries: Sequence[Entry],
    number: int,
    texts: Sequence[tuple[int, int]],
    company: _Company,
    spots: Mapping[int, Sequence[_Spot]],
) -> Finding:
    """What the officer is told of one school: its cells, the others by URN, and where the first of them has the first text."""
    entry, places = entries[number], _places(entries[number])
    mine = [places[place] for place, _ in texts]
    count = len(company.members) - company.files[entry.file]
    others = list(islice((other for other in company.members if entries[other].file != entry.file), _NAMED))
    named = [entries[other].urn for other in others] + ([f"{count - _NAMED} more"] if count > _NAMED else [])
    other, there = next(spot for spot in spots[texts[0][1]] if spot[0] == others[0])
    return find(
        "OD710",
        mine[0],
        f"word for word as in the return{'s' if count > 1 else ''} of {join_words(named)}",
        urn=entry.urn,
        cells=name_cells(mine),
        other=f"{_places(entries[other])[there]}",
    )

"""The profiles of a cycle's schools, kept from run to run: one changed return must not have six hundred records read again."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline.model.batch import Entry
from pipeline.model.profile import Outline, Profile, ProfileLife
from pipeline.model.record import Record
from pipeline.readers.earlier import load_earlier
from pipeline.readers.profiles import ProfileReader
from pipeline.readers.record import load_record
from pipeline.rules.comparison import levels_before
from pipeline.rules.ledger import list_lives
from pipeline.rules.profile import profile_of
from pipeline.runner.workspace import Workspace
from pipeline.writers.profiles import write_profile

_TAB = b"\t"  # between the parts of a line: JSON has none
_KEY_LENGTH = 32


class _Place(NamedTuple):
    key: str
    start: int
    length: int


class ProfileShelf:
    """A file with a line a school: its profile, its URN and the key of what it was made from. Holds places only.

    Lines are added as workers hand them in, and `settle` leaves one for each rated school, in the register's order."""

    def __init__(self, path: Path, rules: str) -> None:
        self._path, self._rules = path, rules
        self._places: dict[str, _Place] = dict(_find_places(path))
        self._added: BinaryIO | None = None

    def add(self, entry: Entry, profile: str) -> None:
        """Keeps what a worker made of a return. Raises: OSError."""
        if self._added is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._added = self._path.open("ab")
            self._added.write(b"\n")  # after what a run that was killed may have left half-written
        line = _TAB.join((profile.encode(), entry.urn.encode(), _key(entry, self._rules).encode())) + b"\n"
        start = self._added.tell()
        self._added.write(line)
        self._places[entry.urn] = _Place(_key(entry, self._rules), start, len(line))

    def settle(self, entries: Iterable[Entry], register: Iterable[str], recover: Callable[[str], str]) -> None:
        """Leaves the lines of schools that are rated, in the register's order. `recover` makes the profile of an URN that has
        none, or nothing where it cannot. Raises: OSError."""
        if self._added:
            self._added.close()
        keys = {entry.urn: _key(entry, self._rules) for entry in entries if entry.summary}
        rated = {urn: keys[urn] for urn in register if urn in keys}
        if not self._added and list(rated.items()) == [(urn, place.key) for urn, place in self._places.items()]:
            return
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as target:
                target.writelines(self._lines(rated, recover))
            os.replace(beside, self._path)
        finally:
            beside.unlink(missing_ok=True)

    def _lines(self, rated: Mapping[str, str], recover: Callable[[str], str]) -> Iterator[bytes]:
        with self._path.open("ab+") as source:
            for urn, key in rated.items():
                place = self._places.get(urn)
                if place and place.key == key:
                    source.seek(place.start)
                    yield source.read(place.length)
                elif found := recover(urn):
                    yield _TAB.join((found.encode(), urn.encode(), key.encode())) + b"\n"


def load_profiles(path: Path) -> Sequence[Profile]:
    """Every profile of a file that was settled; none where no school was ever rated. Raises: OSError, ValueError."""
    reader = ProfileReader()
    if not path.exists():
        return ()
    with path.open("rb") as lines:
        return tuple(map(reader.read, lines))


def load_outlines(path: Path) -> Sequence[Outline]:
    """The same in outline, of an earlier cycle; none where its file cannot be read."""
    reader = ProfileReader()
    try:
        with path.open("rb") as lines:
            return tuple(map(reader.read_outline, lines))
    except (OSError, ValueError, TypeError):
        return ()


def recover_profile(urn: str, workspace: Workspace) -> str:
    """A school's profile from its record; empty where that cannot be read."""
    record, _ = load_record(workspace.folders.records / f"{urn}.json", "")
    if record is None:
        return ""
    configuration = workspace.configuration.under(record.submission.edition)
    school = workspace.register[urn]
    lives = _lives(urn, record, workspace)
    return write_profile(profile_of(school, record.submission, record.assessment, record.levels, configuration, lives))


def _lives(urn: str, record: Record, workspace: Workspace) -> tuple[ProfileLife, ...]:
    last = workspace.last_of(urn)
    if record.ledger is None or last is None:
        return ()
    earlier = load_earlier(last.records / f"{urn}.json")
    configuration = workspace.configuration.under(record.submission.edition)
    before = levels_before(earlier, configuration.rubric, workspace.configuration.rubrics)
    return tuple(list_lives(record.ledger, record.assessment, last.cycle, before))


def _find_places(path: Path) -> Iterator[tuple[str, _Place]]:
    start = 0
    with suppress(OSError), path.open("rb") as lines:
        for line in lines:
            *_, urn, key = (b"", b"", *line.rstrip(b"\n").split(_TAB))
            if len(key) == _KEY_LENGTH:  # a torn line ends in something shorter, or in a text that is longer
                yield urn.decode(), _Place(key.decode(), start, len(line))
            start += len(line)


def _key(entry: Entry, rules: str) -> str:
    """Changes when the return, its school's files, the register's row, the last cycle or the rules do."""
    text = repr((entry.digest, entry.context, entry.group, rules))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]

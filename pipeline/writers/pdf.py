"""Word documents as PDF, by LibreOffice where it is installed: tagged, so that screen readers can read them (PDF/UA).

One process makes many, each from a copy in a folder of its own, with a profile of its own, so that a LibreOffice that somebody
has open is not disturbed. Copies lose what LibreOffice would fetch over the network: it fetches linked pictures unasked.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.writers.package import Member, join, pack, read_members
from pipeline.writers.parts import unpack

SECONDS = 120.0  # without one more being finished: a plan takes less than one, starting up less than ten
_AT_ONCE = 400  # documents of one process, so that its command line stays short enough for Windows
_LOOK_EVERY = 0.1  # seconds
_TAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
Finished = tuple[int, bytes | None]
_LINK = re.compile(rb"<Relationship\b[^>]*?(?:/>|>\s*</Relationship>)")


def find_office() -> str | None:
    """LibreOffice's command, where it is installed."""
    named = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
    return named or next((place for place in _USUAL_PLACES if Path(place).exists()), None)


def convert(documents: Sequence[Path], office: str, *, seconds: float = SECONDS) -> Generator[Finished, None, None]:
    """The PDF of each document, with its place among them, as they are finished; None for one that cannot be made.

    `seconds` is how long the process may take over one; then it is ended, and the others are made by another.
    """
    waiting, in_vain = list(range(len(documents))), 0
    while waiting:
        at_once, done = waiting[:_AT_ONCE], set()
        for number, pdf in _convert_some(at_once, documents, office, seconds):
            done.add(number)
            yield number, pdf
        left = [number for number in at_once if number not in done]
        in_vain = 0 if done else in_vain + 1
        if left:  # the first of them is what it stopped at; where two in turn made none, none will
            given_up = left if in_vain == 2 else left[:1]
            yield from ((number, None) for number in given_up)
            done.update(given_up)
        waiting = [number for number in waiting if number not in done]


def _convert_some(
    numbers: Sequence[int], documents: Sequence[Path], office: str, seconds: float
) -> Iterator[tuple[int, bytes]]:
    """The PDFs that one process makes."""
    with tempfile.TemporaryDirectory(prefix="inclusion-pdf-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        for number in numbers:
            (folder / f"{number}.docx").write_bytes(without_outside(documents[number].read_bytes()))
        process = _begin(office, folder, [f"{number}.docx" for number in numbers])
        try:
            yield from _watch(process, folder, numbers, seconds)
        finally:
            _end(process)


def _begin(office: str, folder: Path, names: Sequence[str]) -> subprocess.Popen[bytes]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    how = ["--headless", "--norestore", "--nolockcheck", "--convert-to", f"pdf:writer_pdf_Export:{_TAGGED}", "--outdir", "made"]
    return subprocess.Popen(
        [office, profile, *how, *names],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own, which can be ended whole; on Windows its tree is
    )


def _watch(
    process: "subprocess.Popen[bytes]", folder: Path, numbers: Sequence[int], seconds: float
) -> Iterator[tuple[int, bytes]]:
    """What it makes, as it is finished."""
    waiting, since = list(numbers), time.monotonic()
    while waiting:
        has_ended = process.poll() is not None
        for number, pdf in [(number, pdf) for number in waiting if (pdf := _finished(folder / "made" / f"{number}.pdf"))]:
            yield number, pdf
            waiting.remove(number)
            since = time.monotonic()
        if has_ended or time.monotonic() - since > seconds:
            return
        time.sleep(_LOOK_EVERY)


def _finished(path: Path) -> bytes:
    """A PDF, where it is there and whole."""
    try:
        pdf = path.read_bytes()
    except OSError:
        return b""
    return pdf if pdf.rstrip().endswith(b"%%EOF") else b""


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and all that it began; it may have ended by itself."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def without_outside(document: bytes) -> bytes:
    """A document that fetches nothing: without its external relationships but those of links, which nobody follows unasked.

    Raises: zipfile.BadZipFile or ValueError, where it is no document.
    """
    return join([_without_outside(member) if member.name.endswith(".rels") else member for member in read_members(document)])


def _without_outside(member: Member) -> Member:
    links = unpack(member)
    kept = _LINK.sub(lambda link: b"" if _fetches(link[0]) else link[0], links)
    return member if kept == links else pack(member.name, kept)


def _fetches(link: bytes) -> bool:
    return re.search(rb"TargetMode\s*=\s*[\"']External", link) is not None and b"/hyperlink" not in link

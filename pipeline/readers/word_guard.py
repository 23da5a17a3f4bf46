"""Whether a file that should be a Word template may be opened at all; nothing of it is read as text here."""

from collections.abc import Mapping, Sequence
from zipfile import ZipInfo

from pipeline.model.finding import Finding, Place, find
from pipeline.readers.refusal import Refusal
from pipeline.readers.zip_guard import MB, MOST_BYTES, ZIP, list_members, read_member, unpack_parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it in Word and save it as a Word Document (.docx)."
_LOCKED = "Open it in Word, take the password off (File, Info, Protect Document), and save it as a Word Document (.docx)."
_DAMAGED = "Put back a copy of the template that opens in Word."
_UNSAFE = "Put back the template as it was, or save a new one in Word as a Word Document (.docx)."
_SMALLER = "Make its pictures smaller in Word (Picture Format, Compress Pictures), and save it."
_TYPES, _DOCUMENT, _MAIN = "[Content_Types].xml", "word/document.xml", b"wordprocessingml.document.main+xml"
_OTHERS = {
    b"ms-word.document.macroenabled": "a Word document with macros",
    b"ms-word.template.macroenabled": "a Word template with macros (.dotm)",
    b"wordprocessingml.template.main": "a Word template file (.dotx)",
}
_STRICT = b"http://purl.oclc.org/ooxml/"


def guard_template(content: bytes, name: str) -> tuple[Finding, ...]:
    """What keeps a template from being opened; nothing where it may be. Findings: TP400 (something else), TP401 (not safe)."""
    refused = _judge(content)
    if refused is None:
        return ()
    code, seen, remedy = refused
    return (find(code, Place(name), seen, remedy=remedy),)


def _judge(content: bytes) -> tuple[str, str, str] | None:
    if len(content) > MOST_BYTES:
        return "TP401", f"{len(content) / MB:,.0f} MB; at most {MOST_BYTES // MB} MB is opened", _SMALLER
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        return ("TP400", "a file with a password", _LOCKED) if locked else ("TP400", "a document of Word 2003 or older", _SAVE)
    if not content.startswith(ZIP):
        return "TP400", "an empty file" if not content else "no Word document", _SAVE if content else _DAMAGED
    members = list_members(content)
    if isinstance(members, Refusal):
        return _translate(members)
    parts = unpack_parts(content, members)
    if isinstance(parts, Refusal):
        return _translate(parts)
    if not parts:  # too large to be held together: then the two that matter
        parts = {one.filename: _read(content, one) for one in members if one.filename in (_TYPES, _DOCUMENT)}
    return _judge_parts(parts, [one.filename for one in members])


def _read(content: bytes, member: ZipInfo) -> bytes:
    part = read_member(content, member, member.file_size)
    return part if isinstance(part, bytes) else b""


def _translate(refusal: Refusal) -> tuple[str, str, str]:
    """What the guards of returns say, for a template."""
    if refusal.code == "RT305":
        return "TP401", refusal.seen, _UNSAFE
    return "TP400", "a damaged file", _DAMAGED


def _judge_parts(parts: Mapping[str, bytes], names: Sequence[str]) -> tuple[str, str, str] | None:
    types = parts.get(_TYPES, b"").lower()
    for kind, seen in _OTHERS.items():
        if kind in types:
            return ("TP401" if "macros" in seen else "TP400"), seen, _SAVE
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "TP401", "a Word document with macros", _SAVE
    if _MAIN not in types:
        return "TP400", "no Word document", _SAVE
    if _STRICT in parts.get(_DOCUMENT, b"")[:4000]:
        return (
            "TP400",
            "a Word document saved as Strict Open XML",
            "Save it in Word as a Word Document (.docx), not as a Strict one.",
        )
    return None

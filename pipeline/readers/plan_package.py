"""A returned plan's parts, if it is a Word document that is safe to open; a plain sentence if it is not."""

import re
from collections.abc import Iterator, Mapping
from zipfile import ZipInfo

from pipeline.model.finding import Finding, Place, find
from pipeline.readers.container import Kind, look_inside
from pipeline.readers.recognise import recognise
from pipeline.readers.refusal import Refusal, tell
from pipeline.readers.zip_guard import MB, MOST_BYTES, ZIP, ZIP_END, list_members, unpack_parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_WORD = "Ask the school to open it in Word, save it as a Word Document (.docx) and send that."
_COPY = "Do not open it; ask the school to copy its words into the plan that you sent, and to return that."
_ITSELF = "Ask the school for the Word document itself."

# What schools send instead of a Word plan → what to do. What was seen is said by the refusal of returns.
_REMEDIES: Mapping[str, str] = {
    "pdf": "Ask the school for the Word document itself, not a PDF of it.",
    "word": "Ask the school to open it in Word, choose File, Save As, Word Document (.docx) and send that.",
    "rtf": _AS_WORD,
    "opendocument": "Ask the school to save it as a Word document (.docx) and send that.",
    "apple": "Ask the school to choose File, Export To, Word and send that file.",
    "google": "Ask the school to choose File, Download, Microsoft Word and send that.",
    "html": _AS_WORD,
    "mhtml": _AS_WORD,
    "xml": _AS_WORD,
    "text": _ITSELF,
    "password": "Ask the school to take the password off and send the plan again.",
    "locked zip": "Ask the school to take the password off and send the plan again.",
    "lock": "Delete it, and check that the plan itself, without ~$, has arrived.",
    "companion": "Delete it, and check that the plan itself, without ._, has arrived.",
    "stub": "Ask the school to download the plan from its cloud folder and send it.",
    "empty": "Ask the school to send the plan again: nothing of it arrived.",
    "zeros": "Ask the school to send the plan again: its size arrived, its content did not.",
    "cut": "Ask the school to send the plan again: only its first part arrived.",
    "damaged": "Ask the school to open the plan in Word, save it under a new name and send that copy.",
    "mail": "Open the e-mail and save the plan attached to it into the plans folder instead.",
    "program": "Do not open it; delete it and tell the school what came in its name.",
    "picture": "Ask the school for the Word document itself, not a photograph or screenshot of it.",
}
_SEEN = {tell(word).seen: remedy for word, remedy in _REMEDIES.items()}
_SEEN_OTHERWISE = {
    tell("word").seen: "a Word document of the old kind (.doc)",
    tell("password").seen: "a document locked with a password",
    tell("locked zip").seen: "a document locked with a password",
    tell("html").seen: "a web page",
    tell("mhtml").seen: "a web archive",
    tell("xml2003").seen: "an XML file",
    tell("lock").seen: "the lock file of an open document",
}
_RELATION = re.compile(rb"<[\w:]*Relationship\b[^>]*>")
_TYPE = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/([A-Za-z0-9]+)[\"']")
_EXTERNAL = re.compile(rb"\bTargetMode\s*=\s*[\"']External[\"']")
_EMBEDDED = re.compile(r"^word/(embeddings|activex)/(?!levels\.xlsx$)")  # the workbook of our own chart is no concern
_READ = re.compile(
    r"\[content_types\]\.xml$|(.*/)?_rels/[^/]*\.rels$|docprops/custom\.xml$|word/(diagrams/)?(?!theme|fonttable|websettings|numbering)[^/]*\.xml$"
)
_FREE_TO_LINK = {b"hyperlink"}
_MACRO_TYPE = b"macroenabled"


def open_plan(content: bytes, name: str) -> tuple[Mapping[str, bytes] | None, tuple[Finding, ...]]:
    """Name → content of the parts that hold text or say what refers to what; pictures and the like stay packed.

    Findings: PL521 (something else than a Word document, locked, damaged or cut short), PL522 (not safe to open), PL527 (it
    refers to something outside itself, which is never followed).
    """
    place = Place(name)
    if len(content) > MOST_BYTES:
        remedy = "Ask the school to take pictures and attached files out of the plan and send it again."
        return None, (
            find("PL522", place, f"{len(content) / MB:,.0f} MB; at most {MOST_BYTES // MB} MB is opened", remedy=remedy),
        )
    if not content.startswith(ZIP) and (content.startswith(_OLE) or ZIP_END not in content[-65_557:]):
        return None, (_name_foreign(content, name, place),)
    named = recognise(content, name) if name.rpartition("/")[2].startswith(("~$", "._")) else ""
    if named:
        return None, (_refuse(tell(named), place),)
    members = list_members(content)
    if isinstance(members, Refusal):
        return None, (_refuse(members, place),)
    parts = _lower(members)
    if not any(part.startswith("word/") for part in parts):
        return None, (_name_foreign(content, name, place),)
    unpacked = unpack_parts(content, [member for member in members if _READ.match(member.filename.lower())])
    if isinstance(unpacked, Refusal):
        return None, (_refuse(unpacked, place),)
    if not unpacked:
        return None, (find("PL522", place, "more than 8 MB of text when unpacked", remedy=_COPY),)
    return _judge(unpacked, parts, place)


def _judge(
    parts: Mapping[str, bytes], names: Mapping[str, str], place: Place
) -> tuple[Mapping[str, bytes] | None, tuple[Finding, ...]]:
    """Macros, templates from elsewhere, and what a document would fetch or hold that is not its own."""
    types = parts.get(names.get("[content_types].xml", ""), b"")
    if any("vbaproject" in name for name in names) or _MACRO_TYPE in types.lower():
        remedy = "Do not open it; ask the school to save the plan as a Word Document (.docx), without macros, and send that."
        return None, (find("PL522", place, "a document with macros", remedy=remedy),)
    outside = set(_find_outside(parts))
    if "attachedTemplate" in outside:
        return None, (find("PL522", place, "a document that takes its template from elsewhere", remedy=_COPY),)
    seen = [f"a link to something outside ({kind})" for kind in sorted(outside)]
    seen += ["an embedded object"] if any(map(_EMBEDDED.match, names)) else []
    seen += ["an embedded document (altChunk)"] if any("/afchunk" in name for name in names) else []
    return parts, tuple(find("PL527", place, what) for what in seen)


def _find_outside(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The kinds of what the document refers to outside itself, links to click left out."""
    for name, part in parts.items():
        if not name.endswith(".rels") or b"External" not in part:
            continue
        for relation in _RELATION.findall(part):
            kind = _TYPE.search(relation)
            if _EXTERNAL.search(relation) and kind and kind[1] not in _FREE_TO_LINK:
                yield kind[1].decode("ascii")


def _lower(members: tuple[ZipInfo, ...]) -> Mapping[str, str]:
    return {member.filename.lower(): member.filename for member in members}


def _refuse(refusal: Refusal, place: Place) -> Finding:
    code = "PL522" if refusal.code == "RT305" else "PL521"
    seen = _SEEN_OTHERWISE.get(refusal.seen, refusal.seen)
    otherwise = "Do not open it; ask the school what this is, and for the Word plan itself." if code == "PL522" else _ITSELF
    return find(code, place, seen, remedy=_SEEN.get(refusal.seen, otherwise))


def _name_foreign(content: bytes, name: str, place: Place) -> Finding:
    """What is no Word document of today. The returns' reader knows what it is."""
    kind, findings = look_inside(content, name)
    if kind is Kind.BUNDLE:
        return find(
            "PL521",
            place,
            "a zip file with files in it",
            remedy="Unpack it, and put the plans themselves into the plans folder.",
        )
    if kind is not None:
        return find("PL521", place, "an Excel workbook", remedy="Put returns into the returns folder, and plans into this one.")
    told = findings[0]
    seen = _SEEN_OTHERWISE.get(told.seen, told.seen)
    return find("PL521", place, seen, remedy=_SEEN.get(told.seen, _ITSELF))

"""Whose a returned plan says it is, at a glance: from the document's properties alone, before it is read whole."""

import re

from pipeline.readers.refusal import Refusal
from pipeline.readers.zip_guard import list_members, unpack_parts

_PROPERTIES = "docProps/custom.xml"
_SCHOOL = re.compile(rb"<[^>]*\bname=\"School\"[^>]*>\s*<[^>]*>\s*(\d{6})\s*<")


def glance_owner(content: bytes) -> str:
    """The URN in the document's properties; empty where there is none, or the file is not safe to look into."""
    members = list_members(content)
    if isinstance(members, Refusal):
        return ""
    parts = unpack_parts(content, [member for member in members if member.filename == _PROPERTIES])
    found = None if isinstance(parts, Refusal) else _SCHOOL.search(parts.get(_PROPERTIES, b""))
    return found[1].decode() if found else ""

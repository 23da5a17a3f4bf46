"""Office files are zip archives; these come out the same, byte for byte, whenever they are made."""

import re
import zipfile
from io import BytesIO

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
_CORE = "docProps/core.xml"
_SAVED_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def settle(content: bytes, saved_on: str = "2026-01-01") -> bytes:
    """The same document with every time in it fixed: those of the zip members and those of the core properties.

    `saved_on` is an ISO date, written as the time of creation and of the last change.
    """
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            part = source.read(member)
            if member.filename == _CORE:
                part = _SAVED_AT.sub(rb"\g<1>" + f"{saved_on}T00:00:00Z".encode() + rb"\g<2>", part)
            settled = zipfile.ZipInfo(member.filename, _FIXED_TIME)
            settled.compress_type = zipfile.ZIP_DEFLATED
            settled.external_attr = 0o644 << 16
            target.writestr(settled, part)
    return result.getvalue()

"""What is sent instead of a Word plan, and what is not safe to open: each told in a plain sentence, none of it opened."""

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest
from conftest import ROOT

from pipeline.readers.returned_plan import read_returned_plan

TEMPLATE = (ROOT / "templates" / "action_plan.docx").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(TEMPLATE)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return result.getvalue()


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = members()
    parts[name] = change(parts.get(name, b""))
    return pack(parts)


def compound(*names: str) -> bytes:
    """An old Office file as far as its directory, with streams of these names."""
    header = OLE + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\0" * 4 + (4096).to_bytes(4, "little")
    header += b"\xfe\xff\xff\xff" + b"\0" * 4 + b"\xfe\xff\xff\xff" + b"\0" * 4 + (0).to_bytes(4, "little") + b"\xff" * 432
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * 504
    entries = b""
    for place, name in enumerate(("Root Entry", *names)):
        coded = name.encode("utf-16-le") + b"\0\0"
        child = 1 if not place else 0xFFFFFFFF
        after = place + 1 if 0 < place < len(names) else 0xFFFFFFFF
        entries += coded.ljust(64, b"\0") + len(coded).to_bytes(2, "little") + (b"\x05" if not place else b"\x02") + b"\1"
        entries += b"\xff" * 4 + after.to_bytes(4, "little") + child.to_bytes(4, "little") + b"\0" * 36
        entries += b"\xfe\xff\xff\xff" + b"\0" * 8
    return header + table + entries.ljust(512, b"\0")


EXTERNAL = b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://elsewhere.example/x" TargetMode="External"/></Relationships>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'

REFUSED = {
    "a PDF": (b"%PDF-1.7\n%...", "PL521", "a PDF"),
    "an old Word document": (compound("WordDocument", "1Table"), "PL521", "old kind"),
    "a document with a password": (compound("EncryptionInfo", "EncryptedPackage"), "PL521", "password"),
    "rich text": (rb"{\rtf1\ansi hello}", "PL521", "rich text"),
    "an OpenDocument text": (pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), "PL521", "OpenDocument"),
    "a workbook": (pack({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "PL521", "Excel"),
    "a zip with files in it": (pack({"plan.docx": b"x"}), "PL521", "zip"),
    "nothing": (b"", "PL521", "empty"),
    "a file that was cut short": (TEMPLATE[: len(TEMPLATE) // 2], "PL521", "cut short"),
    "macros": (changed("word/vbaProject.bin", lambda part: b"x"), "PL522", "macros"),
    "the type of a macro document": (
        changed("[Content_Types].xml", lambda part: part.replace(b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")),
        "PL522", "macros",
    ),
    "a template from elsewhere": (
        changed("word/_rels/settings.xml.rels", lambda part: b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + EXTERNAL % b"attachedTemplate"),
        "PL522", "template",
    ),
    "an entity bomb": (changed("word/document.xml", lambda part: BOMB), "PL522", "DOCTYPE"),
    "an entity bomb beside the body": (changed("docProps/custom.xml", lambda part: BOMB), "PL522", "DOCTYPE"),
    "a zip bomb": (changed("word/bomb.xml", lambda part: b"<x>" + b" " * 30_000_000 + b"</x>"), "PL522", "200 times"),
    "a part over the limit": (changed("word/media/image1.png", lambda part: bytes(61_000_000)), "PL522", "a part of 61 MB"),
    "a path upwards": (changed("../../evil.xml", lambda part: b"<x/>"), "PL522", "unsafe name"),
    "a body that is no XML": (changed("word/document.xml", lambda part: part[:5000]), "PL521", "damaged"),
    "too deep a body": (
        changed("word/document.xml", lambda part: b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + b"<w:sdt>" * 3000 + b"</w:sdt>" * 3000 + b"</w:body></w:document>"),
        "PL521", "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused_in_a_plain_sentence(what: str) -> None:
    content, code, seen = REFUSED[what]
    plan, findings = read_returned_plan(content, "plan.docx")
    assert plan is None
    assert [finding.code for finding in findings] == [code]
    assert seen in findings[0].seen
    assert re.fullmatch(r"[A-Z][^{}]+\.", findings[0].fix)
    assert "workbook" not in findings[0].fix.lower()


@pytest.mark.parametrize("kind", ["image", "oleObject", "frame"])
def test_what_is_outside_is_told_and_not_followed(kind: str) -> None:
    content = changed("word/_rels/document.xml.rels", lambda part: part.replace(b"</Relationships>", EXTERNAL % kind.encode()))
    plan, findings = read_returned_plan(content, "plan.docx")
    assert plan is not None
    assert [finding.code for finding in findings] == ["PL527"]


def test_an_embedded_document_is_told() -> None:
    content = changed("word/afchunk.docx", lambda part: b"PK")
    assert [finding.code for finding in read_returned_plan(content, "plan.docx")[1]] == ["PL527"]


def test_links_to_click_are_no_concern() -> None:
    content = changed("word/_rels/document.xml.rels", lambda part: part.replace(b"</Relationships>", EXTERNAL % b"hyperlink"))
    assert read_returned_plan(content, "plan.docx")[1] == ()


def test_any_cut_or_flipped_byte_is_read_or_refused() -> None:
    """Whatever happened on the way, there is a plan or a sentence."""
    for place in range(0, len(TEMPLATE), len(TEMPLATE) // 60):
        for content in (TEMPLATE[:place], TEMPLATE[:place] + bytes([TEMPLATE[place] ^ 0x55]) + TEMPLATE[place + 1 :]):
            plan, findings = read_returned_plan(content, "plan.docx")
            assert (plan is None) == any(finding.is_error for finding in findings)


def test_strict_office_xml_is_read_as_any_other() -> None:
    strict = changed(
        "word/document.xml",
        lambda part: part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ),
    )
    plan, _ = read_returned_plan(strict, "plan.docx")
    same, _ = read_returned_plan(TEMPLATE, "plan.docx")
    assert plan is not None
    assert same is not None
    assert plan.texts == same.texts
    assert plan.tables == same.tables
    assert zlib.crc32(strict) != zlib.crc32(TEMPLATE)

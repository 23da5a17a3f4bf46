"""A small Word document that is sound in every way, as its parts, and what checkers from elsewhere say of a document."""

import zipfile
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from small_template import CORE_NAMES, NAMES, OFFICE, PACKAGE, WORD

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
_PICTURE = (
    f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1001" name="Logo" descr="A logo"/>'
    f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
    '<pic:nvPicPr><pic:cNvPr id="1" name="logo.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId4"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)
CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="Status"/><w:tag w:val="status"/><w:id w:val="11"/><w:dropDownList><w:listItem '
    'w:displayText="Done" w:value="done"/><w:listItem w:displayText="Begun" w:value="begun"/></w:dropDownList></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>Done</w:t></w:r></w:sdtContent></w:sdt>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/a" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>A page</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BODY = (
    '<w:p w14:paraId="00000001"><w:pPr><w:pStyle w:val="Title"/><w:keepNext/><w:jc w:val="left"/></w:pPr><w:bookmarkStart w:id="1" w:name="top"/>'
    '<w:r><w:rPr><w:rStyle w:val="Strong"/><w:b/><w:sz w:val="24"/></w:rPr><w:t>A title</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    f"{_PICTURE}"
    '<w:p w14:paraId="00000002"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:hyperlink w:anchor="top">'
    '<w:r><w:t>To the top</w:t></w:r></w:hyperlink><w:hyperlink r:id="rId3"><w:r><w:t>Elsewhere</w:t></w:r></w:hyperlink></w:p>'
    f"<w:p>{FIELD}</w:p>"
    '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="2000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="1000"/>'
    '<w:gridCol w:w="1000"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>'
    f'<w:p><w:r><w:t>One</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:p>{CONTROL}</w:p></w:tc></w:tr></w:tbl>'
    '<w:p><w:r><w:t>Last words</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
)
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style>'
)
_LINKS = "".join(
    f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    for n, kind, target in (
        (1, "styles", "styles.xml"), (2, "numbering", "numbering.xml"), (4, "image", "media/logo.png"), (5, "header", "header1.xml")
    )
)  # fmt: skip
_OUTER = f'<Relationship Id="rId3" Type="{OFFICE}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
_TYPES = {
    "word/document.xml": f"{WORD}.document.main+xml",
    "word/header1.xml": f"{WORD}.header+xml",
    "word/styles.xml": f"{WORD}.styles+xml",
    "word/numbering.xml": f"{WORD}.numbering+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
PARTS: dict[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>'
    + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    f'Target="word/document.xml"/><Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{_LINKS}{_OUTER}</Relationships>',
    "word/document.xml": f"<w:document {NAMES} {_W14}><w:body>{BODY}</w:body></w:document>",
    "word/header1.xml": f"<w:hdr {NAMES}><w:p><w:r><w:t>A header</w:t></w:r></w:p></w:hdr>",
    "word/styles.xml": f"<w:styles {NAMES}>{_STYLES}</w:styles>",
    "word/numbering.xml": f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "docProps/core.xml": f"<cp:coreProperties {CORE_NAMES}><dc:title>A title</dc:title></cp:coreProperties>",
}  # fmt: skip


def zipped(parts: Mapping[str, str]) -> bytes:
    """A document of these parts, and its picture where nothing else is said of it."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}')
        if "word/media/logo.png" not in parts:
            archive.writestr("word/media/logo.png", _PIXEL)
    return result.getvalue()


def complaints(path: Path) -> Counter[str]:
    """What openxml-audit and ooxml-integrity say against a file: each kind of error, and how often."""
    import ooxml_integrity
    from openxml_audit import OpenXmlValidator

    audit = OpenXmlValidator(max_errors=0).validate(path)
    found = [f"{one.part_uri.rpartition('/')[2]}: {one.description}" for one in audit.errors]
    found += [f"{one.code}: {one.message}" for one in ooxml_integrity.check(path) if one.severity is ooxml_integrity.ERROR]
    return Counter(found)

"""The styles, theme, header and footer that every template starts from: named styles only, every colour and font from the theme."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

BRAND, INK, ALERT = "17525C", "1F2A30", "9A3B12"
RATINGS = ("F8F1EA", "DCE8EA", "B3CED2", "7FB0B7")  # lowest to highest: each darker than the last, so they differ in grey print
FONT = "Arial"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Twentieths of a point. A4 landscape, margins of 1.9 cm; letters stand upright.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16838, 11906, 1077
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
UPRIGHT_TEXT_WIDTH = PAGE_HEIGHT - 2 * MARGIN


def colour(name: str, value: str) -> str:
    """Text in a theme colour, with the value kept for programs that do not follow themes."""
    return f'<w:color w:val="{value}" w:themeColor="{name}"/>'


def shade(name: str, value: str) -> str:
    """A background in a theme colour."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{value}" w:themeFill="{name}"/>'


def style(
    kind: str, name: str, *, base: str = "Normal", after: str = "", paragraph: str = "", run: str = "", extra: str = ""
) -> str:
    """One style; its id is its name without spaces."""
    style_id = name.replace(" ", "")
    display = BUILT_IN.get(name, name)
    parts = [f'<w:style w:type="{kind}" w:styleId="{style_id}"' + ("" if name in BUILT_IN else ' w:customStyle="1"') + ">"]
    parts.append(f'<w:name w:val="{display}"/>')
    if base and name != "Normal":
        parts.append(f'<w:basedOn w:val="{base}"/>')
    if after:
        parts.append(f'<w:next w:val="{after}"/>')
    parts.append("<w:qFormat/>")
    parts.append(f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
    parts.append(f"<w:rPr>{run}</w:rPr>" if run else "")
    parts.append(f"{extra}</w:style>")
    return "".join(parts)


# Names that Word knows; it writes some of them in lower case.
BUILT_IN = {
    "Normal": "Normal",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading 1": "heading 1",
    "Heading 2": "heading 2",
    "Heading 3": "heading 3",
    "Header": "header",
    "Footer": "footer",
    "List Bullet": "List Bullet",
    "Hyperlink": "Hyperlink",
    "Strong": "Strong",
    "TOC Heading": "TOC Heading",
    "TOC 1": "toc 1",
    "TOC 2": "toc 2",
    "Placeholder Text": "Placeholder Text",
    "Caption": "caption",
    "List Number": "List Number",
}


def size(points: float) -> str:
    """A text size."""
    half = int(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def space(before: float, after: float, line: int = 264) -> str:
    """Space around a paragraph, in points."""
    return f'<w:spacing w:before="{int(before * 20)}" w:after="{int(after * 20)}" w:line="{line}" w:lineRule="auto"/>'


def styles(text_width: int = TEXT_WIDTH, title_size: float = 34, more: str = "") -> str:
    """The part `word/styles.xml`. `more` holds the styles of one template, as `style` gives them."""
    fonts = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/>'
    )
    heading_fonts = (
        '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:cstheme="majorBidi"/>'
    )
    brand, ink = colour("accent1", BRAND), colour("text1", INK)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="{BRAND}" w:themeColor="accent1"/></w:pBdr>'
    bar = f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="{BRAND}" w:themeColor="accent1"/></w:pBdr>'
    alert_bar = f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="{ALERT}" w:themeColor="accent6"/></w:pBdr>'
    keep = "<w:keepNext/><w:keepLines/>"
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{ink}{size(12)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{space(0, 8)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    table_text = space(2, 2, 252)
    listed = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        style("paragraph", "Title", after="Subtitle", paragraph=f"{keep}{space(0, 4, 240)}", run=f"{heading_fonts}<w:b/><w:bCs/>{brand}{size(title_size)}"),
        style("paragraph", "Subtitle", after="Normal", paragraph=f"{keep}{space(0, 12, 240)}", run=f"{heading_fonts}{ink}{size(20)}"),
        style("paragraph", "Heading 1", after="Normal", paragraph=f'{keep}<w:pageBreakBefore/>{rule}{space(0, 8, 240)}<w:outlineLvl w:val="0"/>', run=f"{heading_fonts}<w:b/><w:bCs/>{brand}{size(20)}"),
        style("paragraph", "Heading 2", after="Normal", paragraph=f'{keep}{space(12, 4, 240)}<w:outlineLvl w:val="1"/>', run=f"{heading_fonts}<w:b/><w:bCs/>{brand}{size(15)}"),
        style("paragraph", "Heading 3", after="Normal", paragraph=f'{keep}{space(12, 4, 240)}<w:outlineLvl w:val="2"/>', run=f"{heading_fonts}<w:b/><w:bCs/>{ink}{size(12)}"),
        style("paragraph", "Heading 2 Page", base="Heading2", after="Normal", paragraph=f"{keep}<w:pageBreakBefore/>{space(0, 4, 240)}"),
        style("paragraph", "Heading 1 Column", base="Heading1", after="Normal", paragraph='<w:pageBreakBefore w:val="0"/>'),
        style("paragraph", "Heading 1 Inline", base="Heading1", after="Normal", paragraph=f'{keep}<w:pageBreakBefore w:val="0"/><w:pBdr><w:bottom w:val="nil"/></w:pBdr>{space(12, 4, 240)}', run=size(17)),
        style("paragraph", "TOC Heading", after="Normal", paragraph=f"{keep}{rule}{space(0, 8, 240)}", run=f"{heading_fonts}<w:b/><w:bCs/>{brand}{size(20)}"),
        style("paragraph", "TOC 1", after="Normal", paragraph=space(3, 1, 240)),
        style("paragraph", "TOC 2", after="Normal", paragraph=f'{space(0, 1, 240)}<w:ind w:left="340"/>'),
        style("paragraph", "Figure", after="Caption", paragraph=f"<w:keepNext/>{space(0, 0, 240)}"),
        style("paragraph", "Caption", after="Normal", paragraph=space(2, 6, 240)),
        style("character", "Placeholder Text", base="DefaultParagraphFont", run=colour("text1", INK)),
        style("paragraph", "Header", paragraph=f'<w:tabs><w:tab w:val="right" w:pos="{text_width}"/></w:tabs>{space(0, 0, 240)}'),
        style("paragraph", "Footer", paragraph=f'<w:pBdr><w:top w:val="single" w:sz="6" w:space="6" w:color="{BRAND}" w:themeColor="accent1"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="{text_width}"/></w:tabs>{space(0, 0, 240)}'),
        style("paragraph", "List Bullet", paragraph=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{space(0, 4)}<w:ind w:left="357" w:hanging="357"/>'),
        style("paragraph", "List Number", paragraph=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>{space(0, 4)}<w:ind w:left="357" w:hanging="357"/>'),
        style("character", "Hyperlink", base="DefaultParagraphFont", run=f'{colour("hyperlink", "0B4F8A")}<w:u w:val="single"/>'),
        style("character", "Strong", base="DefaultParagraphFont", run="<w:b/><w:bCs/>"),
        style("paragraph", "Cover Organisation", paragraph=f"{space(0, 34, 240)}", run=f"{heading_fonts}<w:b/><w:bCs/>{brand}{size(16)}"),
        style("paragraph", "Callout", paragraph=f'<w:keepLines/>{bar}{shade("accent4", RATINGS[1])}{space(10, 8)}<w:ind w:left="227" w:right="113"/>'),
        style("paragraph", "Area Definition", after="Normal", paragraph="<w:keepNext/><w:keepLines/>"),
        style("paragraph", "Area Rating", base="Callout", after="Normal", paragraph="<w:keepNext/>"),
        style("paragraph", "Callout Alert", paragraph=f'<w:keepLines/>{alert_bar}{shade("accent5", RATINGS[0])}{space(10, 8)}<w:ind w:left="227" w:right="113"/>'),
        style("paragraph", "Table Text", paragraph=table_text, run=size(11)),
        style("paragraph", "Table Heading", base="TableText", paragraph="<w:keepNext/>", run=f'<w:b/><w:bCs/>{colour("background1", "FFFFFF")}'),
        style("paragraph", "Table Label", base="TableText", run="<w:b/><w:bCs/>"),
        style("paragraph", "Table Bullet", base="TableText", paragraph='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:ind w:left="227" w:hanging="227"/>'),
        style("paragraph", "Action Reference", base="TableText", run=f"<w:b/><w:bCs/>{brand}"),
        *(
            style("paragraph", f"Rating {rank}", base="TableText", paragraph=shade(f"accent{6 - rank}", tint), run="<w:b/><w:bCs/>")
            for rank, tint in enumerate(RATINGS, 1)
        ),
        style("paragraph", "Rating None", base="TableText", paragraph='<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2" w:themeFill="background2"/>', run="<w:b/><w:bCs/>"),
        _table_style("Plan Table", header=True),
        _table_style("Fact Table", header=False),
    ]  # fmt: skip
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{''.join(listed)}{more}</w:styles>"


def _table_style(name: str, *, header: bool) -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RATINGS[3]}" w:themeColor="accent2"'
    borders = (
        f"<w:tblBorders><w:top {line}/><w:bottom {line}/><w:insideH {line}/>"
        + (f"<w:insideV {line}/>" if header else "")
        + "</w:tblBorders>"
    )
    margins = '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    table = f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/>{borders}{margins}</w:tblPr>'
    first_row = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{shade("accent1", BRAND)}</w:tcPr></w:tblStylePr>' if header else ""
    return style("table", name, base="TableNormal", extra=table + first_row)


def theme() -> str:
    """The part `word/theme/theme1.xml`: the colours and fonts every style refers to."""
    colours = {
        "dk1": INK, "lt1": "FFFFFF", "dk2": BRAND, "lt2": "F2F2F2", "accent1": BRAND, "accent2": RATINGS[3], "accent3": RATINGS[2],
        "accent4": RATINGS[1], "accent5": RATINGS[0], "accent6": ALERT, "hlink": "0B4F8A", "folHlink": "5A3E85",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    plain = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{plain}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="House style"><a:themeElements>'
        f'<a:clrScheme name="House style">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="House style"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="House style"><a:fillStyleLst>{plain * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def numbering() -> str:
    """The part `word/numbering.xml`: bullets for text and for tables, and numbers."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{linked}"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
        for key, linked, indent in ((1, "ListBullet", 357), (2, "TableBullet", 227))
    ) + (
        '<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="ListNumber"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum>'
    )
    used = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in (1, 2, 3))
    return f"{HEAD}<w:numbering {NAMESPACES}>{lists}{used}</w:numbering>"


SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
    'w:followedHyperlink="followedHyperlink"/></w:settings>'
)

_COLUMN_GAP = 567


def section(columns: Sequence[int] = (), *, first: bool = False, goes_on: bool = False, upright: bool = False) -> str:
    """How a section is laid out. `columns` are shares in hundredths of the text's width; `first` is the one whose first page has
    no header and whose headers and footers the others take over; `goes_on` begins where the last one ended."""
    width, height, turned = (PAGE_HEIGHT, PAGE_WIDTH, "") if upright else (PAGE_WIDTH, PAGE_HEIGHT, ' w:orient="landscape"')
    text_width = width - 2 * MARGIN
    heads = (
        '<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        '<w:footerReference w:type="first" r:id="rId6"/>'
        if first
        else ""
    )
    sized = [text_width * share // 100 for share in columns]
    spaces = [*[text_width - sum(sized)] * (len(sized) - 1), 0]
    inner = "".join(f'<w:col w:w="{one}" w:space="{gap}"/>' for one, gap in zip(sized, spaces, strict=False))
    laid = (
        f'<w:cols w:num="{len(sized)}" w:space="{_COLUMN_GAP}" w:equalWidth="0">{inner}</w:cols>'
        if sized
        else '<w:cols w:space="720"/>'
    )
    return (
        f'<w:sectPr>{heads}<w:type w:val="{"continuous" if goes_on else "nextPage"}"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="1077" w:right="{MARGIN}" w:bottom="964" w:left="{MARGIN}" w:header="510" w:footer="454" w:gutter="0"/>'
        f"{laid}{'<w:titlePg/>' if first else ''}</w:sectPr>"
    )


_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM_LINK = f'<Relationship Id="rId4" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/>'


def custom_properties(values: Mapping[str, str]) -> str:
    """The part `docProps/custom.xml`: texts by name."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006"
    listed = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return f'{HEAD}<Properties xmlns="{kind}/custom-properties" xmlns:vt="{kind}/docPropsVTypes">{listed}</Properties>'


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def save(
    path: Path,
    body: str,
    *,
    title: str,
    header: str,
    footer: str,
    logo: bytes,
    upright: bool = False,
    title_size: float = 34,
    more_styles: str = "",
    custom: Mapping[str, str] | None = None,
    parts: Sequence[tuple[str, str, str, str | bytes]] = (),
) -> None:
    """Writes a template as Word would lay it out. `body`, `header` and `footer` are WordprocessingML; `custom` are properties of the
    document; `parts` are further ones: how the document refers to each (empty: it does not), its place in `word/`, its type and content."""
    width = PAGE_HEIGHT if upright else PAGE_WIDTH
    last = section(first="<w:titlePg/>" not in body, upright=upright)
    targets = (
        ("styles", "styles.xml"), ("theme", "theme/theme1.xml"), ("settings", "settings.xml"), ("numbering", "numbering.xml"),
        ("header", "header1.xml"), ("footer", "footer1.xml"), ("image", "media/logo.png"), ("fontTable", "fontTable.xml"),
        *((kind, target) for kind, target, _, _ in parts if kind),
    )  # fmt: skip
    relationships = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    overrides = {
        "/word/document.xml": f"{_TYPE}.document.main+xml", "/word/styles.xml": f"{_TYPE}.styles+xml", "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/word/numbering.xml": f"{_TYPE}.numbering+xml", "/word/header1.xml": f"{_TYPE}.header+xml", "/word/footer1.xml": f"{_TYPE}.footer+xml",
        "/word/fontTable.xml": f"{_TYPE}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }  # fmt: skip
    overrides |= {f"/word/{place}": kind for _, place, kind, _ in parts if kind and place.endswith(".xml")}
    if custom:
        overrides["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    embedded = "".join(
        f'<Default Extension="{place.rpartition(".")[2]}" ContentType="{kind}"/>'
        for _, place, kind, _ in parts
        if kind and not place.endswith(".xml")
    )
    types = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    parts_made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{embedded}{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
        f"{_CUSTOM_LINK if custom else ''}</Relationships>",
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Local authority</dc:creator><dc:language>en-GB</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application></Properties>",
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{last}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{relationships}</Relationships>',
        "word/styles.xml": styles(width - 2 * MARGIN, title_size, more_styles),
        "word/theme/theme1.xml": theme(),
        "word/settings.xml": SETTINGS,
        "word/numbering.xml": numbering(),
        "word/fontTable.xml": f'{HEAD}<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>',
        "word/header1.xml": f"{HEAD}<w:hdr {NAMESPACES}>{header}</w:hdr>",
        "word/footer1.xml": f"{HEAD}<w:ftr {NAMESPACES}>{footer}</w:ftr>",
        "word/media/logo.png": logo,
        **{f"word/{place}": content for _, place, _, content in parts},
    }
    if custom:
        parts_made["docProps/custom.xml"] = custom_properties(custom)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_made.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)

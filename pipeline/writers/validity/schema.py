"""What WordprocessingML allows where, as far as we and Word's own saving use it.

Source: ISO/IEC 29500-1:2016, 17 and Annex A (wml.xsd), transitional as 29500-4 has it. Names without a prefix are Word's own.
"""

import re

_BORDERS = "top start left bottom end right insideH insideV tl2br tr2bl"
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle"
)
_TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
_SECTION = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)

# Element → its children, in the order they must have.
ORDERS: dict[str, dict[str, int]] = {
    name: {child: place for place, child in enumerate(children.split())}
    for name, children in {
        "pPr": f"{_PARAGRAPH} rPr sectPr pPrChange",
        "rPr": f"ins del moveFrom moveTo {_RUN} rPrChange",
        "tblPr": _TABLE,
        "tcPr": (
            "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
            "cellIns cellDel cellMerge tcPrChange"
        ),
        "sectPr": _SECTION,
        "numPr": "ilvl numId numberingChange ins",
        "pBdr": "top left bottom right between bar",
        "tblBorders": _BORDERS,
        "tcBorders": _BORDERS,
        "tcMar": "top start left bottom end right",
        "tblCellMar": "top start left bottom end right",
        "style": _STYLE,
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
        "tbl": "tblPr tblGrid tr",
        "sdt": "sdtPr sdtEndPr sdtContent",
    }.items()
}
# May stand several times, one behind the other; the two kinds of references also in turn.
REPEATED = frozenset({"headerReference", "footerReference", "tblStylePr", "tr"})
# Of any order, but each at most once.
ONCE = {
    name: frozenset(children.split())
    for name, children in {
        "trPr": "cantSplit trHeight tblHeader tblCellSpacing jc hidden gridBefore gridAfter",
        "sdtPr": "rPr alias tag id lock placeholder dropDownList comboBox date text showingPlcHdr",
    }.items()
}
# What must be the first child of what it belongs to, range marks and old properties apart.
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tbl": "tblPr", "sdt": "sdtPr"}

# Where a bookmark, a comment, a permission or a move begins or ends: it may stand nearly anywhere and says nothing.
RANGE_MARKS = frozenset(
    f"{name}{end}"
    for name, ends in {
        "bookmark": "Start End",
        "commentRange": "Start End",
        "perm": "Start End",
        "proofErr": " ",
        **dict.fromkeys(("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange"), "Start End"),
    }.items()
    for end in ends.split(" ")
)
_WRAPS = "sdtContent customXml"
_BLOCK_PARENTS = frozenset(f"body tc hdr ftr footnote endnote comment txbxContent docPartBody {_WRAPS}".split())
_RUN_PARENTS = frozenset(f"p hyperlink ins del moveFrom moveTo fldSimple smartTag dir bdo {_WRAPS}".split())
PARENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("p", "tbl"), _BLOCK_PARENTS),
    "tr": frozenset(f"tbl {_WRAPS}".split()),
    "tc": frozenset(f"tr {_WRAPS}".split()),
    **dict.fromkeys(("r", "hyperlink", "fldSimple"), _RUN_PARENTS | {"rt", "rubyBase"}),
    **dict.fromkeys(("t", "instrText", "fldChar", "drawing", "br", "delText", "footnoteReference"), frozenset({"r"})),
    "gridCol": frozenset({"tblGrid"}),
}
# Word's own elements that hold text.
TEXTS = frozenset({"t", "instrText", "delText", "delInstrText"})

BLOCKS, RUNS = frozenset({"p", "tbl"}), frozenset({"r", "hyperlink", "fldSimple", "ins", "del", "smartTag"})
LEVELLED = BLOCKS | RUNS | {"tr", "tc"}
# What a content control may hold, by what it stands in; inside another control, what that one may.
LEVELS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_BLOCK_PARENTS - {"sdtContent", "customXml"}, BLOCKS),
    **dict.fromkeys(_RUN_PARENTS - {"sdtContent", "customXml"}, RUNS),
    "tbl": frozenset({"tr"}),
    "tr": frozenset({"tc"}),
}

# Attributes that take only certain words: those that a template might fill.
_WHOLE, _COLOUR = re.compile(r"-?\d{1,9}"), re.compile(r"[0-9A-Fa-f]{6}|auto")
_MEASURE = re.compile(r"-?\d{1,9}(\.\d+)?(mm|cm|in|pt|pc|pi|%)?")
_ALIGNMENT = re.compile(
    "start|center|end|both|left|right|distribute|mediumKashida|highKashida|lowKashida|thaiDistribute|numTab"
)
FORMS = {
    (element, attribute): form
    for form, places in {
        _WHOLE: "gridSpan.val ilvl.val outlineLvl.val gridBefore.val gridAfter.val",
        _MEASURE: "tcW.w tblW.w gridCol.w sz.val szCs.val trHeight.val spacing.before spacing.after spacing.line ind.left",
        _COLOUR: "color.val shd.fill shd.color",
        _ALIGNMENT: "jc.val",
        re.compile("restart|continue"): "vMerge.val",
        re.compile("begin|separate|end"): "fldChar.fldCharType",
    }.items()
    for element, _, attribute in (place.partition(".") for place in places.split())
}
FORMED = frozenset(name for name, _ in FORMS)

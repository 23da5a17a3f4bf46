"""The stacked bars of a paper: how schools spread over the levels of each area, with sample figures that filling replaces."""

from letterhead import HEAD
from levels_chart import NAMES, text_style

# From the highest level to what is not shown: each in a colour of the theme, with a line around it, as they differ in grey print too.
_BANDS = (
    ("Advanced", '<a:schemeClr val="accent1"/>', (9, 6, 8, 7, 9, 8, 6, 7, 9)),
    ("Established", '<a:schemeClr val="accent2"/>', (17, 18, 16, 17, 17, 18, 16, 17, 17)),
    ("Emerging", '<a:schemeClr val="accent4"/>', (8, 9, 10, 9, 8, 8, 11, 10, 8)),
    ("Not yet Emerging", '<a:schemeClr val="accent6"/>', (6, 7, 6, 7, 6, 6, 7, 6, 6)),
    ("Not rated", '<a:schemeClr val="bg1"><a:lumMod val="75000"/></a:schemeClr>', (0, 0, 0, 0, 0, 0, 0, 0, 0)),
    ("Not shown", '<a:schemeClr val="bg1"/>', (0, 0, 0, 0, 0, 0, 0, 0, 0)),
)
_LINE = '<a:ln w="6350"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln>'


def spread_part() -> str:
    """`word/charts/chart1.xml`: a bar an area, the first on top, as long as there are schools."""
    axis = '<a:ln w="6350"><a:solidFill><a:schemeClr val="bg1"><a:lumMod val="75000"/></a:schemeClr></a:solidFill></a:ln>'
    series = "".join(_series(at, *band) for at, band in enumerate(_BANDS))
    return (
        f'{HEAD}<c:chartSpace {NAMES}><c:date1904 val="0"/><c:lang val="en-GB"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{series}'
        '<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="101"/><c:axId val="102"/></c:barChart>'
        '<c:catAx><c:axId val="101"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{axis}</c:spPr>{text_style(10, 1)}'
        '<c:crossAx val="102"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="102"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr>{axis}</c:spPr>{text_style(10)}'
        '<c:crossAx val="101"/><c:crosses val="max"/><c:crossBetween val="between"/></c:valAx>'
        f'<c:spPr><a:noFill/></c:spPr></c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/>{text_style(10)}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_style(10)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(at: int, name: str, fill: str, sample: tuple[int, ...]) -> str:
    column, last = "BCDEFG"[at], len(sample) + 1
    names = "".join(f'<c:pt idx="{n}"><c:v>Area {n + 1}</c:v></c:pt>' for n in range(len(sample)))
    values = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(sample))
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>spread!${column}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr><a:solidFill>{fill}</a:solidFill>{_LINE}</c:spPr><c:invertIfNegative val="0"/>'
        f'<c:cat><c:strRef><c:f>spread!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{len(sample)}"/>{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>spread!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(sample)}"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
    )

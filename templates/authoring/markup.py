"""Pieces of WordprocessingML from which the templates are laid out: runs, paragraphs, tables, loops, links, controls, a chart."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from letterhead import TEXT_WIDTH

SMALL = "“not shown” stands for a number from one to four, or for one that would give it away."


def run(text: str, style: str = "") -> str:
    """Text, in a character style or in none."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    runs = content if content.startswith("<w:") else run(content)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def tag(code: str) -> str:
    """A paragraph that holds one template tag and vanishes when the plan is filled."""
    return paragraph(f"{{%p {code} %}}")


def cell(width: int, content: str | Sequence[str], style: str = "TableText") -> str:
    """A cell of paragraphs; plain text becomes one."""
    paragraphs = [content] if isinstance(content, str) else content
    inner = "".join(one if one.startswith("<w:p>") else paragraph(one, style) for one in paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def row(cells: str, *, heading: bool = False) -> str:
    """A row that is never split over two pages; a heading row is repeated on each."""
    repeat = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def table(title: str, description: str, widths: Sequence[int], headings: Sequence[str], rows: str) -> str:
    """A table with a heading row, a title and a description for screen readers. `widths` are shares of the page."""
    absolute = [TEXT_WIDTH * share // sum(widths) for share in widths]
    top = row(
        "".join(cell(width, heading, "TableHeading") for width, heading in zip(absolute, headings, strict=True)), heading=True
    )
    return frame("PlanTable", title, description, absolute, top + rows, first_row=1)


def frame(style: str, title: str, description: str, widths: Sequence[int], rows: str, *, first_row: int) -> str:
    """A table in a table style. `first_row` is 1 where the first row is a heading."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'<w:tblLook w:val="{"0620" if first_row else "0600"}" w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f'<w:tblCaption w:val="{escape(title)}"/><w:tblDescription w:val="{escape(description)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def loop(code: str, widths: Sequence[int], contents: Sequence[str | Sequence[str]], styles: Sequence[str] = ()) -> str:
    """A row for each of something: `code` is the `for`, and the tags stand in rows of their own."""
    absolute = [TEXT_WIDTH * share // sum(widths) for share in widths]
    used = styles or ["TableText"] * len(contents)
    return (
        row(cell(sum(absolute), f"{{%tr {code} %}}"))
        + row("".join(cell(width, content, style) for width, content, style in zip(absolute, contents, used, strict=True)))
        + row(cell(sum(absolute), "{%tr endfor %}"))
    )


def rated(name: str) -> list[str]:
    """The paragraphs that show a level in its own style; the word is always there, the tint only helps."""
    ranks = (("Advanced", "Rating4"), ("Established", "Rating3"), ("Emerging", "Rating2"), ("Not yet Emerging", "Rating1"))
    shown = []
    for place, (level, style) in enumerate(ranks):
        shown += [tag(f'{"elif" if place else "if"} {name} == "{level}"'), paragraph(f"{{{{ {name} }}}}", style)]
    return [*shown, tag("else"), paragraph(f"{{{{ {name} }}}}", "RatingNone"), tag("endif")]


def link(address: str, text: str) -> str:
    """A link whose address is filled in; a field, so that it needs no relationship of its own."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{{{{ {address} }}}}" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(f"{{{{ {text} }}}}", "Hyperlink")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def field(code: str) -> str:
    """A page number."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def logo() -> str:
    """The council's mark, in the line of text, with alternative text."""
    side = 756000  # 2.1 cm in English Metric Units
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
        '<wp:docPr id="1" name="Logo" descr="Logo of the local authority"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="logo.png" '
        'descr="Logo of the local authority"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId7"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def bookmark(name: str, content: str, id: int) -> str:
    """Runs that a link can lead to. In a loop each takes its turn's number behind its name when the template is filled."""
    return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{id}"/>'


def jump(name: str, text: str) -> str:
    """A link to a bookmark of this document."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{run(text, "Hyperlink")}</w:hyperlink>'


def choice(title: str, name: str, choices: Sequence[str], chosen: str) -> str:
    """A drop-down list that may be left, copied and deleted like any text: neither locked nor bound."""
    items = "".join(f'<w:listItem w:displayText="{escape(one)}" w:value="{escape(one)}"/>' for one in choices)
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{name}"/><w:id w:val="1"/><w:dropDownList>{items}</w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{run(chosen)}</w:sdtContent></w:sdt>"
    )


COLUMN_BREAK = '<w:r><w:br w:type="column"/></w:r>'


def chart(relationship: str, width: int, height: int, said: str) -> str:
    """A native chart in the line of text; `width` and `height` in English Metric Units."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="2" name="Chart of levels" descr="{escape(said)}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{relationship}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def intro(text: str) -> str:
    """A paragraph that stays with the table below it."""
    return paragraph(text, "AreaDefinition")


def small_logo() -> str:
    """The same mark as a letter carries it."""
    return logo().replace('"756000"', '"468000"')

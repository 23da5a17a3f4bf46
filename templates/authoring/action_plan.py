"""Lays out the first edition of `templates/action_plan.docx`.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made, and start a new one from the same letterhead. `python templates/authoring/action_plan.py FILE.docx`
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import letterhead
from letterhead import TEXT_WIDTH

TITLE = "Inclusion action plan"


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


def cover() -> str:
    """Who, when, under which rules, and what the plan is not."""
    facts = (
        ("School", "{{ school.name }}"),
        ("URN and LAESTAB", "{{ school.urn }} · {{ school.laestab }}"),
        ("Phase and type", "{{ school.phase }} · {{ school.kind }}"),
        ("District", "{{ school.district }}"),
        ("Cycle", "{{ about.cycle }}"),
        ("Completed by", "{{ about.completed }}"),
        ("Agreed by governors", "{{ about.agreed }}"),
        ("Status", "{{ about.status }}; {{ about.answered }} criteria answered"),
        ("Rating rules", "{{ about.rubric }}"),
        ("Plan reference", "{{ about.reference }}, made on {{ about.made_on }}"),
    )
    left, right = 3700, 9200
    rows = "".join(row(cell(left, label, "TableLabel") + cell(right, value)) for label, value in facts)
    return (
        paragraph(logo())
        + paragraph("{{ authority.name }}", "CoverOrganisation")
        + paragraph(TITLE, "Title")
        + paragraph("{{ school.name }}", "Subtitle")
        + frame(
            "FactTable", "About this plan", "The school, the cycle and how the plan was made.", [left, right], rows, first_row=0
        )
        + paragraph(
            run("Self-evaluated and indicative. ", "Strong")
            + run("This plan is built from the school's own answers. It is not an Ofsted judgement and does not predict one."),
            "Callout",
        )
    )


def at_a_glance() -> str:
    """The overall rating and the nine areas on one page."""
    widths = (43, 31, 55, 50)
    rows = loop(
        "for area in areas",
        widths,
        (
            paragraph(run("{{ area.number }}. ", "Strong") + run("{{ area.name }}"), "TableText"),
            [
                *rated("area.level"),
                tag("if area.gaps"),
                paragraph("{{ area.gaps }} statutory {% if area.gaps == 1 %}gap{% else %}gaps{% endif %}", "TableLabel"),
                tag("endif"),
                tag("if area.own_view and area.own_view != area.level"),
                paragraph("Your view: {{ area.own_view }}", "TableText"),
                tag("endif"),
                tag("if area.moderated"),
                paragraph("Adviser: {{ area.moderated }}", "TableText"),
                tag("endif"),
            ],
            "{{ area.reason }}",
            [
                tag('if area.level == "Advanced"'),
                paragraph("There is no higher level. Keep it, and show others how.", "TableText"),
                tag("else"),
                paragraph("{{ area.lift }}", "TableText"),
                tag("endif"),
            ],
        ),
    )
    return (
        paragraph("At a glance", "Heading1")
        + tag("if overall.shown")
        + paragraph(
            run("Overall: {{ overall.level }}. ", "Strong") + run("{{ overall.reason }}") + run(" {{ overall.lift }}"), "Callout"
        )
        + tag("endif")
        + table("Levels by area", "The level of each area, why, and the shortest way to the next level.", widths, ("Area of Focus", "Level", "Why", "What would lift it"), rows)
    )  # fmt: skip


def first_things() -> str:
    """Statutory gaps and the priorities of the term."""
    gap_widths = (10, 50, 84, 22, 27)
    gaps = loop(
        "for action in gaps",
        gap_widths,
        ("{{ action.ref }}", "{{ action.duty }}", "{{ action.action }}", "{{ action.lead }}", "{{ action.by_when }}"),
        ("ActionReference", "TableText", "TableText", "TableText", "TableText"),
    )  # fmt: skip
    widths = (11, 46, 70, 32, 26)
    priorities = loop(
        "for action in priorities",
        widths,
        ("{{ action.ref }}", "{{ action.area }}", "{{ action.opportunity }}", "{{ action.lead }}", "{{ action.by_when }}"),
        ("ActionReference", "TableText", "TableText", "TableText", "TableText"),
    )
    return (
        paragraph("What comes first", "Heading1")
        + paragraph("Statutory gaps", "Heading2")
        + tag("if gaps")
        + paragraph("You told us that these duties are not yet met. They come first, and until they are met the rating goes no higher than Emerging.", "CalloutAlert")
        + table("Statutory gaps", "Legal duties not yet met, what to do, who leads and by when.", gap_widths, ("Ref", "The duty", "What to do", "Lead", "By when"), gaps)
        + tag("else")
        + paragraph("You told us of none. Every statutory criterion you answered is in place.")
        + tag("endif")
        + paragraph("Priorities this term", "Heading2")
        + tag("if priorities")
        + paragraph("Begin with these. All {{ opportunity_count }} opportunities stand in the areas' own tables, where you plan them and record progress.")
        + table("Priorities this term", "The opportunities to begin with, who leads and by when.", widths, ("Ref", "Area", "Opportunity", "Lead", "By when"), priorities)
        + tag("else")
        + paragraph("Nothing in your answers holds a rating back. Choose from your areas what you would most like to share with other schools.")
        + tag("endif")
    )  # fmt: skip


def evidence(collection: str) -> str:
    """A list of what the school wrote, criterion by criterion."""
    return (
        tag(f"for entry in {collection}")
        + paragraph(
            run("{{ entry.criterion }} {{ entry.title }}", "Strong") + run(" ({{ entry.answer }}): ") + run("{{ entry.text }}"),
            "ListBullet",
        )
        + tag("endfor")
    )


def by_area() -> str:
    """Each area: the level and why, what works, and the table to work with."""
    headings = ("Ref", "Opportunity", "Action", "Lead", "By when", "Success measure", "Cost", "Progress")
    widths = (13, 40, 54, 24, 22, 42, 15, 19)
    rows = loop(
        "for action in area.opportunities",
        widths,
        (
            "{{ action.ref }}",
            [
                tag('if action.kind == "Statutory gap" or action.kind == "The school\'s own"'),
                paragraph("{{ action.kind }}", "TableLabel"),
                tag("endif"),
                paragraph("{{ action.opportunity }}", "TableText"),
            ],
            "{{ action.action }}",
            "{{ action.lead }}",
            "{{ action.by_when }}",
            "{{ action.success }}",
            "{{ action.cost }}",
            "{{ action.progress }}",
        ),
        ("ActionReference", *["TableText"] * 7),
    )
    return (
        paragraph("Action plan by area", "Heading1")
        + paragraph(
            run("How to use these tables. ", "Strong")
            + run("Change any words you like, fill in who leads, by when, the cost and your progress, and add rows of your own: leave their reference blank and "
                  "we will number them. Please keep the references that are there. Send this document back, as Word, by {{ about.review_on }} to {{ authority.email }}; what you "
                  "wrote comes back to you in next term's plan."),
            "Callout",
        )
        + tag("for area in areas")
        + paragraph("Area {{ area.number }}: {{ area.name }}", "Heading2")
        + paragraph("{{ area.definition }}", "AreaDefinition")
        + paragraph(run("{{ area.level }}. ", "Strong") + run("{{ area.reason }}") + run(" {{ area.lift }}"), "AreaRating")
        + tag("if area.own_view")
        + paragraph(run("Your own view: {{ area.own_view }}. ", "Strong") + run("{{ area.own_view_note }}"), "AreaRating")
        + tag("endif")
        + tag("if area.moderated")
        + paragraph(
            run("Moderated: {{ area.moderated }}", "Strong")
            + run(", by {{ area.moderated_by }}, on {{ area.moderated_on }}: {{ area.moderated_reason }}"),
            "AreaRating",
        )
        + tag("endif")
        + tag("if area.working_well")
        + paragraph("What is working well, in your words", "Heading3")
        + evidence("area.working_well")
        + tag("endif")
        + tag("if area.so_far")
        + paragraph("Where you are so far, in your words", "Heading3")
        + evidence("area.so_far")
        + tag("endif")
        + paragraph("Opportunities for improvement", "Heading3")
        + tag("if area.opportunities")
        + table("Opportunities for improvement", "One row an opportunity, with room for lead, date, cost and progress.", widths, headings, rows)
        + tag("elif area.unanswered")
        + paragraph("What would help most follows from your answers to {{ area.unanswered }}, which are not there yet.")
        + tag("else")
        + paragraph("Your answers leave nothing that holds this area back.")
        + tag("endif")
        + tag("endfor")
    )  # fmt: skip


def checklist() -> str:
    """How the opportunities line up with Ofsted's evaluation areas."""
    widths = (34, 62, 44, 64)
    rows = loop(
        "for area in checklist.areas",
        widths,
        (
            "{{ area.title }}",
            "{{ area.looks_at }}",
            "{{ area.refs }}",
            [
                tag("for prompt in area.prompts"),
                paragraph(
                    run("{{ prompt.text }} ") + run("{{ prompt.ready }}", "Strong") + run(" {{ prompt.note }}"), "TableBullet"
                ),
                tag("endfor"),
                tag("if not area.prompts"),
                paragraph("Not filled in", "TableText"),
                tag("endif"),
            ],
        ),
        ("TableLabel", "TableText", "ActionReference", "TableText"),
    )
    return (
        paragraph("Ofsted checklist", "Heading1")
        + paragraph("Which lines of this plan bear on which evaluation area of the {{ checklist.title }}. It is there to help you talk about your work. It predicts no grade, and Ofsted does not ask for documents made for inspection.")
        + table("Ofsted checklist", "Evaluation areas, what each looks at, the plan's references and the school's own notes.", widths, ("Evaluation area", "What it looks at", "In this plan", "Your notes"), rows)
    )  # fmt: skip


def figures_and_resources() -> str:
    """The school's figures, and something to read for each line of the first page."""
    figure_widths = (40, 80, 30, 30)
    figures = loop(
        "for figure in figures",
        figure_widths,
        ("{{ figure.label }}", "{{ figure.meaning }}", "{{ figure.this_year }}", "{{ figure.last_year }}"),
        ("TableLabel", "TableText", "TableText", "TableText"),
    )
    widths = (24, 80, 36, 60)
    resources = loop(
        "for resource in resources",
        widths,
        ("{{ resource.refs }}", paragraph(link("resource.address", "resource.title"), "TableText"), "{{ resource.publisher }}", "{{ resource.helps_with }}"),
        ("ActionReference", "TableText", "TableText", "TableText"),
    )  # fmt: skip
    return (
        paragraph("Figures and resources", "Heading1")
        + paragraph("Your figures", "Heading2")
        + tag("if figures")
        + paragraph("As you gave them. They play no part in the ratings; set them beside the ratings from term to term to see whether what you do reaches pupils.")
        + table("Your figures", "Outcome figures for the last school year and the year before.", figure_widths, ("Measure", "What it counts", "Last school year", "The year before"), figures)
        + tag("else")
        + paragraph("You gave no figures this time.")
        + tag("endif")
        + paragraph("Resources for what comes first", "Heading2")
        + tag("if resources")
        + table("Resources", "Something to read for the statutory gaps and priorities.", widths, ("For", "Resource", "Publisher", "Helps with"), resources)
        + tag("else")
        + paragraph("No resource is matched to your priorities this time. Ask us, and we will look with you.")
        + tag("endif")
    )  # fmt: skip


def how_decided() -> str:
    """The rules, the sources of statutory gaps, and every answer with its cell."""
    source_widths = (70, 60, 30, 60)
    sources = loop(
        "for source in sources",
        source_widths,
        (
            paragraph(link("source.address", "source.title"), "TableText"),
            "{{ source.in_force }}",
            "{{ source.checked_on }}",
            "{{ source.standing }}",
        ),
    )
    widths = (12, 74, 34, 50, 50)
    answers = loop(
        "for answer in answers",
        widths,
        ("{{ answer.criterion }}", "{{ answer.title }}", "{{ answer.answer }}", "{{ answer.remark }}", "{{ answer.cell }}"),
        ("ActionReference", *["TableText"] * 4),
    )
    return (
        paragraph("How the ratings were decided", "Heading1")
        + tag("for rule in rules")
        + paragraph("{{ rule }}", "ListBullet")
        + tag("endfor")
        + tag("if sources")
        + paragraph("Where the statutory duties come from", "Heading2")
        + table("Sources of statutory duties", "The guidance behind each statutory gap, and when it was last looked at.", source_widths, ("Guidance", "In force", "Last looked at", "How far it was checked"), sources)
        + tag("endif")
        + paragraph("Your answers, and where we read them", "Heading2")
        + table("Your answers", "Every criterion, the answer, how it counted and the cell it came from.", widths, ("Ref", "Criterion", "Answer", "Remark", "Sheet and cell"), answers)
    )  # fmt: skip


def sign_off() -> str:
    """Who agrees the plan."""
    absolute = [TEXT_WIDTH * share // 10 for share in (4, 4, 2)]
    people = ("Headteacher", "Chair of governors or trustees, or link governor", "Local authority adviser")
    rows = "".join(
        row(cell(absolute[0], person, "TableLabel") + cell(absolute[1], "") + cell(absolute[2], "")) for person in people
    )
    top = row(
        "".join(
            cell(width, heading, "TableHeading") for width, heading in zip(absolute, ("Agreed by", "Name", "Date"), strict=True)
        ),
        heading=True,
    )
    return (
        paragraph("Sign-off", "Heading1")
        + paragraph("We have read this plan together and agree what comes first.")
        + frame("PlanTable", "Sign-off", "Who agreed the plan and when.", absolute, top + rows, first_row=1)
        + paragraph(
            "With thanks from the {{ authority.team }}, {{ authority.name }}. Questions: {{ authority.email }}.", "Callout"
        )
    )


def main() -> None:
    """Writes the template to the file named on the command line."""
    target = Path(sys.argv[1])
    body = "".join(
        (cover(), at_a_glance(), first_things(), by_area(), checklist(), figures_and_resources(), how_decided(), sign_off())
    )
    tab = "<w:r><w:tab/></w:r>"
    header = paragraph(run(TITLE) + tab + run("{{ school.name }}"), "Header")
    footer = paragraph(
        run("Plan {{ about.reference }} · {{ about.status }}, indicative")
        + tab
        + run("Page ")
        + field("PAGE")
        + run(" of ")
        + field("NUMPAGES"),
        "Footer",
    )
    logo_file = Path(__file__).parents[2] / "config" / "logo.png"
    letterhead.save(target, body, title=TITLE, header=header, footer=footer, logo=logo_file.read_bytes())


if __name__ == "__main__":
    main()

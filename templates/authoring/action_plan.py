"""Lays out the first edition of `templates/action_plan.docx`.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made, and start a new one from the same letterhead. `python templates/authoring/action_plan.py FILE.docx`
"""

import sys
from io import BytesIO
from pathlib import Path

import letterhead
from letterhead import TEXT_WIDTH, section
from levels_chart import CHART_TYPE, WORKBOOK_TYPE, chart_links, chart_part
from markup import (
    COLUMN_BREAK,
    bookmark,
    cell,
    chart,
    choice,
    field,
    frame,
    jump,
    link,
    logo,
    loop,
    paragraph,
    rated,
    row,
    run,
    table,
    tag,
)
from openpyxl import Workbook

TITLE = "Inclusion action plan"
STATUSES = ("Not started", "Under way", "Done", "On hold", "No longer needed")


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


def break_section(columns: tuple[int, ...] = (), *, first: bool = False, goes_on: bool = False) -> str:
    """Ends a section here; what stands before, back to the last one, is in it. `columns` are shares of the page; `first` is the
    cover's, which has no header; `goes_on` one that begins on the page of the one before."""
    return f"<w:p><w:pPr>{section(columns, first=first, goes_on=goes_on)}</w:pPr></w:p>"


# Bookmark → heading, in the order of the plan.
HEADINGS = {
    "glance": "At a glance",
    "strengths": "What is going well",
    "first": "What comes first",
    "lift": "Why each area stands where it does",
    "plan": "Action plan by area",
    "closed": "Done and dropped",
    "ofsted": "Ofsted checklist",
    "figures": "Figures and resources",
    "decided": "How the ratings were decided",
    "signoff": "Sign-off",
    "unplaced": "Text we could not place",
}


def heading(name: str, style: str = "Heading1") -> str:
    """One of the plan's headings, which the contents lead to."""
    return paragraph(bookmark(name, run(HEADINGS[name]), 100 + list(HEADINGS).index(name)), style)


def contents() -> str:
    """Links to every heading on the left, how to use the plan on the right."""
    areas = (
        tag("for area in areas") + paragraph(jump("area", "Area {{ area.number }}: {{ area.name }}"), "TOC2") + tag("endfor")
    )
    lines = {name: paragraph(jump(name, title), "TOC1") for name, title in HEADINGS.items()}
    for name in ("strengths", "closed", "unplaced"):
        lines[name] = tag(f"if {name}") + lines[name] + tag("endif")
    lines["plan"] += areas
    listed = "".join(lines.values())
    steps = (
        "Fill in who leads, by when, the cost and your progress. The cells are plain cells: type what you like.",
        "Choose the status of each action from its list. If none fits, type your own words over it.",
        "By when can be a date, such as 26 March 2027, or your own words.",
        "To add an action, copy a row or add one, and leave its reference blank: we will number it.",
        "You may reorder and delete rows. Please keep the references of actions as they are.",
        "Tracked changes and comments may stay in.",
    )
    return (
        paragraph("Contents", "TOCHeading")
        + listed
        + paragraph(COLUMN_BREAK + run("How to use this plan"), "Heading1Column")
        + "".join(paragraph(step, "ListBullet") for step in steps)
        + paragraph(
            "Send this document back, as Word and not as PDF, by {{ about.review_on }} to {{ authority.email }}. What you wrote comes back to you in next term's plan.",
            "Callout",
        )
        + break_section((44, 52))
    )  # fmt: skip


def at_a_glance() -> str:
    """The overall rating, and the nine areas as a table with a chart beside it."""
    widths = (46, 29, 25)
    left, right = 65, 32
    scale = TEXT_WIDTH * left // 100
    absolute = [scale * share // sum(widths) for share in widths]
    top = row(
        "".join(
            cell(width, text, "TableHeading")
            for width, text in zip(absolute, ("Area of Focus", "Level", "Since last time"), strict=True)
        ),
        heading=True,
    )
    level = [
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
    ]
    rows = (
        row(cell(scale, "{%tr for area in areas %}"))
        + row(
            cell(absolute[0], paragraph(run("{{ area.number }}. ", "Strong") + run("{{ area.name }}"), "TableText"))
            + cell(absolute[1], level)
            + cell(absolute[2], "{{ area.change }}")
        )
        + row(cell(scale, "{%tr endfor %}"))
    )
    said = "Bar chart of the level of each area, in words at the end of each bar. It shows the same as the table beside it."
    return (
        heading("glance")
        + tag("if overall.shown")
        + paragraph(
            run("Overall: {{ overall.level }}. ", "Strong") + run("{{ overall.reason }}") + run(" {{ overall.lift }}"), "Callout"
        )
        + tag("endif")
        + break_section()
        + frame(
            "PlanTable", "Levels by area", "The level of each area, and how it has moved since last time.", absolute, top + rows, first_row=1
        )
        + paragraph(COLUMN_BREAK + chart("rId9", 3_100_000, 4_300_000, said), "Figure")
        + paragraph("The longer the bar, the higher the level. An area without one is not yet Emerging, or is not rated.", "Caption")
        + break_section((left, right), goes_on=True)
    )  # fmt: skip


def strengths() -> str:
    """What to be proud of comes before what to mend."""
    widths = (14, 60, 110)
    rows = loop(
        "for strength in strengths",
        widths,
        ("{{ strength.criterion }}", "{{ strength.title }} ({{ strength.answer }})", "{{ strength.text }}"),
        ("ActionReference", "TableLabel", "TableText"),
    )
    return (
        tag("if strengths")
        + heading("strengths")
        + paragraph("These stand out in your own return. Keep doing what makes them work, and tell governors and families.")
        + table("What is going well", "Criteria that stand out, with what you wrote about each.", widths, ("Ref", "Criterion", "In your words"), rows)
        + tag("endif")
    )  # fmt: skip


def reasons() -> str:
    """Why each area has its level and what would lift it."""
    widths = (44, 66, 70)
    rows = loop(
        "for area in areas",
        widths,
        (
            [
                paragraph(run("{{ area.number }}. ", "Strong") + run("{{ area.name }}"), "TableText"),
                paragraph("{{ area.level }}", "TableLabel"),
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
    return heading("lift") + table(
        HEADINGS["lift"], "The level of each area, why, and the shortest way to the next level.", widths, ("Area of Focus", "Why", "What would lift it"), rows
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
        heading("first")
        + paragraph("Statutory gaps", "Heading2")
        + tag("if gaps")
        + paragraph("You told us that these duties are not yet met. They come first, and until they are met the rating goes no higher than Emerging.", "CalloutAlert")
        + table("Statutory gaps", "Legal duties not yet met, what to do, who leads and by when.", gap_widths, ("Ref", "The duty", "What to do", "Lead", "By when"), gaps)
        + tag("else")
        + paragraph("You told us of none. Every statutory criterion you answered is in place.")
        + tag("endif")
        + tag("if gaps")
        + paragraph("Priorities this term", "Heading2Page")
        + tag("else")
        + paragraph("Priorities this term", "Heading2")
        + tag("endif")
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
    widths = (13, 36, 47, 24, 21, 36, 15, 37)
    rows = loop(
        "for action in area.opportunities",
        widths,
        (
            paragraph(bookmark("action", run("{{ action.ref }}"), 201), "ActionReference"),
            [
                tag('if action.kind == "Statutory gap" or action.kind == "The school\'s own"'),
                paragraph("{{ action.kind }}", "TableLabel"),
                tag("endif"),
                tag("if action.history"),
                paragraph("{{ action.history }}", "TableLabel"),
                tag("endif"),
                tag("if action.note"),
                paragraph("{{ action.note }}", "TableLabel"),
                tag("endif"),
                paragraph("{{ action.opportunity }}", "TableText"),
            ],
            [
                paragraph("{{ action.action }}", "TableText"),
                tag("for line in action.beside"),
                paragraph(run("{{ line.label }}", "Strong") + run(" – {{ line.text }}"), "TableText"),
                tag("endfor"),
            ],
            "{{ action.lead }}",
            "{{ action.by_when }}",
            "{{ action.success }}",
            "{{ action.cost }}",
            paragraph(
                choice("Status of {{ action.ref }}", "status {{ action.ref }}", STATUSES, "{{ action.progress }}"), "TableText"
            ),
        ),
        ("ActionReference", *["TableText"] * 7),
    )
    return (
        heading("plan")
        + tag("for area in areas")
        + paragraph(bookmark("area", run("Area {{ area.number }}: {{ area.name }}"), 200), "Heading2")
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


def closed() -> str:
    """What is done or dropped of the plan that came back, with what the school wrote of it."""
    widths = (13, 70, 50, 56)
    rows = loop(
        "for action in closed",
        widths,
        ("{{ action.ref }}", "{{ action.action }}", "{{ action.why }}", "{{ action.words }}"),
        ("ActionReference", "TableText", "TableText", "TableText"),
    )
    return (
        tag("if closed")
        + heading("closed")
        + paragraph("These stood in your last plan and are not carried forward. Tell us if one of them should be.")
        + table("Done and dropped", "Actions of the last plan that are not carried forward, and why.", widths, ("Ref", "Action", "Why", "In your words"), rows)
        + tag("endif")
    )  # fmt: skip


def unplaced() -> str:
    """What the school wrote in its last plan that belongs to no action, on a last page of its own."""
    widths = (60, 124)
    rows = loop("for line in unplaced", widths, ("{{ line.where }}", "{{ line.text }}"), ("TableLabel", "TableText"))
    return (
        tag("if unplaced")
        + heading("unplaced")
        + paragraph("You wrote this in your last plan, and we could not tell which action it belongs to. Copy what you still need to where it belongs.")
        + table("Text we could not place", "What stood in the last plan, and where.", widths, ("Where it stood", "What it says"), rows)
        + tag("endif")
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
        heading("ofsted")
        + paragraph("Which lines of this plan bear on which evaluation area of the {{ checklist.title }}. It is there to help you talk about your work. It predicts no grade, and Ofsted does not ask for documents made for inspection.")
        + table("Ofsted checklist", "Evaluation areas, what each looks at, the plan's references and the school's own notes.", widths, ("Evaluation area", "What it looks at", "In this plan", "Your notes"), rows)
        + paragraph("Line by line", "Heading2")
        + paragraph("Which evaluation areas each line of the plan bears on.")
        + tag("for area in areas")
        + tag("if area.opportunities")
        + paragraph("Area {{ area.number }}:{% for action in area.opportunities %}{% if action.evaluation_areas %} {{ action.ref }} {{ action.evaluation_areas }}.{% endif %}{% endfor %}")
        + tag("endif")
        + tag("endfor")
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
        heading("figures")
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
        heading("decided")
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
        heading("signoff")
        + paragraph("We have read this plan together and agree what comes first.")
        + frame("PlanTable", "Sign-off", "Who agreed the plan and when.", absolute, top + rows, first_row=1)
        + paragraph(
            "With thanks from the {{ authority.team }}, {{ authority.name }}. Questions: {{ authority.email }}.", "Callout"
        )
    )


# What the document says of itself where a program can read it: name → what it holds.
CUSTOM = {
    "School": "{{ school.urn }}",
    "Cycle": "{{ about.cycle_id }}",
    "Rubric": "{{ about.edition }}",
    "Plan id": "{{ about.plan_id }}",
    "Made": "{{ about.made_on }}",
    "Content": "{{ _content }}",
}


def main() -> None:
    """Writes the template to the file named on the command line."""
    body = "".join(
        (
            cover() + break_section(first=True),
            contents(),
            at_a_glance(),
            strengths(),
            first_things(),
            reasons(),
            by_area(),
            closed(),
            checklist(),
            figures_and_resources(),
            how_decided(),
            sign_off(),
            unplaced(),
        )
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
    config = Path(__file__).parents[2] / "config"
    letterhead.save(
        Path(sys.argv[1]),
        body,
        title=TITLE,
        header=header,
        footer=footer,
        logo=(config / "logo.png").read_bytes(),
        custom=CUSTOM,
        parts=(
            ("chart", "charts/chart1.xml", CHART_TYPE, chart_part()),
            ("", "charts/_rels/chart1.xml.rels", "", chart_links()),
            ("", "embeddings/levels.xlsx", WORKBOOK_TYPE, make_sample()),
        ),
    )


def make_sample() -> bytes:
    """The workbook of the template's own chart, empty: filling makes another."""
    result = BytesIO()
    Workbook().save(result)
    return result.getvalue()


if __name__ == "__main__":
    main()

"""Lays out the first edition of `templates/inclusion_strategy.docx`, the draft of a school's inclusion strategy.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/inclusion_strategy.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from letterhead import TEXT_WIDTH
from markup import cell, field, frame, link, loop, paragraph, row, run, small_logo, table, tag

TITLE = "Inclusion strategy: a draft"


def opening() -> str:
    """Whose it is, what it is, and what is not settled."""
    facts = (
        ("School", "{{ school.name }} (URN {{ school.urn }})"),
        ("Phase and type", "{{ school.phase }} · {{ school.kind }}"),
        ("To be published by", "{{ about.publish_by }}"),
        ("Reviewed on", "{{ about.review_on }}, and at least once a year"),
        ("Authorised by", "To be filled in: name, role and date"),
        ("Made from", "Plan {{ about.reference }} of {{ about.made_on }}, {{ about.cycle }}"),
    )
    rows = "".join(row(cell(3700, label, "TableLabel") + cell(9200, value)) for label, value in facts)
    return (
        paragraph(small_logo() + run(" {{ authority.name }}"))
        + paragraph(TITLE, "Title")
        + paragraph("{{ school.name }}", "Subtitle")
        + frame("FactTable", "About this draft", "The school, the dates and the plan it is made from.", [3700, 9200], rows, first_row=0)
        + paragraph(run("A draft, not yet a strategy. ", "Strong") + run("It holds what comes first in your own action plan, under the principles. Everything in it is yours to change. Next steps that you wrote in your own words are among it: read it through before it is published. {{ about.standing }}"), "CalloutAlert")
        + tag("if about.source_address")
        + paragraph(run("Before you publish, read ") + link("about.source_address", "about.source") + run(" and move your text into the form it gives."))
        + tag("endif")
    )  # fmt: skip


def intent() -> str:
    """What the school says in its own words."""
    return (
        paragraph("Statement of intent", "Heading1")
        + paragraph("Write two or three sentences: what you want for pupils who find school hardest, and what the fund will change for them. Then delete this paragraph.", "Callout")
        + paragraph("The main barriers", "Heading1Inline")
        + paragraph("Name the three or four barriers that your pupils meet most, and how you know. Your action plan has your figures. Give no number below six, since this will be published. Then delete this paragraph.", "Callout")
    )  # fmt: skip


def activities() -> str:
    """Each principle with its activities, and room for what each will cost."""
    widths = (14, 42, 62, 32, 44, 22)
    headings = ("Plan line", "What it should change", "Activity", "Lead and date", "How you will know", "Budgeted cost")
    rows = loop(
        "for action in principle.actions",
        widths,
        (
            "{{ action.ref }}",
            [
                tag('if action.kind == "Statutory gap"'),
                paragraph("{{ action.kind }}", "TableLabel"),
                tag("endif"),
                paragraph("{{ action.barrier }}", "TableText"),
            ],
            "{{ action.activity }}",
            [paragraph("{{ action.lead }}", "TableText"), tag("if action.by_when"), paragraph("{{ action.by_when }}", "TableLabel"), tag("endif")],
            "{{ action.outcome }}",
            [tag("if action.cost"), paragraph("{{ action.cost }}", "TableText"), tag("else"), paragraph("£ to be costed", "TableText"), tag("endif")],
        ),
        ("ActionReference", *["TableText"] * 5),
    )  # fmt: skip
    return (
        paragraph("Activities and what each will cost", "Heading1Inline")
        + paragraph("Choose three or four priorities, cost each activity, and cut what you will not do. Further opportunities that stand in your action plan alone: {{ other_count }}.")
        + tag("for principle in principles")
        + paragraph("{{ principle.name }}", "Heading2")
        + tag("if principle.actions")
        + table("Activities under the principle", "Each activity with what it should change, who leads, how you will know and its cost.", widths, headings, rows)
        + tag("else")
        + paragraph("Nothing in your answers asks for an activity here. Say what you already do, and what keeps it going.")
        + tag("endif")
        + tag("endfor")
    )  # fmt: skip


def closing() -> str:
    """The sum, and who agrees it."""
    widths = [TEXT_WIDTH * share // 10 for share in (4, 4, 2)]
    top = row("".join(cell(width, text, "TableHeading") for width, text in zip(widths, ("Money", "Amount", "Year"), strict=True)), heading=True)  # fmt: skip
    lines = ("Inclusive Mainstream Fund received", "Other money used", "Total cost of the activities above")
    rows = "".join(row(cell(widths[0], line, "TableLabel") + cell(widths[1], "£") + cell(widths[2], "")) for line in lines)
    return (
        paragraph("Money in, money out", "Heading1Inline")
        + frame("PlanTable", "Money", "What is received and what the activities cost together.", widths, top + rows, first_row=1)
        + paragraph("Further information", "Heading1Inline")
        + paragraph("Say where families can read your SEN information report, accessibility plan and pupil premium strategy, and whom they can ask.")
        + paragraph("Questions about this draft: {{ authority.team }}, {{ authority.email }}.", "Callout")
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    letterhead.save(
        Path(sys.argv[1]),
        opening() + intent() + activities() + closing(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ school.name }}"), "Header"),
        footer=paragraph(
            run("Draft from plan {{ about.reference }}") + tab + run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES"),
            "Footer",
        ),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        title_size=26,
    )


if __name__ == "__main__":
    main()

"""Lays out the first edition of `templates/toolkit.docx`, the document that introduces the whole toolkit.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/toolkit.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from letterhead import TEXT_WIDTH
from markup import COLUMN_BREAK, bookmark, cell, field, frame, jump, link, logo, loop, paragraph, row, run, table, tag
from toolkit_examples import examples
from toolkit_flow import how_to_use, improvement
from toolkit_pages import HALVES, break_section

# Bookmark → heading, in the order of the document.
HEADINGS = {
    "introduction": "Introduction",
    "outcomes": "What we want to see, and how it will be seen",
    "use": "How to use the toolkit",
    "improvement": "Continuous improvement",
    "areas": "The Areas of Focus",
    "overview": "Criteria overview",
    "criteria": "Best practice guidance: every criterion at three levels",
    "ofsted": "Ofsted checklist",
    "library": "Resource library",
    "examples": "Completed examples",
    "glossary": "Glossary",
}


def heading(name: str) -> str:
    """One of the document's headings, which the contents lead to."""
    return paragraph(bookmark(name, run(HEADINGS[name]), 100 + list(HEADINGS).index(name)), "Heading1")


def bullets(lines: tuple[str, ...]) -> str:
    """A list."""
    return "".join(paragraph(line, "ListBullet") for line in lines)


def cover() -> str:
    """Whose it is, and which edition."""
    facts = (
        ("Edition", "{{ about.title }}, rubric {{ about.edition }}"),
        ("Cycle", "{{ about.cycle }}"),
        ("Made on", "{{ about.made_on }}"),
        ("Holds", "{{ areas|length }} Areas of Focus, {{ criteria_count }} criteria, {{ resource_count }} resources"),
        ("Questions", "{{ authority.team }}, {{ authority.email }}"),
    )
    rows = "".join(row(cell(3700, label, "TableLabel") + cell(9200, value)) for label, value in facts)
    return (
        paragraph(logo())
        + paragraph("{{ authority.name }}", "CoverOrganisation")
        + paragraph("{{ about.title }}", "Title")
        + paragraph("For schools, governors and trustees, and those who work with them", "Subtitle")
        + frame("FactTable", "About this document", "The edition, the day and whom to ask.", [3700, 9200], rows, first_row=0)
        + paragraph(
            run("For your own use. ", "Strong")
            + run("The toolkit helps a school see where it stands and choose what to do next. It is not an inspection, and it predicts no Ofsted judgement."),
            "Callout",
        )
    )  # fmt: skip


def contents() -> str:
    """Links to every heading: the sections on the left, the guidance by area on the right."""
    lines = {name: paragraph(jump(name, title), "TOC1") for name, title in HEADINGS.items()}
    by_area = (
        tag("for area in areas") + paragraph(jump("area", "Area {{ area.number }}: {{ area.name }}"), "TOC2") + tag("endfor")
    )
    schools = tag("for example in examples") + paragraph(jump("example", "{{ example.name }}"), "TOC2") + tag("endfor")
    lines["examples"] = tag("if examples") + lines["examples"] + schools + tag("endif")
    lines["criteria"] += by_area
    left = "".join(lines.values())
    return (
        paragraph("Contents", "TOCHeading")
        + left
        + paragraph(COLUMN_BREAK + run("Where to begin"), "Heading1Column")
        + bullets(
            (
                "If you lead a school and have ten minutes, read “How to use the toolkit” and the criteria overview.",
                "If you complete the workbook, keep the guidance for your area beside you. It has the words of the workbook, and room to read them side by side.",
                "If you govern a school, begin with “Continuous improvement” and one of the completed examples.",
                "If you have a plan and want help with a line of it, look up its area in the resource library.",
                "If a term is new to you, it is in the glossary.",
            )
        )
        + break_section(HALVES)
    )


def introduction() -> str:
    """Vision, definition, why it matters, aims."""
    left = (
        tag("if words.vision")
        + paragraph("Our vision", "Heading2")
        + paragraph("{{ words.vision }}")
        + tag("endif")
        + tag("if words.definition")
        + paragraph("What inclusive practice means here", "Heading2")
        + paragraph("{{ words.definition }}", "Callout")
        + tag("endif")
        + tag("if words.why_it_matters")
        + paragraph("Why it matters", "Heading2")
        + paragraph("{{ words.why_it_matters }}")
        + tag("endif")
        + tag("if words.strategy and words.strategy_address")
        + paragraph(run("The toolkit is part of our strategy: ") + link("words.strategy_address", "words.strategy"))
        + tag("elif words.strategy")
        + paragraph("The toolkit is part of our strategy: {{ words.strategy }}")
        + tag("endif")
    )
    right = (
        paragraph(COLUMN_BREAK + run("What the toolkit is for"), "Heading2")
        + paragraph("It helps a school:")
        + bullets(
            (
                "look honestly at how inclusive it is, inside its walls and in its community",
                "find what would make the biggest difference to pupils, and what the law asks for and is not yet there",
                "turn that into an action plan with somebody to lead each action, a date, and a way to tell whether it worked",
                "find guidance and examples that help with exactly those actions",
                "do all this again, a little better each time, as part of improving the school and not beside it.",
            )
        )
        + paragraph("What it consists of", "Heading2")
        + bullets(
            (
                "This document: the introduction, the best practice guidance, the resources and the completed examples.",
                "A workbook in Excel for each school: the same criteria, with room for answers and evidence.",
                "An action plan in Word for each school, made from its own answers, which the school changes as it likes.",
            )
        )
        + paragraph(
            "The guidance covers a school's use of forums, High Needs Funding, Pupil Premium and requests for EHC plans. It covers the law on attendance, exclusion, children missing education, elective home education and off-rolling too. It asks throughout what improves outcomes, and what keeps a pupil from being excluded."
        )
    )
    return (
        heading("introduction") + break_section() + left + right + break_section(HALVES, goes_on=True)
    )  # fmt: skip


def outcomes() -> str:
    """What is sought, and what would show it."""
    widths = (84, 62, 54)
    headings = ("Outcome", "Criteria that bear on it", "Figures that would show it")

    def sought(collection: str, title: str, said: str) -> str:
        rows = loop(
            f"for sought in {collection}",
            widths,
            (
                "{{ sought.outcome }}",
                [tag("if sought.criteria"), paragraph("{{ sought.criteria }}", "TableText"), tag("else"), paragraph("None yet", "TableText"), tag("endif")],
                [tag("if sought.figures"), paragraph("{{ sought.figures }}", "TableText"), tag("else"), paragraph("Levels of these criteria over the terms", "TableText"), tag("endif")],
            ),
            ("TableLabel", "TableText", "TableText"),
        )  # fmt: skip
        return (
            tag(f"if {collection}") + paragraph(title, "Heading2") + table(title, said, widths, headings, rows) + tag("endif")
        )

    figure_widths = (44, 88, 36, 32)
    figures = loop(
        "for figure in figures",
        figure_widths,
        ("{{ figure.label }}", "{{ figure.meaning }}", "{{ figure.better }}", "{{ figure.areas }}"),
        ("TableLabel", "TableText", "TableText", "TableText"),
    )
    return (
        heading("outcomes")
        + paragraph("The toolkit is worth its time only if pupils notice. These are the changes we look for. The levels of the criteria show whether practice is moving; the figures show whether pupils feel it. We set the two side by side and never take one for the cause of the other.")
        + sought("outcomes", "Within a few terms", "Outcomes that are sought, the criteria that bear on each and the figures that would show it.")
        + sought("later_outcomes", "In the longer run", "Outcomes that take years, the criteria that bear on each and the figures that would show it.")
        + paragraph("The figures we ask for", "Heading2")
        + paragraph("Whole-school figures of the last school year and the year before. They never change a rating.")
        + table("The figures we ask for", "Each figure, what it counts, which way is better and the areas it is set beside.", figure_widths, ("Figure", "What it counts", "Which way", "Set beside areas"), figures)
    )  # fmt: skip


def areas() -> str:
    """The Areas of Focus with their definitions."""
    widths = (14, 56, 130)
    rows = loop(
        "for area in areas",
        widths,
        (
            "{{ area.number }}",
            "{{ area.name }}",
            [
                paragraph("{{ area.definition }}", "TableText"),
                tag("if area.note"),
                paragraph("{{ area.note }}", "TableLabel"),
                tag("endif"),
            ],
        ),
        ("ActionReference", "TableLabel", "TableText"),
    )
    return (
        heading("areas")
        + paragraph("There are {{ areas|length }} Areas of Focus. Between them they reach every part of a school. Set your school beside each: what works well, and what could be better, follows from your answers and leads to your action plan.")
        + table("The Areas of Focus", "Number, name and definition of each area.", widths, ("Area", "Name", "What it is about"), rows)
    )  # fmt: skip


def overview() -> str:
    """The levels, how ratings are made, and all criteria at a glance."""
    rows = loop(
        "for level in levels",
        (34, 40, 126),
        ("{{ level.label }}", "{{ level.name }}", "{{ level.meaning }}"),
        ("TableLabel", "TableText", "TableText"),
    )
    listed = (
        tag("for area in areas")
        + paragraph("{{ area.number }}. {{ area.name }}", "Heading3")
        + tag("for criterion in area.criteria")
        + paragraph(
            jump("criterion", "{{ criterion.id }} {{ criterion.title }}")
            + run("{% if criterion.duty %} (statutory){% endif %}"),
            "TOC2",
        )
        + tag("endfor")
        + tag("endfor")
    )
    return (
        heading("overview")
        + paragraph("A school may be working at any of three levels, and at different levels in different areas: that is usual, and it is what makes the picture useful.")
        + table("The three levels", "What a school looks like at each of the three levels.", (34, 40, 126), ("Level", "In other words", "What the school looks like"), rows)
        + paragraph("How ratings are made", "Heading2")
        + tag("for rule in rules")
        + paragraph("{{ rule }}", "ListBullet")
        + tag("endfor")
        + break_section()
        + paragraph("All criteria at a glance", "Heading2")
        + paragraph("Each leads to its descriptions.")
        + break_section()
        + listed
        + break_section(HALVES, goes_on=True)
    )  # fmt: skip


def guidance() -> str:
    """Every criterion with its levels, a table an area."""
    widths = (11, 52, 46, 46, 46)
    headings = ("Ref", "Criterion", *(f"{{{{ levels[{place}].label }}}}" for place in range(3)))
    rows = loop(
        "for criterion in area.criteria",
        widths,
        (
            paragraph(bookmark("criterion", run("{{ criterion.id }}"), 400), "ActionReference"),
            [
                paragraph("{{ criterion.title }}", "TableLabel"),
                tag("if criterion.duty"),
                paragraph(run("Statutory: ", "Strong") + run("{{ criterion.duty }}"), "TableText"),
                tag("endif"),
                tag("if criterion.asked_of"),
                paragraph("Asked of: {{ criterion.asked_of }}", "TableText"),
                tag("endif"),
            ],
            "{{ criterion.emerging }}",
            "{{ criterion.established }}",
            "{{ criterion.advanced }}",
        ),
        ("ActionReference", "TableLabel", "TableText", "TableText", "TableText"),
    )
    return (
        heading("criteria")
        + paragraph("Read across a row and choose the description that a visitor would recognise today. A criterion marked as statutory rests on a duty in law or statutory guidance, or on a condition of a grant: where the duty is not yet met, it comes first in the plan. The resource library says where each duty stands.")
        + tag("for area in areas")
        + paragraph(bookmark("area", run("Area {{ area.number }}: {{ area.name }}"), 200), "Heading2")
        + paragraph("{{ area.definition }}", "AreaDefinition")
        + table("Criteria of the area", "Each criterion and what it looks like at three levels.", widths, headings, rows)
        + tag("endfor")
    )  # fmt: skip


def checklist() -> str:
    """The evaluation areas with their criteria, and the criteria with their evaluation areas."""
    widths = (32, 58, 42, 68)
    rows = loop(
        "for area in checklist.areas",
        widths,
        (
            [
                paragraph("{{ area.title }}", "TableLabel"),
                tag("if area.shown_to"),
                paragraph("For: {{ area.shown_to }}", "TableText"),
                tag("endif"),
            ],
            "{{ area.looks_at }}",
            "{{ area.criteria }}",
            [tag("for prompt in area.prompts"), paragraph("{{ prompt.text }}", "TableBullet"), tag("endfor"), tag("if not area.prompts"), paragraph("No questions", "TableText"), tag("endif")],
        ),
        ("TableLabel", "TableText", "TableText", "TableText"),
    )  # fmt: skip
    back_widths = (14, 76, 110)
    head = row(
        "".join(
            cell(TEXT_WIDTH * share // sum(back_widths), text, "TableHeading")
            for share, text in zip(back_widths, ("Ref", "Criterion", "Evaluation areas"), strict=True)
        ),
        heading=True,
    )
    absolute = [TEXT_WIDTH * share // sum(back_widths) for share in back_widths]
    inner = row(
        cell(absolute[0], "{{ criterion.id }}", "ActionReference")
        + cell(absolute[1], "{{ criterion.title }}")
        + cell(absolute[2], [tag("if criterion.evaluation_areas"), paragraph("{{ criterion.evaluation_areas }}", "TableText"), tag("else"), paragraph("None", "TableText"), tag("endif")])
    )  # fmt: skip
    back = (
        row(cell(sum(absolute), "{%tr for area in areas %}"))
        + row(cell(sum(absolute), "{%tr for criterion in area.criteria %}"))
        + inner
        + row(cell(sum(absolute), "{%tr endfor %}"))
        + row(cell(sum(absolute), "{%tr endfor %}"))
    )
    return (
        heading("ofsted")
        + paragraph(run("How the criteria line up with ") + link("checklist.address", "checklist.title") + run(". It is there to help you talk about your work. It predicts no grade, and Ofsted does not ask for documents made for inspection."))
        + paragraph(run("Last looked at on {{ checklist.checked_on }}. ", "Strong") + run("{{ checklist.standing }}"), "Callout")
        + paragraph("From evaluation areas to criteria", "Heading2")
        + table("From evaluation areas to criteria", "Each evaluation area, what it looks at, the criteria that bear on it and questions for leaders.", widths, ("Evaluation area", "What it looks at", "Criteria", "Questions for leaders"), rows)
        + paragraph("From criteria to evaluation areas", "Heading2")
        + frame("PlanTable", "From criteria to evaluation areas", "Each criterion and the evaluation areas that it bears on.", absolute, head + back, first_row=1)
    )  # fmt: skip


def library() -> str:
    """Every resource, by area; then the statutory sources."""
    widths = (66, 33, 46, 22, 33)
    rows = loop(
        "for resource in shelf.resources",
        widths,
        (
            paragraph(link("resource.address", "resource.title"), "TableText"),
            "{{ resource.publisher }}",
            "{{ resource.helps_with }}",
            [tag("if resource.criteria"), paragraph("{{ resource.criteria }}", "TableText"), tag("else"), paragraph("The area", "TableText"), tag("endif")],
            "{{ resource.checked_on }}",
        ),
    )  # fmt: skip
    source_widths = (62, 28, 44, 34, 42)
    sources = loop(
        "for source in sources",
        source_widths,
        (
            paragraph(link("source.address", "source.title"), "TableText"),
            "{{ source.criteria }}",
            "{{ source.in_force }}",
            "{{ source.checked_on }}",
            "{{ source.standing }}",
        ),
    )
    return (
        heading("library")
        + paragraph("{{ resource_count }} resources from outside, each with the criteria it helps with and the day on which we last looked at its address. Pages move: if one has gone, tell us at {{ authority.email }}. Your action plan names those that fit its own lines.")
        + tag("for shelf in shelves")
        + paragraph("{{ shelf.title }}", "Heading2")
        + table("Resources for the area", "Each resource with its publisher, what it helps with, its criteria and the day it was last looked at.", widths, ("Resource", "Publisher", "Helps with", "Criteria", "Last looked at"), rows)
        + tag("endfor")
        + tag("if sources")
        + paragraph("Where the statutory criteria come from", "Heading2")
        + table("Where the statutory criteria come from", "Law and guidance, the criteria that rest on each, and how far it was checked.", source_widths, ("Guidance", "Criteria", "In force", "Last looked at", "How far it was checked"), sources)
        + tag("endif")
    )  # fmt: skip


def glossary() -> str:
    """Terms and local services."""
    rows = loop("for entry in glossary", (52, 148), ("{{ entry.term }}", "{{ entry.meaning }}"), ("TableLabel", "TableText"))
    return (
        heading("glossary")
        + table("Glossary", "Terms and local services, and what each means.", (52, 148), ("Term", "What it means"), rows)
        + paragraph("With thanks from the {{ authority.team }}, {{ authority.name }}. Questions: {{ authority.email }}.", "Callout")
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    body = "".join(
        (
            cover() + break_section(first=True),
            contents(),
            introduction(),
            outcomes(),
            heading("use") + how_to_use(),
            heading("improvement") + improvement(),
            areas(),
            overview(),
            guidance(),
            checklist(),
            library(),
            tag("if examples") + heading("examples") + examples() + tag("endif"),
            glossary(),
        )
    )
    tab = "<w:r><w:tab/></w:r>"
    header = paragraph(run("{{ about.title }}") + tab + run("{{ authority.name }}"), "Header")
    footer = paragraph(
        run("Rubric {{ about.edition }} · {{ about.cycle }}")
        + tab
        + run("Page ")
        + field("PAGE")
        + run(" of ")
        + field("NUMPAGES"),
        "Footer",
    )
    letterhead.save(
        Path(sys.argv[1]),
        body,
        title="Inclusive Practice Toolkit",
        header=header,
        footer=footer,
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
    )


if __name__ == "__main__":
    main()

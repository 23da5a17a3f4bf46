"""The part of the toolkit document that shows completed examples."""

from markup import bookmark, loop, paragraph, run, table, tag


def examples() -> str:
    """What good evidence is, then each school: its answers, the first lines of its plan, and the next term."""
    return (
        paragraph("Three invented schools that have been through a whole round, one at each level. Read them for the way they write: any school can write like this, whatever its level.")
        + paragraph("What good evidence does", "Heading2")
        + "".join(
            paragraph(run(f"{what} ", "Strong") + run(how), "ListBullet")
            for what, how in (
                ("It says what can be seen, read or counted,", "and when it was. “A visitor heard the same script in 19 of 22 rooms in February” can be checked; “behaviour is calm” cannot."),
                ("It says what changed for pupils,", "and for which ones. What adults did comes second."),
                ("It names who else has seen it:", "a governor, a partner school, parents, the pupils themselves."),
                ("It is frank.", "What is missing is said as plainly as what is there, with the next step. The level claimed is the one a visitor would find."),
                ("It protects pupils.", "Nobody is named or described, and no number is below six."),
            )
        )
        + tag("for example in examples")
        + paragraph(bookmark("example", run("{{ example.name }}"), 300), "Heading2Page")
        + paragraph(run("{{ example.kind }}{% if example.level %}: {{ example.level }} overall. {% else %}. {% endif %}", "Strong") + run("{{ example.reason }}"), "AreaRating")
        + tag("if example.edition")
        + paragraph("Completed under rubric {{ example.edition }}, whose criteria had the numbers shown here.")
        + tag("endif")
        + paragraph("{{ example.story }}")
        + _answers()
        + _lines()
        + _changes()
        + tag("endfor")
    )  # fmt: skip


def _answers() -> str:
    widths = (12, 36, 84, 68)
    rows = loop(
        "for answer in area.answers",
        widths,
        (
            "{{ answer.criterion }}",
            [paragraph("{{ answer.title }}", "TableText"), paragraph("{{ answer.answer }}", "TableLabel")],
            "{{ answer.evidence }}",
            "{{ answer.why }}",
        ),
        ("ActionReference", "TableText", "TableText", "TableText"),
    )
    return (
        tag("for area in example.areas")
        + paragraph("Area {{ area.number }}, {{ area.name }}: {{ area.level }}", "Heading3")
        + paragraph("{{ area.reason }}", "AreaDefinition")
        + table("Answers with their evidence", "The answer to a criterion, the evidence as the school wrote it, and why it is good evidence.", widths, ("Ref", "Criterion and answer", "Evidence as the school wrote it", "Why this is good evidence"), rows)
        + tag("endfor")
    )  # fmt: skip


def _lines() -> str:
    widths = (14, 46, 56, 30, 54)
    rows = loop(
        "for line in example.lines",
        widths,
        (
            "{{ line.ref }}",
            "{{ line.opportunity }}",
            "{{ line.action }}",
            [paragraph("{{ line.lead }}", "TableText"), paragraph("{{ line.by_when }}", "TableLabel")],
            [tag("if line.progress"), paragraph("{{ line.progress }}", "TableText"), tag("else"), paragraph("Nothing yet", "TableText"), tag("endif")],
        ),
        ("ActionReference", "TableText", "TableText", "TableText", "TableText"),
    )  # fmt: skip
    return (
        tag("if example.lines")
        + paragraph("What came first in its plan", "Heading3")
        + paragraph("As the plan stood when it came back on {{ example.returned_on }}.", "AreaDefinition")
        + table("What came first in the plan", "The first lines of the plan: opportunity, action, who leads and by when, and progress.", widths, ("Ref", "Opportunity", "Action", "Lead and date", "Progress, in its words"), rows)
        + tag("endif")
    )  # fmt: skip


def _changes() -> str:
    widths = (12, 44, 36, 108)
    rows = loop(
        "for change in example.changes",
        widths,
        (
            "{{ change.criterion }}",
            "{{ change.title }}",
            [
                tag("if change.before == change.now"),
                paragraph("Still {{ change.now }}, with new evidence", "TableText"),
                tag("else"),
                paragraph("{{ change.before }}, now {{ change.now }}", "TableText"),
                tag("endif"),
            ],
            "{{ change.evidence }}",
        ),
        ("ActionReference", "TableText", "TableText", "TableText"),
    )
    return (
        tag("if example.changes")
        + paragraph("What had changed the next time", "Heading3")
        + paragraph("{% if example.next_level %}Overall: {{ example.next_level }}. {% endif %}Every other answer was looked at and confirmed as still true. A level may fall as well as rise; saying so is what keeps the picture true.", "AreaDefinition")
        + table("What had changed the next time", "Each answer that was changed or given new evidence.", widths, ("Ref", "Criterion", "Answer", "Evidence this time"), rows)
        + tag("endif")
    )  # fmt: skip

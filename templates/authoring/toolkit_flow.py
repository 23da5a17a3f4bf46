"""The part of the toolkit document that says how it is used: the flow drawn, the workbook's steps, the cycle in a school's year."""

from flow_chart import arrow_back, flow_arrows
from letterhead import TEXT_WIDTH
from markup import cell, frame, paragraph, row, run, table, tag

# Title, what happens, who does it and when, and the symbol of the arrow.
STEPS = (
    ("Receive the workbook", "We send an Excel workbook with the criteria for your phase. From the second term it holds your last answers.", "Local authority", "As the term begins", "flowChartDocument"),
    ("Answer together", "Those who know share it out, choose the description that fits today, and say how they know.", "Leaders, SENCO, DSL, staff", "Four to six weeks", "flowChartManualInput"),
    ("Agree and send", "Governors or trustees agree it and you send it to us. If a cell wants mending, a note says which and how.", "Governors, headteacher", "By the day that the workbook names", "flowChartDecision"),
    ("Receive the plan", "A Word plan comes back: strengths, statutory gaps, a few priorities, and every opportunity with resources.", "Local authority", "Soon after the return", "flowChartMultidocument"),
    ("Work with it", "Choose who leads and by when, join it to your improvement plan, and note progress as it happens.", "Leaders and teams", "All term", "gear6"),
    ("Send it back", "We read your edited plan. What you wrote stays yours, and what is open goes into the next plan.", "Headteacher", "By the day that the plan names", "flowChartAlternateProcess"),
)  # fmt: skip
SAID = "Flow chart in six steps, one arrow to the next: " + "; ".join(
    f"{number}, {title.lower()}" for number, (title, *_) in enumerate(STEPS, 1)
)


def how_to_use() -> str:
    """The flow chart and, below it, the steps of the workbook."""
    share = TEXT_WIDTH // len(STEPS)
    widths = [share] * len(STEPS)
    top = row(
        "".join(cell(share, f"Step {number}: {title}", "TableHeading") for number, (title, *_) in enumerate(STEPS, 1)),
        heading=True,
    )
    does = row("".join(cell(share, does) for _, does, *_ in STEPS))
    who = row("".join(cell(share, who, "TableLabel") for _, _, who, *_ in STEPS))
    when = row("".join(cell(share, when) for _, _, _, when, _ in STEPS))
    return (
        paragraph("One round takes a term. Follow the arrows from left to right; the last leads back to the first.")
        + paragraph(flow_arrows(21, f"{SAID}.", widths, [symbol for *_, symbol in STEPS]), "Figure")
        + frame("PlanTable", "The six steps of a round", "What happens at each step of a round, then who does it, then when.", widths, top + does + who + when, first_row=1)
        + paragraph(arrow_back(22, "Arrow from the sixth step back to the first.", TEXT_WIDTH), "Figure")
        + paragraph("And round again: next term's workbook begins where this plan ends.", "Caption")
        + paragraph("Completing the workbook", "Heading2Page")
        + tag("for step in steps")
        + paragraph(run("{{ step.title }}. ", "Strong") + run("{{ step.text }}"), "ListNumber")
        + tag("endfor")
        + tag("if words.privacy")
        + paragraph("{{ words.privacy }}", "Callout")
        + tag("endif")
    )  # fmt: skip


def improvement() -> str:
    """Where each part of the round sits in the school's own year."""
    widths = (30, 56, 56, 58)
    moments = (
        ("As the term begins", "Answer the workbook together; governors or trustees agree it.", "Use the same evidence. The inclusion part of the SEF and the workbook should tell one story.", "Look at what last term's actions changed before choosing new ones."),
        ("When the plan comes", "Read the statutory gaps first, then the priorities. Choose who leads and by when.", "Write where each area stands and why. We can make an extract of your plan for this.", "Move gaps and priorities into it with the same lead and date. One plan is better than two."),
        ("Through the term", "Note progress in the plan while it is fresh.", "Add what a visitor could see, read or count.", "Review inclusion at the same meetings as everything else, and no less often."),
        ("As the term ends", "Send the plan back as it is, with what worked and what did not.", "Bring judgements up to date and say what changed for pupils.", "Close what is done, carry on what is open, and drop what did not help."),
        ("Once a year", "Set levels and figures of several terms side by side.", "Ask somebody from outside whether your judgements hold: an adviser, a trust colleague, another school.", "Let the answer shape next year's priorities, and tell pupils and families what came of their say."),
    )  # fmt: skip
    absolute = [TEXT_WIDTH * share // sum(widths) for share in widths]
    rows = "".join(
        row(
            cell(absolute[0], moment, "TableLabel")
            + "".join(cell(width, text) for width, text in zip(absolute[1:], texts, strict=True))
        )
        for moment, *texts in moments
    )
    return (
        paragraph("Self-evaluation is worth doing when something follows from it, and the same question is asked again. The toolkit is such a cycle: look, choose, act, look again. It has its place inside the school's own improvement work: the SEF holds what you have found, the school improvement plan what you will do, and the toolkit feeds both. Nothing needs to be written twice.")
        + table("The cycle in a school's year", "What happens in the toolkit, the SEF and the school improvement plan at each point of the year.", widths, ("When", "In the toolkit", "In your SEF", "In your school improvement plan"), rows)
        + paragraph(run("What governors and trustees can ask. ", "Strong") + run("What has changed for pupils since we last looked? How do we know? Who is still missing out? And what have we stopped doing because it did not help?"), "Callout")
    )  # fmt: skip

"""What the papers that leave the authority are laid out of: headings in the line of the text, tables of numbers."""

from collections.abc import Sequence

from letterhead import BRAND, UPRIGHT_TEXT_WIDTH, colour, size, space, style
from markup import cell, frame, paragraph, row


def paper_styles() -> str:
    """The styles that these papers have beside the letterhead's."""
    return "".join(
        (
            style("paragraph", "Letterhead", after="Title", paragraph=f'{space(0, 4, 240)}<w:textAlignment w:val="center"/>', run=f'<w:b/><w:bCs/>{colour("accent1", BRAND)}{size(14)}'),
            style("paragraph", "Paper Subject", after="Normal", paragraph=space(0, 4, 240), run="<w:b/><w:bCs/>"),
        )
    )  # fmt: skip


def heading(text: str, rank: int = 1) -> str:
    """A heading that begins no page."""
    return paragraph(text, "Heading1Inline" if rank == 1 else f"Heading{rank}")


def table(
    title: str,
    description: str,
    shares: Sequence[int],
    headings: Sequence[str],
    loop: str,
    contents: Sequence[str],
    text_width: int = UPRIGHT_TEXT_WIDTH,
) -> str:
    """A table with a row for each of something."""
    widths = [text_width * share // sum(shares) for share in shares]
    top = row("".join(cell(width, text, "TableHeading") for width, text in zip(widths, headings, strict=True)), heading=True)
    one = row("".join(cell(width, text) for width, text in zip(widths, contents, strict=True)))
    rows = row(cell(sum(widths), f"{{%tr for {loop} %}}")) + one + row(cell(sum(widths), "{%tr endfor %}"))
    return frame("PlanTable", title, description, widths, top + rows, first_row=1)

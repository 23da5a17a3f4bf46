"""Whether colours can be read: the contrast of two, and the grey that a printer makes of one.

Source: Web Content Accessibility Guidelines 2.2, "relative luminance" and success criterion 1.4.3 (4.5 to 1 for text).
"""

from pipeline.model.house_style import Colours

LEAST_CONTRAST = 4.5
LEAST_STEP = 1.1  # between neighbouring tints in grey print; the word always stands beside them


def luminance(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1 (white); `colour` is RRGGBB."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black and white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def find_unreadable(colours: Colours) -> tuple[tuple[str, str], ...]:
    """Pairs of what is read and why it cannot be: too little contrast, or tints that print alike."""
    pale = [
        (what, f"contrast {contrast(text, behind):.1f} to 1")
        for what, text, behind in colours.read_on()
        if contrast(text, behind) < LEAST_CONTRAST
    ]
    tints = [
        (f"tints {number} and {number + 1}", "hard to tell apart in grey print")
        for number, (lighter, darker) in enumerate(zip(colours.ratings, colours.ratings[1:], strict=False), 1)
        if luminance(lighter) < luminance(darker) or contrast(lighter, darker) < LEAST_STEP
    ]
    return (*pale, *tints)

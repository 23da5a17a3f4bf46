"""How far a text stands out from its background: the ratio of WCAG 2.2, success criterion 1.4.3."""

from fractions import Fraction

_NORMAL, _LARGE = Fraction(9, 2), Fraction(3)


def contrast(text: str, background: str) -> float:
    """The ratio of two colours (RRGGBB), 1 to 21. Source: WCAG 2.2, “relative luminance” and “contrast ratio”."""
    lighter, darker = sorted((_luminance(text), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def needed_contrast(*, is_large: bool) -> Fraction:
    """What level AA asks for: less of text from 18 points, or 14 in bold."""
    return _LARGE if is_large else _NORMAL


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

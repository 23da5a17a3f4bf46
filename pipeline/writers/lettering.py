"""How wide a text is in Arial, and where its lines break: for pictures, which are drawn without a program to measure them."""

# Widths in thousandths of the size of the letters, erring on the wide side; what is in none of these is as wide as a capital.
_WIDTHS = {
    **dict.fromkeys("iljI'|!.,:;‘’", 278),
    **dict.fromkeys(' ft()[]/\\-“”"', 333),
    **dict.fromkeys("r", 360),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("abdeghnopqu0123456789?$_=+", 560),
    **dict.fromkeys("ABEFKLPSTVXYZ&", 668),
    **dict.fromkeys("CDGHNOQRUw", 760),
    **dict.fromkeys("mM%", 850),
    **dict.fromkeys("W@", 980),
}
_CAPITAL, _BOLDER = 780, 1.07


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line, in the unit of `size`."""
    width = sum(_WIDTHS.get(mark, _CAPITAL) for mark in text) * size / 1000
    return width * _BOLDER if bold else width


def break_lines(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """A text in lines that fit; a word too long for any line is broken where it must be."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        *full, rest = _break_word(word, size, width, bold=bold)
        lines += [*full, rest]
    return lines or [""]


def _break_word(word: str, size: float, width: float, *, bold: bool) -> list[str]:
    parts = [""]
    for mark in word:
        if parts[-1] and measure(parts[-1] + mark, size, bold=bold) > width:
            kept, hyphen, begun = parts[-1].rpartition("-")
            parts[-1:] = [kept + hyphen, begun] if len(kept) > len(begun) else [parts[-1], ""]
        parts[-1] += mark
    return parts

"""The house style and its logo, read and found fit to print."""

import re
import struct
from pathlib import Path

from pipeline.model.finding import Finding, find
from pipeline.model.house_style import HouseStyle
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.contrast import LEAST_CONTRAST, find_unreadable

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST = 2_000_000  # bytes; it goes into every document


def load_house_style(path: Path, name: str) -> tuple[HouseStyle | None, bytes, tuple[Finding, ...]]:
    """The style and the bytes of its logo; `name` is how findings call the file.

    Findings: CF101-CF103 (the file, a value), HS101 (a colour), HS102 (colours that cannot be read), HS103 (the logo).
    """
    file = YamlFile(path, name)
    style, findings = file.load(HouseStyle)
    if style is None:
        return None, b"", findings
    wrong = [(key, colour) for key, colour in style.colours.by_key.items() if not _COLOUR.fullmatch(colour)]
    if wrong:
        return (
            None,
            b"",
            tuple(find("HS101", file.place("colours", key.split()[0]), f"{key}: {colour[:20]}") for key, colour in wrong),
        )
    unreadable = [
        find("HS102", file.place("colours"), f"{what}: {why}", least=f"{LEAST_CONTRAST:g}")
        for what, why in find_unreadable(style.colours)
    ]
    logo, fault = _read_logo(path.parent / Path(style.logo).name)
    found = [*unreadable, *([find("HS103", file.place("logo"), fault, file=style.logo)] if fault else [])]
    return (None if found else style), logo, tuple(found)


def _read_logo(path: Path) -> tuple[bytes, str]:
    """The picture, and what is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return b"", error.strerror or "cannot be opened"
    if not content.startswith(_PNG) or len(content) < 33:
        return b"", "not a PNG picture"
    if len(content) > _LARGEST:
        return b"", f"{len(content) / 1e6:.0f} MB"
    width, height = struct.unpack_from(">II", content, 16)
    return (content, "") if width and height else (b"", "a picture without a size")

"""How the papers that leave the authority say a number: a small one in words, and one that was left out as such."""

from collections.abc import Sequence

from pipeline.rules.suppression import SMALLEST, suppress_list

NOT_SHOWN = "not shown"


def say_shown(count: int | None) -> str:
    """A cell of a table that was protected."""
    return NOT_SHOWN if count is None else f"{count:,}"


def read_shown(told: str) -> int | None:
    """The number that a cell says; None where it was left out."""
    return None if told == NOT_SHOWN else int(told.replace(",", ""))


def say_part(part: int, whole: int) -> str:
    """How many of a number that is known: neither they nor the others are told where they are few."""
    if 0 < part < SMALLEST:
        return f"fewer than {SMALLEST}"
    if 0 < whole - part < SMALLEST:
        return f"all but fewer than {SMALLEST}"
    return "none" if part == 0 else f"{part:,}"


def say_list(counts: Sequence[int]) -> list[str]:
    """Numbers of a list whose total is known. Where even leaving out all of them would tell, as when each is one, a zero is
    left out with them."""
    return [say_shown(one) for one in protect_list(counts)]


def protect_list(counts: Sequence[int]) -> list[int | None]:
    """The same, not yet in words."""
    told, total = suppress_list(counts)
    tells = total is None and sum(counts) >= SMALLEST
    return [None if tells else one for one in told]

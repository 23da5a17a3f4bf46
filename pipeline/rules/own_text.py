"""Which of a returned plan's texts are ours, as sent."""

import re
from collections.abc import Sequence
from functools import cached_property

from pipeline.model.sent_plan import SentPlan
from pipeline.rules.wording import fold

_NUMBERS = re.compile(r"\d+")


class OwnText:
    """The texts of a plan as sent, to tell them from a school's. `unchanged` gathers what was found to be as sent."""

    def __init__(self, sent: SentPlan) -> None:
        self._sent = sent
        self.unchanged: list[str] = []

    def take(self, text: str) -> bool:
        """Whether a text is as sent; one that is, is noted."""
        if text in self._exact or fold(text) in self._texts:
            self.unchanged.append(text)
            return True
        return False

    def take_all(self, cells: Sequence[str]) -> bool:
        """Whether cells all stand exactly as sent; then they are noted."""
        exact = self._exact
        if all(cell in exact or all(line in exact or not line.strip() for line in cell.split("\n")) for cell in cells):
            self.unchanged += cells
            return True
        return False

    def keep_others(self, text: str) -> str:
        """A cell or paragraph without its lines that are as sent."""
        if not text.strip() or self.take(text):
            return ""
        lines = text.split("\n")
        return "\n".join(line for line in lines if line.strip() and not self.take(line)) if len(lines) > 1 else text

    def take_margin(self, text: str) -> bool:
        """The same for a header or footer, in which the number of pages is as the program last counted it."""
        if _NUMBERS.sub("", fold(text)) in self._margins:
            self.unchanged.append(text)
            return True
        return False

    def note(self, *texts: str) -> None:
        """Notes texts that are as sent."""
        self.unchanged += texts

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(map(fold, self._sent.texts))

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(self._sent.texts)

    @cached_property
    def _margins(self) -> frozenset[str]:
        return frozenset(_NUMBERS.sub("", text) for text in self._texts)


def join_lines(texts: Sequence[str]) -> str:
    """Texts as one, those that are empty left out."""
    return "\n".join(text for text in texts if text.strip())

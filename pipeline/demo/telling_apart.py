"""Schools that would have written the same evidence by chance: each adds a sentence, so that a text met twice tells."""

from random import Random

from pipeline.demo.material import load_material
from pipeline.demo.particulars import Particulars
from pipeline.demo.phrases import fill

# So many texts may stand twice as they fell: as many as a county of fourteen schools has, and so has the example that ships.
_LEFT_AS_THEY_FELL = 6


class Sayings:
    """Every evidence text of the county so far. Draws on a stream of its own, so that nothing else of the county changes."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._left = _LEFT_AS_THEY_FELL
        self._rng = Random("endings")
        self._endings: list[str] = load_material("endings.yaml")["endings"]

    def tell_apart(self, text: str, own: Particulars) -> str:
        """The text, with a sentence more for as long as another school has said the same."""
        if text and text in self._said and self._left:
            self._left -= 1
            return text
        while text and text in self._said:
            text = f"{text} {fill(self._rng.choice(self._endings), own, self._rng)}"
        self._said.add(text)
        return text

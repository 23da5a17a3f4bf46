"""How a council's documents look: what an officer chooses, and which colours are read on which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}
WHITE = "FFFFFF"


@dataclass(frozen=True)
class Fonts:
    """The fonts of headings and of text, by the names that Word lists."""

    __pydantic_config__: ClassVar = _STRICT
    headings: str
    text: str


@dataclass(frozen=True)
class Colours:
    """Colours as RRGGBB. `ratings` are the tints of the four rungs, the lowest first; `quiet` is behind what is not rated."""

    __pydantic_config__: ClassVar = _STRICT
    brand: str
    ink: str
    alert: str
    link: str
    visited: str
    quiet: str
    ratings: tuple[str, str, str, str]

    @property
    def by_key(self) -> Mapping[str, str]:
        """Key in the file → colour, the tints numbered."""
        tints = {f"ratings {number}": tint for number, tint in enumerate(self.ratings, 1)}
        return {key: getattr(self, key) for key in ("brand", "ink", "alert", "link", "visited", "quiet")} | tints

    @property
    def theme(self) -> Mapping[str, str]:
        """The slots of a Word theme, which every style of the templates refers to."""
        lowest, low, high, highest = self.ratings
        return {
            "dk1": self.ink, "lt1": WHITE, "dk2": self.brand, "lt2": self.quiet, "accent1": self.brand, "accent2": highest,
            "accent3": high, "accent4": low, "accent5": lowest, "accent6": self.alert, "hlink": self.link,
            "folHlink": self.visited,
        }  # fmt: skip

    def read_on(self) -> Iterator[tuple[str, str, str]]:
        """Every pair that is read in our documents: what it is, the colour of the text, the colour behind it."""
        yield "text on the page", self.ink, WHITE
        yield "headings on the page", self.brand, WHITE
        yield "the first row of tables", WHITE, self.brand
        yield "links on the page", self.link, WHITE
        yield "links that were followed", self.visited, WHITE
        yield "text where nothing is rated", self.ink, self.quiet
        for number, tint in enumerate(self.ratings, 1):
            yield f"text on tint {number}", self.ink, tint


@dataclass(frozen=True)
class HouseStyle:
    """The file `house_style.yaml`. `logo` is a PNG beside it."""

    __pydantic_config__: ClassVar = _STRICT
    authority: str
    logo: str
    fonts: Fonts
    colours: Colours

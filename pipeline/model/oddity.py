"""What makes a return odd enough to be looked at twice. Field names are the keys of the YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.model.level import Level

_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class Thin:
    """Evidence is thin beside an answer of `at_least` or above where it has fewer words than its criterion's title, or fewer
    than `fewest_words`."""

    __pydantic_config__: ClassVar = _STRICT
    at_least: Level = Level.ESTABLISHED
    fewest_words: int = 4


@dataclass(frozen=True)
class Shared:
    """How long a text must be before it is odd to meet it twice: `words`, and `letters` and figures. Within one school, it may
    stand beside fewer than `criteria` criteria."""

    __pydantic_config__: ClassVar = _STRICT
    words: int = 8
    letters: int = 40
    criteria: int = 3


@dataclass(frozen=True)
class Telltale:
    """Phrases by which evidence says one thing: `anywhere` in it, or in its `opening` sentence. A sentence that also holds a
    word of `unless` says nothing, nor does a phrase with a word of `denied_by` before it in the same clause."""

    __pydantic_config__: ClassVar = _STRICT
    anywhere: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Oddity:
    """The file `oddity.yaml`; without it no phrases are known. `missing` are words that something is not there, `present` words
    that it is."""

    __pydantic_config__: ClassVar = _STRICT
    thin: Thin = field(default_factory=Thin)
    shared: Shared = field(default_factory=Shared)
    missing: Telltale = field(default_factory=Telltale)
    present: Telltale = field(default_factory=Telltale)

"""The language of a template's tags: Jinja in its sandbox, strict about names, and with values that are only ever text.

Whatever a tag puts out becomes text of the document, escaped once. There is no way round that: the filters `safe` and `urlize`
do not exist, `{% autoescape false %}` changes nothing, and an object that brings markup of its own (docxtpl's RichText, Subdoc
and InlineImage) is put out as the text it prints as. Contexts are plain fields, so no author meets that.
"""

from functools import cache, lru_cache
from html import escape
from typing import Any

from jinja2 import StrictUndefined
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.writers.watching import note_piece

_LINE_BREAKS = dict.fromkeys(map(ord, "\r\v\f"), "\n")
# XML has no way to hold these. Half of a character (a surrogate) shows as a missing one; nothing shows any of the others.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_NOTHING: dict[int, str | None] = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF])
_AS_TEXT = {**_NOTHING, **_HALVES, **_LINE_BREAKS, ord("\t"): "\t", ord("\n"): "\n"}


class _Sandbox(SandboxedEnvironment):
    code_generator_class = NativeCodeGenerator  # writes `finalize(value)`, not `escape(finalize(value))`: `_put` has escaped it

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The sandbox's answer, and a short way to what nearly every tag asks for: a field of a dataclass."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()) and not attribute.startswith("_"):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def _put(value: object) -> str:
    """What a tag puts out, as XML. Markup that holds tags was made by the template itself, in a macro or a block."""
    if type(value) is str:
        return _as_xml(value)
    if isinstance(value, Markup):
        return value.translate(_AS_TEXT) if "<" in value else _as_xml(value.unescape())
    return _as_xml(str(value))


@lru_cache(maxsize=4096)  # the words of the rubric stand in every plan
def _as_xml(text: str) -> str:
    """Text as the content of an XML element or attribute: escaped, and without characters that XML cannot hold."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").translate(_AS_TEXT)
    return escape(text)


@cache
def open_language() -> SandboxedEnvironment:
    """The language, made once a process."""
    language = _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_put)
    for unsafe in ("safe", "urlize"):
        del language.filters[unsafe]
    language.filters["_watch"] = note_piece
    return language

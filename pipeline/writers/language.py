"""The language of a template's tags: Jinja in its sandbox, strict about names, and with values that are only ever text.

Whatever a tag puts out becomes text of the document, escaped once. There is no way round that: the filters `safe` and `urlize`
do not exist, `{% autoescape false %}` changes nothing, and an object that brings markup of its own (docxtpl's RichText, Subdoc
and InlineImage) is put out as the text it prints as. Contexts are plain fields, so no author meets that.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from jinja2 import StrictUndefined
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.writers.numbering import COUNTERS, Numbers
from pipeline.writers.watching import note_piece

# Of the private use area: round a value that is to be told from the template's own words.
BEGINS, CALLS, ENDS = "\ue010", "\ue011", "\ue012"
_UNMARKED = dict.fromkeys(map(ord, (BEGINS, CALLS, ENDS)))
_LINE_BREAKS = dict.fromkeys(map(ord, "\r\v\f"), "\n")
# XML has no way to hold these. Half of a character (a surrogate) shows as a missing one; nothing shows any of the others.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_NOTHING: dict[int, str | None] = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF])
_AS_TEXT = {**_NOTHING, **_HALVES, **_LINE_BREAKS, ord("\t"): "\t", ord("\n"): "\n"}


class _Sandbox(SandboxedEnvironment):
    code_generator_class = NativeCodeGenerator  # writes `finalize(value)`, not `escape(finalize(value))`: `_put` has escaped it

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The sandbox's answer, and a short way to what nearly every tag asks for: a field of a dataclass, or a number."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()) and not attribute.startswith("_"):
            return getattr(obj, attribute)
        if type(obj) is Numbers and attribute in COUNTERS:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja has it
        """The same for what counts: a plan has some hundreds of ids, and nothing of a school's is called."""
        if type(getattr(__obj, "__self__", None)) is Numbers and __obj.__name__ in COUNTERS:
            return __obj(*args)
        return super().call(__context, __obj, *args, **kwargs)


def _put(value: object) -> str:
    """What a tag puts out, as XML. Markup that holds tags was made by the template itself, in a macro or a block."""
    if type(value) is str:
        return _as_xml(value)
    if isinstance(value, Markup):
        return value.translate(_AS_TEXT) if "<" in value else _as_xml(value.unescape())
    return _as_xml(str(value))


@dataclass(frozen=True)
class _Named:
    """A value with the name that the template has for it."""

    value: object
    name: str


def _put_marked(value: object) -> str:
    """The same, marked where it has a name, but for markup that the template itself made."""
    if not isinstance(value, _Named):
        return _put(value)
    put = _put(value.value).translate(_UNMARKED)
    is_markup = isinstance(value.value, Markup) and "<" in value.value
    return put if is_markup else f"{BEGINS}{_as_xml(value.name)}{CALLS}{put}{ENDS}"


@lru_cache(maxsize=4096)  # the words of the rubric stand in every plan
def _as_xml(text: str) -> str:
    """Text as the content of an XML element or attribute: escaped, and without characters that XML cannot hold."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").translate(_AS_TEXT)
    return escape(text)


@cache
def open_language(*, marks_values: bool = False) -> SandboxedEnvironment:
    """The language, made once a process. With `marks_values` it also has the filter `named`: what goes through it stands
    between BEGINS and ENDS, its name and CALLS in front, so that it can be told from the template's own words."""
    language = _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_put_marked if marks_values else _put)
    if marks_values:
        language.filters["named"] = _Named
    for unsafe in ("safe", "urlize"):
        del language.filters[unsafe]
    language.filters["_watch"] = note_piece
    return language

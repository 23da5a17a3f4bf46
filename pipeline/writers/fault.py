"""Why a template cannot be used, in plain words and with its place."""

import re
from html import unescape
from textwrap import shorten
from traceback import walk_tb

from jinja2 import TemplateError, TemplateSyntaxError
from lxml.etree import XMLSyntaxError

_COMPILED = "<template>"  # what Jinja calls a file that has no name
_SHOWN = 100  # characters of the paragraph


class BrokenTemplateError(Exception):
    """What is wrong with a template and where, fit to be shown."""


def fault_of(error: Exception, where: str, lined: str) -> BrokenTemplateError:
    """An error as a person is told it. `lined` is the template's text, a line a paragraph; `where` names the part it is of."""
    near = _near(error, lined)
    return BrokenTemplateError(f"{_plain(error)}, in {where}{near and f' near “{near}”'}")


def _plain(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return str(error.message).rstrip(".")
    if isinstance(error, XMLSyntaxError):
        return "a condition or a loop that begins and ends in different paragraphs, rows or cells"
    return f"a tag that cannot be worked out ({type(error).__name__})"


def _near(error: Exception, lined: str) -> str:
    """The text of the paragraph at which it happened; empty where that cannot be told."""
    if isinstance(error, TemplateSyntaxError):
        line = error.lineno
    else:
        frames = [number for frame, number in walk_tb(error.__traceback__) if frame.f_code.co_filename == _COMPILED]
        line = frames[-1] if frames else 0
    lines = lined.split("\n")
    text = unescape(re.sub(r"<[^>]+>", " ", lines[line - 1])) if 0 < line <= len(lines) else ""
    return shorten(text, _SHOWN, placeholder=" …")

"""Tags that would be left standing: what a template's own text holds that looks like a piece of one."""

import re

from jinja2 import Environment

_PIECES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


def has_left_over(text: str, language: Environment) -> bool:
    """Whether a part of a template, as docxtpl has patched it, holds a piece of a tag: `}}` without its other half.

    What stands in a `raw` block is meant to be read, and so is `{_{`, docxtpl's way to write braces.
    """
    is_raw = False
    for _, kind, token in language.lex(text):
        if kind in ("raw_begin", "raw_end"):
            is_raw = kind == "raw_begin"
        elif kind == "data" and not is_raw and _PIECES.search(token):
            return True
    return False

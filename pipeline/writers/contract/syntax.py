"""What is wrong with the writing of a tag, in words for somebody who does not program."""

import difflib
import re

from pipeline.writers.contract.tag import Tag

_STATEMENTS = ("for", "endfor", "if", "elif", "else", "endif", "set")
_ODD = re.compile(r"unexpected char '(.+)' at")
_ASSIGNED = re.compile(r"got '='")
_ODD_QUOTES = frozenset("„‚‟‛«»‹›′″´`＂＇")


def say_syntax(tag: Tag, told: str) -> str:
    """What to do about a tag that Jinja, which said `told` of it, cannot read."""
    if tag.start < 0:
        return "Write it without quotation marks: this tag stands in the description of a picture or the like."
    odd = _ODD.search(told)
    if odd:
        what = "a straight quotation mark" if odd[1] in _ODD_QUOTES else "an ordinary character"
        return f"Type {what} in place of “{odd[1]}”."
    if "%" in tag.code and tag.prefix:
        return f"Write it without % or braces inside: a %{tag.prefix} tag cannot hold them."
    if _ASSIGNED.search(told):
        return "Write == where two things are compared."
    if not tag.code or re.fullmatch(r"if|elif|for", tag.code):
        return "Write a name into it, or delete it."
    if tag.word == "for":
        return "Write it like {%p for action in priorities %}: a word of your own, “in”, and the name of a list."
    if tag.code.count('"') % 2 or tag.code.count("'") % 2:
        return "Close the quotation marks in it; text that holds an apostrophe stands in double quotation marks."
    if tag.kind == "value":
        first = tag.code.split()[0]
        if first in _STATEMENTS:
            return f"Write {{% {tag.code} %}}: what decides or repeats has percent signs."
        if re.fullmatch(r"[\w. ]+", tag.code):
            joined = ".".join(tag.code.replace(".", " ").split())
            return f"Write a full stop between the parts of a name: {{{{ {joined} }}}}."
    return "Write it like one of the examples in docs/template-names.md."


def say_statement(tag: Tag) -> str:
    """What to do about a tag with percent signs whose first word says nothing."""
    word = tag.word
    if word in ("p", "tr", "tc", "r"):
        meant = f"{{%{word} {tag.code[len(word) :].strip()} %}}"
        return f"Write %{word} with no space between the two, and an ordinary space behind: {meant}."
    if word in ("include", "import", "from", "extends"):
        return "Copy the text into this template: one template cannot bring in another."
    if re.match(r"else\s*if|elseif|elsif", tag.code):
        return f"Write {{%{tag.prefix} elif … %}}."
    if word == "end":
        return f"Write what ends: {{%{tag.prefix} endif %}} or {{%{tag.prefix} endfor %}}."
    if word == "else":
        return f"Write {{%{tag.prefix} else %}} and nothing more; {{%{tag.prefix} elif … %}} has a condition."
    if "." in tag.code or not word:
        return (
            f"Write {{{{ {tag.code} }}}}: what prints has two braces on each side."
            if word
            else "Write a word into it, or delete it."
        )
    near = difflib.get_close_matches(word, _STATEMENTS, 1)
    return (
        f"Write “{near[0]}” in place of “{word}”."
        if near
        else f"Write for, if, elif, else, endif or endfor; “{word}” means nothing."
    )

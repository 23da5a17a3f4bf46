"""The template of a page: a plain HTML file with names in double braces, which anybody may edit.

A value is put in as it is given, once, and never read again. The page's policy lets run and show only what stands in the
template itself, by digest, and lets the browser fetch nothing at all.
"""

import difflib
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.model.finding import Finding, Place, find

_NAME = re.compile(r"\{\{ *(\w+) *\}\}")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class PageTemplate:
    """A page's template, its line ends as a browser counts them."""

    text: str

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The page. `values` are HTML; `policy` is not among them."""
        parts = _NAME.split(self.text)
        filled = {**values, "policy": self.policy}
        parts[1::2] = [filled[name] for name in parts[1::2]]
        return "".join(parts).encode("utf-8", "replace")

    @property
    def policy(self) -> str:
        """What the browser may do (Content Security Policy, level 3): show our styles, run our scripts, fetch nothing."""
        styles, scripts = _digests(_STYLE, self.text), _digests(_SCRIPT, self.text)
        nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:"
        return f"{nothing}; style-src {styles}; script-src {scripts}"


def load_page_template(
    path: Path, name: str, known: frozenset[str], required: frozenset[str]
) -> tuple[PageTemplate | None, tuple[Finding, ...]]:
    """Reads a page's template; `known` are the names it may use, `required` those it must. Findings: CF105."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        return None, (find("CF105", Place(name), error.strerror or "cannot be opened", remedy=f"Put {name} back."),)
    except UnicodeDecodeError:
        return None, (find("CF105", Place(name), "not UTF-8", remedy="Save the page's template as text in UTF-8."),)
    named = [(found[1], text.count("\n", 0, found.start()) + 1) for found in _NAME.finditer(text)]
    wrong = [_unknown(name, word, line, known) for word, line in named if word not in known]
    missing = sorted(required - {word for word, _ in named})
    lacking = [
        find("CF105", Place(name), f"no {{{{ {word} }}}}", remedy=f"Put {{{{ {word} }}}} back where it stood.")
        for word in missing
    ]
    findings = (*wrong, *lacking)
    return (None if findings else PageTemplate(text)), findings


def _unknown(name: str, word: str, line: int, known: frozenset[str]) -> Finding:
    near = difflib.get_close_matches(word, known, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"the page may use: {', '.join(sorted(known))}."
    remedy = f"There is nothing called “{word}” here; {hint}"
    return find("CF105", Place(name, cell=f"line {line}"), f"“{word}”", remedy=remedy)


def _digests(kind: re.Pattern[str], text: str) -> str:
    """The digests of all that stands between such tags; 'none' where nothing does."""
    digests = [b64encode(sha256(found.encode()).digest()).decode() for found in kind.findall(text)]
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"

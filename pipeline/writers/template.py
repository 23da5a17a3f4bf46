"""Word templates: docxtpl's template language, with values that are only ever values.

Names must exist, code in a template cannot reach the machine, and nothing a school typed is ever read as template code: braces
in a value become character references, which no later step of docxtpl takes for tags.
"""

import difflib
from dataclasses import dataclass, fields
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.model.finding import Finding, Place, find
from pipeline.writers.archive import settle

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_MEND = "Open the template in Word and mend the tag named."
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


@dataclass(frozen=True)
class Properties:
    """What the finished document says of itself: title, author and subject."""

    title: str
    author: str
    subject: str


@dataclass(frozen=True)
class Template:
    """A Word template read once. `name` is how findings call it."""

    name: str
    content: bytes

    def fill(
        self, context: "DataclassInstance", properties: Properties, saved_on: date
    ) -> tuple[bytes | None, tuple[Finding, ...]]:
        """A finished document; the fields of `context` are the names it may use. Findings: CF105, and then no document."""
        document = DocxTemplate(BytesIO(self.content))
        names = {field.name: getattr(context, field.name) for field in fields(context)}
        try:
            document.render(names, jinja_env=_environment(), autoescape=True)
        except (
            Exception
        ) as error:  # a template may hold any expression, so filling it may raise anything; it is the template's fault
            return None, (find("CF105", Place(self.name), _plain_fault(error), remedy=_MEND),)
        core = document.docx.core_properties
        core.title, core.author, core.subject, core.language = properties.title, properties.author, properties.subject, "en-GB"
        result = BytesIO()
        document.save(result)
        return settle(result.getvalue(), saved_on.isoformat()), ()


def load_template(path: Path, name: str, model: "type[DataclassInstance]") -> tuple[Template | None, tuple[Finding, ...]]:
    """Reads a template and checks that every name in it is a field of `model`. Findings: CF105."""
    try:
        content = path.read_bytes()
        document = DocxTemplate(BytesIO(content))
        named = document.get_undeclared_template_variables(jinja_env=_environment())
    except OSError as error:
        return None, (find("CF105", Place(name), error.strerror or "cannot be opened", remedy=f"Put {name} back."),)
    except TemplateError as error:
        return None, (find("CF105", Place(name), _plain_fault(error), remedy=_MEND),)
    except Exception:  # python-docx raises many kinds for a file that is not a Word document
        return None, (
            find("CF105", Place(name), "not a Word document", remedy="Save the template as a Word document (.docx)."),
        )
    known = [field.name for field in fields(model)]
    unknown = sorted(set(named) - set(known))
    findings = tuple(find("CF105", Place(name), f"“{wrong}”", remedy=_nearest(wrong, known)) for wrong in unknown)
    return (None if findings else Template(name, content)), findings


def _nearest(wrong: str, known: list[str]) -> str:
    near = difflib.get_close_matches(wrong, known, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"a template may use: {', '.join(known)}."
    return f"There is nothing called “{wrong}” here; {hint}"


def _plain_fault(error: Exception) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"{error.message} (line {error.lineno} of the template's text)"
    return (
        str(error.message) if isinstance(error, TemplateError) else f"a tag that cannot be worked out ({type(error).__name__})"
    )


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_as_value)


def _as_value(value: object) -> object:
    """A value as text of the document, its braces hidden from every later step."""
    if isinstance(value, str):
        return Markup(str(escape(value)).translate(_BRACES))
    return value

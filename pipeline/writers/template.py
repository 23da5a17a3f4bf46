"""Word templates: docxtpl's template language, compiled once a template, with values that are only ever values.

A filled document equals what docxtpl makes of the same template and values (`render(context, autoescape=True)`), part by part
as canonical XML, except, on purpose:

- Values are text. A value is never read as template code, in no part: a document of several sections has its footnotes filled
  once, not once a section, and `{_{` in a value stays as it is. Nor is a value ever markup (see `language`).
- Control characters in values: a carriage return, a vertical tab and a form feed are line breaks, as the newline is; those that
  XML cannot hold are left out. docxtpl cuts the text there, or fails; to it a bell is a new paragraph, a form feed a new page.
- Core properties: title, author, subject, language and both dates are ours, escaped once where docxtpl escapes twice; an empty
  property is not added. A tag in any other property is filled.
- What comes of a template's tags is refused where it is not well-formed. docxtpl drops text until it is.
- Word's own numbers of controls and bookmarks are given anew; those of paragraphs are left out (see `numbering`).
- A document that breaks a rule which Word relies on is not made (see `validity`).
- Members of the zip that are not filled are copied as they lie in the template, packed, in its order.

Names must exist, and code in a template cannot reach the machine.
"""

import difflib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.finding import Finding, Place, find

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from pipeline.writers.compiling import CompiledTemplate, Rendered
    from pipeline.writers.validity.rule import Fault

_MEND = "Open the template in Word and mend the tag named."
_TOLD = 20  # faults of one file that are told at once


@dataclass(frozen=True)
class Properties:
    """What the finished document says of itself: title, author and subject."""

    title: str
    author: str
    subject: str


@dataclass(frozen=True)
class Filled:
    """A finished document, and all that it shows, a line a paragraph."""

    content: bytes
    shown: str


@dataclass(frozen=True)
class Template:
    """A Word template read once. `name` is how findings call it; `fast` packs documents with isal, which must be installed.

    It is compiled where it is first used, once a process, so that it is light to send to another.
    """

    name: str
    content: bytes
    fast: bool = False

    def fill(
        self, context: "DataclassInstance", properties: Properties, saved_on: date, document: str = ""
    ) -> tuple[bytes | None, tuple[Finding, ...]]:
        """A finished document; the fields of `context` are the names it may use. The same arguments give the same bytes where
        the same library packs them (see `package.pack`). `document` is how findings call it.

        Findings: CF105, VD101, and then no document."""
        rendered, findings = self._render(context, properties, saved_on, document)
        return self._compiled.join(rendered, fast=self.fast) if rendered else None, findings

    def fill_and_show(
        self, context: "DataclassInstance", properties: Properties, saved_on: date, document: str = ""
    ) -> tuple[Filled | None, tuple[Finding, ...]]:
        """The same with what it shows, for what must be found in it again."""
        rendered, findings = self._render(context, properties, saved_on, document)
        if rendered is None:
            return None, findings
        return Filled(self._compiled.join(rendered, fast=self.fast), self._compiled.show(rendered)), findings

    @property
    def _compiled(self) -> "CompiledTemplate":
        from pipeline.writers.compiling import compile_template  # noqa: PLC0415 - docxtpl takes 0.1 s to load

        return compile_template(self.content)

    def _render(
        self, context: "DataclassInstance", properties: Properties, saved_on: date, document: str
    ) -> "tuple[Rendered | None, tuple[Finding, ...]]":
        from pipeline.writers.fault import BrokenTemplateError  # noqa: PLC0415

        names = {field.name: getattr(context, field.name) for field in fields(context)}
        try:
            rendered = self._compiled.render(names, properties, saved_on)
        except BrokenTemplateError as fault:
            return None, (find("CF105", Place(self.name), f"{fault}", remedy=_MEND),)
        broken = self._compiled.check(rendered)
        told = tuple(_refuse(fault, document or self.name, self.name) for fault in broken[:_TOLD])
        return None if broken else rendered, told


def _refuse(fault: "Fault", document: str, template: str) -> Finding:
    return find("VD101", Place(document), f"{fault}", template=template, remedy=fault.rule.remedy)


def load_template(
    path: Path, name: str, model: "type[DataclassInstance]", *, fast: bool = False
) -> tuple[Template | None, tuple[Finding, ...]]:
    """Reads a template and checks that every name in it is a field of `model`, and that it breaks no rule that a document must
    keep. Findings: CF105."""
    from pipeline.writers.compiling import compile_template  # noqa: PLC0415 - docxtpl takes 0.1 s to load
    from pipeline.writers.fault import BrokenTemplateError  # noqa: PLC0415

    try:
        content = path.read_bytes()
        compiled = compile_template(content)
        named, broken = compiled.names, compiled.validity.faults
    except OSError as error:
        return None, (find("CF105", Place(name), error.strerror or "cannot be opened", remedy=f"Put {name} back."),)
    except BrokenTemplateError as fault:
        return None, (find("CF105", Place(name), f"{fault}", remedy=_MEND),)
    except Exception:  # python-docx raises many kinds for a file that is not a Word document
        return None, (
            find("CF105", Place(name), "not a Word document", remedy="Save the template as a Word document (.docx)."),
        )
    known = [field.name for field in fields(model)]
    unknown = sorted(named - set(known))
    findings = tuple(find("CF105", Place(name), f"“{wrong}”", remedy=_nearest(wrong, known)) for wrong in unknown) + tuple(
        find("CF105", Place(name), f"{fault}", remedy=f"Open the template in Word: {fault.rule.remedy}.")
        for fault in broken[:_TOLD]
    )
    return (None if findings else Template(name, content, fast)), findings


def _nearest(wrong: str, known: list[str]) -> str:
    near = difflib.get_close_matches(wrong, known, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"a template may use: {', '.join(known)}."
    return f"There is nothing called “{wrong}” here; {hint}"

"""What only compiling a template shows: the last look, where everything else about it was found right."""

from collections.abc import Iterator

from pipeline.writers.compiling import compile_template
from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.fault import BrokenTemplateError
from pipeline.writers.language import open_language
from pipeline.writers.proof import is_torn

_MEND = "Delete the tags there and type them anew, each in one go."


def find_unfillable(content: bytes) -> Iterator[Fault]:
    """What keeps a template from being filled at all: TP413, TP404. Raises: what python-docx raises for what is no template."""
    try:
        compiled = compile_template(content)
        for part in compiled.parts.values():
            _ = part.names  # asking finds filters that there are not
            if is_torn(part.source.text, open_language()):
                yield fault("TP404", None, f"a tag that cuts through the layout, in {part.source.kind}", remedy=_MEND)
    except BrokenTemplateError as broken:
        yield fault("TP413", None, f"{broken}", remedy=_MEND)

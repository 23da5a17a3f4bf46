"""The templates of a project: read and found sound before anything is filled."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.model.contract import CONTRACTS, PLAN, Contract
from pipeline.model.finding import Finding
from pipeline.writers.template import Template, load_template
from pipeline.writers.whole_file import write_whole

_REMEMBERED = ".templates"


def load_templates(root: Path, files: Iterable[str], *, fast: bool) -> tuple[Mapping[str, Template], tuple[Finding, ...]]:
    """File → template, for every one of them that may be filled. Findings: CF105, the errors of TP4xx.

    One that was found sound before, and has not changed since, is not looked into again.
    """
    sound = _recall(root)
    templates: dict[str, Template] = {}
    findings: list[Finding] = []
    for file in files:
        path, name, contract = root / "templates" / file, f"templates/{file}", _contract_of(file)
        content = path.read_bytes() if path.is_file() else None
        if content is not None and _digest(contract, content) in sound:
            templates[file] = Template(name, content, fast)
            continue
        if content is not None and (errors := _find_errors(content, name, contract)):
            findings += errors
            continue
        template, faults = load_template(path, name, contract.context, fast=fast)
        findings += faults
        if template:
            templates[file] = template
    return templates, tuple(findings)


def _contract_of(file: str) -> Contract:
    """Papers are filled with plans."""
    return next((contract for contract in CONTRACTS if contract.file == file), PLAN)


def _find_errors(content: bytes, name: str, contract: Contract) -> list[Finding]:
    from pipeline.runner.template_check import check_template  # noqa: PLC0415 - seldom needed

    faults = check_template(content, name, contract, errors_only=True)
    return [fault.finding for fault in faults if fault.finding.is_error]


def remember_templates(root: Path, templates: Mapping[str, Template]) -> None:
    """Notes which templates are sound, so that the next run need not look into them."""
    digests = [_digest(_contract_of(file), template.content) for file, template in templates.items()]
    with suppress(OSError):  # then the next one looks again
        write_whole(root / "outputs" / _REMEMBERED, "".join(f"{digest}\n" for digest in sorted(digests)).encode())


def _recall(root: Path) -> frozenset[str]:
    try:
        return frozenset((root / "outputs" / _REMEMBERED).read_text("ascii").split())
    except (OSError, ValueError):
        return frozenset()


def _digest(contract: Contract, content: bytes) -> str:
    """Changes when the template, the program's version or the names that the template may use do."""
    names = "\0".join((__version__, contract.file, *sorted(contract.names)))
    return sha256(names.encode() + content).hexdigest()

"""A template checked: what it is a template of, every fault of it, and a copy in which the faults are marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.model.contract import CONTRACTS, PLAN, Contract
from pipeline.model.finding import Finding, Place, find
from pipeline.readers.word_guard import guard_template
from pipeline.runner.documents import not_written
from pipeline.writers.contract.checking import TemplateFile, name_file
from pipeline.writers.contract.fault import Fault
from pipeline.writers.contract.filling import find_unfillable
from pipeline.writers.contract.remark import mark_faults
from pipeline.writers.issued import Issued
from pipeline.writers.whole_file import write_whole

_PUT_BACK = "Put back a copy of the template that opens in Word."


@dataclass(frozen=True)
class Checked:
    """A template checked: which kind it is, what was found, and where the marked copy is (None where there is none)."""

    contract: Contract
    findings: tuple[Finding, ...]
    marked: Path | None


def check_template(content: bytes, name: str, contract: Contract, *, errors_only: bool = False) -> list[Fault]:
    """Every fault of a template, in the order of the document; `name` is how findings call it. Findings: TP4xx."""
    refused = guard_template(content, name)
    if refused:
        return [Fault(finding) for finding in refused]
    try:
        file = TemplateFile(content)
        faults = file.find_errors(contract.context) if errors_only else file.find_all(contract.context)
        if not any(fault.finding.is_error for fault in faults):
            faults += find_unfillable(content)
    except Exception:  # a damaged file has many ways to fail
        return [Fault(find("TP400", Place(name), "a damaged file", remedy=_PUT_BACK))]
    return list(name_file(faults, name))


def recognise(path: Path, content: bytes) -> Contract:
    """Which template a file is: by its name or, where it is called otherwise, the one whose names it uses."""
    for contract in CONTRACTS:
        if path.name.startswith(contract.file.removesuffix(".docx")):
            return contract
    if guard_template(content, path.name):
        return PLAN
    try:
        file = TemplateFile(content)
        return min(CONTRACTS, key=lambda contract: file.count_unknown(contract.context))
    except Exception:  # it is told when the file is checked
        return PLAN


def check_file(root: Path, path: Path, name: str) -> Checked:
    """Checks a template and writes the marked copy to `outputs/templates`. Findings: TP4xx, CF105, WR601."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Checked(
            PLAN, (find("CF105", Place(name), error.strerror or "cannot be opened", remedy=f"Put {name} back."),), None
        )
    contract = recognise(path, content)
    faults = check_template(content, name, contract)
    findings = tuple(fault.finding for fault in faults)
    try:
        return Checked(contract, findings, _write_marked(root, path, content, faults))
    except OSError as error:
        return Checked(contract, (*findings, not_written(path, error)), None)


def _write_marked(root: Path, path: Path, content: bytes, faults: Sequence[Fault]) -> Path | None:
    """One of ours that nobody needs any more goes; one that was changed by hand is kept beside the new one."""
    folder = root / "outputs" / "templates"
    target = folder / f"{path.stem} (faults marked).docx"
    issued = Issued(folder / ".issued")
    marked = mark_faults(content, faults) if faults else None
    if target.exists():
        on_disk = target.read_bytes()
        digest = sha256(on_disk).hexdigest()
        if digest not in issued:
            write_whole(target.with_name(f"{target.stem} (changed by hand {digest[:8]}).docx"), on_disk)
        if marked is None:
            target.unlink()
    if marked is None:
        return None
    issued.add(sha256(marked).hexdigest())
    write_whole(target, marked)
    return target

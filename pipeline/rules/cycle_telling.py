"""What is said of a cycle that was opened, and of one that is deleted."""

from collections.abc import Iterator, Sequence

from pipeline.model.cycles import Heap
from pipeline.model.settings import Cycle
from pipeline.rules.planning import written_date


def tell_opened(cycle: Cycle, key: str, returns: str, plans: str, held: int) -> Iterator[str]:
    """The dates, the folders, and what to do next."""
    yield f"{cycle.label} ({key}) is open, and is now the cycle that every command works on."
    yield (
        f"Returns are due on {written_date(cycle.returns_due)}, statutory gaps are to be closed by "
        f"{written_date(cycle.gaps_closed_by)}, and plans are reviewed on {written_date(cycle.review_on)}."
    )
    yield "Please check these dates against your own terms and holidays: they are in config/settings.yaml."
    if held:
        yield f"Its folders hold {held} {'file' if held == 1 else 'files'} already."
    yield "Next:"
    yield f"  1. Put last term's plans, as schools send them back, into {plans}."
    yield "  2. inclusion workbooks: each school's workbook, with its last answers in it."
    yield f"  3. Put the workbooks that come back into {returns}, and say: inclusion run."


def tell_heaps(heaps: Sequence[Heap], key: str) -> Iterator[str]:
    """What would be deleted."""
    yield f"To be deleted, of {key}:"
    for heap in heaps:
        yield f"  {heap.name}: {_count(heap.files)}, {heap.size / 1_000_000:,.1f} MB"


def tell_remains(key: str) -> Iterator[str]:
    """What this command cannot reach, so that nobody thinks it gone."""
    yield f"{key} is deleted from this project."
    yield "What is left, and is not ours to delete:"
    yield "  - e-mails and attachments, sent and received, and copies in shared folders or on other machines;"
    yield "  - backups and earlier versions that your systems keep;"
    yield "  - what a later cycle took over: answers and evidence in its workbooks and records, actions in its plans;"
    yield "  - the cycle's name and dates in config/settings.yaml. Leave them there while a later cycle is compared with it."


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"

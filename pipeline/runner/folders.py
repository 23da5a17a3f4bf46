"""Where the files of a cycle are."""

from dataclasses import dataclass
from pathlib import Path

# What operating systems and sync programs leave in a folder; not a return by any reading.
_NOT_RETURNS = {".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"}
_INSIDE = " › "  # between an attachment's name and that of a file in it


@dataclass(frozen=True)
class Folders:
    """The folders of one cycle of a project."""

    root: Path
    cycle: str

    @property
    def returns(self) -> Path:
        """Where the officer drops what arrives."""
        return self.root / "inputs" / self.cycle / "returns"

    @property
    def outputs(self) -> Path:
        """Where everything we make goes."""
        return self.root / "outputs" / self.cycle

    @property
    def plans(self) -> Path:
        """The Word plans."""
        return self.outputs / "plans"

    @property
    def extracts(self) -> Path:
        """The extracts made of a plan, where the settings ask for any."""
        return self.outputs / "extracts"

    @property
    def strategies(self) -> Path:
        """The draft inclusion strategies, where a run was asked for them."""
        return self.outputs / "strategies"

    @property
    def records(self) -> Path:
        """The records, one a school."""
        return self.outputs / "records"

    @property
    def workbooks(self) -> Path:
        """The blank workbooks."""
        return self.outputs / "workbooks"

    @property
    def notes(self) -> Path:
        """The notes back to schools, and the marked copies beside them."""
        return self.outputs / "notes"

    @property
    def districts(self) -> Path:
        """The papers of districts, communities and trusts."""
        return self.outputs / "districts"

    @property
    def returned_plans(self) -> Path:
        """Where the officer drops the plans of the last cycle that come back."""
        return self.root / "inputs" / self.cycle / "plans"

    @property
    def sent(self) -> Path:
        """The plans as they were sent, kept for when they come back: a folder a school."""
        return self.outputs / "sent"

    @property
    def profiles(self) -> Path:
        """What the LA's papers read of each school, a line a school."""
        return self.outputs / ".profiles"

    @property
    def heat_rows(self) -> Path:
        """What the overview page shows of each school, a line a school."""
        return self.outputs / ".heat-rows"

    @property
    def moderation(self) -> Path:
        """The advisers' sheet, visit forms and agreement."""
        return self.outputs / "moderation"

    @property
    def judgements(self) -> Path:
        """The advisers' judgements that were imported; beside the returns, since nothing of ours can make them again."""
        return self.root / "inputs" / self.cycle / "moderation.json"

    @property
    def judgements_name(self) -> str:
        """How findings call that file."""
        return f"inputs/{self.cycle}/moderation.json"

    @property
    def index(self) -> Path:
        """What became of every file in the last run."""
        return self.outputs / "run.json"

    @property
    def copies(self) -> Path:
        """Of which plans there are PDF copies."""
        return self.outputs / ".pdf"

    @property
    def journal(self) -> Path:
        """What became of files so far, in a run that is not finished."""
        return self.outputs / ".journal"

    def list_returns(self) -> list[Path]:
        """Every file of the returns folder and of the folders in it, by name."""
        return sorted(path for path in self.returns.rglob("*") if path.is_file() and path.name not in _NOT_RETURNS)

    def list_returned_plans(self) -> list[Path]:
        """Every file of the plans folder and of the folders in it, by name."""
        return sorted(path for path in self.returned_plans.rglob("*") if path.is_file() and path.name not in _NOT_RETURNS)

    def name_of(self, path: Path) -> str:
        """How findings and the index call a returned file: by its path from the returns folder."""
        return path.relative_to(self.returns).as_posix() if path.is_relative_to(self.returns) else path.name


def outer(name: str) -> str:
    """The file in the folder that a name belongs to: itself, or the attachment it is in."""
    return name.partition(_INSIDE)[0]

"""What the toolkit itself brings for a project to begin with."""

from pathlib import Path


def find_starter() -> Path:
    """The folder that holds the toolkit's own `config` and `templates`.

    An installed toolkit carries them inside its package (`package-dir` in pyproject.toml); in a checkout they stand beside it.
    """
    package = Path(__file__).parent.parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent

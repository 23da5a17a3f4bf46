"""Whole files only: written beside, then put in place, and left alone where nothing has changed."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> bool:
    """Puts `content` at `path` in one step; a reader sees the old file or the new one, never a part.

    Gives whether the file changed. Raises: OSError, with the old file still in place.
    """
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return True

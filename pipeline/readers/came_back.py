"""Whether a school's record knows of a plan that came back: read with the standard library, since there are many."""

import json
from pathlib import Path


def was_left_out(record: Path, digest: str) -> bool:
    """Whether a school was rated while nothing came back of it, though the plan with this digest (SHA-256, hex) lies there. Of
    a record that cannot be read, nothing is told."""
    try:
        content = record.read_bytes()
        return digest.encode() not in content and json.loads(content)["came_back"] is None
    except (OSError, ValueError, KeyError, TypeError):
        return False

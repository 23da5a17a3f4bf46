"""An explanation for another program to read."""

import json
from dataclasses import asdict

from pipeline.model.explanation import Explanation


def write_explanation(explanation: Explanation) -> bytes:
    """The explanation as JSON; the field names are those of the model."""
    return json.dumps(asdict(explanation), ensure_ascii=False, indent=1).encode() + b"\n"

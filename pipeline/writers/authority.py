"""The local authority's own particulars, written into its settings."""

from dataclasses import asdict

from pipeline.model.settings import Authority
from pipeline.writers.yaml_edit import dump, edit, parse


def name_authority(settings: bytes, authority: Authority) -> bytes:
    """The file `settings.yaml` with this authority in it; its comments, and everything else, as they were."""
    document = parse(settings.decode("utf-8-sig"))
    edit(document["authority"], asdict(authority))
    return dump(document).encode()

"""A local authority's settings as they begin: its own particulars, and no cycle before the first."""

from dataclasses import asdict

from pipeline.model.settings import Authority
from pipeline.writers.yaml_edit import dump, edit, parse


def begin_settings(settings: bytes, authority: Authority) -> bytes:
    """The file `settings.yaml` with this authority in it and the current cycle alone; its comments and all else stay."""
    document = parse(settings.decode("utf-8-sig"))
    edit(document["authority"], asdict(authority))
    for key in [key for key in document["cycles"] if key != document["cycle"]]:
        del document["cycles"][key]
    return dump(document).encode()

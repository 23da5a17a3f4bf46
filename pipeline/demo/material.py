"""The package's own YAML files, as plain values."""

from importlib import resources
from typing import Any

from ruamel.yaml import YAML


def load_material(name: str) -> Any:
    """What a YAML file beside this module holds: dictionaries, lists, text and numbers. `name` may lie in a folder."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return YAML(typ="safe").load(text)


def list_material(folder: str) -> tuple[str, ...]:
    """The names of the YAML files in a folder, as `load_material` takes them."""
    found = resources.files(__package__).joinpath(folder).iterdir()
    return tuple(sorted(f"{folder}/{file.name}" for file in found if file.name.endswith(".yaml")))

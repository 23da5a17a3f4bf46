"""Local services by the names that schools know: wording refers to one as {lift}, and a renamed service is one edit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.model.settings import Guidance, Service, Term

_REFERENCE = re.compile(r"\{([a-z][a-z-]*)\}")

Wording = TypeVar("Wording")


def find_references(text: str) -> Iterator[str]:
    """The services that a text refers to."""
    return (found[1] for found in _REFERENCE.finditer(text))


def name_services(wording: Wording, services: Mapping[str, Service]) -> Wording:
    """The same rubric, guidance or other wording with the name of each service in place of its reference."""
    named: Wording = _name(wording, services)
    return named


def _name(value: Any, services: Mapping[str, Service]) -> Any:
    if isinstance(value, str):
        return _REFERENCE.sub(lambda found: _name_of(found, services), value) if "{" in value else value
    if isinstance(value, tuple):
        return tuple(_name(one, services) for one in value)
    if isinstance(value, Mapping):
        return {key: _name(one, services) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _name(getattr(value, field.name), services) for field in fields(value)})
    return value


def _name_of(found: re.Match[str], services: Mapping[str, Service]) -> str:
    """A reference to a service that is not listed stays; reading the configuration tells it."""
    return services[found[1]].name if found[1] in services else found[0]


def explain_services(guidance: Guidance, services: Mapping[str, Service]) -> Guidance:
    """The guidance with each service among the terms of the glossary: what it is, and whom to ask."""
    told = [Term(one.name, " ".join(part for part in (one.meaning, one.contact) if part)) for one in services.values()]
    return replace(guidance, glossary=tuple(sorted((*guidance.glossary, *told), key=lambda term: term.term.casefold())))

"""The parts of a document that are never filled, and what the filled ones may refer to: styles, lists, notes, other parts."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.writers.validity.address import is_address
from pipeline.writers.validity.kind import Kind
from pipeline.writers.validity.rule import Fault, Rule
from pipeline.writers.validity.sequence import NAMES

_TYPES_PART = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = {f"{_WORD}{name}+xml" for name in ("document.main", "header", "footer", "footnotes", "endnotes", "comments")}
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NOTES = {"footnotes": Kind.FOOTNOTE, "endnotes": Kind.ENDNOTE, "comments": Kind.COMMENT}
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True)
class Frame:
    """`stories` are the parts that hold paragraphs. Styles are kind and id, as "paragraph Title"; `relations` are the ids of
    each part's relationships; `faults` what is broken in the parts themselves."""

    stories: tuple[str, ...]
    styles: frozenset[str]
    numberings: frozenset[str]
    relations: Mapping[str, frozenset[str]]
    notes: Mapping[Kind, frozenset[str]]
    faults: tuple[Fault, ...]


def read_frame(parts: Mapping[str, bytes], roots: Mapping[str, etree._Element], filled: frozenset[str]) -> Frame:
    """A file's frame. `roots` are its parts of XML, as far as they are well-formed; those `filled` may hold tags."""
    types, faults = _content_types(parts, roots)
    stories = tuple(name for name in parts if types.get(name) in _STORIES and "/glossary/" not in name)
    relations, broken = _read_relations(parts, roots)
    styles, twice = _read_styles(roots)
    numberings, none = _read_numberings(roots, styles)
    notes: dict[Kind, set[str]] = {kind: set() for kind in _NOTES.values()}
    for name in stories:
        if kind := _NOTES.get((types[name]).removeprefix(_WORD).removesuffix("+xml")):
            notes[kind].update(one.get(f"{NAMES}id", "") for one in roots[name] if name in roots and isinstance(one.tag, str))
    more = [*_unreadable(parts, roots), *_given_twice(types, roots), *_left_over(roots, filled)]
    return Frame(
        stories=stories,
        styles=frozenset(styles),
        numberings=frozenset({*numberings, "0"}),
        relations={name: frozenset(ids) for name, ids in relations.items()},
        notes={kind: frozenset(ids) for kind, ids in notes.items()},
        faults=(*faults, *broken, *twice, *none, *more),
    )


def _content_types(parts: Mapping[str, bytes], roots: Mapping[str, etree._Element]) -> tuple[dict[str, str], list[Fault]]:
    """Part → what it is said to be."""
    root = roots.get(_TYPES_PART)
    if root is None:
        return {}, [Fault(Rule.PART_TYPE, _TYPES_PART)]
    named = [(one.get("PartName", "").lstrip("/"), one.get("ContentType", "")) for one in root.iter(f"{_TYPES}Override")]
    endings = {one.get("Extension", "").casefold(): one.get("ContentType", "") for one in root.iter(f"{_TYPES}Default")}
    by_name = dict(named)
    others = [name for name in parts if name != _TYPES_PART]
    types = {name: by_name.get(name) or endings.get(name.rpartition(".")[2].casefold(), "") for name in others}
    faults = [Fault(Rule.PART_TYPE, name) for name, kind in types.items() if not kind]
    faults += [Fault(Rule.PART_MISSING, name) for name in by_name if name not in parts]
    faults += [Fault(Rule.PART_TYPE, name) for name, count in Counter(name for name, _ in named).items() if count > 1]
    return types, faults


def _read_relations(
    parts: Mapping[str, bytes], roots: Mapping[str, etree._Element]
) -> tuple[dict[str, list[str]], list[Fault]]:
    """Part → the ids of its relationships."""
    ids: dict[str, list[str]] = {}
    faults = []
    for name in (name for name in roots if name.endswith(".rels")):
        folder, file = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        for one in roots[name].iter(_RELATIONSHIP):
            ids.setdefault(source, []).append(one.get("Id", ""))
            if rule := _broken_relation(one, source, parts):
                faults.append(Fault(rule, name))
        if len(set(ids.get(source, ()))) < len(ids.get(source, ())):
            faults.append(Fault(Rule.RELATION, name))
    return ids, faults


def _broken_relation(one: etree._Element, source: str, parts: Mapping[str, bytes]) -> Rule | None:
    target, kind = one.get("Target", ""), one.get("Type", "").rpartition("/")[2]
    if one.get("TargetMode") == "External":
        if kind != "hyperlink":
            return Rule.OUTSIDE
        return None if is_address(target) else Rule.LINK_FORM
    if kind == "hyperlink" and target.startswith("#"):
        return None
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
    return None if path in parts else Rule.PART_MISSING


def _read_styles(roots: Mapping[str, etree._Element]) -> tuple[set[str], list[Fault]]:
    root = roots.get("word/styles.xml")
    if root is None:
        return set(), []
    styles = list(root.iter(f"{NAMES}style"))
    ids = [one.get(f"{NAMES}styleId", "") for one in styles]
    names = [one.get(f"{NAMES}val", "").casefold() for one in root.iterfind(f"{NAMES}style/{NAMES}name")]
    based = [one.get(f"{NAMES}val", "") for name in ("basedOn", "next", "link") for one in root.iter(f"{NAMES}{name}")]
    is_broken = len(set(ids)) < len(ids) or len(set(names)) < len(names) or not set(based) <= set(ids)
    found = {f"{one.get(f'{NAMES}type', 'paragraph')} {id}" for one, id in zip(styles, ids, strict=True)}
    return found, [Fault(Rule.STYLE_ID, "word/styles.xml")] if is_broken else []


def _read_numberings(roots: Mapping[str, etree._Element], styles: set[str]) -> tuple[set[str], list[Fault]]:
    root = roots.get("word/numbering.xml")
    if root is None:
        return set(), []
    abstract = {one.get(f"{NAMES}abstractNumId", "") for one in root.iterfind(f"{NAMES}abstractNum")}
    lists = {one.get(f"{NAMES}numId", ""): one.find(f"{NAMES}abstractNumId") for one in root.iterfind(f"{NAMES}num")}
    pointed = {"" if one is None else one.get(f"{NAMES}val", "") for one in lists.values()}
    in_styles = {f"paragraph {one.get(f'{NAMES}val')}" for one in root.iter(f"{NAMES}pStyle")}
    used = (
        {one.get(f"{NAMES}val", "") for one in roots["word/styles.xml"].iter(f"{NAMES}numId")}
        if "word/styles.xml" in roots
        else set()
    )
    is_broken = not pointed <= abstract or not in_styles <= styles or not used <= {*lists, "0"}
    return set(lists), [Fault(Rule.NUMBERING, "word/numbering.xml")] if is_broken else []


def _unreadable(parts: Mapping[str, bytes], roots: Mapping[str, etree._Element]) -> Iterator[Fault]:
    for name in parts:
        if name.endswith((".xml", ".rels")) and name not in roots:
            yield Fault(Rule.UNREADABLE, name)


def _given_twice(types: Mapping[str, str], roots: Mapping[str, etree._Element]) -> Iterator[Fault]:
    """Core and custom properties that stand more than once; custom ones also have numbers of their own, from 2."""
    for name, kind in types.items():
        root = roots.get(name)
        if root is None or kind not in (_CORE, _CUSTOM):
            continue
        children = list(root.iterchildren(etree.Element))
        if kind == _CORE:
            lists = [[str(one.tag) for one in children]]
        else:
            lists = [[one.get(key, "").casefold() for one in children] for key in ("name", "pid")]
        if any(len(set(one)) < len(one) for one in lists) or (kind == _CUSTOM and {"0", "1"} & set(lists[1])):
            yield Fault(Rule.CORE_TWICE, name)


def _left_over(roots: Mapping[str, etree._Element], filled: frozenset[str]) -> Iterator[Fault]:
    """Tags in parts that are not filled. A part may hold text of its own only, so whatever looks like a tag is one."""
    for name, root in roots.items():
        if name not in filled and _TAGS.search("".join(map(str, root.itertext()))):
            yield Fault(Rule.LEFT_OVER, name)

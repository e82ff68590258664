"""Faults of a settings table, all of them, each with its key and the nearest valid one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from transcmp.config.layouts import LAYOUTS
from transcmp.config.patterns import pair_fault, pattern_fault
from transcmp.config.settings import Pair, RuleOptions, Settings

Key = tuple[str | int, ...]
"""Where a value is: names of tables and keys, positions in arrays."""

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong in a settings file."""

    key: Key
    message: str
    """What is wrong, with the key in it."""
    hint: str | None = None
    """What to write instead."""


def show(key: Key) -> str:
    """A key as one writes it: ``pairs[0].source``."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def faults(table: object) -> list[Fault]:
    """Everything wrong with a table of settings; the table converts to Settings if the list is empty."""
    found = list(_faults(table, Settings, ()))
    if not found:
        found = list(_meaning(msgspec.convert(table, Settings)))
    return found


def _faults(value: object, kind: Any, key: Key) -> Iterator[Fault]:
    origin = get_origin(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _table(value, kind, key)
    elif kind == RuleOptions and isinstance(value, dict):
        if "severity" in value:
            yield from _faults(value["severity"], get_args(RuleOptions)[0], (*key, "severity"))
    elif kind == RuleOptions:
        yield from _faults(value, get_args(RuleOptions)[0], key)
    elif origin is dict and isinstance(value, dict):
        for name, item in value.items():
            yield from _faults(item, get_args(kind)[1], (*key, name))
    elif origin is tuple and isinstance(value, list):
        for position, item in enumerate(value):
            yield from _faults(item, get_args(kind)[0], (*key, position))
    else:
        yield from _leaf(value, kind, key)


def _table(value: object, kind: type[msgspec.Struct], key: Key) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(key, f"{show(key)} must be a table, not {_name(value)}")
        return
    kinds = get_type_hints(kind, include_extras=True)
    names = kind.__struct_fields__
    for name, item in value.items():
        if name in names:
            yield from _faults(item, kinds[name], (*key, name))
        else:
            near = get_close_matches(name.replace("-", "_").lower(), names, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"valid here: {', '.join(names)}"
            yield Fault((*key, name), f"unknown key {show((*key, name))!r}", hint)


def _leaf(value: object, kind: Any, key: Key) -> Iterator[Fault]:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if value not in choices:
            near = get_close_matches(str(value), choices, 1)
            hint = f"did you mean {near[0]!r}?" if near else None
            yield Fault(key, f"{show(key)} is one of {', '.join(map(repr, choices))}, not {value!r}", hint)
        return
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        yield Fault(key, f"{show(key)}: {_plain(str(error), kind)}, found {value!r}")


def _plain(message: str, kind: Any) -> str:
    """msgspec's message in the words of this file format."""
    limits = [meta for part in (kind, *get_args(kind)) if get_origin(part) is Annotated for meta in get_args(part)[1:]]
    if any(meta.ge == 0 and meta.le == 1 for meta in limits):
        return "a number from 0 to 1 is expected"
    if any(meta.ge is not None for meta in limits):
        return f"a whole number of at least {limits[0].ge} is expected"
    base = next((part for part in get_args(kind) if part is not type(None)), kind) if get_origin(kind) in (Union, UnionType) else kind
    words = {str: "a string", bool: "true or false", tuple: "an array", dict: "a table"}
    expected = words.get(get_origin(base) or base)
    if get_origin(base) is Annotated:
        expected = "a string that is not empty"
    return f"{expected} is expected" if expected else message.lower()


def _name(value: object) -> str:
    return {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "a table"}.get(
        type(value), "a date"
    )


def _meaning(settings: Settings) -> Iterator[Fault]:
    """What the types do not say."""
    for key, tag in _tags(settings):
        if not _TAG.fullmatch(tag):
            yield Fault(key, f"{show(key)}: {tag!r} is not a language tag", "write for example 'en', 'pt-BR', 'zh-Hant'")
    for position, pair in enumerate(settings.pairs):
        yield from _pair(pair, ("pairs", position), settings)
    for position, pattern in enumerate(settings.ignore.paths):
        if fault := pattern_fault(pattern):
            yield Fault(("ignore", "paths", position), f"ignore.paths: {fault}")
    for position, pattern in enumerate(settings.ignore.patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            yield Fault(("ignore", "patterns", position), f"ignore.patterns: {pattern!r} is not a regular expression: {error}")


def _tags(settings: Settings) -> Iterator[tuple[Key, str]]:
    if settings.source_language:
        yield ("source_language",), settings.source_language
    yield from ((("target_languages", position), tag) for position, tag in enumerate(settings.target_languages))
    yield from ((("languages", tag), tag) for tag in settings.languages)
    for position, pair in enumerate(settings.pairs):
        if pair.source_language:
            yield ("pairs", position, "source_language"), pair.source_language
        yield from ((("pairs", position, "target_languages", at), tag) for at, tag in enumerate(pair.target_languages))


def _pair(pair: Pair, key: Key, settings: Settings) -> Iterator[Fault]:
    if pair.layout:
        if pair.source or pair.target:
            yield Fault((*key, "layout"), f"{show(key)} has a layout and patterns", "give one of them")
        elif pair.layout not in LAYOUTS:
            near = get_close_matches(pair.layout, LAYOUTS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(LAYOUTS)}"
            yield Fault((*key, "layout"), f"no layout {pair.layout!r}", hint)
    else:
        for name, pattern in (("source", pair.source), ("target", pair.target)):
            fault = pattern_fault(pattern) if pattern else "a pattern, or a layout, is missing"
            if fault:
                yield Fault((*key, name) if pattern else key, f"{show((*key, name))}: {fault}")
        if not any(map(pattern_fault, (pair.source, pair.target))) and (fault := pair_fault(pair.source, pair.target)):
            yield Fault((*key, "target"), f"{show(key)}: {fault}")
        languages = pair.target_languages or settings.target_languages
        if pair.target and "{lang}" not in pair.target and len(languages) != 1:
            hint = "put {lang} where the target language stands, or name one target language"
            yield Fault((*key, "target"), f"{show(key)}.target has no {{lang}}", hint)
    if not (pair.source_language or settings.source_language):
        yield Fault(key, f"{show(key)} needs the language of its source files", 'write source_language = "en" at the top')

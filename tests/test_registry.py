from __future__ import annotations

import re
import sys
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from transcmp.embed import encoders
from transcmp.errors import UsageError
from transcmp.language import detectors
from transcmp.readers import formats as readers
from transcmp.registry import Registry
from transcmp.report import file_formats, formats


@pytest.fixture
def numbers() -> Registry[object]:
    return Registry("number", {"half": "fractions:Fraction", "ten": "decimal:Decimal", "broken": "no_such_module:x"})


@pytest.fixture
def with_plugins(monkeypatch: pytest.MonkeyPatch) -> Registry[object]:
    points = [
        EntryPoint("zeta", "math:tau", "transcmp.numbers"),
        EntryPoint("alpha", "math:pi", "transcmp.numbers"),
        EntryPoint("half", "math:inf", "transcmp.numbers"),
        EntryPoint("bad", "math:no_such_constant", "transcmp.numbers"),
    ]

    def entry_points(*, group: str) -> list[EntryPoint]:
        return [point for point in points if point.group == group]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    registry: Registry[object] = Registry("number", {"half": "fractions:Fraction"})
    return registry


def test_listing_imports_nothing(numbers: Registry[object]) -> None:
    assert list(numbers) == ["half", "ten", "broken"]
    assert "no_such_module" not in sys.modules
    assert "broken" in numbers
    assert "other" not in numbers


def test_an_implementation_is_loaded_by_its_name(numbers: Registry[object]) -> None:
    from fractions import Fraction

    assert numbers.load("half") is Fraction


def test_a_wrong_name_is_answered_with_the_nearest(numbers: Registry[object]) -> None:
    with pytest.raises(UsageError, match=r"no number 'haf' \(did you mean 'half'\?\)"):
        numbers.load("haf")
    with pytest.raises(UsageError, match=r"one of half, ten, broken"):
        numbers.load("zzzzzz")


def test_plugins_follow_the_built_in_names_sorted(with_plugins: Registry[object]) -> None:
    assert list(with_plugins) == ["half", "alpha", "bad", "zeta"]


def test_a_plugin_does_not_replace_what_is_built_in(with_plugins: Registry[object]) -> None:
    from fractions import Fraction

    assert with_plugins.load("half") is Fraction


def test_a_plugin_is_loaded(with_plugins: Registry[object]) -> None:
    assert with_plugins.load("alpha") == pytest.approx(3.14159, abs=1e-5)


def test_a_plugin_that_fails_names_its_culprit(with_plugins: Registry[object]) -> None:
    with pytest.raises(UsageError, match=r"plugin for number 'bad' \(math:no_such_constant\) does not load"):
        with_plugins.load("bad")


def test_entry_point_groups_are_names_that_the_specification_allows() -> None:
    registries: list[Registry[Any]] = [encoders, detectors, readers, *formats.values(), *file_formats.values()]
    groups = {registry.group for registry in registries}
    assert {"transcmp.encoders", "transcmp.detectors", "transcmp.readers", "transcmp.check_formats"} <= groups
    assert [group for group in groups if not re.fullmatch(r"\w+(\.\w+)*", group)] == []

"""Errors keep their context wherever they go."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import fields

import pytest

from transcmp import errors
from transcmp.errors import TranscmpError

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, TranscmpError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "carry", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"]
)
def test_an_error_survives_the_way_between_processes(kind, carry):
    context = {field.name: 7 if field.name in {"line", "column", "offset"} else f"the {field.name}" for field in fields(kind)}
    error = kind(**context)
    carried = carry(error)
    assert type(carried) is kind
    assert {field.name: getattr(carried, field.name) for field in fields(kind)} == context
    assert str(carried) == str(error) == "the path:7:7: the message (the hint)"


def test_the_tree_in_the_docstring_is_the_tree():
    assert errors.__doc__ is not None
    for kind in KINDS:
        assert kind.__name__ in errors.__doc__

from __future__ import annotations

import pickle

import pytest

from transcmp import errors
from transcmp.errors import DecodeError, FormatError, MissingExtraError, ReadError, TranscmpError, UsageError

EVERY = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TranscmpError)]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (UsageError(message="nothing to compare"), "nothing to compare"),
        (UsageError(message="nothing to compare", hint="name a file"), "nothing to compare (name a file)"),
        (ReadError(message="no such file", path="a.md"), "a.md: no such file"),
        (FormatError(message="bad entity", path="a.xml", line=3), "a.xml:3: bad entity"),
        (FormatError(message="bad entity", path="a.xml", line=3, column=7, hint="escape it"), "a.xml:3:7: bad entity (escape it)"),
        (DecodeError(message="not UTF-8", path="a.md", offset=12), "a.md: not UTF-8"),
        (MissingExtraError(message="no DOCX", extra="docx"), "no DOCX (pip install 'transcmp[docx]')"),
        (MissingExtraError(message="no DOCX", extra="docx", hint="ask an admin"), "no DOCX (ask an admin)"),
    ],
)
def test_an_error_is_one_line_for_the_user(error: TranscmpError, line: str) -> None:
    assert str(error) == line


@pytest.mark.parametrize("kind", EVERY)
def test_an_error_crosses_a_process_border_with_its_context(kind: type[TranscmpError]) -> None:
    error = kind(message="what", path="a.md", line=2, column=5, hint="do this")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert str(again) == str(error) == "a.md:2:5: what (do this)"


def test_one_handler_catches_all_of_them() -> None:
    with pytest.raises(TranscmpError):
        raise DecodeError(message="not UTF-8", path="a.md", offset=12)
    assert issubclass(DecodeError, ReadError)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = errors.__doc__ or ""
    assert [kind.__name__ for kind in EVERY if kind.__name__ not in drawn] == []

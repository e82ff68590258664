"""Every exception that transcmp raises on purpose.

    TranscmpError               the base: one line for the user, exit code 2
    ├── UsageError              the command or call cannot mean anything
    ├── ConfigError             a setting is unknown, malformed or refused
    ├── ReadError               a file cannot be read
    │   ├── DecodeError         its bytes are not in the encoding
    │   ├── FormatError         its structure is broken or dangerous
    │   └── TooLargeError       it is over ``--max-size``
    ├── WriteError              an output cannot be written; nothing was left half-written
    ├── LanguageError           a language tag is malformed, or no language can be told
    ├── EncoderError            an encoder is unknown, broken, or does not cover a language
    └── MissingExtraError       an optional dependency is not installed

Errors carry their context as attributes; :meth:`TranscmpError.__str__` puts it into one line: ``path:line:column: what. hint``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(eq=False, kw_only=True)
class TranscmpError(Exception):
    """The base of all errors; :func:`transcmp.diagnostics.report_error` prints it and the process ends with 2."""

    message: str
    """What is wrong, without a final full stop."""
    path: str | None = None
    """The file it is about, as the user wrote it."""
    line: int | None = None
    """1-based line in that file."""
    column: int | None = None
    """1-based column in code points."""
    hint: str | None = None
    """What the user can do."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.message}{hint}" if place else f"{self.message}{hint}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross process borders with all their context; an exception's own way knows positional arguments only."""
        return _rebuild, (type(self), {field.name: getattr(self, field.name) for field in fields(self)})


def _rebuild(kind: type[TranscmpError], context: dict[str, Any]) -> TranscmpError:
    return kind(**context)


class UsageError(TranscmpError):
    """The command line or call cannot mean anything."""


class ConfigError(TranscmpError):
    """A setting is unknown, malformed or refused."""


class ReadError(TranscmpError):
    """A file cannot be read."""


@dataclass(eq=False, kw_only=True)
class DecodeError(ReadError):
    """The bytes of a file are not in its encoding."""

    offset: int = 0
    """0-based byte offset of the first bad byte."""

    __str__ = TranscmpError.__str__


class FormatError(ReadError):
    """The structure of a file is broken, or reading it would be dangerous."""


class TooLargeError(ReadError):
    """A file is over the size limit."""


class WriteError(TranscmpError):
    """An output cannot be written; nothing was left half-written."""


class LanguageError(TranscmpError):
    """A language tag is malformed, or no language can be told."""


class EncoderError(TranscmpError):
    """An encoder is unknown, broken, or does not cover a language."""


@dataclass(eq=False, kw_only=True)
class MissingExtraError(TranscmpError):
    """An optional dependency is not installed."""

    extra: str = ""
    """The extra that brings it: ``pip install 'transcmp[extra]'``."""

    def __post_init__(self) -> None:
        if self.hint is None:
            self.hint = f"pip install 'transcmp[{self.extra}]'"

    __str__ = TranscmpError.__str__


def unexpected(error: Exception) -> TranscmpError:
    """A mistake of the program as an error of one line: what it is and where in the program it happened."""
    import os
    from traceback import extract_tb

    package = os.path.dirname(__file__)  # noqa: PTH120 - loaded by every start, which needs no pathlib
    own = [frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(package + os.sep)]
    place = f", {own[-1].filename[len(package) + 1 :].replace(os.sep, '/')}:{own[-1].lineno}" if own else ""
    words = " ".join(str(error).split())
    name = type(error).__name__
    made = TranscmpError(message=f"a mistake of the program ({f'{name}: {words}' if words else name}{place})", hint="please report it")
    made.__cause__ = error
    return made


class TranscmpWarning(UserWarning):
    """Something the user should know that stops nothing: an encoder that does not cover the pair, languages that look swapped."""

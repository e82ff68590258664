"""Options that several commands share, and the way to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Group, Parameter

from transcmp import report
from transcmp.cli import streams
from transcmp.cli.usage import UNKNOWN
from transcmp.errors import UsageError, WriteError
from transcmp.model import Severity
from transcmp.report import Style

if TYPE_CHECKING:
    from pathlib import Path

    from transcmp.pipeline import Options


def _no_option(_: object, value: str | list[str] | None) -> None:
    """``-`` is standard input; anything else that begins with a hyphen is a misspelt option, not a file."""
    for path in [value] if isinstance(value, str) else value or []:
        if path.startswith("-") and path != "-":
            raise ValueError(f"{UNKNOWN} {path}")


def path_argument(name: str) -> Parameter:
    """A positional parameter that takes a path or ``-``."""
    return Parameter(name=name, negative="", allow_leading_hyphen=True, validator=_no_option)


def need_share(option: str, value: float | None) -> None:
    """Refuse what is no number from 0 to 1."""
    if value is not None and not 0 <= value <= 1:
        raise UsageError(message=f"{option} is a number from 0 to 1, not {value:g}")


def need_at_least(least: int, option: str, value: int | None) -> None:
    """Refuse a number that is too small."""
    if value is not None and value < least:
        raise UsageError(message=f"{option} is {least} or more, not {value}")


def spare(written: Iterable[str | Path | None], read: Iterable[str | Path | None]) -> None:
    """Refuse to write over a file that is read, under whatever name: its text would be lost. None and ``-`` are no files."""
    import os
    from itertools import product

    def files(names: Iterable[str | Path | None]) -> list[str]:  # os.path: Path.is_file raises where a name is too long
        return [os.fspath(name) for name in names if name is not None and name != "-" and os.path.isfile(name)]  # noqa: PTH113

    for one, other in product(files(written), files(read)):
        if os.path.samefile(one, other):  # noqa: PTH121
            raise UsageError(message="would be written over, and is one of the files that are read", path=one, hint="name another file")


INPUT = Group("Input", sort_key=10)
OUTPUT = Group("Output", sort_key=20)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Input:
    """How files are read and compared."""

    source_language: Annotated[str | None, Parameter(group=INPUT)] = None
    """Language of the source (BCP 47: en, pt-BR); told from the text without it."""
    target_language: Annotated[str | None, Parameter(group=INPUT)] = None
    """Language of the target."""
    encoder: Annotated[str, Parameter(group=INPUT)] = "auto"
    """use, e5, lexical, sentence-transformers:NAME-or-PATH, or auto: the best installed one that covers both languages."""
    detector: Annotated[str, Parameter(group=INPUT)] = "default"
    """Language detector: default, langdetect, lingua."""
    input_format: Annotated[str | None, Parameter(group=INPUT)] = None
    """Format of the files (markdown, text, html, ...); by their suffix without it. Needed for '-', standard input."""
    encoding: Annotated[str | None, Parameter(group=INPUT)] = None
    """Encoding of the files; declared, byte order mark, else UTF-8 without it."""
    max_size: Annotated[int | None, Parameter(group=INPUT)] = None
    """Largest file in bytes; without it 10,000,000, and 100,000,000 for detect."""
    fail_on_empty: Annotated[bool, Parameter(name="--fail-on-empty", negative="", group=INPUT)] = False
    """An empty file is an error; without it, it is said."""
    whole_page: Annotated[bool, Parameter(name="--whole-page", negative="", group=INPUT)] = False
    """HTML: navigation and the like, too."""
    srx: Annotated[str | None, Parameter(group=INPUT)] = None
    """Your own segmentation rules, an SRX 2.0 file."""

    def options(self, *, largest: int = 10_000_000, **more: object) -> Options:
        """As the pipeline takes them; files are at most ``largest`` bytes unless the user says otherwise. Raises UsageError."""
        from transcmp.pipeline import Options

        need_at_least(1, "--max-size", self.max_size)
        return Options(
            source_language=self.source_language,
            target_language=self.target_language,
            encoder=self.encoder,
            detector=self.detector,
            input_format=self.input_format,
            encoding=self.encoding,
            max_size=largest if self.max_size is None else self.max_size,
            fail_on_empty=self.fail_on_empty,
            whole_page=self.whole_page,
            srx=self.srx,
            **more,  # type: ignore[arg-type]
        )


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Output:
    """Where the result goes, and how it looks."""

    output: Annotated[str | None, Parameter(name=["--output", "-o"], group=OUTPUT, allow_leading_hyphen=True, validator=_no_option)] = None
    """Write to this file, whole or not at all, instead of standard output."""
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative="", group=OUTPUT)] = False
    """No notes and no progress on standard error."""
    no_color: Annotated[bool, Parameter(name="--no-color", negative="", group=OUTPUT)] = False
    """No colours; NO_COLOR in the environment says the same."""

    def style(self, show: Severity = "warning") -> Style:
        """The style for where the output goes."""
        import os
        import shutil

        terminal = self.output is None and sys.stdout.isatty()
        color = terminal and not self.no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return Style(color=color, width=shutil.get_terminal_size((100, 24)).columns if terminal else 100, show=show)

    def emit(
        self, verb: str, name: str | None, value: object, show: Severity = "warning", *, read: Iterable[str | Path | None] = ()
    ) -> None:
        """Print ``value`` in the format ``name`` of ``verb``; None is the first format. None of the files in ``read`` is written over."""
        several = report.file_formats.get(verb)
        if several is not None and name is not None and name in several:
            self._write_several(several.load(name)(value, self.style(show)), read)
            return
        spare([self.output], read)
        registry = report.formats[verb]
        chosen = registry.load(name or next(iter(registry)))
        self.write(chosen(value, self.style(show)))

    def _write_several(self, files: Iterable[tuple[str, Iterable[str]]], read: Iterable[str | Path | None]) -> None:
        """Write files whose names begin with ``--output``; each is whole before the first takes its place."""
        from contextlib import ExitStack

        from transcmp.files import atomic

        named = [(f"{self.output}{suffix}", chunks) for suffix, chunks in files]
        spare([path for path, _ in named], read)
        with ExitStack() as stack:
            for path, chunks in named:
                stack.enter_context(atomic(path)).writelines(chunks)

    def write(self, chunks: Iterable[str]) -> None:
        """Print ``chunks``, or write them to ``--output``. A reader who goes away is no error: the command goes on to its verdict."""
        if self.output is None or self.output == "-":
            try:
                for chunk in chunks:
                    sys.stdout.write(chunk)
                sys.stdout.flush()
            except BrokenPipeError:
                streams.read_no_further()
            except OSError as error:
                raise WriteError(message=f"cannot write: {error.strerror or error}", path="standard output") from error
            return
        from transcmp.files import atomic

        with atomic(self.output) as stream:
            for chunk in chunks:
                stream.write(chunk)


def need_format(verb: str, name: str | None, output: Output | None = None) -> None:
    """Refuse an unknown format, and one of several files without a name for them in ``output``, before any work is done."""
    several = report.file_formats.get(verb, ())
    if name is not None and name not in report.formats[verb] and name not in several:
        raise UsageError(message=f"{verb} has no format {name!r}", hint=f"one of {', '.join((*report.formats[verb], *several))}")
    if name in several and (output is None or output.output in (None, "-")):
        raise UsageError(message=f"{name} makes several files", hint="say how their names begin with --output")

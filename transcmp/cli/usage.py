"""A command line that cannot be understood, in a sentence."""

from __future__ import annotations

from difflib import get_close_matches

from cyclopts import App, CycloptsError, MissingArgumentError, ValidationError
from cyclopts.exceptions import UnusedCliTokensError

UNKNOWN = "unknown option"
"""How the complaint of a path that looks like an option begins."""


def words_of(error: CycloptsError) -> str:
    """What is wrong with the command line, without the parser's own terms."""
    if isinstance(error, UnusedCliTokensError) and error.unused_tokens:
        return f"{error.unused_tokens[0]!r} is one argument too many"
    if isinstance(error, ValidationError) and error.exception_message.startswith(UNKNOWN):
        return f"{error.exception_message} ({_way_out(error)})"
    if isinstance(error, MissingArgumentError) and error.argument is not None:
        name = error.keyword or error.argument.name
        return f"{name} needs a value" if name.startswith("-") else f"{name} is missing"
    return " ".join(str(error).split())


def _way_out(error: ValidationError) -> str:
    path = error.exception_message.removeprefix(UNKNOWN).strip()
    option = path.partition("=")[0]
    near = get_close_matches(option, _options(error.app), 1) if option.startswith("--") else []
    return f"did you mean {near[0]}?" if near else f"a file of that name is ./{path}"


def _options(app: App | None) -> list[str]:
    arguments = () if app is None else app.assemble_argument_collection()
    return [name for argument in arguments for name in argument.names if name.startswith("--")]

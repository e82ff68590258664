"""The commands and how a run ends."""

from __future__ import annotations

import os
import sys
from typing import Any

from cyclopts import App, CycloptsError, Group

from transcmp import diagnostics
from transcmp._version import __version__
from transcmp.cli import streams
from transcmp.errors import TranscmpError, unexpected

_COMMANDS = Group("Commands", sort_key=0)

_VERBS = {
    "detect": ("transcmp.cli.detect:detect", "Name the language of every fragment."),
    "align": ("transcmp.cli.align:align", "Align a source with its translation."),
    "score": ("transcmp.cli.score:score", "Score every pair and the document."),
    "compare": ("transcmp.cli.compare:compare", "Say which of several translations is better, where, and whether that is real."),
    "check": ("transcmp.cli.check:check", "Name what is wrong, at a line and column; the gate for CI."),
    "init": ("transcmp.cli.init:init", "Look at a tree of documents and write settings that fit it."),
    "view": ("transcmp.cli.view:view", "Read, judge and repair a translation side by side in the terminal."),
    "dismiss": ("transcmp.cli.dismiss:dismiss", "Silence one finding for good, with a reason."),
    "explain": ("transcmp.cli.explain:explain", "Say what a rule finds and how to silence it."),
    "mutate": ("transcmp.cli.mutate:mutate", "Plant known faults in a trusted pair and see which are caught."),
    "lsp": ("transcmp.cli.lsp:lsp", "Serve an editor: findings while one edits either side."),
    "calibrate": ("transcmp.cli.calibrate:calibrate", "Learn thresholds from trusted pairs, with the false alarms to expect."),
    "demo": ("transcmp.cli.demo:demo", "Check a small article that comes with transcmp."),
    "cache": ("transcmp.cli.cache:cache", "Show or empty the results that check can use again."),
    "doctor": ("transcmp.cli.doctor:doctor", "Show what is installed and what is missing."),
}
"""The visible table of commands, with their line in --help; a module is imported when its command runs."""


def build() -> App:
    """The command-line application; its commands are imported when they are needed."""
    app = App(
        name="transcmp",
        help="Compare a translation with its source: languages, alignment, scores and named faults. Offline, on a CPU.",
        version=f"transcmp {__version__}",
        group_commands=_COMMANDS,
        help_format="plaintext",
        result_action="return_value",
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
    )
    for position, (name, (target, line)) in enumerate(_VERBS.items()):
        app.command(target, name=name, help=line, sort_key=position)
    app.register_install_completion_command()
    return app


def run(arguments: list[str]) -> int:
    """Parse and execute; every way to end passes through here and gives an exit code."""
    streams.prepare()
    code = _execute(arguments)
    streams.settle()
    return code


def not_written(error: OSError) -> int:
    """The end of a run whose output could not be written; a reader that went away is no error."""
    code = diagnostics.EXIT_OK if isinstance(error, BrokenPipeError) else _system_error(error)
    streams.settle()
    return code


def _execute(arguments: list[str]) -> int:
    try:
        with diagnostics.warnings_to_stderr(quiet="--quiet" in arguments or "-q" in arguments):
            result: Any = build()(arguments)
        sys.stdout.flush()
        return result if isinstance(result, int) else diagnostics.EXIT_OK
    except CycloptsError as error:
        return _usage_error(error)
    except TranscmpError as error:
        return diagnostics.report_error(error)
    except (BrokenPipeError, SystemExit):  # rich, which prints --help, makes the one into the other
        streams.read_no_further()
        return diagnostics.EXIT_OK
    except KeyboardInterrupt:
        diagnostics.say("note", "interrupted")
        return 130
    except OSError as error:
        return _system_error(error)
    except Exception as error:  # exit code 1 would say that there are findings
        return diagnostics.report_error(unexpected(error))


def _system_error(error: OSError) -> int:
    path = None if error.filename is None else os.fsdecode(error.filename)
    return diagnostics.report_error(TranscmpError(message=f"{error.strerror or error}", path=path))


def _usage_error(error: CycloptsError) -> int:
    from transcmp.cli.usage import words_of

    verb = error.command_chain[0] if error.command_chain else ""
    diagnostics.say("error", f"{words_of(error)} (see 'transcmp {verb + ' ' if verb else ''}--help')")
    return diagnostics.EXIT_ERROR

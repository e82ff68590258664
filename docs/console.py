"""Keep the commands that pages show true: run each ``$ command`` of their ``console`` blocks and put its real output below it.

    python docs/console.py README.md docs/*.md           write
    python docs/console.py --check README.md docs/*.md   compare; 1 where a page differs

Commands run in the project's folder through the shell, so a pipe to ``head`` keeps a block short. Decimal numbers may differ by 0.02:
processors do not round alike. A block that starts with a comment ``# not run`` is left as it is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```console\n(?!# not run)(.*?)^```$", re.MULTILINE | re.DOTALL)
_DECIMAL = re.compile(r"\d+\.\d+")
_ROUNDING = 0.02
_ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}


def output(command: str) -> str:
    """What a reader would see: standard output and standard error, with the exit code where it is not 0."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    run = subprocess.run(
        f"set -o pipefail; {command}",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        env={**os.environ, **_ENVIRONMENT, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "\n".join(line.rstrip() for line in run.stdout.splitlines())


def refreshed(page: str) -> str:
    """The page with the output of every command as it is now."""

    def block(match: re.Match[str]) -> str:
        fresh = _block(match)
        return match[0] if _alike(match[0], fresh) else fresh

    return _BLOCK.sub(block, page)


def _block(match: re.Match[str]) -> str:
    commands = re.findall(r"^\$ (.*(?:\\\n.*)*)$", match[1], re.MULTILINE)
    shown = [f"$ {command}\n{output(command)}".rstrip("\n") for command in commands]
    return "```console\n" + "\n\n".join(shown) + "\n```"


def _alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for the rounding of decimal numbers."""
    if _DECIMAL.sub("", one) != _DECIMAL.sub("", other):
        return False
    figures = zip(_DECIMAL.findall(one), _DECIMAL.findall(other), strict=False)
    return all(abs(float(a) - float(b)) <= _ROUNDING or a == b for a, b in figures)


def main(arguments: list[str]) -> int:
    """Write, or with ``--check`` compare; 1 where a page was not true."""
    stale = []
    for path in (Path(name) for name in arguments if name != "--check"):
        before = path.read_text(encoding="utf-8")
        after = refreshed(before)
        if after == before:
            continue
        stale.append(str(path))
        if "--check" not in arguments:
            path.write_text(after, encoding="utf-8")
    if "--check" in arguments and stale:
        print(f"not what the commands print now: {', '.join(stale)}; run python docs/console.py {' '.join(stale)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A process ends with its code, though work goes on beside it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import asyncio, sys, time
from transcmp.tui.threads import each_in_thread, leave

async def main():
    def make(alive):
        yield 1
        {rest}
    async for _ in each_in_thread(make):
        break

asyncio.run(main())
print("done")
sys.exit(leave(5))
"""


def test_work_that_does_not_stop_is_left_behind() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(rest="time.sleep(60)")], capture_output=True, text=True, timeout=30, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (5, "done\n", "")


def test_work_that_stops_ends_as_usual() -> None:
    program = "import atexit; atexit.register(lambda: print('usual'))\n" + PROGRAM.format(rest="alive()")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (5, "done\nusual\n", "")

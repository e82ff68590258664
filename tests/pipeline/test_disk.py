"""A tree that cannot be written and a disk that is full, for real: file systems of the test's own, in a mount namespace of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline import site

ROOT = Path(__file__).resolve().parents[2]


def _in_namespace(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount; what it mounts is gone with it."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHON": sys.executable, "TRANSCMP_CACHE_DIR": ""}
    command = ["unshare", "--map-root-user", "--mount", "sh", "-euc", script, "sh", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def _may_mount() -> bool:
    return shutil.which("unshare") is not None and _in_namespace("mount -t tmpfs none /mnt").returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux" or not _may_mount(), reason="needs Linux and the right to mount in a namespace"),
]

# what is written, and the arguments that write it; each must say one sentence and end with 2
WRITERS = {
    "baseline": "check --no-cache --update-baseline",
    "report": "check --no-cache -o report.txt",
    "further report": "check --no-cache -q --report sarif=report.sarif",
    "pages": "check --no-cache -q --report html=pages",
    "dismissal": "dismiss $FINDING --reason old",
}
RUN = """
set +e
"$PYTHON" -m transcmp $3 > "$2/out" 2> "$2/err"
echo "code=$?"
echo "left=$(find . -type f '(' -name '*.tmp*' -o -name 'report.*' -o -path './pages/*' ')' | wc -l)"
"""


@pytest.fixture(scope="module")
def finding(tmp_path_factory) -> str:
    """The fingerprint of a finding of the site, with everything that a run keeps."""
    root = site.write(tmp_path_factory.mktemp("first") / "site")
    done = subprocess.run([sys.executable, "-m", "transcmp", "check", "--no-cache"], cwd=root, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    return next(line for line in done.stdout.splitlines() if " number: " in line).rpartition("[")[2].rstrip("]")


def _prepared(tmp_path: Path) -> tuple[Path, Path]:
    root, outside = site.write(tmp_path / "site"), tmp_path / "outside"
    (root / ".transcmp").mkdir()
    record = b'{"target":"docs/de/x.md","source":"docs/en/x.md","rule":"number","fingerprint":"00"}\n'
    (root / ".transcmp/baseline.jsonl").write_bytes(record)
    outside.mkdir()
    return root, outside


@pytest.mark.parametrize("what", WRITERS)
def test_a_read_only_tree_is_exit_2_and_a_sentence(tmp_path, finding, what):
    root, outside = _prepared(tmp_path)
    script = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; cd "$1"' + RUN
    done = _in_namespace(script, str(root), str(outside), WRITERS[what].replace("$FINDING", finding))
    assert done.stdout.splitlines() == ["code=2", "left=0"], done.stderr
    error = (outside / "err").read_text(encoding="utf-8")
    assert error.startswith("transcmp: error: ")
    assert error.endswith("Read-only file system\n")
    assert error.count("\n") == 1


@pytest.mark.parametrize("what", WRITERS)
def test_a_full_disk_is_exit_2_and_a_sentence_and_what_was_there_stays(tmp_path, finding, what):
    root, outside = _prepared(tmp_path)
    before = (root / ".transcmp/baseline.jsonl").read_bytes()
    script = (
        'mkdir "$2/disk"; mount -t tmpfs -o size=200k none "$2/disk"; cp -R "$1/." "$2/disk"; cd "$2/disk"; '
        + 'cat /dev/zero > zeros 2> "$2/err" || :'
        + RUN
        + 'cp .transcmp/baseline.jsonl "$2/after"'
    )
    done = _in_namespace(script, str(root), str(outside), WRITERS[what].replace("$FINDING", finding))
    assert done.stdout.splitlines() == ["code=2", "left=0"], done.stderr
    error = (outside / "err").read_text(encoding="utf-8")
    assert error.startswith("transcmp: error: ")
    assert error.endswith("No space left on device\n")
    assert error.count("\n") == 1
    assert (outside / "after").read_bytes() == before


def test_a_read_only_tree_can_be_checked_and_a_full_cache_is_only_told(tmp_path):
    root, outside = _prepared(tmp_path)
    script = (
        'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; cd "$1"; mkdir "$2/cache"; mount -t tmpfs -o size=16k none "$2/cache"'
        + RUN.replace("$3", '$3 --cache-dir "$2/cache"')
    )
    done = _in_namespace(script, str(root), str(outside), "check --jobs 1")
    assert done.stdout.splitlines() == ["code=1", "left=0"], done.stderr
    assert " number: " in (outside / "out").read_text(encoding="utf-8")
    error = (outside / "err").read_text(encoding="utf-8")
    assert error.startswith("transcmp: note: results are not kept: ")
    assert error.count("\n") == 1

"""Size of a plain installation: what is downloaded and what lies on disk, dependencies included.

    python bench/size.py [EXTRA]

Makes a virtual environment in a temporary folder and asks the package index as pip is configured to.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = 6
"""Packages listed by themselves."""


def size(path: Path) -> int:
    """Bytes of a file or of all files below a folder; byte code is not counted, pip may or may not write it."""
    if path.is_file():
        return path.stat().st_size
    return sum(item.stat().st_size for item in path.rglob("*") if item.is_file() and item.suffix != ".pyc")


def main() -> int:
    """Print both sizes and the largest packages."""
    extra = f"[{sys.argv[1]}]" if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory(prefix="transcmp-size-") as folder:
        wheels, environment = Path(folder, "wheels"), Path(folder, "venv")
        venv.create(environment, with_pip=True)
        python = str(environment / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        constraints = ["-qq", "--disable-pip-version-check", "--constraint", str(ROOT / "constraints.txt")]
        subprocess.run([python, "-m", "pip", "wheel", *constraints, "--wheel-dir", str(wheels), f"{ROOT}{extra}"], check=True)
        site = next(environment.rglob("site-packages"))
        before = size(site)
        own = next(wheels.glob("transcmp-*.whl"))
        install = ["--no-index", "--find-links", str(wheels), f"transcmp{extra} @ {own.as_uri()}"]
        subprocess.run([python, "-m", "pip", "install", *constraints, *install], check=True)
        files = sorted(wheels.glob("*.whl"), key=size, reverse=True)
        print(f"download: {sum(map(size, files)) / 1e6:.0f} MB in {len(files)} wheels")
        print(f"on disk:  {(size(site) - before) / 1e6:.0f} MB")
        for path in files[:SHOWN]:
            print(f"  {size(path) / 1e6:6.1f} MB  {'-'.join(path.name.split('-')[:2])}")
        print(f"  {size(own) / 1e6:6.1f} MB  {'-'.join(own.name.split('-')[:2])} (this project)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

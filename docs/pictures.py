"""Export the pictures of the terminal UI: ``python docs/pictures.py``.

The program itself draws them, on the Italian-English corpus.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = (
    ("view-dark.svg", "transcmp-dark", ("n", "n", "n")),
    ("view-light.svg", "transcmp-light", ("F", "j")),
)
"""File, theme, and the keys that are pressed before."""


def main() -> int:
    """Write all pictures."""
    os.chdir(ROOT)
    from transcmp import pipeline
    from transcmp.tui.app import export_svg

    comparison = pipeline.assess("corpora/news-it-en/article.it.md", "corpora/news-it-en/article.en.md")
    for name, theme, keys in PICTURES:
        path = ROOT / "docs" / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(export_svg(comparison, (120, 32), keys=keys, theme=theme), encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())

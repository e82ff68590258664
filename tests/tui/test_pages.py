from __future__ import annotations

from pathlib import Path

import pytest

from transcmp.tui.pages import content_of

PAGES = Path(__file__).parents[2] / "docs" / "rules"

PAGE = """# number

A figure that
differs: `1,000` and `1.000`.

## What it finds

* Figures, as
  either side writes them.
* Years.

```
[rules]
number = "off"
```
"""


def test_a_page_is_headings_items_and_whole_paragraphs() -> None:
    content = content_of(PAGE)
    assert content.plain.split("\n") == [
        "A figure that differs: 1,000 and 1.000.",
        "",
        "What it finds",
        "",
        "• Figures, as either side writes them.",
        "• Years.",
        "",
        "    [rules]",
        '    number = "off"',
        "",
    ]
    styled = {content.plain[span.start : span.end]: span.style for span in content.spans}
    assert styled == {"1,000": "$code", "1.000": "$code", "What it finds": "bold $accent"}


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_every_page_of_a_rule_can_be_shown(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shown = content_of(text).plain
    assert not any(line.startswith("#") for line in shown.split("\n"))
    assert max(map(str.isalpha, shown))

"""The page of a rule, made of Markdown, as styled text: headings, lists and code, paragraphs in one line each."""

from __future__ import annotations

import re

from textual.content import Content

from transcmp.visible import visible_each

_STARTS = re.compile(r"\s*([*+-] |\d+\. |#|\||```|>)")
"""What begins a line that does not go on with the one before."""


def content_of(page: str) -> Content:
    """The page without its first heading: the name of the rule stands above already."""
    lines = _joined(page.split("\n"))
    while lines and (not lines[0].strip() or lines[0].startswith("# ")):
        del lines[0]
    return Content("\n").join(_line(line) for line in lines)


def _joined(lines: list[str]) -> list[str]:
    """Lines with those that go on a paragraph or an item joined to it; code as it is."""
    made: list[str] = []
    code = False
    for line in lines:
        fence = line.lstrip().startswith("```")
        goes_on = made and made[-1].strip() and line.strip() and not _STARTS.match(line) and not made[-1].startswith(("#", "|"))
        if goes_on and not code:
            made[-1] += f" {line.strip()}"
        elif not fence:
            made.append(f"    {line}" if code else line)
        code ^= fence
    return made


def _line(line: str) -> Content:
    if line.startswith("#"):
        return Content.styled(visible_each(line.lstrip("# ")), "bold $accent")
    item = re.match(r"(\s*)[*+-] ", line)
    text = f"{item[1]}• {line[item.end() :]}" if item else line
    pieces = re.split(r"`([^`]+)`", text)
    return Content.assemble(*((visible_each(piece), "$code" if number % 2 else "") for number, piece in enumerate(pieces)))

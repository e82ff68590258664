"""Inline markup of AsciiDoc."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcmp.readers._content import Content, Inline
from transcmp.readers._inline_rules import Handler, InlineScanner

PATTERN = re.compile(
    r"(?P<escape>\\(?=[*_`#\[{<:]))"
    r"|(?P<passthrough>\+\+\+(?P<raw>[^\n]*?)\+\+\+|(?<!\w)\+(?P<plain>[^\s+](?:[^+\n]*[^\s+])?)\+(?!\w))"
    r"|(?P<code>``(?P<code2>[^`]+)``|(?<![\w`])`(?P<code1>[^`\s](?:[^`]*[^`\s])?)`(?![\w`]))"
    r"|(?P<image>(?<![\w:])(?:image|icon):(?P<image_target>[^\s\[\]:][^\s\[\]]*)\[(?P<alt>[^\[\]]*)\])"
    r"|(?P<footnote>footnote:[\w-]*\[(?P<note>[^\[\]]*)\])"
    r"|(?P<macro>(?<!\w)(?:link|xref|mailto):(?P<target>[^\s\[\]]+)\[(?P<label>[^\[\]]*)\])"
    r"|(?P<address>\b(?P<url>https?://[^\s\[\]<>]*[\w/#=&])(?:\[(?P<url_label>[^\[\]]*)\])?)"
    r"|(?P<reference><<(?P<id>[^<>,\n]+)(?:,(?P<id_label>[^<>]*))?>>)"
    r"|(?P<anchor>\[\[(?P<anchor_id>[\w:.-]+)[^\[\]]*\]\]|\[#(?P<anchor_id2>[\w:.-]+)\](?![#*_`]))"
    r"|(?P<interface>(?<!\w)(?P<interface_name>kbd|btn|menu|pass|stem|indexterm2?):(?P<interface_target>[^\s\[\]]*)\[(?P<words>[^\[\]]*)\])"
    r"|(?P<strong>\*\*(?P<strong2>[^*]+)\*\*|(?<![\w*])\*(?P<strong1>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*]))"
    r"|(?P<emphasis>__(?P<emphasis2>[^_]+)__|(?<![\w_])_(?P<emphasis1>[^_\s](?:[^_]*[^_\s])?)_(?![\w_]))"
    r"|(?P<highlight>(?:\[[^\[\]\n]*\])?(?:##(?P<highlight2>[^#]+)##|(?<![\w#&])#(?P<highlight1>[^#\s](?:[^#]*[^#\s])?)#(?![\w#])))"
    r"|(?P<placeholder>\{(?P<attribute>[a-zA-Z0-9_][\w-]*)\})"
    r"|(?P<hard>[ \t]\+(?=\n|\Z)\n?)"
)


def scan(document_text: str, lines: Sequence[tuple[int, int]]) -> Inline:
    """Read inline markup."""
    return InlineScanner(Content(document_text, lines), PATTERN, HANDLERS).run()


def _span(found: re.Match[str], *groups: str) -> tuple[int, int]:
    return next(found.span(group) for group in groups if found[group] is not None)


def _escape(scanner: InlineScanner, found: re.Match[str]) -> None:
    """The backslash goes; the pattern goes on behind it, so what it protects is only safe from being a pair."""


def _passthrough(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.text(*_span(found, "raw", "plain"))


def _code(scanner: InlineScanner, found: re.Match[str]) -> None:
    start, end = _span(found, "code2", "code1")
    text = scanner.content.text
    if end - start > 2 and text[start] == text[end - 1] == "+":  # `+literal+`
        start, end = start + 1, end - 1
    scanner.mark("code", found, text[start:end], (start, end), markup=False)


def _image(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("image", found, found["image_target"])
    start = found.start("alt")
    alt = found["alt"].split(",", 1)[0]
    if alt.strip() and "=" not in alt:
        scanner.nest("caption", start, start + len(alt), "alt")


def _footnote(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("anchor", found, "footnote")
    scanner.nest("paragraph", *found.span("note"), "footnote")


def _macro(scanner: InlineScanner, found: re.Match[str]) -> None:
    label = found.span("label") if found["label"].strip("^ ") else found.span("target")
    scanner.mark("link", found, found["target"], _label(scanner, *label), markup=bool(found["label"]))


def _label(scanner: InlineScanner, start: int, end: int) -> tuple[int, int]:
    """A link's words without ``^`` (new window) and attributes."""
    words = scanner.content.text[start:end]
    attributes = re.search(r",\s*[\w-]+=", words)
    if attributes:
        words = words[: attributes.start()]
    return start, start + len(words.rstrip("^"))


def _address(scanner: InlineScanner, found: re.Match[str]) -> None:
    if found["url_label"]:
        scanner.mark("link", found, found["url"], _label(scanner, *found.span("url_label")))
    else:
        scanner.mark("link", found, found["url"], found.span("url"), markup=False)


def _reference(scanner: InlineScanner, found: re.Match[str]) -> None:
    if found["id_label"]:
        scanner.mark("link", found, "#" + found["id"], found.span("id_label"))
    else:
        scanner.mark("link", found, "#" + found["id"])


def _anchor(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("anchor", found, found["anchor_id"] or found["anchor_id2"])


def _interface(scanner: InlineScanner, found: re.Match[str]) -> None:
    name = found["interface_name"]
    if name == "menu":
        scanner.text(*found.span("interface_target"))
        scanner.replaced(found.start("words"), found.start("words"), " ")
    if name in ("stem", "kbd"):
        scanner.mark("code", found, found["words"], found.span("words"), markup=False)
    elif name != "indexterm":
        scanner.mark("html", found, name + ":", found.span("words"))


def _strong(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("emphasis", found, "*", _span(found, "strong2", "strong1"))


def _emphasis(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("emphasis", found, "_", _span(found, "emphasis2", "emphasis1"))


def _highlight(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("emphasis", found, "#", _span(found, "highlight2", "highlight1"))


def _placeholder(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("placeholder", found, found[0], found.span(), markup=False)


def _hard(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.replaced(*found.span(), "\n")


HANDLERS: dict[str, Handler] = {
    "escape": _escape,
    "passthrough": _passthrough,
    "code": _code,
    "image": _image,
    "footnote": _footnote,
    "macro": _macro,
    "address": _address,
    "reference": _reference,
    "anchor": _anchor,
    "interface": _interface,
    "strong": _strong,
    "emphasis": _emphasis,
    "highlight": _highlight,
    "placeholder": _placeholder,
    "hard": _hard,
}

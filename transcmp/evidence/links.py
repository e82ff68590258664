"""Addresses, and which of them name the same page in another language."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from msgspec import Struct

_BARE = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"“”«»「」『』（）【】]+", re.IGNORECASE)
_TRAILING = ".,;:!?…'’*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_IMAGE = re.compile(
    r"!\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)?)|<(?:img|Image|source)\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)"
    r"|\.\. (?:image|figure):: (\S+)|image::?([^\s\[]+)\["
)
_TAG = re.compile(r"[a-z]{2,3}(?:[-_](?:[a-z]{4}|[a-z]{2}|\d{3}))*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|md)$", re.IGNORECASE)
_INFIX = re.compile(r"[._]([A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)(?=\.\w+$)")
_LANGUAGE_KEYS = frozenset("hl lang language locale lng l setlang ui_locale loc".split())
_WIKI = re.compile(r"^[a-z-]+(?:\.m)?\.(wikipedia|wiktionary|wikiquote|wikivoyage|wikisource|wikibooks|wikinews|wikiversity)\.org$")
_LANGUAGE_LABELS = frozenset(
    "ar be bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja jp ka ko lt lv mk ms nb nl nn no pl pt ro ru sk sl "
    "sq sr sv ta th tr uk ur uz vi zh zh-cn zh-tw zh-hans zh-hant pt-br pt-pt en-us en-gb es-es es-la es-mx fr-fr fr-ca de-de it-it ja-jp "
    "ko-kr ru-ru pl-pl nl-nl tr-tr uk-ua zh-hk cn br".split()
)


class Address(Struct, frozen=True):
    """A bare address in running text."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    value: str
    """The address as written."""


def find_links(text: str) -> tuple[Address, ...]:
    """Addresses written out in ``text``; closing punctuation and unbalanced brackets behind them are not part of them."""
    found = []
    for match in _BARE.finditer(text):
        value = match.group()
        while value and (value[-1] in _TRAILING or _is_unbalanced(value)):
            value = value[:-1]
        found.append(Address(match.start(), match.start() + len(value), value))
    return tuple(found)


def find_images(markup: str) -> tuple[str, ...]:
    """Addresses of the images in a stretch of Markdown, HTML, reStructuredText or AsciiDoc."""
    return tuple(next(group for group in match.groups() if group) for match in _IMAGE.finditer(markup))


def _is_unbalanced(value: str) -> bool:
    closing = value[-1]
    return closing in _BRACKETS and value.count(closing) > value.count(_BRACKETS[closing])


def _is_tag(part: str, languages: frozenset[str]) -> bool:
    """Whether a part of an address is a language tag: of the two languages, or one of the common ones."""
    lower = part.lower().replace("_", "-")
    return _TAG.fullmatch(part) is not None and (lower in _LANGUAGE_LABELS or lower.split("-")[0] in languages)


def normalise(address: str, languages: frozenset[str] = frozenset()) -> str:
    """An address without what may lawfully differ between translations: scheme, ``www``, language parts, final slash, escapes.

    ``languages`` are the primary subtags of the two sides; parts that name them or a common language are dropped.
    """
    try:
        parts = urlsplit(address.strip())
        host, path, query, fragment = parts.netloc.lower(), unquote(parts.path), parts.query, unquote(parts.fragment)
    except ValueError:  # an unbalanced bracket in the host
        return address.strip()
    scheme = "" if parts.scheme.lower() in ("http", "https", "") else f"{parts.scheme.lower()}:"
    labels = host.removesuffix(":80").removesuffix(":443").split(".")
    if len(labels) > 2 and (labels[0] == "www" or _is_tag(labels[0], languages)):
        labels = labels[1:]
    path = _INDEX.sub("/", path)
    pieces = path.split("/")
    kept = [piece for piece in pieces if piece != "." and not _is_tag(piece, languages)]
    if len(kept) < len(pieces):
        kept = [piece for piece in kept if piece.lower() not in ("lang", "language", "locale", "i18n")]
    path = "/".join(_without_infix(piece, languages) for piece in kept).rstrip("/")
    pairs = sorted(pair for pair in query.split("&") if pair and pair.split("=")[0].lower() not in _LANGUAGE_KEYS)
    query, anchor = f"?{'&'.join(pairs)}" if pairs else "", f"#{fragment}" if fragment else ""
    return f"{scheme}{'//' if host else ''}{'.'.join(labels)}{path}{query}{anchor}"


def _without_infix(piece: str, languages: frozenset[str]) -> str:
    """``guide.de.md`` and ``guide_de.md`` as ``guide.md``."""
    return _INFIX.sub(lambda match: "" if _is_tag(match[1], languages) else match[0], piece)


def same_page(source: str, target: str, languages: frozenset[str] = frozenset()) -> bool:
    """Whether two addresses may name the same page, each in its own language."""
    if source == target or normalise(source, languages) == normalise(target, languages):
        return True
    hosts = [_WIKI.match(_host(address)) for address in (source, target)]
    # an article of a wiki has another title in another language
    return all(hosts) and hosts[0] is not None and hosts[1] is not None and hosts[0][1] == hosts[1][1] and _host(source) != _host(target)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def split_fragment(address: str) -> tuple[str, str]:
    """Page and anchor of an address; both may be empty."""
    page, _, fragment = address.partition("#")
    return page, unquote(fragment)

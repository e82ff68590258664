"""Where a finding is shown: what every machine format has to decide, decided once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from transcmp.model import Checked, CheckRun, DocumentName, Finding, Place, Severity
from transcmp.visible import visible

RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
"""The gravest first."""

SHORT = 6
"""Characters of a fingerprint that people are shown, where these tell it from the others of the run."""

_NOT_XML = re.compile("[\ufffe\uffff]")


class Shown(Struct, frozen=True, kw_only=True):
    """A finding with the place that stands for it and the place on the other side."""

    finding: Finding
    path: str
    """Of the document that the finding is shown in: the translation where it names a place there."""
    place: Place | None
    """None: the whole document."""
    other_path: str = ""
    """Of the other document; empty: there is none."""
    other: Place | None = None

    @property
    def line(self) -> int:
        """1-based first line; 1 for a whole document."""
        return self.place.start.line if self.place is not None else 1


def shown(pair: Checked, finding: Finding) -> Shown:
    """Where a finding of ``pair`` is shown."""
    source, target = pair.source.path, pair.target.path if pair.target is not None else ""
    if finding.target is not None and target:
        other = finding.source
        return Shown(finding=finding, path=target, place=finding.target, other_path=source if other is not None else "", other=other)
    if finding.source is not None or not target:
        return Shown(finding=finding, path=source, place=finding.source)
    return Shown(finding=finding, path=target, place=None)


def all_shown(run: CheckRun) -> Iterator[Shown]:
    """Every finding of a run, in the order of pairs and places."""
    for pair in run.pairs:
        for finding in pair.findings:
            yield shown(pair, finding)


def gravest_first(run: CheckRun) -> list[Shown]:
    """Every finding, errors before warnings before notes, and otherwise in the order of pairs and places."""
    return sorted(all_shown(run), key=lambda item: RANK[item.finding.severity])


def short_fingerprints(run: CheckRun) -> dict[str, str]:
    """What people are shown, and may type, for each fingerprint of a run: its first characters, all as long, and its number."""
    named = {finding.fingerprint: finding.fingerprint.partition("-") for pair in run.pairs for finding in pair.findings}
    bases = sorted({base for base, _, _ in named.values()})
    length = max((SHORT, *(_shared(one, other) + 1 for one, other in pairwise(bases))))
    return {whole: base[:length] + dash + number for whole, (base, dash, number) in named.items()}


def _shared(one: str, other: str) -> int:
    """How many first characters two texts share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def seen_from(run: CheckRun, top: str) -> CheckRun:
    """The run with all paths below ``top`` relative to it, and not to the working directory; others stay as they are."""

    def moved(path: str) -> str:
        try:
            inner = os.path.relpath(os.path.realpath(path), top)
        except ValueError:  # on another drive of Windows
            return path
        return path if path == "-" or inner.startswith("..") else inner

    def named(document: DocumentName) -> DocumentName:
        return replace(document, path=moved(document.path))

    pairs = (replace(pair, source=named(pair.source), target=None if pair.target is None else named(pair.target)) for pair in run.pairs)
    return replace(run, pairs=tuple(pairs), unreadable=tuple(replace(item, path=moved(item.path)) for item in run.unreadable))


def relative(path: str) -> str:
    """A path as code hosts want it: with ``/`` and without ``./`` in front."""
    return path.replace(os.sep, "/").removeprefix("./")


def uri(path: str) -> str:
    """A path as a URI reference (RFC 3986); an absolute one as ``file:``. Bytes that are not UTF-8 stay the bytes they are."""
    text = quote(relative(path).encode("utf-8", "surrogateescape"), safe="/~!$&'()*+,;=@")
    if re.match(r"[A-Za-z]%3A/", text):
        return f"file:///{text.replace('%3A', ':', 1)}"
    return f"file://{text}" if text.startswith("/") else text


def xml_text(text: str) -> str:
    """Text without what XML 1.0 cannot hold; hidden characters become visible."""
    return _NOT_XML.sub("\ufffd", visible(text))

"""Remarks of people on beads: ``.transcmp/comments.jsonl``. They are for other people; no check reads them."""

from __future__ import annotations

import datetime
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from transcmp.decisions.records import excerpt, load_lines, save_lines, user
from transcmp.files import project_path
from transcmp.model import Alignment, Bead

COMMENTS = "comments.jsonl"


class Comment(Struct, frozen=True, kw_only=True, order=True, omit_defaults=True):
    """A remark on a bead."""

    target: str
    """Path of the target from the project's root, with ``/``."""
    source: str
    """Path of the source."""
    bead: str
    """A digest of the bead's words on both sides: the comment is about these words, wherever they stand."""
    text: str
    """The beginning of the bead, for people; never compared."""
    comment: str
    author: str = ""
    date: str = ""
    """Day, ISO 8601."""


def digest(alignment: Alignment, bead: Bead) -> str:
    """The words of a bead, white space apart, as 16 hexadecimal digits."""
    sides = ((alignment.source, bead.source), (alignment.target, bead.target))
    words = "\0".join("".join("".join(side.segments[number].text.split()) for number in ids) for side, ids in sides)
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def load_comments(folder: Path, alignment: Alignment) -> dict[str, Comment]:
    """The comments on a pair, by the digest of their bead. Raises ConfigError with the line."""
    source, target = _names(folder, alignment)
    return {item.bead: item for item in load_lines(folder / COMMENTS, Comment) if (item.source, item.target) == (source, target)}


def save_comment(folder: Path, alignment: Alignment, bead: Bead, text: str) -> None:
    """Put a comment in the place of the bead's older one; an empty text takes it away. Raises WriteError, ConfigError."""
    source, target = _names(folder, alignment)
    name = digest(alignment, bead)
    others = [item for item in load_lines(folder / COMMENTS, Comment) if (item.source, item.target, item.bead) != (source, target, name)]
    words = " ".join(text.split())
    if words:
        side, ids = (alignment.source, bead.source) if bead.source else (alignment.target, bead.target)
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        about = excerpt(" ".join(side.segments[number].text for number in ids))
        others.append(Comment(target=target, source=source, bead=name, text=about, comment=words, author=user(), date=today))
    save_lines(folder / COMMENTS, others)


def _names(folder: Path, alignment: Alignment) -> tuple[str, str]:
    return (
        project_path(alignment.source.document.path, folder.parent),
        project_path(alignment.target.document.path, folder.parent),
    )

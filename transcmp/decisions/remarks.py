"""What people say of beads: a comment, or that the translation is fine. The records stand among the dismissals; no check reads them."""

from __future__ import annotations

import datetime
from hashlib import blake2b
from pathlib import Path

from msgspec.structs import replace

from transcmp.decisions.records import DECISIONS, Remark, excerpt, load_remarks_of_all, save_remarks_of_all, user
from transcmp.files import alone, project_path
from transcmp.model import Alignment, Bead


def digest(alignment: Alignment, bead: Bead) -> str:
    """The words of a bead, white space apart, as 16 hexadecimal digits."""
    sides = ((alignment.source, bead.source), (alignment.target, bead.target))
    words = "\0".join("".join("".join(side.segments[number].text.split()) for number in ids) for side, ids in sides)
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def load_remarks(folder: Path, alignment: Alignment) -> dict[str, Remark]:
    """The remarks on a pair, by the digest of their bead. Raises ConfigError with the line."""
    source, target = _names(folder, alignment)
    return {item.bead: item for item in load_remarks_of_all(folder) if (item.source, item.target) == (source, target)}


def save_remark(folder: Path, alignment: Alignment, bead: Bead, *, comment: str | None = None, accepted: bool | None = None) -> Remark:
    """Change what is said of a bead; None leaves it as it is. A remark that says nothing any more is taken away.

    Returns what is said now. Raises WriteError and ConfigError.
    """
    source, target = _names(folder, alignment)
    name = digest(alignment, bead)
    side, ids = (alignment.source, bead.source) if bead.source else (alignment.target, bead.target)
    about = excerpt(" ".join(side.segments[number].text for number in ids))
    with alone(folder / DECISIONS):
        remarks = load_remarks_of_all(folder)
        same = [item for item in remarks if (item.source, item.target, item.bead) == (source, target, name)]
        remark = same[0] if same else Remark(target=target, source=source, bead=name, text=about)
        if comment is not None:
            remark = replace(remark, comment=" ".join(comment.split()))
        if accepted is not None:
            remark = replace(remark, accepted=accepted)
        remark = replace(remark, author=user(), date=datetime.datetime.now(datetime.UTC).date().isoformat())
        others = [item for item in remarks if item not in same]
        save_remarks_of_all(folder, [*others, remark] if remark.comment or remark.accepted else others)
    return remark


def _names(folder: Path, alignment: Alignment) -> tuple[str, str]:
    return (
        project_path(alignment.source.document.path, folder.parent),
        project_path(alignment.target.document.path, folder.parent),
    )

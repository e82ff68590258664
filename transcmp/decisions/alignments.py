"""Alignments that a person looked at: ``.transcmp/alignments/<target's path>.json``, and for a further source of the same target beside it.

A kept alignment names both files' hashes and a digest of every segment, so that after an edit the beads that still hold are found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b, sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from transcmp.errors import ConfigError
from transcmp.files import project_path, write_atomic
from transcmp.model import Alignment, Bead, Side

FOLDER = "alignments"
_SCHEMA = "transcmp/kept-alignment/1"


class Kept(Struct, frozen=True, kw_only=True):
    """A kept alignment, in the segments of today."""

    beads: tuple[Bead, ...]
    """Those whose segments all are still there, with today's ids, in source order."""
    pinned: tuple[int, ...]
    """Positions in ``beads`` of those that a person set or confirmed."""
    fresh: bool
    """Whether neither file has changed, so that ``beads`` is the whole alignment."""
    signature: str
    """Of the alignment that was kept."""


class _File(Struct, frozen=True, kw_only=True):
    schema: str = _SCHEMA
    source: str
    target: str
    source_sha256: str
    """Of the document's text in UTF-8."""
    target_sha256: str
    signature: str
    source_segments: list[str]
    """A digest of each segment's words."""
    target_segments: list[str]
    beads: list[Bead]
    pinned: list[int]


def save_alignment(folder: Path, alignment: Alignment, *, pinned: Iterable[int] = ()) -> Path:
    """Keep an alignment in a project's ``.transcmp`` folder; ``pinned`` are positions of beads that a person set.

    Returns the file. Raises WriteError.
    """
    source, target = alignment.source, alignment.target
    file = _File(
        source=project_path(source.document.path, folder.parent),
        target=project_path(target.document.path, folder.parent),
        source_sha256=_sha256(source),
        target_sha256=_sha256(target),
        signature=alignment.signature,
        source_segments=_digests(source),
        target_segments=_digests(target),
        beads=list(alignment.beads),
        pinned=sorted(set(pinned)),
    )
    path = _path(folder, file.source, file.target)
    write_atomic(path, msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
    return path


def alignment_path(folder: Path, source: str, target: str) -> Path:
    """The file of the alignment that is kept for a pair, named as the user wrote it, in a project's ``.transcmp`` folder."""
    return _path(folder, project_path(source, folder.parent), project_path(target, folder.parent))


def load_alignment(folder: Path, source: Side, target: Side) -> Kept | None:
    """The alignment that was kept for these two, or None. Raises ConfigError where its file is damaged."""
    path = alignment_path(folder, source.document.path, target.document.path)
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(message=f"cannot read: {error.strerror or error}", path=str(path)) from error
    except msgspec.DecodeError as error:
        raise ConfigError(message=f"not a kept alignment: {error}", path=str(path), hint="delete it to start anew") from error
    if file.schema != _SCHEMA or file.source != project_path(source.document.path, folder.parent):
        return None
    own = _digests(source), _digests(target)
    fresh = (file.source_sha256, file.target_sha256, file.source_segments, file.target_segments) == (_sha256(source), _sha256(target), *own)
    maps = _moved(file.source_segments, own[0]), _moved(file.target_segments, own[1])
    beads: list[Bead] = []
    pinned: list[int] = []
    for number, bead in enumerate(file.beads):
        if all(item in maps[0] for item in bead.source) and all(item in maps[1] for item in bead.target):
            pinned += [len(beads)] if number in file.pinned else []
            ids = tuple(maps[0][item] for item in bead.source), tuple(maps[1][item] for item in bead.target)
            closest = bead.closest if fresh else None  # what came nearest may be something else by now
            beads.append(msgspec.structs.replace(bead, source=ids[0], target=ids[1], closest=closest))
    return Kept(beads=tuple(beads), pinned=tuple(pinned), fresh=fresh, signature=file.signature)


def _moved(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Old ids to new ones, of the segments that are in both, in order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + at: block.b + at for block in blocks for at in range(block.size)}


class _Source(Struct):
    """What tells whose file it is."""

    source: str


def _path(folder: Path, source: str, target: str) -> Path:
    """Where the alignment of a pair is: in the target's file, or beside it if that is about another source."""
    path = _file_name(folder, target)
    try:
        other = msgspec.json.decode(path.read_bytes(), type=_Source).source != source
    except (OSError, msgspec.DecodeError):  # there is none, or it is damaged, which reading tells
        other = False
    return path.with_name(f"{path.stem}~{blake2b(source.encode(), digest_size=4).hexdigest()}.json") if other else path


def _file_name(folder: Path, target: str) -> Path:
    """A file name that every system takes, made from a path that may hold anything."""
    parts = [re.sub(r'[\x00-\x1f<>:"\\|?*%]', lambda match: f"%{ord(match[0]):02X}", part) for part in target.split("/")]
    parts = ["%2E%2E" if part == ".." else part for part in parts if part]
    if any(len(part.encode()) > 150 for part in parts) or len(parts) > 30:
        parts = [blake2b(target.encode(), digest_size=16).hexdigest()]
    return folder.joinpath(FOLDER, *parts[:-1], f"{parts[-1]}.json")


def _digests(side: Side) -> list[str]:
    return [blake2b("".join(item.text.split()).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest() for item in side.segments]


def _sha256(side: Side) -> str:
    return sha256(side.document.text.encode("utf-8", "surrogatepass")).hexdigest()

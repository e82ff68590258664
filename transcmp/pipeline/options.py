"""What a caller may choose about a comparison."""

from __future__ import annotations

from msgspec import Struct

from transcmp.model import Unit


class Options(Struct, frozen=True, kw_only=True):
    """Choices that change results; all of them stand in the signature or in the documents."""

    source_language: str | None = None
    """BCP 47 tag of the source; None: told from the text."""
    target_language: str | None = None
    """BCP 47 tag of the target; None: told from the text."""
    encoder: str = "auto"
    """``use``, ``e5``, ``lexical``, ``sentence-transformers:NAME``; ``auto``: the best installed one that covers both languages."""
    unit: Unit = "sentence"
    """What a segment is."""
    detector: str = "default"
    """Which language detector."""
    input_format: str | None = None
    """Name of a reader; None: by the file's suffix."""
    encoding: str | None = None
    """Of the files; None: declared, byte order mark, else UTF-8."""
    max_size: int | None = 10_000_000
    """Largest file in bytes; None: no limit."""
    max_bead: int = 8
    """Most segments in a bead, both sides together."""
    fail_on_empty: bool = False
    """An empty file is an error, not a document without fragments."""
    whole_page: bool = False
    """HTML: read navigation and the like too."""
    srx: str | None = None
    """Path of a file with the user's own segmentation rules (SRX 2.0)."""
    folder: str | None = None
    """The project's ``.transcmp``, whose kept alignments are obeyed; None: there is none."""
    anchors: str | None = None
    """Path of a file with beads that are known to be right, as ``[0, 1]:[2]`` lines."""

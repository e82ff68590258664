"""Pairs of texts that belong together, one a line, to be scored."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from transcmp.errors import FormatError
from transcmp.model import Scores
from transcmp.pipeline import columns, sides, steps
from transcmp.pipeline.options import Options


def score_pairs(path: str, *, options: Options, progress: steps.Report | None = None) -> tuple[Scores, ...]:
    """Score every pair of a file, in order; ``-`` is standard input.

    A line is ``source<TAB>target``, or a JSON object with those keys. ``alignment`` is the probability that the two translate each other,
    judged by their words alone. Languages that ``options`` do not name are told from all lines together. Raises FormatError, with the
    line, for a line that is neither, and what reading and choosing an encoder raise.
    """
    from transcmp.scoring import score_pairs as scored

    pairs = read_pairs(path, options)
    whole = replace(options, unit="fragment")
    both = sides.pair(sides.from_strings([one for one, _ in pairs], path), sides.from_strings([two for _, two in pairs], path), whole)
    encoder = steps.choose_encoder(both, whole)
    languages = both.source.language, both.target.language
    return scored(pairs, encoder=encoder, source_language=languages[0], target_language=languages[1], progress=progress)


def read_pairs(path: str, options: Options) -> list[tuple[str, str]]:
    """The pairs of a file."""
    result = []
    for number, line in enumerate(columns.lines_of(path, options), 1):
        source, tab, target = line.partition("\t")
        if line.lstrip().startswith("{") and (not tab or _is_json(line)):  # a placeholder may begin a text, too
            source, target = columns.of_json(line, ("source", "target"), path, number)
        else:
            if not tab or "\t" in target:
                raise FormatError(message="is not source<TAB>target", path=path, line=number, hint="or JSON with those keys")
        result.append((source, target))
    return result


def _is_json(line: str) -> bool:
    try:
        msgspec.json.decode(line)
    except msgspec.DecodeError:
        return False
    return True

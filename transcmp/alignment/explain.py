"""How well the words of one span explain those of another, for tables of spans and for single pairs."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from transcmp.alignment.kernel import Floats
from transcmp.alignment.lexicon import Ratios
from transcmp.alignment.vocabulary import Ids, Vocabulary, add_up, expand, thin_out

_MOST = 400
"""Tokens of a span that are compared pair by pair: a bound on time and memory."""

Spans: TypeAlias = tuple[Ids, Ids]
"""The types of some spans of segments, laid end to end, and the number of each."""


def spans(vocabulary: Vocabulary, firsts: Ids, counts: Ids) -> Spans:
    """The spans that begin with the texts ``firsts`` and have ``counts`` of them. Of a very long one some tokens stand for all."""
    low, high = vocabulary.bounds[firsts], vocabulary.bounds[firsts + counts]
    places, kept = thin_out(low, high - low, _MOST)
    return vocabulary.tokens[places], kept


def explain_pairs(ratios: Ratios, given: Spans, other: Spans) -> tuple[Floats, Floats]:
    """For spans two by two: what the words of the other gain, in nats, and the share of their information that is explained at all."""
    sizes = other[1]
    cells, bead = expand(np.zeros(len(sizes), np.int64), given[1] * sizes)
    their_start, my_start = np.cumsum(sizes) - sizes, np.cumsum(given[1]) - given[1]
    their_place = their_start[bead] + cells % sizes[bead]
    ratio = ratios.between(given[0][my_start[bead] + cells // sizes[bead]], other[0][their_place])
    mean = add_up(their_place, ratio, len(other[0])) / np.repeat(given[1], sizes)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    gained = np.log1p(ratios.covered[other[0]] * (mean - 1))
    information = ratios.information[other[0]]
    explained = add_up(owner, information * (mean > 1), len(sizes)) / np.maximum(add_up(owner, information, len(sizes)), 1e-9)
    return add_up(owner, gained, len(sizes)), explained


def explain_table(ratios: Ratios, given: Vocabulary, other: Vocabulary, rows: slice, columns: slice, longest: int) -> list[Floats]:
    """How well spans of one side explain the words of the other's segments.

    Item k - 1 has shape (spans of k given segments, other segments): the log-likelihood ratio of a segment's words given the span,
    log(1 - cov + cov * mean ratio) summed over them.
    """
    types, _ = other.rows(columns.start, columns.stop)
    column_of = np.full(len(other.types), -1)
    column_of[types] = 0
    distinct = np.flatnonzero(column_of == 0)
    column_of[distinct] = np.arange(len(distinct))
    token = column_of[types]
    mine, segment = given.rows(rows.start, rows.stop)
    places, owner = expand(ratios.starts[mine], ratios.starts[mine + 1] - ratios.starts[mine])
    column = column_of[ratios.target[places]]
    near = column >= 0
    cells = segment[owner[near]] * len(distinct) + column[near]
    height = rows.stop - rows.start
    ratio = add_up(cells, ratios.ratio[places[near]], height * len(distinct)).reshape(height, -1).astype(np.float32)
    sizes = np.diff(given.bounds[rows.start : rows.stop + 1]).astype(np.float32)
    covered = ratios.covered[distinct]
    starts = other.bounds[columns.start : columns.stop] - other.bounds[columns.start]
    explained, total, count = [], ratio, sizes
    for length in range(1, longest + 1):
        if length > 1:
            total, count = total[:-1] + ratio[length - 1 :], count[:-1] + sizes[length - 1 :]
        words = np.log1p(covered * (total / count[:, None] - 1))
        explained.append(np.add.reduceat(words[:, token], starts, axis=1) if len(words) else words[:, :0])
    return explained

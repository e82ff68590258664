"""``omitted``, ``added``, ``moved``, ``duplicated``: whether everything is there, once, and in its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import log

from msgspec.structs import replace

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.checks.untranslated import has_words
from transcmp.evidence.copies import words_of
from transcmp.model import Finding, Place, Segment, Side, Span

_COPY_WORDS = 5
"""Words a repeated segment must have: shorter ones (``See below.``) recur by right."""
_CROSSED = 0.2
"""How much more two blocks of a bead must share crosswise to have changed places; fitted on docpairs (pages of one half)."""
_NEXT_WORDS = 2
"""The same for one that follows its original at once."""


def omitted(context: Context) -> Iterator[Finding]:
    """Source segments without counterpart, a run of them as one finding."""
    if context.mixed:
        return
    for run in _runs(context, lambda pair: bool(pair.source.segments) and not pair.target.segments, source=True):
        part = Part(context.source, [number for pair in run for number in pair.bead.source])
        if not _translatable(part):
            continue
        words = f"the translation has no counterpart of {_what(part)}: “{shorten(part.text)}”"
        yield finding(context, "omitted", "error", words, source=_with_mark(part), bead=run[0].index)


def added(context: Context) -> Iterator[Finding]:
    """Target segments without counterpart, a run of them as one finding."""
    if context.mixed:
        return
    for run in _runs(context, _is_addition, source=False):
        part = Part(context.target, [number for pair in run for number in pair.bead.target])
        if not _translatable(part):
            continue
        words = f"the source has no counterpart of {_what(part)}: “{shorten(part.text)}”"
        yield finding(context, "added", "warning", words, target=_with_mark(part), bead=run[0].index)


def _with_mark(part: Part) -> Place:
    """The place of some segments; where they begin a box (an admonition), from the mark that opens it, which is lost or added with them."""
    place, document, first = part.place(), part.side.document, part.segments[0]
    opener = document.blocks[first.block - 1] if first.block else None
    begins = first.id == 0 or part.side.segments[first.id - 1].block != first.block
    if opener is None or not begins or opener.kind != "admonition" or opener.fragments:
        return place
    return replace(place, span=Span(opener.span.start, place.span.end), start=document.position(opener.span.start))


def _is_addition(pair: Pair) -> bool:
    """Whether a bead has a target only.

    A title in other text does not count: where an admonition has none, the site's software writes one; a foreign word is explained to the
    target's readers. The title of an element that stands for itself does.
    """
    return (
        bool(pair.target.segments) and not pair.source.segments and any(_is_passage(pair.target.side, one) for one in pair.target.segments)
    )


def _is_passage(side: Side, segment: Segment) -> bool:
    block = side.document.blocks[segment.block]
    return segment.kind != "title" or (
        block.kind != "admonition" and all(side.document.fragments[at].kind == "title" for at in block.fragments)
    )


def moved(context: Context) -> Iterator[Finding]:
    """Beads matched out of order, neighbours on both sides as one finding; all together if the whole target stands in reverse order."""
    if context.mixed:
        return
    run: list[Pair] = []
    chosen = sorted((pair for pair in context.pairs if pair.bead.moved), key=lambda pair: pair.bead.source)
    if chosen and context.comparison.alignment.backwards:
        words = "the target's passages stand in the reverse order of the source's"
        yield finding(context, "moved", "warning", words, target=chosen[0].target.place(), bead=chosen[0].index)
        return
    for pair in chosen:
        if run and _follows(run[-1], pair):
            run.append(pair)
            continue
        if run:
            yield _moved(context, run)
        run = [pair]
    if run:
        yield _moved(context, run)
    for pair in context.compared:
        if not pair.bead.moved:
            yield from _exchanged(context, pair)


def _exchanged(context: Context, pair: Pair) -> Iterator[Finding]:
    """Two blocks that changed places inside one bead, which the aligner took as a whole: what they share crosses over."""
    groups = [_by_block(part) for part in (pair.source, pair.target)]
    if any(len(group) != 2 for group in groups):
        return
    (one, two), (first, second) = groups
    straight = affinity(one, first) + affinity(two, second)
    if affinity(one, second) + affinity(two, first) > straight + _CROSSED:
        yield _moved_part(context, one, second, pair.index)


def _by_block(part: Part) -> list[Part]:
    blocks: dict[int, list[int]] = {}
    for segment in part.segments:
        blocks.setdefault(segment.block, []).append(segment.id)
    return [Part(part.side, ids) for ids in blocks.values()]


def affinity(one: Part, other: Part) -> float:
    """How much two texts share (words that begin alike, numbers, marks), and how well their lengths fit."""
    words = [{word[:5] for word in words_of(part.text) if len(word) > 3} for part in (one, other)]
    numbers = [{value for number in part.numbers if number.figure for value in number.values} for part in (one, other)]
    marks = [{mark.value for mark in part.marks if mark.kind in ("code", "link", "anchor")} for part in (one, other)]
    shared = sum(len(a & b) / (1 + min(len(a), len(b))) for a, b in (words, numbers, marks))
    return shared - abs(log((one.size + 5) / (other.size + 5)))


def _follows(first: Pair, second: Pair) -> bool:
    return first.bead.source[-1] + 1 == second.bead.source[0] and first.bead.target[-1] + 1 == second.bead.target[0]


def _moved(context: Context, run: list[Pair]) -> Finding:
    source = Part(context.source, [number for pair in run for number in pair.bead.source])
    target = Part(context.target, [number for pair in run for number in pair.bead.target])
    return _moved_part(context, source, target, run[0].index)


def _moved_part(context: Context, source: Part, target: Part, bead: int) -> Finding:
    place = source.place()
    words = f"{_what(target)} stands in another place than its source (source line {place.start.line}): “{shorten(target.text)}”"
    report = finding(context, "moved", "warning", words, target=target.place(), bead=bead)
    return replace(report, source=place)


def duplicated(context: Context) -> Iterator[Finding]:
    """Target segments that say again what an earlier one says, where the source says it once."""
    places: dict[str, list[Segment]] = defaultdict(list)
    before = ""
    for segment in context.target.segments:
        if segment.kind == "front-matter":  # a page's heading repeats its title by right
            continue
        key = " ".join(words_of(segment.text))
        least = _NEXT_WORDS if key == before else _COPY_WORDS
        if segment.kind != "code" and key.count(" ") + 1 >= least:
            if key == before and not places[key]:
                places[key].append(context.target.segments[segment.id - 1])
            places[key].append(segment)
        before = key
    owners = {number: pair for pair in context.beads for number in pair.bead.target}
    copies: list[tuple[Segment, Segment]] = []
    said = Counter(" ".join(words_of(segment.text)) for segment in context.source.segments)
    for segments in places.values():
        if len(segments) > 1:
            copies.extend(_surplus(said, segments, owners))
    copies.sort(key=lambda item: item[0].id)
    for run in _copy_runs(copies):
        part = Part(context.target, [copy.id for copy, _ in run])
        first = Part(context.target, [original.id for _, original in run])
        line = first.place().start.line
        words = f"{_what(part)} repeats line {line}, which the source says once: “{shorten(part.text)}”"
        owner = owners.get(run[0][0].id)
        source = owners[run[0][1].id].source if run[0][1].id in owners else None
        report = finding(context, "duplicated", "warning", words, target=part.place(), bead=owner.index if owner else None)
        yield replace(report, source=source.place() if source is not None and source.segments else None)


def _surplus(said: Counter[str], segments: list[Segment], owners: dict[int, Pair]) -> Iterator[tuple[Segment, Segment]]:
    """The copies that no repetition in the source excuses, each with the original: unaligned ones first, then the later ones.

    ``said`` counts what the source says.
    """
    origins = Counter[str]()
    for segment in segments:
        pair = owners.get(segment.id)
        if pair is not None and pair.source.segments:
            origins[" ".join(words_of(pair.source.text))] += 1
    allowed = max((said[text] for text in origins if text in said), default=1)
    lonely = [segment for segment in segments if not _has_source(owners.get(segment.id))]
    surplus = max(0, len(segments) - max(allowed, 1))
    if len(origins) > 1 and not lonely:  # two different sources, one wording: a matter of style
        return
    chosen = (lonely + [segment for segment in reversed(segments) if segment not in lonely])[:surplus]
    original = next((segment for segment in segments if segment not in chosen), segments[0])
    for segment in chosen:
        yield segment, original


def _has_source(pair: Pair | None) -> bool:
    """Whether a bead accounts for the segment: one with fewer source than target segments may have swallowed a copy."""
    return pair is not None and 0 < len(pair.target.segments) <= len(pair.source.segments)


def _copy_runs(copies: list[tuple[Segment, Segment]]) -> Iterator[list[tuple[Segment, Segment]]]:
    run: list[tuple[Segment, Segment]] = []
    for copy in copies:
        if run and run[-1][0].id + 1 == copy[0].id and run[-1][0].fragment == copy[0].fragment:
            run.append(copy)
            continue
        if run:
            yield run
        run = [copy]
    if run:
        yield run


def _runs(context: Context, wanted: Callable[[Pair], bool], *, source: bool) -> Iterator[list[Pair]]:
    """Neighbouring beads of one kind, neighbours on the side that they have; a heading begins another run."""
    run: list[Pair] = []
    chosen = [pair for pair in context.beads if wanted(pair)]
    chosen.sort(key=lambda pair: pair.bead.source if source else pair.bead.target)
    for pair in chosen:
        ids = (run[-1].bead.source, pair.bead.source) if source and run else (run[-1].bead.target, pair.bead.target) if run else ((), ())
        part = pair.source if source else pair.target
        if run and ids[0][-1] + 1 == ids[1][0] and part.segments[0].kind != "heading":
            run.append(pair)
            continue
        if run:
            yield run
        run = [pair]
    if run:
        yield run


def _translatable(part: Part) -> bool:
    """Whether its absence is a loss: it has words, or is code."""
    return any(segment.kind == "code" or has_words(segment.text) for segment in part.segments)


def _what(part: Part) -> str:
    """How a message calls some segments: ``this sentence``, ``this list item``, ``these 3 passages``."""
    fragments = {segment.fragment for segment in part.segments}
    if len(fragments) > 1:
        return f"these {len(fragments)} passages"
    segment = part.segments[0]
    whole = _letters(part.side, segment) <= part.size
    if not whole:
        return "this sentence" if len(part.segments) == 1 else f"these {len(part.segments)} sentences"
    names = {"front-matter": "front-matter value", "unit": "text", "cue": "subtitle", "code": "code block"}
    return f"this {names.get(segment.kind, segment.kind.replace('-', ' '))}"


def _letters(side: Side, segment: Segment) -> int:
    return sum(char.isalnum() for char in side.document.fragments[segment.fragment].text)

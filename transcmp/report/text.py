"""Formats for people, and the plain line formats.

All text from documents passes :func:`transcmp.visible.visible_line`: a terminal never sees a file's controls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from transcmp import model
from transcmp.report import Style
from transcmp.report.places import RANK, short_fingerprints
from transcmp.report.words import counted, extent
from transcmp.visible import figure, percent, visible_line

_BESIDE = 120
"""Terminal cells from which both sides of a finding stand beside each other, and not under each other."""
_LINES = 3
_COLORS = {"error": "1;31", "warning": "33", "note": "36", "dim": "2", "bold": "1", "good": "32", "bad": "31", "rule": "35"}


def paint(style: Style, name: str, text: str) -> str:
    """``text`` in a colour of the table above, or as it is."""
    return f"\x1b[{_COLORS[name]}m{text}\x1b[0m" if style.color else text


def detect(documents: Iterable[model.Document], style: Style) -> Iterator[str]:
    """A block a document: line, kind, language, confidence and the beginning of each fragment; totals at its end, and at the end of all."""
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    count = 0
    for document in documents:
        count += 1
        name = paint(style, "bold", visible_line(document.path))
        yield f"{name}: {document.language}, {counted(len(document.fragments), 'fragment')}\n"
        own: Counter[str] = Counter()
        for fragment in document.fragments:
            yield _detected(document, fragment, style)
            own[fragment.language] += 1
            kinds[fragment.kind] += 1
        yield f"  languages: {_ranked(own)}\n"
        languages += own
    if count > 1:
        yield f"\n{counted(count, 'document')}, {counted(sum(kinds.values()), 'fragment')}\n"
        yield f"  languages: {_ranked(languages)}\n  kinds: {_ranked(kinds)}\n"


def _detected(document: model.Document, fragment: model.Fragment, style: Style) -> str:
    start = document.position(fragment.span.start)
    place = f"{start.line}:{start.column}"
    odd = fragment.language not in (document.language, model.UNDETERMINED, model.NO_LANGUAGE)
    tag = paint(style, "warning" if odd else "dim", f"{fragment.language:<5}")
    room = max(20, style.width - 36)
    return f"  {place:>8}  {fragment.kind:<12} {tag} {figure(fragment.confidence)}  {_excerpt(fragment.text, room)}\n"


def _ranked(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))) or "none"


def detect_tsv(documents: Iterable[model.Document], style: Style) -> Iterator[str]:
    """``line<TAB>language<TAB>confidence<TAB>text`` a fragment, no header."""
    for document in documents:
        for fragment in document.fragments:
            line = document.position(fragment.span.start).line
            yield f"{line}\t{fragment.language}\t{fragment.confidence:.4f}\t{_tsv(fragment.text)}\n"


def _tsv(text: str) -> str:
    return text.replace("\t", " ").replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def align(alignment: model.Alignment, style: Style) -> Iterator[str]:
    """The beads, both sides under each other, with kind, score and lines; of a mixed document those of the source side."""
    mixed = alignment.source.document is alignment.target.document
    beads = [bead for bead in alignment.beads if bead.source or not mixed]
    for bead in beads:
        yield f"{_bead_head(bead, style)}\n"
        yield from _bead_texts(alignment, bead, style)
    if mixed:
        rest = len(alignment.beads) - len(beads)
        yield f"\n{counted(len(beads), 'bead')}; {rest} more {alignment.target.language} segments need no counterpart here\n"
    else:
        yield f"\n{counted(len(beads), 'bead')}, score {figure(alignment.score, 3)}\n"
    yield paint(style, "dim", alignment.signature) + "\n"


def _bead_texts(alignment: model.Alignment, bead: model.Bead, style: Style) -> Iterator[str]:
    room = max(30, style.width - 22)
    for side, numbers in ((alignment.source, bead.source), (alignment.target, bead.target)):
        for number in numbers:
            item = side.segments[number]
            line = side.document.position(item.span.start).line
            yield f"  {line:>6}  {item.language:<5} {_excerpt(item.text, room)}\n"
    if bead.closest is not None and bead.closest.target:
        items = [alignment.target.segments[number] for number in bead.closest.target]
        line = alignment.target.document.position(items[0].span.start).line
        nearest = f"closest: line {line}, score {figure(bead.closest.score)}: {_excerpt(' '.join(item.text for item in items), room - 20)}"
        yield f"          {paint(style, 'dim', nearest)}\n"


def _bead_head(bead: model.Bead, style: Style) -> str:
    kind = f"{len(bead.source)}-{len(bead.target)}"
    if not bead.target:
        return paint(style, "warning", f"{kind} no counterpart")
    if not bead.source:
        return paint(style, "warning", f"{kind} added")
    head = paint(style, "good" if bead.score >= 0.5 else "bad", f"{kind} {figure(bead.score)}")
    return head + (paint(style, "warning", " moved") if bead.moved else "")


def align_tsv(alignment: model.Alignment, style: Style) -> Iterator[str]:
    """``source ids<TAB>target ids<TAB>score<TAB>source text<TAB>target text`` a bead; ids joined by commas."""
    for bead in alignment.beads:
        source = " ".join(alignment.source.segments[number].text for number in bead.source)
        target = " ".join(alignment.target.segments[number].text for number in bead.target)
        ids = "\t".join(",".join(map(str, numbers)) for numbers in (bead.source, bead.target))
        yield f"{ids}\t{bead.score:.4f}\t{_tsv(source)}\t{_tsv(target)}\n"


def align_vecalign(alignment: model.Alignment, style: Style) -> Iterator[str]:
    """``[0]:[0, 1]:0.93`` a bead, ids 0-based; the third field is our score, where Vecalign prints a cost."""
    for bead in alignment.beads:
        yield f"{list(bead.source)}:{list(bead.target)}:{bead.score:.4f}\n"


def check(run: model.CheckRun, style: Style) -> Iterator[str]:
    """Findings grouped by pair, the texts of both sides under each, beside each other where there is room; then the counts.

    A finding ends with the first characters of its fingerprint, for ``explain`` and ``dismiss``.
    """
    names = short_fingerprints(run)
    for pair in run.pairs:
        shown = [finding for finding in pair.findings if RANK[finding.severity] <= RANK[style.show]]
        if shown or len(run.pairs) == 1:
            yield _pair_head(pair, style)
            for finding in shown:
                yield from _finding(finding, pair, names[finding.fingerprint], style)
            yield "\n"
    yield _summary(run, style)


def finding(found: model.Finding, pair: model.Checked, style: Style) -> Iterator[str]:
    """One finding of a pair, as :func:`check` shows it, with its whole fingerprint, both whole texts and what the rule decided on."""
    yield _pair_head(pair, style)
    yield _finding_head(found, found.fingerprint, style)
    for label, text in _sides(found, pair):
        yield f"            {paint(style, 'dim', f'{label:<14}')} {visible_line(' '.join(text.split()))}\n"
    for line in found.evidence:
        yield f"            {paint(style, 'dim', 'evidence      ')} {visible_line(line)}\n"


def _pair_head(pair: model.Checked, style: Style) -> str:
    name = visible_line(pair.source.path)
    languages: str = pair.source.language
    if pair.mixed and pair.target is not None:
        languages = pair.target.language + (f", left over: {pair.source.language}" if pair.source.language != "und" else "")
    elif pair.target is not None:
        if pair.target.path != pair.source.path:  # a bilingual file is both
            name += f" → {visible_line(pair.target.path)}"
        languages += f" → {pair.target.language}"
    figures = ""
    if pair.score is not None and pair.coverage is not None and not pair.mixed:
        figures = f"  score {figure(pair.score)}  coverage {percent(pair.coverage.source)}% / {percent(pair.coverage.target)}%"
    return f"{paint(style, 'bold', name)}  {languages}{figures}\n"


def _finding_head(finding: model.Finding, name: str, style: Style) -> str:
    place = finding.target or finding.source
    where = f"{place.start.line}:{place.start.column}" if place is not None else "-"
    severity = paint(style, finding.severity, f"{finding.severity:<7}")
    mark = paint(style, "dim", f"  [{name}]") if name else ""
    return f"  {where:>8}  {severity}  {paint(style, 'rule', finding.rule)}: {visible_line(finding.message)}{mark}\n"


def _sides(finding: model.Finding, pair: model.Checked) -> list[tuple[str, str]]:
    """Label and text of each side that a finding shows."""
    return [
        (f"{name if not pair.mixed else side.kind} {side.start.line}:{side.start.column}", side.text)
        for name, side in (("source", finding.source), ("target", finding.target))
        if side is not None and side.text.strip()
    ]


def _finding(finding: model.Finding, pair: model.Checked, name: str, style: Style) -> Iterator[str]:
    yield _finding_head(finding, name, style)
    sides = _sides(finding, pair)
    if len(sides) == 2 and style.width >= _BESIDE:
        yield from _beside(sides, style)
        return
    for label, text in sides:
        room = max(30, style.width - 13 - max(14, len(label)))
        yield f"            {paint(style, 'dim', f'{label:<14}')} {_excerpt(text, room)}\n"


def _beside(sides: list[tuple[str, str]], style: Style) -> Iterator[str]:
    """Both sides of a finding in two columns, of a long text its beginning."""
    from rich.cells import cell_len

    width = (style.width - 15) // 2
    columns = []
    for label, text in sides:
        indent = max(14, len(label)) + 1
        lines = _wrapped(text, width - indent)
        heads = [paint(style, "dim", f"{label:<{indent}}"), *[" " * indent] * (len(lines) - 1)]
        columns.append([(head + line, indent + cell_len(line)) for head, line in zip(heads, lines, strict=True)])
    for (left, cells), (right, _) in zip_longest(*columns, fillvalue=("", 0)):
        yield f"            {left}{' ' * (width - cells)} │ {right}".rstrip() + "\n"


def _wrapped(text: str, room: int) -> list[str]:
    """At most :data:`_LINES` lines of a text, each of at most ``room`` terminal cells."""
    from textwrap import wrap

    from rich.cells import cell_len, chop_cells

    line = visible_line(" ".join(text[: 4 * room * _LINES].split()))
    lines = wrap(line, room, break_on_hyphens=False) if cell_len(line) == len(line) else chop_cells(line, room)
    lines = lines or [line]  # a mark that stands alone takes no cell, and is cut into nothing
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], _excerpt(" ".join(lines[_LINES - 1 :]), room)]


def _summary(run: model.CheckRun, style: Style) -> str:
    counts = [(severity, run.count(severity)) for severity in RANK]
    said = ", ".join(paint(style, severity, counted(count, severity)) for severity, count in counts if count)
    silenced = sum(pair.silenced for pair in run.pairs)
    line = f"{said or paint(style, 'good', 'no findings')} in {extent(run)}"
    hidden = run.count("note") if RANK[style.show] < RANK["note"] else 0
    if hidden:
        line += f" ({counted(hidden, 'note')} hidden: --show note)"
    if silenced:
        line += f"; {silenced} silenced"
    return line + "\n" + "".join(f"{visible_line(reason)}\n" for reason in run.reasons)


def _excerpt(text: str, room: int) -> str:
    """The beginning of a text in at most ``room`` terminal cells, on one line."""
    from rich.cells import cell_len, set_cell_size

    line = visible_line(" ".join(text[: 4 * room].split()))
    if cell_len(line) <= room and len(text) <= 4 * room:
        return line
    return set_cell_size(line, room - 1).rstrip() + "…"


__all__ = ["align", "align_tsv", "align_vecalign", "check", "detect", "detect_tsv", "finding", "paint"]

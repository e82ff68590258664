"""Comparisons made of lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from transcmp.model import (
    Alignment,
    Bead,
    Block,
    Closest,
    Comparison,
    Coverage,
    Document,
    Finding,
    Fragment,
    FragmentKind,
    Language,
    Mark,
    Piece,
    Segment,
    Severity,
    Side,
    Span,
    place_of,
)


def document(lines: Sequence[str], path: str, language: str, kinds: dict[int, FragmentKind] | None = None) -> Document:
    """Every line a fragment and a block."""
    fragments, blocks, offset = [], [], 0
    for number, text in enumerate(lines):
        kind = (kinds or {}).get(number, "paragraph")
        end = offset + len(text)
        fragments.append(
            Fragment(
                id=number, kind=kind, block=number, text=text, pieces=(Piece(offset, end),), language=Language(language), confidence=1.0
            )
        )
        blocks.append(Block(id=number, kind="paragraph", span=Span(offset, end), fragments=(number,)))
        offset = end + 1
    return Document(
        path=path, format="text", text="\n".join(lines), blocks=tuple(blocks), fragments=tuple(fragments), language=Language(language)
    )


def side(doc: Document, languages: dict[int, str] | None = None, marks: dict[int, tuple[Mark, ...]] | None = None) -> Side:
    segments = tuple(
        Segment(
            id=item.id,
            fragment=item.id,
            kind=item.kind,
            block=item.block,
            text=item.text,
            pieces=item.pieces,
            marks=(marks or {}).get(item.id, ()),
            language=Language((languages or {}).get(item.id, item.language)),
        )
        for item in doc.fragments
    )
    return Side(document=doc, language=doc.language, segments=segments)


def comparison(source: Side, target: Side, beads: Sequence[Bead], findings: Sequence[Finding] = (), *, mixed: bool = False) -> Comparison:
    alignment = Alignment(source=source, target=target, beads=tuple(beads), score=0.91, signature="made")
    return Comparison(
        alignment=alignment, mixed=mixed, coverage=Coverage(source=0.9, target=0.95), findings=tuple(findings), signature="made"
    )


def finding(
    rule: str, severity: Severity, message: str, on: Side, segment: int, start: int = 0, end: int | None = None, bead: int | None = None
) -> Finding:
    place = place_of(on.document, on.segments[segment], start, end)
    return Finding(
        rule=rule, severity=severity, message=message, source=place, target=None, bead=bead, fingerprint=f"{rule}:{segment}:{start}"
    )


def small() -> Comparison:
    """Seven beads: heading, plain, 2-1, omitted, untranslated caption, moved, added; and hostile text."""
    source = side(
        document(
            [
                "Il mercato di Varese",
                "Ogni mattina il mercato apre alle 7 e chiude alle 13.",
                "I banchi sono quaranta.",
                "Quasi tutti vendono frutta e verdura della zona, raccolta il giorno prima nei campi attorno al lago.",
                "Il sabato arriva anche il pescivendolo.",
                "Una signora sceglie i pomodori al mercato",
                "Il nuovo tetto \x1b[31mè costato\u202e 120.000 euro.",
            ],
            "mercato.it.md",
            "it",
            {0: "heading", 5: "caption"},
        )
    )
    target = side(
        document(
            [
                "The market of Varese",
                "Every morning the market opens at 8 and closes at 13.",
                "There are forty stalls, and almost all of them sell fruit and vegetables picked the day before around the lake.",
                "The new roof cost 120,000 euros.",
                "Come early.",
                "Una signora sceglie i pomodori al mercato",
            ],
            "market.en.md",
            "en",
            {0: "heading", 5: "caption"},
        ),
        {5: "it"},
    )
    beads = [
        Bead(source=(0,), target=(0,), score=0.98),
        Bead(source=(1,), target=(1,), score=0.93),
        Bead(source=(2, 3), target=(2,), score=0.71),
        Bead(source=(4,), target=(), score=0.0, closest=Closest(target=(3,), score=0.12)),
        Bead(source=(5,), target=(5,), score=0.41),
        Bead(source=(6,), target=(3,), score=0.88, moved=True),
        Bead(source=(), target=(4,), score=0.0),
    ]
    number = place_of(target.document, target.segments[1], 34, 35)
    findings = [
        Finding(
            rule="number",
            severity="warning",
            message="source line 2 has 7, target line 2 has 8",
            source=place_of(source.document, source.segments[1], 34, 35),
            target=number,
            bead=1,
            fingerprint="number:1",
        ),
        finding("omitted", "error", "source line 5 has no translation", source, 4, bead=3),
        Finding(
            rule="untranslated",
            severity="error",
            message="this caption is in Italian, as in the source",
            source=None,
            target=place_of(target.document, target.segments[5]),
            bead=4,
            fingerprint="untranslated:4",
        ),
        finding("moved", "note", "source line 7 is translated at target line 4", source, 6, bead=5),
    ]
    return comparison(source, target, beads, findings)


WORDS = (
    "il",
    "mercato",
    "apre",
    "ogni",
    "mattina",
    "alle",
    "sette",
    "e",
    "chiude",
    "dopo",
    "pranzo",
    "quando",
    "tutti",
    "tornano",
    "pieni",
)


def large(count: int) -> Comparison:
    """``count`` beads of one to three lines, a finding every 250."""
    lines = [" ".join(WORDS[(n * 7 + k) % len(WORDS)] for k in range(6 + n * 13 % 22)) for n in range(count)]
    source, target = side(document(lines, "large.it.txt", "it")), side(document(lines, "large.en.txt", "en"))
    beads = [Bead(source=(n,), target=(n,), score=0.6 + (n * 37 % 40) / 100) for n in range(count)]
    findings = [finding("number", "error", f"number in line {n + 1}", source, n, bead=n) for n in range(100, count, 250)]
    return comparison(source, target, beads, findings)


def without_bead(item: Finding) -> Finding:
    return replace(item, bead=None)


def mixed() -> Comparison:
    """An English document with an Italian caption in its third line."""
    doc = document(
        ["The market", "It opens early.", "Una signora al mercato", "It closes late."], "report.md", "en", {0: "heading", 2: "caption"}
    )
    both = side(doc, {2: "it"})
    source = Side(document=doc, language=Language("it"), segments=(replace(both.segments[2], id=0),))
    others = [both.segments[0], both.segments[1], both.segments[3]]
    target = Side(document=doc, language=Language("en"), segments=tuple(replace(item, id=number) for number, item in enumerate(others)))
    beads = [
        Bead(source=(0,), target=(), score=0.0, closest=Closest(target=(1,), score=0.2)),
        Bead(source=(), target=(0,), score=0.0),
        Bead(source=(), target=(1,), score=0.0),
        Bead(source=(), target=(2,), score=0.0),
    ]
    findings = [finding("untranslated", "error", "line 3: this caption is in Italian", source, 0, bead=0)]
    return comparison(source, target, beads, findings, mixed=True)


def wide() -> Comparison:
    """Chinese, Thai, combining marks, emoji, right-to-left."""
    source = [
        "市场每天早上七点开门，下午一点关门。这里有四十个摊位，几乎都卖附近的水果和蔬菜。",
        "e\u0301te\u0301 na\u0308chste 👍🏽 🎉 done",
        "ตลาดเปิดทุกเช้า",
    ]
    target = ["السوق يفتح كل صباح في الساعة السابعة ويغلق في الواحدة.", "été nächste 👍🏽 🎉 fini", "The market opens every morning."]
    return comparison(
        side(document(source, "wide.zh.md", "zh")),
        side(document(target, "wide.ar.md", "ar")),
        [Bead(source=(number,), target=(number,), score=0.9) for number in range(3)],
    )

"""What nobody means to align: seconds of one core, peak memory and what comes out, each in a process of its own.

The same sentence again and again, no sentence alike, one side nearly empty, a sentence of a megabyte, another document, no order at all.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice

from alignment_data import corpora, side

from transcmp.alignment import AlignOptions, align
from transcmp.embed import choose
from transcmp.model import Alignment

Texts = tuple[list[str], list[str]]
TIERS = {"use": ("en", "de"), "lexical": ("en", "de"), "e5": ("en", "is")}
"""By encoder: the languages that the sides are said to have."""


def prose(language: str, count: int) -> list[str]:
    """Sentences of the project's corpora in one language, over and over."""
    sides = (one for example in corpora() for one in (example.source, example.target))
    texts = [" ".join(segment.text.split()) for one in sides if one.language.startswith(language) for segment in one.segments]
    return list(islice(cycle(texts), count))


def of_corpus(name: str, language: str) -> list[str]:
    """The sentences of one side of a corpus."""
    example = next(one for one in corpora() if one.name == name)
    found = example.source if example.source.language.startswith(language) else example.target
    return [" ".join(segment.text.split()) for segment in found.segments]


def gibberish(count: int, letters: str, seed: int) -> list[str]:
    """Lines of seven words that nobody has seen before."""
    chance = random.Random(seed)
    return [" ".join("".join(chance.choices(letters, k=6)) for _ in range(7)) for _ in range(count)]


def numbered(texts: list[str]) -> list[str]:
    """No two alike."""
    return [f"{text} ({number})" for number, text in enumerate(texts)]


def long_sentence(word: str) -> str:
    """A megabyte."""
    return f"The {word} runs and " * (1_000_000 // len(f"The {word} runs and "))


CASES: dict[str, Callable[[int], Texts]] = {
    "empty source": lambda _: ([], prose("de", 200)),
    "empty target": lambda _: (prose("en", 200), []),
    "1 against all lines": lambda size: (prose("en", 1), numbered(prose("de", size))),
    "identical lines": lambda size: (["That is good."] * size, ["Das ist gut."] * size),
    "the same sentence 500 times": lambda _: ([*prose("en", 20), *["That is good."] * 500], [*prose("de", 20), *["Das ist gut."] * 500]),
    "against itself": lambda size: (numbered(prose("en", size)),) * 2,
    "no anchor": lambda size: (gibberish(2 * size, "abdefilo", 1), gibberish(2 * size, "бгджзнпш", 2)),
    "a sentence of a megabyte": lambda _: ([long_sentence("dog"), *prose("en", 20)], [long_sentence("Hund"), *prose("en", 20)]),
    "reversed order": lambda size: (numbered(prose("en", size // 10)), numbered(prose("en", size // 10))[::-1]),
    "unrelated": lambda _: (of_corpus("news-it-en", "en"), of_corpus("docs-en-de", "de")),
}
"""By name: the texts of both sides, where the long ones have so many lines."""


def table(size: int, tiers: Sequence[str]) -> None:
    """All cases, in each tier that works here."""
    print(f"{'bad input':30} {'tier':8} {'lines':>13} {'CPU s':>7} {'peak MB':>8} {'score':>6} {'1-1':>6} {'over .2':>8} {'moved':>6}")
    for name in CASES:
        for tier in tiers:
            asked = json.dumps([name, tier, size])
            done = subprocess.run([sys.executable, __file__, asked], capture_output=True, text=True, check=False)
            print(done.stdout.rstrip() or f"{name} {tier}: {(done.stderr.strip() or 'nothing').splitlines()[-1]}", flush=True)


def one(name: str, tier: str, size: int) -> None:
    texts, languages = CASES[name](size), TIERS[tier]
    sides = [side("\n".join(lines), language, format="lines", unit="line") for lines, language in zip(texts, languages, strict=True)]
    encoder = choose(tier, *languages)
    if encoder is not None:
        encoder.encode(["A text, for what is read at the first use only."])
    started = time.process_time()
    found = align(sides[0], sides[1], encoder=encoder, options=AlignOptions(unit="line"))
    seconds = time.process_time() - started
    for lines, ids in zip(texts, _ids(found), strict=True):
        assert ids == list(range(len(lines))), f"{name}: not every line once"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    single = [bead for bead in found.beads if len(bead.source) == len(bead.target) == 1]
    lines_read = f"{len(texts[0])}/{len(texts[1])}"
    print(
        f"{name:30} {tier:8} {lines_read:>13} {seconds:7.1f} {peak:8.0f} {found.score:6.2f} {len(single):6}"
        f" {sum(bead.score > 0.2 for bead in single):8} {sum(bead.moved for bead in found.beads):6}"
    )


def _ids(found: Alignment) -> tuple[list[int], list[int]]:
    return sorted(n for bead in found.beads for n in bead.source), sorted(n for bead in found.beads for n in bead.target)


if __name__ == "__main__":
    one(*json.loads(sys.argv[1]))

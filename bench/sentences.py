#!/usr/bin/env python3
"""Sentence boundaries: the built-in rules against SRX rules, a language a row; which of the two a language should have.

    python bench/sentences.py [--srx FILE] [--list LANGUAGE]

Texts whose lines are sentences (Text+Berg dev, ParIce) are joined twelve lines at a time and cut again. Many of their lines are no whole
sentences (they end with a semicolon, or were broken in the middle), so recall has a ceiling well below 1; precision has none.
Without ``--srx`` the rules are those of LanguageTool, which come with choppa-srx.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from transcmp.errors import MissingExtraError
from transcmp.model import Language, Passage
from transcmp.segment import sentences
from transcmp.segment.sentences import Rules
from transcmp.segment.srx import load

DATA = Path(__file__).parents[2] / "shared" / "data" / "alignment"
SETS = {
    "de": ["textberg-dev/dev.de"],
    "fr": ["textberg-dev/dev.fr"],
    "en": ["parice/eng/*"],
    "is": ["parice/isl/*"],
}
LINES = 12


def lines_of(pattern: str) -> list[str]:
    return [line.strip() for path in sorted(DATA.glob(pattern)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def compare(lines: list[str], language: str, rules: Rules | None, show: bool) -> tuple[float, float, float]:
    right = found = known = 0
    for first in range(0, len(lines), LINES):
        part = lines[first : first + LINES]
        text = " ".join(part)
        gold, offset = set(), 0
        for line in part[:-1]:
            offset += len(line) + 1
            gold.add(offset)
        got = {start for start, _ in sentences(Passage(text=text, pieces=()), Language(language), rules)} - {0}
        right, found, known = right + len(gold & got), found + len(got), known + len(gold)
        for start in sorted(gold ^ got) if show else ():
            kind = "extra" if start in got else "missed"
            print(f"{kind}: ...{text[max(0, start - 40) : start]}|{text[start : start + 30]}...", file=sys.stderr)
    precision, recall = right / max(1, found), right / max(1, known)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def default_rules() -> str:
    try:
        import choppa
    except ImportError:
        raise MissingExtraError(message="SRX rules need choppa-srx", extra="srx") from None
    return str(choppa.DEFAULT_SRX_RULESET)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--srx", metavar="FILE")
    options.add_argument("--list", metavar="LANGUAGE", help="every boundary that differs, on stderr")
    chosen = options.parse_args()
    if not DATA.is_dir():
        print(f"no evaluation data at {DATA}: skipped", file=sys.stderr)
        return 0
    ways: dict[str, Rules | None] = {"built in": None, "SRX": load(chosen.srx or default_rules())}
    print("| language | sentences | rules | precision | recall | F1 | sentences per CPU s |\n|---|---:|---|---:|---:|---:|---:|")
    for language, patterns in SETS.items():
        lines = [line for pattern in patterns for line in lines_of(pattern)]
        for name, rules in ways.items():
            compare(lines[:LINES], language, rules, False)  # load
            start = time.process_time()
            figures = compare(lines, language, rules, chosen.list == language)
            speed = len(lines) / max(1e-6, time.process_time() - start)
            print(f"| {language} | {len(lines)} | {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} | {speed:,.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())

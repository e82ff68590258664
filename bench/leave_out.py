#!/usr/bin/env python3
"""What does the quality model make of errors it has never met? Fit it without a kind of damage, rank DEMETR's perturbations of that kind.

    python bench/leave_out.py FOLDER [--limit 5000]

A smaller fit than the shipped one (``--limit`` pairs of text, three epochs), once with everything and once for each group below, on
DEMETR's development part (every fourth sentence). Prints both figures for every perturbation; the means are over perturbations.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

import damage as damages
import fit_quality
import numpy as np
from quality import LANGUAGES, demetr

from transcmp.embed.use import load as load_encoder

GROUPS = {
    "id10_numbers_replaced": "replace-number",
    "id11_gender id15_case": "replace-pronoun",
    "id20_shuffled id14_word_swap": "shuffle swap",
    "id21_adj_adv_removed id22_verb_removed id23_noun_removed": "drop-content drop-name",
    "id24_subj_removed": "drop-start",
    "id25_ne_removed": "drop-name",
    "id4_codemix": "copy-source",
    "id6_addition": "add-word add-phrase",
    "id7_antonym id3_hypernym": "replace-similar replace-random",
    "id8_negation": "negate",
    "id9_ne_replaced": "replace-name",
    "id17_tense id18_aspect id13_pos_shift": "replace-tense replace-form",
    "id19_question": "ask",
    "id5_pp_removed": "drop-phrase drop-ending",
    "id12_conj_removed": "drop-conjunction",
    "id16_function_word": "replace-function",
    "id1_repeat2 id2_repeat4": "repeat",
    "id26_misspelled id27_char_removed": "misspell drop-letter",
    "id28_final_punc_removed": "drop-final-mark",
    "id29_punc_addition": "add-mark",
    "id30_tokenized": "tokenise",
    "id31_full_lower id32_first_lower": "lower-all lower-first",
}
"""Perturbations, and the kinds of damage that are of their kind."""


def selected(data: fit_quality.Data, keep: np.ndarray) -> fit_quality.Data:
    """The data of some pairs."""

    def part(rows: fit_quality.Rows) -> fit_quality.Rows:
        sizes = np.diff(rows.starts)
        inside = np.repeat(keep, sizes)
        starts = np.concatenate([[0], np.cumsum(sizes[keep])])
        return fit_quality.Rows(rows.values[inside], rows.extra[inside], rows.sign[inside], starts)

    return fit_quality.Data(part(data.target), part(data.source), data.rules[keep], data.kinds[keep])


def evaluation() -> list[tuple[str, str, tuple[str, str], list[tuple[str, str]]]]:
    """DEMETR's pairs as examples; the perturbation is the kind."""
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in demetr():
        if row["id"] % 4 == 1 and not row["pert"].startswith("base"):
            groups[row["src"], row["mt"], LANGUAGES[row["lang"]]].append((row["pert"].split("_", 1)[1], row["perturbed"]))
    return [(source, translation, (language, "en"), copies) for (source, translation, language), copies in groups.items()]


def fitted(train: fit_quality.Data, test: fit_quality.Data, seed: int = 1) -> dict[str, float]:
    ranker = fit_quality.Ranker(train, fit_quality.HIDDEN, seed)
    ranker.fit(train, epochs=3, rate=1e-3, decay=0.05, batch=256, seed=seed)
    return ranker.accuracy(test)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=5_000)
    options = parser.parse_args()
    rows = fit_quality.read_text(options.folder)[: options.limit]
    encoder = load_encoder()
    lexicon = fit_quality.lexicons(rows, encoder)
    builder = fit_quality.Builder(encoder, fit_quality.unit_variance(encoder, [text for row in rows[:1500] for text in row[1:]]))
    kinds = list(damages.KINDS)
    builder.measure(list(fit_quality.examples(rows[:400], lexicon, kinds, 0)))
    train = builder.build(fit_quality.examples(rows, lexicon, kinds, 1))
    test = builder.build(evaluation())
    started = time.process_time()
    whole = fitted(train, test)
    without: dict[str, float] = {}
    for perturbations, left_out in GROUPS.items():
        found = fitted(selected(train, ~np.isin(train.kinds, left_out.split())), test)
        for name in perturbations.split():
            without[name] = found[name]
            print(f"{name:28} with {whole[name]:5.1f}  without {without[name]:5.1f}", flush=True)
    print(f"mean of {len(without)}: with {np.mean(list(whole.values())):.2f}, without {np.mean(list(without.values())):.2f}")
    print(f"{time.process_time() - started:.0f} s CPU", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

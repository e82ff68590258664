#!/usr/bin/env python3
"""Fit the quality and risk models on synthetic damage, and write ``transcmp/scoring/models/quality-use.json``.

    python bench/training_text.py FOLDER          once: the text, about a minute
    python bench/fit_quality.py FOLDER            about ten minutes on one core, 3 GB

Every pair of the text gives its translation and damaged copies of it; the model learns to put the translation above its copies. First h
(fluency) is fitted on much text, then f and g beside it on fewer pairs, then the weights of all parts and the risk model on text that none
of them has seen. ``--without KIND,..`` leaves kinds of damage out; ``--fluency MODEL`` and ``--ranker MODEL`` take these parts of a model
that is there.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path

import damage as damages
import fit_fluency
import msgspec
import numpy as np
from damage_lexicon import Lexicon
from fit_ranker import Builder, Ranker, described_by, scaled, unit_variance
from fit_risk import BASE_RATE, Signs, fit_logistic, judge, pair_signs_of, signs_of
from fit_text import Example, Row, examples, lexicons, literal, read_text

from transcmp import embed
from transcmp.model import Language
from transcmp.scoring import features
from transcmp.scoring.quality import Logistic, Origin, QualityModel, Stored, StoredFluency

MODELS = Path(__file__).parent.parent / "transcmp" / "scoring" / "models"
WEIGHED, RISKED = 1_500, 1_500
"""Pairs of text at the end of the file that the weights of the parts and the risk model are fitted on."""
LEXICON = 30_000
"""Pairs of text that the word lists are made of."""
HIDDEN = 64
RIDGE = 0.3
"""Of the weights of parts and figures, at unit variance; chosen by cross-validation on the text that they are fitted on."""
LEFT = -4.0
"""Highest weight of a word left in the source language. Not fitted: in the training text such words are mostly terms, in prose they are
faults, and an encoder of all languages sees nothing amiss in them. Chosen on a fifth of DEMETR's development part."""
NAMED = (
    "replace-number copy-source repeat drop-final-mark other-sentence replace-name drop-name negate drop-phrase add-phrase drop-start "
    "drop-ending lower-all tokenise ask"
).split()
"""Kinds of damage that have a rule, or one like it: what risk is about."""
LIMIT, EPOCHS, RATE, DECAY, BATCH = 6_000, 3, 1e-3, 0.05, 256


def weighed(stored: Stored, found, encoder) -> Stored:
    """The model with the weights of its parts fitted again: of f, of g, of h, and of every figure.

    Logistic regression on differences, on text that none of them has seen: on their own they are overconfident, and the figures get too
    little weight.
    """
    model = QualityModel(stored)
    rows = []
    for source, translation, languages, copies in found:
        parts = []
        for described in described_by(model, encoder, source, [translation, *(copy for _, copy in copies)], languages):
            fit = model.fit(described)
            parts.append([fit.target.sum(), fit.source.sum(), fit.fluency.sum(), *described.figures])
        rows += [np.subtract(parts[0], part) for part in parts[1:]]
    columns = np.array(rows, np.float64)
    weights = of_differences(columns)
    target, source, fluency, *figures = weights.tolist()
    place = features.FIGURES.index("copied foreign")
    figures[place] = min(figures[place], LEFT)
    right = 100 * float((columns @ weights > 0).mean())
    print(
        f"weights of f {target:.3f}, of g {source:.3f}, of h {fluency:.3f}; {right:.1f} % of {len(columns)} unseen pairs ranked right",
        flush=True,
    )
    return msgspec.structs.replace(
        stored,
        target_out=tuple(float(f"{value * target:.5g}") for value in stored.target_out),
        source_out=tuple(float(f"{value * source:.5g}") for value in stored.source_out),
        fluency=scaled(stored.fluency, fluency),
        figures={name: float(f"{value:.5g}") for name, value in zip(features.FIGURES, figures, strict=True)},
    )


def of_differences(columns: np.ndarray) -> np.ndarray:
    """Weights of the columns, each a translation's figure less its copy's, that put the translation above the copy: logistic regression."""
    deviation = np.maximum(columns.std(axis=0), 1e-6)
    columns = columns / deviation
    weights = np.zeros(columns.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(np.clip(columns @ weights, -50, 50)))
        slope = -columns.T @ chance + RIDGE * weights
        step = np.linalg.solve((columns * (chance * (1 - chance))[:, None]).T @ columns + RIDGE * np.eye(len(weights)), slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights / deviation


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without", default="", help="kinds of damage to leave out, by comma")
    parser.add_argument("--limit", type=int, default=LIMIT, help="pairs of text for the ranker")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fluency", type=Path, help="take the fluency of this model")
    parser.add_argument("--ranker", type=Path, help="take fluency and ranker of this model")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()

    rows, for_weights, for_risk = parts_of(read_text(options.folder))
    encoder = embed.choose("use", Language("en"), Language("de"))
    chosen = literal(rows[: options.limit * 2], encoder, options.limit)
    lexicon = lexicons(rows[:LEXICON], encoder)
    kinds = [kind for kind in damages.KINDS if kind not in options.without.split(",")]
    if options.ranker:
        stored = msgspec.json.decode(options.ranker.read_bytes(), type=Stored)
    else:
        fluency = fluency_of(rows, for_weights + for_risk, lexicon, encoder, kinds, options)
        stored = fit_ranker(chosen, lexicon, encoder, kinds, fluency, options)
    stored = weighed(stored, examples(literal(for_weights, encoder, WEIGHED), lexicon, kinds, options.seed + 1), encoder)
    write(with_chances(stored, for_risk, lexicon, encoder, options.seed), options.out)
    return 0


def parts_of(text: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """The text for the ranker, for the weights of its parts, and for risk."""
    return text[: -WEIGHED * 2 - RISKED], text[-WEIGHED * 2 - RISKED : -RISKED], text[-RISKED:]


def with_chances(stored: Stored, rows: list[Row], lexicon: dict[str, Lexicon], encoder, seed: int) -> Stored:
    """The model with those of risk and of belonging together, fitted on rows that it has not seen."""
    model = QualityModel(stored)
    kept_apart = list(examples(rows, lexicon, NAMED, seed + 2))
    strangers = list(examples(rows, lexicon, ["other-sentence"], seed + 3))
    risk = halves("risk", signs_of, model, encoder, kept_apart, BASE_RATE)
    return msgspec.structs.replace(stored, risk=risk, pair=halves("belong together", pair_signs_of, model, encoder, strangers, 0.5))


def write(stored: Stored, out: Path | None) -> None:
    """To its place among the models, or to ``out``."""
    out = out or MODELS / f"quality-{stored.encoder}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")
    print(f"{out.name}: {out.stat().st_size} bytes; {QualityModel(stored).signature}")


def halves(name: str, signs: Callable[..., Signs], model: QualityModel, encoder, found: list[Example], rate: float) -> Logistic:
    """A logistic model of all examples; says how one of half of them does on the other half."""
    half = len(found) // 2
    first, second = signs(model, encoder, found[:half]), signs(model, encoder, found[half:])
    print(f"{name}, fitted on half of the text kept apart, on the other: {judge(fit_logistic(first, rate), second, rate)}", flush=True)
    both = Signs(first.names, np.concatenate([first.values, second.values]), np.concatenate([first.labels, second.labels]))
    return fit_logistic(both, rate)


def fluency_of(
    rows: list[Row], apart: list[Row], lexicon: dict[str, Lexicon], encoder, kinds: list[str], options: argparse.Namespace
) -> StoredFluency | None:
    """Fitted, or that of a model."""
    if options.fluency:
        return msgspec.json.decode(options.fluency.read_bytes(), type=Stored).fluency
    unseen = {english for _, english, _ in apart}
    english = [line for line in (options.folder / "english.txt").read_text("utf-8").splitlines() if line not in unseen]
    usable = [kind for kind in fit_fluency.KINDS if kind in kinds]
    return fit_fluency.fit_fluency(rows, english, lexicon, encoder, usable, options.seed)[0]


def fit_ranker(
    rows: list[Row], lexicon: dict[str, Lexicon], encoder, kinds: list[str], fluency: StoredFluency | None, options: argparse.Namespace
) -> Stored:
    builder = Builder(encoder, unit_variance(encoder, [text for row in rows[:1500] for text in row[1:]]), fluency)
    builder.measure(list(examples(rows[:400], lexicon, kinds, 0)))
    train = builder.build(examples(rows, lexicon, kinds, options.seed))
    print(f"{len(train)} damaged pairs, {len(train.target.sign)} and {len(train.source.sign)} rows", flush=True)
    ranker = Ranker(train, HIDDEN, options.seed)
    ranker.fit(train, epochs=EPOCHS, rate=RATE, decay=DECAY, batch=BATCH, seed=options.seed)
    origin = Origin(
        script="bench/fit_quality.py",
        data="bench/training_text.py: Debian package descriptions, catalogues of Wesnoth, Freeciv, Naev",
        data_sha256=hashlib.sha256((options.folder / "pairs.tsv").read_bytes()).hexdigest(),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        pairs=len(train),
        seed=options.seed,
        note=f"without {options.without}" if options.without else "",
    )
    return ranker.stored(builder, origin)


if __name__ == "__main__":
    raise SystemExit(main())

#!/usr/bin/env python3
"""Fit the quality and risk models on token states of E5, and write ``transcmp/scoring/models/quality-e5.json``.

    python bench/training_text.py FOLDER                  once: the text, about a minute
    python bench/fit_quality_e5.py FOLDER --spread        mean and spread of the states, to transcmp/embed/e5_spread.json; half a minute
    python bench/fit_quality_e5.py FOLDER --layers        how the layers compare; two minutes
    python bench/fit_quality_e5.py FOLDER                 the model; about eight minutes on one core, 3 GB

As ``fit_quality.py`` does it for the default encoder; after that script, whose model this one weighs its own against.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import random
from pathlib import Path

import damage as damages
import msgspec
import numpy as np
from fit_quality import LEXICON, fit_ranker, of_differences, parts_of, weighed, with_chances, write
from fit_ranker import described_by
from fit_text import Example, examples, lexicons, literal, read_text
from quality import demetr

from transcmp.embed import choose, e5_states
from transcmp.embed.e5_states import LAYER, E5States, Spread, load
from transcmp.model import Language
from transcmp.scoring import quality
from transcmp.scoring.coverage import cover_pairs, joint
from transcmp.scoring.quality import QualityModel, Stored

SPREAD = Path(e5_states.__file__).with_name("e5_spread.json")
SPREAD_PAIRS = 1_500
"""Pairs of text whose states are measured."""
LAYER_PAIRS = 900
"""Of DEMETR's development part, even sentences."""
LIMIT, WEIGHED = 2_500, 800
"""Pairs of text for the ranker; for the weights of its parts, and for risk."""


def spread_of(folder: Path) -> Spread:
    """Of the states as they are; begin and end tokens do not count."""
    reading = E5States(LAYER, None).read_tokens([text for row in read_text(folder)[:SPREAD_PAIRS] for text in row[1:]])
    inside = np.ones(len(reading.vectors), bool)
    inside[reading.bounds[:-1]] = False
    inside[reading.bounds[1:] - 1] = False
    states = reading.vectors[inside].astype(np.float64)
    mean, deviation = (tuple(float(f"{value:.5g}") for value in row) for row in (states.mean(axis=0), states.std(axis=0)))
    return Spread(
        script="bench/fit_quality_e5.py --spread",
        data="bench/training_text.py",
        data_sha256=hashlib.sha256((folder / "pairs.tsv").read_bytes()).hexdigest(),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        tokens=len(states),
        mean=mean,
        deviation=deviation,
    )


def layers() -> None:
    """Print how well the adequacy of the states of each layer ranks damaged translations: what ``LAYER`` was chosen by."""
    rows = [row for row in demetr() if row["id"] % 2 == 0 and not row["pert"].startswith("base")]
    rows = random.Random(0).sample(rows, LAYER_PAIRS)
    pairs = list(dict.fromkeys((row["src"], row[name]) for row in rows for name in ("mt", "perturbed")))
    for count in range(1, 13):
        covered = dict(zip(pairs, cover_pairs(pairs, E5States(count, None)), strict=True))
        found = {pair: joint(cover.source_adequacy, cover.target_adequacy) or 0.0 for pair, cover in covered.items()}
        right = float(np.mean([found[row["src"], row["mt"]] > found[row["src"], row["perturbed"]] for row in rows]))
        print(f"layer {count:2}: {100 * right:.1f} % of {len(rows)} pairs ranked right", flush=True)


def fitted(options: argparse.Namespace) -> Stored:
    """The model: as the default encoder's, without h (the states know their neighbours), and with the weight of that one's quality."""
    default = choose("use", Language("en"), Language("de"))  # chooses text and makes word lists: several times faster
    encoder = load()
    rows, for_weights, for_risk = parts_of(read_text(options.folder))
    lexicon = lexicons(rows[:LEXICON], default)
    kinds = [kind for kind in damages.KINDS if kind not in options.without.split(",")]
    unseen = list(examples(literal(for_weights, default, options.weighed), lexicon, kinds, options.seed + 1))
    if options.ranker:
        stored = msgspec.json.decode(options.ranker.read_bytes(), type=Stored)
    else:
        stored = fit_ranker(literal(rows[: options.limit * 2], default, options.limit), lexicon, encoder, kinds, None, options)
    stored = with_chances(weighed(stored, unseen, encoder), for_risk[: options.weighed], lexicon, encoder, options.seed)
    origin = msgspec.structs.replace(stored.origin, script="bench/fit_quality_e5.py")
    return msgspec.structs.replace(stored, origin=origin, beside=weight_beside(stored, unseen[::2], encoder, default))


def weight_beside(stored: Stored, found: list[Example], encoder: E5States, default) -> float:
    """What the default encoder's quality counts beside that of ``stored``."""
    models = (QualityModel(stored), encoder), (quality.load("use"), default)
    rows = []
    for source, translation, languages, copies in found:
        targets = [translation, *(copy for _, copy in copies)]
        judged = [
            [model.fit(described).quality for described in described_by(model, reader, source, targets, languages)]
            for model, reader in models
        ]
        rows += [np.subtract([ours[0] for ours in judged], both) for both in list(zip(*judged, strict=True))[1:]]
    columns = np.array(rows)
    own, other = of_differences(columns).tolist()
    shares = [100 * float((columns @ weights > 0).mean()) for weights in ((1, 0), (0, 1), (own, other))]
    print("unseen pairs ranked right: {:.1f} % by E5, {:.1f} by the default encoder, {:.1f} by both".format(*shares), flush=True)
    return float(f"{other / own:.3g}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--spread", action="store_true", help="measure the states only")
    parser.add_argument("--layers", action="store_true", help="compare the layers only, on a part of DEMETR's development part")
    parser.add_argument("--without", default="", help="kinds of damage to leave out, by comma")
    parser.add_argument("--limit", type=int, default=LIMIT, help="pairs of text for the ranker")
    parser.add_argument("--weighed", type=int, default=WEIGHED, help="pairs of text for weights, and for risk")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ranker", type=Path, help="take f and g of this model")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.spread:
        SPREAD.write_bytes(msgspec.json.format(msgspec.json.encode(spread_of(options.folder)), indent=1) + b"\n")
    elif options.layers:
        layers()
    else:
        write(fitted(options), options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

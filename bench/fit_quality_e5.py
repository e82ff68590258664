#!/usr/bin/env python3
"""Fit what scores with token states of E5 need.

python bench/training_text.py FOLDER                  once: the text, about a minute
python bench/fit_quality_e5.py FOLDER --spread        mean and spread of the states, to transcmp/embed/e5_spread.json; half a minute
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
from pathlib import Path

import msgspec
import numpy as np
from fit_text import read_text

from transcmp.embed import e5_states
from transcmp.embed.e5_states import LAYER, E5States, Spread

SPREAD = Path(e5_states.__file__).with_name("e5_spread.json")
SPREAD_PAIRS = 1_500
"""Pairs of text whose states are measured."""


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--spread", action="store_true")
    options = parser.parse_args()
    if options.spread:
        SPREAD.write_bytes(msgspec.json.format(msgspec.json.encode(spread_of(options.folder)), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

#!/usr/bin/env python3
"""Measure which way all sentence vectors of E5 point, and write it to ``transcmp/embed/e5_centre.json``.

    python bench/training_text.py FOLDER        once: the text, about a minute
    python bench/fit_e5_centre.py FOLDER        half a minute on one core

The mean of vectors of running text; English and each other language of the text weigh the same.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
from pathlib import Path

import msgspec
import numpy as np
from fit_text import read_text

from transcmp.embed import e5
from transcmp.embed.e5 import E5, Centre

CENTRE = Path(e5.__file__).with_name("e5_centre.json")
PER_LANGUAGE = 100


def centre_of(folder: Path) -> Centre:
    texts: dict[str, list[str]] = {}
    for language, english, translation in read_text(folder):
        for name, text in (("en", english), (language, translation)):
            if len(known := texts.setdefault(name, [])) < PER_LANGUAGE:
                known.append(text)
    encoder = E5(None)
    mean = np.mean([encoder.encode(known).mean(axis=0, dtype=np.float64) for known in texts.values()], axis=0)
    return Centre(
        script="bench/fit_e5_centre.py",
        data="bench/training_text.py",
        data_sha256=hashlib.sha256((folder / "pairs.tsv").read_bytes()).hexdigest(),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        texts=sum(map(len, texts.values())),
        mean=tuple(float(f"{value:.4g}") for value in mean),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what training_text.py wrote")
    CENTRE.write_bytes(msgspec.json.format(msgspec.json.encode(centre_of(parser.parse_args().folder)), indent=1) + b"\n")


if __name__ == "__main__":
    main()

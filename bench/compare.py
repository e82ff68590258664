#!/usr/bin/env python3
"""Time a comparison of three translations of 3,000 sentences beside sacreBLEU's own paired bootstrap on the same lines.

    python bench/compare.py [--sentences N]

Prints CPU seconds and peak memory of both (each in a process of its own), their ratio, and whether the p-values are the same. The lines are
made: sentences of a small grammar, with words dropped, swapped and replaced at three rates.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time

METRICS = ("BLEU", "chrF2", "TER")
SAMPLES = 1000
LIMIT_SECONDS, LIMIT_MEGABYTES, LIMIT_RATIO = 60, 600, 1.2

SUBJECTS = (
    "the ferry,our guide,a small museum,the old bridge,every visitor,the mayor,an engineer,the night train,Mrs Keller,the garden".split(",")
)
VERBS = "opens,crosses,describes,follows,repairs,leaves behind,waits for,promises,measures,remembers".split(",")
OBJECTS = "the long valley,two wooden doors,a map of the town,its first passengers,the winter timetable,a letter from Rome,the river".split(
    ","
)
ENDS = "at half past nine,after 14 years,without a word,near the station,in the morning rain,for 3.50 euros,before the season ends".split(
    ","
)


def made(count: int) -> tuple[list[str], list[list[str]]]:
    """References and three translations of them."""
    rng = random.Random(7)
    references = []
    for _ in range(count):
        clauses = [" ".join(rng.choice(part) for part in (SUBJECTS, VERBS, OBJECTS, ENDS)) for _ in range(rng.randint(1, 3))]
        text = ", and ".join(clauses)
        references.append(text[0].upper() + text[1:] + ".")
    vocabulary = " ".join(references[:200]).split()

    def spoiled(text: str, rate: float) -> str:
        words = []
        for word in text.split():
            chance = rng.random()
            if chance < rate / 3:
                continue
            words.append(rng.choice(vocabulary) if chance < rate else word)
        if len(words) > 3 and rng.random() < rate * 2:
            place = rng.randrange(len(words) - 1)
            words[place], words[place + 1] = words[place + 1], words[place]
        return " ".join(words)

    return references, [[spoiled(text, rate) for text in references] for rate in (0.10, 0.12, 0.25)]


def ours(count: int) -> dict[str, float]:
    from transcmp.model import Language
    from transcmp.scoring.systems import CompareOptions, compare_systems
    from transcmp.systems import System, Texts

    references, systems = made(count)
    texts = Texts(
        sources=tuple(references),
        systems=tuple(System(name=str(number), texts=tuple(lines)) for number, lines in enumerate(systems)),
        references=(tuple(references),),
        source_language=Language("en"),
        target_language=Language("en"),
    )
    compared = compare_systems(texts, options=CompareOptions(metrics=METRICS, samples=SAMPLES))
    return {
        f"{system.name}/{result.name}": result.p_value for system in compared.systems[1:] for result in system.metrics if result.p_value
    }


def theirs(count: int) -> dict[str, float]:
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest

    references, systems = made(count)
    metrics = {"BLEU": BLEU(references=[references]), "chrF2": CHRF(references=[references]), "TER": TER(references=[references])}
    named = [(str(number), lines) for number, lines in enumerate(systems)]
    _, results = PairedTest(named, metrics, references=None, test_type="bs", n_samples=SAMPLES)()
    return {f"{number}/{name}": results[name][number].p_value for name in METRICS for number in range(1, len(systems))}


def run(side: str, count: int) -> tuple[dict[str, float], float, float]:
    done = subprocess.run([sys.executable, __file__, "--only", side, "--sentences", str(count)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found["p"], found["cpu"], found["megabytes"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--only", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        started = time.process_time()
        found = {"ours": ours, "theirs": theirs}[options.only](options.sentences)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"p": found, "cpu": time.process_time() - started, "megabytes": megabytes}))
        return 0
    mine, cpu, memory = run("ours", options.sentences)
    other, other_cpu, other_memory = run("theirs", options.sentences)
    print(f"3 translations, {options.sentences} sentences, {', '.join(METRICS)}, {SAMPLES} bootstrap samples")
    print(f"transcmp, with buckets, n-grams, rows and agreement  {cpu:6.1f} s CPU  {memory:6.0f} MB")
    print(f"sacreBLEU, paired bootstrap alone                    {other_cpu:6.1f} s CPU  {other_memory:6.0f} MB")
    same = all(abs(mine[name] - other[name]) < 1e-9 for name in other)
    print(f"ratio {cpu / other_cpu:.2f}; p-values {'the same' if same else f'differ: {mine} {other}'}")
    good = same and cpu <= LIMIT_SECONDS and memory <= LIMIT_MEGABYTES and cpu / other_cpu <= LIMIT_RATIO
    print("within the limits" if good else f"over a limit: {LIMIT_SECONDS} s, {LIMIT_MEGABYTES} MB, ratio {LIMIT_RATIO}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""The surface metrics are sacreBLEU's, digit for digit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from transcmp.errors import MissingExtraError, UsageError
from transcmp.scoring import surface

CASES = json.loads((Path(__file__).parent / "cases" / "surface.json").read_text("utf-8"))
TOKENIZER = {"ja": "ja-mecab", "ko": "ko-mecab", "zh": "zh", "zh-TW": "zh"}


def installed(language: str) -> bool:
    try:
        surface.tokenizer_for(language)
    except MissingExtraError:
        return False
    return True


# runs ``sacrebleu`` once for every command line of a JSON list, in one process: starting it forty times would take half a minute
DRIVER = """
import json, sys
from sacrebleu.sacrebleu import main
kept = []
for argv in json.load(open(sys.argv[1])):
    kept += [sys.stdin, sys.stdout]  # main() opens both anew; the old ones would close the descriptors when collected
    sys.argv = argv
    main()
    print("\\0", flush=True)
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict]]:
    """What the ``sacrebleu`` command prints for every case: title, metric name, entry."""
    folder = tmp_path_factory.mktemp("sacrebleu")
    lines, titles = [], []
    for number, case in enumerate(CASES):
        if not installed(case["language"]):
            continue
        paths = [folder / f"{number}.{place}" for place in range(1 + len(case["references"]))]
        for path, texts in zip(paths, [case["hypotheses"], *case["references"]], strict=True):
            path.write_text("".join(f"{text}\n" for text in texts), "utf-8")
        call = ["sacrebleu", *map(str, paths[1:]), "-i", str(paths[0]), "--tokenize", TOKENIZER.get(case["language"], "13a"), "-w", "12"]
        lines += [[*call, "-m", "bleu", "chrf", "ter"], [*call, "-m", "chrf", "--chrf-word-order", "2"]]
        titles += [case["title"]] * 2
    (folder / "calls.json").write_text(json.dumps(lines), "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder / "calls.json")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    result: dict[str, dict[str, dict]] = {}
    for title, output in zip(titles, run.stdout.split("\0"), strict=False):
        entries = json.loads(output)
        for entry in entries if isinstance(entries, list) else [entries]:
            result.setdefault(title, {})[entry["name"]] = entry
    return result


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_figures_and_signatures_are_those_of_the_command(case: dict, printed: dict[str, dict[str, dict]]) -> None:
    if not installed(case["language"]):
        pytest.skip(f"the tokenizer for {case['language']} is not installed")
    ours = surface.measure(case["hypotheses"], case["references"], language=case["language"])
    assert [measured.metric for measured in ours] == list(surface.METRICS)
    for measured in ours:
        entry = printed[case["title"]][measured.metric]
        assert f"{measured.score:.12f}" == f"{entry['score']:.12f}"
        assert measured.signature == entry["signature"]


def test_sentence_scores_are_sacrebleus() -> None:
    from sacrebleu import sentence_bleu, sentence_chrf, sentence_ter

    case = {"hypotheses": [*CASES[1]["hypotheses"], "A dog!"], "references": [[*ref, "Dogs!"] for ref in CASES[1]["references"]]}
    measured = {entry.metric: entry for entry in surface.measure(case["hypotheses"], case["references"])}
    functions = {"BLEU": sentence_bleu, "chrF2": sentence_chrf, "TER": sentence_ter}
    for metric, function in functions.items():
        expected = [function(text, [ref[i] for ref in case["references"]]).score for i, text in enumerate(case["hypotheses"])]
        assert measured[metric].sentence_scores().tolist() == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("lengths", [(3, 2), (2, 3), (1, 2)])
def test_other_length_is_an_error(lengths: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match=f"{lengths[0]} sentences, the reference {lengths[1]}"):
        surface.measure(["a"] * lengths[0], [["a"] * lengths[1]])


def test_the_reference_of_another_length_is_named() -> None:
    with pytest.raises(UsageError, match="reference 2 3"):
        surface.measure(["a", "b"], [["a", "b"], ["a", "b", "c"]])


def test_empty_inputs_are_errors() -> None:
    with pytest.raises(UsageError, match="the translation is empty"):
        surface.measure(["", " "], [["a", "b"]])
    with pytest.raises(UsageError, match="the reference is empty"):
        surface.measure(["a", "b"], [["", ""]])
    with pytest.raises(UsageError, match="no reference"):
        surface.measure(["a"], [])


def test_a_missing_tokenizer_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name in ("ipadic", "mecab_ko") else find(name, *rest))
    for language in ("ja", "ko"):
        with pytest.raises(MissingExtraError, match=rf"transcmp\[{language}\]") as caught:
            surface.measure(["a"], [["a"]], language=language)
        assert caught.value.extra == language


@pytest.mark.parametrize(
    ("name", "metric"),
    [("bleu", "BLEU"), ("chrf", "chrF2"), ("CHRF2", "chrF2"), ("chrf++", "chrF2++"), ("chrF2++", "chrF2++"), ("ter", "TER")],
)
def test_metric_names(name: str, metric: str) -> None:
    assert surface.parse_metric(name) == metric


def test_unknown_metric_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="chrF2"):
        surface.parse_metric("meteor")


def test_sums_of_statistics_are_statistics_of_the_whole() -> None:
    case = CASES[0]
    for measured in surface.measure(case["hypotheses"], case["references"]):
        assert measured.of_sums(measured.statistics.sum(0, keepdims=True)) == pytest.approx(measured.score, abs=1e-9)
        assert isinstance(measured.statistics, np.ndarray)

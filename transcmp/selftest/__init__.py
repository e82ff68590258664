"""The self-test: faults planted in a pair that is trusted, to see which of them the configuration catches.

    edits.py     a fault as an edit of one document's text
    plant.py     the kinds of faults: where each can be planted, and how
    run.py       plant, check, and compare what was found with what was planted

It shares no code with the rules and the evidence it tests: it damages texts by their spans and asks :mod:`transcmp.pipeline`.
"""

from __future__ import annotations

from transcmp.selftest.run import KINDS, Result, mutate, summary

__all__ = ["KINDS", "Result", "mutate", "summary"]

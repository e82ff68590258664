"""Fits the constants of crossing: what is left over, or doubtful, after the search in order is matched in any order.

By coordinate search over few values and cross-validated by document, as fit_alignment_search.py does it. The search in order is done once,
with the constants that stand in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec
from alignment_data import Example, Remembered, corpora, docpairs, parice, text_berg
from alignment_edits import edited
from fit_alignment_scores import encoder_of
from fit_alignment_search import Case, Choice, Trial, cross_validated, in_folds

from transcmp.alignment import AlignOptions
from transcmp.alignment.constants import Crossing, constants
from transcmp.alignment.kernel import Step
from transcmp.alignment.pair import beads_of
from transcmp.alignment.reorder import reorder
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import Beads, gather, settle
from transcmp.embed import choose

VALUES: Mapping[str, tuple[float, ...]] = {
    "fragment.doubt": (0.5, 0.7, 0.9, 0.95),
    "sentence.doubt": (0.3, 0.5, 0.7),
    "likeness": (0.3, 0.4, 0.5),
    "lead": (0.05, 0.1, 0.15, 0.2),
    "probability": (0.3, 0.5, 0.8, 0.9),
}
"""What is tried, in this order."""
LEXICAL = {"likeness": (0.2, 0.3, 0.4), "lead": (0.2, 0.3, 0.4)}
"""The same where likeness is nats a token, not cosine."""


def fitted(tier: str) -> tuple[dict[str, float], list[str]]:
    """The constants, and what cross-validation says of the way they were chosen."""
    in_order: dict[str, Beads] = {}
    remembered: dict[str, Remembered] = {}

    def prepared(example: Example, group: str, fold: int | None) -> Case:
        source, target = Texts.of(example.source), Texts.of(example.target)
        known = gather(source, target, encoder_of(tier, example, remembered), AlignOptions(unit=example.unit))
        settled, path = settle(known, len(source.segments), len(target.segments))
        in_order[f"{group}/{example.name}"] = beads_of(path)
        return Case(example, group, (source, target), settled, fold)

    def crossed(case: Case, choice: Choice) -> list[Step]:
        rules = msgspec.structs.replace(case.tier.constants, crossing={tier: rules_of(choice)})
        beads, sizes = in_order[f"{case.group}/{case.example.name}"], [len(texts.segments) for texts in case.texts]
        every, _ = reorder(replace(case.tier, constants=rules), beads, beads[:0], *sizes, split=case.example.unit == "fragment")
        return steps_of(every, *sizes)

    cases = list(in_folds(groups(tier), prepared))
    return cross_validated(Trial(cases, crossed, {**VALUES, **(LEXICAL if tier == "lexical" else {})}), current(tier))


def groups(tier: str) -> dict[str, list[Example]]:
    """Documents of sentences, and, but for the joint tier, pages of documentation block by block."""
    found = {"corpora": list(corpora()), "ParIce": list(parice())}
    if tier == "embedding":
        found = {"corpora": [one for one in corpora() if choose("auto", one.source.language, one.target.language).name == "use"]}
    changed = {
        f"{name}, edited": [change.example for example in examples if (change := edited(example, 0)) is not None]
        for name, examples in found.items()
    }
    if tier == "joint":
        return found | changed
    pages = {name: list(docpairs(name)) for name in ("hard", "drift", "perturbed/swapped")}
    return {"Text+Berg": list(text_berg()), **found, **changed, **pages, "blocks": list(docpairs("blocks"))[::4]}


def rules_of(choice: Choice) -> Crossing:
    doubt = {unit: choice[f"{unit}.doubt"] for unit in ("sentence", "fragment")}
    return Crossing(likeness=choice["likeness"], lead=choice["lead"], probability=choice["probability"], doubt=doubt)


def current(tier: str) -> dict[str, float]:
    rules = constants().crossing[tier]
    doubt = {f"{unit}.doubt": value for unit, value in rules.doubt.items()}
    return {"likeness": rules.likeness, "lead": rules.lead, "probability": rules.probability} | doubt


def steps_of(beads: Beads, rows: int, columns: int) -> list[Step]:
    """The beads, and each segment that none has, as steps; in no order."""
    taken = ({n for bead in beads.tolist() for n in range(bead[first], bead[first] + bead[first + 1])} for first in (0, 2))
    mine, theirs = taken
    steps = [Step(row + many, column + more, many, more, 0.0) for row, many, column, more in beads.tolist()]
    steps += [Step(row + 1, 0, 1, 0, 0.0) for row in range(rows) if row not in mine]
    return steps + [Step(0, column + 1, 0, 1, 0.0) for column in range(columns) if column not in theirs]

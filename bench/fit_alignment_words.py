"""Fits the constants of the search by words, and of the search by words and vectors of single segments, as fit_alignment_search.py does.

Nothing is linear here: what is learned from a path depends on all of them, so each choice costs a whole alignment of every document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec
from alignment_data import Example, Remembered, corpora, docpairs, parice, text_berg
from alignment_edits import edited
from fit_alignment_search import Case, Choice, Trial, cross_validated, in_folds

from transcmp.alignment import AlignOptions
from transcmp.alignment.constants import Joint, Words, constants
from transcmp.alignment.kernel import Step
from transcmp.alignment.lexical import WordEvidence
from transcmp.alignment.priors import Priors
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import JointEvidence, gather, settle
from transcmp.embed import choose

WORDS = tuple(field.name for field in msgspec.structs.fields(Words))
JOINT = {"weight": "vectors", "neutral": "neutral", "idle": "idle"}
"""By constant of the joint tier: its name among what is tried."""
VALUES: Mapping[str, tuple[float, ...]] = {
    "learned": (1.0, 2.0, 3.0, 4.0),
    "enough": (100.0, 200.0, 400.0, 800.0),
    "skip": (0.01, 0.015, 0.02),
    "weight": (0.8, 0.9),
    "gap": (3.0, 4.0, 5.0),
}
"""What is tried, in this order. Only the tier of words alone has long documents to choose ``enough`` by; the joint one has the same."""
JOINT_VALUES: Mapping[str, tuple[float, ...]] = {
    "learned": (1.0, 2.0, 3.0),
    "idle": (0.0, 1.0, 2.0),
    "skip": (0.01, 0.015, 0.02),
    "vectors": (6.0, 8.0, 10.0),
    "neutral": (0.2, 0.25),
}


def groups(*, joint: bool) -> dict[str, list[Example]]:
    """With ParIce and the corpora; words alone also with Text+Berg and pages of documentation."""
    found = {"ParIce": list(parice()), "corpora": list(corpora())}
    if not joint:
        found["Text+Berg"] = list(text_berg())
    changed = {
        f"{name}, edited": [change.example for example in examples if (change := edited(example, 0)) is not None]
        for name, examples in found.items()
    }
    if joint:
        changed["ParIce, edited again"] = [change.example for example in found["ParIce"] if (change := edited(example, 1)) is not None]
    else:
        found |= {"hard": list(docpairs("hard")), "drift": list(docpairs("drift"))}
    return found | changed


def fitted(tier: str) -> tuple[dict[str, float], list[str]]:
    """The constants of the ``lexical`` or the ``joint`` tier, and what cross-validation says of the way they were chosen."""
    return cross_validated(*trial(tier))


def trial(tier: str) -> tuple[Trial, Choice]:
    """What is tried, and the constants of the tier as they are."""
    known, joint = constants(), tier == "joint"
    remembered: dict[str, Remembered] = {}

    def prepared(example: Example, group: str, fold: int | None) -> Case:
        encoder = choose("e5", example.source.language, example.target.language) if joint else None
        if encoder is not None:
            encoder = remembered.setdefault("e5", Remembered(encoder))
        source, target = Texts.of(example.source), Texts.of(example.target)
        return Case(example, group, (source, target), gather(source, target, encoder, AlignOptions(unit=example.unit)), fold)

    def searched(case: Case, choice: Choice) -> list[Step]:
        evidence = case.tier.evidence
        weights = Words(**{name: choice[name] for name in WORDS})
        if isinstance(evidence, JointEvidence):
            about = Joint(**{name: choice[key] for name, key in JOINT.items()})
            evidence = replace(evidence, words=_with(evidence.words, weights), weights=about)
        elif isinstance(evidence, WordEvidence):
            evidence = _with(evidence, weights)
        return settle(replace(case.tier, evidence=evidence), *(len(texts.segments) for texts in case.texts))[1]

    start: dict[str, float] = msgspec.structs.asdict(known.words[tier])
    if joint:
        start |= {key: getattr(known.joint, name) for name, key in JOINT.items()}
    cases = list(in_folds(groups(joint=joint), prepared))
    return Trial(cases, searched, JOINT_VALUES if joint else VALUES), start


def _with(evidence: WordEvidence, weights: Words) -> WordEvidence:
    return replace(evidence, weights=weights, priors=Priors.expected(evidence.shapes, weights))

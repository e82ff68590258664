"""Fits the constants of the search with the default encoder: by coordinate search over few values, cross-validated by document.

Every gain is linear in the constants, so the tables are read once and a choice of constants costs one search. Documents fall into four
folds; a single long one is cut into four stretches. Each fold is measured with constants that were chosen on the other three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np
from alignment_data import Example, corpora, docpairs, folds, text_berg
from alignment_edits import edited, prose

from transcmp.alignment import AlignOptions, measure
from transcmp.alignment.constants import Constants, Embedding, Skip, constants
from transcmp.alignment.embedding import VectorEvidence
from transcmp.alignment.gold import Pair
from transcmp.alignment.kernel import Block, Ids, Step, around, search
from transcmp.alignment.monotone import NARROW, in_order, tiles
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import Tier, gather
from transcmp.embed import choose

FOLDS = 4
LINEAR = ("length", "many", "worst_words", "worst_clauses", "leaking_words", "leaking_clauses", "idle")
VALUES: Mapping[str, tuple[float, ...]] = {
    "idle": (0.0, 2.0, 3.0, 4.0, 6.0, 8.0),
    "sentence.first": (0.2, 0.25, 0.3, 0.35, 0.4),
    "sentence.further": (0.0, 0.03, 0.06),
    "worst_words": (0.05, 0.1, 0.15, 0.2),
    "worst_clauses": (0.05, 0.1, 0.15, 0.2),
    "leaking_words": (0.01, 0.03, 0.05),
    "leaking_clauses": (0.1, 0.2, 0.3),
    "length": (0.01, 0.02, 0.03, 0.05),
    "many": (0.0, 0.03, 0.05, 0.08),
    "fragment.first": (0.02, 0.05, 0.1),
    "fragment.further": (0.0, 0.01),
}
"""What is tried, in this order."""
WORTH = 0.0005
"""A value is changed only for so much more."""

Choice = Mapping[str, float]
Found = dict[tuple[str, int], list[tuple[list[Pair], list[Pair]]]]
"""By group and fold: the beads that were found, and those of gold."""


@dataclass(frozen=True)
class Case:
    """A document, with all that a search in it needs."""

    example: Example
    group: str
    texts: tuple[Texts, Texts]
    tier: Tier
    fold: int | None
    """None: by stretches."""
    windows: Ids | None = None
    tables: list[tuple[int, int, np.ndarray, np.ndarray]] = field(default_factory=list)
    """First row and column of each tile, its gains without the linear terms, and those terms: shape (terms, rows, shapes, columns)."""


def in_folds(groups: Mapping[str, list[Example]], prepared: Callable[[Example, str, int | None], Case]) -> Iterable[Case]:
    """The cases of all groups; documents fall into folds within their group, a single one is cut into stretches."""
    for group, examples in groups.items():
        fold_of = folds(examples, FOLDS)
        for example in examples:
            yield prepared(example, group, None if len(examples) == 1 else fold_of[example.name])


def cases() -> Iterable[Case]:
    covered = [example for example in corpora() if choose("auto", example.source.language, example.target.language).name == "use"]
    pages = list(prose())[::4]
    groups: dict[str, list[Example]] = {
        "Text+Berg": list(text_berg()),
        "corpora": covered,
        "hard": list(docpairs("hard")),
        "drift": list(docpairs("drift")),
        "benign": list(docpairs("benign"))[::3],
    }
    for name, found in (("Text+Berg", groups["Text+Berg"]), ("corpora", covered), ("docpairs prose", pages)):
        groups[f"{name}, edited"] = [change.example for example in found if (change := edited(example, 0)) is not None]
    return in_folds(groups, prepared)


def prepared(example: Example, group: str, fold: int | None) -> Case:
    source, target = Texts.of(example.source), Texts.of(example.target)
    encoder = choose("use", example.source.language, example.target.language)
    tier = gather(source, target, encoder, AlignOptions(unit=example.unit))
    path = in_order(tier, len(source.segments), len(target.segments))
    windows = around(path, len(source.segments), len(target.segments), NARROW)
    evidence = tier.evidence
    assert isinstance(evidence, VectorEvidence)
    nothing = msgspec.structs.replace(constants().embedding, **dict.fromkeys(LINEAR, 0.0))
    weights = [nothing, *(msgspec.structs.replace(nothing, **{name: 1.0}) for name in LINEAR)]
    blocks = [list(tiles(windows, replace(tier, evidence=evidence.closer(one)))) for one in weights]
    tables = []
    for (first, left, base), *others in zip(*blocks, strict=True):
        with np.errstate(invalid="ignore"):
            terms = np.stack([np.nan_to_num(other[2] - base, nan=0.0).astype(np.float16) for other in others])
        tables.append((first, left, base, terms))
    return Case(example, group, (source, target), tier, fold, windows, tables)


def constants_of(choice: Choice) -> Embedding:
    linear = {name: choice[name] for name in LINEAR}
    skips = {unit: Skip(first=choice[f"{unit}.first"], further=choice[f"{unit}.further"]) for unit in ("sentence", "fragment")}
    return msgspec.structs.replace(constants().embedding, **linear, skip=skips)


def current(known: Constants) -> dict[str, float]:
    choice = {name: getattr(known.embedding, name) for name in LINEAR}
    for unit, skip in known.embedding.skip.items():
        choice |= {f"{unit}.first": skip.first, f"{unit}.further": skip.further}
    return choice


class Trial:
    """Searches with any constants, each done once; ``values`` are what is tried, in this order."""

    def __init__(self, every: list[Case], searched: Callable[[Case, Choice], list[Step]], values: Mapping[str, tuple[float, ...]]) -> None:
        self.cases, self._searched, self._values = every, searched, values
        self._known: dict[tuple[int, tuple[float, ...]], list[tuple[int, list[Pair], list[Pair]]]] = {}

    def found(self, choice: Choice, kept: Iterable[int]) -> Found:
        """The beads of these folds."""
        wanted, found = set(kept), Found()
        for number, case in enumerate(self.cases):
            unit = "fragment" if case.example.unit == "fragment" else "sentence"
            key = number, tuple(value for name, value in choice.items() if "." not in name or name.startswith(unit))
            if key not in self._known:
                self._known[key] = _by_fold(case, self._searched(case, choice))
            for fold, beads, gold in self._known[key]:
                if fold in wanted:
                    found.setdefault((case.group, fold), []).append((beads, gold))
        return found

    def worth(self, choice: Choice, kept: Iterable[int]) -> float:
        """Mean strict F1 over the groups."""
        by_group: dict[str, list[tuple[list[Pair], list[Pair]]]] = {}
        for (group, _), documents in self.found(choice, kept).items():
            by_group.setdefault(group, []).extend(documents)
        return float(np.mean([measure(documents)["strict"].f1 for documents in by_group.values()]))

    def chosen(self, start: Choice, kept: Iterable[int]) -> dict[str, float]:
        """The best choice that two rounds of changes of one value find."""
        best, kept = dict(start), list(kept)
        value = self.worth(best, kept)
        for _ in range(2):
            before = dict(best)
            for name, values in self._values.items():
                for other in values:
                    trial = best | {name: other}
                    gained = self.worth(trial, kept)
                    if gained > value + WORTH:
                        best, value = trial, gained
            if best == before:
                break
        return best


def _searched(case: Case, choice: Choice) -> list[Step]:
    weights = np.array([choice[name] for name in LINEAR], np.float32)
    blocks: list[Block] = [
        (first, left, base + np.tensordot(weights, terms.astype(np.float32), axes=1)) for first, left, base, terms in case.tables
    ]
    evidence = case.tier.evidence
    assert isinstance(evidence, VectorEvidence)
    assert case.windows is not None
    return search(case.windows, case.tier.shapes, blocks, evidence.closer(constants_of(choice)).skips())


def _by_fold(case: Case, path: list[Step]) -> list[tuple[int, list[Pair], list[Pair]]]:
    """Found and gold beads by fold; found ones count where gold has one of their segments."""
    source, target = case.texts
    beads = [(source.ids(step.row - step.rows, step.rows), target.ids(step.column - step.columns, step.columns)) for step in path]
    total = len(case.example.source.segments)
    parts: dict[int, tuple[list[Pair], list[Pair]]] = {}
    last = 0
    for number, gold in enumerate(case.example.gold):
        last = gold[0][0] if gold[0] else last
        fold = min(FOLDS - 1, last * FOLDS // total) if case.fold is None else case.fold
        parts.setdefault(fold, ([], []))[1].append(case.example.gold[number])
    for fold, (mine, gold_beads) in parts.items():
        known = {n for bead in gold_beads for n in bead[0]}, {n for bead in gold_beads for n in bead[1]}
        mine += [bead for bead in beads if not known[0].isdisjoint(bead[0]) or not known[1].isdisjoint(bead[1])]
        parts[fold] = mine, gold_beads
    return [(fold, mine, gold_beads) for fold, (mine, gold_beads) in parts.items()]


def fitted() -> tuple[dict[str, float], list[str]]:
    """The constants of the default encoder's search, and what cross-validation says of the way they were chosen."""
    return cross_validated(*trial())


def trial() -> tuple[Trial, Choice]:
    """What is tried, and the constants as they are."""
    return Trial(list(cases()), _searched, VALUES), current(constants())


def cross_validated(trial: Trial, start: Choice) -> tuple[dict[str, float], list[str]]:
    """The constants that all folds choose together, and what cross-validation says of the way they were chosen."""
    every = range(FOLDS)
    held: dict[str, list[tuple[list[Pair], list[Pair]]]] = {}
    for fold in every:
        choice = trial.chosen(start, [other for other in every if other != fold])
        print(f"    fold {fold} held out: {_changes(start, choice)}", flush=True)
        for (group, _), documents in trial.found(choice, [fold]).items():
            held.setdefault(group, []).extend(documents)
    best = trial.chosen(start, every)
    print(f"    all folds: {_changes(start, best)}, mean {trial.worth(start, every):.4f} -> {trial.worth(best, every):.4f}")
    lines = []
    for group, documents in held.items():
        figures = measure(documents)
        lines.append(f"{group} {figures['strict'].f1:.3f}/{figures['lax'].f1:.3f}")
    return best, lines


def _changes(start: Choice, choice: Choice) -> str:
    changed = (f"{name} {start[name]:g} -> {choice[name]:g}" for name in choice if choice[name] != start[name])
    return ", ".join(changed) or "nothing changes"

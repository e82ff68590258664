"""The search against an enumeration of every alignment, and windows against the whole table."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcmp.alignment.kernel import Skips, Step, around, search, shapes_up_to, whole_table


def problem(seed: int, rows: int, columns: int, size: int) -> tuple[list[tuple[int, int]], np.ndarray, list[Skips]]:
    random = np.random.default_rng(seed)
    shapes = shapes_up_to(size)
    gains = random.normal(0.3, 1, (rows + 1, len(shapes), columns + 1))
    ways = []
    for _ in range(random.integers(1, 3)):
        opened = random.uniform(0, 2, rows), random.uniform(0, 2, columns)
        share = random.uniform(0, 1)
        ways.append(Skips(opened[0], opened[0] * share, opened[1], opened[1] * share))
    return shapes, gains, ways


def total(path: list[Step], ways: list[Skips]) -> float:
    value, run = 0.0, [0.0] * len(ways)
    started = False
    for step in [*path, Step(0, 0, 1, 1, 0.0)]:
        if step.rows and step.columns:
            value, run, started = value - min(run) + step.gain, [0.0] * len(ways), False
            continue
        for number, way in enumerate(ways):
            if step.rows:
                run[number] += (way.extend_source if started else way.open_source)[step.row - 1]
            else:
                run[number] += (way.extend_target if started else way.open_target)[step.column - 1]
        started = True
    return value


def brute_force(rows: int, columns: int, shapes: list[tuple[int, int]], gains: np.ndarray, ways: list[Skips]) -> float:
    @cache
    def best(row: int, column: int, way: int | None) -> float:
        if (row, column) == (rows, columns):
            return 0.0
        values = [
            gains[row + a, k, column + b] + best(row + a, column + b, None)
            for k, (a, b) in enumerate(shapes)
            if row + a <= rows and column + b <= columns
        ]
        for number, skips in enumerate(ways):
            if way in (None, number):
                if row < rows:
                    cost = (skips.open_source if way is None else skips.extend_source)[row]
                    values.append(best(row + 1, column, number) - cost)
                if column < columns:
                    cost = (skips.open_target if way is None else skips.extend_target)[column]
                    values.append(best(row, column + 1, number) - cost)
        return max(values)

    return best(0, 0, None)


sizes = st.integers(0, 7)


@given(st.integers(0, 2**32 - 1), sizes, sizes, st.integers(2, 6))
@settings(max_examples=150, deadline=None)
def test_it_finds_what_enumeration_finds(seed: int, rows: int, columns: int, size: int) -> None:
    shapes, gains, skips = problem(seed, rows, columns, size)
    path = search(whole_table(rows, columns), shapes, [(0, 0, gains)], skips)
    assert [step.rows for step in path].count(0) <= columns
    assert sum(step.rows for step in path) == rows
    assert sum(step.columns for step in path) == columns
    assert total(path, skips) == pytest.approx(brute_force(rows, columns, shapes, gains, skips), abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 30), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_windows_that_hold_the_best_path_change_nothing(seed: int, rows: int, columns: int, radius: int) -> None:
    shapes, gains, skips = problem(seed, rows, columns, 5)
    path = search(whole_table(rows, columns), shapes, [(0, 0, gains)], skips)
    windows = around(path, rows, columns, radius)
    cut = rows // 2  # two blocks, each with no more columns than its windows need
    blocks = []
    for first, last in ((0, cut + 1), (cut + 1, rows + 1)):
        if first < last:
            left, right = windows[first:last, 0].min(), windows[first:last, 1].max()
            blocks.append((first, int(left), gains[first:last, :, left : right + 1]))
    assert search(windows, shapes, blocks, skips) == path


def test_windows_around_a_path_are_monotone_and_connected() -> None:
    path = [Step(1, 1, 1, 1, 1.0), Step(1, 9, 0, 8, 0.0), Step(5, 10, 4, 1, 1.0), Step(6, 10, 1, 0, 0.0)]
    windows = around(path, 6, 10, 1)
    assert windows[0, 0] == 0
    assert windows[-1, 1] == 10
    assert (np.diff(windows, axis=0) >= 0).all()
    assert (windows[1:, 0] <= windows[:-1, 1]).all()


def test_a_long_gap_is_one_run() -> None:
    shapes = shapes_up_to(2)
    gains = np.full((13, 1, 3), -1.0)
    gains[1, 0, 1] = gains[12, 0, 2] = 1.0
    skips = [Skips(np.full(12, 0.3), np.full(12, 0.03), np.full(2, 0.3), np.full(2, 0.03))]
    path = search(whole_table(12, 2), shapes, [(0, 0, gains)], skips)
    assert [(step.rows, step.columns) for step in path] == [(1, 1), *[(1, 0)] * 10, (1, 1)]
    assert total(path, skips) == pytest.approx(2 - 0.3 - 9 * 0.03)

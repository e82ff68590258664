"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Evaluation data beside the project, which is not part of it."""
    path = ROOT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the evaluation data (../shared/data) is not on this machine")
    return path


@pytest.fixture(scope="session")
def seed_document() -> Path:
    """A real English article in which one caption stayed Italian, beside the project."""
    paths = sorted((ROOT.parent / "shared" / "seed").glob("*.md"))
    if not paths:
        pytest.skip("the seed document (../shared/seed) is not on this machine")
    return paths[0]

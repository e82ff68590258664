"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# No deadline for an example: a busy machine is no failure. HYPOTHESIS_PROFILE=thorough looks for longer.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# a change is judged by the same cases every time; new ones are looked for where people work, and by `make fuzz`
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True)
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


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

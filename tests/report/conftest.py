"""A real browser for the tests of pages.

Playwright runs an event loop while it is open, and no other loop may run then: it is closed at the end of each module.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright's Python package is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=[*FLAGS, "--disable-component-update"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe():
    """A function ``(browser, path, colour scheme, width)`` to the grave faults that axe-core finds in a page."""
    script = Path(os.environ.get("AXE_CORE", "/nonexistent"))
    if not script.is_file():
        pytest.skip("axe-core is not installed (npm install axe-core, then AXE_CORE=.../axe.min.js)")

    def grave(browser: Any, path: Path, scheme: str, width: int) -> list[tuple[str, str]]:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
        page = context.new_page()
        page.goto(path.as_uri())
        page.add_script_tag(path=str(script))
        result = page.evaluate("axe.run()")
        context.close()
        return [(item["id"], item["nodes"][0]["html"]) for item in result["violations"] if item["impact"] in ("serious", "critical")]

    return grave

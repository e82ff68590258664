"""How long a browser takes to open the HTML report: the index of 1,000 documents, and a page of many beads.

    python bench/report.py [--documents 1000]

Chromium without a window opens each file several times; the figure is the time from the start of the navigation to the end of its load
event, scripts included. The goal for the index is one second.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random

from msgspec.structs import replace

from transcmp import pipeline
from transcmp.model import Checked, CheckRun, DocumentName
from transcmp.report import html

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "docs-en-de"
GOAL = 1000
"""Milliseconds for the index."""
TIMES = 7
"""How often each file is opened; the first does not count."""


def run_of(count: int, pair: Checked) -> CheckRun:
    """Many documents in several languages, with the findings of a real pair thinned out."""
    random = Random(0)
    pairs = tuple(
        replace(
            pair,
            target=DocumentName(path=f"docs/{language}/guide/chapter-{number:04d}/page.md", language=language),
            score=random.random(),
            findings=tuple(finding for finding in pair.findings if random.random() < 0.3),
        )
        for number, language in zip(range(count), ("de", "fr", "ja", "pt-BR", "zh-Hant") * count, strict=False)
    )
    return CheckRun(signature="bench", pairs=pairs, passed=False)


def opened(path: Path, command: str) -> float:
    """Median of the milliseconds until a file is loaded."""
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=command, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(TIMES):
            page = browser.new_page()
            page.goto(path.as_uri(), wait_until="load")
            times.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
            page.close()
        browser.close()
    return statistics.median(times[1:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        print("no Chromium: nothing measured")
        return 0
    comparison = pipeline.check(str(CORPUS / "backups.en.md"), str(CORPUS / "backups.de.md"))
    sides = (comparison.alignment.source, comparison.alignment.target)
    source, target = (DocumentName(path=side.document.path, language=side.language) for side in sides)
    pair = Checked(source=source, target=target, score=0.9, coverage=comparison.coverage, findings=comparison.findings)
    run = run_of(count, pair)
    with tempfile.TemporaryDirectory() as folder:
        index, page = Path(folder, "index.html"), Path(folder, "page.html")
        index.write_text(html.index(run, [html.page_name(number, one) for number, one in enumerate(run.pairs)]), encoding="utf-8")
        page.write_text(html.page(pair, comparison), encoding="utf-8")
        found = opened(index, command)
        print(f"index of {count} documents, {index.stat().st_size / 1e6:.2f} MB: {found:.0f} ms (goal {GOAL} ms)")
        print(f"page of {len(comparison.alignment.beads)} beads, {page.stat().st_size / 1e6:.2f} MB: {opened(page, command):.0f} ms")
    return int(found > GOAL)


if __name__ == "__main__":
    sys.exit(main())

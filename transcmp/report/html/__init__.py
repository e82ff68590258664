"""The HTML report: an index of all documents, and a self-contained page for each.

    page.py        a comparison as rows of a page: the beads side by side, with what findings and scores say of their words
    index.py       the table of documents, worst first, and its plots
    render.py      Jinja templates, styles and script, joined into one file under a content security policy
    *.j2 *.css *.js

Nothing on a page is loaded from elsewhere, all text is escaped, and everything can be read without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transcmp.model import CheckRun, Comparison
from transcmp.report.html.index import index
from transcmp.report.html.page import page, page_name

__all__ = ["index", "page", "page_name", "site"]

INDEX = "index.html"
"""Name of the file to open."""


def site(run: CheckRun, comparisons: Iterable[Comparison | None]) -> Iterator[tuple[str, str]]:
    """The files of a report: relative path and text.

    ``comparisons`` are those of ``run.pairs``, in order; they are taken one after another, so that no two need be in memory. None: the pair
    was not compared (a missing file), and has a row in the index only.
    """
    links: list[str | None] = []
    for number, (checked, comparison) in enumerate(zip(run.pairs, comparisons, strict=True)):
        if comparison is None:
            links.append(None)
            continue
        name = page_name(number, checked)
        links.append(name)
        yield name, page(checked, comparison)
    yield INDEX, index(run, links)

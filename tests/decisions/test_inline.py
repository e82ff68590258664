"""Comments that silence: what they cover, and what is said of those that cover nothing."""

from __future__ import annotations

import pytest

from transcmp import readers
from transcmp.decisions.inline import ignores, silence
from transcmp.model import Document, Finding, Place, Span


def document(text: str, path: str = "a.md") -> Document:
    return readers.parse(text, path=path, format="markdown")


def finding(page: Document, words: str, rule: str = "number", *, side: str = "target") -> Finding:
    start = page.text.index(words)
    span = Span(start, start + len(words))
    place = Place(
        span=span, start=page.position(span.start), end=page.position(span.end), kind="paragraph", language=page.language, text=words
    )
    sides = {"source": None, "target": None, side: place}
    return Finding(rule=rule, severity="error", message="m", **sides)


EMPTY = document("")


def kept(text: str, *words: str, rule: str = "number") -> list[str]:
    page = document(text)
    findings = [finding(page, item, rule) for item in words]
    return [words[number] for number in silence(findings, EMPTY, page).kept]


def test_a_comment_alone_covers_the_next_block():
    text = "one\n\n<!-- transcmp: ignore number -->\n\ntwo\n\nthree\n"
    assert kept(text, "one", "two", "three") == ["one", "three"]
    assert kept(text, "two", rule="link") == ["two"]


def test_a_comment_in_a_paragraph_covers_it():
    assert kept("one 1 <!-- transcmp: ignore --> and\nmore\n\ntwo\n", "one", "more", "two") == ["two"]


@pytest.mark.parametrize("end", ["<!-- transcmp: ignore-end -->", ""])
def test_a_range(end):
    text = f"one\n\n<!-- transcmp: ignore-start number, link -- it is a table -->\n\ntwo\n\n* three\n\n{end}\n\nfour\n"
    assert kept(text, "one", "two", "three", "four") == (["one", "four"] if end else ["one"])
    assert kept(text, "two", rule="name") == ["two"]


@pytest.mark.parametrize(
    "front",
    [
        "transcmp-ignore: number", "transcmp_ignore: [link, number]", "transcmp-ignore:\n  - link\n  - number", "# transcmp: ignore number",
        "transcmp-ignore: true", 'transcmp-ignore: "number"',
    ],
)  # fmt: skip
def test_front_matter_covers_the_file(front):
    assert kept(f"---\ntitle: x\n{front}\nother: name\n---\n\none\n\ntwo\n", "one", "two") == []
    assert kept(f"---\ntitle: x\n{front}\nother: name\n---\n\none\n", "one", rule="name") == ([] if "true" in front else ["one"])


@pytest.mark.parametrize(
    "text", ["```html\n<!-- transcmp: ignore -->\n```\n\none\n", "`<!-- transcmp: ignore -->` one\n", "transcmp: ignore\n\none\n"]
)
def test_examples_are_no_comments(text):
    assert kept(text, "one") == ["one"]


def test_other_comments():
    for comment in ("{/* transcmp: ignore number */}", "{# transcmp: ignore number #}"):
        assert kept(f"{comment}\n\none\n", "one") == []
    rst = readers.parse(".. transcmp: ignore number\n\none\n", path="a.txt", format="text")
    assert [item.rules for item in ignores(rst)] == [("number",)]


def test_what_silences_nothing_is_told_with_its_place():
    page = document("one\n\n<!-- transcmp: ignore number nubmer link -->\n\ntwo\n")
    found = silence([finding(page, "two")], EMPTY, page, known=["number", "link"])
    assert found.kept == ()
    assert [item.message for item in found.unused_target] == [
        "there is no rule 'nubmer': did you mean 'number'?",
        "this comment silences nothing of rule 'link'",
    ]
    assert {item.target.start.line for item in found.unused_target if item.target} == {3}
    assert len({item.target.text for item in found.unused_target if item.target}) == 2


def test_the_source_has_a_say_and_its_unused_comments_are_kept_apart():
    page = document("<!-- transcmp: ignore omitted -->\n\none\n\n<!-- transcmp: ignore -->\n\ntwo\n")
    found = silence([finding(page, "one", "omitted", side="source")], page, EMPTY)
    assert found.kept == ()
    assert found.unused_target == ()
    assert [item.source.start.line for item in found.unused_source if item.source] == [5]


@pytest.mark.parametrize(("rules", "expected"), [("low-score", ()), ("number", (0,)), ("true", (0,))])
def test_a_finding_about_the_file_needs_front_matter_that_names_it(rules, expected):
    page = document(f"---\ntranscmp-ignore: {rules}\n---\n\none\n\n<!-- transcmp: ignore low-score -->\n\ntwo\n")
    whole = Finding(rule="low-score", severity="error", message="m", source=None, target=None)
    assert silence([whole], EMPTY, page).kept == expected

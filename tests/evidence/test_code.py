"""Code tokens and code-like words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.code import comment_texts, find_identifiers, tokenise


@pytest.mark.parametrize(
    ("info", "code", "kinds"),
    [
        ("python", "x = 'a b' # c", {"x": "code", "a": "string", "c": "comment"}),
        ("js {1-2}", "let y = 1 // c\n/* d */", {"y": "code", "c": "comment", "d": "comment"}),
        ("html", "<p class='q'>word</p><!-- c -->", {"p": "code", "q": "string", "word": "text", "c": "comment"}),
        ("sql", "select 1 -- c", {"select": "code", "c": "comment"}),
        ("mermaid", "graph TB", {"graph": "text"}),
        ("css", "a { color: #fff; }", {"fff": "code"}),
        ("js", "fetch('http://a.b/c')", {"fetch": "code", "http": "string"}),
    ],
)
def test_what_a_word_is_part_of(info: str, code: str, kinds: dict[str, str]) -> None:
    found = {token.text: token.kind for token in tokenise(code, info)}
    assert {word: found[word] for word in kinds} == kinds


def test_identifiers_in_prose() -> None:
    found = find_identifiers("Use fooBar and snake_case, call() with --opt in ./a/b for FastAPI and a-b.")
    assert [one.text for one in found] == ["fooBar", "snake_case", "call()", "--opt", "./a/b"]


@given(st.text(max_size=80), st.sampled_from(("python", "js", "html", "sql", "mermaid", "", "unknown")))
def test_tokens_and_comments_lie_in_the_code(code: str, info: str) -> None:
    for token in tokenise(code, info):
        assert code[token.start : token.end] == token.text
    for start, end in comment_texts(code, info):
        assert 0 <= start < end <= len(code)

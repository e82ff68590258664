"""What counts as a change of a fragment, and what does not."""

from __future__ import annotations

import pytest

from transcmp.pipeline.changes import changes, difference
from transcmp.readers import parse

PAGE = """\
# Heading

The first paragraph speaks of the house and of its garden.

The second one has a [link](https://example.org/a) and 12 trees.

```js
call(1)
```

* an item about something
* another item about bread
"""


def kinds(before: str, after: str) -> list[str]:
    old, new = (parse(text, path="a.md", format="markdown") for text in (before, after))
    return [change.kind for change in changes(old, new) if change.kind != "same"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("speaks of the house", "speaks\nof the  house", []),
        ("# Heading\n\n", "", ["dropped"]),
        ("speaks of the house", "speeks of the house", ["small"]),
        ("speaks of the house and", "speaks of the house, and", ["small"]),
        ("its garden", "ist garden", ["changed"]),
        ("garden.", "gardens.", ["small"]),
        ("12 trees", "13 trees", ["changed"]),
        ("example.org/a", "example.org/b", ["changed"]),
        ("of the house", "of house", ["changed"]),
        ("call(1)", "call(1);", ["changed"]),
        ("call(1)\n", "call(1)  \n", []),
        ("```js", "```js{1}", ["changed"]),
        ("The second", "A new paragraph stands here now.\n\nThe second", ["new"]),
        ("* an item about something\n* another item about bread\n", "* another item about bread\n* an item about something\n", []),
        ("The first paragraph speaks of the house and of its garden.", "Nothing but other words took over, alas!", ["new", "dropped"]),
    ],
)
def test_kinds(old, new, expected):
    assert old in PAGE
    assert kinds(PAGE, PAGE.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new"), [("include", "exclude"), ("possible", "impossible"), ("form", "farm!1"), ("can", "man"), ("moral", "amoral")]
)
def test_another_word_is_no_typo(old, new):
    assert kinds(f"We {old} it in the evening.", f"We {new} it in the evening.") == ["changed"]


def test_an_edited_fragment_that_moved_is_found():
    old = "One house stands on the hill near the river.\n\nTwo.\n\nThree.\n\nFour.\n"
    new = "Two.\n\nThree.\n\nFour.\n\nOne red house stands on the hill near the river.\n"
    assert kinds(old, new) == ["changed"]


def test_the_words_that_differ():
    assert difference("a b c d", "a x c d") == ("b", "x")
    assert difference("a b", "a b c") == ("", "c")
    assert difference("a a a", "a a") == ("a", "")
    assert difference("x" * 80, "", 10) == ("x" * 9 + "…", "")

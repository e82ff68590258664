"""What every reader promises for any text, right or wrong: a document whose places are right, or one of our errors."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.invariants import check_document, check_passage
from tests.strategies import texts
from transcmp.errors import TranscmpError
from transcmp.readers import formats, parse
from transcmp.segment import segment

MARKUP: dict[str, str] = {
    "markdown": (
        '# |- |1. |> |    |\t|```\n|~~~|---\n|***|===\n|[^1]: |[a]: |[|](u "t")|![|]|`|*|_|~~|\\|&amp;|&#0;|<b>|</b>|'
        "<!-- | -->|<p>|</p>|<img alt='x'>|"
        '<Note>|</Note>|{/* | */}|{{ x }}|{% y %}|{#id}|{ .c }|::: tip T\n|:::\n|/// note \\| T\n|///\n|!!! note "T"\n    |=== "Tab"\n    |'
        "> [!NOTE]\n|:   |- [ ] |\\|a\\|b\\|\n\\|-\\|-\\|\n|---\nt: x\n---\n|https://a.b|<http://c.d>|$$\n|"
        "import x from 'y'\n|<script>|</script>|{{< highlight x >}}\n|{{< /highlight >}}\n|{{< a \"b c\" title='d e' >}}|<p markdown>\n|"
        "    k: v\n|<pre>|</pre>|<figcaption>|</figcaption>|\\newpage\n|{::comment}\n|{:/comment}\n"
    ),
    "html": (
        "<p>|</p>|<div|>|<li>|<ul>|</ul>|<table><tr><td>|<td>|</table>|<b>|</b>|<a href=x title='y'>|<img alt=\"z|\">|"
        "<!--|-->|<script>|</script>|<pre>|"
        "</pre>|<title>|</title>|<h1 id=a>|&amp|&lt;|&#x41;|<main>|<nav>|<br>|<html lang=it>|<q lang='xx yy'>|<|"
        "<meta name=description content='c'>|hidden"
    ),
    "po": 'msgid |msgstr |msgctxt |msgid_plural |msgstr[0] |msgstr[1] |"|"\n|\\n|\\"|\\x41|\\777|\n#, fuzzy\n|#~ |%s|%(x)s|<b>|\n\n',
    "xliff": (
        "<xliff version='1.2'>|</xliff>|<file source-language='en' target-language='it'>|<body>|<trans-unit id='1'>|"
        "</trans-unit>|<source>|</source>|<target>|"
        "</target>|<g id='1'>|</g>|<x id='2'/>|&amp;|&#65;|<![CDATA[|]]>|<unit>|<segment>|</segment>|<!DOCTYPE a [<!ENTITY b 'c'>]>"
    ),
    "tmx": (
        "<tmx>|</tmx>|<header srclang='en'/>|<body>|</body>|<tu>|</tu>|<tuv xml:lang='en'>|<tuv xml:lang='it'>|</tuv>|"
        "<seg>|</seg>|<bpt i='1'>|</bpt>|&lt;"
    ),
    "tsv": "source\ttarget\n|\t|\\t|\\n|\\\\|en\tit\n|\n",
    "jsonl": '{"source": "|{"en": "|", "target": "|", "it": "|"}\n|\\u00e9|'
    '\\ud83d\\ude00|\\ud800|\\"|{"translation": {"en": "a", "it": "b"}}\n|null|[|]|1e999',
    "srt": "1\n|00:00:01,000 --> 00:00:02,000\n|\n\n|- |<i>|</i>|{\\an8}|99\n",
    "vtt": "WEBVTT\n\n|00:01.000 --> 00:02.000 line:0\n|NOTE |\n\n|<v A>|<00:01.500>|&lt;|STYLE\n",
    "ass": "[Events]\n|Format: Start, End, Text\n|Dialogue: 0:00:01.00,0:00:02.00,|{\\i1}|\\N|\\h|{\\p1}|\n|,",
    "rst": (
        "====\n|----\n|* |1. |#. |.. note:: |.. |.. image:: x\n   :alt: |.. code-block:: py\n\n   |   |:field: |``|"
        "`a <b>`_|:ref:`|`|**|*|\\|x\\||[1]_|.. [1] |"
        '.. csv-table:: t\n   :header: a\n\n   "b, c", d\n|-a, --b=C  d\n|'
        "+--+--+\n\\| \\| \\|\n+--+--+\n|==  ==\n|::\n\n    |>>> |\\| |\\|_a: b\n|.. _t: u\n|\\\\|\n\n"
    ),
    "asciidoc": (
        "= |== |* |** |. |term:: |NOTE: |[NOTE]\n|----\n|....\n|====\n|____\n|"
        '[format=csv]\n|\\|===\n|\\|a \\|b\n|,===\n|a,"b"\n|image::x[Alt]|image:y[A]|<<id,t>>|https://a.b[c]|'
        "`|*|_|#|{x}|footnote:[n]|:a: b\n|.Title\n|//c\n|////\n|+\n|include::z[]\n|'''\n| +\n"
    ),
    "text": "\n|\n\n|\r|\r\n|\x0b|\x1b[1m|\u2028",
    "lines": "\n|\r|\r\n|\x0c|\u2029",
}
"""Building blocks of each format, parted by bars."""


def pieces_of(name: str) -> list[str]:
    return [piece.replace("\0", "|") for piece in MARKUP[name].replace("\\|", "\0").split("|")]


def test_every_text_format_is_here() -> None:
    packed = {name for name in formats if formats.load(name).parse is None}
    assert set(MARKUP) | packed | {"html-page"} == set(formats)


@pytest.mark.parametrize("name", MARKUP)
def test_promises(name: str) -> None:
    parts = st.one_of(st.sampled_from(pieces_of(name)), texts(max_size=12))

    @given(st.lists(parts, max_size=25).map("".join))
    def promises(text: str) -> None:
        reader = formats.load(name)
        with suppress(TranscmpError):
            document = parse(text, format=name)
            assert document.format == name
            check_document(document)
            for unit in ("sentence", "fragment", "line"):
                segments = segment(document, unit=unit)
                assert [item.id for item in segments] == list(range(len(segments)))
                for item in segments:
                    assert item.render(text) == item.text
                    if unit == "sentence":
                        check_passage(item, text)
                        assert item.text == item.text.strip() or item.kind in ("code", "unit")
        with suppress(TranscmpError):
            if reader.pairs is not None:
                bitext = reader.pairs(text, "-")
                check_document(bitext.source)
                check_document(bitext.target)
                paired = [number for source, _ in bitext.pairs for number in source]
                assert paired == list(range(len(bitext.source.fragments)))
                assert len(bitext.notes) == len(bitext.pairs)

    promises()


@given(texts(max_size=200))
def test_lines_keep_their_numbers(text: str) -> None:
    document = parse(text, format="lines")
    segments = segment(document, unit="line")
    assert len(segments) == len(document.line_starts) - text.endswith(("\n", "\r")) - (not text)
    for item in segments:
        assert document.position(item.pieces[0].start).line == item.id + 1

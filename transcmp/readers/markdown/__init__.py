"""Markdown: CommonMark, GFM, front matter and the dialects of documentation sites, with exact places.

    blocks.py (containers.py, rules.py, …_rules.py, starts.py, tables.py, references.py)    a text -> leaf blocks
    inline.py (tokens.py, emphasis.py, nodes.py, emit.py)                                   a leaf -> pieces, marks, nested fragments
    reader.py (../_frontmatter.py)                                                          both   -> a Document

An own parser, because markdown-it gives inline tokens no positions, knows none of the dialects, and is slow on hostile input;
``tests/readers/test_oracles.py`` holds it to markdown-it's reading of the specification.
"""

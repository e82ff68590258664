"""What a line of Markdown can begin: patterns of CommonMark, GFM and the dialects, matched at a line's first character that is no space."""

from __future__ import annotations

import re

ATX = re.compile(r"(#{1,6})(?:[ \t]+|(?=\r|\n|\Z))")
ATX_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*\Z")
FENCE = re.compile(r"(`{3,})([^`\r\n]*)(?=\r|\n|\Z)|(~{3,})([^\r\n]*)")
THEMATIC = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})(?=\r|\n|\Z)")
SETEXT = re.compile(r"(=+|-+)[ \t]*(?=\r|\n|\Z)")
BULLET = re.compile(r"([-+*])(?=[ \t]|\r|\n|\Z)|(\d{1,9})([.)])(?=[ \t]|\r|\n|\Z)")
TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
REFERENCE = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*")
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,100})\]:[ \t]*")
ABBREVIATION = re.compile(r"\*\[([^\]\r\n]{1,200})\]:[ \t]*")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
DEFINITION = re.compile(r":[ \t]+(?=\S)")

HTML_RAW = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|\Z)", re.IGNORECASE)
HTML_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
PRE = re.compile(r"<(/?)pre(?=[\s>]|\Z)", re.IGNORECASE)
HTML_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s>]|/>|\Z)")
HTML_BLOCKS = frozenset(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol "
    "optgroup option p param search section summary table tbody td tfoot th thead title tr track ul".split()
)
"""Elements whose tag begins an HTML block, in a paragraph too (CommonMark 4.6, start condition 6)."""

UNTIL = (
    ("<!--", "-->", "comment"),
    ("{/*", "*/}", "comment"),
    ("<?", "?>", "html"),
    ("<![CDATA[", "]]>", "html"),
    ("$$", "$$", "math"),
    ("\\[", "\\]", "math"),
    ("{% comment %}", "{% endcomment %}", "comment"),
    ("{::comment}", "{:/comment}", "comment"),
)
"""Blocks from a fixed opening at the start of a line to a fixed closing."""

FENCED_DIV = re.compile(r"(:{3,})[ \t]*(?:\{[ \t]*)?\.?([A-Za-z][\w-]*)?[ \t]*([^\r\n]*)")
"""``:::`` of VitePress, Docusaurus, Pandoc: the colons, the type, the rest."""
SLASH_BLOCK = re.compile(r"(/{3,})[ \t]*(?:([A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*([^\r\n]*))?)?(?=\r|\n|\Z)")
"""``///`` of PyMdown Blocks."""
OPTION = re.compile(r"[\w-]{1,40}:(?=[ \t]|\r|\n|\Z)")
"""An option of such a block."""
BANG_BLOCK = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]*((?:[\w-]+[ \t]*)*)(?:\"([^\"\r\n]*)\")?[ \t]*(?=\r|\n|\Z)")
"""``!!!`` of Python-Markdown, ``???`` of PyMdown Details."""
TAB = re.compile(r"===[!+]?[ \t]+\"([^\"\r\n]*)\"[ \t]*(?=\r|\n|\Z)")
"""``=== "Tab"`` of PyMdown Tabbed."""
ALERT = re.compile(r"\[!([A-Za-z-]{2,30})\][+-]?[ \t]*([^\r\n]*)")
"""``[!NOTE]`` of GitHub, Obsidian, Microsoft Learn."""
MODULE = re.compile(r"import\s+(?:[\w*{][^\r\n]*\s+from\s+)?[\"']|export\s+(?:default|const|let|var|function|async|class)\b|export\s+[{*]")
"""A line of an MDX module."""
DIRECTIVE = re.compile(
    r"(?:\{%-?[^{}\r\n]*-?%\}|\{\{[<%][^{}\r\n]*[%>]\}\}|\{\*[^{}\r\n]*\*\}|\{![^{}\r\n]*!\}|--8<--[^\r\n]*|@\[code[^\r\n]*"
    r"|\\(?:newpage|pagebreak|clearpage|tableofcontents|maketitle|appendix|[vh]space\{[^{}\r\n]*\}|noindent)"
    r"|<<<[ \t]*@?[\w./~-][^\r\n]*|\[\[?toc\]?\]|\$\{toc\}|\{:[^{}\r\n]*\})[ \t]*(?=\r|\n|\Z)",
    re.IGNORECASE,
)
"""A line that is nothing but a shortcode, a tag, a LaTeX command, an include, a table of contents or an attribute list."""
CODE_SHORTCODE = re.compile(r"\{\{[<%][ \t]*(highlight|mermaid|code)\b[^{}\r\n]*[%>]\}\}|\{%-?[ \t]*(highlight)\b[^{}\r\n]*-?%\}")
"""A shortcode of Hugo or a tag of Jekyll with code behind it, up to its closing."""
FENCE_TITLE = re.compile(r"(?:^|\s)title=(?:\"([^\"]*)\"|'([^']*)')")
TITLE_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
TITLE_ATTRIBUTE = re.compile(r"title=(?:\"([^\"]*)\"|'([^']*)')")

FIRST_CHARACTERS = frozenset("#`~*-_+=[0123456789<{$\\:/!?>|@")
"""With these a line can begin something other than a paragraph (letters only at the start of a paragraph: MDX modules)."""

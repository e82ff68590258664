"""How frameworks lay out translated files, by name.

A layout has one or more variants; the one that finds the most translations in a tree is used. In a source pattern ``{lang}`` is the source
language. The pages say so: Docusaurus, "i18n: translation files location"; mkdocs-static-i18n, "docs structure"; Hugo, "translate your
content"; Jekyll's plugins jekyll-multiple-languages and polyglot; VitePress, "internationalization"; Starlight, "i18n".
"""

from __future__ import annotations

Sides = tuple[str, str]
"""Pattern of the source files, pattern of the translations."""

_DOCUSAURUS = "i18n/{lang}/docusaurus-plugin-content-"

LAYOUTS: dict[str, tuple[tuple[Sides, ...], ...]] = {
    "docusaurus": (
        (
            ("docs/**/*.{md,mdx}", _DOCUSAURUS + "docs/current/**/*.{md,mdx}"),
            ("versioned_docs/version-*/**/*.{md,mdx}", _DOCUSAURUS + "docs/version-*/**/*.{md,mdx}"),
            ("blog/**/*.{md,mdx}", _DOCUSAURUS + "blog/**/*.{md,mdx}"),
            ("src/pages/**/*.{md,mdx}", _DOCUSAURUS + "pages/**/*.{md,mdx}"),
        ),
    ),
    "mkdocs-i18n": (
        (("docs/{lang}/**/*.md", "docs/{lang}/**/*.md"),),
        (("docs/**/{stem}.md", "docs/**/{stem}.{lang}.md"),),
        (("docs/**/{stem}.{lang}.md", "docs/**/{stem}.{lang}.md"),),
    ),
    "hugo": (
        (("content/{lang}/**/*.{md,html}", "content/{lang}/**/*.{md,html}"),),
        (("content/**/{stem}.{md,html}", "content/**/{stem}.{lang}.{md,html}"),),
        (("content/**/{stem}.{lang}.{md,html}", "content/**/{stem}.{lang}.{md,html}"),),
    ),
    "jekyll": (
        (("_i18n/{lang}/**/*.{md,markdown,html}", "_i18n/{lang}/**/*.{md,markdown,html}"),),
        (("_*/{lang}/**/*.{md,markdown,html}", "_*/{lang}/**/*.{md,markdown,html}"),),
        (("_*/**/*.{md,markdown,html}", "{lang}/_*/**/*.{md,markdown,html}"),),
    ),
    "vitepress": (
        (("docs/{lang}/**/*.md", "docs/{lang}/**/*.md"),),
        (("docs/**/*.md", "docs/{lang}/**/*.md"),),
        (("src/**/*.md", "src/{lang}/**/*.md"),),
        (("{lang}/**/*.md", "{lang}/**/*.md"),),
        (("**/*.md", "{lang}/**/*.md"),),
    ),
    "starlight": (
        (("src/content/docs/{lang}/**/*.{md,mdx}", "src/content/docs/{lang}/**/*.{md,mdx}"),),
        (("src/content/docs/**/*.{md,mdx}", "src/content/docs/{lang}/**/*.{md,mdx}"),),
    ),
}
"""Layout to variants; a variant is a list of pattern pairs that hold together."""

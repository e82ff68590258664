"""What can be set, as frozen values. The docstring of a field is also its description in the JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

RuleLevel = Literal["error", "warning", "note", "off"]
"""What a rule's findings count as; ``off``: the rule does not run."""

FailOn = Literal["error", "warning", "note", "never"]
"""The least severity that makes ``check`` end with exit code 1."""

Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0)]
Text = Annotated[str, Meta(min_length=1)]

RuleOptions = RuleLevel | dict[str, Any]
"""A rule's level, or a table: ``severity`` and the rule's own options."""


class Rule(Struct, frozen=True, kw_only=True):
    """What the settings say about one rule."""

    severity: RuleLevel | None = None
    """Its level; None: the rule's own."""
    options: tuple[tuple[str, Any], ...] = ()
    """Its options as name and value, sorted by name; the rule checks them."""


class Pair(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which files are translations of which: two patterns, or the name of a framework's layout."""

    source: str = ""
    """Pattern of the source files, from the project's root: `*` is any text without `/`, `**` any folders or none, `{stem}` a file name
    without its endings, `{md,mdx}` one of these."""
    target: str = ""
    """Pattern of the translations: `{lang}` is the target language; each `*`, `**` and `{stem}` stands for the same text as on the
    source side."""
    layout: str = ""
    """Instead of patterns: `docusaurus`, `mkdocs-i18n`, `hugo`, `jekyll`, `vitepress` or `starlight`."""
    source_language: str = ""
    """Language of these source files, if it is not the project's."""
    target_languages: tuple[str, ...] = ()
    """Languages that `{lang}` stands for; empty: those of the project, or else those that the tree has."""


class Ignore(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is not checked."""

    paths: tuple[str, ...] = ()
    """Patterns of files that are left out, on either side."""
    kinds: tuple[str, ...] = ()
    """Kinds of fragment whose findings are left out: `code`, `caption`, `front-matter`, `table-cell`, ..."""
    patterns: tuple[str, ...] = ()
    """Regular expressions (Python): a finding whose words match one from first to last is left out."""
    words: tuple[str, ...] = ()
    """Words and phrases that stay as they are in every language: product names, commands."""


class Thresholds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for one target language instead of the general settings."""

    min_score: Share | None = None
    """Least score of a document."""
    min_coverage: Share | None = None
    """Least share of the source's text that has a counterpart."""
    rules: dict[str, RuleOptions] = field(default_factory=dict)
    """Levels and options of rules for this language; `missing-file = "off"` for one that is translated in part."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a project: ``transcmp.toml``, or ``[tool.transcmp]`` in ``pyproject.toml``."""

    source_language: str = ""
    """Language of the originals, a BCP 47 tag; empty: it is identified."""
    target_languages: tuple[str, ...] = ()
    """Languages of the translations; empty: those that the tree has, and a single document's is identified."""
    pairs: tuple[Pair, ...] = ()
    """Which files are translations of which."""
    encoder: Text = "auto"
    """Sentence encoder: `auto`, `use`, `e5`, `lexical` or `sentence-transformers:NAME`."""
    detector: Text = "default"
    """Language identification: `default`, `langdetect` or `lingua`."""
    unit: Literal["sentence", "fragment", "line"] = "sentence"
    """What is aligned."""
    srx: str = ""
    """SRX file with rules of segmentation, from the project's root; empty: the built-in rules."""
    glossary: tuple[str, ...] = ()
    """Glossary files (TSV, CSV, TBX), from the project's root."""
    fail_on: FailOn = "error"
    """The least severity that makes `check` end with exit code 1."""
    min_score: Share | None = None
    """Least score of a document."""
    min_coverage: Share | None = None
    """Least share of a source's text that has a counterpart."""
    max_new: Count | None = None
    """Most findings, of those that count for `fail_on`, that may be new without failing; empty: none."""
    rules: dict[str, RuleOptions] = field(default_factory=dict)
    """Levels and options of rules: `number = "warning"`, `name = { severity = "note", min_confidence = 0.8 }`."""
    languages: dict[str, Thresholds] = field(default_factory=dict)
    """What holds for single target languages, by their tag."""
    ignore: Ignore = Ignore()
    """What is not checked."""
    max_size: Annotated[int, Meta(ge=1)] = 10_000_000
    """Largest file that is read, in bytes."""
    encoding: str = ""
    """Encoding of the files; empty: UTF-8, or what a byte order mark says."""
    cache_dir: str = ""
    """Folder for results that can be used again, from the project's root; empty: the user's cache folder."""

    def rule(self, name: str, language: str = "") -> Rule:
        """What is set for the rule ``name``: for every language, and over that for ``language`` (``de-AT``, then ``de``)."""
        severity: RuleLevel | None = None
        options: dict[str, Any] = {}
        for table in (self.rules, *(setting.rules for setting in self._for(language))):
            value = table.get(name)
            if isinstance(value, str):
                severity = value
            elif value is not None:
                options.update(value)
                severity = options.pop("severity", severity)
        return Rule(severity=severity, options=tuple(sorted(options.items())))

    def least(self, language: str = "") -> tuple[float | None, float | None]:
        """``min_score`` and ``min_coverage`` for a target language."""
        score, coverage = self.min_score, self.min_coverage
        for setting in self._for(language):
            score = setting.min_score if setting.min_score is not None else score
            coverage = setting.min_coverage if setting.min_coverage is not None else coverage
        return score, coverage

    def _for(self, language: str) -> list[Thresholds]:
        """Settings that hold for a language, the general ones first."""
        tags = {tag.replace("_", "-").lower(): setting for tag, setting in self.languages.items()}
        parts = language.replace("_", "-").lower().split("-")
        return [tags[tag] for size in range(1, len(parts) + 1) if (tag := "-".join(parts[:size])) in tags]

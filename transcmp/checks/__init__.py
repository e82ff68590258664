"""The rules: what is wrong with a translation, by name.

:data:`RULES` is the whole list, in the order in which they run. A rule is a pure function from a
:class:`~transcmp.checks.context.Context` to findings; its page is ``docs/rules/<id>.md``. :mod:`~transcmp.checks.precedence` keeps one
finding a fault. Nothing of a rule is imported before it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from transcmp.checks.options import Options
from transcmp.model import Comparison, Finding, Severity

if TYPE_CHECKING:
    from transcmp.checks.context import Context, Look

Family = Literal["completeness", "facts", "markup", "typography", "terms", "languages"]

ALL: tuple[str, ...] = ()
"""As a rule's languages: it works in every one."""


FACTS = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh")
"""Languages whose dates, currencies and units are known."""


SPACED = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru")
"""Languages whose spaces around marks are known."""


class Rule(Struct, frozen=True, kw_only=True):
    """A named kind of fault."""

    id: str
    """Its name, as in findings, settings and ``transcmp explain``."""
    severity: Severity
    """Of its surest findings, where no setting says otherwise."""
    family: Family
    summary: str
    """What it finds, in one line."""
    function: str
    """Where it is: ``module:function`` below this package."""
    languages: tuple[str, ...] = ALL
    """Primary subtags of the target languages it knows; in others it is silent. Empty: all."""
    two_sided: bool = True
    """Whether it compares: such a rule sees only beads with two sides."""
    options: tuple[str, ...] = ()
    """Names of its own options."""

    def load(self) -> Callable[[Context], Iterable[Finding]]:
        """The function."""
        module, _, name = self.function.partition(":")
        function: Callable[[Context], Iterable[Finding]] = getattr(import_module(f"{__name__}.{module}"), name)
        return function


RULES: tuple[Rule, ...] = (
    Rule(
        id="untranslated",
        severity="error",
        family="completeness",
        summary="text is still in the source language",
        function="untranslated:untranslated",
        two_sided=False,
        options=("comments",),
    ),
    Rule(
        id="omitted",
        severity="error",
        family="completeness",
        summary="a passage of the source has no counterpart",
        function="completeness:omitted",
        two_sided=False,
    ),
    Rule(
        id="added",
        severity="warning",
        family="completeness",
        summary="a passage of the translation has no counterpart",
        function="completeness:added",
        two_sided=False,
    ),
    Rule(id="moved", severity="warning", family="completeness", summary="a passage stands in another place", function="completeness:moved"),
    Rule(
        id="duplicated",
        severity="warning",
        family="completeness",
        summary="the translation says twice what the source says once",
        function="completeness:duplicated",
        two_sided=False,
    ),
    Rule(
        id="mistranslated",
        severity="warning",
        family="completeness",
        summary="a passage and its translation do not match",
        function="parts:mistranslated",
    ),
    Rule(
        id="part-omitted",
        severity="warning",
        family="completeness",
        summary="a part of a passage seems to be missing",
        function="parts:part_omitted",
    ),
    Rule(
        id="part-added",
        severity="warning",
        family="completeness",
        summary="a part of a passage seems to be added",
        function="parts:part_added",
    ),
    Rule(
        id="untranslated-word",
        severity="warning",
        family="completeness",
        summary="a word inside a sentence is still in the source language",
        function="leftover:untranslated_word",
    ),
    Rule(id="length", severity="note", family="completeness", summary="a passage is far too long or too short", function="parts:length"),
    Rule(id="number", severity="error", family="facts", summary="a number differs", function="facts:number"),
    Rule(id="date", severity="error", family="facts", summary="a date differs", function="quantities:date", languages=FACTS),
    Rule(id="time", severity="error", family="facts", summary="a time of day differs", function="quantities:time", languages=FACTS),
    Rule(
        id="currency",
        severity="error",
        family="facts",
        summary="an amount has another currency",
        function="quantities:currency",
        languages=FACTS,
    ),
    Rule(id="unit", severity="error", family="facts", summary="a measure has another unit", function="quantities:unit", languages=FACTS),
    Rule(id="email", severity="error", family="facts", summary="an e-mail address differs", function="contacts:email"),
    Rule(id="phone", severity="error", family="facts", summary="a telephone number differs", function="contacts:phone"),
    Rule(id="name", severity="warning", family="facts", summary="a name is misspelt, replaced or missing", function="names:name"),
    Rule(
        id="negation",
        severity="note",
        family="facts",
        summary="one side denies what the other says",
        function="negation:negation",
        languages=FACTS,
    ),
    Rule(
        id="placeholder",
        severity="error",
        family="markup",
        summary="a placeholder is lost, changed or added",
        function="markup:placeholder",
    ),
    Rule(id="html-tag", severity="error", family="markup", summary="a tag is not closed, or lost", function="markup:html_tag"),
    Rule(id="heading-level", severity="warning", family="markup", summary="a heading has another level", function="shape:heading_level"),
    Rule(id="list-shape", severity="note", family="markup", summary="a list is nested otherwise", function="shape:list_shape"),
    Rule(id="table-shape", severity="warning", family="markup", summary="a table has another size", function="shape:table_shape"),
    Rule(id="image", severity="warning", family="markup", summary="an image is lost or another", function="shape:image", two_sided=False),
    Rule(id="anchor", severity="warning", family="markup", summary="an anchor is lost or renamed", function="markup:anchor"),
    Rule(
        id="front-matter",
        severity="warning",
        family="markup",
        summary="the front matter differs",
        function="markup:front_matter",
        two_sided=False,
    ),
    Rule(id="code", severity="error", family="markup", summary="inline code or a code block differs", function="code:code"),
    Rule(id="link", severity="error", family="markup", summary="a link leads elsewhere, is lost or was added", function="links:link"),
    Rule(
        id="final-punctuation",
        severity="warning",
        family="typography",
        summary="a sentence ends otherwise",
        function="typography:final_punctuation",
    ),
    Rule(
        id="letter-case",
        severity="warning",
        family="typography",
        summary="a sentence opens with a small letter",
        function="typography:letter_case",
    ),
    Rule(id="repeated-word", severity="warning", family="typography", summary="a word stands twice", function="typography:repeated_word"),
    Rule(id="brackets", severity="warning", family="typography", summary="a bracket has no partner", function="typography:brackets"),
    Rule(
        id="quotes",
        severity="note",
        family="typography",
        summary="quotation marks of another language",
        function="typography:quotes",
        languages=FACTS,
    ),
    Rule(
        id="spacing",
        severity="note",
        family="typography",
        summary="a space too many or too few",
        function="typography:spacing",
        languages=SPACED,
    ),
    Rule(
        id="mojibake",
        severity="error",
        family="typography",
        summary="text in a wrong encoding",
        function="typography:broken",
        two_sided=False,
    ),
    Rule(
        id="invisible-character",
        severity="warning",
        family="typography",
        summary="a hidden character",
        function="typography:invisible",
        two_sided=False,
    ),
    Rule(id="glossary", severity="warning", family="terms", summary="a term is not translated as agreed", function="terms:glossary"),
    Rule(id="forbidden", severity="warning", family="terms", summary="a word that the glossary forbids", function="terms:forbidden"),
    Rule(id="do-not-translate", severity="warning", family="terms", summary="a fixed word is missing", function="terms:do_not_translate"),
    Rule(id="inconsistent", severity="note", family="terms", summary="one source, several translations", function="terms:inconsistent"),
    Rule(
        id="declared-language",
        severity="warning",
        family="languages",
        summary="the language is not the declared one",
        function="languages:declared_language",
        two_sided=False,
    ),
    Rule(
        id="wrong-language",
        severity="warning",
        family="languages",
        summary="a sentence is in a third language",
        function="languages:wrong_language",
        two_sided=False,
    ),
)
"""Every rule, in the order in which they run."""

rules: dict[str, Rule] = {rule.id: rule for rule in RULES}
"""The same by id."""


def run(
    comparison: Comparison, options: Options | None = None, look: Look | None = None, go_on: Callable[[], None] = lambda: None
) -> tuple[Finding, ...]:
    """Findings of all rules that are on, one a fault, in the order of their places; their fingerprints are empty.

    ``look`` is asked where rules are in doubt; without it they find less. ``go_on`` is called in front of each rule; what it raises ends
    the work. Findings that are only possible (notes) stay notes, whatever
    level is set for their rule. Raises ReadError and FormatError for a glossary that cannot be read.
    """
    from transcmp.checks.context import Context, no_look
    from transcmp.checks.precedence import one_each

    options = _with_glossaries(comparison, options or Options())
    context = Context(comparison, options, look or no_look)
    found: list[Finding] = []
    for rule in RULES:
        go_on()
        if _is_on(rule, context):
            found.extend(_leveled(rule.load()(context), options.settings.rule(rule.id, context.target.language).severity))
    kept = tuple(sorted(one_each(found), key=_order))
    return tuple(map(_in_one_document, kept)) if comparison.mixed else kept


def _with_glossaries(comparison: Comparison, options: Options) -> Options:
    if not options.glossaries:
        return options
    from msgspec.structs import replace

    from transcmp.checks.glossary import read_terms

    source, target = comparison.alignment.source.language, comparison.alignment.target.language
    terms = [term for path in options.glossaries for term in read_terms(path, source, target)]
    return replace(options, terms=(*options.terms, *terms))


def page(rule: str, others: Iterable[str] = ()) -> str:
    """The page of a rule, in Markdown; ``others`` are rules outside this table that have one.

    Raises UsageError, with the nearest name, for an unknown one.
    """
    from importlib.resources import files
    from pathlib import Path

    names = [*rules, *others]
    if rule not in names:
        from difflib import get_close_matches

        from transcmp.errors import UsageError

        near = get_close_matches(rule, names, 1)
        raise UsageError(message=f"no rule {rule!r}", hint=f"did you mean {near[0]!r}?" if near else f"one of {', '.join(names)}")
    packed = files(__name__).joinpath("pages", f"{rule}.md")  # in an installed package; in a checkout the pages are in docs/
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "docs" / "rules" / f"{rule}.md").read_text(encoding="utf-8")


def _is_on(rule: Rule, context: Context) -> bool:
    from transcmp.language import base

    options = context.options
    _refuse_unknown_options(rule, context)
    if options.only and rule.id not in options.only:
        return False
    if rule.languages and base(context.target.language) not in rule.languages:
        return False
    return options.settings.rule(rule.id, context.target.language).severity != "off"


def _refuse_unknown_options(rule: Rule, context: Context) -> None:
    for name, _ in context.options.settings.rule(rule.id, context.target.language).options:
        if name not in rule.options:
            from transcmp.errors import ConfigError

            known = f"its options: severity, {', '.join(rule.options)}" if rule.options else "its only option is severity"
            raise ConfigError(message=f"the rule {rule.id} has no option {name!r}", hint=known)


def _leveled(findings: Iterable[Finding], level: str | None) -> list[Finding]:
    from msgspec.structs import replace

    if level is None or level == "off":
        return list(findings)
    return [finding if finding.severity == "note" else replace(finding, severity=level) for finding in findings]


def _in_one_document(finding: Finding) -> Finding:
    """A finding of a mixed document: its place is ``source``. Segments are of the source side; a place on the other has none."""
    from msgspec.structs import replace

    if finding.target is None:
        return finding
    return replace(finding, source=replace(finding.target, segments=()), target=None)


def _order(finding: Finding) -> tuple[int, int, str]:
    """By the target's place; what is only in the source stands where its line is."""
    place = finding.target or finding.source
    return (place.span.start if place else 0, place.span.end if place else 0, finding.rule)


__all__ = ["ALL", "RULES", "Options", "Rule", "page", "rules", "run"]

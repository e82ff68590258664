"""Language tags: BCP 47 (RFC 5646), normalised once.

A tag that went through :func:`parse_language` is a :class:`transcmp.model.Language`; nothing else makes one from outside text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from transcmp.errors import LanguageError
from transcmp.model import Language

# RFC 5646, section 2.1, without the irregular grandfathered tags
_TAG = re.compile(
    r"""
    (?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})
    (?:-(?P<script>[a-z]{4}))?
    (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
    (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
    (?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)
    (?P<private>-x(?:-[a-z0-9]{1,8})+)?
    """,
    re.VERBOSE,
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+")

_DEPRECATED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr-latn", "tw": "ak", "bh": "bho"}
"""Withdrawn two-letter codes and what replaced them (IANA language subtag registry)."""

_MODIFIERS = {"latin": "latn", "cyrillic": "cyrl", "arabic": "arab", "devanagari": "deva"}
"""Scripts as gettext's locale names write them: ``sr@latin``."""

_MACRO = {"nb": "no", "nn": "no", "cmn": "zh", "yue": "zh", "arb": "ar", "pes": "fa", "prs": "fa", "zsm": "ms", "fil": "tl"}
"""Tags that text alone cannot, or need not, tell from a wider one."""

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa
ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko
kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa
pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt ty ug
uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
ISO_639_1 = frozenset(_CODES.split())
"""The two-letter codes of ISO 639-1."""

_SPECIAL = frozenset({"und", "zxx", "mul", "mis"})

# A locale in one part of a file name: ``it``, ``pt-BR``, ``zh_Hant``, ``zh-hant``, ``es-419``.
_LOCALE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?"
_WHOLE = re.compile(_LOCALE)
_AFTER_DOT = re.compile(rf"\.({_LOCALE})\.[^.]+(?:\.[^.]+)?$")
_WITH_REGION = re.compile(r"[-_.]([a-z]{2}[-_](?:[A-Z]{2}|[A-Z][a-z]{3}))(?=\.|$)")
_RESOURCE = re.compile(r"[-_]([a-z]{2})\.(?:properties|po|pot|mo|json|ya?ml|strings|resx|xlf|xliff|ts|arb|ftl|csv|tsv|ini|xml|srt|vtt)$")
_ANDROID = re.compile(r"values-([a-z]{2,3})(?:-r([A-Z]{2}))?")


def parse_language(tag: str) -> Language:
    """Normalise a language tag: ``EN_us`` is ``en-US``, ``ita`` is ``it``, ``iw`` is ``he``.

    Takes BCP 47 tags and POSIX locale names (``pt_BR.UTF-8``, ``sr@latin``). Case follows RFC 5646, section 2.1.1; a three-letter
    code that has a two-letter one becomes that (section 4.5). Raises LanguageError where the tag is malformed or no known language.
    """
    return _parse(tag)


@lru_cache(maxsize=1024)
def _parse(tag: str) -> Language:
    plain, _, modifier = tag.strip().partition("@")
    lowered = plain.partition(".")[0].replace("_", "-").lower()
    if _PRIVATE.fullmatch(lowered):
        return Language(lowered)
    match = _TAG.fullmatch(lowered)
    if match is None:
        raise LanguageError(message=f"{tag!r} is not a language tag", hint=_hint(tag))
    language, script = _canonical(match["language"].rpartition("-")[2] if "-" in match["language"] else match["language"], tag)
    script = match["script"] or script or _MODIFIERS.get(modifier.lower())
    parts = [language]
    if script:
        parts.append(script.title())
    if match["region"]:
        parts.append(match["region"].upper())
    return Language("-".join(parts) + match["variants"] + match["extensions"] + (match["private"] or ""))


def _canonical(code: str, tag: str) -> tuple[str, str | None]:
    """The shortest code of a language, and the script that a withdrawn code stood for."""
    replaced = _DEPRECATED.get(code, code)
    if "-" in replaced:
        language, _, script = replaced.partition("-")
        return language, script
    if replaced in ISO_639_1 or replaced in _SPECIAL:
        return replaced, None
    if len(code) == 3:
        from babel.core import get_global

        alias = get_global("language_aliases").get(code)
        if alias and alias.partition("_")[0] in ISO_639_1:
            return alias.partition("_")[0], None
        return code, None
    raise LanguageError(message=f"{tag!r} is not a known language", hint=_hint(tag))


def _hint(tag: str) -> str:
    """A suggestion for someone who wrote a language's English name."""
    from babel import Locale

    wanted = tag.strip().casefold()
    for code, name in Locale("en").languages.items():
        if wanted == name.casefold():
            return f"did you mean {code!r}?"
    return "use BCP 47 tags like 'it', 'pt-BR' or 'zh-Hant'"


def base(language: Language) -> str:
    """The primary language subtag: ``pt`` of ``pt-BR``."""
    return language.partition("-")[0]


def model_code(language: Language) -> str:
    """The code under which models know a language: the base, or the wider language where text cannot tell them apart.

    ``no`` of ``nb``, ``hr`` of ``sr-Latn``.
    """
    code = base(language)
    if code in ("sr", "sh") and "-Latn" in language:
        return "hr"
    return _MACRO.get(code, code)


def same_language(one: Language, other: Language) -> bool:
    """Whether text in one could be labelled as the other: ``en-GB`` and ``en``, ``nb`` and ``no``; ``zh-Hans`` and ``zh-Hant`` differ."""
    if model_code(one) != model_code(other):
        return False
    return model_code(one) != "zh" or chinese_script(one) in (None, chinese_script(other)) or chinese_script(other) is None


def chinese_script(language: Language) -> str | None:
    """``Hans`` or ``Hant`` where a Chinese tag says so by script or region; None for plain ``zh``."""
    subtags = language.split("-")[1:]
    if "Hant" in subtags or "Hans" in subtags:
        return "Hant" if "Hant" in subtags else "Hans"
    if not subtags:
        return None
    return "Hant" if subtags[0] in ("TW", "HK", "MO") else "Hans"


def language_of_path(path: str) -> Language | None:
    """The language that a file's name or its folders declare, or None.

    Reads ``article.it.md``, ``README.pt-BR.md``, ``docs/zh-hant/intro.md``, ``locale/de/LC_MESSAGES/x.po``, ``values-fr/strings.xml`` and,
    for resource formats only, ``messages_de.properties`` (``what-is.md`` is not Icelandic). The nearest part wins.
    """
    pure = PurePosixPath(path.replace("\\", "/"))
    name = pure.name
    for pattern in (_AFTER_DOT, _WITH_REGION, _RESOURCE):
        match = pattern.search(name)
        if match and (found := _known(match[1])):
            return found
    if (
        _WHOLE.fullmatch(pure.stem)
        and pure.suffix in (".po", ".json", ".yml", ".yaml", ".ftl", ".arb", ".properties")
        and (found := _known(pure.stem))
    ):
        return found
    for folder in reversed(pure.parts[:-1]):
        android = _ANDROID.fullmatch(folder)
        written = "-".join(filter(None, android.groups())) if android else folder
        if _WHOLE.fullmatch(written) and (found := _known(written)):
            return found
    return None


def _known(written: str) -> Language | None:
    """The tag, if its language has a two-letter code; file names hold too many other short words."""
    if re.split(r"[-_]", written)[0].lower() not in ISO_639_1:
        return None
    try:
        return parse_language(written)
    except LanguageError:
        return None

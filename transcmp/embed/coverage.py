"""Which languages the built-in encoders were trained on; known without loading one."""

from __future__ import annotations

from transcmp.model import Language

_USE = "ar de en es fr it ja ko nl pl pt ru th tr zh"
_E5 = (
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is "
    "it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my ne nb nl nn no om or pa pl ps pt ro ru sa sd si "
    "sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh"
)
USE_LANGUAGES = frozenset(_USE.split())
"""Universal Sentence Encoder Multilingual (Yang et al. 2020, table 1)."""

E5_LANGUAGES = frozenset(_E5.split())
"""Multilingual E5 (Wang et al. 2024) inherits the languages of XLM-R (Conneau et al. 2020, table 6)."""


def covers(covered: frozenset[str], language: Language) -> bool:
    """Whether the base language of a tag is among those covered."""
    return language.partition("-")[0] in covered

"""Synthetic damage to a translation: what the score models learn to tell from the undamaged text.

``damage(kind, text, rng, lexicon, source=...)`` gives the damaged text, or None where the kind does not apply. The kinds cover what
translators and systems get wrong: words and phrases lost, added, replaced or put into another form, names, numbers and negations changed,
source words left over, order, spelling, case and punctuation. They need word lists and a lexicon only, so they work in any language that
the lists cover.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from damage_lexicon import WORD, Lexicon
from damage_words import CONJUNCTIONS, EN_AUXILIARIES, EN_BE, NEGATIONS, PREPOSITIONS, PRONOUNS, QUESTION_START

UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
FINAL = re.compile(r"[.!?…。！？]+[\"”»)]*$")

Damage = Callable[[str, random.Random, Lexicon, str], "str | None"]
KINDS: dict[str, Damage] = {}


def kind(function: Damage) -> Damage:
    KINDS[function.__name__.replace("_", "-")] = function
    return function


def damage(name: str, text: str, rng: random.Random, lexicon: Lexicon, source: str) -> str | None:
    """The text damaged in one way; None where that is not possible or changes nothing."""
    result = KINDS[name](text, rng, lexicon, source)
    return result if result is not None and result != text and result.strip() else None


def _spans(text: str, keep: Callable[[str], bool] = lambda _: True) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(text) if keep(match.group())]


def _pick(text: str, rng: random.Random, keep: Callable[[str], bool] = lambda _: True, inner: bool = False) -> tuple[int, int] | None:
    spans = _spans(text, keep)
    if inner:
        spans = [span for span in spans if span[0] > 0]
    return rng.choice(spans) if spans else None


def _replace(text: str, span: tuple[int, int], word: str) -> str:
    old = text[span[0] : span[1]]
    if old[:1].isupper() and word[:1].islower():
        word = word[:1].upper() + word[1:]
    return text[: span[0]] + word + text[span[1] :]


def _remove(text: str, start: int, end: int) -> str:
    left, right = text[:start], text[end:]
    if left.endswith(" ") and (right.startswith(" ") or not right or not right[0].isalnum()):
        left = left[:-1]
    result = (left + right).strip()
    if start == 0 and text[:1].isupper():
        result = result[:1].upper() + result[1:]
    return result


def _is_content(lexicon: Lexicon) -> Callable[[str], bool]:
    frequent = lexicon.common
    shortest = 1 if lexicon.base in ("ja", "zh", "ko") else 4
    return lambda word: word.lower() not in frequent and len(word) >= shortest and not word[0].isdigit()


def _is_name(lexicon: Lexicon) -> Callable[[str], bool]:
    return lambda word: word in lexicon.name_set


@kind
def drop_content(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, _is_content(lexicon))
    return _remove(text, *span) if span else None


@kind
def drop_function(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, lambda word: word.lower() in lexicon.common)
    return _remove(text, *span) if span else None


@kind
def drop_conjunction(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    listed = set(CONJUNCTIONS.get(lexicon.base, ()))
    span = _pick(text, rng, lambda word: word.lower() in listed, inner=True)
    return _remove(text, *span) if span else None


@kind
def drop_phrase(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = _spans(text)
    starts = set(PREPOSITIONS.get(lexicon.base, ()))
    places = [i for i, (a, b) in enumerate(spans) if text[a:b].lower() in starts and i > 0] or list(range(1, len(spans) - 1))
    if len(spans) < 5 or not places:
        return None
    first = rng.choice(places)
    last = min(len(spans) - 1, first + rng.randint(1, 4))
    for i in range(first, last):  # do not run over a mark
        if re.search(r"[,;:.!?()]", text[spans[i][1] : spans[i + 1][0]]):
            last = i
            break
    return _remove(text, spans[first][0], spans[last][1]) if last > first else None


@kind
def drop_start(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = _spans(text)
    count = rng.randint(1, 4)
    return _remove(text, 0, spans[count][0]) if len(spans) > count + 2 else None


@kind
def drop_name(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, _is_name(lexicon), inner=True)
    return _remove(text, *span) if span else None


@kind
def drop_final_mark(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    return FINAL.sub("", text) if FINAL.search(text) else None


@kind
def drop_letter(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, lambda word: len(word) >= 2)
    if not span:
        return None
    place = rng.randrange(*span)
    return text[:place] + text[place + 1 :]


@kind
def drop_ending(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = _spans(text)
    count = rng.randint(2, max(2, len(spans) // 2))
    mark = FINAL.search(text)
    return text[: spans[-count][0]].rstrip(" ,;:") + (mark.group() if mark else "") if len(spans) > count + 2 else None


@kind
def add_word(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng)
    if not span:
        return None
    word = text[span[0] : span[1]]
    choices = lexicon.after.get(word.lower(), []) if rng.random() < 0.75 else lexicon.frequent(2000)
    if not choices:
        return None
    gap = "" if UNSPACED.search(word) else " "
    return text[: span[1]] + gap + rng.choice(choices) + text[span[1] :]


@kind
def add_phrase(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    """A run of words out of another sentence."""
    span = _pick(text, rng)
    if not span or not lexicon.samples:
        return None
    other = rng.choice(lexicon.samples)
    spans = _spans(other)
    if len(spans) < 6:
        return None
    first = rng.randrange(len(spans) - 4)
    phrase = other[spans[first][0] : spans[first + rng.randint(1, 4)][1]]
    gap = "" if UNSPACED.search(phrase) else " "
    return text[: span[1]] + gap + phrase + text[span[1] :]


@kind
def other_sentence(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    near = [other for other in rng.choices(lexicon.samples, k=20) if other != text] if lexicon.samples else []
    return min(near, key=lambda other: abs(len(other) - len(text))) if near else None


@kind
def add_mark(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng)
    place = span[1] if span else 0
    return text[:place] + rng.choice("_*,;#'\"^~/-.:!") + text[place:] if span and place < len(text) - 2 else None


@kind
def replace_similar(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, lambda word: word.lower() in lexicon.neighbours)
    return _replace(text, span, rng.choice(lexicon.neighbours[text[slice(*span)].lower()])) if span else None


@kind
def replace_random(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, _is_content(lexicon))
    return _replace(text, span, rng.choice(lexicon.frequent(4000)[100:])) if span else None


@kind
def replace_function(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    words = PREPOSITIONS.get(lexicon.base, []) if rng.random() < 0.6 else lexicon.frequent(80)
    listed = set(words)
    span = _pick(text, rng, lambda word: word.lower() in listed)
    return _replace(text, span, rng.choice(words)) if span else None


@kind
def replace_form(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, lambda word: word.lower() in lexicon.forms)
    return _replace(text, span, rng.choice(lexicon.forms[text[slice(*span)].lower()])) if span else None


@kind
def replace_tense(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    """English verb phrases: another auxiliary, or one more."""
    if lexicon.base != "en":
        return None
    span = _pick(text, rng, lambda word: word.lower() in EN_AUXILIARIES or (word.endswith("ed") and len(word) > 4 and word.islower()))
    if not span:
        return None
    word = text[slice(*span)]
    if word.lower() not in EN_AUXILIARIES:
        stem = [form for form in lexicon.forms.get(word, []) if form.endswith("ing") or not form.endswith("ed")]
        form = rng.choice(stem) if stem else word
        auxiliary = rng.choice(
            ["was", "is", "were", "has been", "had been", "will be"] if form.endswith("ing") else ["will", "would", "had", "has", "does"]
        )
        return _replace(text, span, f"{auxiliary} {form if form.endswith('ing') or auxiliary in ('will', 'would') else word}")
    if word.lower() in EN_BE and rng.random() < 0.3:
        return _replace(text, span, f"{word} being")
    return _replace(text, span, rng.choice([*EN_AUXILIARIES, "has been", "had been", "will be", "is being", "was being", "will have"]))


@kind
def replace_pronoun(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    table: dict[str, list[str]] = defaultdict(list)
    for pair in PRONOUNS.get(lexicon.base, ()):
        one, two = pair.split()
        table[one].append(two)
        table[two].append(one)
    span = _pick(text, rng, lambda word: word.lower() in table)
    return _replace(text, span, rng.choice(table[text[slice(*span)].lower()])) if span else None


@kind
def replace_name(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, _is_name(lexicon), inner=True)
    return _replace(text, span, rng.choice(lexicon.names)) if span and lexicon.names else None


@kind
def replace_number(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = [match.span() for match in NUMBER.finditer(text)]
    if not spans:
        return None
    start, end = rng.choice(spans)
    digits = [i for i in range(start, end) if text[i].isdigit()]
    place = rng.choice(digits)
    other = rng.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


@kind
def negate(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    listed = set(NEGATIONS.get(lexicon.base, ()))
    span = _pick(text, rng, lambda word: word.lower() in listed)
    if span and rng.random() < 0.7:
        return _remove(text, *span)
    if lexicon.base == "en":
        span = _pick(text, rng, lambda word: word.lower() in EN_AUXILIARIES)
        if span and rng.random() < 0.7:
            return text[: span[1]] + " not" + text[span[1] :]
        span = _pick(
            text, rng, lambda word: word.lower() in lexicon.forms and word.lower().endswith(("ed", "s")) and len(word) > 3, inner=True
        )
        if not span:
            return None
        word = text[slice(*span)].lower()
        stem = [form for form in lexicon.forms[word] if len(form) < len(word) and word.startswith(form[:-1])]
        return _replace(text, span, f"{'did' if word.endswith('ed') else 'does'} not {rng.choice(stem) if stem else word}")
    word = {"de": "nicht", "fr": "pas", "es": "no", "it": "non", "pt": "não", "nl": "niet", "pl": "nie", "ru": "не"}.get(lexicon.base)
    span = _pick(text, rng)
    return text[: span[1]] + " " + word + text[span[1] :] if span and word else None


@kind
def ask(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    """A statement as a question."""
    if not re.search(r"[.。]$", text):
        return None
    body = re.sub(r"[.。]$", "？" if text.endswith("。") else "?", text)
    starts = QUESTION_START.get(lexicon.base)
    if not starts or rng.random() < 0.2:
        return body
    if lexicon.base == "en":
        span = _pick(body, rng, lambda word: word.lower() in EN_AUXILIARIES, inner=True)
        if span and rng.random() < 0.6:
            word = body[slice(*span)]
            return word.capitalize() + " " + body[:1].lower() + _remove(body, *span)[1:]
    return f"{rng.choice(starts)} {body[:1].lower()}{body[1:]}"


@kind
def copy_source(text: str, rng: random.Random, lexicon: Lexicon, source: str) -> str | None:
    spans, others = _spans(text, _is_content(lexicon)), _spans(source, lambda word: len(word) >= 3)
    if not spans or not others:
        return None
    span = rng.choice(spans)
    # the source word at about the same place
    place = span[0] / len(text) * len(source)
    near = sorted(others, key=lambda other: abs(other[0] - place))[:3]
    word = source[slice(*rng.choice(near))]
    return None if word in text else text[: span[0]] + word + text[span[1] :]


@kind
def swap(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = _spans(text)
    places = [i for i in range(len(spans) - 1) if len(text[spans[i][1] : spans[i + 1][0]]) <= 1]
    if not places:
        return None
    place = rng.choice(places)
    (a, b), (c, d) = spans[place], spans[place + 1]
    one, two = text[a:b], text[c:d]
    if a == 0:
        one, two = one[:1].lower() + one[1:], two[:1].upper() + two[1:]
    return text[:a] + two + text[b:c] + one + text[d:]


@kind
def shuffle(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = _spans(text)
    words = [text[a:b] for a, b in spans]
    if len(words) < 5:
        return None
    rng.shuffle(words)
    parts, last = [], 0
    for (a, b), word in zip(spans, words, strict=True):
        parts += [text[last:a], word]
        last = b
    return "".join(parts) + text[last:]


@kind
def repeat(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    spans = _spans(text)
    if not spans:
        return None
    a, b = spans[-1] if rng.random() < 0.5 else rng.choice(spans)
    word = text[a:b]
    gap = "" if UNSPACED.search(word) else " "
    return text[:b] + (gap + word) * rng.choice((1, 1, 3)) + text[b:]


@kind
def misspell(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = _pick(text, rng, lambda word: len(word) >= 4 and word.isalpha())
    if not span:
        return None
    word = text[slice(*span)]
    place = rng.randrange(1, len(word) - 1)
    letters = list(word)
    how = rng.random()
    if how < 0.6:
        letters[place], letters[place + 1 if place + 1 < len(word) else place - 1] = (
            letters[place + 1 if place + 1 < len(word) else place - 1],
            letters[place],
        )
    elif how < 0.8:
        letters.insert(place, letters[place])
    else:
        letters[place] = rng.choice(word)
    return text[: span[0]] + "".join(letters) + text[span[1] :]


@kind
def tokenise(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    return re.sub(r"\s+", " ", re.sub(r"([.,;:!?()\"“”'’%])", r" \1 ", text)).strip()


@kind
def lower_all(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    return text.lower()


@kind
def lower_first(text: str, rng: random.Random, lexicon: Lexicon, _: str) -> str | None:
    span = (0, 1) if rng.random() < 0.7 else _pick(text, rng, lambda word: word[0].isupper())
    return text[: span[0]] + text[span[0]].lower() + text[span[0] + 1 :] if span else None


def applicable(text: str, source: str, rng: random.Random, lexicon: Lexicon, kinds: Iterable[str]) -> dict[str, str]:
    """Every kind that applies, with its damaged text."""
    found = {name: damage(name, text, rng, lexicon, source) for name in kinds}
    return {name: result for name, result in found.items() if result is not None}

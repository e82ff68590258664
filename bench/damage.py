"""Synthetic damage to a translation: what the score models learn to tell from the undamaged text.

``damage(kind, text, rng, lexicon, source=...)`` gives the damaged text, or None where the kind does not apply. The kinds cover what
translators and systems get wrong: words and phrases lost, added, replaced or put into another form, names, numbers and negations changed,
source words left over, order, spelling, case and punctuation. They need word lists and a lexicon only, so they work in any language that
the lists cover.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

WORD = re.compile(r"[\u4e00-\u9fff]{1,3}|[\u30a0-\u30ff]+|[\u3040-\u309f]{1,2}|[^\W_]+(?:['’-][^\W_]+)*")
UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
FINAL = re.compile(r"[.!?…。！？]+[\"”»)]*$")

PREPOSITIONS = {
    "en": (
        "in on at by for with from of to into about against between through during before after under over without "
        "within near since until among"
    ).split(),
    "de": (
        "in an auf bei für mit von zu aus nach über unter vor zwischen gegen ohne um durch während seit bis im am zum zur beim vom"
    ).split(),
    "fr": "dans sur à par pour avec de du des en chez contre entre sous sans vers depuis pendant après avant au aux".split(),
    "es": "en por para con de del a al desde hasta sobre entre contra sin hacia durante según tras ante".split(),
    "it": "in su a per con di del della da dal tra fra contro senza verso durante dopo prima al alla nel nella sul".split(),
    "pt": "em por para com de do da no na ao desde até sobre entre contra sem durante após pelo pela".split(),
    "nl": "in op bij voor met van naar uit over onder tussen tegen zonder door tijdens sinds tot".split(),
    "pl": "w na przy dla z ze od do po przed nad pod między przeciw bez przez podczas o".split(),
    "ru": "в на при для с со от до по перед над под между против без через во о об из к у за".split(),
}
CONJUNCTIONS = {
    "en": "and or but that which who because while when if although as than".split(),
    "de": "und oder aber dass die der das weil während wenn obwohl als wie sondern".split(),
    "fr": "et ou mais que qui car lorsque quand si comme donc".split(),
    "es": "y o pero que quien porque cuando si aunque como".split(),
    "it": "e o ma che chi perché quando se anche come".split(),
    "pt": "e ou mas que quem porque quando se embora como".split(),
    "nl": "en of maar dat die omdat terwijl als hoewel toen".split(),
    "pl": "i lub ale że który która które ponieważ gdy jeśli jak oraz".split(),
    "ru": "и или но что который которая которые потому когда если как а".split(),
}
PRONOUNS = {
    "en": [
        "he she",
        "him her",
        "his her",
        "himself herself",
        "they them",
        "we us",
        "i me",
        "he him",
        "she her",
        "they their",
        "who whom",
        "it he",
        "its their",
        "his himself",
        "her herself",
        "their themselves",
        "their they",
        "man woman",
        "men women",
        "boy girl",
        "father mother",
        "son daughter",
        "brother sister",
        "king queen",
        "mr mrs",
    ],
    "de": [
        "er sie",
        "ihn sie",
        "ihm ihr",
        "sein ihr",
        "seine ihre",
        "seinen ihren",
        "seiner ihrer",
        "der die",
        "dem der",
        "den die",
        "ein eine",
        "einen eine",
        "einem einer",
        "mann frau",
        "vater mutter",
    ],
    "fr": ["il elle", "ils elles", "le la", "un une", "ce cette", "son sa", "celui celle", "du de", "au à"],
    "es": ["él ella", "ellos ellas", "el la", "los las", "un una", "este esta", "al a", "del de"],
    "it": ["lui lei", "il la", "i le", "un una", "questo questa", "suo sua", "del della", "al alla"],
    "pt": ["ele ela", "eles elas", "o a", "os as", "um uma", "este esta", "seu sua", "do da", "no na"],
    "nl": ["hij zij", "hem haar", "zijn haar", "de het", "deze dit"],
    "pl": ["on ona", "jego jej", "ten ta", "jemu jej"],
    "ru": ["он она", "его её", "ему ей", "этот эта"],
}
NEGATIONS = {
    "en": "not no never n't without none nothing".split(),
    "de": "nicht kein keine keinen nie niemals ohne nichts".split(),
    "fr": "ne pas n jamais sans aucun rien".split(),
    "es": "no nunca sin ningún nada".split(),
    "it": "non mai senza nessun nulla".split(),
    "pt": "não nunca sem nenhum nada".split(),
    "nl": "niet geen nooit zonder niets".split(),
    "pl": "nie nigdy bez nic".split(),
    "ru": "не никогда без ничего нет".split(),
}
EN_AUXILIARIES = "is are was were has have had can could will would should may might must do does did".split()
EN_BE = "is are was were".split()
QUESTION_START = {
    "en": ("Did", "Does", "Is", "Was", "Has", "Will", "Can"),
    "de": ("Ist", "Hat", "Wird", "Kann"),
    "fr": ("Est-ce que",),
    "es": ("¿Acaso",),
    "it": ("Forse",),
}
EN_FORMS = (
    "be am is are was were been being|have has had having|do does did done doing|go goes went gone going|say says said saying|"
    "make makes made making|"
    "take takes took taken taking|come comes came coming|see sees saw seen seeing|get gets got getting|"
    "give gives gave given giving|find finds found finding|"
    "think thinks thought thinking|know knows knew known knowing|become becomes became becoming|leave leaves left leaving|"
    "feel feels felt feeling|"
    "bring brings brought bringing|begin begins began begun beginning|keep keeps kept keeping|hold holds held holding|"
    "write writes wrote written writing|"
    "stand stands stood standing|hear hears heard hearing|let lets letting|mean means meant meaning|meet meets met meeting|"
    "run runs ran running|pay pays paid paying|"
    "sit sits sat sitting|speak speaks spoke spoken speaking|lie lies lay lain lying|lead leads led leading|read reads reading|"
    "grow grows grew grown growing|"
    "lose loses lost losing|fall falls fell fallen falling|send sends sent sending|build builds built building|"
    "understand understands understood|"
    "draw draws drew drawn drawing|break breaks broke broken breaking|spend spends spent spending|cut cuts cutting|"
    "rise rises rose risen rising|"
    "drive drives drove driven driving|buy buys bought buying|wear wears wore worn wearing|choose chooses chose chosen choosing|"
    "win wins won winning|"
    "teach teaches taught teaching|fight fights fought fighting|sell sells sold selling|show shows showed shown showing|"
    "tell tells told telling|"
    "will would|can could|may might|shall should|must"
)


@dataclass
class Lexicon:
    """What a language's training text knows about its words."""

    language: str
    counts: Counter[str]
    """Lower-cased words."""
    names: list[str]
    """Words that are capitalised inside sentences and never occur in lower case; for German, rare ones only."""
    neighbours: dict[str, list[str]] = field(default_factory=dict)
    """Words of similar meaning, other stems: near synonyms, antonyms, hypernyms."""
    after: dict[str, list[str]] = field(default_factory=dict)
    """Words seen behind a word."""
    forms: dict[str, list[str]] = field(default_factory=dict)
    """Other forms of the same word, guessed by a common stem."""
    samples: list[str] = field(default_factory=list)
    """Some sentences of the language."""

    @property
    def base(self) -> str:
        return self.language.split("-")[0]

    def frequent(self, limit: int = 120) -> list[str]:
        return self.ranked[:limit]

    @cached_property
    def ranked(self) -> list[str]:
        return [word for word, _ in self.counts.most_common(4000)]

    @cached_property
    def common(self) -> frozenset[str]:
        return frozenset(self.frequent())

    @cached_property
    def name_set(self) -> frozenset[str]:
        return frozenset(self.names)


def build_lexicon(language: str, texts: Sequence[str]) -> Lexicon:
    """Count words, names, followers and forms of one language."""
    counts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words = [match.group() for match in WORD.finditer(text)]
        counts.update(word.lower() for word in words)
        capital.update(word for word in words[1:] if word[0].isupper())
        for left, right in pairwise(words):
            after[left.lower()][right] += 1
    lowered = Counter(match.group() for text in texts for match in WORD.finditer(text) if match.group().islower())
    limit = 6 if language == "de" else 10**9
    names = [
        word for word, count in capital.items() if lowered[word.lower()] == 0 and len(word) > 3 and not word.isupper() and count <= limit
    ]
    lexicon = Lexicon(language, counts, sorted(names))
    lexicon.after = {left: [word for word, _ in found.most_common(20)] for left, found in after.items() if sum(found.values()) >= 3}
    lexicon.forms = _forms(language, counts)
    lexicon.samples = list(texts[:2000])
    return lexicon


def _forms(language: str, counts: Counter[str]) -> dict[str, list[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    stems: dict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= 2 and len(word) >= 4 and word.isalpha():
            stems[word[: max(4, len(word) - 3)]].append(word)
            stems[word[: max(4, len(word) - 2)]].append(word)
    for words in stems.values():
        if len(words) < 30:
            for word in words:
                known[word].update(other for other in words if other != word and abs(len(other) - len(word)) <= 4)
    if language == "en":
        for group in EN_FORMS.split("|"):
            words = group.split()
            for word in words:
                known[word] = {other for other in words if other != word}
    return {word: sorted(others) for word, others in known.items() if others}


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

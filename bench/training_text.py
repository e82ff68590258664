#!/usr/bin/env python3
"""Collect the parallel text that the score models are fitted on: sentences of free software, none of them in an evaluation set.

    python bench/training_text.py FOLDER

From Debian 12, through apt: the translated package descriptions (``Translation-*`` indices, each under its package's licence) and the
message catalogues of Battle for Wesnoth, Freeciv (GPL-2+) and Naev (GPL-3+): prose of technical and of narrative kind. Writes
``FOLDER/pairs.tsv``: language, English, translation; a sentence a line, shuffled with a fixed seed; and ``FOLDER/english.txt``: English
sentences, translated or not. Only fitted weights are shipped. Beside them it puts an n-gram model of English, CMU Sphinx's
(BSD-2-Clause), for ``fit_phrases.py``.
"""

from __future__ import annotations

import gettext
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("de", "fr", "it", "es", "pt", "pt_BR", "pl", "nl", "ru", "ja", "zh_CN", "ko")
PACKAGES = ("wesnoth-1.16-data", "freeciv-data", "naev-data")
PHRASES = "pocketsphinx-en-us"
"""The package with the n-gram model for ``fit_phrases.py``."""
PER_LANGUAGE = 20_000
SENTENCE_END = re.compile(r"(?<=[.!?:][)\"”»])\s+|(?<=[^.][.!?])\s+(?=[^\W\d_a-zà-ÿа-я]|\W)|(?<=[。！？])\s*")
LIST_LINE = re.compile(r"^\s*[-*+•]")


def fetch(folder: Path) -> None:
    """Package lists with translations, and catalogues, through apt into ``folder``."""
    lists, debs = folder / "lists", folder / "debs"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    debs.mkdir(exist_ok=True)
    wanted = "".join(f'"{language}";' for language in ("en", *LANGUAGES))
    config = folder / "apt.conf"
    config.write_text(f'#clear Acquire::Languages;\nAcquire::Languages {{{wanted}}};\nDir::State::lists "{lists}";\n', "utf-8")
    if not any(lists.glob("*Translation-de*")):
        subprocess.run(["apt-get", "-qq", "-c", str(config), "update"], check=True)
    for package, inside in (*((package, ("*.mo",)) for package in PACKAGES), (PHRASES, ("*/en-us.lm.bin", "*/copyright"))):
        target = folder / "catalogues" / package
        if target.is_dir():
            continue
        subprocess.run(["apt-get", "-qq", "-c", str(config), "download", package], check=True, cwd=debs)
        target.mkdir(parents=True)
        for deb in debs.glob(f"{package}_*.deb"):
            files = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE)
            subprocess.run(["tar", "-x", "-C", str(target), "--wildcards", *inside], stdin=files.stdout, check=True)
            deb.unlink()


def descriptions(path: Path) -> dict[str, str]:
    """Long descriptions by the MD5 of the English one (Debian Policy 5.6.13), paragraphs parted by an empty line."""
    text = subprocess.run(["/usr/lib/apt/apt-helper", "cat-file", str(path)], capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )
    result = {}
    for record in text.split("\n\n"):
        key = re.search(r"^Description-md5: (\w+)", record, re.M)
        lines = [line[1:] for line in record.split("\n") if line.startswith(" ")]
        if key:
            result[key[1]] = "\n".join("" if line.strip() == "." else line for line in lines)
    return result


def prose(text: str) -> list[str]:
    """Paragraphs without lists and preformatted lines, each on one line."""
    result = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = paragraph.split("\n")
        if not any(LIST_LINE.match(line) or line.startswith("  ") for line in lines):
            result.append(" ".join(line.strip() for line in lines))
    return result


def catalogue_pairs(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob(f"{language}/LC_MESSAGES/*.mo")):
        with path.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)
        for key, value in catalogue._catalog.items():  # type: ignore[attr-defined]
            if isinstance(key, str) and key and isinstance(value, str):
                yield clean(key.split("^", 1)[-1]), clean(value.split("^", 1)[-1])


def clean(text: str) -> str:
    """Without markup of the games: tags, bold and header signs."""
    text = re.sub(r"</?\w+[^<>]*>|^[~*]|\[/?\w+\]|#\w|\\n", " ", text)
    return re.sub(r"[ \t]+", " ", text).strip()


def sentence_pairs(english: str, other: str) -> Iterator[tuple[str, str]]:
    """Sentences of two paragraphs that have equally many; otherwise the paragraphs, if short."""
    left, right = ([part.strip() for part in SENTENCE_END.split(text) if part.strip()] for text in (english, other))
    if len(left) == len(right):
        yield from zip(left, right, strict=True)
    elif len(english.split()) <= 50:
        yield english, other


def is_usable(english: str, other: str) -> bool:
    words = english.split()
    letters = sum(character.isalpha() or character.isspace() for character in english) / max(1, len(english))
    return 5 <= len(words) <= 60 and letters > 0.85 and english != other and not re.search(r"[%$@{}|<>_]", english) and len(other) > 8


def english_text(folder: Path) -> list[str]:
    """Every usable English sentence of descriptions and catalogues, once."""
    found: set[str] = set()
    texts = [text for path in sorted((folder / "lists").glob("*_main_i18n_Translation-en*")) for text in descriptions(path).values()]
    texts += [english for language in LANGUAGES for english, _ in catalogue_pairs(folder / "catalogues", language)]
    for text in texts:
        for paragraph in prose(text):
            found.update(part for part in map(str.strip, SENTENCE_END.split(paragraph)) if is_usable(part, " " * 9))
    result = sorted(found)
    random.Random(1).shuffle(result)
    return result


def collect(folder: Path) -> list[tuple[str, str, str]]:
    english = {}
    for path in sorted((folder / "lists").glob("*_main_i18n_Translation-en*")):
        english.update(descriptions(path))
    rng = random.Random(1)
    result = []
    for language in LANGUAGES:
        pairs: dict[str, str] = {}
        for name in sorted((folder / "catalogues").iterdir()):
            for source, target in catalogue_pairs(name, language):
                for one, two in zip(prose(source), prose(target), strict=False):
                    pairs.update({a: b for a, b in sentence_pairs(one, two) if is_usable(a, b)})
        for path in sorted((folder / "lists").glob(f"*_main_i18n_Translation-{language.replace('_', '%5f')}.*")):
            for key, text in sorted(descriptions(path).items()):
                left, right = prose(english.get(key, "")), prose(text)
                if len(left) == len(right):
                    for one, two in zip(left, right, strict=True):
                        pairs.update({a: b for a, b in sentence_pairs(one, two) if is_usable(a, b)})
        items = sorted(pairs.items())
        rng.shuffle(items)
        result += [(language.replace("_", "-"), a, b) for a, b in items[:PER_LANGUAGE]]
    rng.shuffle(result)
    return result


def write(path: Path, lines: list[str]) -> None:
    """All lines, or the file as it was."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text("".join(line + "\n" for line in lines), "utf-8")
    temporary.replace(path)


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    fetch(folder)
    rows = collect(folder)
    write(folder / "pairs.tsv", ["\t".join(part.replace("\t", " ") for part in row) for row in rows])
    write(folder / "english.txt", english_text(folder))
    counts = {language: sum(row[0] == language for row in rows) for language in sorted({row[0] for row in rows})}
    print(len(rows), "pairs:", ", ".join(f"{language} {count}" for language, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

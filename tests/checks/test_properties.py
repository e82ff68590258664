"""Whatever the texts are, the rules end, point into the documents, and say the same again."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from transcmp import checks
from transcmp.model import Comparison

WORDS = st.sampled_from(
    "The the FastAPI Garten 30 13 1.000,5 “yes” „ja“ ( ) `code` [a](https://a.org/x) ![](i.png) <b> </b> {name} ? . : é 庭 "
    "12:30 March März 6 2025 $30 30€ km a@b.org +49 30 1234567 XIV zwei two \u200b Ã© ￼ ’ -".split(" ")
)
SENTENCES = st.one_of(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.text(min_size=1, max_size=40).filter(str.strip))
ITEMS = st.lists(st.tuples(st.sampled_from(("", "# ", "- ", "> ", "! ", "~python ")), SENTENCES).map("".join), min_size=1, max_size=5)
LANGUAGES = st.sampled_from((("en", "de"), ("it", "en"), ("en", "ja"), ("fr", "ru"), ("en", "fr"), ("zh", "en"), ("ro", "sv")))


def hold(made: Comparison) -> None:
    found = checks.run(made)
    assert found == checks.run(made)
    for finding in found:
        assert finding.rule in checks.rules
        assert finding.message
        assert "\n" not in finding.message
        assert finding.source is not None or finding.target is not None
        if made.mixed:
            assert finding.target is None
        for place, side in ((finding.source, made.alignment.source), (finding.target, made.alignment.target)):
            if place is not None:
                assert 0 <= place.span.start <= place.span.end <= len(side.document.text)
                assert place.start == side.document.position(place.span.start)
                assert made.mixed or set(place.segments) <= set(range(len(side.segments)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ITEMS, ITEMS, LANGUAGES)
def test_two_documents(source: list[str], target: list[str], languages: tuple[str, str]) -> None:
    hold(builders.compare(source, target, languages=languages))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ITEMS, LANGUAGES, st.data())
def test_a_mixed_document(items: list[str], languages: tuple[str, str], data: st.DataObject) -> None:
    foreign = data.draw(st.sets(st.integers(0, len(items) - 1)))
    hold(builders.mixed(items, foreign, languages=languages))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ITEMS)
def test_a_document_is_a_faultless_translation_of_itself(items: list[str]) -> None:
    made = builders.compare(items, items, languages=("en", "en"))
    fine = {"declared-language", "quotes", "spacing", "duplicated"}
    assert {finding.rule for finding in checks.run(made)} <= fine

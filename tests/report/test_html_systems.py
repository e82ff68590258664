"""The page that compares translations, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from transcmp.report import Style
from transcmp.report.html.systems import html
from transcmp.scoring.systems import CompareOptions, compare_systems
from transcmp.systems import System, SystemsCompared, Texts

HOSTILE = "<b>bold</b> \x1b[31m & <script>document.title='owned'</script>"


@pytest.fixture(scope="module")
def compared() -> SystemsCompared:
    sources = ("Der Hund schläft.", "Es regnet seit gestern.", "Wir fahren morgen nach Hause.", HOSTILE)
    references = ("The dog sleeps.", "It has been raining since yesterday.", "We go home tomorrow.", HOSTILE)
    systems = (
        System(name="out/a.en", texts=("The dog is sleeping.", "It has been raining since yesterday.", "We are going home.", HOSTILE)),
        System(name="out/b.en", texts=("A dog sleeps.", "It rains.", "We drive home.", "nothing"), findings={"number": 1}),
    )
    texts = Texts(sources=sources, systems=systems, references=(references,), source_language="de", target_language="en")
    return compare_systems(texts, options=CompareOptions(samples=50, bucket_samples=20))


def test_it_is_one_page_with_escaped_text(compared: SystemsCompared) -> None:
    text = "".join(html(compared, Style()))
    assert text.count("<script>") == 1
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert "\x1b" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text


@pytest.mark.slow
def test_points_tell_their_sentence_and_plots_follow_the_metric(browser, compared: SystemsCompared, tmp_path: Path) -> None:
    path = tmp_path / "compare.html"
    path.write_text("".join(html(compared, Style())), encoding="utf-8")
    page = browser.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(path.as_uri()) else trouble.append(request.url))
    page.goto(path.as_uri())
    assert page.locator(".plot:visible").count() == 1
    page.select_option("#metric", label="chrF2")
    assert "chrF2" in page.locator(".plot:visible h2").text_content()
    point = page.locator(".plot:visible .scatter .point").nth(1)
    point.hover()
    assert "Es regnet seit gestern." in page.locator("#under").text_content()
    assert "It rains." in page.locator("#under").text_content()
    assert page.locator(".buckets:visible").count() == 1
    assert "chrF2" in page.locator(".buckets:visible").locator("..").get_attribute("aria-label")
    page.keyboard.press("Escape")
    assert not page.locator("#under").is_visible()
    page.locator(".map .square").nth(2).hover()
    assert "We drive home." in page.locator("#under").text_content()
    assert page.locator(".differ mark").first.is_visible()
    page.locator(".differ a").first.click()
    assert page.evaluate("location.hash").startswith("#row-")
    page.fill("#text", "nach hause")
    assert page.locator("#all tr:visible").count() == 1
    assert page.title() == "Translations compared"
    assert trouble == []
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 820, 1360])
def test_it_fits_every_window_and_no_figure_is_broken(browser, compared: SystemsCompared, tmp_path: Path, width: int) -> None:
    path = tmp_path / "compare.html"
    path.write_text("".join(html(compared, Style())), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    line = page.evaluate("parseFloat(getComputedStyle(document.body).lineHeight)")
    heights = page.evaluate("[...document.querySelectorAll('.interval')].map((one) => one.getBoundingClientRect().height).filter(Boolean)")
    assert heights
    assert max(heights) < 1.5 * line
    page.close()


def test_buckets_stand_by_metric_and_system(compared: SystemsCompared) -> None:
    text = "".join(html(compared, Style()))
    assert text.count('class="documents buckets"') == len(compared.row_scores)
    assert text.count("<td>frequency</td>") == len(compared.row_scores)
    assert "rows with</th>" in text


def test_one_system_and_no_metric_make_a_page(compared: SystemsCompared) -> None:
    alone = replace(compared, systems=compared.systems[:1], row_scores={}, buckets=(), ngrams=(), sentences=(), agreement=None)
    text = "".join(html(alone, Style()))
    assert "1 translation compared" in text
    assert 'id="agreement"' not in text


@pytest.mark.slow
@pytest.mark.parametrize("width", [400, 1280])
def test_axe_finds_no_serious_fault(browser, compared: SystemsCompared, tmp_path: Path, axe, width: int) -> None:
    path = tmp_path / "compare.html"
    path.write_text("".join(html(compared, Style())), encoding="utf-8")
    assert axe(browser, path, "dark", width) == []

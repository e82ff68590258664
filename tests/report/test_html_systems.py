"""The page that compares translations, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    page.fill("#text", "nach hause")
    assert page.locator("#all tr:visible").count() == 1
    assert page.title() == "Translations compared"
    assert trouble == []
    page.close()

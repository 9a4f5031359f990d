"""What a reader does, in a real Chromium: look, slide, click, read, download, copy the link, switch the language."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Download, Page, expect
from synthetic import HOSTILE

CHARTS = 6


def open_page(page: Page, address: str) -> None:
    """Open an address and wait for its title."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible(timeout=20_000)


def wait_for_charts(page: Page, count: int = CHARTS) -> None:
    """Wait until every chart of the page is drawn."""
    expect(page.locator(".mw-chart[data-ready]")).to_have_count(count, timeout=20_000)


def chart(page: Page, name: str) -> str:
    """The selector of a chart by its name."""
    return f".st-key-chart-{name} .mw-chart"


def drawn(page: Page, name: str) -> list[object]:
    """The lengths of the bars of a chart, as the browser holds them."""
    return list(page.eval_on_selector(f"{chart(page, name)} .mw-plot", "plot => plot.data.map(t => [...t.x])"))


def download(page: Page, name: str, label: str) -> Download:
    """Take an item of a chart's download menu."""
    page.locator(f"{chart(page, name)} .mw-menu summary").click()
    with page.expect_download() as waiting:
        page.locator(f"{chart(page, name)} li > *", has_text=label).first.click()
    return waiting.value


def test_a_slider_changes_the_chart_and_keeps_its_node(page: Page, address: str) -> None:
    """Sliding redraws the bars in place: other figures, the same element, and the address follows."""
    open_page(page, address)
    wait_for_charts(page)
    before = drawn(page, "shares-by-country")
    page.eval_on_selector(f"{chart(page, 'shares-by-country')} .mw-plot", "plot => plot.dataset.seen = 'yes'")
    slider = page.locator(".st-key-confidence [role=slider], .st-key-confidence input[type=range]").first
    slider.focus()
    for _ in range(14):
        slider.press("ArrowRight")
    page.wait_for_url(re.compile("confidence=0.7"), timeout=10_000)
    page.wait_for_function(
        "([selector, before]) => JSON.stringify(document.querySelector(selector).data.map(t => [...t.x])) !== before",
        arg=[f"{chart(page, 'shares-by-country')} .mw-plot", json.dumps(before, separators=(",", ":"))],
    )
    assert drawn(page, "shares-by-country") != before
    assert page.get_attribute(f"{chart(page, 'shares-by-country')} .mw-plot", "data-seen") == "yes"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_picture_downloads_in_print_size(page: Page, address: str, tmp_path: Path, language: str) -> None:
    """The PNG is twice 1,000 pixels wide, opaque, not empty, and named by chart and date."""
    open_page(page, f"{address}/?lang={language}")
    wait_for_charts(page)
    got = download(page, "shares-by-country", "PNG")
    assert re.fullmatch(r"mawaqif-shares-by-country-\d{4}-\d\d-\d\d\.png", got.suggested_filename)
    got.save_as(tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as picture:
        assert picture.width == 2000 and picture.height > 600
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
        assert picture.convert("RGBA").getpixel((3, 3)) == (255, 255, 255, 255)
    assert {(0xB3, 0x58, 0x06), (0x8C, 0x8C, 0x8C), (0x54, 0x27, 0x88)} <= colours


def test_an_svg_carries_its_font_and_its_words(page: Page, address: str) -> None:
    """The SVG holds the Arabic font and the title, so that it looks the same elsewhere."""
    open_page(page, f"{address}/?lang=ar")
    wait_for_charts(page)
    svg = download(page, "mean-by-source", "SVG").path().read_text(encoding="utf-8")
    assert svg.startswith("<svg") and "data:font/woff2;base64," in svg
    assert "متوسط الموقف لكل مصدر" in svg and "<script" not in svg


def test_a_csv_downloads_with_mark_columns_and_rows(page: Page, address: str) -> None:
    """The CSV of a chart opens in a spreadsheet and holds one row for each bar."""
    open_page(page, address)
    wait_for_charts(page)
    got = download(page, "shares-by-country", "CSV")
    assert got.suggested_filename.endswith(".csv")
    body = got.path().read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0][:4] == ["actor", "n", "articles", "mean"]
    assert len(rows) - 1 == len(drawn(page, "shares-by-country")[0])  # type: ignore[arg-type]


def test_a_chart_page_works_offline(page: Page, address: str, tmp_path: Path) -> None:
    """The HTML draws its chart from the disk, with no network at all, its Arabic labels whole."""
    open_page(page, f"{address}/?lang=ar")
    wait_for_charts(page)
    got = download(page, "mean-by-country", "HTML")
    got.save_as(tmp_path / "chart.html")
    page.context.set_offline(True)
    page.goto((tmp_path / "chart.html").as_uri())
    expect(page.locator("#chart-0 .main-svg").first).to_be_visible()
    expect(page.locator("tbody tr").first).to_be_visible()
    box = page.locator(".ytick", has_text="كوريا الجنوبية").bounding_box()
    assert box is not None and box["width"] > 50
    page.context.set_offline(False)


def test_a_bar_leads_to_its_sentences_and_a_sentence_to_its_place(page: Page, address: str) -> None:
    """A click lists the statements behind a bar; one of them opens its article where it stands; a chip lets go."""
    open_page(page, address)
    wait_for_charts(page)
    page.locator(f"{chart(page, 'shares-by-country')} .point").first.scroll_into_view_if_needed()
    box = page.locator(f"{chart(page, 'shares-by-country')} .point path").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile("pick=at"), timeout=10_000)
    expect(page.locator(".st-key-chip-pick")).to_be_visible()
    first = page.locator(".mw-statement").first
    expect(first).to_be_visible()
    text = first.locator(".mw-words").inner_text()
    first.locator("a.mw-link").click()
    expect(page.locator("mark.mw-chosen").first).to_be_visible(timeout=20_000)
    assert "".join(page.locator("mark.mw-chosen").all_inner_texts()) == text


def test_a_copied_link_opens_the_same_view(page: Page, address: str) -> None:
    """The link on the clipboard shows another reader the same figures."""
    open_page(page, f"{address}/?country=RU&country=KP&confidence=0.6")
    wait_for_charts(page)
    page.locator(".st-key-page-frame button").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "country=RU" in link and "confidence=0.6" in link
    figures = drawn(page, "shares-by-country")
    with page.context.browser.new_context() as other:  # type: ignore[union-attr]
        tab = other.new_page()
        open_page(tab, link)
        wait_for_charts(tab)
        assert drawn(tab, "shares-by-country") == figures


def test_arabic_is_there_from_the_first_byte_and_switches_at_once(page: Page, address: str) -> None:
    """The page arrives right to left; the switch turns language, direction and words, and keeps the filters."""
    reply = page.request.get(f"{address}/?lang=ar")
    assert '<html lang="ar" dir="rtl">' in reply.text()
    open_page(page, f"{address}/?country=RU")
    page.get_by_text("العربية", exact=True).click()
    expect(page.locator("html[dir=rtl][lang=ar]")).to_be_attached(timeout=10_000)
    expect(page.locator("h1")).to_contain_text("أين يقفون")
    page.wait_for_url(re.compile("country=RU.*lang=ar|lang=ar.*country=RU"))


def test_chart_labels_are_there_in_arabic(page: Page, address: str) -> None:
    """Right to left does not make the names of countries vanish, on a phone neither."""
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, f"{address}/?lang=ar")
    wait_for_charts(page)
    label = page.locator(f"{chart(page, 'mean-by-country')} .ytick", has_text="روسيا").first
    expect(label).to_be_visible()
    box = label.bounding_box()
    assert box is not None and box["width"] > 10 and box["x"] >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_html_shows_as_text(page: Page, address: str, language: str) -> None:
    """What is pasted is shown, never run and never turned into markup."""
    open_page(page, f"{address}/try-it?lang={language}")
    page.locator("textarea").fill(HOSTILE)
    page.locator("textarea").press("Control+Enter")
    article = page.locator("article.mw-article")
    expect(article).to_be_visible(timeout=20_000)
    expect(article).to_contain_text("<script>window.hacked=1</script>")
    assert page.evaluate("window.hacked") is None
    assert article.locator("img, script").count() == 0


def test_every_page_has_the_security_headers(page: Page, address: str) -> None:
    """A strict policy without unsafe scripts stands on every page, and types are not guessed."""
    for path in ("/", "/statements", "/article?lang=ar"):
        headers = page.request.get(address + path).headers
        scripts = re.search("script-src ([^;]*)", headers["content-security-policy"])
        assert scripts and "unsafe" not in scripts[1] and "sha256-" in scripts[1]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_table_of_a_chart_follows_it(page: Page, address: str) -> None:
    """The data behind a chart opens below it, one row a bar, and changes with the filters."""
    open_page(page, address)
    wait_for_charts(page)
    details = page.locator(f"{chart(page, 'shares-by-country')} .mw-data")
    details.locator("summary").click()
    expect(details.locator("tbody tr")).to_have_count(len(drawn(page, "shares-by-country")[0]))  # type: ignore[arg-type]
    before = details.locator("tbody").inner_text()
    slider = page.locator(".st-key-confidence [role=slider], .st-key-confidence input[type=range]").first
    slider.focus()
    for _ in range(14):
        slider.press("ArrowRight")
    expect(details.locator("tbody")).not_to_have_text(before, timeout=10_000)
    page.wait_for_function("before => document.querySelector('.mw-data[open] tbody').innerText !== before", arg=before)


def test_a_chart_is_embedded_alone(page: Page, address: str) -> None:
    """The address of one chart, as another page would frame it, shows the chart and the way back."""
    page.goto(f"{address}/?chart=timeline&embed=true&country=RU")
    wait_for_charts(page, 1)
    expect(page.locator("h1")).to_have_count(0)
    expect(page.locator("[data-testid=stSidebar]")).to_have_count(0)
    back = page.locator("a", has_text="Open in Mawaqif").get_attribute("href")
    assert back and "country=RU" in back and "chart=" not in back

"""Every page under axe-core: WCAG 2.1 A and AA, in both languages and themes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile

import pytest
from playwright.sync_api import Page, expect

AXE = "axe-core@4.14.1"
PAGES = ["", "countries", "sources", "compare", "statements", "article", "try-it", "method", "?chart=timeline&embed=true"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core from the npm registry; only outside CI may it be missing."""
    folder = tmp_path_factory.mktemp("axe")
    try:
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "pack", AXE, "--silent"], cwd=folder, check=True, timeout=60, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{AXE} could not be fetched with npm: {error}")
    [packed] = folder.glob("*.tgz")
    with tarfile.open(packed) as package:
        script = package.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode("utf-8")


def settle(page: Page) -> None:
    """Wait until the page is whole: its script has run, its charts are drawn, its buttons have their words."""
    expect(page.locator("h1, .mw-chart[data-ready]").first).to_be_visible(timeout=20_000)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=20_000)
    expect(page.locator(".mw-chart:not([data-ready])")).to_have_count(0, timeout=20_000)
    expect(page.locator(".mw-button:not(:empty)")).to_have_count(0 if "chart=" in page.url else 1, timeout=20_000)
    expect(page.locator("[data-stale=true]")).to_have_count(0)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "dark")])
def test_no_page_has_a_serious_fault(page: Page, address: str, axe: str, language: str, theme: str) -> None:
    """Names, roles, contrast and order hold on every page; a fault is told with its page and its place."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    faults = []
    for path in PAGES:
        page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={language}")
        settle(page)
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
        faults += [
            f"{path or 'overview'}: {each['id']} at {node['target']}: {node['failureSummary'][:200]}"
            for each in found
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
    assert not faults, "\n".join(faults)

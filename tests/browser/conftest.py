"""A dashboard over synthetic records on a free port, and a Chromium that looks at it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SERVER = Path(__file__).parent / "synthetic_app.py"
ROOT = Path(__file__).parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a running dashboard."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, str(SERVER), str(port)], cwd=ROOT)
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(health: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, "the dashboard stopped while starting"
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the dashboard did not start within {seconds:.0f} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the one named by MAWAQIF_CHROMIUM, else the system's, else Playwright's own."""
    path = chromium.find()
    assert path is not None, "no Chromium: run tests/browser/chromium.py, which finds or installs one"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh reader. Whatever the browser asks of another origin fails the test."""
    reader = browser.new_context(viewport={"width": 1440, "height": 900})
    reader.grant_permissions(["clipboard-read", "clipboard-write"])
    abroad: list[str] = []
    reader.on("request", lambda request: _note_abroad(request.url, address, abroad))
    yield reader
    reader.close()
    assert abroad == []


def _note_abroad(url: str, address: str, abroad: list[str]) -> None:
    if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "file:")):
        abroad.append(url)


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty tab. A script error or a refused script fails the test."""
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    assert errors == []

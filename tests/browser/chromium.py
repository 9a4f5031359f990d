"""Finds a Chromium for the browser tests, or installs one: Playwright's own first, else Debian's when root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium: the one named by MAWAQIF_CHROMIUM, Playwright's own, or the system's."""
    named = os.environ.get("MAWAQIF_CHROMIUM")
    if named and Path(named).exists():
        return named
    return _playwrights() or next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try Playwright's download, then Debian's package."""
    print("No Chromium found; trying Playwright's own ...", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=300)
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("... and Debian's.", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False, timeout=300)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-core"], check=False, timeout=600)


if __name__ == "__main__":
    if find() is None:
        install()
    path = find()
    if path is None:
        sys.exit("The browser tests need a Chromium and none could be installed. Install one, or name it in MAWAQIF_CHROMIUM.")
    print(f"Chromium: {path}")

"""A real Chromium: the one that is installed, or Playwright's own; it reaches no host but this one."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def executable() -> str | None:
    """Return the path of an installed Chromium; None if there is none but perhaps Playwright's own."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing() -> str:
    """Return what is missing for tests with a browser, and how to get it; "" if nothing is."""
    with sync_playwright() as playwright:
        if executable() or Path(playwright.chromium.executable_path).exists():
            return ""
    return "there is no Chromium: python -m playwright install --with-deps chromium"


def launched(playwright: Playwright) -> Browser:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=executable(), args=[*FLAGS, NOWHERE, *sandbox])

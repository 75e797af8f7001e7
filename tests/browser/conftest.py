"""A site with a Saturday's matches, its web server and its workers, and somebody with a browser on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launched, missing
from tests.browser.site import SATURDAY, Site, served


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    if why := missing():
        pytest.skip(why)
    with served(tmp_path, SATURDAY) as running:
        yield running


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    """A page that is logged in; whatever goes wrong in it, or asks another host, fails the test at its end."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        wrong: list[str] = []
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        context.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(site.address) else None)
        opened = context.new_page()
        yield opened
        context.close()
        browser.close()
    assert [text for text in wrong if "gettext" not in text] == []

"""python -m tests.browser.screenshots: pictures of every page, light and dark, wide and narrow, and what is wrong.

Plays the demo's World Cup on a scratch database; exits 1 if a page is wider than its window, or something it asks for
is missing.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import django

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.console import Console

from tests import migrated
from tests.browser.chromium import launched, missing
from tests.browser.pages import one_of_each_kind
from tests.browser.site import LOGIN, PASSWORD, served
from tests.processes import ROOT

WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
BEGINNINGS = ("/admin/", "/admin/?open=1", "/", "/admin/password_change/")
STAGE = f"""
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from content.demo import season
from content.demo.data import world_cup
from content.models import Attempt
from tests.factories import a_heartbeat, a_match, a_season
User.objects.create_superuser({LOGIN!r}, password={PASSWORD!r})
tournament = world_cup()
matches = season.create_season(tournament)
season.play_all(list(zip(matches, tournament.matches, strict=True))[:-1])
now = timezone.now()
for number, match in enumerate(matches[:40]):
    Attempt.objects.create(match=match, subject=str(match), writer="llm", language_model=("one", "another")[number % 2],
        asked_at=now - timedelta(days=9 * number), cost="0.012", input_tokens=3000, output_tokens=600,
        outcome=("accepted", "problems")[number % 3 == 0], words=230)
a_match("Argentina", "Germany", kickoff=now + timedelta(days=2), season=a_season("Friendlies 2026"))
a_heartbeat(host="this-machine", pid=4711)
"""
CHECK = """() => {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1;
  const styled = getComputedStyle(document.body).fontFamily;
  return [...(wide ? ["is wider than its window"] : []), ...(/times/i.test(styled) ? ["is unstyled"] : [])];
}"""
HEIGHT = "Math.max(900, document.documentElement.scrollHeight, document.getElementById('main')?.scrollHeight ?? 0)"
HIGHEST = 8_000
console = Console(highlight=False, soft_wrap=True)


@contextmanager
def logged_in(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", LOGIN)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    yield context
    context.close()


def name_of(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


def wrong_on(page: Page, path: str, picture: Path) -> list[str]:
    """Opens a page, takes its picture, and returns what is wrong on it."""
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.goto(path)
    page.wait_for_timeout(250)
    # A window as high as the page: what is fixed to its edge would else stand in the middle of the picture.
    height = min(int(page.evaluate(HEIGHT)), HIGHEST)
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": height})
    page.screenshot(path=picture)
    found: list[str] = page.evaluate(CHECK)
    return [*found, *failed]


def take(folder: Path, only: str) -> int:
    """Takes all pictures; returns how many pages have something wrong with them."""
    wrong = 0
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(Path(scratch), STAGE) as site,
        sync_playwright() as playwright,
    ):
        browser = launched(playwright)
        with logged_in(browser, site.address, 1280, "light") as context:
            found = list(one_of_each_kind(context.new_page(), BEGINNINGS))
        paths = [path for path in found if re.search(only, path)]
        for width in WIDTHS:
            for scheme in SCHEMES:
                with logged_in(browser, site.address, width, scheme) as context:
                    for path in paths:
                        page = context.new_page()
                        problems = wrong_on(page, path, folder / f"{name_of(path)}-{width}-{scheme}.png")
                        page.close()
                        wrong += bool(problems)
                        for problem in problems:
                            console.print(f"{path} at {width}, {scheme}: {problem}", markup=False)
        console.print(f"{len(paths)} pages, {len(paths) * len(WIDTHS) * len(SCHEMES)} pictures in {folder}")
    return wrong


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    options.add_argument("--folder", type=Path, default=ROOT / "screenshots")
    options.add_argument("--only", default="", help="an expression that the paths of the pages have to fit")
    chosen = options.parse_args()
    if why := missing():
        sys.exit(why)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()  # for the names of the pages
    chosen.folder.mkdir(parents=True, exist_ok=True)
    migrated.begin()
    try:
        wrong = take(chosen.folder, chosen.only)
    finally:
        migrated.end()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

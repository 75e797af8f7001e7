"""What a keyboard and a screen reader meet: axe finds nothing serious, and the work can be done without a mouse."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.pages import one_of_each_kind
from tests.browser.site import Site
from tests.browser.test_saturday import enter_the_round, log_in

EVERYTHING = os.environ.get("PAGES") == "all"
OURS = (
    "/admin/",
    "/admin/?open=1",
    "/admin/scoring/match/results/",
    "/admin/scoring/match/",
    "/admin/scoring/match/1/change/",
    "/admin/scoring/aimodel/1/change/",
    "/admin/stats/modelstats/table/",
    "/admin/content/attempt/costs/",
    "/admin/content/attention/catch-up/",
    "/admin/content/roundup/",
    "/",
)
SERIOUS = ("serious", "critical")


def serious(page: Page) -> list[str]:
    """Return what axe finds on the page that is open: the rule, and the first elements that break it."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{page.url}: {rule['id']}: {', '.join(node['html'][:120] for node in rule['nodes'][:3])}"
        for rule in found["violations"]
        if rule["impact"] in SERIOUS
    ]


def opened(page: Page) -> Iterator[str]:
    if EVERYTHING:
        yield from one_of_each_kind(page, OURS)
        return
    for path in OURS:
        page.goto(path)
        yield path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(site: Site, page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    log_in(page)
    problems = [problem for _ in opened(page) for problem in serious(page)]
    assert not problems, "\n".join(problems)


def focused(page: Page) -> str:
    text: str = page.evaluate(
        "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"
    )
    return " ".join(text.split())


def tab_to(page: Page, name: str) -> None:
    for _ in range(150):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator key never comes to {name}")


def test_the_board_works_with_the_keyboard_alone(site: Site, page: Page) -> None:
    log_in(page)
    enter_the_round(page)
    page.goto("/admin/")
    tab_to(page, "Quayside – Brookfield")
    page.keyboard.press("Enter")
    expect(page.locator(".ft-opened")).to_be_visible()
    assert focused(page) == "Quayside – Brookfield"
    tab_to(page, "The match")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/admin/scoring/match/[0-9]+/change/"))


def test_the_board_is_a_table_to_a_screen_reader(site: Site, page: Page) -> None:
    log_in(page)
    enter_the_round(page)
    page.goto("/admin/")
    board = page.get_by_role("table", name=re.compile("^Pipeline"))
    assert board.get_by_role("columnheader").all_inner_texts() == [
        "Match",
        "Result",
        "Settled",
        "Counted",
        "Roundup",
        "Published",
    ]
    row = board.get_by_role("row", name=re.compile("Quayside – Brookfield"))
    expect(row.get_by_role("rowheader")).to_have_count(1)
    assert re.match(r"done: 2–0", row.get_by_role("cell").first.inner_text().strip().replace("\n", " "))
    assert row.get_by_role("link", name="Quayside – Brookfield").get_attribute("aria-expanded") == "false"

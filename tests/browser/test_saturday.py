"""A Saturday in the control room, from the first result to the log, clicked and typed in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import LOGIN, PASSWORD, Site

SCORES = [(2, 1), (0, 0), (1, 3), (2, 2), (1, 0), (4, 2), (0, 1), (3, 3), (2, 0)]
PATIENCE = 120_000
"""Milliseconds: a real cluster on a busy machine does nine matches meanwhile."""


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.fill("[name=username]", LOGIN)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Control room")).to_be_visible()


def enter_the_round(page: Page) -> None:
    """Types eighteen numbers, one after the other with the tabulator key, as a person does."""
    page.get_by_role("link", name="Enter results").click()
    goals = page.get_by_role("group").get_by_role("textbox", name=re.compile("goals"))
    expect(goals).to_have_count(18)
    goals.first.focus()
    for home, away in SCORES:
        for number in (home, away):
            page.keyboard.type(str(number))
            page.keyboard.press("Tab")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Nothing is saved yet. 9 new results.")).to_be_visible()
    page.get_by_role("button", name="Save 9 results").click()


def see_the_board_turn_green(site: Site, page: Page) -> None:
    page.goto("/admin/?state=on_its_way")
    expect(page.locator(".ft-row-amber")).to_have_count(9)
    page.goto("/admin/")
    page.locator(".ft-row th a").first.click()
    expect(page.locator(".ft-opened")).to_be_visible()
    site.project.start("queue", "qcluster")
    expect(page.locator(".ft-row-green")).to_have_count(9, timeout=PATIENCE)
    expect(page.get_by_text("No worker is running.")).to_have_count(0)
    # What was open stayed open, though all of it was renewed.
    expect(page.locator(".ft-opened")).to_be_visible()
    expect(page.locator(".ft-row th a").first).to_have_attribute("aria-expanded", "true")


def correct_the_result(page: Page) -> None:
    page.get_by_role("link", name="The match", exact=True).click()
    page.fill("[name=full_time_home]", "5")
    page.fill("[name=full_time_away]", "5")
    page.fill("[name=reason]", "the referee's report says so")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".ft-confirm button").click()
    expect(page.get_by_text("Scoring is queued").first).to_be_visible()


def see_the_roundup_corrected(site: Site, page: Page, roundup: str) -> None:
    def is_corrected() -> bool | None:
        page.goto(roundup)
        shown = page.inner_text("main")
        return True if "5–5" in shown and "Corrected" in shown else None

    site.project.wait_for("the corrected roundup", is_corrected, seconds=PATIENCE / 1000, every=1)


def hold_it(page: Page) -> None:
    page.goto("/admin/")
    page.locator(".ft-row", has_text="5–5").locator("th a").click()
    page.get_by_role("link", name="Hold back").click()
    page.fill("[name=note]", "we ask the league first")
    page.get_by_role("button", name="Hold back").click()
    expect(page.get_by_text("Held back.").first).to_be_visible()


@pytest.mark.real_clock
def test_a_saturday_from_the_first_result_to_the_log(site: Site, page: Page) -> None:
    log_in(page)
    expect(page.get_by_text("No worker is running.")).to_be_visible()
    enter_the_round(page)
    see_the_board_turn_green(site, page)

    page.get_by_role("link", name="As readers see it").click()
    roundup, headline = page.url, page.get_by_role("heading", level=1).inner_text()
    page.go_back()
    correct_the_result(page)
    see_the_roundup_corrected(site, page, roundup)
    assert page.get_by_role("heading", level=1).inner_text() != headline
    hold_it(page)
    page.goto(roundup)
    assert "5–5" not in page.inner_text("main")

    page.goto("/admin/admin/logentry/")
    expect(page.get_by_text("we ask the league first")).to_be_visible()
    expect(page.get_by_text("the referee's report says so")).to_be_visible()

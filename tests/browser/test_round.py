"""A round's results by keyboard alone, and what a screen reader is told of the page; a model's page beside it."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import LOGIN, PASSWORD

SERIOUS = ("serious", "critical")


def log_in(page: Page, to: str) -> None:
    page.goto(f"/admin/login/?next={to}")
    page.fill("[name=username]", LOGIN)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def violations(page: Page, inside: str = ".fulltime") -> list[str]:
    """Return what axe finds serious in the part of the page that is ours."""
    found = Axe().run(page, context=inside).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]


def test_a_round_is_entered_checked_and_saved_without_a_mouse(page: Page) -> None:
    log_in(page, "/admin/scoring/match/results/")
    count = page.get_by_role("status").filter(has_text="filled in")
    expect(count).to_have_text("0 of 9 filled in, 0 would change something.")
    home = page.get_by_role("textbox", name="Home goals, Ashford", exact=True)
    expect(home).to_be_focused()
    page.keyboard.type("2")
    expect(count).to_have_text("0 of 9 filled in, 1 would change something. 1 half filled.")
    page.keyboard.press("Enter")
    away = page.get_by_role("textbox", name="Away goals, Denholm", exact=True)
    expect(away).to_have_attribute("aria-invalid", "true")
    expect(away).to_have_accessible_description("Away goals, Denholm: Give the goals of both sides.")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(home).to_have_value("2")
    assert violations(page) == []
    home.focus()
    page.keyboard.press("Tab")
    expect(away).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name=re.compile("^Home goals, "))).to_have_count(9)
    expect(page.get_by_role("textbox", name="Home goals, Castleton", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    row = page.get_by_role("group", name="Ashford – Denholm", exact=True)
    expect(row).to_have_accessible_description(re.compile("New: 2–1, finished. 5 predictions are scored"))
    assert violations(page) == []
    page.get_by_role("button", name="Save 1 result").press("Enter")
    expect(page.get_by_text("1 result entered. Scoring is queued")).to_be_visible()
    # What else can be said of a match opens by keyboard as well.
    page.get_by_text("Half-time, extra time, penalties, status").first.press("Enter")
    expect(page.get_by_role("combobox", name="Status of Ashford – Denholm")).to_be_visible()


def test_a_page_of_a_model_tells_a_screen_reader_everything(page: Page, site: object) -> None:
    log_in(page, "/admin/scoring/aimodel/1/")
    expect(page.get_by_text("Nothing of it has been counted yet")).to_be_visible()
    assert violations(page) == []

"""A round's results by keyboard alone, and what a screen reader is told of the page, and of a model's."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import LOGIN, PASSWORD, Site

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


def test_a_round_is_entered_checked_and_saved_without_a_mouse(page: Page, site: Site) -> None:
    log_in(page, "/admin/scoring/match/results/")
    leave_a_row_half_filled(page)
    fill_it_and_save(page)
    site.project.run("run_stats")
    see_what_a_model_earned(page)


def leave_a_row_half_filled(page: Page) -> None:
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


def fill_it_and_save(page: Page) -> None:
    home = page.get_by_role("textbox", name="Home goals, Ashford", exact=True)
    home.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Away goals, Denholm", exact=True)).to_be_focused()
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


def see_what_a_model_earned(page: Page) -> None:
    """From its line in the table to the match behind it, all of it told in words as well."""
    page.goto("/admin/stats/modelstats/table/")
    page.get_by_role("link", name="Always 2–1").press("Enter")
    expect(page.get_by_role("heading", name="Always 2–1", exact=True)).to_be_visible()
    expect(page.get_by_role("table", name="By season")).to_contain_text("2 of 5")
    pictures = page.get_by_role("img", name=re.compile("the numbers stand in the table of"))
    expect(pictures).to_have_count(3)
    assert violations(page) == []
    page.get_by_role("table", name="Matches, newest first").get_by_role("link").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Ashford – Denholm"))).to_be_visible()

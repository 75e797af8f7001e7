"""Every address of the admin × everybody who may come: who may is let in, who may not is told so, or asked to sign in.

A new page without a decision in `tests.rights.addresses` fails here.
"""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client
from django.urls import reverse

import pytest

from tests.rights.addresses import DECIDED_ELSEWHERE, STAFF, Page, pages
from tests.rights.scene import ANONYMOUS, CLOSED, ERROR, NOBODY, PEOPLE, SUPERUSER, may, writes

PAGES = [page for page in pages() if page.name not in DECIDED_ELSEWHERE]
LOGIN = "/admin/login/"
ROOM = "/admin/content/attention/room/"
KEYS = {"what": "hold"}


def keys(page: Page, some: dict[str, Model]) -> dict[str, Any]:
    row = some.get(page.model)
    pk = row.pk if row else None
    return {"object_id": pk, "pk": pk, "id": pk, **KEYS}


def answer(client: Client, method: str, address: str) -> str:
    """Return what somebody meets: a way in, a closed door, or the question who it is."""
    response = client.get(address) if method == "GET" else client.post(address)
    if response.status_code == 302 and response["Location"].startswith(LOGIN):
        return "sign in"
    return "closed" if response.status_code == 403 else "open"


def expected(page: Page, method: str, name: str) -> str:
    if name == ANONYMOUS:
        return "sign in"
    asked = page.permission(method)
    if asked == STAFF:
        return "open"
    action = asked.partition(".")[2].partition("_")[0]
    if page.action == action and action in CLOSED.get(page.model, set()):
        return "closed"
    if page.action == "change" and method == "GET" and may(name, asked.replace("view_", "change_")):
        return "open"
    return "open" if may(name, asked) else "closed"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_open_to_those_who_may_and_closed_to_others(
    browsers: dict[str, Client], some: dict[str, Model], page: Page
) -> None:
    address = page.address(keys(page, some))
    for method in ("GET", "POST"):
        want = {name: expected(page, method, name) for name in PEOPLE}
        with writes() as written:
            closed = {name: answer(browsers[name], method, address) for name in PEOPLE if want[name] != "open"}
        assert written == []
        with writes() as done:
            opened = {name: answer(browsers[name], method, address) for name in PEOPLE if want[name] == "open"}
        assert {**closed, **opened} == want, (method, address)
        assert method == "POST" or done == [], "looking at a page must write nothing"


@pytest.mark.parametrize("page", [page for page in pages() if page not in PAGES], ids=lambda page: page.route)
def test_looking_at_any_other_page_writes_nothing(
    browsers: dict[str, Client], some: dict[str, Model], page: Page
) -> None:
    if page.name == "app_list":
        addresses = ["/admin/scoring/", "/admin/auth/"]
    elif page.name == "view_on_site":
        addresses = [f"/admin/r/{ContentType.objects.get_for_model(some['content.roundup']).pk}/1/"]
    else:
        addresses = [page.address(keys(page, some))]
    with writes() as written:
        codes = [browsers[SUPERUSER].get(address).status_code for address in addresses]
    assert written == []
    assert set(codes) <= {200, 302, 403, 404, 405}


def test_every_page_has_been_decided_about() -> None:
    undecided = [(page.name, page.route) for page in PAGES if not _decided(page)]
    assert undecided == [], "say in tests/rights/addresses.py what these pages ask for"


def _decided(page: Page) -> bool:
    try:
        return bool(page.permission("GET") and page.permission("POST"))
    except KeyError:
        return False


def test_who_has_not_signed_in_is_asked_to_everywhere_and_comes_back_to_the_page(browsers: dict[str, Client]) -> None:
    page = reverse("admin:scoring_match_changelist")
    assert browsers[ANONYMOUS].get(page)["Location"] == f"{LOGIN}?next={page}"
    assert browsers[ANONYMOUS].get(LOGIN).status_code == 200
    assert browsers[ANONYMOUS].get("/admin/no/such/page/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize("name", [NOBODY, "Analyst", "Editor", "Operator"])
def test_users_and_groups_are_for_superusers(browsers: dict[str, Client], name: str) -> None:
    listed = browsers[name].get("/admin/").content.decode()
    assert ("/admin/auth/" in listed, browsers[name].get("/admin/auth/").status_code) == (False, 404)


def test_no_permission_opens_users_and_groups(browsers: dict[str, Client], some: dict[str, Model]) -> None:
    """Who could write them could give themselves any right."""
    person = User.objects.get(username=NOBODY)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    closed = [page for page in PAGES if page.model in {"auth.user", "auth.group"}]
    addresses = [page.address(keys(page, some)) for page in closed]
    assert len(addresses) > 10
    assert {address: browsers[NOBODY].get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 403
    )
    assert {address: browsers[NOBODY].post(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 403
    )


def test_who_may_nothing_sees_an_empty_house(browsers: dict[str, Client]) -> None:
    home = browsers[NOBODY].get("/admin/")
    assert (home.status_code, home.context["app_list"]) == (200, [])
    assert browsers[NOBODY].get("/admin/scoring/").status_code == 404


@pytest.mark.parametrize(("name", "code"), [("Operator", 200), ("Analyst", 200), (NOBODY, 403)])
def test_completing_a_name_needs_the_right_to_see_it(browsers: dict[str, Client], name: str, code: int) -> None:
    asked = {"app_label": "scoring", "model_name": "match", "field_name": "home", "term": "Home"}
    assert browsers[name].get("/admin/autocomplete/", asked).status_code == code


@pytest.mark.parametrize(("name", "told"), [("Operator", True), ("Editor", True), ("Analyst", False)])
def test_what_went_wrong_in_a_task_is_told_to_those_who_look_at_the_work(
    browsers: dict[str, Client], some: dict[str, Model], name: str, told: bool
) -> None:
    match = some["content.attention"].pk
    places = [f"/admin/scoring/match/{match}/change/", f"/admin/?open={match}", f"{ROOM}?open={match}"]
    pages = [browsers[name].get(place).content.decode() for place in places]
    assert [page.count("score_match failed (0 so far)") for page in pages] == [1, 1, 1]
    assert [ERROR in page for page in pages] == [told] * 3
    assert ["In the queue" in page for page in pages] == [told] * 3


@pytest.mark.parametrize("name", ["Operator", "Editor", "Analyst"])
def test_the_sidebar_leads_only_where_somebody_may_go(browsers: dict[str, Client], name: str) -> None:
    groups = browsers[name].get("/admin/").context["sidebar_navigation"]
    links = [str(item["link"]) for group in groups for item in group["items"] if item["has_permission"]]
    assert len(links) > 10
    assert {link: browsers[name].get(link).status_code for link in links} == dict.fromkeys(links, 200)

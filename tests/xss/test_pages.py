"""Nothing that anybody wrote into a name, a note, a file or a text runs in a real browser, on any page."""

import os
from collections import Counter, deque
from collections.abc import Iterable
from functools import partial
from itertools import product
from random import Random
from urllib.parse import quote, urlencode, urlsplit

from playwright.sync_api import Route

from tests.browser.pages import Kind, kind_of
from tests.xss.browser import Visitor, plain
from tests.xss.conftest import SEED, Site
from tests.xss.payloads import PAYLOADS

EVERYTHING = os.environ.get("XSS") == "all"
OF_EACH = 40 if EVERYTHING else 1
"""Pages of one kind that are opened, of lists with a filter or an order at most `OF_LISTS`."""
OF_LISTS = 1
REASONS = "reason|note|text|headline|description"
SELDOM = ("add", "delete", "history")
"""Pages that look the same for everything: in the short form those of few models."""


def is_chosen(kind: Kind) -> bool:
    view, _, *asked = kind
    is_seldom = str(view).endswith(SELDOM)
    return EVERYTHING or not (asked or (is_seldom and Random(f"{SEED} {view}").random() > 0.15))


def most_of(kind: Kind) -> int:
    return min(OF_EACH, OF_LISTS) if len(kind) > 2 else OF_EACH


def broken(person: Visitor, links: Iterable[str]) -> dict[str, list[str]]:
    """Return, of these pages, those on which something ran or could have run."""
    return {link: found for link in links if (found := person.open(link))}


def test_nothing_runs_on_any_page_that_links_lead_to(site: Site, person: Visitor) -> None:
    """Follows every link, and opens so many pages of each kind."""
    waiting = deque(site.world.beginnings)
    opened, kinds, ran = set[str](), Counter[Kind](), dict[str, list[str]]()
    while waiting:
        link = waiting.popleft()
        kind = kind_of(link)
        wanted = link in site.world.beginnings or (is_chosen(kind) and kinds[kind] < most_of(kind))
        if link in opened or not wanted:
            continue
        opened.add(link)
        kinds[kind] += 1
        ran |= broken(person, [link])
        waiting += person.links()
    assert ran == {}
    assert len(kinds) > (400 if EVERYTHING else 80)


def test_every_payload_is_shown_as_it_was_typed(site: Site, person: Visitor) -> None:
    """In lists, in the tables of a roundup and of a report, and in what an editor and a language model wrote."""
    unseen = {}
    for pages in site.world.complete:
        ran = {link: (person.open(link), person.text()) for link in pages}
        assert {link: found for link, (found, _) in ran.items() if found} == {}
        text = "".join(shown for _, shown in ran.values())
        unseen[pages] = [name for name in site.world.names if plain(name) not in text]
    assert unseen == {pages: [] for pages in site.world.complete}


def addresses_with(payload: str) -> list[str]:
    """Return addresses of the site in which it stands: in the path, as what is searched for, as a filter's value."""
    field = {"app_label": "scoring", "model_name": "match", "field_name": "home"}
    filters = {"season__id__exact": payload, "work": payload, "kickoff__year": payload}
    return [
        f"/{quote(payload)}",
        f"/rounds/1/{quote(payload, safe='')}/",
        f"/admin/{quote(payload)}",
        f"/admin/scoring/team/{quote(payload, safe='')}/change/",
        f"/admin/scoring/match/?{urlencode({'q': payload})}",
        f"/admin/content/roundup/?{urlencode({'q': payload, payload: payload})}",
        f"/admin/scoring/match/?{urlencode(filters)}",
        f"/admin/search/?{urlencode({'s': payload})}",
        f"/admin/autocomplete/?{urlencode({**field, 'term': payload})}",
        f"/admin/login/?{urlencode({'next': payload})}",
    ]


def test_nothing_runs_that_stands_in_an_address(site: Site, person: Visitor) -> None:
    """In the short form each payload in one of them, in the long form in all."""
    links = [addresses_with(payload) for payload in PAYLOADS]
    few = [places[number % len(places)] for number, places in enumerate(links)]
    chosen = [link for places in links for link in places] if EVERYTHING else Random(SEED).sample(few, 30)
    assert broken(person, chosen) == {}


def test_nothing_runs_when_forms_are_sent(site: Site, person: Visitor) -> None:
    """With everything filled in, which few of them take, and with reasons and texts only; in the short form by turns.

    Where the page that follows asks again it is answered, so that messages are seen as well.
    """
    chance, sent, ran = Random(SEED), 0, dict[tuple[str, str, int], list[str]]()
    ways = [(path, only) for path in site.world.forms for only in (".", REASONS)]
    chosen = ways if EVERYTHING else [way for n, way in enumerate(ways) if (n + n // 2 + SEED) % 2]
    for (path, only), number in product(chosen, range(3 if EVERYTHING else 1)):
        found = person.open(path)
        answer = person.send(chance.sample(list(PAYLOADS), 9), only)
        sent += answer is not None
        if answer is not None and urlsplit(person.page.url).path == path and only == REASONS:
            answer += person.send([], "^$") or []
        if found or answer:
            ran[path, only, number] = [*found, *(answer or [])]
    assert ran == {}
    assert sent > len(chosen) / 2


RAW = [
    "<script>xss()</script>",
    "<img src=x onerror=xss()>",
    "<svg onload=xss()>",
    "<iframe srcdoc='<script>parent.xss()</script>'></iframe>",
    "<img src=//xss.invalid/a.png>",
    "<a href=javascript:xss()>a</a>",
    "<div onclick=xss()>click</div>",
    "<base href=//xss.invalid/>",
    "<meta http-equiv=refresh content=0;url=//xss.invalid/>",
    "<style>*{background:url(//xss.invalid/a.png)}</style>",
    "<div x-data x-init=xss()></div>",
    "<template><script>xss()</script></template>",
    "<form action=//xss.invalid/><input name=password></form>",
    "<math href=javascript:xss()>a</math>",
]


def test_what_runs_or_could_run_is_noticed(site: Site, person: Visitor) -> None:
    """The proof that the others would fail: these are put into a page as they are."""
    noticed = {}
    for number, payload in enumerate(RAW):
        page = f"<!doctype html><title>Raw</title><p>{payload}</p>"
        fresh = Visitor(person.page.context.new_page(), person.watch)
        fresh.page.route(f"**/raw/{number}", partial(put, page))
        noticed[payload] = fresh.open(f"/raw/{number}") != []
        fresh.page.close()
        person.watch.take()
    assert noticed == dict.fromkeys(RAW, True)


def put(page: str, route: Route) -> None:
    route.fulfill(body=page, content_type="text/html")

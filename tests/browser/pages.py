"""Which pages there are: found by following links, so many of each kind."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, resolve

from playwright.sync_api import Page

Kind = tuple[object, ...]


def kind_of(link: str) -> Kind:
    """Return what two pages of one kind have in common: the view, and the names in the query."""
    parts = urlsplit(link)
    try:
        match = resolve(parts.path)
    except Resolver404:  # a text may have a link to anywhere
        return "nowhere", None
    asked = {name for name, _ in parse_qsl(parts.query)} - {"o"}
    return match.view_name, match.kwargs.get("what"), *sorted(asked)


def links(page: Page) -> list[str]:
    """Return the paths, with queries, of all links of a page that stay on its site."""
    here = urlsplit(page.url)
    found: list[str] = page.evaluate("[...document.links].map(link => link.href)")
    parts = [urlsplit(link) for link in found]
    return [f"{p.path}?{p.query}" if p.query else p.path for p in parts if p.netloc == here.netloc]


def one_of_each_kind(page: Page, beginnings: Iterable[str], *, without_query: bool = True) -> Iterator[str]:
    """Yields a path for each kind of page that links lead to, opened in `page`; files and the way out are left out.

    A page with a query is another kind by the names in it; `without_query` leaves those out.
    """
    waiting, kinds = deque(beginnings), Counter[Kind]()
    while waiting:
        link = waiting.popleft()
        kind = kind_of(link)
        is_wanted = len(kind) == 2 or not without_query
        if kinds[kind] or not is_wanted or str(kind[0]) in ("nowhere", "admin:logout") or "." in link.split("?")[0]:
            continue
        kinds[kind] += 1
        page.goto(link)
        yield link
        waiting += links(page)

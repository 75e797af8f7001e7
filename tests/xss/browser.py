"""A real Chromium that notices whatever runs, asks another host, or has become a part of the page that could."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import category
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    Response,
    WebError,
    sync_playwright,
)

from tests.browser.chromium import launched

SCAN, FILL = ((Path(__file__).parent / name).read_text() for name in ("scan.js", "fill.js"))
MOMENT = 30
"""Milliseconds that a page has, after it was loaded, for what it does by itself."""

OF_THE_THEME = ("gettext is not defined", "gettext_noop is not defined")
"""Errors of the theme's own scripts: its page that asks before something is deleted leaves out the words for them."""


@dataclass
class Watch:
    """Whatever happened that must not happen, since the last look."""

    site: str
    seen: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.expose_binding("xss", lambda source, *given: self.seen.append(f"ran in {source['frame'].url}"))
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("dialog", self._opened)
        context.on("response", self._answered)
        context.on("weberror", self._failed)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(f"{self.site}/") and "unfold" not in request.url:
            self.seen.append(f"asked {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """A page that answers 404 or 410 is an error to a browser, and is none here."""
        if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
            self.seen.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"answers {response.status}")

    def _failed(self, error: WebError) -> None:
        if error.error.message not in OF_THE_THEME:
            self.seen.append(f"error: {error.error}")

    def _opened(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def take(self) -> list[str]:
        seen, self.seen[:] = list(self.seen), []
        return seen


@dataclass
class Visitor:
    """Somebody with a browser on the site."""

    page: Page
    watch: Watch

    @property
    def site(self) -> str:
        return self.watch.site

    def open(self, path: str) -> list[str]:
        """Opens a page and returns what ran, or could run, on it."""
        self.page.goto(self.site + path)
        return self.look()

    def look(self) -> list[str]:
        """Return what ran, or could run, on the page that is open."""
        self.page.wait_for_timeout(MOMENT)
        try:
            found: list[str] = self.page.evaluate(f"({SCAN})()")
        except Error as error:  # it was on its way to another page
            found = [str(error)]
        if not self.page.url.startswith(f"{self.site}/"):
            found.append(f"went to {self.page.url}")
        return [*self.watch.take(), *found]

    def text(self) -> str:
        """Return all that the page shows, as `plain` does."""
        return plain(self.page.evaluate("document.body.textContent"))

    def links(self) -> list[str]:
        """Return the paths, with queries, of all links that stay on the site."""
        found: list[str] = self.page.evaluate("[...document.links].map(link => link.href)")
        here = [urlsplit(link) for link in found if link.startswith(f"{self.site}/")]
        return [f"{link.path}?{link.query}" if link.query else link.path for link in here]

    def send(self, texts: Sequence[str], only: str = "") -> list[str] | None:
        """Fills in the page's form, or only the fields whose name this expression fits, and sends it.

        Returns what ran, or could run, on the page that follows; None if there is no form.
        """
        if not self.page.evaluate(f"({FILL})(null)"):
            return None
        with self.page.expect_navigation():
            self.page.evaluate(FILL, [list(texts), only])
        return self.look()


def plain(text: str) -> str:
    """Return the letters and signs of a text, without blanks and characters that can't be seen."""
    return "".join(letter for letter in text if not letter.isspace() and category(letter) not in ("Cf", "Cc", "Co"))


@contextmanager
def visitor(site: str, session: str) -> Iterator[Visitor]:
    with sync_playwright() as playwright:
        watch = Watch(site)
        browser = launched(playwright)
        context = browser.new_context(service_workers="block")
        context.set_default_timeout(120_000)
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        watch.follow(context)
        yield Visitor(context.new_page(), watch)
        context.close()
        browser.close()

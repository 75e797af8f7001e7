"""A visitor of a running site: follows redirects, keeps cookies, and fills in the forms it is given."""

from collections.abc import Mapping
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

Fields = dict[str, str]
TIMEOUT = 30


class Forms(HTMLParser):
    """Collects what a browser would send for each form of a page if nobody touched it, without its buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self.select = ""
        self.textarea = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.textarea = name
            self._put(name, "")
        elif tag == "option" and ("selected" in given or self.select not in (self.forms or [{}])[-1]):
            self._put(self.select, given.get("value", ""))
        elif tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            kind = given.get("type", "text")
            if kind not in ("submit", "button", "file", "reset", "image"):
                self._put(name, given.get("value", "on" if kind in ("checkbox", "radio") else ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self._put(self.textarea, self.forms[-1][self.textarea] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def _put(self, name: str, value: str) -> None:
        if name and self.forms:
            self.forms[-1][name] = value


class Visitor:
    def __init__(self, site: str) -> None:
        self.site = site
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """Return a page; raises `urllib.error.HTTPError` for one that is refused."""
        return self._open(Request(urljoin(self.site, path)))

    def submit(self, path: str, changed: Mapping[str, str], *, button: str = "") -> str:
        """Changes fields of the form on a page that has all of them, sends it, and returns the page that follows."""
        forms = [fields for fields in Forms(self.get(path)).forms if changed.keys() <= fields.keys()]
        assert len(forms) == 1, f"{len(forms)} forms of {path} have the fields {', '.join(changed)}"
        fields = {**forms[0], **changed, **({button: "on"} if button else {})}
        address = urljoin(self.site, path)
        return self._open(Request(address, urlencode(fields).encode(), {"Referer": address}))

    def _open(self, request: Request) -> str:
        with self.opener.open(request, timeout=TIMEOUT) as answer:
            page: bytes = answer.read()
            return page.decode()

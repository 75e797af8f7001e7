"""Fills in and sends the forms of a page as a person would: what is there stays, what has to be confirmed is."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

MOST_PAGES = 4
WHY = "to see it"


class Forms(HTMLParser):
    """Reads what the forms of a page would send; the button that sends is not among it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = self._textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._note(self._select, given.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self._note(name, "")
        elif tag == "input" and _is_sent(given):
            usual = "on" if given.get("type") in {"checkbox", "radio"} else ""
            self._note(name, given.get("value", usual) or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] = [data.removeprefix("\n")]

    def _note(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def _is_sent(given: dict[str, str | None]) -> bool:
    kind = given.get("type")
    chosen = kind not in {"checkbox", "radio"} or "checked" in given
    return bool(given.get("name")) and kind not in {"submit", "button", "file"} and chosen


def form_of(response: Any) -> dict[str, list[str]]:
    """Return the form of a page, not those around it: of signing out, or of searching."""
    forms = Forms(response.content.decode()).forms
    return max((form for form in forms if "csrfmiddlewaretoken" in form), key=len)


def send(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """Return the answer to a page filled in; who is asked once more says yes."""
    page = client.get(address)
    given = {**form_of(page), **typed}
    if "reason" in given:
        given["reason"] = WHY
    answer = client.post(address, given)
    for _ in range(MOST_PAGES):
        if answer.status_code != 200 or "csrfmiddlewaretoken" not in answer.content.decode():
            break
        again = form_of(answer)
        if "_confirmed" not in again and "checked" not in again:
            break
        answer = client.post(address, again)
    return answer


def reason_is_asked(client: Client, address: str) -> bool:
    return "reason" in form_of(client.get(address))

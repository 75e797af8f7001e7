"""Fills in and sends the forms of a page as a person would: what is there stays, what has to be confirmed is."""

from typing import Any

from django.test import Client

from tests.web import Fields, Forms

MOST_PAGES = 4
WHY = "to see it"
TOKEN = "csrfmiddlewaretoken"


def form_of(response: Any) -> Fields:
    """Return the form of a page, not those around it: of signing out, or of searching."""
    return max((form for form in Forms(response.content.decode()).forms if TOKEN in form), key=len)


def send(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """Return the answer to a page filled in; who is asked once more says yes."""
    given = {**form_of(client.get(address)), **typed}
    if "reason" in given:
        given["reason"] = WHY
    answer = client.post(address, given)
    for _ in range(MOST_PAGES):
        if answer.status_code != 200 or TOKEN not in answer.content.decode():
            break
        again = form_of(answer)
        if "_confirmed" not in again and "checked" not in again:
            break
        answer = client.post(address, again)
    return answer


def reason_is_asked(client: Client, address: str) -> bool:
    return "reason" in form_of(client.get(address))

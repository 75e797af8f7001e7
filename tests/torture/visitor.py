"""Somebody who opens the pages of roundups in a browser, and notes each that shows what did not hold at that time.

A page is judged only if what it is made of was the same right before and right after it was asked for.
"""

import json
import time
from pathlib import Path
from random import Random
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.db import DatabaseError, connection
from django.db.models import Exists, OuterRef
from django.utils.html import escape

from content.models import Roundup
from tests.torture.feeder import is_away
from tests.torture.stage import Stage

PAUSE = 0.5
TIMEOUT = 60
"""A page may wait for the database as long as any service does; after this it hangs."""


def standing(match: int) -> tuple[Any, ...] | None:
    """Return whether the roundup of a match is public, its headline, and all that this depends on; None without one."""
    public = Roundup.objects.public().filter(pk=OuterRef("pk"))
    rows = Roundup.objects.filter(match=match).annotate(is_public=Exists(public))
    return rows.values_list(
        "is_public", "headline", "written_at", "status", "match__revision", "match__stats__version", "stats_version"
    ).first()


def wrong(before: tuple[Any, ...] | None, code: int, page: str) -> str:
    """Return what is wrong with a page, given what stood behind it all the while; empty if nothing is."""
    if code == 503:
        return "" if connection.vendor == "postgresql" else "503, though the database was there all the while"
    if before is None:
        return "" if code == 404 else f"{code} for a match without a roundup"
    is_public, headline, *_ = before
    shown = escape(headline) in page
    if code not in (200, 410):
        return f"the page was answered with {code}"
    if is_public and not (shown and code == 200):
        return "a public roundup was not shown"
    return "a roundup that is not public was shown" if shown and not is_public else ""


def fetch(address: str) -> tuple[int, str]:
    """Return the status and the page. Raises `URLError` if nobody answers."""
    try:
        with urlopen(address, timeout=TIMEOUT) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def visit(site: str, match: int) -> tuple[int, str]:
    """Open the page of one match; return its status, and what is wrong with it."""
    before = standing(match)
    code, page = fetch(f"{site}/roundups/{match}/")
    problem = wrong(before, code, page)
    return code, problem if problem and (code >= 500 or standing(match) == before) else ""


def main(folder: str, seed: int, port: int) -> None:
    """Visits until it is killed; `pages.json` counts pages by status, what is wrong stands in `sightings.jsonl`."""
    random, stage, codes = Random(f"visitor {seed}"), Stage.read(Path(folder)), dict[int, int]()
    while True:
        try:
            written = list(Roundup.objects.order_by("pk").values_list("match", flat=True))
            match = random.choice(written if random.random() < 0.8 and written else stage.matches)
            code, problem = visit(f"http://127.0.0.1:{port}", match)
        except DatabaseError as error:
            if not is_away(error):
                raise
            connection.close()
        except URLError:
            if codes:  # at first the server is still on its way
                raise
        else:
            codes[code] = codes.get(code, 0) + 1
            _note(Path(folder), codes, f"the page of match {match}: {problem}" if problem else "")
        time.sleep(PAUSE)


def _note(folder: Path, codes: dict[int, int], problem: str) -> None:
    new = folder / "pages.new"
    new.write_text(json.dumps(codes))
    new.replace(folder / "pages.json")
    if problem:
        with (folder / "sightings.jsonl").open("a") as sightings:
            sightings.write(json.dumps({"what": problem}) + "\n")

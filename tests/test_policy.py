"""What a browser is told that it may load and run: nothing from elsewhere, and no script on the public pages."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

import pytest

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+=[\"']|\sstyle=[\"']|<style", re.IGNORECASE)
ALONE = {"500.html", "503.html"}


def policy(client: Client, path: str) -> dict[str, list[str]]:
    header = client.get(path)["Content-Security-Policy"]
    directives = (part.split() for part in header.split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.django_db
def test_the_public_pages_run_no_script(client: Client) -> None:
    told = policy(client, "/")
    assert told["default-src"] == ["'none'"]
    assert told.keys() & {"script-src", "connect-src", "frame-src"} == set()
    assert [source for source in told["style-src"] if not source.startswith("'sha256-")] == ["'self'"]


@pytest.mark.django_db
def test_the_admin_loads_nothing_from_elsewhere_and_allows_two_things_more(operator: Client) -> None:
    told = policy(operator, "/admin/")
    assert (told["default-src"], told["script-src"]) == (["'none'"], ["'self'", "'unsafe-eval'"])
    others = {source for name in told for source in told[name]} - {"'none'", "'self'"}
    assert others == {"'unsafe-eval'", "'unsafe-inline'", "data:"}
    assert "'unsafe-inline'" not in told["script-src"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(ALONE))
def test_the_style_of_a_page_that_stands_alone_is_allowed_by_its_hash(client: Client, page: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", render_to_string(page), re.DOTALL)
    source = f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    assert source in policy(client, "/")["style-src"]


@pytest.mark.parametrize("page", sorted(TEMPLATES.rglob("*.html")), ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_of_ours_has_a_script_or_a_style_in_it(page: Path) -> None:
    found = INLINE.findall(page.read_text())
    assert (found == []) is (page.name not in ALONE)

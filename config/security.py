"""What a browser may load and run on a page (Content-Security-Policy): for readers, and in the admin."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

NONE, SELF = "'none'", "'self'"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def own_style(page: Path) -> str:
    """Return the source by which the style of a page that stands alone is allowed: its hash."""
    (style,) = STYLE.findall(page.read_text())
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def for_readers(templates: Path) -> dict[str, Any]:
    """Return the policy of the public pages: our style, icons and fonts, no script at all."""
    alone = [own_style(templates / name) for name in ("500.html", "503.html")]
    return {
        "default-src": [NONE],
        "style-src": [SELF, *alone],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }


IN_THE_ADMIN: dict[str, Any] = {
    "default-src": [NONE],
    # unfold's Alpine makes functions out of the attributes of its templates; no script that stands in a page runs.
    "script-src": [SELF, "'unsafe-eval'"],
    # unfold writes its colours into each page, and some of its templates have style attributes.
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
"""Two things are allowed here that a strict policy would not: see the comments."""

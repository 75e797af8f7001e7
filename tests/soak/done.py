"""What one feeder, or all of them, did: how often, how slow pages were, and what went wrong."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.error import HTTPError, URLError

PASSWORD = "kick-off-at-eight"
SHOWN = 20


@dataclass
class Done:
    """How often what was done, how long pages took in milliseconds at most, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def page(self, kind: str, call: Callable[[], str]) -> str:
        """Asks for a page; an answer that refuses it (a withdrawn roundup: 410) is one as well, below 500."""
        began = time.monotonic()
        try:
            return call()
        except HTTPError as error:
            text = error.read().decode(errors="replace")
            if error.code >= 500 or "database is locked" in text:
                self.errors.append(f"{kind} answers {error.code}: {text[:300]}")
            return ""
        except URLError as error:
            self.errors.append(f"{kind}: {error}")
            return ""
        finally:
            self.counts["pages"] += 1
            self.slowest[kind] = max(self.slowest.get(kind, 0), round((time.monotonic() - began) * 1000))

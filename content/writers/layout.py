"""Puts an article together: prose, whoever wrote it, then tables and data note, which always come from the facts."""

from django.template.loader import render_to_string

from content.facts import MatchFacts
from content.writers import tables
from content.writers.note import note


def laid_out(prose: str, facts: MatchFacts) -> str:
    """Return the whole article in Markdown; `prose` is Markdown without tables, note and headline."""
    text = render_to_string(
        "roundup.md",
        {
            "prose": prose.strip(),
            "tips": tables.points(facts),
            "worth": tables.worth(facts),
            "table": tables.season(facts),
            "matches": facts.matches_after,
            "note": note(facts),
        },
    )
    return text.strip() + "\n"

"""The template writer: sentences chosen by the facts, laid out by `templates/roundup.md`."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.text import Truncator

from content.facts import MatchFacts
from content.writers import corrected, field, match, table
from content.writers.protocol import Article


class TemplateWriter:
    """Writes from facts alone, and for the same facts always the same."""

    name = "template"

    def write(self, facts: MatchFacts) -> Article:
        """Return the article; see `protocol.Writer`."""
        corrections = corrected.lines(facts.corrections, facts.counted, facts.field.size)
        text = render_to_string(
            "roundup.md",
            {
                "paragraphs": fitted(facts, _length([*corrections, note(facts)])),
                "tips": field.rows(facts),
                "table": table.rows(facts),
                "matches": facts.matches_after,
                "note": note(facts),
            },
        )
        return Article(Truncator(match.headline(facts)).chars(250), text.strip() + "\n", self.name)


LONGEST = 450
LONGEST_WITHOUT_TIPS = 120
"""Words of prose, with the data note and the corrections that the page tells above it (see `corrected`)."""


def fitted(facts: MatchFacts, other_words: int) -> list[str]:
    """Return the paragraphs; the least important are left out while all is too long."""
    told = [
        match.lede(facts),
        match.course(facts),
        field.choices(facts),
        field.hits(facts),
        field.arithmetic(facts),
        table.movement(facts),
        table.season(facts),
    ]
    most = (LONGEST if facts.field.size else LONGEST_WITHOUT_TIPS) - other_words
    for dispensable in (6, 1) if facts.field.size else (1, 5):
        if _length(told) > most:
            told[dispensable] = ""
    return [paragraph for paragraph in told if paragraph]


def _length(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def note(facts: MatchFacts) -> str:
    """Return the data note: what the numbers are made of, and what is not known."""
    on = "the score as it was awarded" if facts.awarded else f"the score {match.BASIS[facts.basis]}"
    parts = [f"Points follow the rule {facts.rule}, on {on}."]
    if facts.after:
        before = facts.matches_after - 1
        earlier = f" and the {before} settled before its kickoff" if before else " alone"
        with_it = ", none that began with it" if facts.field.size else ""
        what = "Table and runs count" if facts.field.size else "The table counts"
        parts.append(f"{what} this match{earlier}{with_it}.")
    unverified = [tip for tip in facts.in_time if tip.timing == "unverified"]
    if unverified and len(unverified) == len(facts.in_time):
        parts.append("When the predictions were submitted is not known; they count and are unverified.")
    elif unverified:
        parts.append(f"Predictions that came without a time count, and are marked unverified: {len(unverified)}.")
    if facts.late:
        parts.append(f"Predictions that came too late were left out: {len(facts.late)}.")
    if facts.void:
        parts.append(f"Predictions that were withdrawn or declared void were left out: {len(facts.void)}.")
    if not facts.time_known:
        parts.append("The time of kickoff is not known; predictions closed when the day began (UTC).")
    return " ".join(parts)

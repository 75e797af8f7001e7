"""The template writer: sentences chosen by the facts, laid out by `templates/roundup.md`."""

from django.template.loader import render_to_string
from django.utils.text import Truncator

from content.facts import Correction, MatchFacts
from content.writers import field, match, table
from content.writers.protocol import Article
from content.writers.words import day, score


class TemplateWriter:
    """Writes from facts alone, and for the same facts always the same."""

    name = "template"

    def write(self, facts: MatchFacts) -> Article:
        """Return the article; see `protocol.Writer`."""
        text = render_to_string(
            "roundup.md",
            {
                "corrections": [_correction(facts, correction) for correction in facts.corrections],
                "paragraphs": [p for p in paragraphs(facts) if p],
                "tips": field.rows(facts),
                "table": table.rows(facts),
                "matches": facts.matches_after,
                "note": note(facts),
            },
        )
        return Article(Truncator(match.headline(facts)).chars(250), text.strip() + "\n", self.name)


def paragraphs(facts: MatchFacts) -> list[str]:
    """Return the prose, a paragraph each, empty where there is nothing to say."""
    return [
        match.lede(facts),
        match.course(facts),
        field.choices(facts),
        field.hits(facts),
        field.arithmetic(facts),
        table.movement(facts),
        table.season(facts),
    ]


def _correction(facts: MatchFacts, correction: Correction) -> str:
    when = f"Corrected on {day(correction.at)} at {correction.at[11:16]} UTC"
    if correction.phase == "counted":
        return (
            f"{when}: this match had been scored as {score(correction.was)}; everything below follows from "
            f"{score(facts.counted)}."
        )
    what = "the score after extra time" if correction.phase == "extra_time" else "the shoot-out"
    return f"{when}: {what} had been given as {score(correction.was)}."


def note(facts: MatchFacts) -> str:
    """Return the data note: what the numbers are made of, and what is not known."""
    on = "the score as it was awarded" if facts.awarded else f"the score {match.BASIS[facts.basis]}"
    parts = [f"Points follow the rule {facts.rule}, on {on}."]
    if facts.after:
        before = facts.matches_after - 1
        earlier = f" and the {before} settled before its kickoff" if before else " alone"
        with_it = ", none that began with it" if facts.field.size else ""
        parts.append(f"Table and runs count this match{earlier}{with_it}.")
    unverified = [tip for tip in facts.in_time if tip.timing == "unverified"]
    if unverified and len(unverified) == len(facts.in_time):
        parts.append("When the predictions were submitted is not known; they count and are unverified.")
    elif unverified:
        parts.append(f"Predictions that came without a time count, and are marked unverified: {len(unverified)}.")
    if facts.late:
        parts.append(f"Predictions that came too late were left out: {len(facts.late)}.")
    if not facts.time_known:
        parts.append("The time of kickoff is not known; predictions closed when the day began (UTC).")
    return " ".join(parts)

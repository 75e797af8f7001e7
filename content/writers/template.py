"""The template writer: sentences chosen by the facts, laid out by `templates/roundup.md`."""

from content.facts import MatchFacts
from content.writers import corrected
from content.writers.headline import headline
from content.writers.layout import laid_out
from content.writers.note import note
from content.writers.plan import prose
from content.writers.protocol import Article
from content.writers.reading import Reading


class TemplateWriter:
    """Writes from facts alone, and for the same facts always the same."""

    name = "template"

    def write(self, facts: MatchFacts, *, storyline: str = "") -> Article:
        """Return the article; see `protocol.Writer`. Raises `StorylineError`."""
        match = Reading(facts, storyline)
        beside = [*corrected.lines(facts.corrections, facts.counted, facts.field.size), note(facts)]
        told = prose(match, other_words=sum(len(text.split()) for text in beside))
        return Article(headline(match), laid_out(told, facts), self.name, told)

"""Who writes reports: anything that turns facts into an article. The template writer needs nothing."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.text import Truncator

from content.reports import round_prose, season_prose, tables
from content.reports.facts import RoundFacts, SeasonFacts

ReportFacts = RoundFacts | SeasonFacts
LONGEST_HEADLINE = 250


@dataclass(frozen=True)
class ReportArticle:
    """A headline (plain text, at most 250 characters), the prose and the whole text (Markdown), and who wrote it."""

    headline: str
    prose: str
    text: str
    writer: str


class ReportWriter(Protocol):
    """Turns facts into an article; says nothing that the facts don't carry. Called outside any transaction."""

    def write(self, facts: ReportFacts) -> ReportArticle: ...


class TemplateReportWriter:
    """Writes from facts alone, and for the same facts always the same."""

    name = "template"

    def write(self, facts: ReportFacts) -> ReportArticle:
        """Return the article; see `ReportWriter`."""
        if isinstance(facts, RoundFacts):
            headline, told = round_prose.headline(facts), round_prose.paragraphs(facts)
        else:
            headline, told = season_prose.headline(facts), season_prose.paragraphs(facts)
        prose = "\n\n".join(told)
        short = Truncator(headline).chars(LONGEST_HEADLINE)
        return ReportArticle(short, prose, laid_out(prose, facts), self.name)


def laid_out(prose: str, facts: ReportFacts) -> str:
    """Return the whole text: the prose, whoever wrote it, then the tables and the note, which come from facts."""
    if isinstance(facts, RoundFacts):
        found = [*tables.not_in_the_numbers(facts), *tables.of_round(facts)]
        note = tables.note_of_round(facts)
    else:
        found, note = tables.of_season(facts), tables.note_of_season(facts)
    return "\n\n".join([prose, *found, f"*{note}*"]) + "\n"


def default_writer() -> ReportWriter:
    return TemplateReportWriter()

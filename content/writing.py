"""Has an article written: by whom it is ordered or set, checked, and in the last resort by the template.

Called outside any transaction; every call of a language model has a row of its own (`Attempt`).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils import timezone

from content.check import Problem, check
from content.collect import Collected
from content.examining import Aliases, aliases_of
from content.facts import MatchFacts
from content.models import Commission, EditorialPolicy, Roundup, WriterName, Written
from content.storylines import storylines
from content.writers import Article, Writer
from content.writers.layout import laid_out
from content.writers.llm import LanguageModelWriter, NotWrittenError
from content.writers.llm_answer import Answer
from content.writers.setup import missing
from content.writers.words import score
from scoring import orders
from scoring.models import Match

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """Who is to write, and what the headline is to tell; empty: as it is set, and the rarest.

    `ordered_at` is that of the editor's order it comes from, None if it comes from none.
    """

    writer: str = ""
    storyline: str = ""
    ordered_at: datetime | None = None


AS_SET = Wish()


@dataclass(frozen=True)
class Piece:
    """An article that may be published, how it was wished for, and, if it is not as wished, why."""

    article: Article
    wish: Wish = AS_SET
    why: str = ""

    def fields(self, collected: Collected) -> dict[str, Any]:
        """Return the fields of `models.Written`; prose is kept apart where it can't be written anew from the facts."""
        article = self.article
        return {
            "headline": article.headline,
            "text": article.text,
            "facts": collected.facts.as_json(),
            "facts_hash": collected.facts.hash(),
            "revision": collected.revision,
            "stats_version": collected.stats_version,
            "writer": article.writer,
            "prose": article.prose if article.writer == WriterName.LLM else "",
            "storyline": self.wish.storyline,
            "written_at": timezone.now(),
        }


def wish_for(match_id: int) -> Wish:
    """Return how an editor ordered the next version of a roundup."""
    order = Commission.objects.filter(match=match_id).first()
    return Wish(order.writer, order.storyline, order.ordered_at) if order else AS_SET


def with_storyline(match_id: int, ordered: Wish) -> Wish:
    """Return an order; if there is none, the wish that the storyline is told that the text was to tell before."""
    before = Roundup.objects.filter(match=match_id).values_list("storyline", flat=True).first()
    return ordered if ordered != AS_SET else Wish(storyline=before or "")


def writer_as_set(match_id: int) -> str:
    """Return the writer (`WriterName`) of a match's competition, or that of the settings."""
    policies = EditorialPolicy.objects.filter(competition__seasons__matches=match_id)
    return policies.values_list("writer", flat=True).first() or str(settings.ROUNDUP_WRITER)


def written(match_id: int, collected: Collected, wish: Wish, *, template: Writer) -> Piece:
    """Return an article about a match, with no problem that the check knows of.

    A language model's place is taken by the template if it can't be asked or does not succeed. A storyline that is not
    true (any more) is left out. Raises `Match.DoesNotExist`.
    """
    facts, whys = collected.facts, []
    true = {told.key for told in storylines(facts)}
    storyline = wish.storyline if wish.storyline in true else ""
    if storyline != wish.storyline:
        whys.append(f"the storyline {wish.storyline} is not true of the match")
    aliases = aliases_of(facts)
    if (wish.writer or writer_as_set(match_id)) == WriterName.LLM:
        try:
            article = by_language_model(match_id, facts, storyline, aliases)
            return Piece(article, replace(wish, storyline=storyline), "; ".join(whys))
        except NotWrittenError as error:
            whys.append(f"by the template, since the language model did not write it: {error}")
            logger.warning("Match %s: %s", match_id, whys[-1])
    article = by_template(template, facts, storyline, aliases)
    return Piece(article, replace(wish, storyline=storyline), "; ".join(whys))


def by_language_model(match_id: int, facts: MatchFacts, storyline: str, aliases: Aliases) -> Article:
    """Return what a language model wrote, as it wrote it. Raises `NotWrittenError`; `Match.DoesNotExist`."""
    if why := missing():
        raise NotWrittenError(why)
    until = monotonic() + settings.LLM_SECONDS
    asking = import_module("content.asking")  # not at the top: its client is an extra that may not be installed
    match = Match.objects.with_names().get(pk=match_id)
    interviewer = asking.Interviewer(asking.Subject(match_id, str(match), facts.hash()), until)

    def checked(answer: Answer) -> tuple[Problem, ...]:
        return problems(answer.headline, answer.prose, facts, aliases)

    return LanguageModelWriter(interviewer, checked).write(facts, storyline=storyline)


def by_template(template: Writer, facts: MatchFacts, storyline: str, aliases: Aliases) -> Article:
    """Return the template's article, checked like any other: a paragraph with a problem is left out.

    That it has one is a defect of the template or of the check; readers are not to see a wrong sentence for it.
    """
    article = template.write(facts, storyline=storyline) if storyline else template.write(facts)
    found = problems(article.headline, article.prose, facts, aliases) if article.prose else ()
    if not found:
        return article
    logger.error("The template's article on %s – %s, %s, has problems: %s", facts.home, facts.away, facts.date, found)
    prose = without(article.prose, [problem for problem in found if problem.where == "text"])
    in_headline = any(problem.where == "headline" for problem in found)
    headline = f"{facts.home} {score(facts.counted)} {facts.away}" if in_headline else article.headline
    return Article(headline, laid_out(prose, facts), article.writer, prose=prose)


def without(prose: str, found: Sequence[Problem]) -> str:
    """Return prose without the paragraphs that have a problem."""
    kept, place = [], 0
    for paragraph in prose.split("\n\n"):
        end = place + len(paragraph)
        if not any(problem.start < end and problem.end > place for problem in found):
            kept.append(paragraph)
        place = end + 2
    return "\n\n".join(kept)


def kept_for(match_id: int, facts: MatchFacts) -> Piece | None:
    """Return what a language model wrote about earlier facts of a match, if it can be kept, and nobody ordered anew."""
    roundup = Roundup.objects.filter(match=match_id, edited_by="").select_related("match").first()
    if roundup is None or orders.is_ordered(roundup.match):
        return None
    article = kept(roundup, facts)
    return Piece(article, Wish(storyline=roundup.storyline)) if article else None


def kept(before: Written, facts: MatchFacts) -> Article | None:
    """Return what a language model wrote before, with tables from these facts; None unless it is true of these, too."""
    if before.writer != WriterName.LLM or not before.prose:
        return None
    if problems(before.headline, before.prose, facts, aliases_of(facts)):
        return None
    return Article(before.headline, laid_out(before.prose, facts), before.writer, prose=before.prose)


def template_again(template: Writer, before: Written, facts: MatchFacts) -> Article:
    """Return what the template makes of these facts, told as it told it before."""
    true = {told.key for told in storylines(facts)}
    return by_template(template, facts, before.storyline if before.storyline in true else "", aliases_of(facts))


def problems(headline: str, prose: str, facts: MatchFacts, aliases: Aliases) -> tuple[Problem, ...]:
    """Return what the check finds. A text that the check itself stumbles over is no text to publish."""
    try:
        return check(prose, facts, headline=headline, aliases=aliases)
    except Exception:
        logger.exception("The check failed on %s – %s, %s", facts.home, facts.away, facts.date)
        why = "the check could not read it"
        return (
            Problem(0, len(headline), "not checkable", "", why, "headline"),
            Problem(0, len(prose), "not checkable", "", why),
        )

"""What the pages of a roundup show of it: a text with its problems marked, the facts beside it, how it stands."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from content.agreement import changes_between, scores_of
from content.check import Problem
from content.editing import Draft
from content.examining import examine
from content.factsheet import factsheet
from content.marking import as_published, as_typed
from content.models import Roundup, RoundupQuerySet, RoundupRevision, Standing, Written, is_current, standing_of
from content.render import lines_above
from content.views import Edition, is_counting
from content.writers.words import score
from scoring import rules
from stats.leaderboard import season_table


@dataclass(frozen=True)
class Listed:
    """A problem in the list beside the text; its number is that of its mark."""

    number: int
    problem: Problem


def listed(problems: Sequence[Problem]) -> list[Listed]:
    return [Listed(number, problem) for number, problem in enumerate(problems, 1)]


def whole() -> RoundupQuerySet:
    """Return the roundups, each joined with all that its page shows of it."""
    return Roundup.objects.with_match().select_related("waiting")


def is_out_of_date(roundup: Roundup) -> bool:
    """Return what `Roundup.objects.out_of_date` finds, for one row."""
    return bool(roundup.edited_by) and standing_of(roundup) != Standing.VOID and not is_current(roundup)


def in_words(roundup: Roundup) -> str:
    """Return the standing; of one that is kept back anyway also that its edited text is out of date."""
    standing = standing_of(roundup)
    besides = is_out_of_date(roundup) and standing != Standing.OUT_OF_DATE
    return f"{standing.value}, edited and out of date" if besides else standing.value


def article_of(written: Roundup | RoundupRevision, draft: Draft | None = None, *, name: str = "text") -> dict[str, Any]:
    """Return a text, or a draft for the facts of what is written, as `article.html` shows it with its problems.

    `name` tells the marks of several texts on one page apart.
    """
    examined = examine(written, draft)
    return {
        "name": name,
        "headline": as_typed(examined.headline, examined.in_headline, name=name),
        "article": as_published(examined.text, examined.in_text, name=name, first=1 + len(examined.in_headline)),
        "corrected": lines_above(written),
        "problems": listed(examined.problems),
        "is_checked": examined.facts is not None,
        "sheet": factsheet(examined.facts) if examined.facts else None,
        "examined": examined,
    }


def articles_of(roundup: Roundup, draft: Draft | None = None) -> dict[str, Any]:
    """Return the texts of a roundup for `article.html`: its own, and what waits beside it."""
    waiting = roundup.waiting and {"version": roundup.waiting, **article_of(roundup.waiting, name="waiting")}
    return {**article_of(roundup, draft), "waiting": waiting, "out_of_date": is_out_of_date(roundup)}


def beside_edited(roundup: Roundup) -> dict[str, Any]:
    """Return what stands beside the form that keeps an edited text: the new version, what changed, the score now."""
    waiting = roundup.waiting
    if waiting is None:
        return {}
    counted = scores_of(waiting.facts).get("counted")
    return {
        "beside": {"version": waiting, **article_of(waiting, name="waiting")},
        "changes": changes_between(roundup.facts, waiting.facts),
        "now": counted and score(counted),
        "waiting": None,
        "out_of_date": False,
    }


def preview(roundup: Roundup, written: Written, draft: Draft | None = None) -> str:
    """Return the whole page that readers would see of a text, or of a draft for its facts; safe, and nothing runs."""
    shown = copy(roundup)
    shown.headline, shown.text = (draft.headline, draft.text) if draft else (written.headline, written.text)
    shown.facts, shown.written_at = written.facts, timezone.now() if draft else written.written_at
    season = roundup.match.season
    table = season_table(season.pk)
    edition = Edition(shown, table, rules.RULES[season.competition.rule], is_counting(season.pk))
    return render_to_string("admin/content/preview.html", {"edition": edition})


def version_shown(roundup: Roundup) -> RoundupRevision | None:
    """Return the version that is the roundup's text now."""
    return roundup.versions.filter(written_at=roundup.written_at, text=roundup.text).first()

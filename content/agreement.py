"""Whether a text changed by hand still tells a scoreline that was corrected, and what has changed since it was written.

Facts are those that a roundup keeps: `MatchFacts.as_json`.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from content.facts import Score
from content.render import to_html
from content.writers.words import score

Facts = Mapping[str, Any]

PHASES = {
    "counted": "score that counts",
    "half_time": "half-time score",
    "full_time": "score after 90 minutes",
    "extra_time": "score after extra time",
    "shootout": "shoot-out",
}
SEASON = ("form", "history")
"""What was before the match: it changes with earlier matches, and no article tells it whole."""
DASH = "[-\u2010-\u2015\u2212:]"
"""Every dash that somebody may type or paste."""
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
TABLE = re.compile("<table>.*?</table>", re.DOTALL)


def scores_of(facts: Facts) -> dict[str, Score]:
    """Return the scores of a match that are known, by phase."""
    known = {phase: facts.get(phase) for phase in PHASES}
    return {phase: (goals[0], goals[1]) for phase, goals in known.items() if goals is not None}


def contradiction(headline: str, text: str, *, earlier: Iterable[Facts], now: Facts, agrees: bool) -> str:
    """Return why a headline and a text (Markdown) can't stand for the facts of now; empty if they can.

    A scoreline that was corrected, in whatever direction it is told, may stand there only beside the one that counts
    now, outside of tables, and only if somebody says that the text `agrees` with it.
    """
    gone, counted = _gone(earlier, now), scores_of(now).get("counted")
    if counted is None:
        return ""
    for name, html in (("headline", headline), ("text", to_html(text))):
        told = next((goals for goals in sorted(gone) if _tells(html, goals)), None)
        if told is None:
            continue
        if not _tells(TABLE.sub(" ", html), counted):
            instead = "change it, or use the new version"
            return f"the {name} says {score(told)}, and the score is {score(counted)} now: {instead}"
        if not agrees:
            return f"the {name} says {score(told)} as well: change it, or confirm that it agrees with {score(counted)}"
    return ""


def _gone(earlier: Iterable[Facts], now: Facts) -> set[Score]:
    """Return the scorelines that were those of the match once and are no longer, told from either side.

    One that counted is gone even if another phase has it now.
    """
    present = scores_of(now)
    still, counted = set(present.values()), present.get("counted")
    gone: set[Score] = set()
    for facts in earlier:
        for phase, goals in scores_of(facts).items():
            if goals != counted and (phase == "counted" or goals not in still):
                gone |= {goals} | ({goals[::-1]} - still)
    return gone


def _tells(html: str, goals: Score) -> bool:
    shown = UNSEEN.sub("", unescape(strip_tags(html)))
    return re.search(rf"(?<!\d){goals[0]}\s*{DASH}\s*{goals[1]}(?!\d)", shown) is not None


def changes_between(before: Facts, now: Facts) -> list[str]:
    """Return what is another in the facts of now, in plain sentences."""
    told = [*_scores(before, now), *_points(before, now)]
    if before.get("after") != now.get("after"):
        told.append("The table after the match is another.")
    besides = {"tips", "before", "after", "matches_after", "corrections", "field", "version", *SEASON, *PHASES}
    others = [name.replace("_", " ") for name in now if name not in besides and before.get(name) != now[name]]
    return [*told, *([f"Also changed: {', '.join(others)}."] if others else [])]


def _scores(before: Facts, now: Facts) -> Iterable[str]:
    was, present = scores_of(before), scores_of(now)
    for phase, name in PHASES.items():
        if was.get(phase) != present.get(phase):
            then, today = (score(scores[phase]) if phase in scores else "not known" for scores in (was, present))
            yield f"The {name} was {then} and is {today}."


def _points(before: Facts, now: Facts) -> Iterable[str]:
    """Return one sentence of all whose points are others; a prediction that does not count has none."""
    was, present = ({tip["model"]: tip["points"] for tip in facts.get("tips", ())} for facts in (before, now))
    moved = [
        f"{model} had {_known(was.get(model))} and has {_known(present.get(model))}"
        for model in sorted({*was, *present})
        if was.get(model) != present.get(model)
    ]
    if moved:
        yield f"Points: {'; '.join(moved)}."


def _known(points: int | None) -> str:
    return "none" if points is None else str(points)

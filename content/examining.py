"""Compares a stored text, or one that somebody is about to save, with the facts it stands for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cattrs import BaseValidationError

from content.check import Problem, check
from content.editing import BY_HAND, Draft
from content.facts import MatchFacts
from content.models import Roundup, RoundupRevision
from content.writers.layout import laid_out
from scoring.models import AIModelAlias, TeamAlias

Aliases = Mapping[str, Sequence[str]]

NOT_OURS = "no table made from the facts has this row"


@dataclass(frozen=True)
class Examined:
    """A headline and a text (Markdown) with what the check found, by place; `facts` is None if they can't be read."""

    headline: str
    text: str
    facts: MatchFacts | None
    problems: tuple[Problem, ...] = ()

    @property
    def in_headline(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.where == "headline")

    @property
    def in_text(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.where != "headline")


def examine(written: Roundup | RoundupRevision, draft: Draft | None = None) -> Examined:
    """Return a text with its problems: a draft for the facts of what is `written`, or the written text itself.

    Tables are not prose: a line that a writer laid out from these facts is right, any other row of a table is one of
    the problems. Facts that this version of the program can't read are no error: nothing is checked then.
    """
    draft = draft or Draft(written.headline, written.text)
    facts = facts_from(written.facts)
    if facts is None:
        return Examined(draft.headline, draft.text, None)
    prose, altered = without_tables(draft.text, [*laid_out("", facts).splitlines(), *_layout_before(written)])
    found = check(prose, facts, headline=draft.headline, aliases=aliases_of(facts))
    problems = sorted((*found, *altered), key=lambda problem: (problem.where != "headline", problem.start))
    return Examined(draft.headline, draft.text, facts, tuple(problems))


def facts_from(stored: Mapping[str, Any]) -> MatchFacts | None:
    """Return stored facts; None if they are not in a form that this version of the program knows."""
    try:
        return MatchFacts.from_json(stored)
    except BaseValidationError:
        return None


def aliases_of(facts: MatchFacts) -> Aliases:
    """Return the other names of the teams and models of a match: name → its aliases; two queries."""
    models = {tip.model for tip in facts.tips} | {line.model for line in (*facts.before, *facts.after)}
    others: dict[str, list[str]] = defaultdict(list)
    teams = TeamAlias.objects.filter(team__name__in=(facts.home, facts.away))
    for name, alias in teams.values_list("team__name", "name"):
        others[name].append(alias)
    for name, alias in AIModelAlias.objects.filter(model__name__in=models).values_list("model__name", "name"):
        others[name].append(alias)
    return dict(others)


def without_tables(text: str, laid_out_lines: Iterable[str]) -> tuple[str, list[Problem]]:
    """Return the text with blanks in place of tables and laid-out lines, so that places stay; and rows that are others.

    `laid_out_lines` are the lines that a writer made from the facts, beside its prose.
    """
    known = {line.strip() for line in laid_out_lines} - {""}
    kept: list[str] = []
    altered: list[Problem] = []
    place = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        is_row = stripped.startswith("|")
        if is_row and stripped not in known:
            cells = stripped.strip("| ")
            start = place + line.index(cells)
            altered.append(Problem(start, start + len(cells), "other", cells, NOT_OURS))
        kept.append(" " * (len(line) - 1) + "\n" if is_row or stripped in known else line)
        place += len(line)
    return "".join(kept), altered


def _layout_before(written: Roundup | RoundupRevision) -> list[str]:
    """Return the lines beside the prose of what a writer wrote about the same facts; none if none did.

    The layout may have changed since: a table that was right then still is.
    """
    roundup_id = written.pk if isinstance(written, Roundup) else written.roundup_id
    by_writers = RoundupRevision.objects.filter(roundup=roundup_id, facts_hash=written.facts_hash)
    version = by_writers.exclude(writer=BY_HAND).only("text", "prose").first()
    lines = version.text.splitlines() if version else []
    if version and version.prose:
        prose = set(version.prose.splitlines())
        return [line for line in lines if line not in prose]
    first = next((n for n, line in enumerate(lines) if line.startswith(("#", "|"))), len(lines))
    note = [line for line in lines[-1:] if line.endswith("*")]
    return [*lines[first:], *note]

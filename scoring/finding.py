"""Finds the match that a person means by an id, or by the names of its teams."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from django.db.models import Q, QuerySet

from scoring.importers.values import tidy
from scoring.models import AIModel, AIModelAlias, Match, Season, Team, TeamAlias

LISTED = 10
"""Candidates that are listed before only the number of the others is."""

DASH = re.compile(r"\s*[-–—]\s*")
SPACED_DASH = re.compile(r"\s+[-–—]\s+")


class MatchNotFoundError(ValueError):
    """No match fits, or several do. The message lists the candidates, or the names that come close."""


class ModelNotFoundError(ValueError):
    """No model has this name. The message lists the names that come close."""


class TeamNotFoundError(ValueError):
    """No team has this name. The message lists the names that come close."""


def find_model(name: str) -> AIModel:
    """Return the model of this name or alias, exactly as written. Raises `ModelNotFoundError`.

    A name goes before an alias: of a model that became part of another this is its old record.
    """
    found = AIModel.objects.filter(name=name).first() or AIModel.objects.filter(aliases__name=name).first()
    if found is None:
        names = [*AIModel.objects.values_list("name", flat=True), *AIModelAlias.objects.values_list("name", flat=True)]
        raise ModelNotFoundError(f'There is no model "{name}"{close_names(name, names)}')
    return found


def find_team(name: str) -> Team:
    """Return the team of this name or alias, exactly as written. Raises `TeamNotFoundError`."""
    found = Team.objects.filter(name=name).first() or Team.objects.filter(aliases__name=name).first()
    if found is None:
        names = [*Team.objects.values_list("name", flat=True), *TeamAlias.objects.values_list("name", flat=True)]
        raise TeamNotFoundError(f'There is no team "{name}"{close_names(name, names)}')
    return found


def find_match(text: str, *, date: date | None = None, season: str | None = None) -> Match:
    """Return the one match that `text` means: an id, or "Home - Away" with a hyphen or a dash.

    Names are those of the teams or their aliases, in upper or lower case. `date` is the date where the match is played
    or in UTC; `season` is the season's name. They narrow what fits, an id as well. Raises `MatchNotFoundError`.
    """
    called = Match.objects.with_names().filter(_called(text)).by_kickoff()
    named = called.filter(season__name=season) if season is not None else called
    found = list(named.filter(Q(date=date) | Q(kickoff__date=date)) if date else named)
    if len(found) == 1:
        return found[0]
    narrowed = f"{f' on {date}' if date else ''}{f' in {season}' if season else ''}"
    if found:
        raise MatchNotFoundError(
            f'{len(found)} matches are "{text}"{narrowed}; say which one by its id:{listed(found)}'
        )
    others = list(called)
    near = f"; there is:{listed(others)}" if others else ""
    raise MatchNotFoundError(f'no match is "{text}"{narrowed}{near}')


def chosen_matches(texts: Sequence[str], *, date: date | None, season: str | None) -> QuerySet[Match]:
    """Return the matches that a command's MATCH, --date and --season mean; all of them if nothing is said.

    Raises `MatchNotFoundError`, which names the seasons there are if `season` is none of them.
    """
    if season is not None and not Season.objects.filter(name=season).exists():
        known = ", ".join(Season.objects.values_list("name", flat=True)) or "none yet"
        raise MatchNotFoundError(f'There is no season "{season}". There are: {known}.')
    if texts:
        found = [find_match(text, date=date, season=season) for text in texts]
        return Match.objects.filter(pk__in=[match.pk for match in found])
    if date:
        raise MatchNotFoundError('--date says which "Home - Away" is meant: name the match, too.')
    return Match.objects.filter(season__name=season) if season is not None else Match.objects.all()


def listed(matches: Sequence[Match]) -> str:
    """Return the matches as lines with their ids, the first `LISTED` of them."""
    lines = [f"\n  {match.pk}: {match} ({match.season}{', ' if match.round else ''}{match.round})" for match in matches]
    more = [f"\n  and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "".join(lines[:LISTED] + more)


def close_names(name: str, names: Iterable[str]) -> str:
    """Return "; did you mean X or Y?" with the names that come close; empty if none does."""
    folded = {known.casefold(): known for known in names}
    close = [folded[found] for found in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _called(text: str) -> Q:
    if re.fullmatch(r"[0-9]{1,18}", text.strip()):
        return Q(pk=int(text))
    pairs = list(_pairs(tidy(text)))
    if not pairs:
        raise MatchNotFoundError(f'"{text}" is neither the id of a match nor "Home - Away"')
    teams, names = _teams()
    for home, away in pairs:
        if home.casefold() in teams and away.casefold() in teams:
            return Q(home__in=teams[home.casefold()], away__in=teams[away.casefold()])
    unknown = [name for name in pairs[0] if name.casefold() not in teams]
    raise MatchNotFoundError("\n".join(f'there is no team "{name}"{close_names(name, names)}' for name in unknown))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yields every way to cut the text at a dash; a dash between spaces first, since names have hyphens, too."""
    for pattern in (SPACED_DASH, DASH):
        for dash in pattern.finditer(text):
            home, away = text[: dash.start()].strip(), text[dash.end() :].strip()
            if home and away:
                yield home, away


def _teams() -> tuple[dict[str, set[int]], list[str]]:
    """Return casefolded name or alias → ids of the teams called so, and all names and aliases as written."""
    teams: dict[str, set[int]] = {}
    names = list(Team.objects.values_list("name", "pk")) + list(TeamAlias.objects.values_list("name", "team"))
    for name, pk in names:
        teams.setdefault(name.casefold(), set()).add(pk)
    return teams, [name for name, _ in names]

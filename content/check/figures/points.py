"""Points: of a model from the match, from a round or the season; of the field; what an outcome was worth."""

from collections.abc import Sequence

from content.check.figures.figure import Figure, checks
from content.check.figures.gaps import gaps
from content.check.terms import Quantity
from content.check.tips import tip_atoms
from content.check.wordlist import words

SEASON_WORDS = words(
    "season now has have stands stand total predictions tips overall far leads with after on level stay stays share"
)
STRONG_SEASON_WORDS = words("season now total predictions overall far stands stand")
MATCH_WORDS = words(
    "match tip took take takes taking earned earns went got gets brought brings collected collects gained"
)
OUTCOMES = frozenset({"tip:home", "tip:draw", "tip:away"})
NEAR = 9


@checks("point")
def check_points(figure: Figure) -> None:
    if figure.said.value == 0 and not figure.names:
        figure.require(figure.find("point", "sum"), "points")
    elif figure.word(2) == "each" and (takers := _takers(figure)):
        figure.require_each([figure.find("point", "match", subject=name) for name in takers], "points")
    elif figure.said.kind == "fraction":
        figure.require(gaps(figure, "average"), "gap")
    elif figure.names and not _is_of_the_field(figure):
        _check_of_models(figure)
    else:
        figure.require(_field_points(figure), "points")


def _takers(figure: Figure) -> list[str]:
    """Return who are counted by the nearest number of models before: `two had the outcome, for three points each`."""
    before = [(group, who) for group, who in figure.sentence.sets if group.first < figure.n]
    named = [g for g in figure.sentence.groups if g.kind == "model" and g.names and g.first < figure.n]
    if not before or (named and named[-1].first > before[-1][0].first):
        return []
    return sorted(before[-1][1])


def _is_of_the_field(figure: Figure) -> bool:
    """Whether the clause speaks of what all took together, or of what an outcome was worth."""
    groups = figure.sentence.groups_in(figure.clause, "model")
    counted = [g for g in groups if not g.names]
    whole = any(g.noun in ("field", "models") and g.quant and (g.quant.is_share or g.quant.of) for g in counted)
    return bool(counted and ("together" in figure.tags or whole)) or ("worth" in figure.tags and not groups)


def _check_of_models(figure: Figure) -> None:
    options = [_of_kind(figure, figure.now(figure.find("point", subject=name))) for name in figure.names]
    if not figure.fits(gaps(figure, "point")):
        figure.require_each(options, "points")


def _of_kind(figure: Figure, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave the points of the match, or those of the season or a round, by the words of the clause."""
    kinds = {"match"}
    if _is_season(figure):
        kinds |= {"season"}
    kinds |= figure.rounds
    if figure.tags & {"most", "record"}:
        kinds |= {"most"}
    if (figure.tags & {"exact", "outcome", "difference"} and "for" in figure.words) or "bonus" in figure.tags:
        kinds |= {"part"}
    return [q for q in quantities if q.roles & kinds]


def _is_season(figure: Figure) -> bool:
    """Whether points of the season can be meant."""
    if "season" in figure.sentence.all_words or figure.words & STRONG_SEASON_WORDS:
        return "match" not in figure.words
    return bool(figure.words & SEASON_WORDS) and not figure.words & MATCH_WORDS


def _field_points(figure: Figure) -> list[Quantity]:
    """Return what points of no single model a clause can speak of; a short clause is read with the one before it."""
    clause = figure.clause
    near = clause if len(clause) > 4 or not clause[0] else range(max(0, clause[0] - NEAR), clause[-1] + 1)
    tags, words = figure.sentence.tags_in(near), set(figure.sentence.words_in(near))
    tips = [r for atom in tip_atoms(figure.sentence, clause) for r in atom.relations if r in OUTCOMES]
    if {"score", "for"} <= words and not tips:
        return figure.find("point", "part") + figure.find("point", "bonus")
    if "bonus" in tags or ("rule" in tags and tags & {"exact", "difference"}):
        return bonuses(figure) or figure.find("point", "bonus")
    if tips:
        return [q for tip in tips for q in figure.find("point", "quota", tip)]
    return _taken(figure, tags) or _by_word(figure, tags)


def _taken(figure: Figure, tags: frozenset[str]) -> list[Quantity]:
    """Return what the field took together, or the most and the least that one took."""
    groups = figure.sentence.groups_in(figure.clause, "model")
    if "together" in tags:
        return figure.find("point", "sum")
    if any(g.noun in ("field", "models") for g in groups if not g.names):
        return figure.find("point", "sum") + figure.find("point", "anybody")
    if "most" in tags:
        roles = ("rule",) if "rule" in tags else ("most", "record", "most season")
        return [q for role in roles for q in figure.find("point", role) if not q.subjects]
    return [q for role in ("least", "rule") for q in figure.find("point", role)] if "least" in tags else []


def _by_word(figure: Figure, tags: frozenset[str]) -> list[Quantity]:
    if "worth" in tags and "exact" in figure.sentence.tags:
        return figure.find("point", "most")
    if "worth" in tags:
        return figure.find("point", "quota", "true") + (figure.find("point", "rule") if "rule" in tags else [])
    if tags & {"exact", "difference", "rule"}:
        return [q for role in ("bonus", "rule", "anybody", "quota") for q in figure.find("point", role)]
    found = [q for role in ("quota", "sum", "most", "anybody") for q in figure.find("point", role)]
    return [q for q in found if "quota" not in q.roles or "true" in q.roles]


def bonuses(figure: Figure) -> list[Quantity]:
    """Return what the rule adds, for the parts that the clause speaks of."""
    parts: list[str] = [part for part in ("difference", "exact") if part in figure.tags]
    if not parts and figure.words & {"score", "scoreline"}:
        parts = ["exact"]
    if not parts and "outcome" in figure.tags:
        parts = ["tendency"]
    return [q for part in parts for q in figure.find("point", "bonus", part)]


def check_parts(figure: Figure) -> None:
    """`three for the outcome, one for the difference`: what a tip's points, or the rule's, are made of."""
    mine = figure.find("point", "part", subject=figure.names[0] if figure.names else "")
    figure.require(mine + figure.find("point", "bonus"), "points")


def check_quota(figure: Figure) -> None:
    """`rounded to 4`, `limited to 6`: what an outcome was worth."""
    figure.require(figure.find("point", "quota"), "quota")

"""A number without a unit: the words of its clause, or the numbers before it, give it one."""

from collections.abc import Callable, Sequence

from content.check.figures.counts import check_model_count
from content.check.figures.figure import CHECKERS, NOT_KNOWN, Figure, checks, simple
from content.check.figures.goals import check_goals
from content.check.figures.ordinals import check_numbered_rank
from content.check.figures.points import bonuses, check_parts, check_points, check_quota
from content.check.figures.runs import check_streak
from content.check.quants import UNITS
from content.check.sentence import Finding
from content.check.tips import is_about_tips, tip_atoms

CARRIED = frozenset({"point", "average", "exact", "outcome", "prediction", "goal", "streak"})
"""Units that a later number of the sentence can have without saying so."""

HITS = frozenset({"outcome", "exact", "difference"})
RUN = frozenset({"streak", "in a row", "ended"})


@checks("bare")
def check_bare(figure: Figure) -> None:
    """Checks by the first sense that fits."""
    for fits, check in SENSES:
        if fits(figure):
            check(figure)
            return
    units = _units_before(figure)
    if units:
        _check_carried(figure, units)
    else:
        figure.wrong(NOT_KNOWN, checkable=False)


@checks("more")
def check_more(figure: Figure) -> None:
    """`three more`: points that are added, if the sentence adds some."""
    if "bonus" in figure.sentence.tags:
        figure.require(bonuses(figure), "bonus")
    else:
        check_bare(figure)


def _is_of_size(figure: Figure) -> bool:
    return figure.word(-1) == "of" and figure.kind(-2) == "ordinal"


def _check_table_size(figure: Figure) -> None:
    figure.require(figure.find("model", "table"), "number of models")


def _is_second_of_pair(figure: Figure) -> bool:
    """`five exact scores to four`."""
    counted = any(token.kind == "number" for token in figure.sentence.tokens[: figure.n])
    return figure.word(-1) == "to" and counted and figure.word(-2) in UNITS and bool(_units_before(figure))


def _is_quota(figure: Figure) -> bool:
    about = is_about_tips(figure.sentence, figure.clause) or "at" in figure.words
    return figure.word(-1) == "at" and about and bool(tip_atoms(figure.sentence, figure.clause))


def _is_run(figure: Figure) -> bool:
    return bool(figure.tags & RUN) or (figure.sentence.is_seasonal and "in a row" in figure.sentence.tags)


def _is_margin_or_goals(figure: Figure) -> bool:
    margin = figure.tags & {"win", "lose", "beat"} and figure.word(-1) == "by"
    return bool(margin or figure.tags & {"scored", "conceded"})


def _is_part(figure: Figure) -> bool:
    return bool(figure.tags & HITS) and "points" in figure.earlier_words


def _is_most_of(figure: Figure) -> bool:
    return "most" in figure.tags and bool(_unit_told(figure))


def _check_told(figure: Figure) -> None:
    CHECKERS[_unit_told(figure)](figure)


def _is_season_hit(figure: Figure) -> bool:
    return figure.sentence.is_seasonal and bool(_season_unit(figure))


def _season_unit(figure: Figure) -> str:
    """Return what a season's numbers count in a clause, or else in the sentence."""
    for tags in (figure.tags, figure.sentence.tags):
        for unit in ("exact", "difference", "outcome", "wrong"):
            if unit in tags:
                return "miss" if unit == "wrong" else unit
    return ""


def _is_exact(figure: Figure) -> bool:
    return "exact" in figure.sentence.tags and not is_about_tips(figure.sentence, figure.clause)


def _lists_exact_scores(figure: Figure) -> bool:
    return "exact" in figure.sentence.tags and bool({"scores", "scorelines"} & figure.earlier_words)


def _is_goals_of_somebody(figure: Figure) -> bool:
    """Whether it is followed by `for`, `from` or `by` and a scorer, or tells a lead."""
    players = figure.sentence.groups_in(figure.clause, "player")
    by_scorer = figure.word(1) in ("for", "from", "by") and any(g.first == figure.n + 2 for g in players)
    return by_scorer or (bool(figure.tags & {"led", "trailed"}) and figure.word(-1) == "by")


SENSES: Sequence[tuple[Callable[[Figure], bool], Callable[[Figure], None]]] = (
    (_is_second_of_pair, lambda f: _check_carried(f, _units_before(f))),
    (_is_of_size, _check_table_size),
    (lambda f: "field" in (f.word(-1), f.word(-2)), check_model_count),
    (_is_run, check_streak),
    (lambda f: f.word(-1) in ("rank", "number", "no"), check_numbered_rank),
    (_is_quota, check_points),
    (lambda f: bool(f.tags & {"worth", "bonus", "rule"}), check_points),
    (_is_margin_or_goals, check_goals),
    (lambda f: _is_part(f) and f.word(1) == "for", check_parts),
    (_is_most_of, _check_told),
    (lambda f: "bonus" in f.sentence.tags, check_more),
    (lambda f: f.word(-1) == "to" and f.word(-2) in ("rounded", "limited", "raised", "capped"), check_quota),
    (_is_season_hit, lambda f: simple(f, _season_unit(f))),
    (_is_exact, lambda f: simple(f, "exact", "outcome")),
    (_lists_exact_scores, lambda f: simple(f, "exact")),
    (
        lambda f: "each" in f.words or "most" in f.tags,
        lambda f: simple(f, "point", "exact", "outcome", "streak", "model"),
    ),
    (lambda f: "outcome" in f.sentence.tags, lambda f: simple(f, "outcome", "exact")),
    (_is_goals_of_somebody, check_goals),
    (_is_part, check_parts),
)
"""What a number can be, and how it is checked then, in this order."""


def _units_before(figure: Figure) -> list[str]:
    units = [unit for unit in reversed(figure.sentence.units) if unit in CARRIED]
    noun = _unit_told(figure)
    return list(dict.fromkeys([*units, *([noun] if noun else [])]))


def _unit_told(figure: Figure) -> str:
    """Return the unit of the last noun before the number that can be carried on."""
    words = figure.sentence.words_in(range(figure.n))
    units = [UNITS[word] for word in words if word in UNITS]
    return next((unit for unit in reversed(units) if unit in CARRIED), "")


def _check_carried(figure: Figure, units: Sequence[str]) -> None:
    """`A has 31 points from nine predictions, B 26`: the number has the unit of one before it; whichever fits."""
    if figure.words & {"others", "rest"} or figure.word(-1) == "to":
        figure.require([q for unit in units for q in figure.find(unit) if q.subjects], "number")
        return
    findings, first = list(figure.sentence.findings), list[Finding]()
    for unit in units:
        CHECKERS[unit](figure)
        if figure.sentence.findings == findings:
            return
        first = first or list(figure.sentence.findings)
        figure.sentence.findings[:] = findings
    figure.sentence.findings[:] = first

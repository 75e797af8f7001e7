"""What public roundups say: their facts are those of the settlement and of the scores that hold now."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import DataError, connection, transaction
from django.db.models import QuerySet

from content.collect import NotSettledError, NotYetError, collect_facts
from content.models import Roundup
from content.rechecking import facts_hash, is_other_text
from content.verify.report import Checked, checked
from scoring.models import AIModel, Prediction, Score, Settlement

BATCH = 500
SETTLED = ("basis", "rule", "rule_version", "home_goals", "away_goals")
FIELD = ("chosen_home", "chosen_draw", "chosen_away", "quota_home", "quota_draw", "quota_away")
TIP = (
    "model__name",
    "prediction__home_goals",
    "prediction__away_goals",
    "timing",
    "tendency_points",
    "difference_points",
    "exact_points",
    "points",
)

# Raw, because the ORM can't open JSON into rows. It compares the settlement, and of predictions and scores their number
# and the sum of a hash of each, so that the facts of a hundred thousand roundups need not be sent over to be looked at.
SUSPECTS = """
SELECT told.match_id
FROM ({public}) told
CROSS JOIN LATERAL jsonb_to_record(told.facts) AS f(
  basis text, rule text, rule_version text, counted jsonb, field jsonb, tips jsonb)
CROSS JOIN LATERAL (
  SELECT COUNT(*) AS n,
         SUM(hashtext(CONCAT_WS('|', a.id, tip.scoreline ->> 0, tip.scoreline ->> 1))) AS predicted,
         SUM(hashtext(CONCAT_WS('|', a.id, tip.timing, tip.tendency_points, tip.difference_points, tip.exact_points,
                                tip.points))) AS scored
  FROM jsonb_to_recordset(f.tips) AS tip(
    model text, scoreline jsonb, timing text, tendency_points text, difference_points text, exact_points text,
    points text)
  LEFT JOIN {model} a ON a.name = tip.model
) t
LEFT JOIN {settlement} s ON s.match_id = told.match_id AND s.superseded_at IS NULL
LEFT JOIN (
  SELECT match_id, SUM(hashtext(CONCAT_WS('|', model_id, home_goals, away_goals))) AS predicted
  FROM {prediction} GROUP BY match_id
) p ON p.match_id = told.match_id
LEFT JOIN (
  SELECT match_id, COUNT(*) AS n,
         SUM(hashtext(CONCAT_WS('|', model_id, timing, COALESCE(tendency_points, 0), COALESCE(difference_points, 0),
                                COALESCE(exact_points, 0), points))) AS scored
  FROM {score} GROUP BY match_id
) c ON c.match_id = told.match_id
WHERE (t.n, t.predicted, t.scored) IS DISTINCT FROM (COALESCE(c.n, 0), p.predicted, c.scored)
   OR (f.basis, f.rule, f.rule_version) IS DISTINCT FROM (s.basis, s.rule, s.rule_version::text)
   OR f.counted IS DISTINCT FROM jsonb_build_array(s.home_goals, s.away_goals)
   OR f.field IS DISTINCT FROM jsonb_build_object(
        'home', s.chosen_home, 'draw', s.chosen_draw, 'away', s.chosen_away,
        'quota_home', s.quota_home, 'quota_draw', s.quota_draw, 'quota_away', s.quota_away)
"""


def check_what_is_told(*, facts: bool) -> Iterator[Checked]:
    """Compares public roundups with what holds; with `facts` theirs are collected anew (slow: six queries each)."""
    count = Roundup.objects.public().count()
    yield checked("public roundups tell the goals, quotas and points that hold", count, _telling_otherwise())
    if facts:
        yield checked("facts of public roundups have the hash that is kept with them", count, _other_hash())
        yield from _collected_anew()


def _public() -> "QuerySet[Roundup]":
    return Roundup.objects.public().order_by("match_id")


def _suspects() -> "QuerySet[Roundup]":
    """Return the public roundups to be compared one by one: all, or those that PostgreSQL finds to be different."""
    if connection.vendor != "postgresql":
        return _public()
    try:
        return _public().filter(match__in=_different())
    except DataError:  # facts that are not even of the right shape: the comparison one by one says which
        return _public()


def _different() -> list[int]:
    public, params = Roundup.objects.public().order_by().values("match_id", "facts").query.sql_with_params()
    tables = {"model": AIModel, "prediction": Prediction, "settlement": Settlement, "score": Score}
    names = {name: connection.ops.quote_name(table._meta.db_table) for name, table in tables.items()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SUSPECTS.format(public=public, **names), params)
        return [pk for (pk,) in cursor.fetchall()]


def _telling_otherwise() -> Iterator[str]:
    rows = _suspects().values_list("match_id", "facts").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        ids = [match_id for match_id, _ in batch]
        settled, scored = _settlements(ids), _scores(ids)
        for match_id, facts in batch:
            told, holds = told_settlement(facts), settled.get(match_id)
            if told != holds:
                yield f"match {match_id}: its roundup tells of {told}, settled is {holds}"
            elif other := set(told_tips(facts)) ^ set(scored[match_id]):
                yield f"match {match_id}: roundup and scores differ in {sorted(other, key=str)[:4]}"


def _settlements(ids: list[int]) -> dict[int, tuple[Any, ...]]:
    current = Settlement.objects.current().filter(match__in=ids)
    return {pk: tuple(values) for pk, *values in current.values_list("match", *SETTLED, *FIELD)}


def _scores(ids: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    scores: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for match_id, *values in Score.objects.filter(match__in=ids).order_by().values_list("match", *TIP):
        name, home, away, timing, *points = values
        scores[match_id].append((name, home, away, timing, *(part or 0 for part in points[:3]), points[3]))
    return scores


def told_settlement(facts: Any) -> tuple[Any, ...] | None:
    """Return what facts say in the order of `SETTLED` and `FIELD`; None if they are not such facts."""
    try:
        field = facts["field"]
        chose = [field[name] for name in ("home", "draw", "away", "quota_home", "quota_draw", "quota_away")]
        return (facts["basis"], facts["rule"], facts["rule_version"], *facts["counted"], *chose)
    except (KeyError, TypeError):
        return None


def told_tips(facts: Any) -> list[tuple[Any, ...]]:
    """Return what facts say of each prediction in the order of `TIP`; nothing if they are not such facts."""
    points = ("tendency_points", "difference_points", "exact_points", "points")
    try:
        tips = facts["tips"]
        return [(tip["model"], *tip["scoreline"], tip["timing"], *(tip[part] for part in points)) for tip in tips]
    except (KeyError, TypeError):
        return []


def _other_hash() -> Iterator[str]:
    for match_id, facts, kept in _public().values_list("match_id", "facts", "facts_hash").iterator(chunk_size=BATCH):
        if (found := facts_hash(facts)) != kept:
            yield f"match {match_id}: its facts have the hash {found[:12]}…, kept is {kept[:12]}…"


def _collected_anew() -> Iterator[Checked]:
    """What can't be collected yet, because an earlier match is on its way, is in flight, and what was ordered anew.

    Beside a text changed by hand what would be written now may wait: then that is compared.
    """
    wrong, reworded = [], []
    looked_at, in_flight = 0, _public().filter(match__progress__ordered_at__isnull=False).count()
    rows = _public().filter(match__progress__ordered_at=None).select_related("waiting")
    for roundup in rows.defer("facts", "waiting__facts").iterator(chunk_size=BATCH):
        looked_at += 1
        match_id, kept = roundup.match_id, (roundup.waiting or roundup).facts_hash
        try:
            facts = collect_facts(match_id).facts
        except NotYetError:
            in_flight += 1
        except NotSettledError as why:
            wrong.append(f"match {match_id}: {why}")
        else:
            if (found := facts.hash()) != kept:
                wrong.append(f"match {match_id}: its facts now have the hash {found[:12]}…, kept is {kept[:12]}…")
            elif is_other_text(roundup, facts):
                reworded.append(f"match {match_id}: the writer makes another text of its facts")
    name = "facts of public roundups, collected anew, have the same hash"
    yield checked(name, looked_at, wrong, in_flight=in_flight)
    yield checked("texts of public roundups are those of their writer", looked_at, reworded, in_flight=in_flight)

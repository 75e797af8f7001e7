"""Settlements: one for each match that counts, by the rule, from the result and the field."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from content.verify.flight import past, waiting
from content.verify.report import Checked, checked
from scoring import rules
from scoring.models import Match, Settlement
from scoring.models.match import PHASES
from scoring.rules import Goals, Phases, Split, Tendency
from scoring.services.settlement import STEP

GOALS = [f"match__{phase}_{side}" for phase in PHASES for side in ("home", "away")]
SPLIT = [f"chosen_{tendency}" for tendency in Tendency]
QUOTAS = [f"quota_{tendency}" for tendency in Tendency]


def at_the_match_s_revision() -> "QuerySet[Settlement]":
    """Current settlements that are of the present revision of their match; others wait to be superseded."""
    return Settlement.objects.current().filter(revision=F("match__revision"))


def check_settlements() -> Iterator[Checked]:
    yield _missing()
    yield _needless()
    yield _not_known()
    yield _results()
    yield _quotas()
    yield _splits()
    yield _history()


def _missing() -> Checked:
    """A settlement of an older revision counts as none."""
    here = at_the_match_s_revision().filter(match=OuterRef("pk"))
    due = Match.objects.to_settle()
    missing = due.filter(past(STEP), ~Exists(here)).values_list("pk", "revision")
    return checked(
        "every match that counts has a settlement of its revision",
        due.count(),
        (f"match {pk}: no settlement of its revision {revision}" for pk, revision in missing.iterator()),
        in_flight=due.filter(pk__in=waiting(past(STEP))).count(),
    )


def _needless() -> Checked:
    current = Settlement.objects.current()
    counts = Match.objects.to_settle().filter(pk=OuterRef("match"))
    over = Match.objects.filter(past(STEP), pk=OuterRef("match"))
    needless = current.filter(~Exists(counts))
    rows = needless.filter(Exists(over)).values_list("match", "match__status")
    return checked(
        "no match that does not count is settled",
        current.count(),
        (f"match {pk} is {status} and has a current settlement" for pk, status in rows.iterator()),
        in_flight=needless.filter(~Exists(over)).count(),
    )


def _not_known() -> Checked:
    rows = Match.objects.without_known_score().values_list("pk", flat=True)
    return checked(
        "finished matches that can't be settled",
        Match.objects.filter(status=Match.Status.FINISHED).count(),
        (f"match {pk}: finished, but the full-time score is not known" for pk in rows.iterator()),
        warning=True,
    )


def _results() -> Checked:
    """Each distinct result, by the pure rule; few, however many matches there are."""
    basis = "match__season__competition__basis"
    rule = "match__season__competition__rule"
    own = ["home_goals", "away_goals", "basis", "rule", "rule_version"]
    rows = at_the_match_s_revision().order_by().values_list(basis, rule, *own, *GOALS).annotate(n=Count("pk"))
    wrong = [key for *key, n in rows.iterator() if _told(key) != tuple(key[2:7])]
    names = (basis, rule, *own, *GOALS)
    found = (
        f"match {pk}: settled on {home}–{away}, {how}, {by} {version}; its result and its competition say {_say(key)}"
        for key in wrong
        for pk, home, away, how, by, version in at_the_match_s_revision()
        .filter(_exactly(names, key))
        .values_list("match", *own)
        .iterator()
    )
    return checked(
        "settlements have the result, the basis and the rule of their match",
        at_the_match_s_revision().count(),
        found,
        in_flight=Settlement.objects.current().exclude(revision=F("match__revision")).count(),
    )


def _exactly(names: Iterable[str], values: Iterable[object]) -> Q:
    condition = Q()
    for name, value in zip(names, values, strict=True):
        condition &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return condition


def _told(key: list[object]) -> tuple[object, ...]:
    """Return goals, basis, rule and its version as a settlement has to have them; nothing without such a rule."""
    basis, rule, phases = str(key[0]), str(key[1]), key[7:]
    if basis not in list(rules.Basis) or rule not in rules.RULES:
        return ()
    pairs = [_goals(phases[place], phases[place + 1]) for place in range(0, len(phases), 2)]
    goals = rules.counted_goals(Phases(*pairs), rules.Basis(basis)) or (None, None)
    return (*goals, basis, rule, rules.RULES[rule].version)


def _goals(home: object, away: object) -> Goals | None:
    return Goals(home, away) if isinstance(home, int) and isinstance(away, int) else None


def _say(key: list[object]) -> str:
    home, away, basis, rule, version = _told(key) or (None, None, *key[:2], "unknown")
    return f"{home}–{away}, {basis}, {rule} {version}"


def _quotas() -> Checked:
    """Each distinct split, by the pure rule; superseded settlements of a rule's older version can't be computed."""
    rows = Settlement.objects.order_by().values_list("rule", "rule_version", *SPLIT, *QUOTAS).annotate(n=Count("pk"))
    wrong = [key for *key, n in rows.iterator() if not _right_quotas(key)]
    names = ("rule", "rule_version", *SPLIT, *QUOTAS)
    found = (
        f"settlement {pk} of match {match}: {key[2:5]} chose, quotas {key[5:]} are not those of {key[0]}"
        for key in wrong
        for pk, match in Settlement.objects.filter(_exactly(names, key)).values_list("pk", "match").iterator()
    )
    return checked("quotas are those of the rule", Settlement.objects.count(), found)


def _right_quotas(key: list[object]) -> bool:
    name, version, split, quotas = str(key[0]), key[1], key[2:5], key[5:8]
    rule = rules.RULES.get(name)
    if rule is None or rule.version != version:
        return True
    due = rule.quotas(Split(*(int(str(chosen)) for chosen in split)))
    return quotas == [due.get(tendency) for tendency in Tendency]


def _splits() -> Checked:
    p = "match__predictions"
    in_time = Q(**{f"{p}__submitted_at__isnull": True}) | Q(**{f"{p}__submitted_at__lt": F("match__kickoff")})
    field = Q(**{f"{p}__excluded": ""}) & in_time
    home, away = f"{p}__home_goals", f"{p}__away_goals"
    rows = (
        at_the_match_s_revision()
        .order_by()
        .values("match", *SPLIT)
        .annotate(
            home=Count(p, filter=field & Q(**{f"{home}__gt": F(away)})),
            draw=Count(p, filter=field & Q(**{home: F(away)})),
            away=Count(p, filter=field & Q(**{f"{home}__lt": F(away)})),
        )
        .exclude(home=F("chosen_home"), draw=F("chosen_draw"), away=F("chosen_away"))
        .values_list("match", *SPLIT, "home", "draw", "away")
    )
    return checked(
        "splits are those of the field",
        at_the_match_s_revision().count(),
        (f"match {pk}: settled on a split of {split[:3]}, the field is {split[3:]}" for pk, *split in rows.iterator()),
    )


def _history() -> Checked:
    """That one is current, the database holds; that nothing superseded has scores is looked at from the scores."""
    ahead = Settlement.objects.filter(revision__gt=F("match__revision")).values_list("pk", "match")
    return checked(
        "settlements are of revisions that were",
        Settlement.objects.count(),
        (f"settlement {pk} of match {match}: of a revision the match never had" for pk, match in ahead.iterator()),
    )

"""A small site in whose every name, note and text something tries to run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from random import Random

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Field, Model, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule, Task
from django_q.tasks import async_task

from content import editing
from content.admin.decisions import DECISIONS
from content.admin.report_decisions import DECISIONS as REPORT_DECISIONS
from content.editing import Draft
from content.models import Attempt, Commission, EditorialPolicy, Report, Rivalry, Roundup, Spending, Sweep, TakenTask
from content.reports.services import write_round_report, write_season_report
from content.versions import last_number
from scoring.models import AIModel, AIModelAlias, Match, Merge, Prediction, Season, Team, TeamAlias
from scoring.rules import Goals
from scoring.services import (
    Result,
    change_match,
    exclude_prediction,
    import_matches,
    import_predictions,
    merge_models,
    record_result,
)
from scoring.services.team_merges import merge_teams
from tests.factories import KICKOFF, a_heartbeat, a_match, a_season, predictions
from tests.queue import run_queue
from tests.scoring.documents import document, entry
from tests.xss.payloads import PAYLOADS, TEXTS

MATCHES = 6
WRITTEN = {"facts_hash", "headline", "prose", "storyline", "text", "writer"}
STRUCTURE = {
    "auth.User": {"password", "username"},
    "content.Commission": {"storyline"},
    "content.Roundup": {
        "decided_by",
        "edited_by",
        "facts_hash",
        "headline",
        "match_is_void",
        "prose",
        "storyline",
        "text",
        "writer",
    },
    "content.RoundupRevision": WRITTEN,
    "content.Attempt": {"facts_hash", "headline", "prose"},
    "content.Report": {"round", "slug"} | WRITTEN,
    "content.ReportVersion": WRITTEN,
    "content.ReportProgress": {"name", "round"},
    "content.ReportPin": {"home", "away"},
    "content.Heartbeat": {"cluster"},
    "content.Sweep": {"name"},
    "django_q.OrmQ": {"key", "payload"},
    "django_q.Schedule": {"args", "cron", "func", "kwargs"},
    "django_q.Task": {"id"},
    "scoring.Competition": {"name", "rule", "time_zone"},
    "scoring.Season": {"label", "name"},
    "scoring.Match": {"group", "round", "stage", "venue"},
    "scoring.MatchProgress": {"step"},
    "scoring.Merge": {"undone_because", "undone_by"},
    "scoring.Prediction": {"excluded_because", "excluded_by"},
    "scoring.Settlement": {"rule"},
}
"""Fields that hold no text of anybody's, and those that get theirs in another way."""
BYSTANDERS = ("django_q.Success", "django_q.Failure", "content.Attention")
"""Other names of the same tables."""


@dataclass(frozen=True)
class World:
    """What a visitor needs: the cookie of somebody who may do everything, and where to go.

    `names` are all payloads; of `complete` each entry, one page or several, shows all of them.
    """

    session: str
    names: list[str]
    beginnings: list[str]
    complete: list[tuple[str, ...]]
    forms: list[str]


def make_world(seed: int) -> World:
    """Fills the database: through services where people and files come in, and every other text by hand."""
    names = Random(seed).sample(list(PAYLOADS), len(PAYLOADS))
    seasons = a_season(f"{names[0]} 2026")
    stream = cycle(names)
    matches = [_match(seasons, n, stream) for n in range(MATCHES)]
    predictions(matches[0], dict.fromkeys(names, (2, 1)))
    for match in matches[1:]:
        predictions(match, {name: (n % 3, n % 2) for n, name in enumerate(names[:8])})
    imported = _imported(names)
    for n, match in enumerate(matches[:4]):
        record_result(match.pk, Result(full_time=Goals(2 + n, 1)), by=next(stream), reason=next(stream))
    run_queue()
    write_round_report(seasons.pk, matches[0].round)
    write_season_report(seasons.pk, AIModel.objects.get(name=names[0]).pk)
    _corrected_and_merged(matches, imported, stream)
    _decided(matches, stream)
    attempt = _machinery(matches, stream)
    _all_names(names)
    person = _person()
    _poison(stream)
    _log(person, stream)
    withdrawn = reverse("roundup", args=[matches[2].pk])
    complete = _complete(matches[0], matches[1], attempt)
    beginnings = ["/", "/admin/", withdrawn, *(pages[0] for pages in complete)]
    return World(_session(person), names, beginnings, complete, _forms(matches))


def page(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def _complete(told: Match, edited: Match, attempt: int) -> list[tuple[str, ...]]:
    teams, models = page("scoring_team_changelist"), page("scoring_aimodel_changelist")
    roundup = Roundup.objects.get(match=edited)
    return [
        tuple(f"{teams}?p={number}" for number in range(1, 6)),
        tuple(f"{models}?p={number}" for number in range(1, 6)),
        (reverse("roundup", args=[told.pk]),),
        (reverse("roundup", args=[edited.pk]),),
        (page("content_roundup_change", roundup.pk),),
        (page("content_roundup_decide", roundup.pk, "edit"),),
        (page("content_attempt_change", attempt),),
    ]


def _forms(matches: list[Match]) -> list[str]:
    """Return pages with forms that save, ask again, or say what is wrong; one that ends something comes last."""
    first, edited = matches[0], matches[3]
    tip, merge = Prediction.objects.filter(match=first).latest("pk"), Merge.objects.earliest("pk")
    roundup, report = Roundup.objects.get(match=edited), Report.objects.earliest("pk")
    return [
        page("scoring_match_change", first.pk),
        page("scoring_match_add"),
        page("scoring_match_results"),
        page("scoring_team_change", first.home_id),
        page("scoring_aimodel_change", tip.model_id),
        page("scoring_season_change", first.season_id),
        page("scoring_competition_change", first.season.competition_id),
        page("scoring_prediction_exclusion", tip.pk),
        page("scoring_team_merge", first.away_id),
        page("scoring_aimodel_merge", tip.model_id),
        page("scoring_merge_undo", merge.pk),
        page("scoring_teamalias_change", TeamAlias.objects.latest("pk").pk),
        page("content_rivalry_change", Rivalry.objects.latest("pk").pk),
        page("content_attention_change", matches[4].pk),
        page("content_roundup_again", roundup.pk),
        page("content_report_order"),
        *(page("content_report_decide", report.pk, what) for what in REPORT_DECISIONS),
        *(page("content_roundup_decide", roundup.pk, what) for what in DECISIONS),
        page("auth_user_add"),
        page("auth_group_add"),
        page("scoring_teamalias_delete", TeamAlias.objects.earliest("pk").pk),
    ]


def _match(season: Season, number: int, stream: Iterator[str]) -> Match:
    """All matches are of one round, so that there is a report on it."""
    told = {name: next(stream) for name in ("stage", "group", "venue")}
    kickoff = KICKOFF + timedelta(days=number)
    return a_match(next(stream), next(stream), season=season, kickoff=kickoff, round=PAYLOADS[0], **told)


def _imported(names: list[str]) -> Match:
    """A match with scorers, and predictions for it, from files."""
    home, away, ground, scorer, stage = names[20:25]
    goals = {"goals1": [{"name": scorer, "minute": 9}], "goals2": []}
    row = entry(home, away, ground=ground, round=names[25], group=stage, score={"ft": [1, 0]}, **goals)
    import_matches(document(row, name=f"{names[26]} 2026"), f"{names[27]}.json")
    match = Match.objects.latest("pk")
    lines = ["model,date,home_team,away_team,home_goals,away_goals\n"]
    quoted = [name.replace('"', '""') for name in (names[28], home, away)]
    lines.append('"{}",{},"{}","{}",1,0\n'.format(quoted[0], match.date, *quoted[1:]))
    import_predictions([line.encode() for line in lines], "tips.csv")
    return match


def _corrected_and_merged(matches: list[Match], imported: Match, stream: Iterator[str]) -> None:
    for match in (imported, matches[0]):
        change_match(match.pk, {"venue": next(stream)}, by=next(stream), reason=next(stream))
    tip = Prediction.objects.filter(match=matches[3]).earliest("pk")
    exclude_prediction(tip.pk, "voided", by=next(stream), reason=next(stream))
    extra = AIModel.objects.create(name=f"{next(stream)} again")
    merge_models(extra.pk, tip.model_id, by=next(stream), reason=next(stream))
    old = Team.objects.create(name=f"{next(stream)} again")
    merge_teams(old.pk, matches[0].home_id, by=next(stream), reason=next(stream))
    AIModelAlias.objects.create(name=f"alias {next(stream)}", model=tip.model)
    TeamAlias.objects.create(name=f"alias {next(stream)}", team=matches[0].home)
    Rivalry.objects.create(first=matches[4].home, second=matches[4].away, name=next(stream))
    run_queue()


def _decided(matches: list[Match], stream: Iterator[str]) -> None:
    """An editor fills a text with everything; one is withdrawn, and of one a new version waits beside the edited."""
    filled = "\n\n".join([*PAYLOADS, *TEXTS])
    for match, text in ((matches[1], filled), (matches[3], f"{next(stream)}\n\n{next(stream)}")):
        roundup = Roundup.objects.get(match=match)
        seen = last_number(roundup)
        editing.edit(roundup.pk, Draft(next(stream), text), by=next(stream), reason=next(stream), seen_version=seen)
    withdrawn = Roundup.objects.get(match=matches[2])
    editing.withdraw(withdrawn.pk, by=next(stream), note=next(stream))
    record_result(matches[3].pk, Result(full_time=Goals(4, 1)), by=next(stream), reason=next(stream))
    run_queue()


def _machinery(matches: list[Match], stream: Iterator[str]) -> int:
    """What a language model answered, what tasks returned, and what only the software writes."""
    EditorialPolicy.objects.create(competition=matches[0].season.competition)
    Commission.objects.create(match=matches[0], by=next(stream), ordered_at=timezone.now())
    Spending.objects.create(day=KICKOFF.date())
    prose = "\n\n".join([*PAYLOADS, *TEXTS])
    places = [prose.index(payload) for payload in PAYLOADS[:40]]
    problems = [
        {"start": at, "end": at + len(says), "kind": "name", "says": says, "facts_say": next(stream), "where": "text"}
        for at, says in zip(places, PAYLOADS, strict=False)
    ]
    asked = {"match": matches[0], "writer": "llm", "asked_at": timezone.now(), "problems": problems}
    attempt = Attempt.objects.create(outcome="problems", headline=next(stream), prose=prose, **asked)
    for success in (True, False):
        times = {"started": timezone.now(), "stopped": timezone.now()}
        Task.objects.create(
            id=f"{success:032d}", name="x", func=next(stream), result=next(stream), success=success, **times
        )
    async_task(next(stream), next(stream), next(stream))
    async_task("scoring.tasks.score_match", matches[5].pk)
    Schedule.objects.create(name="x", func="scoring.tasks.score_match")
    Sweep.objects.create(name="all", swept_at=timezone.now())
    TakenTask.objects.create(task=1, heartbeat=a_heartbeat(), taken_at=timezone.now())
    unknown = change_match(matches[4].pk, {"status": "finished"}, by=next(stream), reason=next(stream))
    return attempt.pk if unknown.changed else 0


def _all_names(names: list[str]) -> None:
    """Every payload is a team, too."""
    known = set(Team.objects.values_list("name", flat=True))
    Team.objects.bulk_create(Team(name=name) for name in names if name not in known)


def _person() -> User:
    Group.objects.create(name="x")
    return User.objects.create(username='"><img src=x onerror=xss()>', is_staff=True, is_superuser=True)


def _poison(stream: Iterator[str]) -> None:
    """Puts one into every text that is left, row by row, past every rule."""
    for app in ("scoring", "stats", "content", "django_q", "auth"):
        for model in apps.get_app_config(app).get_models():
            if model._meta.proxy or model._meta.label in BYSTANDERS:
                continue
            fields = [field for field in model._meta.concrete_fields if _is_text(model, field)]
            for row in model._default_manager.all():
                texts = {field.attname: _fitting(field, stream) for field in fields}
                if texts:
                    model._default_manager.filter(pk=row.pk).update(**texts)


def _is_text(model: type[Model], field: "Field[object, object]") -> bool:
    if not isinstance(field, CharField | TextField) or field.choices or field.primary_key or field.unique:
        return False
    return field.name not in STRUCTURE.get(model._meta.label, set())


def _fitting(field: "Field[object, object]", stream: Iterator[str]) -> str:
    longest = getattr(field, "max_length", None) or 10_000
    return next(payload for payload in stream if len(payload) <= longest)


def _log(person: User, stream: Iterator[str]) -> None:
    """Gives everything a history in the admin."""
    for app in ("scoring", "content", "stats"):
        for model in apps.get_app_config(app).get_models():
            row = model._default_manager.order_by("pk").first()
            if row is None:
                continue
            told = {"name": next(stream), "object": next(stream), "fields": [next(stream), next(stream)]}
            message = json.dumps([{"changed": told}])
            for line in (message, next(stream)):
                LogEntry.objects.create(
                    user=person,
                    content_type=ContentType.objects.get_for_model(model),
                    object_id=str(row.pk),
                    object_repr=next(stream),
                    action_flag=CHANGE,
                    change_message=line,
                )


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value
